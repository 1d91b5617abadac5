#pragma once

#include <imaging/Picture.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace negatoscope::imaging {

enum class SampleType { U8, I8, U16, I16, U32, I32, Float, Double };

/// One plane of samples, row-major and without gaps.
struct Plane
{
    SampleType type = SampleType::U8;
    const void *pixels = nullptr;
    int width = 0, height = 0;

    std::size_t count() const { return std::size_t(width) * std::size_t(height); }
};

/// Whether values of this type fit 16 bits.
inline bool isNarrow(SampleType type)
{
    return type <= SampleType::I16;
}

/// Calls `work` with the plane's pixels as a pointer of their own type.
template <typename Work>
decltype(auto) withPixels(const Plane &plane, Work &&work)
{
    switch (plane.type) {
    case SampleType::U8:
        return work(static_cast<const std::uint8_t *>(plane.pixels));
    case SampleType::I8:
        return work(static_cast<const std::int8_t *>(plane.pixels));
    case SampleType::U16:
        return work(static_cast<const std::uint16_t *>(plane.pixels));
    case SampleType::I16:
        return work(static_cast<const std::int16_t *>(plane.pixels));
    case SampleType::U32:
        return work(static_cast<const std::uint32_t *>(plane.pixels));
    case SampleType::I32:
        return work(static_cast<const std::int32_t *>(plane.pixels));
    case SampleType::Float:
        return work(static_cast<const float *>(plane.pixels));
    case SampleType::Double:
        break;
    }
    return work(static_cast<const double *>(plane.pixels));
}

/// What a Picture is made of.
///
/// Grey  : `grey` holds plane values; modality value = slope * plane value + intercept.
/// Colour: `colours` holds red, green and blue as three planes of bytes, one after the other.
struct Picture::Data
{
    Size size;
    bool colour = false;
    Plane grey;
    double slope = 1, intercept = 0;
    double low = 0, high = 0;          ///< plane values that occur, padding left out
    std::vector<std::uint8_t> padding; ///< 1 where a pixel is padding or not a number; empty: nowhere
    bool inverse = false;
    Shutter shutter;
    std::vector<std::uint8_t> colours;

    std::shared_ptr<const void> owner;
    std::vector<std::uint16_t> mapped; ///< modality values of a Modality LUT
    std::vector<double> aligned;       ///< storage for a copy of pixels that lie at an odd address

    bool isPadding(std::size_t at) const { return !padding.empty() && padding[at] != 0; }
    double planeValue(std::size_t at) const
    {
        return withPixels(grey, [at](const auto *pixels) { return static_cast<double>(pixels[at]); });
    }
    const std::uint8_t *channel(int index) const
    {
        return colours.data() + std::size_t(index) * grey.count();
    }
};

} // namespace negatoscope::imaging
