#include "FrameCodec.h"

#include "Samples.h"

#include <charls/charls.h>

#include <new>
#include <system_error>
#include <vector>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;

Result<DecodedSamples> decodeJpegLs(const EncodedFrame &frame, std::span<std::byte> pixels)
{
    const auto &format = frame.format;
    try {
        charls::jpegls_decoder decoder(frame.bytes.data(), frame.bytes.size());
        const charls::frame_info &info = decoder.frame_info();
        TRY_DO(checkCodestream(format, info.height, info.width,
                               static_cast<std::uint64_t>(info.component_count),
                               static_cast<std::uint64_t>(info.bits_per_sample)));
        const std::size_t width = info.bits_per_sample <= 8 ? 1 : 2;
        const std::size_t bytes = std::size_t(format.rows) * format.columns * format.samples * width;
        const bool planar = decoder.interleave_mode() == charls::interleave_mode::none && format.samples > 1;
        if (!planar && width == format.bytesPerSample()) {
            decoder.decode(pixels.data(), pixels.size());
        } else {
            std::vector<std::byte> samples(bytes);
            decoder.decode(samples.data(), samples.size());
            placeSamples(samples, width, planar, format, pixels);
        }
        return DecodedSamples{codedPhotometric(format), decoder.near_lossless() != 0};
    } catch (const std::system_error &error) {
        return failure(ErrorCode::CorruptPixelData, std::string("JPEG-LS: ") + error.code().message());
    } catch (const std::bad_alloc &) {
        return failure(ErrorCode::LimitExceeded, "JPEG-LS: the frame needs more memory than a worker has");
    } catch (const std::exception &) {
        return failure(ErrorCode::CorruptPixelData, "JPEG-LS: the decoder gave up");
    }
}

} // namespace negatoscope::codec
