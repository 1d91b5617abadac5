#include "FrameCodec.h"

#include "Samples.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Status;
using dicom::ImageFormat;
using dicom::Photometric;

namespace {

/// OpenJPEG fills four bytes a sample before it finds that the codestream holds nothing. Real images of this
/// size are never coded in so few bytes (docs/safety.md F14).
constexpr std::size_t kLargeFrame = std::size_t(64) << 20;
constexpr std::size_t kMostExpansion = 10'000;

/// A codestream in memory as OpenJPEG reads it.
struct MemoryStream
{
    std::span<const std::uint8_t> bytes;
    std::size_t at = 0;

    static OPJ_SIZE_T read(void *into, OPJ_SIZE_T size, void *self)
    {
        auto &stream = *static_cast<MemoryStream *>(self);
        const std::size_t count = std::min<std::size_t>(size, stream.bytes.size() - stream.at);
        if (count == 0)
            return static_cast<OPJ_SIZE_T>(-1);
        std::memcpy(into, stream.bytes.data() + stream.at, count);
        stream.at += count;
        return count;
    }
    static OPJ_OFF_T skip(OPJ_OFF_T size, void *self)
    {
        auto &stream = *static_cast<MemoryStream *>(self);
        if (size < 0)
            return -1;
        const auto left = static_cast<OPJ_OFF_T>(stream.bytes.size() - stream.at);
        const OPJ_OFF_T count = std::min(size, left);
        stream.at += static_cast<std::size_t>(count);
        return count == 0 && size > 0 ? -1 : count;
    }
    static OPJ_BOOL seek(OPJ_OFF_T to, void *self)
    {
        auto &stream = *static_cast<MemoryStream *>(self);
        if (to < 0 || static_cast<std::uint64_t>(to) > stream.bytes.size())
            return OPJ_FALSE;
        stream.at = static_cast<std::size_t>(to);
        return OPJ_TRUE;
    }
};

// opj_stream_t and opj_codec_t are both void.
template <typename T, void (*destroy)(T *)>
struct Destroy
{
    void operator()(T *object) const { destroy(object); }
};
void destroyInfo(opj_codestream_info_v2_t *info)
{
    opj_destroy_cstr_info(&info);
}
using Codec = std::unique_ptr<opj_codec_t, Destroy<opj_codec_t, opj_destroy_codec>>;
using Stream = std::unique_ptr<opj_stream_t, Destroy<opj_stream_t, opj_stream_destroy>>;
using Image = std::unique_ptr<opj_image_t, Destroy<opj_image_t, opj_image_destroy>>;
using Info = std::unique_ptr<opj_codestream_info_v2_t, Destroy<opj_codestream_info_v2_t, destroyInfo>>;

bool isBoxed(std::span<const std::uint8_t> bytes)
{
    static constexpr std::uint8_t kSignature[] = {0, 0, 0, 12, 'j', 'P', ' ', ' '};
    return bytes.size() > sizeof kSignature && std::memcmp(bytes.data(), kSignature, sizeof kSignature) == 0;
}

Status checkComponents(const opj_image_t &image, const ImageFormat &format)
{
    const std::uint64_t rows = image.y1 - image.y0, columns = image.x1 - image.x0;
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        const opj_image_comp_t &component = image.comps[i];
        TRY_DO(checkCodestream(format, rows, columns, image.numcomps, component.prec));
        if (component.dx != 1 || component.dy != 1)
            return failure(ErrorCode::UnsupportedPixelFormat, "JPEG 2000 with subsampled components");
    }
    return checkCodestream(format, rows, columns, image.numcomps, 1);
}

/// The values a component may take.
struct Range
{
    OPJ_INT32 low = std::numeric_limits<OPJ_INT32>::min(), high = std::numeric_limits<OPJ_INT32>::max();
};

/// A lossy codestream deeper than Bits Stored overshoots next to edges; cutting its upper bits would turn the
/// brightest pixels black.
Range rangeOf(const EncodedFrame &frame, OPJ_UINT32 precision)
{
    const std::uint32_t bits = frame.format.bitsStored;
    if (!frame.mayOvershoot || precision <= bits || frame.format.highBit + 1 != bits || bits > 30)
        return {};
    const OPJ_INT32 count = 1 << bits;
    return frame.format.isSigned ? Range{-count / 2, count / 2 - 1} : Range{0, count - 1};
}

template <typename Sample>
void copyComponent(const OPJ_INT32 *from, std::size_t count, std::size_t stride, Range range, std::byte *to)
{
    for (std::size_t i = 0; i < count; ++i) {
        const auto sample = static_cast<Sample>(std::clamp(from[i], range.low, range.high));
        std::memcpy(to + i * stride * sizeof(Sample), &sample, sizeof(Sample));
    }
}

Status copyComponents(const opj_image_t &image, const EncodedFrame &frame, std::span<std::byte> pixels)
{
    const ImageFormat &format = frame.format;
    const std::size_t count = std::size_t(format.rows) * format.columns;
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        const opj_image_comp_t &component = image.comps[i];
        if (!component.data || component.w != format.columns || component.h != format.rows)
            return failure(ErrorCode::CorruptPixelData, "JPEG 2000: a component was not decoded");
        const Range range = rangeOf(frame, component.prec);
        std::byte *to = pixels.data() + std::size_t(i) * format.bytesPerSample();
        switch (format.bytesPerSample()) {
        case 1:
            copyComponent<std::uint8_t>(component.data, count, image.numcomps, range, to);
            break;
        case 2:
            copyComponent<std::uint16_t>(component.data, count, image.numcomps, range, to);
            break;
        default:
            copyComponent<std::uint32_t>(component.data, count, image.numcomps, range, to);
            break;
        }
    }
    return {};
}

/// What COD says of the first tile: the component transform and the wavelet.
DecodedSamples describe(opj_codec_t *codec, const opj_image_t &image, const ImageFormat &format)
{
    DecodedSamples decoded{codedPhotometric(format), false};
    const Info info(opj_get_cstr_info(codec));
    if (info && info->m_default_tile_info.tccp_info)
        decoded.irreversible = info->m_default_tile_info.tccp_info[0].qmfbid == 0;
    if (image.numcomps == 3 && info && info->m_default_tile_info.mct != 0)
        decoded.photometric = Photometric::Rgb; // OpenJPEG has undone RCT or ICT
    else if (image.numcomps == 3 && image.color_space == OPJ_CLRSPC_SYCC)
        decoded.photometric = Photometric::YbrFull;
    return decoded;
}

} // namespace

Result<DecodedSamples> decodeJpeg2000(const EncodedFrame &frame, std::span<std::byte> pixels)
{
    const Codec codec(opj_create_decompress(isBoxed(frame.bytes) ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    const Stream stream(opj_stream_create(64 * 1024, OPJ_TRUE));
    if (!codec || !stream)
        return failure(ErrorCode::LimitExceeded, "JPEG 2000: no memory");
    MemoryStream memory{frame.bytes};
    opj_stream_set_user_data(stream.get(), &memory, nullptr);
    opj_stream_set_user_data_length(stream.get(), frame.bytes.size());
    opj_stream_set_read_function(stream.get(), MemoryStream::read);
    opj_stream_set_skip_function(stream.get(), MemoryStream::skip);
    opj_stream_set_seek_function(stream.get(), MemoryStream::seek);

    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG; // DICOM has its own palettes
    if (!opj_setup_decoder(codec.get(), &parameters))
        return failure(ErrorCode::Internal, "JPEG 2000: the decoder does not start");
    opj_image_t *header = nullptr;
    const bool read = opj_read_header(stream.get(), codec.get(), &header);
    const Image image(header);
    if (!read || !image)
        return failure(ErrorCode::CorruptPixelData, "JPEG 2000: the header does not read");
    TRY_DO(checkComponents(*image, frame.format));
    if (pixels.size() > kLargeFrame && frame.bytes.size() < pixels.size() / kMostExpansion)
        return failure(ErrorCode::LimitExceeded, "JPEG 2000: far too few bytes for a frame of this size");
    if (!opj_decode(codec.get(), stream.get(), image.get()))
        return failure(ErrorCode::CorruptPixelData, "JPEG 2000: the codestream does not decode");
    TRY_DO(copyComponents(*image, frame, pixels));
    return describe(codec.get(), *image, frame.format);
}

} // namespace negatoscope::codec
