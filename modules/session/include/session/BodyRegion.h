#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace negatoscope::session {

/// A part of the body that an exam is of.
enum class BodyRegion : std::uint32_t {
    Head = 1u << 0,
    Neck = 1u << 1,
    Chest = 1u << 2,
    Heart = 1u << 3,
    Breast = 1u << 4,
    Abdomen = 1u << 5,
    Pelvis = 1u << 6,
    Spine = 1u << 7,
    Shoulder = 1u << 8,
    Arm = 1u << 9, ///< upper arm to fingers
    Hip = 1u << 10,
    Leg = 1u << 11, ///< thigh to toes
};

enum class BodySide { Unknown, Left, Right, Both };

/// What the words of an exam say of it. Nothing is guessed: without a known word there is no region.
struct BodyPart
{
    std::uint32_t regions = 0; ///< of BodyRegion
    BodySide side = BodySide::Unknown;

    bool has(BodyRegion region) const { return (regions & static_cast<std::uint32_t>(region)) != 0; }
    bool operator==(const BodyPart &) const = default;

    /// From descriptions and Body Part Examined (PS3.16 annex L), in UTF-8: English, French, German, Spanish
    /// and Italian words, with or without accents.
    static BodyPart of(const std::vector<std::string> &texts);
};

} // namespace negatoscope::session
