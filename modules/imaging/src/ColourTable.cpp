#include <imaging/ColourTable.h>

#include "ColourTableData.h"

#include <cstddef>

namespace negatoscope::imaging {

namespace {

using Entries = std::array<std::uint32_t, 256>;

constexpr std::uint32_t kOpaque = 0xff000000;

constexpr Entries grey()
{
    Entries entries{};
    for (std::size_t i = 0; i < entries.size(); ++i)
        entries[i] = kOpaque | static_cast<std::uint32_t>(i) * 0x010101U;
    return entries;
}

constexpr Entries opaque(Entries colours)
{
    for (std::uint32_t &entry : colours)
        entry |= kOpaque;
    return colours;
}

/// One channel of a segmented palette: where it is at entries 0, 127 and 255, straight in between, rounded
/// half up (PS3.3 C.7.9.2).
struct Channel
{
    int first, middle, last;

    constexpr std::uint32_t at(int entry) const
    {
        const bool lower = entry <= 127;
        const int from = lower ? first : middle, to = lower ? middle : last;
        const int step = lower ? entry : entry - 127, steps = lower ? 127 : 128;
        return static_cast<std::uint32_t>((2 * (from * steps + (to - from) * step) + steps) / (2 * steps));
    }
};

/// A channel that is straight from entry 0 to 255.
struct Line
{
    int first, last;

    constexpr std::uint32_t at(int entry) const
    {
        return static_cast<std::uint32_t>((2 * (first * 255 + (last - first) * entry) + 255) / (2 * 255));
    }
};

template <typename Red, typename Green, typename Blue>
constexpr Entries segmented(Red red, Green green, Blue blue)
{
    Entries entries{};
    for (int i = 0; i < 256; ++i)
        entries[static_cast<std::size_t>(i)] = kOpaque | (red.at(i) << 16) | (green.at(i) << 8) | blue.at(i);
    return entries;
}

constexpr Entries kGreyTable = grey();
constexpr Entries kHotIronTable = opaque(kHotIron);
constexpr Entries kPetTable = opaque(kPet);
constexpr Entries kHotMetalBlueTable = opaque(kHotMetalBlue);
constexpr Entries kPet20StepTable = opaque(kPet20Step);
constexpr Entries kSpringTable = segmented(Line{255, 255}, Line{0, 255}, Line{255, 0});       // B.1.5
constexpr Entries kSummerTable = segmented(Line{0, 0}, Line{255, 128}, Channel{0, 0, 254});   // B.1.6
constexpr Entries kFallTable = segmented(Line{255, 255}, Line{255, 0}, Line{0, 0});           // B.1.7
constexpr Entries kWinterTable = segmented(Channel{0, 0, 127}, Line{0, 255}, Line{255, 128}); // B.1.8

} // namespace

std::string_view nameOf(ColourTable table)
{
    switch (table) {
    case ColourTable::Grey:
        return "GREY";
    case ColourTable::HotIron:
        return "HOT_IRON";
    case ColourTable::Pet:
        return "PET";
    case ColourTable::HotMetalBlue:
        return "HOT_METAL_BLUE";
    case ColourTable::Pet20Step:
        return "PET_20_STEP";
    case ColourTable::Spring:
        return "SPRING";
    case ColourTable::Summer:
        return "SUMMER";
    case ColourTable::Fall:
        return "FALL";
    case ColourTable::Winter:
        return "WINTER";
    }
    return "GREY";
}

const std::array<std::uint32_t, 256> &entriesOf(ColourTable table)
{
    switch (table) {
    case ColourTable::Grey:
        return kGreyTable;
    case ColourTable::HotIron:
        return kHotIronTable;
    case ColourTable::Pet:
        return kPetTable;
    case ColourTable::HotMetalBlue:
        return kHotMetalBlueTable;
    case ColourTable::Pet20Step:
        return kPet20StepTable;
    case ColourTable::Spring:
        return kSpringTable;
    case ColourTable::Summer:
        return kSummerTable;
    case ColourTable::Fall:
        return kFallTable;
    case ColourTable::Winter:
        return kWinterTable;
    }
    return kGreyTable;
}

} // namespace negatoscope::imaging
