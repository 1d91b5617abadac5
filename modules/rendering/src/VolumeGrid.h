#pragma once

#include <base/Result.h>
#include <volume/Volume.h>

#include <cstdint>
#include <stop_token>
#include <vector>

namespace negatoscope::rendering {

/// A volume as a renderer takes it: an even grid of equal boxes, rows, columns and slices perpendicular to
/// each other, in the order columns, rows, slices. A tilted or uneven volume is sampled at its true places.
struct VolumeGrid
{
    int columns = 0, rows = 0, slices = 0;
    std::array<double, 3> spacing{1, 1, 1};  ///< mm along columns, rows, slices
    base::PatientPoint origin;               ///< centre of the first box
    base::PatientVector row, column, normal; ///< unit vectors, a right-handed system
    int reduction = 1;
    volume::VoxelType type = volume::VoxelType::Int16;
    volume::ValueScale scale; ///< of the numbers below
    std::vector<std::int16_t> whole;
    std::vector<float> real;

    /// Not larger than `mostVoxels`: one box stands for `reduction` voxels along each axis, their mean. What
    /// has not arrived has the least value there is. Errors: LimitExceeded (no memory), Cancelled.
    static base::Result<VolumeGrid> of(const volume::Volume &volume, std::uint64_t mostVoxels,
                                       std::stop_token stop);
};

} // namespace negatoscope::rendering
