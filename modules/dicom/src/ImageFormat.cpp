#include <dicom/ImageFormat.h>

#include <array>
#include <utility>

namespace negatoscope::dicom {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::array kTerms{
    std::pair{std::string_view("MONOCHROME1"), Photometric::Monochrome1},
    std::pair{std::string_view("MONOCHROME2"), Photometric::Monochrome2},
    std::pair{std::string_view("PALETTE COLOR"), Photometric::PaletteColor},
    std::pair{std::string_view("RGB"), Photometric::Rgb},
    std::pair{std::string_view("YBR_FULL"), Photometric::YbrFull},
    std::pair{std::string_view("YBR_FULL_422"), Photometric::YbrFull422},
    std::pair{std::string_view("YBR_PARTIAL_422"), Photometric::YbrPartial422},
    std::pair{std::string_view("YBR_PARTIAL_420"), Photometric::YbrPartial420},
    std::pair{std::string_view("YBR_ICT"), Photometric::YbrIct},
    std::pair{std::string_view("YBR_RCT"), Photometric::YbrRct},
};

base::Status checkBits(const ImageFormat &format)
{
    if (format.kind != SampleKind::Integer)
        return {};
    static constexpr std::array<std::uint32_t, 5> kAllocated{1, 8, 16, 32, 64};
    bool allowed = false;
    for (const auto bits : kAllocated)
        allowed = allowed || bits == format.bitsAllocated;
    // Old scanners wrote 12 bits packed; nobody reads them reliably any more.
    if (!allowed || format.bitsAllocated == 64)
        return failure(ErrorCode::UnsupportedPixelFormat,
                       "Bits Allocated is " + std::to_string(format.bitsAllocated) + ", not 1, 8, 16 or 32");
    if (format.bitsStored == 0 || format.bitsStored > format.bitsAllocated)
        return failure(ErrorCode::UnsupportedPixelFormat,
                       "Bits Stored is " + std::to_string(format.bitsStored) + " of " +
                           std::to_string(format.bitsAllocated) + " allocated");
    if (format.highBit >= format.bitsAllocated || format.highBit + 1 < format.bitsStored)
        return failure(ErrorCode::UnsupportedPixelFormat,
                       "High Bit " + std::to_string(format.highBit) + " does not fit " +
                           std::to_string(format.bitsStored) + " stored bits");
    return {};
}

base::Status checkPhotometric(const ImageFormat &format, const std::string &term)
{
    if (format.samples != 1 && format.samples != 3)
        return failure(ErrorCode::UnsupportedPixelFormat,
                       "Samples per Pixel is " + std::to_string(format.samples) + ", not 1 or 3");
    const bool oneSample =
        isMonochrome(format.photometric) || format.photometric == Photometric::PaletteColor;
    if (format.photometric == Photometric::Unknown)
        return failure(ErrorCode::UnsupportedPixelFormat, term.empty()
                                                              ? "Photometric Interpretation is absent"
                                                              : "Photometric Interpretation is unknown");
    if (oneSample != (format.samples == 1))
        return failure(ErrorCode::UnsupportedPixelFormat,
                       "Photometric Interpretation and Samples per Pixel (" + std::to_string(format.samples) +
                           ") contradict each other");
    return {};
}

} // namespace

Photometric photometricOf(std::string_view definedTerm)
{
    for (const auto &[term, photometric] : kTerms)
        if (term == definedTerm)
            return photometric;
    return Photometric::Unknown;
}

bool isMonochrome(Photometric photometric)
{
    return photometric == Photometric::Monochrome1 || photometric == Photometric::Monochrome2;
}

base::Result<ImageFormat> ImageFormat::of(const DataSet &dataSet)
{
    ImageFormat format;
    const auto rows = dataSet.integer(tags::Rows).value_or(0);
    const auto columns = dataSet.integer(tags::Columns).value_or(0);
    if (rows <= 0 || columns <= 0)
        return failure(ErrorCode::NoPixelData,
                       "Rows and Columns are " + std::to_string(rows) + " and " + std::to_string(columns));
    if (rows > 65535 || columns > 65535)
        return failure(ErrorCode::LimitExceeded, "Rows or Columns over 65535");
    format.rows = static_cast<std::uint32_t>(rows);
    format.columns = static_cast<std::uint32_t>(columns);
    const auto samples = dataSet.integer(tags::SamplesPerPixel).value_or(1);
    format.samples = samples >= 1 && samples <= 4 ? static_cast<std::uint32_t>(samples) : 0;

    if (dataSet.contains(tags::FloatPixelData))
        format.kind = SampleKind::Float;
    else if (dataSet.contains(tags::DoubleFloatPixelData))
        format.kind = SampleKind::Double;

    const std::int64_t defaultBits = format.kind == SampleKind::Integer ? 0
                                     : format.kind == SampleKind::Float ? 32
                                                                        : 64;
    const auto allocated = dataSet.integer(tags::BitsAllocated).value_or(defaultBits);
    if (allocated <= 0 || allocated > 64)
        return failure(ErrorCode::UnsupportedPixelFormat, "Bits Allocated is " + std::to_string(allocated));
    if (format.kind != SampleKind::Integer && allocated != defaultBits)
        return failure(ErrorCode::UnsupportedPixelFormat, "Bits Allocated contradicts floating point pixels");
    format.bitsAllocated = static_cast<std::uint32_t>(allocated);
    const auto stored = dataSet.integer(tags::BitsStored).value_or(allocated);
    format.bitsStored = stored > 0 && stored <= 64 ? static_cast<std::uint32_t>(stored) : 0;
    const auto high = dataSet.integer(tags::HighBit).value_or(stored - 1);
    format.highBit = high >= 0 && high < 64 ? static_cast<std::uint32_t>(high) : 64;
    format.isSigned = dataSet.integer(tags::PixelRepresentation).value_or(0) == 1;
    format.planar = dataSet.integer(tags::PlanarConfiguration).value_or(0) == 1 && format.samples > 1;
    const std::string term = dataSet.text(tags::PhotometricInterpretation);
    format.photometric = photometricOf(term);
    // Parametric maps and some old images leave it out; a single sample can only be grey.
    if (term.empty() && format.samples == 1 && format.kind != SampleKind::Integer)
        format.photometric = Photometric::Monochrome2;

    const auto frames = dataSet.integer(tags::NumberOfFrames).value_or(1);
    if (frames > 1'000'000)
        return failure(ErrorCode::LimitExceeded, "Number of Frames is " + std::to_string(frames));
    format.frames = frames < 1 ? 1 : static_cast<std::uint32_t>(frames);

    TRY_DO(checkBits(format));
    TRY_DO(checkPhotometric(format, term));
    if (std::uint64_t(format.rows) * format.columns * format.samples * format.bytesPerSample() >
        kMaximumFrameBytes)
        return failure(ErrorCode::LimitExceeded, "one frame would need more than 512 MB");
    return format;
}

std::uint64_t ImageFormat::nativeFrameBits() const
{
    // PS3.3 C.7.6.3.1.2: chrominance is halved horizontally, so a pair of pixels takes four samples.
    if (photometric == Photometric::YbrFull422 || photometric == Photometric::YbrPartial422)
        return std::uint64_t(rows) * columns * 2 * bitsAllocated;
    return std::uint64_t(rows) * columns * samples * bitsAllocated;
}

} // namespace negatoscope::dicom
