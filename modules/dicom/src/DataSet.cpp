#include <dicom/DataSet.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace negatoscope::dicom {

namespace {

constexpr std::string_view kPadding(" \0", 2);

template <typename T>
std::optional<T> readBinary(std::string_view bytes, std::size_t index)
{
    if (index >= bytes.size() / sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

std::optional<std::string_view> valueAt(std::string_view text, std::size_t index)
{
    for (; index > 0; --index) {
        const auto next = text.find('\\');
        if (next == std::string_view::npos)
            return std::nullopt;
        text.remove_prefix(next + 1);
    }
    return trimmed(text.substr(0, text.find('\\')));
}

template <typename T>
std::optional<T> parseNumber(std::string_view text)
{
    // from_chars takes no plus sign.
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

template <typename To>
std::optional<To> readNumber(const Element &element, std::size_t index)
{
    const auto convert = [](auto value) -> std::optional<To> {
        if (!value)
            return std::nullopt;
        return static_cast<To>(*value);
    };
    const Vr vr = element.vr;
    const std::string_view bytes = element.value;
    if (vr.is("US") || vr.is("OW") || vr.is("AT"))
        return convert(readBinary<std::uint16_t>(bytes, index));
    if (vr.is("SS"))
        return convert(readBinary<std::int16_t>(bytes, index));
    if (vr.is("UL") || vr.is("OL"))
        return convert(readBinary<std::uint32_t>(bytes, index));
    if (vr.is("SL"))
        return convert(readBinary<std::int32_t>(bytes, index));
    if (vr.is("UV") || vr.is("OV"))
        return convert(readBinary<std::uint64_t>(bytes, index));
    if (vr.is("SV"))
        return convert(readBinary<std::int64_t>(bytes, index));
    return std::nullopt;
}

std::optional<double> finite(std::optional<double> value)
{
    return value && std::isfinite(*value) ? value : std::nullopt;
}

} // namespace

std::string toString(Tag tag)
{
    char text[16];
    std::snprintf(text, sizeof text, "(%04x,%04x)", tag.group, tag.element);
    return text;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(kPadding);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kPadding) - first + 1);
}

bool Vr::isText() const
{
    static constexpr std::string_view kText = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT";
    for (std::size_t i = 0; i < kText.size(); i += 3)
        if (kText[i] == letters[0] && kText[i + 1] == letters[1])
            return true;
    return false;
}

unsigned Vr::numberSize() const
{
    if (is("US") || is("SS") || is("OW") || is("AT"))
        return 2;
    if (is("UL") || is("SL") || is("OL") || is("FL") || is("OF"))
        return 4;
    if (is("UV") || is("SV") || is("OV") || is("FD") || is("OD"))
        return 8;
    return 0;
}

void DataSet::insert(Element element)
{
    const auto at = std::lower_bound(m_elements.begin(), m_elements.end(), element.tag,
                                     [](const Element &e, Tag tag) { return e.tag < tag; });
    if (at != m_elements.end() && at->tag == element.tag)
        *at = std::move(element);
    else
        m_elements.insert(at, std::move(element));
}

const Element *DataSet::find(Tag tag) const
{
    const auto at = std::lower_bound(m_elements.begin(), m_elements.end(), tag,
                                     [](const Element &e, Tag t) { return e.tag < t; });
    return at != m_elements.end() && at->tag == tag ? &*at : nullptr;
}

std::string DataSet::text(Tag tag) const
{
    const Element *element = find(tag);
    if (!element || !(element->vr.isText() || element->vr.is("UN")))
        return {};
    return std::string(valueAt(element->value, 0).value_or(std::string_view()));
}

std::vector<std::string> DataSet::texts(Tag tag) const
{
    std::vector<std::string> result;
    const Element *element = find(tag);
    if (!element || !(element->vr.isText() || element->vr.is("UN")) || element->value.empty())
        return result;
    std::string_view rest = element->value;
    while (true) {
        const auto next = rest.find('\\');
        result.emplace_back(trimmed(rest.substr(0, next)));
        if (next == std::string_view::npos)
            return result;
        rest.remove_prefix(next + 1);
    }
}

std::string_view DataSet::bytes(Tag tag) const
{
    const Element *element = find(tag);
    return element ? std::string_view(element->value) : std::string_view();
}

std::optional<std::int64_t> DataSet::integer(Tag tag, std::size_t index) const
{
    const Element *element = find(tag);
    if (!element)
        return std::nullopt;
    if (!element->vr.isText())
        return readNumber<std::int64_t>(*element, index);
    const auto text = valueAt(element->value, index);
    if (!text)
        return std::nullopt;
    if (const auto whole = parseNumber<std::int64_t>(*text))
        return whole;
    const auto decimal = parseNumber<double>(*text);
    if (decimal && std::abs(*decimal) < 9e15 && *decimal == std::floor(*decimal))
        return static_cast<std::int64_t>(*decimal);
    return std::nullopt;
}

std::optional<double> DataSet::decimal(Tag tag, std::size_t index) const
{
    const Element *element = find(tag);
    if (!element)
        return std::nullopt;
    if (element->vr.is("FL") || element->vr.is("OF"))
        return finite(readBinary<float>(element->value, index));
    if (element->vr.is("FD") || element->vr.is("OD"))
        return finite(readBinary<double>(element->value, index));
    if (!element->vr.isText())
        return readNumber<double>(*element, index);
    const auto text = valueAt(element->value, index);
    return text ? finite(parseNumber<double>(*text)) : std::nullopt;
}

std::vector<double> DataSet::decimals(Tag tag) const
{
    std::vector<double> result;
    const Element *element = find(tag);
    if (!element || element->value.empty())
        return result;
    const std::size_t size = element->vr.numberSize();
    const std::size_t count =
        size ? element->value.size() / size
             : 1 + static_cast<std::size_t>(std::count(element->value.begin(), element->value.end(), '\\'));
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = decimal(tag, i);
        if (!value)
            return {};
        result.push_back(*value);
    }
    return result;
}

std::span<const DataSet> DataSet::items(Tag tag) const
{
    const Element *element = find(tag);
    return element ? std::span<const DataSet>(element->items) : std::span<const DataSet>();
}

const DataSet *DataSet::item(Tag tag) const
{
    const auto all = items(tag);
    return all.empty() ? nullptr : &all.front();
}

void DataSet::setText(Tag tag, const char (&vr)[3], std::string_view value)
{
    insert({tag, Vr{{vr[0], vr[1]}}, false, value.size(), std::string(value), {}});
}

void DataSet::setUnsignedShort(Tag tag, std::uint16_t value)
{
    std::string bytes(2, '\0');
    std::memcpy(bytes.data(), &value, 2);
    insert({tag, Vr{{'U', 'S'}}, false, 2, std::move(bytes), {}});
}

} // namespace negatoscope::dicom
