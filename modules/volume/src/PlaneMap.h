#pragma once

#include <volume/Reslice.h>

#include <array>
#include <optional>

namespace negatoscope::volume {

/// A place or a step in a volume: along columns and rows in voxels, along the normal in mm.
using Triple = std::array<double, 3>;

/// Where the samples of a plane lie in a volume: start + x * right + y * down + m * across.
struct PlaneMap
{
    Triple start{}; ///< first pixel, first sample
    Triple right{}, down{}, across{};
    int samples = 1;

    PlaneMap(const VolumeGeometry &geometry, const dicom::ImagePlane &plane, const Slab &slab);

    Triple at(int x, int y, int m) const;
};

/// A plane whose rows and columns run along the axes of the volume.
struct AxisAligned
{
    int x = 0, y = 1, across = 2; ///< 0: along columns, 1: along rows, 2: along slices
};
std::optional<AxisAligned> axesOf(const PlaneMap &map, const VolumeGeometry &geometry, int columns, int rows);

} // namespace negatoscope::volume
