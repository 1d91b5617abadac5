#pragma once

#include <session/ViewportState.h>

class QColor;
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
QColor planeColour(int plane);
/// The lines of the other planes, each in its colour, with what they are dragged by; and along the top the
/// colour of the plane itself.
void drawPlaneLines(QPainter &painter, const session::ViewportState &state, const QRect &area);
/// Hatches what no slice tells of.
void drawMissing(QPainter &painter, const session::ViewportState &state, const QRect &area);
/// A cross with a gap: the point itself stays to be seen.
void drawCursorMark(QPainter &painter, const session::ViewportState &state);

} // namespace negatoscope::ui
