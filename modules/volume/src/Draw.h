#pragma once

#include "Kernels.h"
#include "PlaneMap.h"
#include "SliceTable.h"

#include <base/ComputePool.h>

#include <algorithm>
#include <type_traits>

namespace negatoscope::volume {

/// One plane being drawn: what both ways, along the axes and oblique, need.
template <typename Voxel>
struct Drawing
{
    const Volume &volume;
    const SliceTable &slices;
    const PlaneMap &map;
    Interpolation interpolation = Interpolation::Linear;
    Projection projection = Projection::Maximum;
    int columns = 0, rows = 0; ///< of the plane
    float background = 0;      ///< in voxel values

    const Voxel *voxels() const { return reinterpret_cast<const Voxel *>(volume.voxels()); }
    Blend blend() const
    {
        if (map.samples == 1)
            return Blend::Set;
        return projection == Projection::Maximum   ? Blend::Maximum
               : projection == Projection::Minimum ? Blend::Minimum
                                                   : Blend::Sum;
    }
};

/// Rows of floating point voxel values into the picture that was asked for.
template <typename Pixel>
struct Sink
{
    Pixel *pixels = nullptr;
    std::size_t stride = 0;
    double slope = 1, intercept = 0; ///< of floating point pictures: modality values

    void write(const float *values, std::size_t count, float factor, int x, int y) const
    {
        Pixel *const out = pixels + std::size_t(y) * stride + std::size_t(x);
        if constexpr (std::is_same_v<Pixel, std::int16_t>)
            kernels().toInt16(values, count, factor, out);
        else
            kernels().toFloat(values, count, factor * static_cast<float>(slope),
                              static_cast<float>(intercept), out);
    }
    void fill(float value, int x, int end, int y) const
    {
        if (x >= end)
            return;
        write(&value, 1, 1, x, y);
        Pixel *const out = pixels + std::size_t(y) * stride;
        std::fill(out + x + 1, out + end, out[x]);
    }
};

template <typename Voxel, typename Pixel>
void drawAligned(const Drawing<Voxel> &drawing, const AxisAligned &axes, const Sink<Pixel> &sink);

template <typename Voxel, typename Pixel>
void drawOblique(const Drawing<Voxel> &drawing, const Sink<Pixel> &sink);

} // namespace negatoscope::volume
