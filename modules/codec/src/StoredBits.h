#pragma once

#include <dicom/DataSet.h>
#include <dicom/ImageFormat.h>

#include <cstddef>
#include <span>
#include <vector>

namespace negatoscope::codec {

/// An overlay plane said to be in a bit of the pixels (retired, PS3.3 C.9.2).
struct OverlayBit
{
    std::uint16_t group = 0x6000;
    std::uint32_t bit = 0;
};

/// The overlays of a data set that hide in bits no stored value uses; only for one sample per pixel and
/// planes of the image's size.
std::vector<OverlayBit> overlayBitsOf(const dicom::DataSet &dataSet, const dicom::ImageFormat &format);

/// The planes of a frame, taken before finishSamples() clears them.
std::vector<dicom::EmbeddedOverlay> takeOverlays(std::span<const OverlayBit> overlays,
                                                 const dicom::ImageFormat &format,
                                                 std::span<const std::byte> pixels);

/// Makes stored values of allocated words: shifted down from the High Bit, other bits cleared, sign extended.
void finishSamples(const dicom::ImageFormat &format, std::span<std::byte> pixels);

} // namespace negatoscope::codec
