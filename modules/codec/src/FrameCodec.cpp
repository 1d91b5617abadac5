#include "FrameCodec.h"

#include "DcmtkJpeg.h"
#include "Inflate.h"
#include "NativeFrame.h"

#include <string>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Status;
using dicom::PixelCoding;

FrameDecoder decoderOf(PixelCoding coding)
{
    switch (coding) {
    case PixelCoding::Rle:
        return decodeRle;
    case PixelCoding::JpegDct:
    case PixelCoding::JpegLossless:
        return decodeJpeg;
    case PixelCoding::JpegLs:
        return decodeJpegLs;
    case PixelCoding::Jpeg2000:
        return decodeJpeg2000;
    case PixelCoding::DeflatedFrame:
        return decodeDeflatedFrame;
    case PixelCoding::Native:
    case PixelCoding::Htj2k:
    case PixelCoding::Mpeg:
    case PixelCoding::Other:
        break;
    }
    return nullptr;
}

Result<DecodedSamples> decodeFrameSamples(const dicom::TransferSyntax &syntax, const EncodedFrame &frame,
                                          std::span<std::byte> pixels)
{
    const FrameDecoder decoder = decoderOf(syntax.coding);
    if (!decoder)
        return failure(ErrorCode::UnsupportedTransferSyntax, "transfer syntax " + syntax.uid);
    auto decoded = decoder(frame, pixels);
    if (!decoded && decoded.error().code() == ErrorCode::UnsupportedPixelFormat)
        if (auto second = decodeByGdcm(syntax, frame, pixels))
            return second;
    return decoded;
}

Status checkCodestream(const dicom::ImageFormat &format, std::uint64_t rows, std::uint64_t columns,
                       std::uint64_t samples, std::uint64_t precision)
{
    if (rows != format.rows || columns != format.columns)
        return failure(ErrorCode::CorruptPixelData, "the codestream is " + std::to_string(columns) + " x " +
                                                        std::to_string(rows) + ", the data set says " +
                                                        std::to_string(format.columns) + " x " +
                                                        std::to_string(format.rows));
    if (samples != format.samples)
        return failure(ErrorCode::CorruptPixelData, "the codestream has " + std::to_string(samples) +
                                                        " samples, the data set says " +
                                                        std::to_string(format.samples));
    if (precision == 0 || precision > format.bytesPerSample() * 8)
        return failure(ErrorCode::CorruptPixelData, "the codestream has " + std::to_string(precision) +
                                                        " bits, more than the data set allocates");
    return {};
}

Result<DecodedSamples> decodeDeflatedFrame(const EncodedFrame &frame, std::span<std::byte> pixels)
{
    dicom::ImageFormat format = frame.format;
    format.frames = 1;
    const std::uint64_t bytes = (format.nativeFrameBits() + 7) / 8;
    // The exact size is known, so expansion needs no further limit.
    Limits limits;
    limits.expansion = ~0U;
    const MemorySource source(frame.bytes);
    TRY(const Inflated inflated, inflateRest(source, 0, bytes + 1, limits));
    if (inflated.bytes.size() < bytes)
        return failure(ErrorCode::CorruptPixelData, "the deflated frame is too short");
    const MemorySource native(inflated.bytes);
    TRY_DO(readNativeFrame(native, {0, bytes, bytes, false, false}, format, 0, pixels));
    return DecodedSamples{photometricOfNative(format), false};
}

void prepareCodecs()
{
    prepareDcmtkJpeg();
}

} // namespace negatoscope::codec
