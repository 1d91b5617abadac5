#include "KernelTargets.h"

// Lines of voxels and of pixels: mixed, resampled, blended, rounded.

namespace negatoscope::volume {

namespace {

using std::int16_t;
using std::int32_t;
using std::size_t;

template <typename Sample>
NEGATOSCOPE_INLINE void combine(const Sample *const *lines, const float *weights, int taps, size_t bricks,
                                float *__restrict out)
{
    const float w0 = weights[0];
    const Sample *a = lines[0];
    if (taps == 1) {
        for (size_t n = 0; n < bricks; ++n, a += kBrick, out += kColumns)
            for (int i = 0; i < kColumns; ++i)
                out[i] = static_cast<float>(a[i]) * w0;
        return;
    }
    const float w1 = weights[1];
    const Sample *b = lines[1];
    if (taps == 2) {
        for (size_t n = 0; n < bricks; ++n, a += kBrick, b += kBrick, out += kColumns)
            for (int i = 0; i < kColumns; ++i)
                out[i] = static_cast<float>(a[i]) * w0 + static_cast<float>(b[i]) * w1;
        return;
    }
    const float w2 = weights[2], w3 = weights[3];
    const Sample *c = lines[2], *d = lines[3];
    for (size_t n = 0; n < bricks; ++n, a += kBrick, b += kBrick, c += kBrick, d += kBrick, out += kColumns)
        for (int i = 0; i < kColumns; ++i)
            out[i] = (static_cast<float>(a[i]) * w0 + static_cast<float>(b[i]) * w1) +
                     (static_cast<float>(c[i]) * w2 + static_cast<float>(d[i]) * w3);
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

NEGATOSCOPE_INLINE void resampleLine(const float *line, const int32_t *indices, const float *weights,
                                     int taps, size_t count, float *__restrict out)
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
        // Truncation rounds towards zero: made positive first, it rounds down.
        out[i] = static_cast<int16_t>(static_cast<int32_t>(value + 32768.0F) - 32768);
    }
}

NEGATOSCOPE_INLINE void scale(const float *in, size_t count, float factor, float offset,
                              float *__restrict out)
{
    for (size_t i = 0; i < count; ++i)
        out[i] = in[i] * factor + offset;
}

#if NEGATOSCOPE_HAS_AVX2

/// Linear resampling: eight pixels of an enlarged picture lie among eight neighbours of the line, which are
/// loaded once and picked from; else one by one. The same sums as resampleLine().
NEGATOSCOPE_AVX2 void resamplePairs(const float *line, const int32_t *indices, const float *weights,
                                    size_t count, float *__restrict out)
{
    const int32_t *const i0 = indices, *const i1 = indices + count;
    const float *const w0 = weights, *const w1 = weights + count;
    size_t x = 0;
    for (; x + 8 <= count; x += 8) {
        const int32_t left = i0[x] < i0[x + 7] ? i0[x] : i0[x + 7];
        const int32_t right = i1[x] > i1[x + 7] ? i1[x] : i1[x + 7];
        if (right - left > 7) {
            for (size_t n = x; n < x + 8; ++n)
                out[n] = line[i0[n]] * w0[n] + line[i1[n]] * w1[n];
            continue;
        }
        const __m256 voxels = _mm256_loadu_ps(line + left);
        const __m256i from = _mm256_set1_epi32(left);
        const __m256i at0 = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(i0 + x));
        const __m256i at1 = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(i1 + x));
        const __m256 first = _mm256_permutevar8x32_ps(voxels, _mm256_sub_epi32(at0, from));
        const __m256 second = _mm256_permutevar8x32_ps(voxels, _mm256_sub_epi32(at1, from));
        _mm256_storeu_ps(out + x, _mm256_add_ps(_mm256_mul_ps(first, _mm256_loadu_ps(w0 + x)),
                                                _mm256_mul_ps(second, _mm256_loadu_ps(w1 + x))));
    }
    for (; x < count; ++x)
        out[x] = line[i0[x]] * w0[x] + line[i1[x]] * w1[x];
}

NEGATOSCOPE_AVX2 void resample8(const float *line, const int32_t *indices, const float *weights, int taps,
                                size_t count, float *out)
{
    if (taps == 2)
        resamplePairs(line, indices, weights, count, out);
    else
        resampleLine(line, indices, weights, taps, count, out);
}

#endif

// clang-format off
#define NEGATOSCOPE_KERNELS(target, table, resample)                                                                  \
    target void table##Combine16(const int16_t *const *l, const float *w, int t, size_t n, float *o) { combine(l, w, t, n, o); } \
    target void table##CombineFloat(const float *const *l, const float *w, int t, size_t n, float *o) { combine(l, w, t, n, o); } \
    target void table##Blend(const float *const *l, const float *w, int t, size_t n, Blend m, float *o) { blendLines(l, w, t, n, m, o); } \
    target void table##Resample(const float *l, const int32_t *i, const float *w, int t, size_t n, float *o) { resampleLine(l, i, w, t, n, o); } \
    target void table##ToInt16(const float *in, size_t n, float f, int16_t *o) { roundTo16(in, n, f, o); }            \
    target void table##ToFloat(const float *in, size_t n, float f, float a, float *o) { scale(in, n, f, a, o); }      \
    constexpr Kernels table{table##Combine16, table##CombineFloat, table##Blend, resample, table##ToInt16, table##ToFloat};
// clang-format on

NEGATOSCOPE_KERNELS(, kPortable, kPortableResample)
#if NEGATOSCOPE_HAS_AVX2
NEGATOSCOPE_KERNELS([[gnu::target("avx2")]] [[gnu::unused]], kAvx2, resample8)
#endif

} // namespace

const Kernels &portableKernels()
{
    return kPortable;
}

const Kernels &kernels()
{
#if NEGATOSCOPE_HAS_AVX2
    static const Kernels &best = hasAvx2() ? kAvx2 : kPortable;
    return best;
#else
    return kPortable;
#endif
}

} // namespace negatoscope::volume
