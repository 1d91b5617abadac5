#include "Identifier.h"

#include "ByteOrder.h"
#include "QueryTags.h"

#include <dicom/CharacterSet.h>

#include <algorithm>
#include <array>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

namespace {

constexpr int kDeepest = 8;
constexpr std::size_t kMostElements = 100'000;
constexpr std::uint32_t kUndefined = 0xffffffffU;

bool hasLongLength(Vr vr)
{
    constexpr std::array<std::string_view, 13> kLong{"OB", "OD", "OF", "OL", "OV", "OW", "SQ",
                                                     "SV", "UC", "UN", "UR", "UT", "UV"};
    const std::string_view name(vr.letters.data(), vr.letters.size());
    return std::find(kLong.begin(), kLong.end(), name) != kLong.end();
}

// ------------------------------------------------------------------------------------------------ writing

class Writer
{
public:
    Writer(bool explicitVr, std::string declared) : m_explicit(explicitVr), m_declared(std::move(declared)) {}

    std::string write(const DataSet &dataSet) const
    {
        std::string out;
        for (const Element &element : dataSet.elements())
            append(out, element);
        return out;
    }

private:
    void append(std::string &out, const Element &element) const
    {
        std::string value;
        if (element.vr.is("SQ")) {
            for (const DataSet &item : element.items) {
                const std::string inside = write(item);
                appendTag(value, dicom::tags::Item);
                append32Little(value, static_cast<std::uint32_t>(inside.size()));
                value += inside;
            }
        } else {
            value = CharacterSet::appliesTo(element.vr) ? CharacterSet::encode(element.value, m_declared)
                                                        : element.value;
            if (value.size() % 2 != 0)
                value += element.vr.is("UI") ? '\0' : ' ';
        }
        appendTag(out, element.tag);
        const auto length = static_cast<std::uint32_t>(value.size());
        if (!m_explicit) {
            append32Little(out, length);
        } else {
            out.append(element.vr.letters.data(), element.vr.letters.size());
            if (hasLongLength(element.vr)) {
                append16Little(out, 0);
                append32Little(out, length);
            } else {
                append16Little(out, static_cast<std::uint16_t>(length));
            }
        }
        out += value;
    }

    static void appendTag(std::string &out, Tag tag)
    {
        append16Little(out, tag.group);
        append16Little(out, tag.element);
    }

    bool m_explicit;
    std::string m_declared;
};

std::string allText(const DataSet &dataSet)
{
    std::string text;
    for (const Element &element : dataSet.elements()) {
        if (CharacterSet::appliesTo(element.vr))
            text += element.value;
        for (const DataSet &item : element.items)
            text += allText(item);
    }
    return text;
}

// ------------------------------------------------------------------------------------------------ reading

class Reader
{
public:
    Reader(std::span<const std::uint8_t> bytes, bool explicitVr) : m_bytes(bytes), m_explicit(explicitVr) {}

    base::Result<DataSet> read()
    {
        DataSet dataSet;
        TRY_DO(readItem(dataSet, m_bytes.size(), false, CharacterSet(), 0));
        return dataSet;
    }

private:
    struct Header
    {
        Tag tag;
        Vr vr;
        std::uint32_t length = 0;
    };

    base::Result<Header> readHeader()
    {
        if (left() < 8)
            return broken("it ends within an element");
        Header header;
        const std::uint8_t *at = &m_bytes[m_at];
        header.tag = {read16Little(at), read16Little(at + 2)};
        if (!m_explicit || header.tag.group == 0xfffe) {
            header.vr = vrOf(header.tag);
            header.length = read32Little(at + 4);
            m_at += 8;
            return header;
        }
        header.vr = {{static_cast<char>(at[4]), static_cast<char>(at[5])}};
        if (!hasLongLength(header.vr)) {
            header.length = read16Little(at + 6);
            m_at += 8;
            return header;
        }
        if (left() < 12)
            return broken("it ends within an element");
        header.length = read32Little(at + 8);
        m_at += 12;
        return header;
    }

    /// Reads to `end`, or to the delimiter where the length is undefined.
    base::Status readItem(DataSet &dataSet, std::size_t end, bool delimited, CharacterSet characterSet,
                          int depth)
    {
        while (m_at < end) {
            TRY(const Header header, readHeader());
            // A header may reach beyond its item where the bytes go on.
            if (m_at > end)
                return broken("an element longer than its item");
            if (header.tag == dicom::tags::ItemDelimitation && delimited)
                return {};
            if (++m_elements > kMostElements)
                return failure(ErrorCode::LimitExceeded, "identifier: too many elements");
            Element element{header.tag, header.vr, false, header.length, {}, {}};
            if (header.vr.is("SQ") || header.length == kUndefined) {
                element.vr = Vr{{'S', 'Q'}};
                TRY_DO(readSequence(element, header.length, end, characterSet, depth + 1));
            } else {
                if (header.length > end - m_at)
                    return broken("an element longer than what is there");
                const std::string_view value(reinterpret_cast<const char *>(m_bytes.data()) + m_at,
                                             header.length);
                m_at += header.length;
                if (header.tag == dicom::tags::SpecificCharacterSet)
                    characterSet = CharacterSet(value);
                element.value =
                    header.vr.isText() ? characterSet.decode(value, header.vr) : std::string(value);
            }
            dataSet.insert(std::move(element));
        }
        if (delimited)
            return broken("an item without an end");
        return {};
    }

    base::Status readSequence(Element &element, std::uint32_t length, std::size_t outerEnd,
                              const CharacterSet &characterSet, int depth)
    {
        if (depth > kDeepest)
            return failure(ErrorCode::LimitExceeded, "identifier: nested too deeply");
        const bool delimited = length == kUndefined;
        if (!delimited && length > outerEnd - m_at)
            return broken("a sequence longer than what is there");
        const std::size_t end = delimited ? outerEnd : m_at + length;
        while (m_at < end) {
            TRY(const Header header, readHeader());
            if (m_at > end)
                return broken("an item longer than its sequence");
            if (header.tag == dicom::tags::SequenceDelimitation && delimited)
                return {};
            if (header.tag != dicom::tags::Item || ++m_elements > kMostElements)
                return broken("a sequence without items");
            const bool open = header.length == kUndefined;
            if (!open && header.length > end - m_at)
                return broken("an item longer than its sequence");
            DataSet item;
            TRY_DO(readItem(item, open ? end : m_at + header.length, open, characterSet, depth));
            element.items.push_back(std::move(item));
        }
        if (delimited)
            return broken("a sequence without an end");
        return {};
    }

    static tl::unexpected<base::Error> broken(const char *what)
    {
        return failure(ErrorCode::Malformed, std::string("identifier: ") + what);
    }
    std::size_t left() const { return m_bytes.size() - m_at; }

    std::span<const std::uint8_t> m_bytes;
    bool m_explicit;
    std::size_t m_at = 0, m_elements = 0;
};

} // namespace

std::string Identifier::encode(const DataSet &dataSet, std::string_view transferSyntax)
{
    DataSet declared = dataSet;
    const std::string set = CharacterSet::declarationFor(allText(dataSet));
    if (!set.empty())
        declared.setText(dicom::tags::SpecificCharacterSet, "CS", set);
    return Writer(transferSyntax == kExplicitLittle, set).write(declared);
}

base::Result<DataSet> Identifier::decode(std::span<const std::uint8_t> bytes, std::string_view transferSyntax)
{
    return Reader(bytes, transferSyntax == kExplicitLittle).read();
}

} // namespace negatoscope::archive
