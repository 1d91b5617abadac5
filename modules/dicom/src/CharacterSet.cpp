#include <dicom/CharacterSet.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>

#include <iconv.h>

namespace negatoscope::dicom {

namespace {

/// A set that an escape sequence puts into G0 (bytes below 80) or G1 (bytes from 80).
struct Set
{
    int registration;        ///< ISO-IR number in the defined term
    std::string_view escape; ///< after ESC
    const char *converter;   ///< iconv's name
    unsigned width;          ///< bytes per character
    bool high;               ///< lives in G1
};

constexpr std::array kSets{
    Set{6, "(B", nullptr, 1, false},       Set{14, "(J", nullptr, 1, false},
    Set{87, "$B", "EUC-JP", 2, false},     Set{159, "$(D", "EUC-JP", 2, false},
    Set{100, "-A", "ISO-8859-1", 1, true}, Set{101, "-B", "ISO-8859-2", 1, true},
    Set{109, "-C", "ISO-8859-3", 1, true}, Set{110, "-D", "ISO-8859-4", 1, true},
    Set{144, "-L", "ISO-8859-5", 1, true}, Set{127, "-G", "ISO-8859-6", 1, true},
    Set{126, "-F", "ISO-8859-7", 1, true}, Set{138, "-H", "ISO-8859-8", 1, true},
    Set{148, "-M", "ISO-8859-9", 1, true}, Set{203, "-b", "ISO-8859-15", 1, true},
    Set{166, "-T", "TIS-620", 1, true},    Set{13, ")I", "SJIS", 1, true},
    Set{149, "$)C", "EUC-KR", 2, true},    Set{58, "$)A", "EUC-CN", 2, true},
};
constexpr int kAscii = 0;

enum Special { kUtf8 = kSets.size(), kGb18030, kGbk, kConverters };

/// A thread's conversion descriptors, one per set.
class Converters
{
public:
    Converters()
    {
        for (std::size_t i = 0; i < kSets.size(); ++i)
            if (kSets[i].converter)
                m_descriptors[i] = open(kSets[i].converter);
        m_descriptors[kUtf8] = open("UTF-8");
        m_descriptors[kGb18030] = open("GB18030");
        m_descriptors[kGbk] = open("GBK");
    }

    ~Converters()
    {
        for (const auto &descriptor : m_descriptors)
            if (descriptor)
                iconv_close(*descriptor);
    }
    Converters(const Converters &) = delete;
    Converters &operator=(const Converters &) = delete;

    /// One character of `width` bytes as UTF-8; empty if it stands for none.
    std::string convert(int set, std::string_view bytes) const
    {
        if (!m_descriptors[static_cast<std::size_t>(set)])
            return {};
        iconv_t descriptor = *m_descriptors[static_cast<std::size_t>(set)];
        iconv(descriptor, nullptr, nullptr, nullptr, nullptr);
        std::array<char, 16> out{};
        // iconv's signature predates const.
        char *in = const_cast<char *>(bytes.data());
        char *to = out.data();
        std::size_t inLeft = bytes.size(), outLeft = out.size();
        if (iconv(descriptor, &in, &inLeft, &to, &outLeft) == static_cast<std::size_t>(-1) || inLeft != 0)
            return {};
        // Some converters keep a character back, waiting for one that combines with it.
        if (iconv(descriptor, nullptr, nullptr, &to, &outLeft) == static_cast<std::size_t>(-1))
            return {};
        return {out.data(), static_cast<std::size_t>(to - out.data())};
    }

private:
    static std::optional<iconv_t> open(const char *name)
    {
        const iconv_t descriptor = iconv_open("UTF-8", name);
        if (reinterpret_cast<std::intptr_t>(descriptor) == -1)
            return std::nullopt;
        return descriptor;
    }

    std::array<std::optional<iconv_t>, kConverters> m_descriptors{};
};

const Converters &converters()
{
    static thread_local const Converters all;
    return all;
}

unsigned char byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

void appendUndecodable(std::string &out, unsigned char byte)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    out += "\u27e8";
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
    out += "\u27e9";
}

/// Length of a well-formed UTF-8 character at `at` (no overlong forms, no surrogates), 0 if there is none.
std::size_t utf8Length(std::string_view bytes, std::size_t at)
{
    const unsigned char first = byteAt(bytes, at);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xc2 && first < 0xe0 ? 2
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xf0 && first < 0xf5 ? 4
                                                               : 0;
    if (length == 0 || at + length > bytes.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byteAt(bytes, at + i) & 0xc0U) != 0x80)
            return 0;
    if (length < 3)
        return length;
    const unsigned char second = byteAt(bytes, at + 1);
    const bool bad = (first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
                     (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90);
    return bad ? 0 : length;
}

bool isUtf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = utf8Length(bytes, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::string decodeUtf8(std::string_view bytes)
{
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = utf8Length(bytes, at);
        if (length == 0) {
            appendUndecodable(out, byteAt(bytes, at++));
            continue;
        }
        out += bytes.substr(at, length);
        at += length;
    }
    return out;
}

void appendLatin1(std::string &out, unsigned char byte)
{
    if (byte >= 0x80 && byte < 0xa0) {
        appendUndecodable(out, byte); // C1 controls are no text
    } else if (byte >= 0x80) {
        out += static_cast<char>(0xc0U | (byte >> 6U));
        out += static_cast<char>(0x80U | (byte & 0x3fU));
    } else {
        out += static_cast<char>(byte);
    }
}

std::string decodeUndeclared(std::string_view bytes)
{
    if (isUtf8(bytes))
        return std::string(bytes);
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        appendLatin1(out, byteAt(bytes, at));
    return out;
}

/// GB18030 and GBK: 1, 2 or 4 bytes; a second byte may be 5C.
std::string decodeGb(std::string_view bytes, int converter)
{
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        if (byteAt(bytes, at) < 0x80) {
            out += bytes[at++];
            continue;
        }
        std::string character;
        std::size_t length = 2;
        for (; length <= 4 && character.empty(); length += 2)
            if (at + length <= bytes.size())
                character = converters().convert(converter, bytes.substr(at, length));
        if (character.empty()) {
            appendUndecodable(out, byteAt(bytes, at++));
            continue;
        }
        out += character;
        at += length - 2;
    }
    return out;
}

/// Decodes ISO 2022 text; G0 and G1 hold indices into kSets.
class Iso2022
{
public:
    Iso2022(std::string_view bytes, bool isName, int initialHigh, int fallbackHigh)
        : m_bytes(bytes),
          m_isName(isName),
          m_initialHigh(initialHigh),
          m_fallbackHigh(fallbackHigh),
          m_high(initialHigh)
    {}

    std::string run()
    {
        while (m_at < m_bytes.size()) {
            const unsigned char byte = byteAt(m_bytes, m_at);
            if (byte == 0x1b)
                escape();
            else if (kSets[static_cast<std::size_t>(m_low)].width == 2 && byte > 0x20 && byte < 0x7f)
                lowPair();
            else if (byte < 0x80)
                plain(byte);
            else
                highCharacter(byte);
        }
        return std::move(m_out);
    }

private:
    void escape()
    {
        for (std::size_t i = 0; i < kSets.size(); ++i)
            if (m_bytes.substr(m_at + 1, kSets[i].escape.size()) == kSets[i].escape) {
                (kSets[i].high ? m_high : m_low) = static_cast<int>(i);
                m_at += 1 + kSets[i].escape.size();
                return;
            }
        appendUndecodable(m_out, byteAt(m_bytes, m_at++));
    }

    void plain(unsigned char byte)
    {
        // PS3.5 6.1.2.5.3: at these the initial sets come back.
        if (byte == '\\' || byte == '\n' || byte == '\r' || byte == '\f' || byte == '\t' ||
            (m_isName && (byte == '^' || byte == '='))) {
            m_low = kAscii;
            m_high = m_initialHigh;
        }
        m_out += static_cast<char>(byte);
        ++m_at;
    }

    void lowPair()
    {
        std::string pair;
        if (m_at + 1 < m_bytes.size()) {
            if (kSets[static_cast<std::size_t>(m_low)].registration == 159)
                pair += '\x8f';
            pair += static_cast<char>(byteAt(m_bytes, m_at) | 0x80U);
            pair += static_cast<char>(byteAt(m_bytes, m_at + 1) | 0x80U);
        }
        const std::string character = pair.empty() ? pair : converters().convert(m_low, pair);
        if (character.empty()) {
            appendUndecodable(m_out, byteAt(m_bytes, m_at++));
            return;
        }
        m_out += character;
        m_at += 2;
    }

    void highCharacter(unsigned char byte)
    {
        const int set = m_high >= 0 ? m_high : m_fallbackHigh;
        if (set < 0) {
            highUndeclared(byte);
            return;
        }
        const std::size_t width = kSets[static_cast<std::size_t>(set)].width;
        std::string character;
        if (m_at + width <= m_bytes.size() && (byte >= 0xa0 || width == 1))
            character = converters().convert(set, m_bytes.substr(m_at, width));
        // C1 controls convert to themselves and are no text.
        if (character.empty() || (byte < 0xa0 && width == 1)) {
            appendUndecodable(m_out, byte);
            ++m_at;
            return;
        }
        m_out += character;
        m_at += width;
    }

    void highUndeclared(unsigned char byte)
    {
        const std::size_t length = utf8Length(m_bytes, m_at);
        if (length > 1) {
            m_out += m_bytes.substr(m_at, length);
            m_at += length;
            return;
        }
        appendLatin1(m_out, byte);
        ++m_at;
    }

    std::string_view m_bytes;
    bool m_isName;
    int m_initialHigh, m_fallbackHigh;
    int m_low = kAscii, m_high;
    std::size_t m_at = 0;
    std::string m_out;
};

/// The ISO-IR number of a defined term however it is spelt: "ISO_IR 100", "ISO 2022 IR 87", "ISO-IR-100"; 0
/// if none.
int registrationOf(std::string_view term)
{
    const auto last = term.find_last_of("0123456789");
    if (last == std::string_view::npos)
        return 0;
    auto first = last;
    while (first > 0 && term[first - 1] >= '0' && term[first - 1] <= '9')
        --first;
    int number = 0;
    std::from_chars(term.data() + first, term.data() + last + 1, number);
    return number;
}

int highSetOf(int registration)
{
    for (std::size_t i = 0; i < kSets.size(); ++i)
        if (kSets[i].registration == registration && kSets[i].high)
            return static_cast<int>(i);
    return -1;
}

} // namespace

void CharacterSet::prepare()
{
    converters();
}

bool CharacterSet::appliesTo(Vr vr)
{
    return vr.is("PN") || vr.is("LO") || vr.is("SH") || vr.is("LT") || vr.is("ST") || vr.is("UT") ||
           vr.is("UC");
}

CharacterSet::CharacterSet(std::string_view declared)
{
    bool first = true;
    while (true) {
        const auto next = declared.find('\\');
        const std::string_view term = trimmed(declared.substr(0, next));
        const int registration = registrationOf(term);
        const int high = highSetOf(registration);
        if (registration == 192 || term == "UTF-8")
            m_scheme = Scheme::Utf8;
        else if (registration == 18030)
            m_scheme = Scheme::Gb18030;
        else if (term == "GBK")
            m_scheme = Scheme::Gbk;
        else if (high >= 0 || registration == 87 || registration == 159)
            m_scheme = Scheme::Iso2022;
        if (first)
            m_initialHigh = high;
        if (high >= 0 && m_fallbackHigh < 0)
            m_fallbackHigh = high;
        if (next == std::string_view::npos || m_scheme == Scheme::Utf8 || m_scheme == Scheme::Gb18030 ||
            m_scheme == Scheme::Gbk)
            return;
        declared.remove_prefix(next + 1);
        first = false;
    }
}

std::string CharacterSet::decode(std::string_view bytes, Vr vr) const
{
    bool plain = true;
    for (const char c : bytes)
        plain = plain && static_cast<unsigned char>(c) < 0x80 && c != 0x1b;
    if (plain)
        return std::string(bytes);
    const bool hasEscape = bytes.find('\x1b') != std::string_view::npos;
    if (!appliesTo(vr))
        return decodeUndeclared(bytes);
    switch (m_scheme) {
    case Scheme::Utf8:
        return decodeUtf8(bytes);
    case Scheme::Gb18030:
        return decodeGb(bytes, kGb18030);
    case Scheme::Gbk:
        return decodeGb(bytes, kGbk);
    case Scheme::Undeclared:
        if (!hasEscape)
            return decodeUndeclared(bytes);
        break;
    case Scheme::Iso2022:
        break;
    }
    return Iso2022(bytes, vr.is("PN"), m_initialHigh, m_fallbackHigh).run();
}

namespace {

/// UTF-8 as a single-byte set; empty if it does not hold all of it.
std::optional<std::string> convertFromUtf8(std::string_view utf8, const char *set)
{
    const iconv_t descriptor = iconv_open(set, "UTF-8");
    if (reinterpret_cast<std::intptr_t>(descriptor) == -1)
        return std::nullopt;
    std::string out(utf8.size() + 1, '\0');
    char *in = const_cast<char *>(utf8.data());
    char *to = out.data();
    std::size_t inLeft = utf8.size(), outLeft = out.size();
    // A positive result counts replacements: the text does not come back as it was.
    const bool converted = iconv(descriptor, &in, &inLeft, &to, &outLeft) == 0 && inLeft == 0;
    iconv_close(descriptor);
    if (!converted)
        return std::nullopt;
    out.resize(static_cast<std::size_t>(to - out.data()));
    return out;
}

bool isAscii(std::string_view text)
{
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80)
            return false;
    return true;
}

constexpr std::string_view kUtf8Declaration = "ISO_IR 192";

} // namespace

std::string CharacterSet::declarationFor(std::string_view utf8)
{
    if (isAscii(utf8))
        return {};
    for (const Set &set : kSets)
        if (set.width == 1 && set.high && set.registration != 13 && convertFromUtf8(utf8, set.converter))
            return "ISO_IR " + std::to_string(set.registration);
    return std::string(kUtf8Declaration);
}

std::string CharacterSet::encode(std::string_view utf8, std::string_view declared)
{
    const int set = highSetOf(registrationOf(declared));
    if (set >= 0 && kSets[static_cast<std::size_t>(set)].width == 1)
        if (auto converted = convertFromUtf8(utf8, kSets[static_cast<std::size_t>(set)].converter))
            return *std::move(converted);
    return std::string(utf8);
}

} // namespace negatoscope::dicom
