#include "NativeFrame.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;
using dicom::ImageFormat;
using dicom::Photometric;

static_assert(std::endian::native == std::endian::little,
              "pixel data is read in place on little-endian machines");

namespace {

bool isSubsampled(const ImageFormat &format, const NativeLayout &layout)
{
    return (format.photometric == Photometric::YbrFull422 ||
            format.photometric == Photometric::YbrPartial422) &&
           !isUnsubsampled(format, layout.announced);
}

Status readExactly(const ByteSource &source, std::uint64_t offset, std::span<std::byte> into)
{
    const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t *>(into.data()), into.size());
    if (source.read(offset, bytes) != bytes.size())
        return failure(ErrorCode::CannotRead, "the pixels cannot be read from the file");
    return {};
}

Status checkThere(const NativeLayout &layout, std::uint64_t firstBit, std::uint64_t bits)
{
    const std::uint64_t there = layout.length * 8;
    if (firstBit + bits <= there)
        return {};
    if (firstBit >= there)
        return failure(ErrorCode::CorruptPixelData, "Pixel Data ends before this frame");
    return failure(ErrorCode::Truncated, "Pixel Data ends inside this frame");
}

template <typename Word>
void swapWords(std::span<std::byte> bytes)
{
    for (std::size_t i = 0; i + sizeof(Word) <= bytes.size(); i += sizeof(Word))
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                     bytes.begin() + static_cast<std::ptrdiff_t>(i + sizeof(Word)));
}

void toLittleEndian(std::span<std::byte> bytes, const ImageFormat &format, bool words)
{
    switch (format.bytesPerSample()) {
    case 1:
        if (words)
            swapWords<std::uint16_t>(bytes);
        break;
    case 2:
        swapWords<std::uint16_t>(bytes);
        break;
    case 4:
        swapWords<std::uint32_t>(bytes);
        break;
    default:
        swapWords<std::uint64_t>(bytes);
        break;
    }
}

template <typename Sample>
void interleaveAs(std::span<const std::byte> planes, std::span<std::byte> pixels, std::size_t samples)
{
    const std::size_t count = pixels.size() / sizeof(Sample) / samples;
    for (std::size_t s = 0; s < samples; ++s) {
        const std::byte *from = planes.data() + s * count * sizeof(Sample);
        std::byte *to = pixels.data() + s * sizeof(Sample);
        for (std::size_t i = 0; i < count; ++i, from += sizeof(Sample), to += samples * sizeof(Sample))
            std::memcpy(to, from, sizeof(Sample));
    }
}

/// Frames of 1-bit images follow each other without padding, least significant bit first (PS3.5 8.1.1).
Status readBits(const ByteSource &source, const NativeLayout &layout, const ImageFormat &format,
                std::uint32_t frame, std::span<std::byte> pixels)
{
    const std::uint64_t bits = format.nativeFrameBits();
    const std::uint64_t first = bits * frame;
    TRY_DO(checkThere(layout, first, bits));
    const bool swap = layout.bigEndian && layout.words;
    const std::uint64_t begin = first / 8 - (swap ? first / 8 % 2 : 0);
    const std::uint64_t end = std::min<std::uint64_t>(layout.length, (first + bits + 7) / 8 + (swap ? 1 : 0));
    std::vector<std::byte> packed(static_cast<std::size_t>(end - begin));
    TRY_DO(readExactly(source, layout.offset + begin, packed));
    if (swap)
        swapWords<std::uint16_t>(packed);
    const std::uint64_t skip = first - begin * 8;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const std::uint64_t bit = skip + i;
        pixels[i] = (packed[static_cast<std::size_t>(bit / 8)] >> (bit % 8)) & std::byte{1};
    }
    return {};
}

/// Y0 Y1 Cb Cr for every pair of pixels (PS3.3 C.7.6.3.1.2), each 8 bits.
Status readSubsampled(const ByteSource &source, const NativeLayout &layout, const ImageFormat &format,
                      std::uint32_t frame, std::span<std::byte> pixels)
{
    if (format.bitsAllocated != 8)
        return failure(ErrorCode::UnsupportedPixelFormat, "YBR_FULL_422 with other than 8 bits");
    const std::uint64_t bits = format.nativeFrameBits();
    TRY_DO(checkThere(layout, bits * frame, bits));
    std::vector<std::byte> packed(static_cast<std::size_t>(bits / 8));
    TRY_DO(readExactly(source, layout.offset + bits / 8 * frame, packed));
    if (layout.bigEndian && layout.words)
        swapWords<std::uint16_t>(packed);
    const std::size_t count = std::size_t(format.rows) * format.columns;
    for (std::size_t i = 0; i < count; ++i) {
        const std::byte *pair = packed.data() + std::min(i / 2 * 4, packed.size() - 4);
        pixels[i * 3] = pair[i % 2];
        pixels[i * 3 + 1] = pair[2];
        pixels[i * 3 + 2] = pair[3];
    }
    return {};
}

} // namespace

bool isUnsubsampled(const ImageFormat &format, std::uint64_t announced)
{
    return announced >=
           std::uint64_t(format.rows) * format.columns * 3 * format.frames * (format.bitsAllocated / 8);
}

Photometric photometricOfNative(const ImageFormat &format)
{
    return format.photometric == Photometric::YbrFull422 ? Photometric::YbrFull : format.photometric;
}

Status readNativeFrame(const ByteSource &source, const NativeLayout &layout, const ImageFormat &format,
                       std::uint32_t frame, std::span<std::byte> pixels)
{
    if (format.photometric == Photometric::YbrPartial420)
        return failure(ErrorCode::UnsupportedPixelFormat, "uncompressed YBR_PARTIAL_420");
    if (format.bitsAllocated == 1)
        return readBits(source, layout, format, frame, pixels);
    if (isSubsampled(format, layout))
        return readSubsampled(source, layout, format, frame, pixels);
    const std::uint64_t bytes = pixels.size();
    TRY_DO(checkThere(layout, bytes * frame * 8, bytes * 8));
    const std::uint64_t offset = layout.offset + bytes * frame;
    // A swapped pair of bytes may begin in the frame before.
    if (layout.bigEndian && layout.words && format.bitsAllocated == 8 && bytes % 2 != 0)
        return failure(ErrorCode::UnsupportedPixelFormat, "big endian 8-bit words with an odd frame length");
    if (!format.planar || format.samples == 1) {
        TRY_DO(readExactly(source, offset, pixels));
        if (layout.bigEndian)
            toLittleEndian(pixels, format, layout.words);
        return {};
    }
    std::vector<std::byte> planes(pixels.size());
    TRY_DO(readExactly(source, offset, planes));
    if (layout.bigEndian)
        toLittleEndian(planes, format, layout.words);
    switch (format.bytesPerSample()) {
    case 1:
        interleaveAs<std::uint8_t>(planes, pixels, format.samples);
        break;
    case 2:
        interleaveAs<std::uint16_t>(planes, pixels, format.samples);
        break;
    default:
        interleaveAs<std::uint32_t>(planes, pixels, format.samples);
        break;
    }
    return {};
}

} // namespace negatoscope::codec
