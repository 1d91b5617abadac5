#include <volume/PlaneAcross.h>
#include <volume/Reslice.h>

#include "Draw.h"

#include <cmath>
#include <utility>
#include <vector>

namespace negatoscope::volume {

using base::ErrorCode;
using base::failure;
using base::Status;

namespace {

constexpr int kMostSamples = 4096;
constexpr std::size_t kTransposedBlock = 32;

Status check(const dicom::ImagePlane &plane, const ResliceSettings &settings, std::size_t pixels)
{
    if (plane.columns < 1 || plane.rows < 1 || pixels != std::size_t(plane.columns) * std::size_t(plane.rows))
        return failure(ErrorCode::BadArgument, "the picture has another size than the plane");
    if (!(plane.columnSpacing > 0) || !(plane.rowSpacing > 0) || !(length(plane.normal()) > 0.5))
        return failure(ErrorCode::BadArgument, "the plane has no directions or no size");
    if (settings.slab.count < 1 || settings.slab.count > kMostSamples || !std::isfinite(settings.slab.stepMm))
        return failure(ErrorCode::BadArgument, "a slab has 1 to 4096 samples");
    return {};
}

template <typename Pixel>
void transpose(const std::vector<Pixel> &from, std::size_t columns, std::size_t rows, Pixel *to)
{
    for (std::size_t top = 0; top < rows; top += kTransposedBlock)
        for (std::size_t left = 0; left < columns; left += kTransposedBlock)
            for (std::size_t y = top; y < std::min(rows, top + kTransposedBlock); ++y)
                for (std::size_t x = left; x < std::min(columns, left + kTransposedBlock); ++x)
                    to[x * rows + y] = from[y * columns + x];
}

template <typename Voxel, typename Pixel>
void draw(const Volume &volume, const dicom::ImagePlane &plane, const ResliceSettings &settings,
          std::span<Pixel> pixels)
{
    const SliceTable slices(volume);
    PlaneMap map(volume.geometry(), plane, settings.slab);
    const ValueScale &scale = volume.scale();
    const auto background = static_cast<float>((settings.background - scale.intercept) / scale.slope);
    Drawing<Voxel> drawing{
        volume,        slices,     map,       settings.interpolation, settings.slab.projection,
        plane.columns, plane.rows, background};
    Sink<Pixel> sink{pixels.data(), std::size_t(plane.columns), scale.slope, scale.intercept};
    auto axes = axesOf(map, volume.geometry(), plane.columns, plane.rows);
    if (!axes) {
        drawOblique(drawing, sink);
    } else if (axes->x < axes->y) {
        drawAligned(drawing, *axes, sink);
    } else {
        // Lines of the picture that run across the slices would leap through memory: drawn as columns, then
        // turned.
        std::vector<Pixel> turned(pixels.size());
        std::swap(map.right, map.down);
        std::swap(drawing.columns, drawing.rows);
        std::swap(axes->x, axes->y);
        sink.pixels = turned.data();
        sink.stride = std::size_t(drawing.columns);
        drawAligned(drawing, *axes, sink);
        transpose(turned, std::size_t(drawing.columns), std::size_t(drawing.rows), pixels.data());
    }
}

/// Whether a place lies within the outer faces of the voxels, in its slice.
bool isWithin(const VolumeGeometry &geometry, const Triple &place)
{
    return place[0] >= -0.5 && place[0] < geometry.columns - 0.5 && place[1] >= -0.5 &&
           place[1] < geometry.rows - 0.5;
}

} // namespace

Slab Slab::ofThickness(Projection projection, double thicknessMm, const VolumeGeometry &geometry,
                       base::PatientVector normal)
{
    Slab slab;
    slab.projection = projection;
    const double size = length(normal);
    if (!(size > 0) || !(thicknessMm > 0))
        return slab;
    slab.stepMm = voxelSizeAlong(geometry, normal * (1 / size));
    slab.count = std::clamp(static_cast<int>(std::floor(thicknessMm / slab.stepMm + 1e-6)), 1, kMostSamples);
    return slab;
}

Status reslice(const Volume &volume, const dicom::ImagePlane &plane, const ResliceSettings &settings,
               std::span<std::int16_t> pixels)
{
    TRY_DO(check(plane, settings, pixels.size()));
    if (volume.voxelType() != VoxelType::Int16)
        return failure(ErrorCode::BadArgument, "floating point voxels have no whole numbers");
    draw<std::int16_t>(volume, plane, settings, pixels);
    return {};
}

Status reslice(const Volume &volume, const dicom::ImagePlane &plane, const ResliceSettings &settings,
               std::span<float> pixels)
{
    TRY_DO(check(plane, settings, pixels.size()));
    if (volume.voxelType() == VoxelType::Int16)
        draw<std::int16_t>(volume, plane, settings, pixels);
    else
        draw<float>(volume, plane, settings, pixels);
    return {};
}

Status resliceStates(const Volume &volume, const dicom::ImagePlane &plane, const ResliceSettings &settings,
                     std::span<PixelState> states)
{
    TRY_DO(check(plane, settings, states.size()));
    const SliceTable slices(volume);
    const PlaneMap map(volume.geometry(), plane, settings.slab);
    base::ComputePool::shared().parallelFor(
        static_cast<std::size_t>(plane.rows), 16, [&](std::size_t begin, std::size_t end) {
            for (std::size_t y = begin; y < end; ++y)
                for (int x = 0; x < plane.columns; ++x) {
                    PixelState worst = PixelState::Outside;
                    for (int m = 0; m < map.samples; ++m) {
                        const Triple place = map.at(x, static_cast<int>(y), m);
                        if (isWithin(volume.geometry(), place))
                            worst = std::max(worst, slices.stateAt(place[2]));
                    }
                    states[y * std::size_t(plane.columns) + std::size_t(x)] = worst;
                }
        });
    return {};
}

} // namespace negatoscope::volume
