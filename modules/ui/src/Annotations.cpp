#include <ui/Annotations.h>

#include "ViewportPainter.h"

namespace negatoscope::ui {

void drawAnnotations(QPainter &painter, const QRect &area, const session::ViewportState &state)
{
    ViewportPainter().draw(painter, state, area, {});
}

} // namespace negatoscope::ui
