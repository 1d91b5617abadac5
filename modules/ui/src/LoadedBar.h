#pragma once

#include <session/SeriesMarks.h>

#include <QtCore/QRect>

class QPainter;

namespace negatoscope::ui {

/// The scroll bar of a viewport. Its track tells of every image whether it is in memory, on its way, broken
/// or not asked for, where slices are missing, and which have been seen; the frame on it is the place. Images
/// that an archive has announced and that are not here have their places, too: dark ones.
class LoadedBar
{
public:
    /// The bar of a viewport of this size, and the part at its right edge that takes the pointer.
    static QRect rect(const QSize &viewport);
    static QRect reach(const QSize &viewport);

    struct Look
    {
        int index = 0, count = 0;
        bool dragged = false;
    };
    static void draw(QPainter &painter, const QSize &viewport, const Look &look,
                     const session::SeriesMarks &marks, const std::vector<int> &gaps);
    /// The image at a height of the viewport, or the one nearest to it that is here.
    static int indexAt(const QSize &viewport, double y, int count, const session::SeriesMarks &marks);
};

} // namespace negatoscope::ui
