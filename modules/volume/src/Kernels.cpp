#include "Kernels.h"

// Each loop is written once and compiled twice: for any processor, and for AVX2 (never FMA, whose fused
// rounding would change the bytes). Only plain loops live here, so no inline function of a library is ever
// compiled for AVX2 and then shared with code that must run everywhere. The one loop that compilers do not
// vectorise, gathering voxels along an oblique line, is written with intrinsics beside its plain form.

#if defined(__x86_64__) && defined(__GNUC__)
#define NEGATOSCOPE_HAS_AVX2 1
#include <immintrin.h>
#else
#define NEGATOSCOPE_HAS_AVX2 0
#endif

#if defined(__GNUC__)
#define NEGATOSCOPE_INLINE [[gnu::always_inline]] inline
#else
#define NEGATOSCOPE_INLINE inline
#endif

namespace negatoscope::volume {

namespace {

using std::int16_t;
using std::int32_t;
using std::size_t;

template <typename Sample>
NEGATOSCOPE_INLINE void combine(const Sample *const *lines, const float *weights, int taps, size_t count,
                                float *__restrict out)
{
    const float w0 = weights[0];
    const Sample *const a = lines[0];
    if (taps == 1) {
        for (size_t i = 0; i < count; ++i)
            out[i] = static_cast<float>(a[i]) * w0;
        return;
    }
    const float w1 = weights[1];
    const Sample *const b = lines[1];
    if (taps == 2) {
        for (size_t i = 0; i < count; ++i)
            out[i] = static_cast<float>(a[i]) * w0 + static_cast<float>(b[i]) * w1;
        return;
    }
    const float w2 = weights[2], w3 = weights[3];
    const Sample *const c = lines[2], *const d = lines[3];
    for (size_t i = 0; i < count; ++i)
        out[i] = (static_cast<float>(a[i]) * w0 + static_cast<float>(b[i]) * w1) +
                 (static_cast<float>(c[i]) * w2 + static_cast<float>(d[i]) * w3);
}

template <Blend mode>
NEGATOSCOPE_INLINE float blended(float before, float value)
{
    if constexpr (mode == Blend::Maximum)
        return before > value ? before : value;
    else if constexpr (mode == Blend::Minimum)
        return before < value ? before : value;
    else if constexpr (mode == Blend::Sum)
        return before + value;
    else
        return value;
}

template <Blend mode>
NEGATOSCOPE_INLINE void blendAs(const float *const *lines, const float *weights, int taps, size_t count,
                                float *__restrict out)
{
    const float w0 = weights[0];
    const float *const a = lines[0];
    if (taps == 1) {
        for (size_t i = 0; i < count; ++i)
            out[i] = blended<mode>(out[i], a[i] * w0);
        return;
    }
    const float w1 = weights[1];
    const float *const b = lines[1];
    if (taps == 2) {
        for (size_t i = 0; i < count; ++i)
            out[i] = blended<mode>(out[i], a[i] * w0 + b[i] * w1);
        return;
    }
    const float w2 = weights[2], w3 = weights[3];
    const float *const c = lines[2], *const d = lines[3];
    for (size_t i = 0; i < count; ++i)
        out[i] = blended<mode>(out[i], (a[i] * w0 + b[i] * w1) + (c[i] * w2 + d[i] * w3));
}

NEGATOSCOPE_INLINE void blendLines(const float *const *lines, const float *weights, int taps, size_t count,
                                   Blend mode, float *out)
{
    switch (mode) {
    case Blend::Set:
        return blendAs<Blend::Set>(lines, weights, taps, count, out);
    case Blend::Maximum:
        return blendAs<Blend::Maximum>(lines, weights, taps, count, out);
    case Blend::Minimum:
        return blendAs<Blend::Minimum>(lines, weights, taps, count, out);
    case Blend::Sum:
        return blendAs<Blend::Sum>(lines, weights, taps, count, out);
    }
}

NEGATOSCOPE_INLINE void resampleLine(const float *line, const int32_t *indices, const float *weights, int taps,
                                     size_t count, float *__restrict out)
{
    const int32_t *const i0 = indices, *const i1 = indices + count;
    const float *const w0 = weights, *const w1 = weights + count;
    if (taps == 1) {
        for (size_t x = 0; x < count; ++x)
            out[x] = line[i0[x]] * w0[x];
        return;
    }
    if (taps == 2) {
        for (size_t x = 0; x < count; ++x)
            out[x] = line[i0[x]] * w0[x] + line[i1[x]] * w1[x];
        return;
    }
    const int32_t *const i2 = indices + 2 * count, *const i3 = indices + 3 * count;
    const float *const w2 = weights + 2 * count, *const w3 = weights + 3 * count;
    for (size_t x = 0; x < count; ++x)
        out[x] = (line[i0[x]] * w0[x] + line[i1[x]] * w1[x]) + (line[i2[x]] * w2[x] + line[i3[x]] * w3[x]);
}

NEGATOSCOPE_INLINE void roundTo16(const float *in, size_t count, float factor, int16_t *__restrict out)
{
    for (size_t i = 0; i < count; ++i) {
        float value = in[i] * factor + 0.5F;
        value = value < -32768.0F ? -32768.0F : value;
        value = value > 32767.0F ? 32767.0F : value;
        // Truncation rounds towards zero; one less where that went up.
        const auto whole = static_cast<int32_t>(value);
        out[i] = static_cast<int16_t>(whole - (static_cast<float>(whole) > value ? 1 : 0));
    }
}

NEGATOSCOPE_INLINE void scale(const float *in, size_t count, float factor, float offset, float *__restrict out)
{
    for (size_t i = 0; i < count; ++i)
        out[i] = in[i] * factor + offset;
}

constexpr int kBits = ObliqueRun::kPlaceBits;
constexpr int32_t kPart = (1 << kBits) - 1;
constexpr float kUnit = 1.0F / (1 << kBits);

NEGATOSCOPE_INLINE float lerp(float a, float b, float part)
{
    return a + (b - a) * part;
}

template <Blend mode, typename Voxel>
NEGATOSCOPE_INLINE void obliqueAs(const Voxel *base, const ObliqueRun &run, size_t count, float *__restrict out)
{
    for (size_t x = 0; x < count; ++x) {
        const auto at = static_cast<int32_t>(x);
        int32_t i = run.start[0] + at * run.pixel[0], j = run.start[1] + at * run.pixel[1],
                k = run.start[2] + at * run.pixel[2];
        float sum = 0;
        for (int m = 0; m < run.samples; ++m) {
            const Voxel *const v = base + ((i >> kBits) + (j >> kBits) * run.rowStride +
                                           std::ptrdiff_t(k >> kBits) * run.sliceStride);
            const Voxel *const w = v + run.sliceStride;
            const float u = static_cast<float>(i & kPart) * kUnit;
            const float p = static_cast<float>(j & kPart) * kUnit;
            const float q = static_cast<float>(k & kPart) * kUnit;
            const int32_t row = run.rowStride;
            const float near = lerp(lerp(static_cast<float>(v[0]), static_cast<float>(v[1]), u),
                                    lerp(static_cast<float>(v[row]), static_cast<float>(v[row + 1]), u), p);
            const float far = lerp(lerp(static_cast<float>(w[0]), static_cast<float>(w[1]), u),
                                   lerp(static_cast<float>(w[row]), static_cast<float>(w[row + 1]), u), p);
            const float value = lerp(near, far, q);
            sum = m == 0 ? value : blended<mode>(sum, value);
            i += run.sample[0];
            j += run.sample[1];
            k += run.sample[2];
        }
        out[x] = sum;
    }
}

template <typename Voxel>
NEGATOSCOPE_INLINE void oblique(const Voxel *base, const ObliqueRun &run, size_t count, Blend mode, float *out)
{
    switch (mode) {
    case Blend::Set:
        return obliqueAs<Blend::Set>(base, run, count, out);
    case Blend::Maximum:
        return obliqueAs<Blend::Maximum>(base, run, count, out);
    case Blend::Minimum:
        return obliqueAs<Blend::Minimum>(base, run, count, out);
    case Blend::Sum:
        return obliqueAs<Blend::Sum>(base, run, count, out);
    }
}

#if NEGATOSCOPE_HAS_AVX2

#define NEGATOSCOPE_AVX2 [[gnu::target("avx2")]]

NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256 lerp8(__m256 a, __m256 b, __m256 part)
{
    return _mm256_add_ps(a, _mm256_mul_ps(_mm256_sub_ps(b, a), part));
}

/// Eight pairs of neighbours at 16-bit offsets, each fetched as one 32-bit word, interpolated.
NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256 pairs8(const int16_t *base, __m256i offsets, __m256 part)
{
    const __m256i both = _mm256_i32gather_epi32(reinterpret_cast<const int *>(base), offsets, 2);
    const __m256 first = _mm256_cvtepi32_ps(_mm256_srai_epi32(_mm256_slli_epi32(both, 16), 16));
    const __m256 second = _mm256_cvtepi32_ps(_mm256_srai_epi32(both, 16));
    return lerp8(first, second, part);
}

template <Blend mode>
NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256 blended8(__m256 before, __m256 value)
{
    if constexpr (mode == Blend::Maximum)
        return _mm256_max_ps(before, value);
    else if constexpr (mode == Blend::Minimum)
        return _mm256_min_ps(before, value);
    else if constexpr (mode == Blend::Sum)
        return _mm256_add_ps(before, value);
    else
        return value;
}

template <Blend mode>
NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE void obliqueGathered(const int16_t *base, const ObliqueRun &run, size_t count,
                                                         float *out)
{
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i last = _mm256_set1_epi32(static_cast<int32_t>(count) - 1);
    const __m256i parts = _mm256_set1_epi32(kPart);
    const __m256 unit = _mm256_set1_ps(kUnit);
    const __m256i row = _mm256_set1_epi32(run.rowStride), slice = _mm256_set1_epi32(run.sliceStride);
    const __m256i di = _mm256_set1_epi32(run.sample[0]), dj = _mm256_set1_epi32(run.sample[1]),
                  dk = _mm256_set1_epi32(run.sample[2]);
    for (size_t x = 0; x < count; x += 8) {
        // Lanes beyond the run repeat its last pixel, so that nothing outside is touched.
        const __m256i at =
            _mm256_min_epi32(_mm256_add_epi32(_mm256_set1_epi32(static_cast<int32_t>(x)), lanes), last);
        __m256i i = _mm256_add_epi32(_mm256_set1_epi32(run.start[0]),
                                     _mm256_mullo_epi32(at, _mm256_set1_epi32(run.pixel[0])));
        __m256i j = _mm256_add_epi32(_mm256_set1_epi32(run.start[1]),
                                     _mm256_mullo_epi32(at, _mm256_set1_epi32(run.pixel[1])));
        __m256i k = _mm256_add_epi32(_mm256_set1_epi32(run.start[2]),
                                     _mm256_mullo_epi32(at, _mm256_set1_epi32(run.pixel[2])));
        __m256 sum = _mm256_setzero_ps();
        for (int m = 0; m < run.samples; ++m) {
            const __m256i offset = _mm256_add_epi32(
                _mm256_srai_epi32(i, kBits),
                _mm256_add_epi32(_mm256_mullo_epi32(_mm256_srai_epi32(j, kBits), row),
                                 _mm256_mullo_epi32(_mm256_srai_epi32(k, kBits), slice)));
            const __m256 u = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_and_si256(i, parts)), unit);
            const __m256 p = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_and_si256(j, parts)), unit);
            const __m256 q = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_and_si256(k, parts)), unit);
            const __m256 near =
                lerp8(pairs8(base, offset, u), pairs8(base + run.rowStride, offset, u), p);
            const int16_t *const next = base + run.sliceStride;
            const __m256 far = lerp8(pairs8(next, offset, u), pairs8(next + run.rowStride, offset, u), p);
            const __m256 value = lerp8(near, far, q);
            sum = m == 0 ? value : blended8<mode>(sum, value);
            i = _mm256_add_epi32(i, di);
            j = _mm256_add_epi32(j, dj);
            k = _mm256_add_epi32(k, dk);
        }
        if (count - x >= 8) {
            _mm256_storeu_ps(out + x, sum);
        } else {
            alignas(32) float rest[8];
            _mm256_store_ps(rest, sum);
            for (size_t lane = 0; x + lane < count; ++lane)
                out[x + lane] = rest[lane];
        }
    }
}

NEGATOSCOPE_AVX2 void gatherOblique16(const int16_t *base, const ObliqueRun &run, size_t count, Blend mode,
                                      float *out)
{
    switch (mode) {
    case Blend::Set:
        return obliqueGathered<Blend::Set>(base, run, count, out);
    case Blend::Maximum:
        return obliqueGathered<Blend::Maximum>(base, run, count, out);
    case Blend::Minimum:
        return obliqueGathered<Blend::Minimum>(base, run, count, out);
    case Blend::Sum:
        return obliqueGathered<Blend::Sum>(base, run, count, out);
    }
}

#endif

// clang-format off
#define NEGATOSCOPE_KERNELS(target, table, oblique16)                                                                 \
    target void table##Combine16(const int16_t *const *l, const float *w, int t, size_t n, float *o) { combine(l, w, t, n, o); } \
    target void table##CombineFloat(const float *const *l, const float *w, int t, size_t n, float *o) { combine(l, w, t, n, o); } \
    target void table##Blend(const float *const *l, const float *w, int t, size_t n, Blend m, float *o) { blendLines(l, w, t, n, m, o); } \
    target void table##Resample(const float *l, const int32_t *i, const float *w, int t, size_t n, float *o) { resampleLine(l, i, w, t, n, o); } \
    target void table##ToInt16(const float *in, size_t n, float f, int16_t *o) { roundTo16(in, n, f, o); }            \
    target void table##ToFloat(const float *in, size_t n, float f, float a, float *o) { scale(in, n, f, a, o); }      \
    target void table##Oblique16(const int16_t *b, const ObliqueRun &r, size_t n, Blend m, float *o) { oblique(b, r, n, m, o); } \
    target void table##ObliqueFloat(const float *b, const ObliqueRun &r, size_t n, Blend m, float *o) { oblique(b, r, n, m, o); } \
    constexpr Kernels table{table##Combine16, table##CombineFloat, table##Blend, table##Resample, table##ToInt16,     \
                            table##ToFloat, oblique16, table##ObliqueFloat};
// clang-format on

NEGATOSCOPE_KERNELS(, kPortable, kPortableOblique16)
#if NEGATOSCOPE_HAS_AVX2
NEGATOSCOPE_KERNELS([[gnu::target("avx2")]] [[gnu::unused]], kAvx2, gatherOblique16)
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

} // namespace negatoscope::volume
