#include "VolumeGrid.h"

#include <volume/Reslice.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

namespace negatoscope::rendering {

namespace {

using volume::VoxelType;

/// The least modality value among what has arrived, from every eighth slice: nothing is lighter.
double leastValue(const volume::Volume &volume)
{
    const auto &geometry = volume.geometry();
    double least = std::numeric_limits<double>::infinity();
    std::vector<std::byte> slice(volume.sliceBytes());
    const auto count = static_cast<std::size_t>(geometry.columns) * static_cast<std::size_t>(geometry.rows);
    for (int k = 0; k < geometry.slices(); k += 8) {
        if (!volume.isArrived(k))
            continue;
        volume.copySlice(k, slice);
        const auto take = [&](const auto *first) {
            least = std::min(least, double(*std::min_element(first, first + count)));
        };
        if (volume.voxelType() == VoxelType::Int16)
            take(reinterpret_cast<const std::int16_t *>(slice.data()));
        else
            take(reinterpret_cast<const float *>(slice.data()));
    }
    if (!std::isfinite(least))
        least = 0;
    return volume.voxelType() == VoxelType::Int16 ? least * volume.scale().slope + volume.scale().intercept
                                                  : least;
}

/// Means of `times` x `times` pixels, the last ones of what is left.
template <typename Voxel>
void shrink(const std::vector<Voxel> &from, int columns, int rows, int times, Voxel *to)
{
    for (int row = 0; row < rows; row += times)
        for (int column = 0; column < columns; column += times) {
            const int height = std::min(times, rows - row), width = std::min(times, columns - column);
            double sum = 0;
            for (int j = row; j < row + height; ++j)
                for (int i = column; i < column + width; ++i)
                    sum += from[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns) +
                                static_cast<std::size_t>(i)];
            const double mean = sum / (double(height) * width);
            if constexpr (std::is_integral_v<Voxel>)
                *to++ = static_cast<Voxel>(std::lround(mean));
            else
                *to++ = static_cast<Voxel>(mean);
        }
}

template <typename Voxel>
base::Status fill(const volume::Volume &volume, VolumeGrid &grid, std::vector<Voxel> &voxels,
                  const std::stop_token &stop)
{
    const int times = grid.reduction;
    // A plane of the grid before it is reduced within itself; across, the slab's mean reduces it.
    dicom::ImagePlane plane;
    plane.row = grid.row;
    plane.column = grid.column;
    plane.columnSpacing = grid.spacing[0] / times;
    plane.rowSpacing = grid.spacing[1] / times;
    plane.columns = std::max(1, static_cast<int>(std::lround(double(grid.columns) * times)));
    plane.rows = std::max(1, static_cast<int>(std::lround(double(grid.rows) * times)));
    const base::PatientPoint first = grid.origin + grid.row * (-(times - 1) / 2.0 * plane.columnSpacing) +
                                     grid.column * (-(times - 1) / 2.0 * plane.rowSpacing);

    volume::ResliceSettings settings;
    settings.background = leastValue(volume);
    settings.slab.projection = volume::Projection::Mean;
    settings.slab.count = times;
    settings.slab.stepMm = grid.spacing[2] / times;
    const auto area = static_cast<std::size_t>(plane.columns) * static_cast<std::size_t>(plane.rows);
    const auto boxes = static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
    std::vector<Voxel> pixels(area);
    voxels.resize(boxes * static_cast<std::size_t>(grid.slices));
    for (int k = 0; k < grid.slices; ++k) {
        if (stop.stop_requested())
            return base::failure(base::ErrorCode::Cancelled, "the volume was replaced");
        plane.origin = first + grid.normal * (k * grid.spacing[2]);
        TRY_DO(volume::reslice(volume, plane, settings, std::span<Voxel>(pixels)));
        Voxel *const to = voxels.data() + boxes * static_cast<std::size_t>(k);
        if (times == 1)
            std::copy(pixels.begin(), pixels.end(), to);
        else
            shrink(pixels, plane.columns, plane.rows, times, to);
    }
    return {};
}

} // namespace

base::Result<VolumeGrid> VolumeGrid::of(const volume::Volume &volume, std::uint64_t mostVoxels,
                                        std::stop_token stop)
try {
    const auto &geometry = volume.geometry();
    // The box around the volume, perpendicular to its slices: with a drift wider than the slices are.
    const double depth = geometry.places.back();
    const double driftColumns = dot(geometry.drift, geometry.row) * depth,
                 driftRows = dot(geometry.drift, geometry.column) * depth;
    const double width = (geometry.columns - 1) * geometry.columnSpacing + std::abs(driftColumns),
                 height = (geometry.rows - 1) * geometry.rowSpacing + std::abs(driftRows);

    VolumeGrid grid;
    grid.row = geometry.row;
    grid.column = geometry.column;
    grid.normal = cross(geometry.row, geometry.column);
    const bool isForward = dot(grid.normal, geometry.normal) > 0;
    grid.origin = geometry.origin + geometry.row * std::min(driftColumns, 0.0) +
                  geometry.column * std::min(driftRows, 0.0);
    if (!isForward)
        grid.origin = grid.origin + grid.normal * -depth;
    const auto count = [](double length, double spacing) {
        return static_cast<int>(std::lround(std::ceil(length / spacing - 1e-6))) + 1;
    };
    for (grid.reduction = 1;; ++grid.reduction) {
        const int times = grid.reduction;
        grid.spacing = {geometry.columnSpacing * times, geometry.rowSpacing * times,
                        geometry.usualSpacing * times};
        const auto parts = [&](int voxels) { return (voxels + times - 1) / times; };
        grid.columns = parts(count(width, geometry.columnSpacing));
        grid.rows = parts(count(height, geometry.rowSpacing));
        grid.slices = parts(count(depth, geometry.usualSpacing));
        if (std::uint64_t(grid.columns) * std::uint64_t(grid.rows) * std::uint64_t(grid.slices) <= mostVoxels)
            break;
    }
    const double half = (grid.reduction - 1) / 2.0;
    grid.origin = grid.origin + grid.row * (half * geometry.columnSpacing) +
                  grid.column * (half * geometry.rowSpacing) + grid.normal * (half * geometry.usualSpacing);
    grid.type = volume.voxelType();
    grid.scale = volume.scale();
    if (grid.type == VoxelType::Int16)
        TRY_DO(fill(volume, grid, grid.whole, stop));
    else
        TRY_DO(fill(volume, grid, grid.real, stop));
    return grid;
} catch (const std::bad_alloc &) {
    return base::failure(base::ErrorCode::LimitExceeded, "no memory for the volume to be drawn");
}

} // namespace negatoscope::rendering
