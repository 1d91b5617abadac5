#include "PlaneMap.h"

#include <algorithm>
#include <cmath>

namespace negatoscope::volume {

using base::PatientVector;

namespace {

/// A plane that strays from an axis by less than this part of a voxel from edge to edge runs along it.
constexpr double kStraight = 1e-3;

Triple stepOf(const VolumeGeometry &geometry, PatientVector step)
{
    const double place = dot(step, geometry.normal);
    const PatientVector within = step - geometry.drift * place;
    return {dot(within, geometry.row) / geometry.columnSpacing,
            dot(within, geometry.column) / geometry.rowSpacing, place};
}

} // namespace

PlaneMap::PlaneMap(const VolumeGeometry &geometry, const dicom::ImagePlane &plane, const Slab &slab)
    : right(stepOf(geometry, plane.row * plane.columnSpacing)),
      down(stepOf(geometry, plane.column * plane.rowSpacing)),
      samples(slab.count)
{
    const PatientVector normal = plane.normal();
    const double size = length(normal);
    const PatientVector step = size > 0 ? normal * (slab.stepMm / size) : PatientVector{};
    across = stepOf(geometry, step);
    start = stepOf(geometry, plane.origin - geometry.origin - step * ((slab.count - 1) / 2.0));
}

Triple PlaneMap::at(int x, int y, int m) const
{
    Triple place;
    for (std::size_t axis = 0; axis < 3; ++axis)
        place[axis] = start[axis] + x * right[axis] + y * down[axis] + m * across[axis];
    return place;
}

std::optional<AxisAligned> axesOf(const PlaneMap &map, const VolumeGeometry &geometry, int columns, int rows)
{
    const Triple voxel{1, 1, geometry.usualSpacing};
    const auto onlyAxis = [&](const Triple &step, int times) -> std::optional<int> {
        int main = 0;
        for (int axis = 1; axis < 3; ++axis)
            if (std::abs(step[std::size_t(axis)]) / voxel[std::size_t(axis)] >
                std::abs(step[std::size_t(main)]) / voxel[std::size_t(main)])
                main = axis;
        for (int axis = 0; axis < 3; ++axis)
            if (axis != main &&
                std::abs(step[std::size_t(axis)]) * times > kStraight * voxel[std::size_t(axis)])
                return std::nullopt;
        return main;
    };
    const auto x = onlyAxis(map.right, columns), y = onlyAxis(map.down, rows);
    if (!x || !y || *x == *y)
        return std::nullopt;
    const AxisAligned axes{*x, *y, 3 - *x - *y};
    if (map.samples > 1) {
        const auto across = onlyAxis(map.across, map.samples);
        if (!across || *across != axes.across)
            return std::nullopt;
    }
    return axes;
}

} // namespace negatoscope::volume
