#include "DcmtkJpeg.h"

#include "Samples.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>

#include <exception>
#include <memory>
#include <vector>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;

namespace {

const DJCodecParameter &parameters()
{
    static const DJCodecParameter all(ECC_lossyYCbCr, EDC_never, EUC_default, EPC_default);
    return all;
}

std::unique_ptr<DJDecoder> decoderFor(unsigned precision)
{
    if (precision <= 8)
        return std::make_unique<DJDecompressIJG8Bit>(parameters(), OFFalse);
    if (precision <= 12)
        return std::make_unique<DJDecompressIJG12Bit>(parameters(), OFFalse);
    return std::make_unique<DJDecompressIJG16Bit>(parameters(), OFFalse);
}

} // namespace

void prepareDcmtkJpeg()
{
    for (const unsigned precision : {8U, 12U, 16U})
        decoderFor(precision)->init();
}

base::Status decodeByDcmtk(const EncodedFrame &frame, const JpegMarkers &markers, std::span<std::byte> pixels)
{
    const auto &format = frame.format;
    try {
        const auto decoder = decoderFor(markers.precision);
        const std::size_t width = decoder->bytesPerSample();
        const bool direct = width == format.bytesPerSample();
        std::vector<std::byte> samples(
            direct ? 0 : std::size_t(format.rows) * format.columns * format.samples * width);
        const std::span<std::byte> into = direct ? pixels : std::span(samples);
        if (decoder->init().bad())
            return failure(ErrorCode::Internal, "JPEG: the decoder does not start");
        const OFCondition condition = decoder->decode(
            const_cast<Uint8 *>(frame.bytes.data()), static_cast<Uint32>(frame.bytes.size()),
            reinterpret_cast<Uint8 *>(into.data()), static_cast<Uint32>(into.size()), format.isSigned);
        if (condition != EC_Normal)
            return failure(ErrorCode::CorruptPixelData, std::string("JPEG: ") + condition.text());
        if (!direct)
            placeSamples(samples, width, false, format, pixels);
        return {};
    } catch (const std::bad_alloc &) {
        return failure(ErrorCode::LimitExceeded, "JPEG: the frame needs more memory than a worker has");
    } catch (const std::exception &) {
        return failure(ErrorCode::CorruptPixelData, "JPEG: the decoder gave up");
    }
}

} // namespace negatoscope::codec
