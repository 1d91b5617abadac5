#include "JpegMarkers.h"

#include <cstddef>
#include <cstring>

namespace negatoscope::codec {

namespace {

bool isStartOfFrame(std::uint8_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

void readApplication(JpegMarkers &markers, std::uint8_t marker, std::span<const std::uint8_t> body)
{
    if (marker == 0xe0 && body.size() >= 5 && std::memcmp(body.data(), "JFIF", 5) == 0)
        markers.hasJfif = true;
    if (marker == 0xee && body.size() >= 12 && std::memcmp(body.data(), "Adobe", 5) == 0)
        markers.adobeTransform = body[11];
}

bool readFrame(JpegMarkers &markers, std::uint8_t marker, std::span<const std::uint8_t> body)
{
    if (body.size() < 6 || body.size() < 6 + std::size_t(3) * body[5])
        return false;
    markers.startOfFrame = marker;
    markers.precision = body[0];
    markers.rows = body[1] * 256U + body[2];
    markers.columns = body[3] * 256U + body[4];
    markers.components = body[5];
    for (std::size_t i = 1; i < markers.components; ++i)
        markers.subsampled = markers.subsampled || body[6 + 3 * i + 1] != body[6 + 1];
    markers.namesRgb = markers.components == 3 && body[6] == 'R' && body[9] == 'G' && body[12] == 'B';
    return true;
}

} // namespace

std::optional<JpegMarkers> JpegMarkers::of(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
        return std::nullopt;
    JpegMarkers markers;
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        if (bytes[at] != 0xff)
            return std::nullopt;
        const std::uint8_t marker = bytes[at + 1];
        if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
            at += marker == 0xff ? 1 : 2; // fill byte or a marker without body
            continue;
        }
        const std::size_t length = bytes[at + 2] * 256U + bytes[at + 3];
        if (marker == 0xda || marker == 0xd9)
            break;
        if (length < 2 || at + 2 + length > bytes.size())
            return std::nullopt;
        const auto body = bytes.subspan(at + 4, length - 2);
        readApplication(markers, marker, body);
        if (isStartOfFrame(marker) && !readFrame(markers, marker, body))
            return std::nullopt;
        at += 2 + length;
    }
    if (markers.startOfFrame == 0)
        return std::nullopt;
    return markers;
}

} // namespace negatoscope::codec
