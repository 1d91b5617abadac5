#pragma once

#include <imaging/Picture.h>

#include <optional>

namespace negatoscope::imaging {

/// Image pixels from `left`, `top` to `right`, `bottom`, both ends included.
struct Region
{
    int left = 0, top = 0, right = -1, bottom = -1;
};

/// Of the modality values in a region; padding is left out.
struct RegionStatistics
{
    std::size_t count = 0;
    double low = 0, high = 0; ///< smallest and largest
    /// The smallest and largest once the outermost hundredth at either end is left out (rounded down, so that
    /// under a hundred values all count).
    double robustLow = 0, robustHigh = 0;
    double mean = 0, deviation = 0; ///< of the whole population
};

/// Exact, whatever the size. Empty for colour, or where the region holds no value.
std::optional<RegionStatistics> regionStatistics(const Picture &picture, const Region &region);

} // namespace negatoscope::imaging
