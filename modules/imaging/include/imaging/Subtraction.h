#pragma once

#include <imaging/Picture.h>

#include <memory>
#include <vector>

namespace negatoscope::imaging {

/// What is taken from what: the averages of one or several frames.
struct Subtraction
{
    std::vector<std::shared_ptr<const Picture>> contrast, masks;
    /// The mask is moved down and to the right by this many pixels, in steps of 1/16.
    double shiftRows = 0, shiftColumns = 0;
    /// Pixels proportional to the X-ray intensity (Pixel Intensity Relationship LIN) leave a vessel of the
    /// same depth only as the difference of their logarithms.
    bool logarithmic = false;
};

/// Contrast minus mask as a picture of signed differences (PS3.3 C.7.6.10).
///
/// Values : of the grey pictures after their Modality LUT; 1000 ln(1 + value) where logarithmic. Mask pixels
///          between others are averaged bilinearly. In integers: sums first, one division, rounded half up to
///          1/16 of a value, or as fine as 16 bits allow.
/// Outside: where contrast or mask has padding or the shifted mask ends, the result is padding.
/// Null   : no frame on one side, colour, pixels of 32 bits or floating point, other sizes or rescales.
std::shared_ptr<const Picture> subtracted(const Subtraction &subtraction);

/// A window around 0 that holds 99 percent of the differences: what did not change is mid-grey.
Window subtractionWindow(const Picture &difference);

} // namespace negatoscope::imaging
