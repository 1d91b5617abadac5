#pragma once

#include <dicom/ImageFormat.h>
#include <imaging/DisplayAttributes.h>

#include <cstdint>
#include <vector>

namespace negatoscope::imaging {

/// Three interleaved samples per pixel as planes of 8-bit red, green and blue.
///
/// Samples of more than 8 stored bits lose their lowest bits, of fewer are spread over 0..255. YBR values are
/// turned by PS3.3 C.7.6.3.1.2 and ITU-T T.871 (full range) or ITU-R BT.601 (partial range), each channel
/// rounded half up once and clamped.
std::vector<std::uint8_t> rgbPlanes(const void *samples, const dicom::ImageFormat &format,
                                    dicom::Photometric photometric);

/// Indices through a palette, as planes of 8-bit red, green and blue: the high byte of each entry.
std::vector<std::uint8_t> palettePlanes(const void *samples, const dicom::ImageFormat &format,
                                        const Palette &palette);

} // namespace negatoscope::imaging
