#include "FrameCodec.h"

#include "DcmtkJpeg.h"
#include "JpegMarkers.h"
#include "Samples.h"

#include <cstdio>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

#include <csetjmp>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Status;
using dicom::Photometric;

namespace {

constexpr int kMaximumScans = 500; // progressive images have about ten

/// libjpeg's error manager: an error leaves by longjmp, damage that libjpeg paints over is counted.
struct ErrorManager
{
    jpeg_error_mgr manager{};
    std::jmp_buf leave{};
    char text[JMSG_LENGTH_MAX] = {};

    [[noreturn]] static void error(j_common_ptr info)
    {
        auto *self = reinterpret_cast<ErrorManager *>(info->err);
        self->manager.format_message(info, self->text);
        std::longjmp(self->leave, 1);
    }
    static void message(j_common_ptr info, int level)
    {
        // Stray bytes before a marker and odd application segments do no harm; these mean invented samples.
        const int code = info->err->msg_code;
        if (level < 0 && (code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_JPEG_EOF ||
                          code == JWRN_MUST_RESYNC || code == JWRN_BOGUS_PROGRESSION))
            ++info->err->num_warnings;
    }
    static void silent(j_common_ptr) {}
};

void stopEndlessScans(j_common_ptr info)
{
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMaximumScans)
        ErrorManager::error(info);
}

/// Decodes with libjpeg-turbo, samples as coded; only chroma subsampling is undone. Plain memory only:
/// longjmp must not pass a destructor.
const char *decompress(jpeg_decompress_struct &info, ErrorManager &errors,
                       std::span<const std::uint8_t> bytes, std::span<std::byte> rows)
{
    if (setjmp(errors.leave))
        return errors.text[0] ? errors.text : "too many scans";
    jpeg_progress_mgr progress{};
    progress.progress_monitor = stopEndlessScans;
    info.progress = &progress;
    jpeg_mem_src(&info, bytes.data(), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&info, TRUE);
    info.out_color_space = info.jpeg_color_space;
    jpeg_start_decompress(&info);
    const std::size_t stride =
        std::size_t(info.output_width) * static_cast<std::size_t>(info.output_components);
    if (stride * info.output_height != rows.size())
        return "the decoded size is not the announced one";
    while (info.output_scanline < info.output_height) {
        auto *row = reinterpret_cast<JSAMPROW>(rows.data() + stride * info.output_scanline);
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    // A warning means that libjpeg invented what the damaged stream does not hold: no picture for a reader.
    return errors.manager.num_warnings > 0 ? "the codestream is damaged" : nullptr;
}

Status decodeByTurbo(const EncodedFrame &frame, std::span<std::byte> pixels)
{
    const auto &format = frame.format;
    const bool direct = format.bytesPerSample() == 1;
    std::vector<std::byte> samples(direct ? 0 : std::size_t(format.rows) * format.columns * format.samples);
    jpeg_decompress_struct info{};
    ErrorManager errors;
    info.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = ErrorManager::error;
    errors.manager.emit_message = ErrorManager::message;
    errors.manager.output_message = ErrorManager::silent;
    jpeg_create_decompress(&info);
    const char *problem = decompress(info, errors, frame.bytes, direct ? pixels : std::span(samples));
    jpeg_destroy_decompress(&info);
    if (problem)
        return failure(ErrorCode::CorruptPixelData, std::string("JPEG: ") + problem);
    if (!direct)
        placeSamples(samples, 1, false, format, pixels);
    return {};
}

/// The colour space of the samples. Explicit markers win over the data set, as in other toolkits: writers
/// change Photometric Interpretation more often than they recode. Without markers the data set decides.
Photometric photometricOf(const JpegMarkers &markers, const dicom::ImageFormat &format)
{
    if (markers.components != 3 || markers.isLossless())
        return codedPhotometric(format);
    if (markers.adobeTransform)
        return *markers.adobeTransform == 0 ? Photometric::Rgb : Photometric::YbrFull;
    if (markers.namesRgb)
        return Photometric::Rgb;
    if (markers.hasJfif || markers.subsampled) // RGB is never subsampled
        return Photometric::YbrFull;
    return codedPhotometric(format);
}

} // namespace

Result<DecodedSamples> decodeJpeg(const EncodedFrame &frame, std::span<std::byte> pixels)
{
    const auto markers = JpegMarkers::of(frame.bytes);
    if (!markers)
        return failure(ErrorCode::CorruptPixelData, "JPEG: the header does not read");
    TRY_DO(checkCodestream(frame.format, markers->rows, markers->columns, markers->components,
                           markers->precision));
    const bool dct8 = markers->precision == 8 && markers->startOfFrame <= 0xc2;
    if (dct8) {
        TRY_DO(decodeByTurbo(frame, pixels));
    } else if (markers->startOfFrame <= 0xc3) {
        TRY_DO(decodeByDcmtk(frame, *markers, pixels));
    } else {
        return failure(ErrorCode::UnsupportedPixelFormat, "JPEG: hierarchical or arithmetic coding");
    }
    return DecodedSamples{photometricOf(*markers, frame.format), !markers->isLossless()};
}

} // namespace negatoscope::codec
