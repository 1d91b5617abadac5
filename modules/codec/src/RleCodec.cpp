#include "FrameCodec.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;

namespace {

constexpr std::size_t kHeaderBytes = 64, kMaximumSegments = 15;

std::uint32_t littleEndian32(const std::uint8_t *bytes)
{
    std::uint32_t value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

/// PackBits (PS3.5 G.3.1) into exactly `out`; false if the segment ends before.
bool unpack(std::span<const std::uint8_t> segment, std::span<std::uint8_t> out)
{
    const std::uint8_t *in = segment.data();
    const std::uint8_t *const end = in + segment.size();
    std::uint8_t *to = out.data();
    std::uint8_t *const toEnd = to + out.size();
    while (to < toEnd) {
        if (in == end)
            return false;
        const std::uint8_t control = *in++;
        if (control == 128)
            continue;
        if (control < 128) {
            const std::size_t count = std::size_t(control) + 1;
            const std::size_t fits = std::min<std::size_t>(count, static_cast<std::size_t>(toEnd - to));
            if (static_cast<std::size_t>(end - in) < fits)
                return false;
            std::memcpy(to, in, fits);
            in += std::min<std::size_t>(count, static_cast<std::size_t>(end - in));
            to += fits;
        } else {
            if (in == end)
                return false;
            const std::size_t fits =
                std::min<std::size_t>(257U - control, static_cast<std::size_t>(toEnd - to));
            std::memset(to, *in++, fits);
            to += fits;
        }
    }
    return true;
}

/// Puts a plane of bytes where `stride` bytes lie between neighbours.
void spread(std::span<const std::uint8_t> plane, std::byte *to, std::size_t stride)
{
    for (const std::uint8_t byte : plane) {
        *to = std::byte{byte};
        to += stride;
    }
}

/// The usual grey case: high bytes, then low bytes.
void mergePairs(std::span<const std::uint8_t> high, std::span<const std::uint8_t> low, std::byte *to)
{
    for (std::size_t i = 0; i < high.size(); ++i) {
        const auto word = static_cast<std::uint16_t>((std::uint32_t(high[i]) << 8U) | low[i]);
        std::memcpy(to + 2 * i, &word, 2);
    }
}

} // namespace

Result<DecodedSamples> decodeRle(const EncodedFrame &frame, std::span<std::byte> pixels)
{
    const auto &format = frame.format;
    const std::size_t width = format.bytesPerSample();
    const std::size_t expected = format.samples * width;
    if (format.bitsAllocated < 8)
        return failure(ErrorCode::UnsupportedPixelFormat, "RLE with less than 8 bits allocated");
    if (frame.bytes.size() < kHeaderBytes)
        return failure(ErrorCode::CorruptPixelData, "the RLE header is not there");
    const std::uint32_t segments = littleEndian32(frame.bytes.data());
    if (segments != expected || segments > kMaximumSegments)
        return failure(ErrorCode::CorruptPixelData, "the frame has " + std::to_string(segments) +
                                                        " RLE segments where " + std::to_string(expected) +
                                                        " belong");
    std::array<std::size_t, kMaximumSegments + 1> bounds{};
    for (std::size_t i = 0; i < segments; ++i) {
        bounds[i] = littleEndian32(frame.bytes.data() + 4 + 4 * i);
        if (bounds[i] < kHeaderBytes || bounds[i] > frame.bytes.size() ||
            (i > 0 && bounds[i] < bounds[i - 1]))
            return failure(ErrorCode::CorruptPixelData, "the RLE segment offsets are wrong");
    }
    bounds[segments] = frame.bytes.size();

    const std::size_t count = std::size_t(format.rows) * format.columns;
    std::vector<std::uint8_t> planes(count * (segments == 2 ? 2 : 1));
    for (std::size_t i = 0; i < segments; ++i) {
        const std::span<std::uint8_t> plane = std::span(planes).subspan(segments == 2 ? i * count : 0, count);
        if (!unpack(frame.bytes.subspan(bounds[i], bounds[i + 1] - bounds[i]), plane))
            return failure(ErrorCode::CorruptPixelData, "an RLE segment is too short");
        // PS3.5 G.2: per sample the most significant byte comes first.
        if (segments != 2 || width != 2)
            spread(plane, pixels.data() + i / width * width + (width - 1 - i % width), expected);
    }
    if (segments == 2 && width == 2)
        mergePairs(std::span(planes).first(count), std::span(planes).subspan(count), pixels.data());
    return DecodedSamples{format.photometric == dicom::Photometric::YbrFull422 ? dicom::Photometric::YbrFull
                                                                               : format.photometric,
                          false};
}

} // namespace negatoscope::codec
