#include "Kernels.h"

// Each loop is written once and compiled twice: for any processor, and for AVX2 (never FMA, whose fused
// rounding would change the bytes). Only plain loops live here, so no inline function of a library is ever
// compiled for AVX2 and then shared with code that must run everywhere.

#if defined(__x86_64__) && defined(__GNUC__)
#define NEGATOSCOPE_HAS_AVX2 1
#else
#define NEGATOSCOPE_HAS_AVX2 0
#endif

#if defined(__GNUC__)
#define NEGATOSCOPE_INLINE [[gnu::always_inline]] inline
#else
#define NEGATOSCOPE_INLINE inline
#endif

namespace negatoscope::imaging {

namespace {

using std::int32_t;
using std::int64_t;
using std::size_t;
using std::uint16_t;
using std::uint32_t;
using std::uint8_t;

template <typename Sample>
NEGATOSCOPE_INLINE void load(const Sample *in, size_t count, int low, int shift, int largest,
                             uint16_t *__restrict out)
{
    // Two's complement: the difference fits 16 bits, so it may be taken modulo 2^16.
    const auto offset = static_cast<uint16_t>(low), most = static_cast<uint16_t>(largest);
    for (size_t i = 0; i < count; ++i) {
        const auto value =
            static_cast<uint16_t>(static_cast<uint16_t>(static_cast<uint16_t>(in[i]) - offset) << shift);
        out[i] = value < most ? value : most;
    }
}

template <typename Sum, typename Weight>
NEGATOSCOPE_INLINE void add(const uint16_t *in, size_t count, Weight weight, Sum *__restrict sums)
{
    for (size_t i = 0; i < count; ++i)
        sums[i] += static_cast<Sum>(weight) * static_cast<Sum>(in[i]);
}

NEGATOSCOPE_INLINE void two(const uint32_t *a, const uint32_t *b, size_t count, uint32_t weightA,
                            uint32_t weightB, uint16_t *__restrict out)
{
    for (size_t i = 0; i < count; ++i)
        out[i] = static_cast<uint16_t>((a[i] * weightA + b[i] * weightB + 0x8000U) >> 16);
}

NEGATOSCOPE_INLINE void four(const int32_t *const *lines, const int32_t *weights, size_t count,
                             int32_t largest, uint16_t *__restrict out)
{
    const int32_t *const a = lines[0], *const b = lines[1], *const c = lines[2], *const d = lines[3];
    const int32_t wa = weights[0], wb = weights[1], wc = weights[2], wd = weights[3];
    for (size_t i = 0; i < count; ++i) {
        int32_t value = (a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd + 0x8000) >> 16;
        value = value < 0 ? 0 : value;
        value = value > largest ? largest : value;
        out[i] = static_cast<uint16_t>(value);
    }
}

NEGATOSCOPE_INLINE void ramp(const RampTable &r, size_t count, uint8_t *__restrict grey)
{
    const RampTable t = r;
    for (size_t i = 0; i < count; ++i) {
        const double x =
            t.slope * (t.first + static_cast<double>(static_cast<int32_t>(i)) * t.step) + t.intercept;
        double y = ((x - t.centre) / t.width + 0.5) * 255;
        y = x > t.to ? 255.0 : y;
        y = x <= t.from ? 0.0 : y;
        y = y < 255 ? y : 255.0;
        y = y > 0 ? y + 0.5 : 0.0;
        grey[i] = static_cast<uint8_t>(static_cast<uint8_t>(static_cast<int32_t>(y)) ^ t.flip);
    }
}

template <typename Sample>
NEGATOSCOPE_INLINE void range(const Sample *in, size_t count, Sample *low, Sample *high)
{
    Sample smallest = in[0], largest = in[0];
    for (size_t i = 0; i < count; ++i) {
        smallest = in[i] < smallest ? in[i] : smallest;
        largest = in[i] > largest ? in[i] : largest;
    }
    *low = smallest;
    *high = largest;
}

template <typename Sample>
NEGATOSCOPE_INLINE bool mark(const Sample *in, size_t count, Sample from, Sample to, uint8_t *__restrict mask,
                             Sample *low, Sample *high)
{
    constexpr bool isSigned = static_cast<Sample>(-1) < static_cast<Sample>(0);
    constexpr int bits = 8 * sizeof(Sample);
    constexpr auto most = static_cast<Sample>((1 << (bits - (isSigned ? 1 : 0))) - 1);
    constexpr auto least = static_cast<Sample>(isSigned ? -(1 << (bits - 1)) : 0);
    Sample smallest = most, largest = least;
    uint8_t any = 0;
    for (size_t i = 0; i < count; ++i) {
        const Sample value = in[i];
        const bool marked = (value >= from) & (value <= to);
        const Sample forLow = marked ? most : value, forHigh = marked ? least : value;
        smallest = forLow < smallest ? forLow : smallest;
        largest = forHigh > largest ? forHigh : largest;
        mask[i] = marked;
        any = static_cast<uint8_t>(any | mask[i]);
    }
    *low = smallest;
    *high = largest;
    return any != 0;
}

// clang-format off
#define NEGATOSCOPE_KERNELS(target, table)                                                                            \
    target void table##LoadU8(const uint8_t *in, size_t n, int low, int shift, int most, uint16_t *out) { load(in, n, low, shift, most, out); } \
    target void table##LoadI8(const std::int8_t *in, size_t n, int low, int shift, int most, uint16_t *out) { load(in, n, low, shift, most, out); } \
    target void table##LoadU16(const uint16_t *in, size_t n, int low, int shift, int most, uint16_t *out) { load(in, n, low, shift, most, out); } \
    target void table##LoadI16(const std::int16_t *in, size_t n, int low, int shift, int most, uint16_t *out) { load(in, n, low, shift, most, out); } \
    target void table##Add(const uint16_t *in, size_t n, uint32_t weight, uint32_t *sums) { add(in, n, weight, sums); } \
    target void table##AddWide(const uint16_t *in, size_t n, int32_t weight, int64_t *sums) { add(in, n, weight, sums); } \
    target void table##Two(const uint32_t *a, const uint32_t *b, size_t n, uint32_t wa, uint32_t wb, uint16_t *out) { two(a, b, n, wa, wb, out); } \
    target void table##Four(const int32_t *const *lines, const int32_t *w, size_t n, int32_t largest, uint16_t *out) { four(lines, w, n, largest, out); } \
    target void table##Ramp(const RampTable &r, size_t n, uint8_t *grey) { ramp(r, n, grey); }                        \
    target void table##RangeU8(const uint8_t *in, size_t n, uint8_t *low, uint8_t *high) { range(in, n, low, high); } \
    target void table##RangeI8(const std::int8_t *in, size_t n, std::int8_t *low, std::int8_t *high) { range(in, n, low, high); } \
    target void table##RangeU16(const uint16_t *in, size_t n, uint16_t *low, uint16_t *high) { range(in, n, low, high); } \
    target void table##RangeI16(const std::int16_t *in, size_t n, std::int16_t *low, std::int16_t *high) { range(in, n, low, high); } \
    target bool table##MarkU8(const uint8_t *in, size_t n, uint8_t from, uint8_t to, uint8_t *marks, uint8_t *low, uint8_t *high) { return mark(in, n, from, to, marks, low, high); } \
    target bool table##MarkI8(const std::int8_t *in, size_t n, std::int8_t from, std::int8_t to, uint8_t *marks, std::int8_t *low, std::int8_t *high) { return mark(in, n, from, to, marks, low, high); } \
    target bool table##MarkU16(const uint16_t *in, size_t n, uint16_t from, uint16_t to, uint8_t *marks, uint16_t *low, uint16_t *high) { return mark(in, n, from, to, marks, low, high); } \
    target bool table##MarkI16(const std::int16_t *in, size_t n, std::int16_t from, std::int16_t to, uint8_t *marks, std::int16_t *low, std::int16_t *high) { return mark(in, n, from, to, marks, low, high); } \
    constexpr Kernels table{table##LoadU8, table##LoadI8, table##LoadU16, table##LoadI16, table##Add, table##AddWide, \
                            table##Two, table##Four, table##Ramp, table##RangeU8, table##RangeI8, table##RangeU16,    \
                            table##RangeI16, table##MarkU8, table##MarkI8, table##MarkU16, table##MarkI16};
// clang-format on

NEGATOSCOPE_KERNELS(, kPortable)
#if NEGATOSCOPE_HAS_AVX2
NEGATOSCOPE_KERNELS([[gnu::target("avx2")]], kAvx2)
#endif

} // namespace

const Kernels &portableKernels()
{
    return kPortable;
}

const Kernels &kernels()
{
#if NEGATOSCOPE_HAS_AVX2
    static const Kernels &best = __builtin_cpu_supports("avx2") ? kAvx2 : kPortable;
    return best;
#else
    return kPortable;
#endif
}

} // namespace negatoscope::imaging
