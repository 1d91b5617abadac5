#include "LookupTables.h"

#include <algorithm>
#include <string_view>

namespace negatoscope::imaging {

using dicom::DataSet;
using dicom::Tag;
namespace tags = dicom::tags;

namespace {

constexpr std::size_t kMostEntries = 65536;

struct Descriptor
{
    std::size_t entries = 0;
    std::int32_t first = 0;
    std::uint32_t bits = 0;
};

std::optional<Descriptor> readDescriptor(const DataSet &dataSet, Tag tag, bool signedInput)
{
    const auto entries = dataSet.integer(tag, 0), first = dataSet.integer(tag, 1),
               bits = dataSet.integer(tag, 2);
    if (!entries || !first || !bits)
        return std::nullopt;
    Descriptor descriptor;
    // With an SS descriptor a count over 32,767 reads as negative; the bits are what counts.
    descriptor.entries = static_cast<std::uint16_t>(*entries);
    if (descriptor.entries == 0)
        descriptor.entries = kMostEntries;
    const dicom::Element *element = dataSet.find(tag);
    const bool isSigned = signedInput || element->vr.is("SS");
    descriptor.first = isSigned ? static_cast<std::int16_t>(static_cast<std::uint16_t>(*first))
                                : static_cast<std::uint16_t>(*first);
    if (*bits < 1 || *bits > 16)
        return std::nullopt;
    descriptor.bits = static_cast<std::uint32_t>(*bits);
    return descriptor;
}

std::uint16_t byteAt(std::string_view data, std::size_t index)
{
    return static_cast<unsigned char>(data[index]);
}

std::uint16_t wordAt(std::string_view data, std::size_t index)
{
    return static_cast<std::uint16_t>(byteAt(data, 2 * index) | (byteAt(data, 2 * index + 1) << 8));
}

/// Entries of a plain table, as bytes if that is how much data there is.
std::optional<std::vector<std::uint16_t>> readEntries(std::string_view data, const Descriptor &descriptor)
{
    const std::size_t count = descriptor.entries;
    std::vector<std::uint16_t> entries(count);
    if (data.size() >= 2 * count) {
        for (std::size_t i = 0; i < count; ++i)
            entries[i] = wordAt(data, i);
        return entries;
    }
    if (descriptor.bits > 8 || data.size() < count)
        return std::nullopt;
    for (std::size_t i = 0; i < count; ++i)
        entries[i] = byteAt(data, i);
    return entries;
}

/// The parts of a segmented table, PS3.3 C.7.9.2. Nothing in it is believed: every read and every entry is
/// checked against the data and against the announced number of entries.
class SegmentedTable
{
public:
    SegmentedTable(std::string_view data, const Descriptor &descriptor)
        : m_data(data),
          m_wide(descriptor.bits > 8),
          m_wanted(descriptor.entries)
    {}

    std::optional<std::vector<std::uint16_t>> expand()
    {
        std::size_t at = 0;
        while (at < size() && m_entries.size() < m_wanted)
            if (!segment(at, true))
                return std::nullopt;
        if (m_entries.size() != m_wanted)
            return std::nullopt;
        return std::move(m_entries);
    }

private:
    std::size_t size() const { return m_wide ? m_data.size() / 2 : m_data.size(); }
    std::uint16_t item(std::size_t index) const
    {
        return m_wide ? wordAt(m_data, index) : byteAt(m_data, index);
    }
    bool fits(std::size_t count) const { return count <= m_wanted - m_entries.size(); }

    bool segment(std::size_t &at, bool mayJump)
    {
        if (at + 2 > size())
            return false;
        const unsigned code = item(at), length = item(at + 1);
        at += 2;
        switch (code) {
        case 0:
            return discrete(at, length);
        case 1:
            return linear(at, length);
        case 2:
            return mayJump && indirect(at, length);
        default:
            return false;
        }
    }

    bool discrete(std::size_t &at, std::size_t length)
    {
        if (at + length > size() || !fits(length))
            return false;
        for (std::size_t i = 0; i < length; ++i)
            m_entries.push_back(item(at++));
        return true;
    }

    /// From the previous entry, which is not repeated, to the value given.
    bool linear(std::size_t &at, int length)
    {
        if (at + 1 > size() || !fits(static_cast<std::size_t>(length)) || m_entries.empty())
            return false;
        const std::int64_t from = m_entries.back(), to = item(at++);
        for (std::int64_t i = 1; i <= length; ++i) {
            const std::int64_t twice = 2 * (from * (length - i) + to * i) + length;
            m_entries.push_back(static_cast<std::uint16_t>(twice / (2 * length)));
        }
        return true;
    }

    /// Repeats `count` segments that begin at a byte offset, without further jumps.
    bool indirect(std::size_t &at, unsigned count)
    {
        const std::size_t words = m_wide ? 2 : 4;
        if (at + words > size())
            return false;
        std::uint64_t offset = 0;
        for (std::size_t i = 0; i < words; ++i)
            offset |= std::uint64_t(item(at + i)) << (i * (m_wide ? 16 : 8));
        at += words;
        if (m_wide && offset % 2 != 0)
            return false;
        std::size_t from = m_wide ? offset / 2 : offset;
        for (unsigned i = 0; i < count; ++i)
            if (!segment(from, false))
                return false;
        return true;
    }

    std::string_view m_data;
    bool m_wide;
    std::size_t m_wanted;
    std::vector<std::uint16_t> m_entries;
};

struct Channel
{
    Tag descriptor, data, segmented;
};

constexpr Channel kChannels[] = {
    {tags::RedPaletteDescriptor, tags::RedPaletteData, tags::SegmentedRedPaletteData},
    {tags::GreenPaletteDescriptor, tags::GreenPaletteData, tags::SegmentedGreenPaletteData},
    {tags::BluePaletteDescriptor, tags::BluePaletteData, tags::SegmentedBluePaletteData},
};

} // namespace

std::optional<Lut> readLut(const DataSet &item, bool signedInput)
{
    const auto descriptor = readDescriptor(item, tags::LutDescriptor, signedInput);
    if (!descriptor)
        return std::nullopt;
    auto entries = readEntries(item.bytes(tags::LutData), *descriptor);
    if (!entries)
        return std::nullopt;
    return Lut{descriptor->first, descriptor->bits, std::move(*entries), item.text(tags::LutExplanation)};
}

std::optional<Palette> readPalette(const DataSet &dataSet, bool signedPixels)
{
    Palette palette;
    std::uint16_t largest = 0;
    std::uint32_t bits = 0;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const Channel &tag = kChannels[channel];
        const auto descriptor = readDescriptor(dataSet, tag.descriptor, signedPixels);
        if (!descriptor)
            return std::nullopt;
        const std::string_view plain = dataSet.bytes(tag.data);
        const auto entries = plain.empty()
                                 ? SegmentedTable(dataSet.bytes(tag.segmented), *descriptor).expand()
                                 : readEntries(plain, *descriptor);
        if (!entries || (channel > 0 &&
                         (entries->size() != palette.entries.size() || descriptor->first != palette.first)))
            return std::nullopt;
        palette.first = descriptor->first;
        palette.entries.resize(entries->size());
        bits = std::max(bits, descriptor->bits);
        for (std::size_t i = 0; i < entries->size(); ++i) {
            palette.entries[i][channel] = (*entries)[i];
            largest = std::max(largest, (*entries)[i]);
        }
    }
    // Some writers announce 16 bits and fill 8; a palette that dark on purpose would show nothing at all.
    if (bits <= 8 || largest <= 255)
        for (auto &entry : palette.entries)
            for (auto &value : entry)
                value = static_cast<std::uint16_t>(std::min<unsigned>(value, 255) * 257);
    return palette;
}

} // namespace negatoscope::imaging
