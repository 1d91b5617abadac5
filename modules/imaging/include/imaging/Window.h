#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace negatoscope::imaging {

/// VOI LUT functions of PS3.3 C.11.2.1.2 and C.11.2.1.3.
enum class VoiFunction { Linear, LinearExact, Sigmoid };

/// A window on modality values.
struct Window
{
    double center = 0, width = 1;
    VoiFunction function = VoiFunction::Linear;
    bool operator==(const Window &) const = default;
};

/// A lookup table of PS3.3 C.11.1.1: `first` is the input mapped to the first entry; inputs outside take the
/// end entries. Entries have `bits` bits.
struct Lut
{
    std::int32_t first = 0;
    std::uint32_t bits = 8;
    std::vector<std::uint16_t> entries;
    std::string explanation;
    bool operator==(const Lut &) const = default;
};

} // namespace negatoscope::imaging
