#include "StoredBits.h"

#include <cstring>
#include <limits>
#include <type_traits>

namespace negatoscope::codec {

using dicom::DataSet;
using dicom::EmbeddedOverlay;
using dicom::ImageFormat;
using dicom::Tag;

namespace {

constexpr std::uint16_t kOverlayRows = 0x0010, kOverlayColumns = 0x0011, kOverlayBitsAllocated = 0x0100,
                        kOverlayBitPosition = 0x0102, kOverlayData = 0x3000;

template <typename Word>
void takeBit(std::span<const std::byte> pixels, std::uint32_t bit, std::vector<std::uint8_t> &plane)
{
    for (std::size_t i = 0; i < plane.size(); ++i) {
        Word word;
        std::memcpy(&word, pixels.data() + i * sizeof(Word), sizeof(Word));
        plane[i] = static_cast<std::uint8_t>((word >> bit) & 1U);
    }
}

template <typename Word>
void finishAs(const ImageFormat &format, std::span<std::byte> pixels)
{
    using Signed = std::make_signed_t<Word>;
    constexpr unsigned kBits = std::numeric_limits<Word>::digits;
    // Left so far that the High Bit is the top one, then back: that clears both ends and extends the sign.
    const unsigned up = kBits - 1 - format.highBit;
    const unsigned down = kBits - format.bitsStored;
    const std::size_t count = pixels.size() / sizeof(Word);
    for (std::size_t i = 0; i < count; ++i) {
        std::byte *at = pixels.data() + i * sizeof(Word);
        Word word;
        std::memcpy(&word, at, sizeof(Word));
        word = static_cast<Word>(word << up);
        word = format.isSigned ? static_cast<Word>(static_cast<Signed>(word) >> down)
                               : static_cast<Word>(word >> down);
        std::memcpy(at, &word, sizeof(Word));
    }
}

} // namespace

std::vector<OverlayBit> overlayBitsOf(const DataSet &dataSet, const ImageFormat &format)
{
    std::vector<OverlayBit> overlays;
    if (format.samples != 1 || format.kind != dicom::SampleKind::Integer || format.bitsAllocated < 8)
        return overlays;
    for (std::uint16_t group = 0x6000; group <= 0x601e; group = static_cast<std::uint16_t>(group + 2)) {
        const auto bit = dataSet.integer({group, kOverlayBitPosition});
        const auto allocated = dataSet.integer({group, kOverlayBitsAllocated});
        if (!bit || !allocated || *allocated <= 1 || dataSet.contains({group, kOverlayData}))
            continue;
        const bool sameSize = dataSet.integer({group, kOverlayRows}) == std::int64_t(format.rows) &&
                              dataSet.integer({group, kOverlayColumns}) == std::int64_t(format.columns);
        const bool unused = *bit > std::int64_t(format.highBit) ||
                            *bit < std::int64_t(format.highBit) + 1 - std::int64_t(format.bitsStored);
        if (sameSize && unused && *bit >= 0 && *bit < std::int64_t(format.bitsAllocated))
            overlays.push_back({group, static_cast<std::uint32_t>(*bit)});
    }
    return overlays;
}

std::vector<EmbeddedOverlay> takeOverlays(std::span<const OverlayBit> overlays, const ImageFormat &format,
                                          std::span<const std::byte> pixels)
{
    std::vector<EmbeddedOverlay> planes;
    for (const OverlayBit &overlay : overlays) {
        EmbeddedOverlay plane{overlay.group,
                              std::vector<std::uint8_t>(std::size_t(format.rows) * format.columns)};
        switch (format.bytesPerSample()) {
        case 1:
            takeBit<std::uint8_t>(pixels, overlay.bit, plane.bits);
            break;
        case 2:
            takeBit<std::uint16_t>(pixels, overlay.bit, plane.bits);
            break;
        default:
            takeBit<std::uint32_t>(pixels, overlay.bit, plane.bits);
            break;
        }
        planes.push_back(std::move(plane));
    }
    return planes;
}

void finishSamples(const ImageFormat &format, std::span<std::byte> pixels)
{
    const bool whole = format.bitsStored == format.bytesPerSample() * 8;
    if (format.kind != dicom::SampleKind::Integer || format.bitsAllocated < 8 || whole)
        return;
    switch (format.bytesPerSample()) {
    case 1:
        finishAs<std::uint8_t>(format, pixels);
        break;
    case 2:
        finishAs<std::uint16_t>(format, pixels);
        break;
    default:
        finishAs<std::uint32_t>(format, pixels);
        break;
    }
}

} // namespace negatoscope::codec
