#include "Colour.h"

#include <base/ComputePool.h>

#include <algorithm>
#include <array>

namespace negatoscope::imaging {

namespace {

constexpr std::size_t kPixelsPerChunk = 64 * 1024;

using Pixel = std::array<std::uint8_t, 3>;

std::uint8_t clamped(int value)
{
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

/// numerator / denominator rounded half up, exactly: ties do occur (1.772 * 125 = 221.5), and no fraction of
/// a binary number tells them.
template <std::int64_t denominator>
int halfUp(std::int64_t numerator)
{
    constexpr std::int64_t kAbove = 1024; // keeps the division among positive numbers
    return static_cast<int>((2 * numerator + denominator + 2 * denominator * kAbove) / (2 * denominator) -
                            kAbove);
}

/// R = Y + 1.402 r, B = Y + 1.772 b, G = Y - (0.114 * 1.772 b + 0.299 * 1.402 r) / 0.587.
Pixel fromFull(int y, int cb, int cr)
{
    const std::int64_t b = cb - 128, r = cr - 128;
    return {clamped(y + halfUp<500>(701 * r)), clamped(y + halfUp<587000>(-202008 * b - 419198 * r)),
            clamped(y + halfUp<250>(443 * b))};
}

/// The same with Y' = 255 / 219 (Y - 16) = 85 / 73 (Y - 16) and differences times 255 / 224.
Pixel fromPartial(int y, int cb, int cr)
{
    const std::int64_t light = 85 * (y - 16), b = 73 * 51 * (cb - 128), r = 73 * 51 * (cr - 128);
    return {clamped(halfUp<73 * 22400>(light * 22400 + 701 * r)),
            clamped(halfUp<std::int64_t(73) * 26297600>(light * 26297600 - 202008 * b - 419198 * r)),
            clamped(halfUp<73 * 11200>(light * 11200 + 443 * b))};
}

/// A sample of any width as 8 bits.
template <typename Sample>
struct EightBits
{
    explicit EightBits(std::uint32_t bitsStored)
        : down(bitsStored > 8 ? bitsStored - 8 : 0),
          white(bitsStored < 8 ? (1U << bitsStored) - 1 : 0)
    {}
    std::uint8_t operator()(Sample sample) const
    {
        const std::uint32_t value = sample;
        if (white)
            return static_cast<std::uint8_t>((std::min(value, white) * 255 + white / 2) / white);
        return static_cast<std::uint8_t>(std::min(value >> down, 255U));
    }
    std::uint32_t down, white;
};

template <typename Sample, typename Convert>
std::vector<std::uint8_t> converted(const Sample *samples, std::size_t count, std::uint32_t bitsStored,
                                    const Convert &convert)
{
    std::vector<std::uint8_t> planes(3 * count);
    const EightBits<Sample> eight(bitsStored);
    base::ComputePool::shared().parallelFor(count, kPixelsPerChunk, [&](std::size_t begin, std::size_t end) {
        std::uint8_t *red = planes.data(), *green = red + count, *blue = green + count;
        for (std::size_t i = begin; i < end; ++i) {
            const Sample *pixel = samples + 3 * i;
            const Pixel rgb = convert(eight(pixel[0]), eight(pixel[1]), eight(pixel[2]));
            red[i] = rgb[0];
            green[i] = rgb[1];
            blue[i] = rgb[2];
        }
    });
    return planes;
}

template <typename Work>
decltype(auto) withSamples(const void *samples, std::uint32_t bytes, Work &&work)
{
    if (bytes == 1)
        return work(static_cast<const std::uint8_t *>(samples));
    if (bytes == 2)
        return work(static_cast<const std::uint16_t *>(samples));
    return work(static_cast<const std::uint32_t *>(samples));
}

} // namespace

std::vector<std::uint8_t> rgbPlanes(const void *samples, const dicom::ImageFormat &format,
                                    dicom::Photometric photometric)
{
    const std::size_t count = std::size_t(format.rows) * format.columns;
    return withSamples(samples, format.bytesPerSample(), [&](const auto *typed) {
        using enum dicom::Photometric;
        switch (photometric) {
        case YbrFull:
        case YbrFull422:
            return converted(typed, count, format.bitsStored, fromFull);
        case YbrPartial422:
        case YbrPartial420:
            return converted(typed, count, format.bitsStored, fromPartial);
        default:
            return converted(typed, count, format.bitsStored,
                             [](std::uint8_t r, std::uint8_t g, std::uint8_t b) {
                                 return Pixel{r, g, b};
                             });
        }
    });
}

std::vector<std::uint8_t> palettePlanes(const void *samples, const dicom::ImageFormat &format,
                                        const Palette &palette)
{
    const std::size_t count = std::size_t(format.rows) * format.columns;
    std::vector<std::uint8_t> planes(3 * count);
    const auto last = static_cast<std::int64_t>(palette.entries.size()) - 1;
    const auto look = [&](const auto *typed) {
        base::ComputePool::shared().parallelFor(
            count, kPixelsPerChunk, [&](std::size_t begin, std::size_t end) {
                for (std::size_t i = begin; i < end; ++i) {
                    const std::int64_t at =
                        std::clamp<std::int64_t>(std::int64_t(typed[i]) - palette.first, 0, last);
                    const auto &entry = palette.entries[static_cast<std::size_t>(at)];
                    for (std::size_t channel = 0; channel < 3; ++channel)
                        planes[channel * count + i] = static_cast<std::uint8_t>(entry[channel] >> 8);
                }
            });
    };
    if (!format.isSigned) {
        withSamples(samples, format.bytesPerSample(), look);
    } else if (format.bytesPerSample() == 1) {
        look(static_cast<const std::int8_t *>(samples));
    } else if (format.bytesPerSample() == 2) {
        look(static_cast<const std::int16_t *>(samples));
    } else {
        look(static_cast<const std::int32_t *>(samples));
    }
    return planes;
}

} // namespace negatoscope::imaging
