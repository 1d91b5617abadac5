#pragma once

#include "ByteSource.h"

#include <base/Result.h>
#include <dicom/ImageFormat.h>

#include <cstddef>
#include <span>

namespace negatoscope::codec {

/// How native Pixel Data lies in its source.
struct NativeLayout
{
    std::uint64_t offset = 0;    ///< of the value
    std::uint64_t length = 0;    ///< bytes there
    std::uint64_t announced = 0; ///< bytes the file says are there
    bool bigEndian = false;
    bool words = false; ///< VR OW: bytes of 8-bit and 1-bit samples come in swapped pairs when big endian
};

/// Photometric interpretation after expandNative: YBR_FULL_422 has become YBR_FULL.
dicom::Photometric photometricOfNative(const dicom::ImageFormat &format);

/// Whether Pixel Data says YBR_FULL_422 but is long enough to hold three samples for every pixel.
bool isUnsubsampled(const dicom::ImageFormat &format, std::uint64_t announced);

/// Reads one frame of native Pixel Data into `pixels` (format.decodedFrameBytes()): samples interleaved and
/// in this machine's order, 1-bit samples one per byte, halved chrominance repeated. Values keep all
/// allocated bits. Errors: Truncated (part of the frame is there), CorruptPixelData (nothing of it),
/// CannotRead,
///         UnsupportedPixelFormat (12 bits packed, YBR_PARTIAL_420).
base::Status readNativeFrame(const ByteSource &source, const NativeLayout &layout,
                             const dicom::ImageFormat &format, std::uint32_t frame,
                             std::span<std::byte> pixels);

} // namespace negatoscope::codec
