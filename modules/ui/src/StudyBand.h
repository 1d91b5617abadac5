#pragma once

#include <QtGui/QColor>

class QPainter;
class QRect;

namespace negatoscope::ui {

/// The colour of a study of the window: 0 the window's own, 1 and more those opened beside it.
QColor bandColour(int band);

/// How high the hatched band of another person is, across the top of her viewports.
inline constexpr int kPersonBand = 10;

/// Red and white hatching: here is another person (docs/safety.md P2).
void drawPersonBand(QPainter &painter, const QRect &area);

} // namespace negatoscope::ui
