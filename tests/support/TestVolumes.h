#pragma once

#include <volume/Reslice.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <random>

/// Volumes and planes for tests.
namespace negatoscope::test {

using volume::VolumeGeometry;

inline base::PatientVector unit(base::PatientVector v)
{
    return v * (1 / length(v));
}

/// Rows, columns and slices along the patient's axes, slices from head to feet.
inline VolumeGeometry evenGeometry(int columns, int rows, int slices, double columnSpacing = 0.7,
                                   double rowSpacing = 0.7, double spacing = 0.6)
{
    VolumeGeometry geometry;
    geometry.origin = {-120, -110, 300};
    geometry.row = {1, 0, 0};
    geometry.column = {0, 1, 0};
    geometry.normal = {0, 0, -1};
    geometry.columns = columns;
    geometry.rows = rows;
    geometry.columnSpacing = columnSpacing;
    geometry.rowSpacing = rowSpacing;
    for (int k = 0; k < slices; ++k)
        geometry.places.push_back(k * spacing);
    geometry.spacing = geometry.usualSpacing = spacing;
    return geometry;
}

using Values = std::function<double(int i, int j, int k)>;

template <typename Voxel>
void fillSlice(volume::Volume &volume, int k, const Values &values)
{
    const VolumeGeometry &geometry = volume.geometry();
    std::vector<Voxel> voxels;
    voxels.reserve(std::size_t(geometry.rows) * std::size_t(geometry.columns));
    for (int j = 0; j < geometry.rows; ++j)
        for (int i = 0; i < geometry.columns; ++i)
            voxels.push_back(static_cast<Voxel>(values(i, j, k)));
    volume.put(k, std::as_bytes(std::span(voxels)));
}

inline std::shared_ptr<volume::Volume> emptyVolume(const VolumeGeometry &geometry,
                                                   volume::VoxelType type = volume::VoxelType::Int16,
                                                   const volume::ValueScale &scale = {})
{
    const auto plan = volume::StoragePlan::of(geometry.columns, geometry.rows, geometry.slices(),
                                              volume::bytesOf(type), {std::uint64_t(8) << 30, {}, 0});
    if (!plan)
        return nullptr;
    auto made = volume::Volume::create(geometry, type, scale, *plan);
    return made ? *made : nullptr;
}

inline std::shared_ptr<volume::Volume> makeVolume(const VolumeGeometry &geometry, const Values &values,
                                                  volume::VoxelType type = volume::VoxelType::Int16,
                                                  const volume::ValueScale &scale = {})
{
    auto made = emptyVolume(geometry, type, scale);
    for (int k = 0; made && k < geometry.slices(); ++k) {
        if (type == volume::VoxelType::Int16)
            fillSlice<std::int16_t>(*made, k, values);
        else
            fillSlice<float>(*made, k, values);
    }
    return made;
}

/// A plane around a point, as large as asked.
inline dicom::ImagePlane planeAround(base::PatientPoint centre, base::PatientVector row,
                                     base::PatientVector column, int columns, int rows, double columnSpacing,
                                     double rowSpacing)
{
    dicom::ImagePlane plane;
    plane.row = unit(row);
    plane.column = unit(column - plane.row * dot(column, plane.row));
    plane.columns = columns;
    plane.rows = rows;
    plane.columnSpacing = columnSpacing;
    plane.rowSpacing = rowSpacing;
    plane.origin = centre + plane.row * (-(columns - 1) / 2.0 * columnSpacing) +
                   plane.column * (-(rows - 1) / 2.0 * rowSpacing);
    return plane;
}

inline std::size_t pixelsOf(const dicom::ImagePlane &plane)
{
    return std::size_t(plane.columns) * std::size_t(plane.rows);
}

} // namespace negatoscope::test
