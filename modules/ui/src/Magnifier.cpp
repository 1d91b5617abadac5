#include "Magnifier.h"

#include <ui/Theme.h>

#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace negatoscope::ui {

namespace {
constexpr int kLens = 300;
constexpr double kPartOfViewport = 0.6;
} // namespace

QRect Magnifier::lensRect(const QSize &viewport, QPointF pointer)
{
    const int side =
        std::min(kLens, static_cast<int>(std::min(viewport.width(), viewport.height()) * kPartOfViewport));
    QRect lens(0, 0, side, side);
    lens.moveCenter(pointer.toPoint());
    lens.moveLeft(std::clamp(lens.left(), 0, std::max(0, viewport.width() - side)));
    lens.moveTop(std::clamp(lens.top(), 0, std::max(0, viewport.height() - side)));
    return lens;
}

void Magnifier::draw(QPainter &painter, const session::ViewportPresenter &viewport, const QSize &size,
                     QPointF pointer, double factor)
{
    const auto &state = viewport.state();
    const QRect lens = lensRect(size, pointer);
    if (!state.picture || lens.isEmpty())
        return;
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int side = static_cast<int>(std::lround(lens.width() * ratio));
    if (m_image.width() != side)
        m_image = QImage(side, side, QImage::Format_RGB32);
    m_image.setDevicePixelRatio(ratio);
    const QPointF inLens = (pointer - lens.topLeft()) * ratio;
    const auto transform = viewport.magnified({pointer.x() * ratio, pointer.y() * ratio}, {side, side},
                                              {inLens.x(), inLens.y()}, factor);
    m_renderer.draw(state.picture, transform, state.render, reinterpret_cast<std::uint32_t *>(m_image.bits()),
                    static_cast<std::size_t>(m_image.bytesPerLine()) / sizeof(std::uint32_t));
    painter.drawImage(lens.topLeft(), m_image);
    painter.setPen(colours::kPictureSecondary);
    painter.drawRect(lens.adjusted(0, 0, -1, -1));
}

} // namespace negatoscope::ui
