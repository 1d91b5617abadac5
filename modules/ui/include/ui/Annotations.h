#pragma once

#include <session/ViewportState.h>

#include <QtCore/QRect>

#include <cstdint>

class QPainter;

namespace negatoscope::ui {

/// The colour of overlay planes, 0xffRRGGBB.
inline constexpr std::uint32_t kOverlayColour = 0xffe4e4e4;

/// Draws what a viewport draws over its pixels (corner text, letters, scale bar, overlay planes), for
/// pictures that leave the screen: a rendered, printed or copied image says the same as the viewport did
/// (docs/safety.md P24).
void drawAnnotations(QPainter &painter, const QRect &area, const session::ViewportState &state);

} // namespace negatoscope::ui
