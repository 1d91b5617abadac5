#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace negatoscope::imaging {

/// Colours for grey values: plain grey, and the well-known palettes of DICOM PS3.6 Annex B.
enum class ColourTable { Grey, HotIron, Pet, HotMetalBlue, Pet20Step, Spring, Summer, Fall, Winter };

inline constexpr std::array kColourTables{
    ColourTable::Grey,         ColourTable::HotIron,   ColourTable::Pet,
    ColourTable::HotMetalBlue, ColourTable::Pet20Step, ColourTable::Spring,
    ColourTable::Summer,       ColourTable::Fall,      ColourTable::Winter};

/// The Content Label of PS3.6 B.1 (HOT_IRON, ...), or GREY.
std::string_view nameOf(ColourTable table);

/// 0xffRRGGBB for each display value 0 to 255.
const std::array<std::uint32_t, 256> &entriesOf(ColourTable table);

} // namespace negatoscope::imaging
