#pragma once

#include <session/ViewportState.h>

class QPainter;
class QRect;

namespace negatoscope::ui {

/// Where a reference line's number goes, and what it says.
struct GuideLabel
{
    base::ViewPoint at;
    int number = 0;
};

/// Draws reference lines and the cross of the 3D cursor over a picture, by the transform that drew it. The
/// returned labels are for who can write outlined text.
std::vector<GuideLabel> drawReferenceLines(QPainter &painter, const session::ViewportState &state,
                                           const QRect &area);
/// A cross with a gap: the point itself stays to be seen.
void drawCursorMark(QPainter &painter, const session::ViewportState &state);

} // namespace negatoscope::ui
