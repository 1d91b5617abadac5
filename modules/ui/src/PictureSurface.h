#pragma once

#include <session/ViewportState.h>

#include <QtGui/QImage>
#include <QtGui/QRegion>

class QPainter;

namespace negatoscope::ui {

/// Draws the pixels of a viewport: straight into what the window is painted on where that is a plain 32-bit
/// image in whole device pixels, else through an image of its own. The bytes are the same either way.
class PictureSurface
{
public:
    /// The parts of `region` (device-independent, of a viewport of `size`) that are not drawn are left alone.
    void paint(QPainter &painter, const session::ViewportState &state, const QSize &size,
               const QRegion &region);
    /// How often what is drawn had changed.
    quint64 renderings() const { return m_renderings; }

private:
    bool paintDirectly(QPainter &painter, const session::ViewportState &state, const QRegion &region);
    void paintThroughImage(QPainter &painter, const session::ViewportState &state, const QSize &size,
                           const QRegion &region);

    imaging::Renderer m_renderer;
    QImage m_image;
    std::shared_ptr<const imaging::Picture> m_drawnPicture;
    imaging::ViewTransform m_drawnTransform;
    imaging::RenderSettings m_drawnSettings;
    quint64 m_renderings = 0;
    bool m_imageIsDrawn = false;
};

/// Where the picture lies in the viewport, in device-independent pixels, one pixel more on every side.
QRect pictureRect(const session::ViewportState &state, qreal ratio);

} // namespace negatoscope::ui
