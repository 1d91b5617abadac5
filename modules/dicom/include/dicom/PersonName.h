#pragma once

#include <string>
#include <string_view>

namespace negatoscope::dicom {

/// A PN value with its three component groups, PS3.5 6.2.1: UTF-8, components separated by '^'.
///
/// Patient data: it has no stream operator; a log takes redacted().
struct PersonName
{
    std::string alphabetic, ideographic, phonetic;

    static PersonName parse(std::string_view value);
    bool isEmpty() const { return alphabetic.empty() && ideographic.empty() && phonetic.empty(); }

    /// "MARTIN Claire" for reading: family name first, then given and middle names; the ideographic and
    /// phonetic groups follow in parentheses: "YAMADA Tarou (山田 太郎, やまだ たろう)".
    std::string display() const;
    std::string redacted() const { return isEmpty() ? "<no name>" : "<name>"; }

    bool operator==(const PersonName &) const = default;
};

/// Text from a file made safe to show: control characters, line ends and bidirectional marks become visible
/// signs, invalid UTF-8 becomes U+FFFD, and more than `maximum` characters are cut with an ellipsis.
std::string visibleText(std::string_view utf8, std::size_t maximum = 256);

} // namespace negatoscope::dicom
