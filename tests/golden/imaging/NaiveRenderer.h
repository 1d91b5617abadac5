#pragma once

#include <imaging/Picture.h>

#include <cstdint>
#include <vector>

namespace naive {

/// A grey image in the plainest form: stored values as doubles and what the standard says about them.
struct Image
{
    int columns = 0, rows = 0;
    std::vector<double> stored;
    std::vector<bool> padding;
    double slope = 1, intercept = 0;
    bool inverse = false;
    bool integers = true; ///< stored values are integers of at most 16 bits

    double at(int column, int row) const;
    bool isPadding(int column, int row) const;
};

/// PS3.3 C.11.2.1.2 and C.11.2.1.3 for an output of 0 to 255, rounded half up, then the inversion.
std::uint8_t grey(double modalityValue, const negatoscope::imaging::Window &window, bool inverse);

/// What the documentation of Renderer promises, pixel by pixel in double precision, straight from its words:
/// no tables, no rows, no order of passes, no code shared with the module.
std::vector<std::uint32_t> draw(const Image &image, const negatoscope::imaging::ViewTransform &transform,
                                const negatoscope::imaging::Window &window,
                                negatoscope::imaging::Interpolation interpolation, bool inverted,
                                std::uint32_t background);

} // namespace naive
