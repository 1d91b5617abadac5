#pragma once

#include <imaging/Picture.h>

#include <cstdint>
#include <vector>

namespace negatoscope::imaging {

/// Which pixels of an image row a shutter covers, worked out row by row as they are drawn.
///
/// Edges belong to the visible part (PS3.3 C.7.6.11): the columns and rows that the attributes name, pixels
/// whose centres lie at most the radius from the centre, or inside or on the polygon.
class ShutterMask
{
public:
    ShutterMask(const Shutter &shutter, Size image);

    static bool isNeeded(const Shutter &shutter);
    /// One byte per column, 1 where covered; valid until the next call.
    const std::uint8_t *row(int imageRow);

private:
    void coverOutside(double firstColumn, double lastColumn);
    void applyPolygon(int imageRow);
    void applyBitmap(int imageRow);

    const Shutter &m_shutter;
    Size m_image;
    int m_row = -1;
    std::vector<std::uint8_t> m_covered, m_inside;
};

/// The grey of what is covered: the P-value in 8 bits, black if the object names none.
std::uint8_t shutterGrey(const Shutter &shutter);

} // namespace negatoscope::imaging
