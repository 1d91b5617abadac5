#pragma once

#include "FrameCodec.h"
#include "JpegMarkers.h"

namespace negatoscope::codec {

void prepareDcmtkJpeg();

/// Decodes by DCMTK's three builds of the IJG library: lossless 2 to 16 bits, DCT 12 bits. No colour
/// conversion.
base::Status decodeByDcmtk(const EncodedFrame &frame, const JpegMarkers &markers,
                           std::span<std::byte> pixels);

} // namespace negatoscope::codec
