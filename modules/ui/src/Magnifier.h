#pragma once

#include <session/ViewportPresenter.h>

#include <QtCore/QPointF>
#include <QtCore/QRect>
#include <QtGui/QImage>

class QPainter;

namespace negatoscope::ui {

/// A lens over a viewport: the picture around the pointer, drawn anew at its own size from the same values,
/// with what is under the pointer staying under it.
class Magnifier
{
public:
    /// Where the lens lies, in device-independent pixels; it never leaves the viewport.
    static QRect lensRect(const QSize &viewport, QPointF pointer);

    void draw(QPainter &painter, const session::ViewportPresenter &viewport, const QSize &size,
              QPointF pointer, double factor);

private:
    imaging::Renderer m_renderer;
    QImage m_image;
};

} // namespace negatoscope::ui
