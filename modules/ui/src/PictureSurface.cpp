#include "PictureSurface.h"

#include <ui/Theme.h>

#include <QtGui/QPaintEngine>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace negatoscope::ui {

namespace {

/// The image behind a painter, if its pixels can be written as they are: nobody shares them, and the painter
/// maps device-independent pixels to whole ones of it.
QImage *imageBehind(QPainter &painter, qreal ratio)
{
    QPaintEngine *const engine = painter.paintEngine();
    if (engine == nullptr || engine->type() != QPaintEngine::Raster || engine->paintDevice() == nullptr ||
        engine->paintDevice()->devType() != QInternal::Image)
        return nullptr;
    auto *const image = static_cast<QImage *>(engine->paintDevice());
    const bool plain =
        image->format() == QImage::Format_RGB32 || image->format() == QImage::Format_ARGB32_Premultiplied;
    const QTransform &map = painter.deviceTransform();
    const bool whole = map.m12() == 0 && map.m21() == 0 && map.m13() == 0 && map.m23() == 0 &&
                       map.m11() == ratio && map.m22() == ratio && ratio == std::floor(ratio) &&
                       map.dx() == std::floor(map.dx()) && map.dy() == std::floor(map.dy());
    return plain && whole && image->isDetached() && painter.opacity() == 1 && !painter.hasClipping()
               ? image
               : nullptr;
}

} // namespace

void PictureSurface::paint(QPainter &painter, const session::ViewportState &state, const QSize &size,
                           const QRegion &region)
{
    const auto &view = state.transform.view();
    if (!state.picture || view.width <= 0 || view.height <= 0) {
        for (const QRect &rect : region)
            painter.fillRect(rect, colours::kViewport);
        return;
    }
    const bool same = m_drawnPicture == state.picture && m_drawnTransform == state.transform &&
                      m_drawnSettings == state.render;
    if (!same) {
        ++m_renderings;
        m_imageIsDrawn = false;
    }
    if (!paintDirectly(painter, state, region))
        paintThroughImage(painter, state, size, region);
    m_drawnPicture = state.picture;
    m_drawnTransform = state.transform;
    m_drawnSettings = state.render;
}

bool PictureSurface::paintDirectly(QPainter &painter, const session::ViewportState &state,
                                   const QRegion &region)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    QImage *const image = imageBehind(painter, ratio);
    if (image == nullptr)
        return false;
    const QPoint origin(static_cast<int>(painter.deviceTransform().dx()),
                        static_cast<int>(painter.deviceTransform().dy()));
    const int whole = static_cast<int>(ratio);
    // What is above this widget, and what is not asked for, is outside the engine's own clip.
    QRegion allowed = QRegion(image->rect());
    if (const QRegion clip = painter.paintEngine()->systemClip(); !clip.isEmpty())
        allowed &= clip;
    const QRect view(origin, QSize(state.transform.view().width, state.transform.view().height));
    const std::size_t stride = static_cast<std::size_t>(image->bytesPerLine()) / sizeof(std::uint32_t);
    auto *const first = reinterpret_cast<std::uint32_t *>(image->bits()) +
                        static_cast<std::ptrdiff_t>(origin.y()) * static_cast<std::ptrdiff_t>(stride) +
                        origin.x();
    for (const QRect &part : region) {
        const QRect device(origin + part.topLeft() * whole, part.size() * whole);
        if (!view.contains(device))
            painter.fillRect(part, colours::kViewport);
        for (const QRect &rect : allowed &device) {
            const QRect inside = rect & view;
            if (!inside.isEmpty())
                m_renderer.draw(
                    state.picture, state.transform, state.render, first, stride,
                    {inside.left() - origin.x(), inside.top() - origin.y(), inside.width(), inside.height()});
        }
    }
    return true;
}

void PictureSurface::paintThroughImage(QPainter &painter, const session::ViewportState &state,
                                       const QSize &size, const QRegion &region)
{
    const QSize view(state.transform.view().width, state.transform.view().height);
    if (m_image.size() != view) {
        m_image = QImage(view, QImage::Format_RGB32);
        m_imageIsDrawn = false;
    }
    if (!m_imageIsDrawn)
        m_renderer.draw(state.picture, state.transform, state.render,
                        reinterpret_cast<std::uint32_t *>(m_image.bits()),
                        static_cast<std::size_t>(m_image.bytesPerLine()) / sizeof(std::uint32_t));
    m_imageIsDrawn = true;
    m_image.setDevicePixelRatio(painter.device()->devicePixelRatioF());
    painter.save();
    painter.setClipRegion(region);
    if (m_image.deviceIndependentSize().toSize() != size)
        painter.fillRect(QRect(QPoint(), size), colours::kViewport);
    painter.drawImage(0, 0, m_image);
    painter.restore();
}

QRect pictureRect(const session::ViewportState &state, qreal ratio)
{
    const auto &image = state.transform.image();
    const auto from = state.transform.toView({-0.5, -0.5});
    const auto to = state.transform.toView({image.width - 0.5, image.height - 0.5});
    constexpr double kFar = 1e5; // larger than any screen, small enough for int
    const auto edge = [&](double device) { return std::clamp(device / ratio, -kFar, kFar); };
    const int left = static_cast<int>(std::floor(edge(std::min(from.x, to.x)))) - 1;
    const int top = static_cast<int>(std::floor(edge(std::min(from.y, to.y)))) - 1;
    const int right = static_cast<int>(std::ceil(edge(std::max(from.x, to.x)))) + 1;
    const int bottom = static_cast<int>(std::ceil(edge(std::max(from.y, to.y)))) + 1;
    return QRect(QPoint(left, top), QPoint(right, bottom));
}

} // namespace negatoscope::ui
