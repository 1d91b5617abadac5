#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace negatoscope::codec {

/// What a JPEG codestream says of itself before its first scan (ITU-T T.81 annex B).
struct JpegMarkers
{
    std::uint8_t startOfFrame = 0; ///< 0xC0 baseline ... 0xC3 lossless ... 0xCF
    unsigned precision = 0, rows = 0, columns = 0, components = 0;
    bool subsampled = false;
    bool hasJfif = false;
    bool namesRgb = false; ///< component identifiers 'R', 'G', 'B'
    std::optional<int> adobeTransform;

    bool isLossless() const { return startOfFrame == 0xc3 || startOfFrame == 0xcb; }

    /// Empty if the bytes do not begin with a readable JPEG header.
    static std::optional<JpegMarkers> of(std::span<const std::uint8_t> bytes);
};

} // namespace negatoscope::codec
