#include "KernelTargets.h"

// Samples along an oblique line, with places in whole numbers.

namespace negatoscope::volume {

namespace {

using std::int16_t;
using std::int32_t;
using std::size_t;

constexpr int kBits = ObliqueRun::kPlaceBits;
constexpr int32_t kPart = (1 << kBits) - 1;
constexpr float kUnit = 1.0F / (1 << kBits);

NEGATOSCOPE_INLINE float lerp(float a, float b, float part)
{
    return a + (b - a) * part;
}

NEGATOSCOPE_INLINE int32_t columnAt(int32_t i)
{
    return (i >> kColumnBits) * kBrick + (i & (kColumns - 1));
}
NEGATOSCOPE_INLINE int32_t rowAt(int32_t j, int32_t rowOfBricks)
{
    return (j >> kRowBits) * rowOfBricks + (j & (kRows - 1)) * kColumns;
}
NEGATOSCOPE_INLINE int32_t sliceAt(int32_t k, int32_t sliceOfBricks)
{
    return (k >> kSliceBits) * sliceOfBricks + (k & (kSlices - 1)) * (kColumns * kRows);
}

template <Blend mode, typename Voxel>
NEGATOSCOPE_INLINE void obliqueAs(const Voxel *base, const ObliqueRun &run, size_t count,
                                  float *__restrict out)
{
    for (size_t x = 0; x < count; ++x) {
        const auto at = static_cast<int32_t>(x);
        int32_t i = run.start[0] + at * run.pixel[0], j = run.start[1] + at * run.pixel[1],
                k = run.start[2] + at * run.pixel[2];
        float sum = 0;
        for (int m = 0; m < run.samples; ++m) {
            const int32_t i0 = i >> kBits, j0 = j >> kBits, k0 = k >> kBits;
            const int32_t c0 = columnAt(i0), c1 = columnAt(i0 + 1);
            const int32_t r0 = rowAt(j0, run.rowOfBricks), r1 = rowAt(j0 + 1, run.rowOfBricks);
            const Voxel *const v = base + sliceAt(k0, run.sliceOfBricks);
            const Voxel *const w = base + sliceAt(k0 + 1, run.sliceOfBricks);
            const float u = static_cast<float>(i & kPart) * kUnit;
            const float p = static_cast<float>(j & kPart) * kUnit;
            const float q = static_cast<float>(k & kPart) * kUnit;
            const float near =
                lerp(lerp(static_cast<float>(v[c0 + r0]), static_cast<float>(v[c1 + r0]), u),
                     lerp(static_cast<float>(v[c0 + r1]), static_cast<float>(v[c1 + r1]), u), p);
            const float far =
                lerp(lerp(static_cast<float>(w[c0 + r0]), static_cast<float>(w[c1 + r0]), u),
                     lerp(static_cast<float>(w[c0 + r1]), static_cast<float>(w[c1 + r1]), u), p);
            const float value = lerp(near, far, q);
            sum = m == 0 ? value : blended<mode>(sum, value);
            i += run.sample[0];
            j += run.sample[1];
            k += run.sample[2];
        }
        out[x] = sum;
    }
}

NEGATOSCOPE_INLINE void catmullRom(float t, float *weights)
{
    const float t2 = t * t, t3 = t2 * t;
    weights[0] = -0.5F * t3 + t2 - 0.5F * t;
    weights[1] = 1.5F * t3 - 2.5F * t2 + 1.0F;
    weights[2] = -1.5F * t3 + 2.0F * t2 + 0.5F * t;
    weights[3] = 0.5F * t3 - 0.5F * t2;
}

template <typename Voxel>
NEGATOSCOPE_INLINE float cubicAt(const Voxel *base, const ObliqueRun &run, int32_t i, int32_t j, int32_t k)
{
    float u[4], p[4], q[4];
    catmullRom(static_cast<float>(i & kPart) * kUnit, u);
    catmullRom(static_cast<float>(j & kPart) * kUnit, p);
    catmullRom(static_cast<float>(k & kPart) * kUnit, q);
    int32_t columns[4], rows[4];
    for (int n = 0; n < 4; ++n) {
        columns[n] = columnAt((i >> kBits) - 1 + n);
        rows[n] = rowAt((j >> kBits) - 1 + n, run.rowOfBricks);
    }
    float value = 0;
    for (int c = 0; c < 4; ++c) {
        const Voxel *const slice = base + sliceAt((k >> kBits) - 1 + c, run.sliceOfBricks);
        float lanes[4] = {0, 0, 0, 0};
        for (int b = 0; b < 4; ++b)
            for (int a = 0; a < 4; ++a)
                lanes[a] += p[b] * static_cast<float>(slice[rows[b] + columns[a]]);
        value += q[c] * ((lanes[0] * u[0] + lanes[1] * u[1]) + (lanes[2] * u[2] + lanes[3] * u[3]));
    }
    return value;
}

template <typename Voxel>
NEGATOSCOPE_INLINE void cubic(const Voxel *base, const ObliqueRun &run, size_t count, Blend mode, float *out)
{
    for (size_t x = 0; x < count; ++x) {
        const auto at = static_cast<int32_t>(x);
        int32_t i = run.start[0] + at * run.pixel[0], j = run.start[1] + at * run.pixel[1],
                k = run.start[2] + at * run.pixel[2];
        float sum = 0;
        for (int m = 0; m < run.samples; ++m) {
            const float value = cubicAt(base, run, i, j, k);
            sum = m == 0                   ? value
                  : mode == Blend::Maximum ? blended<Blend::Maximum>(sum, value)
                  : mode == Blend::Minimum ? blended<Blend::Minimum>(sum, value)
                                           : sum + value;
            i += run.sample[0];
            j += run.sample[1];
            k += run.sample[2];
        }
        out[x] = sum;
    }
}

template <typename Voxel>
NEGATOSCOPE_INLINE void oblique(const Voxel *base, const ObliqueRun &run, size_t count, Blend mode,
                                float *out)
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

NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256 lerp8(__m256 a, __m256 b, __m256 part)
{
    return _mm256_add_ps(a, _mm256_mul_ps(_mm256_sub_ps(b, a), part));
}

/// Eight pairs of neighbours along the columns, interpolated. A pair is one 32-bit word, but for those that
/// lie in two bricks (`apart`).
struct Columns8
{
    __m256i first, second, apart;
    __m256 part;
    bool anyApart;
};

NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE int32_t wordAt(const int16_t *at)
{
    int32_t word;
    __builtin_memcpy(&word, at, sizeof word);
    return word;
}

/// Eight words at offsets. Loads one by one are faster than the gather instruction of the processors of
/// today.
NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256i words8(const int16_t *base, __m256i offsets)
{
    alignas(32) int32_t at[8];
    _mm256_store_si256(reinterpret_cast<__m256i *>(at), offsets);
    return _mm256_setr_epi32(wordAt(base + at[0]), wordAt(base + at[1]), wordAt(base + at[2]),
                             wordAt(base + at[3]), wordAt(base + at[4]), wordAt(base + at[5]),
                             wordAt(base + at[6]), wordAt(base + at[7]));
}

NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256 pairs8(const int16_t *base, const Columns8 &columns, __m256i line)
{
    const __m256i both = words8(base, _mm256_add_epi32(columns.first, line));
    const __m256i first = _mm256_srai_epi32(_mm256_slli_epi32(both, 16), 16);
    __m256i second = _mm256_srai_epi32(both, 16);
    if (columns.anyApart) {
        const __m256i other = words8(base, _mm256_add_epi32(columns.second, line));
        second =
            _mm256_blendv_epi8(second, _mm256_srai_epi32(_mm256_slli_epi32(other, 16), 16), columns.apart);
    }
    return lerp8(_mm256_cvtepi32_ps(first), _mm256_cvtepi32_ps(second), columns.part);
}

NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256i columnsAt8(__m256i i)
{
    return _mm256_add_epi32(
        _mm256_slli_epi32(_mm256_srai_epi32(i, kColumnBits), kColumnBits + kRowBits + kSliceBits),
        _mm256_and_si256(i, _mm256_set1_epi32(kColumns - 1)));
}

/// Of rows and of slices: `bits` of the number count within a brick, `within` bits farther on each.
NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE __m256i linesAt8(__m256i n, int bits, int within, __m256i bricks)
{
    const __m256i inside = _mm256_and_si256(n, _mm256_set1_epi32((1 << bits) - 1));
    return _mm256_add_epi32(_mm256_mullo_epi32(_mm256_srai_epi32(n, bits), bricks),
                            _mm256_slli_epi32(inside, within));
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
NEGATOSCOPE_AVX2 NEGATOSCOPE_INLINE void obliqueFetched(const int16_t *base, const ObliqueRun &run,
                                                        size_t count, float *out)
{
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i last = _mm256_set1_epi32(static_cast<int32_t>(count) - 1);
    const __m256i parts = _mm256_set1_epi32(kPart);
    const __m256 unit = _mm256_set1_ps(kUnit);
    const __m256i ones = _mm256_set1_epi32(1), lastColumn = _mm256_set1_epi32(kColumns - 1);
    const __m256i row = _mm256_set1_epi32(run.rowOfBricks), slice = _mm256_set1_epi32(run.sliceOfBricks);
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
            const __m256i i0 = _mm256_srai_epi32(i, kBits), j0 = _mm256_srai_epi32(j, kBits),
                          k0 = _mm256_srai_epi32(k, kBits);
            const __m256 p = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_and_si256(j, parts)), unit);
            const __m256 q = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_and_si256(k, parts)), unit);
            Columns8 columns;
            columns.first = columnsAt8(i0);
            columns.second = columnsAt8(_mm256_add_epi32(i0, ones));
            columns.apart = _mm256_cmpeq_epi32(_mm256_and_si256(i0, lastColumn), lastColumn);
            columns.anyApart = _mm256_movemask_epi8(columns.apart) != 0;
            columns.part = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_and_si256(i, parts)), unit);
            const __m256i above = linesAt8(j0, kRowBits, kColumnBits, row);
            const __m256i below = linesAt8(_mm256_add_epi32(j0, ones), kRowBits, kColumnBits, row);
            const __m256i front = linesAt8(k0, kSliceBits, kColumnBits + kRowBits, slice);
            const __m256i back =
                linesAt8(_mm256_add_epi32(k0, ones), kSliceBits, kColumnBits + kRowBits, slice);
            const __m256 near = lerp8(pairs8(base, columns, _mm256_add_epi32(above, front)),
                                      pairs8(base, columns, _mm256_add_epi32(below, front)), p);
            const __m256 far = lerp8(pairs8(base, columns, _mm256_add_epi32(above, back)),
                                     pairs8(base, columns, _mm256_add_epi32(below, back)), p);
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

NEGATOSCOPE_AVX2 void fetchOblique16(const int16_t *base, const ObliqueRun &run, size_t count, Blend mode,
                                     float *out)
{
    switch (mode) {
    case Blend::Set:
        return obliqueFetched<Blend::Set>(base, run, count, out);
    case Blend::Maximum:
        return obliqueFetched<Blend::Maximum>(base, run, count, out);
    case Blend::Minimum:
        return obliqueFetched<Blend::Minimum>(base, run, count, out);
    case Blend::Sum:
        return obliqueFetched<Blend::Sum>(base, run, count, out);
    }
}

#endif

// clang-format off
#define NEGATOSCOPE_KERNELS(target, table, linear)                                                                    \
    target void table##Linear16(const int16_t *b, const ObliqueRun &r, size_t n, Blend m, float *o) { oblique(b, r, n, m, o); } \
    target void table##LinearFloat(const float *b, const ObliqueRun &r, size_t n, Blend m, float *o) { oblique(b, r, n, m, o); } \
    target void table##Cubic16(const int16_t *b, const ObliqueRun &r, size_t n, Blend m, float *o) { cubic(b, r, n, m, o); } \
    target void table##CubicFloat(const float *b, const ObliqueRun &r, size_t n, Blend m, float *o) { cubic(b, r, n, m, o); } \
    constexpr ObliqueKernels table{linear, table##LinearFloat, table##Cubic16, table##CubicFloat};
// clang-format on

NEGATOSCOPE_KERNELS(, kPortable, kPortableLinear16)
#if NEGATOSCOPE_HAS_AVX2
NEGATOSCOPE_KERNELS([[gnu::target("avx2")]] [[gnu::unused]], kAvx2, fetchOblique16)
#endif

} // namespace

const ObliqueKernels &portableObliqueKernels()
{
    return kPortable;
}

const ObliqueKernels &obliqueKernels()
{
#if NEGATOSCOPE_HAS_AVX2
    static const ObliqueKernels &best = hasAvx2() ? kAvx2 : kPortable;
    return best;
#else
    return kPortable;
#endif
}

} // namespace negatoscope::volume
