#include <dicom/DataSet.h>
#include <dicom/PersonName.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace negatoscope::dicom {

namespace {

/// "FAMILY^Given^Middle^Prefix^Suffix" as "FAMILY Given Middle".
std::string readable(std::string_view group)
{
    std::string result;
    std::string_view rest = group;
    for (int component = 0; component < 3; ++component) {
        const auto next = rest.find('^');
        const std::string_view part = trimmed(rest.substr(0, next));
        if (!part.empty()) {
            if (!result.empty())
                result += ' ';
            result += part;
        }
        if (next == std::string_view::npos)
            break;
        rest.remove_prefix(next + 1);
    }
    return result;
}

/// Reads one code point; returns its length, 0 if the bytes at `at` are not UTF-8.
std::size_t decode(std::string_view text, std::size_t at, std::uint32_t &point)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    std::size_t length = 0;
    if (lead < 0x80) {
        point = lead;
        return 1;
    }
    if (lead >= 0xc2 && lead < 0xe0) {
        length = 2;
        point = lead & 0x1fU;
    } else if (lead >= 0xe0 && lead < 0xf0) {
        length = 3;
        point = lead & 0x0fU;
    } else if (lead >= 0xf0 && lead < 0xf5) {
        length = 4;
        point = lead & 0x07U;
    } else {
        return 0;
    }
    if (at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80U)
            return 0;
        point = (point << 6) | (byte(at + i) & 0x3fU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    return overlong || surrogate || point > 0x10ffff ? 0 : length;
}

bool isDangerous(std::uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x00ad || point == 0x061c ||
           (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2060 && point <= 0x206f) || point == 0xfeff || (point >= 0xfff9 && point <= 0xfffb) ||
           (point >= 0xe0000 && point <= 0xe007f); // invisible tags
}

} // namespace

PersonName PersonName::parse(std::string_view value)
{
    PersonName name;
    std::string *const groups[] = {&name.alphabetic, &name.ideographic, &name.phonetic};
    for (std::string *group : groups) {
        const auto next = value.find('=');
        *group = std::string(trimmed(value.substr(0, next)));
        if (next == std::string_view::npos)
            break;
        value.remove_prefix(next + 1);
    }
    return name;
}

std::string PersonName::display() const
{
    const std::string main = readable(alphabetic);
    std::string others;
    for (const std::string &group : {ideographic, phonetic}) {
        const std::string text = readable(group);
        if (text.empty() || text == main)
            continue;
        others += others.empty() ? text : ", " + text;
    }
    if (main.empty() || others.empty())
        return main + others;
    return main + " (" + others + ")";
}

std::string visibleText(std::string_view utf8, std::size_t maximum)
{
    std::string result;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < utf8.size(); ++characters) {
        if (characters == maximum) {
            result += "…";
            break;
        }
        std::uint32_t point = 0;
        const std::size_t length = decode(utf8, at, point);
        if (length == 0) {
            result += "\xef\xbf\xbd";
            ++at;
            continue;
        }
        if (isDangerous(point)) {
            char code[16];
            std::snprintf(code, sizeof code, "⟨%02X⟩", point);
            result += code;
        } else {
            result += utf8.substr(at, length);
        }
        at += length;
    }
    return result;
}

} // namespace negatoscope::dicom
