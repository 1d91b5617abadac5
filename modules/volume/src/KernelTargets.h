#pragma once

#include "Kernels.h"

// What the files of kernels share. Each loop is written once and compiled twice: for any processor, and for
// AVX2 (never FMA, whose fused rounding would change the bytes). Only plain loops live there, so no inline
// function of a library is ever compiled for AVX2 and then shared with code that must run everywhere. What
// compilers do not vectorise is written with intrinsics beside its plain form.

#if defined(__x86_64__) && defined(__GNUC__)
#define NEGATOSCOPE_HAS_AVX2 1
#define NEGATOSCOPE_AVX2 [[gnu::target("avx2")]]
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

// As in VoxelLayout, whose functions stay out of what is compiled for AVX2.
inline constexpr int kColumnBits = 4, kRowBits = 4, kSliceBits = 3;
inline constexpr std::int32_t kColumns = 1 << kColumnBits, kRows = 1 << kRowBits, kSlices = 1 << kSliceBits;
inline constexpr std::int32_t kBrick = kColumns * kRows * kSlices;

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

/// Whether this processor runs what was compiled for AVX2.
inline bool hasAvx2()
{
#if NEGATOSCOPE_HAS_AVX2
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

} // namespace negatoscope::volume
