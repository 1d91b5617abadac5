#pragma once

#include <cstddef>
#include <cstdint>

namespace negatoscope::volume {

/// The run of one row of an oblique plane in whole numbers: places of the samples relative to the first voxel
/// of a brick, in 2^-kPlaceBits of a voxel, none below zero. All taps of all samples lie in the block.
struct ObliqueRun
{
    static constexpr int kPlaceBits = 23;
    /// Places stay below this, so that their numbers fit 32 bits.
    static constexpr int kReach = 250;

    std::int32_t start[3];  ///< of the first pixel's first sample: along columns, rows, slices
    std::int32_t pixel[3];  ///< from pixel to pixel
    std::int32_t sample[3]; ///< from sample to sample across the slab
    int samples = 1;
    std::int32_t rowOfBricks = 0, sliceOfBricks = 0; ///< as of VoxelLayout
};

enum class Blend { Set, Maximum, Minimum, Sum };

/// The inner loops, for any processor and for AVX2; both give the same bytes (tests/unit/volume/tst_Kernels).
struct Kernels
{
    static constexpr std::size_t kSpare = 8;

    /// out = sum of weights[t] * lines[t], of 1, 2 or 4 lines along the columns of `bricks` bricks.
    void (*combine16)(const std::int16_t *const *lines, const float *weights, int taps, std::size_t bricks,
                      float *out);
    void (*combineFloat)(const float *const *lines, const float *weights, int taps, std::size_t bricks,
                         float *out);
    /// The same of plain lines of floats, blended into `out`.
    void (*blend)(const float *const *lines, const float *weights, int taps, std::size_t count, Blend blend,
                  float *out);
    /// out[x] = sum over t of weights[t * count + x] * line[indices[t * count + x]]; indices of a tap rise or
    /// fall, and the line has kSpare floats more than they reach.
    void (*resample)(const float *line, const std::int32_t *indices, const float *weights, int taps,
                     std::size_t count, float *out);
    /// Rounded to nearest, halves up, kept within 16 bits.
    void (*toInt16)(const float *in, std::size_t count, float factor, std::int16_t *out);
    void (*toFloat)(const float *in, std::size_t count, float factor, float offset, float *out);
};

const Kernels &kernels();
const Kernels &portableKernels();

/// The same of oblique planes.
struct ObliqueKernels
{
    /// Trilinear samples of a run, blended over its samples (Set for one); `base` is the base voxel.
    void (*linear16)(const std::int16_t *base, const ObliqueRun &run, std::size_t count, Blend blend,
                     float *out);
    void (*linearFloat)(const float *base, const ObliqueRun &run, std::size_t count, Blend blend, float *out);
    /// The same, tricubic (Catmull-Rom).
    void (*cubic16)(const std::int16_t *base, const ObliqueRun &run, std::size_t count, Blend blend,
                    float *out);
    void (*cubicFloat)(const float *base, const ObliqueRun &run, std::size_t count, Blend blend, float *out);
};

const ObliqueKernels &obliqueKernels();
const ObliqueKernels &portableObliqueKernels();

} // namespace negatoscope::volume
