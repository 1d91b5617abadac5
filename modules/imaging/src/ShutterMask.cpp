#include "ShutterMask.h"

#include <algorithm>
#include <cmath>

namespace negatoscope::imaging {

ShutterMask::ShutterMask(const Shutter &shutter, Size image) : m_shutter(shutter), m_image(image)
{}

bool ShutterMask::isNeeded(const Shutter &shutter)
{
    return shutter.rectangle || shutter.circle || !shutter.polygon.empty() || shutter.bitmap;
}

const std::uint8_t *ShutterMask::row(int imageRow)
{
    if (imageRow == m_row)
        return m_covered.data();
    m_row = imageRow;
    m_covered.assign(static_cast<std::size_t>(m_image.width), 0);
    const int row = imageRow + 1;
    if (const auto &rectangle = m_shutter.rectangle) {
        if (row < rectangle->top || row > rectangle->bottom)
            coverOutside(1, 0);
        else
            coverOutside(rectangle->left, rectangle->right);
    }
    if (const auto &circle = m_shutter.circle) {
        const double dy = static_cast<double>(row) - circle->row, radius = circle->radius;
        const double half = radius * radius - dy * dy;
        if (half < 0)
            coverOutside(1, 0);
        else
            coverOutside(std::ceil(circle->column - std::sqrt(half)),
                         std::floor(circle->column + std::sqrt(half)));
    }
    if (!m_shutter.polygon.empty())
        applyPolygon(imageRow);
    if (m_shutter.bitmap)
        applyBitmap(imageRow);
    return m_covered.data();
}

/// Columns count from 1; first > last covers the whole row.
void ShutterMask::coverOutside(double firstColumn, double lastColumn)
{
    const double width = m_image.width;
    const auto first = static_cast<std::ptrdiff_t>(std::clamp(firstColumn - 1, 0.0, width));
    const auto last = static_cast<std::ptrdiff_t>(std::clamp(lastColumn, 0.0, width));
    if (first >= last) {
        std::fill(m_covered.begin(), m_covered.end(), std::uint8_t(1));
        return;
    }
    std::fill(m_covered.begin(), m_covered.begin() + first, std::uint8_t(1));
    std::fill(m_covered.begin() + last, m_covered.end(), std::uint8_t(1));
}

void ShutterMask::applyPolygon(int imageRow)
{
    const double y = imageRow + 1;
    const auto &vertices = m_shutter.polygon;
    m_inside.assign(m_covered.size(), 0);
    std::vector<double> crossings;
    const auto mark = [&](double from, double to) {
        const double width = m_image.width;
        const auto first = static_cast<std::ptrdiff_t>(std::clamp(std::ceil(from) - 1, 0.0, width));
        const auto last = static_cast<std::ptrdiff_t>(std::clamp(std::floor(to), 0.0, width));
        if (first < last)
            std::fill(m_inside.begin() + first, m_inside.begin() + last, std::uint8_t(1));
    };
    for (std::size_t i = 0; i < vertices.size(); ++i) {
        const auto &a = vertices[i];
        const auto &b = vertices[(i + 1) % vertices.size()];
        const double ay = a[0], ax = a[1], by = b[0], bx = b[1];
        if (ay == by) {
            if (ay == y)
                mark(std::min(ax, bx), std::max(ax, bx));
            continue;
        }
        const double x = ax + (y - ay) * (bx - ax) / (by - ay);
        // Half open, so that a vertex shared by two edges is crossed once; it is still part of the outline.
        if (y >= std::min(ay, by) && y < std::max(ay, by))
            crossings.push_back(x);
        if (y == ay || y == by)
            mark(y == ay ? ax : bx, y == ay ? ax : bx);
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
        mark(crossings[i], crossings[i + 1]);
    for (std::size_t i = 0; i < m_covered.size(); ++i)
        m_covered[i] |= m_inside[i] ^ 1U;
}

void ShutterMask::applyBitmap(int imageRow)
{
    const Overlay &bitmap = *m_shutter.bitmap;
    const std::int64_t row = std::int64_t(imageRow) + 1 - bitmap.originRow;
    if (row < 0 || row >= bitmap.rows)
        return;
    const std::uint8_t *bits = bitmap.bits.data() + static_cast<std::size_t>(row) * bitmap.columns;
    const std::int64_t shift = std::int64_t(1) - bitmap.originColumn;
    const std::int64_t first = std::max<std::int64_t>(0, -shift);
    const std::int64_t last = std::min<std::int64_t>(m_image.width, std::int64_t(bitmap.columns) - shift);
    for (std::int64_t column = first; column < last; ++column)
        m_covered[static_cast<std::size_t>(column)] |= bits[column + shift];
}

std::uint8_t shutterGrey(const Shutter &shutter)
{
    return static_cast<std::uint8_t>((shutter.presentationValue * 255U + 32767U) / 65535U);
}

} // namespace negatoscope::imaging
