#pragma once

#include <imaging/Picture.h>

#include <cstring>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <vector>

namespace negatoscope::imaging::testing {

template <typename Sample>
dicom::ImageFormat formatOf(int columns, int rows, int samples = 1)
{
    dicom::ImageFormat format;
    format.columns = static_cast<std::uint32_t>(columns);
    format.rows = static_cast<std::uint32_t>(rows);
    format.samples = static_cast<std::uint32_t>(samples);
    format.bitsAllocated = format.bitsStored = 8 * sizeof(Sample);
    format.highBit = format.bitsStored - 1;
    format.isSigned = std::is_signed_v<Sample> && !std::is_floating_point_v<Sample>;
    if constexpr (std::is_floating_point_v<Sample>)
        format.kind = sizeof(Sample) == 4 ? dicom::SampleKind::Float : dicom::SampleKind::Double;
    format.photometric = samples == 3 ? dicom::Photometric::Rgb : dicom::Photometric::Monochrome2;
    return format;
}

template <typename Sample>
std::shared_ptr<const Picture> pictureOf(const dicom::ImageFormat &format, const std::vector<Sample> &samples,
                                         const DisplayAttributes &attributes = {})
{
    auto owned = std::make_shared<std::vector<Sample>>(samples);
    return Picture::make(owned, std::as_bytes(std::span(*owned)), format, format.photometric, attributes);
}

template <typename Sample>
std::shared_ptr<const Picture> pictureOf(int columns, int rows, const std::vector<Sample> &samples,
                                         const DisplayAttributes &attributes = {})
{
    return pictureOf(formatOf<Sample>(columns, rows), samples, attributes);
}

/// The pixels of a whole viewport.
inline std::vector<std::uint32_t> draw(const std::shared_ptr<const Picture> &picture, Size view,
                                       const ViewSettings &viewSettings = {},
                                       const RenderSettings &settings = {}, dicom::PixelSpacing spacing = {})
{
    Renderer renderer;
    std::vector<std::uint32_t> pixels(std::size_t(view.width) * std::size_t(view.height), 0x11111111);
    renderer.draw(picture, ViewTransform(picture ? picture->size() : Size{}, spacing, view, viewSettings),
                  settings, pixels.data(), std::size_t(view.width));
    return pixels;
}

inline std::uint32_t grey(int value)
{
    return 0xff000000U | static_cast<std::uint32_t>(value) * 0x010101U;
}

inline std::vector<std::uint32_t> greys(std::initializer_list<int> values)
{
    std::vector<std::uint32_t> pixels;
    for (const int value : values)
        pixels.push_back(value < 0 ? 0xff000000U : grey(value));
    return pixels;
}

/// A window that shows 0..255 as they are.
inline RenderSettings asStored(Interpolation interpolation = Interpolation::Nearest)
{
    RenderSettings settings;
    settings.window = Window{128, 256, VoiFunction::Linear};
    settings.interpolation = interpolation;
    return settings;
}

} // namespace negatoscope::imaging::testing
