#include "Samples.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace negatoscope::codec {

using dicom::Photometric;

void placeSamples(std::span<const std::byte> samples, std::size_t width, bool planar,
                  const dicom::ImageFormat &format, std::span<std::byte> pixels)
{
    const std::size_t target = format.bytesPerSample();
    const std::size_t count = std::size_t(format.rows) * format.columns;
    const std::size_t perPixel = format.samples;
    if (!planar && width == target) {
        std::memcpy(pixels.data(), samples.data(), std::min(samples.size(), pixels.size()));
        return;
    }
    std::fill(pixels.begin(), pixels.end(), std::byte{0});
    for (std::size_t s = 0; s < perPixel; ++s)
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t from = planar ? s * count + i : i * perPixel + s;
            std::memcpy(pixels.data() + (i * perPixel + s) * target, samples.data() + from * width, width);
        }
}

Photometric codedPhotometric(const dicom::ImageFormat &format)
{
    switch (format.photometric) {
    case Photometric::YbrFull422:
        return Photometric::YbrFull;
    case Photometric::YbrRct:
    case Photometric::YbrIct:
        return Photometric::Rgb;
    default:
        return format.photometric;
    }
}

} // namespace negatoscope::codec
