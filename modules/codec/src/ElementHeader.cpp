#include "ElementHeader.h"

#include <array>
#include <string_view>

namespace negatoscope::codec {

namespace {

std::uint32_t number(const std::uint8_t *bytes, unsigned width, bool bigEndian)
{
    std::uint32_t value = 0;
    for (unsigned i = 0; i < width; ++i)
        value = (value << 8U) | bytes[bigEndian ? i : width - 1 - i];
    return value;
}

/// The form of the length field of each pair of capital letters: 0 unknown VR, 1 short, 2 long.
constexpr std::array<std::uint8_t, 26 * 26> vrForms()
{
    constexpr std::string_view kShort = "AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US";
    constexpr std::string_view kLong = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";
    std::array<std::uint8_t, 26 * 26> forms{};
    for (std::size_t i = 0; i < kShort.size(); i += 3)
        forms[static_cast<std::size_t>((kShort[i] - 'A') * 26 + kShort[i + 1] - 'A')] = 1;
    for (std::size_t i = 0; i < kLong.size(); i += 3)
        forms[static_cast<std::size_t>((kLong[i] - 'A') * 26 + kLong[i + 1] - 'A')] = 2;
    return forms;
}
constexpr auto kVrForms = vrForms();

bool isUpper(std::uint8_t c)
{
    return c >= 'A' && c <= 'Z';
}

unsigned formOf(const std::uint8_t *letters)
{
    return isUpper(letters[0]) && isUpper(letters[1])
               ? kVrForms[(letters[0] - 'A') * 26U + (letters[1] - 'A')]
               : 0U;
}

bool isVrLike(const std::uint8_t *letters)
{
    return (isUpper(letters[0]) && isUpper(letters[1])) || (letters[0] == '?' && letters[1] == '?');
}

} // namespace

bool readElementHeader(Window &window, std::uint64_t at, Encoding encoding, ElementHeader &header)
{
    const std::uint8_t *bytes = window.at(at, 8);
    if (!bytes)
        return false;
    const bool big = encoding.bigEndian;
    header.tag = {static_cast<std::uint16_t>(number(bytes, 2, big)),
                  static_cast<std::uint16_t>(number(bytes + 2, 2, big))};
    std::uint32_t length = 0;
    header.implicitCoded = !encoding.explicitVr || header.tag.group == 0xfffe || !isVrLike(bytes + 4);
    header.vr = {};
    if (header.implicitCoded) {
        header.bytes = 8;
        length = number(bytes + 4, 4, big);
    } else {
        header.vr = {{static_cast<char>(bytes[4]), static_cast<char>(bytes[5])}};
        // PS3.5 7.1.2: VRs yet to come have the long form; "??" was written by nobody who knew it.
        const bool isShort = formOf(bytes + 4) == 1 || bytes[4] == '?';
        header.bytes = isShort ? 8 : 12;
        if (!isShort) {
            bytes = window.at(at, 12);
            if (!bytes)
                return false;
        }
        length = isShort ? number(bytes + 6, 2, big) : number(bytes + 8, 4, big);
    }
    header.undefined = length == 0xffffffffU && (header.implicitCoded || header.bytes == 12);
    header.length = header.undefined ? 0 : length;
    return true;
}

std::optional<Encoding> guessEncoding(Window &window, std::uint64_t at)
{
    const std::uint8_t *bytes = window.at(at, 8);
    if (!bytes)
        return std::nullopt;
    // Data sets begin with identification (0008), a directory (0004) or the group length of an old command
    // (0000,0000); zeros are no beginning.
    const auto plausible = [bytes](std::uint32_t group) {
        return group != 0 ? group <= 0x0010 && group % 2 == 0 && group != 0x0002
                          : bytes[2] == 0 && bytes[3] == 0 && bytes[4] == 4;
    };
    const bool explicitVr = formOf(bytes + 4) != 0;
    const bool little = plausible(number(bytes, 2, false));
    const bool big = plausible(number(bytes, 2, true));
    if (explicitVr && (little || big))
        return Encoding{true, !little};
    if (little && number(bytes + 4, 4, false) <= 0xffff)
        return Encoding{false, false};
    return std::nullopt;
}

} // namespace negatoscope::codec
