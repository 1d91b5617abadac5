#pragma once

#include <base/Result.h>
#include <codec/Limits.h>
#include <dicom/ImageFormat.h>
#include <dicom/TransferSyntax.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace negatoscope::codec {

/// What a codestream turned out to be.
struct DecodedSamples
{
    dicom::Photometric photometric = dicom::Photometric::Unknown; ///< of the samples written
    bool irreversible = false;
};

/// One compressed frame in memory, and what the data set says it is.
struct EncodedFrame
{
    std::span<const std::uint8_t> bytes;
    dicom::ImageFormat format;
    bool mayOvershoot = false; ///< lossy: values a little beyond Bits Stored mean its ends
};

/// Decodes `frame` into `pixels` (format.decodedFrameBytes()): samples interleaved, each right-aligned in
/// bytesPerSample() bytes. The codestream's own size, samples and depth are checked against the format first.
/// No exception leaves it.
/// Errors: CorruptPixelData, UnsupportedPixelFormat (a feature this decoder lacks: another may be tried),
///         LimitExceeded.
using FrameDecoder = base::Result<DecodedSamples> (*)(const EncodedFrame &frame, std::span<std::byte> pixels);

base::Result<DecodedSamples> decodeRle(const EncodedFrame &frame, std::span<std::byte> pixels);
base::Result<DecodedSamples> decodeJpeg(const EncodedFrame &frame, std::span<std::byte> pixels);
base::Result<DecodedSamples> decodeJpegLs(const EncodedFrame &frame, std::span<std::byte> pixels);
base::Result<DecodedSamples> decodeJpeg2000(const EncodedFrame &frame, std::span<std::byte> pixels);
base::Result<DecodedSamples> decodeDeflatedFrame(const EncodedFrame &frame, std::span<std::byte> pixels);

/// The decoder of a coding; null if this program has none.
FrameDecoder decoderOf(dicom::PixelCoding coding);

/// GDCM, for what the first choice does not support.
base::Result<DecodedSamples> decodeByGdcm(const dicom::TransferSyntax &syntax, const EncodedFrame &frame,
                                          std::span<std::byte> pixels);

/// First choice, then GDCM where a feature is missing.
base::Result<DecodedSamples> decodeFrameSamples(const dicom::TransferSyntax &syntax,
                                                const EncodedFrame &frame, std::span<std::byte> pixels);

/// Checks rows, columns, samples and depth found in a codestream against the format.
base::Status checkCodestream(const dicom::ImageFormat &format, std::uint64_t rows, std::uint64_t columns,
                             std::uint64_t samples, std::uint64_t precision);

/// Loads whatever the libraries load lazily; the sandbox forbids that later.
void prepareCodecs();

} // namespace negatoscope::codec
