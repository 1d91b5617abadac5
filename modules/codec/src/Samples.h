#pragma once

#include <dicom/ImageFormat.h>

#include <cstddef>
#include <span>

namespace negatoscope::codec {

/// Copies decoded samples of `width` bytes (1 or 2), planar or interleaved, into interleaved samples of the
/// format's width, which is at least as large.
void placeSamples(std::span<const std::byte> samples, std::size_t width, bool planar,
                  const dicom::ImageFormat &format, std::span<std::byte> pixels);

/// The format's photometric interpretation for a coding without colour transform or subsampling.
dicom::Photometric codedPhotometric(const dicom::ImageFormat &format);

} // namespace negatoscope::codec
