#pragma once

#include <dicom/Tag.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::dicom {

/// A value representation as its two letters, PS3.5 6.2.
struct Vr
{
    std::array<char, 2> letters{'U', 'N'};

    bool operator==(const Vr &) const = default;
    constexpr bool is(const char (&name)[3]) const { return letters[0] == name[0] && letters[1] == name[1]; }
    /// Character data: its value is kept as UTF-8 whatever the file's character set was.
    bool isText() const;
    /// Bytes per number of a binary numeric VR, 0 for others.
    unsigned numberSize() const;
};

class DataSet;

/// One attribute of a data set.
///
/// value  : text VRs as UTF-8 with '\' between values and padding kept; binary VRs as little-endian bytes.
/// items  : of a sequence (SQ), in order.
/// length : the value's length in the file; larger than value.size() when the value was left out because it
///          is pixel data or over the limit for values (valueOmitted).
struct Element
{
    Tag tag;
    Vr vr;
    bool valueOmitted = false;
    std::uint64_t length = 0;
    std::string value;
    std::vector<DataSet> items;
};

/// A DICOM data set as a value (PS3.5 7.1): elements in tag order, sequences inside.
///
/// Reading never fails: what is absent or does not parse is an empty optional, text or list.
/// Threads : const access from any thread.
class DataSet
{
public:
    /// Adds an element; one with the same tag is replaced.
    void insert(Element element);

    std::span<const Element> elements() const { return m_elements; }
    bool isEmpty() const { return m_elements.empty(); }
    const Element *find(Tag tag) const;
    bool contains(Tag tag) const { return find(tag) != nullptr; }

    /// First value without padding; empty if absent.
    std::string text(Tag tag) const;
    /// All values without padding.
    std::vector<std::string> texts(Tag tag) const;
    /// The whole value as it stands (descriptions may hold a backslash).
    std::string_view bytes(Tag tag) const;
    /// IS, DS (if whole), US, SS, UL, SL, UV, SV.
    std::optional<std::int64_t> integer(Tag tag, std::size_t index = 0) const;
    /// DS, IS, FL, FD and the integers; never NaN or infinite.
    std::optional<double> decimal(Tag tag, std::size_t index = 0) const;
    std::vector<double> decimals(Tag tag) const;
    /// Items of a sequence; empty if absent.
    std::span<const DataSet> items(Tag tag) const;
    /// First item of a sequence or null.
    const DataSet *item(Tag tag) const;

    /// Helpers for tests and for synthetic objects.
    void setText(Tag tag, const char (&vr)[3], std::string_view value);
    void setUnsignedShort(Tag tag, std::uint16_t value);

private:
    std::vector<Element> m_elements;
};

/// The text without leading and trailing spaces and NULs.
std::string_view trimmed(std::string_view text);

} // namespace negatoscope::dicom
