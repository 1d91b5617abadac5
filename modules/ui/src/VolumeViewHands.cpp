// The part of VolumeView that mouse and wheel reach.
#include "GestureReader.h"
#include "VolumeView.h"

#include <session/PlanesPresenter.h>

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace negatoscope::ui {

namespace {

constexpr double kDegreesPerPixel = 0.5;
constexpr double kWheelStep = 120, kWheelZoom = 1.15;
constexpr double kReach = 9;       ///< of a handle, px
constexpr double kThinnest = 0.02; ///< part of the volume that is left along an axis

} // namespace

void VolumeView::turn(QPointF delta)
{
    m_scene.camera.turn(delta.x() * kDegreesPerPixel, delta.y() * kDegreesPerPixel);
    draw(true);
}

void VolumeView::zoom(double factor)
{
    m_scene.camera.heightMm = std::clamp(m_scene.camera.heightMm / factor, 5.0, 10'000.0);
    draw(true);
}

void VolumeView::pan(QPointF delta)
{
    auto &camera = m_scene.camera;
    const double mm = camera.heightMm / std::max(height(), 1);
    camera.focus = camera.focus + camera.right() * (-delta.x() * mm) + camera.up * (delta.y() * mm);
    draw(true);
}

/// A side goes along its axis as far as the pointer does on the screen.
void VolumeView::cut(QPointF delta)
{
    const auto &geometry = m_volume->volume->geometry();
    const std::size_t axis = m_side->axis;
    std::array<double, 3> first{0.5, 0.5, 0.5}, last = first;
    first[axis] = 0;
    last[axis] = 1;
    const QPointF way =
        toView(rendering::pointAt(last, geometry)) - toView(rendering::pointAt(first, geometry));
    const double squared = QPointF::dotProduct(way, way);
    if (squared < 1)
        return;
    const double part = QPointF::dotProduct(delta, way) / squared;
    auto &crop = m_scene.crop;
    if (m_side->isFar)
        crop.to[axis] = std::clamp(crop.to[axis] + part, crop.from[axis] + kThinnest, 1.0);
    else
        crop.from[axis] = std::clamp(crop.from[axis] + part, 0.0, crop.to[axis] - kThinnest);
    draw(true);
    update();
}

std::optional<VolumeView::Side> VolumeView::sideUnder(QPointF position) const
{
    if (!m_cutting)
        return {};
    for (std::size_t axis = 0; axis < 3; ++axis)
        for (const bool isFar : {false, true})
            if (const auto handle = handleOf({axis, isFar});
                handle && QLineF(*handle, position).length() <= kReach)
                return Side{axis, isFar};
    return {};
}

/// The point in which the planes meet goes to what is seen under the pointer.
void VolumeView::placeCross(QPointF position)
{
    if (m_planes == nullptr || !m_volume || !m_picture)
        return;
    const auto point = rendering::pick(*m_volume->volume, m_picture->scene, shownPlane(),
                                       {position.x() - 0.5, position.y() - 0.5});
    if (point)
        m_planes->moveCrossTo(*point);
    else
        showNotice(tr("There is nothing to be seen at this point."));
}

VolumeView::Drag VolumeView::dragOf(const QMouseEvent &event)
{
    m_side = event.button() == Qt::LeftButton ? sideUnder(event.position()) : std::nullopt;
    if (m_side)
        return Drag::Cut;
    const auto tool = m_gestures.toolFor(event.button(), event.modifiers(), m_reading.tool());
    if (!tool)
        return Drag::None;
    switch (*tool) {
    case session::Tool::Window:
        // A look of values has no window: there the hand turns.
        return m_scene.isOfValues() ? Drag::Turn : Drag::Window;
    case session::Tool::Zoom:
        return Drag::Zoom;
    case session::Tool::Pan:
        return Drag::Pan;
    case session::Tool::Cursor:
        return Drag::Cursor;
    case session::Tool::Scroll:
    case session::Tool::WindowRegion:
    case session::Tool::Mask:
        break;
    }
    return Drag::Turn;
}

void VolumeView::mousePressEvent(QMouseEvent *event)
{
    if (m_button != Qt::NoButton)
        return;
    showNotice({});
    m_drag = dragOf(*event);
    m_button = event->button();
    m_clickAct = m_drag == Drag::Cut
                     ? QString()
                     : m_gestures.actFor(session::Gesture::Kind::Click, m_button, event->modifiers());
    m_pressed = m_last = event->position();
    m_dragged = false;
    if (m_drag == Drag::Cursor)
        placeCross(event->position());
}

void VolumeView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_button == Qt::NoButton) {
        setCursor(sideUnder(event->position()) ? Qt::SizeAllCursor : Qt::OpenHandCursor);
        return;
    }
    const QPointF moved = event->position() - m_pressed;
    if (!m_dragged && moved.manhattanLength() < QApplication::startDragDistance() / 2.0)
        return;
    m_dragged = true;
    const QPointF delta = event->position() - m_last;
    m_last = event->position();
    drag(delta);
}

void VolumeView::drag(QPointF delta)
{
    if (!m_volume)
        return;
    switch (m_drag) {
    case Drag::Turn:
        turn(delta);
        break;
    case Drag::Window:
        m_reading.viewports().front()->dragWindow(delta.x() * devicePixelRatioF(),
                                                  delta.y() * devicePixelRatioF());
        break;
    case Drag::Zoom:
        zoom(std::exp(delta.y() * -0.005));
        break;
    case Drag::Pan:
        pan(delta);
        break;
    case Drag::Cursor:
        placeCross(m_last);
        break;
    case Drag::Cut:
        cut(delta);
        break;
    case Drag::None:
        break;
    }
}

void VolumeView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != m_button)
        return;
    m_button = Qt::NoButton;
    const bool clicked = !std::exchange(m_dragged, false);
    const Drag ended = std::exchange(m_drag, Drag::None);
    if (!clicked) {
        draw(false);
        return;
    }
    if (m_clickAct == GestureReader::contextMenu())
        Q_EMIT contextMenuRequested(event->globalPosition().toPoint());
    else if (!m_clickAct.isEmpty())
        Q_EMIT actRequested(m_clickAct);
    else if (ended == Drag::Turn && m_button == Qt::NoButton && event->button() == Qt::LeftButton)
        placeCross(event->position());
}

void VolumeView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QString act =
        m_gestures.actFor(session::Gesture::Kind::DoubleClick, event->button(), event->modifiers());
    if (act == QLatin1String("maximise"))
        Q_EMIT maximiseRequested();
    else if (!act.isEmpty())
        Q_EMIT actRequested(act);
    else
        mousePressEvent(event); // a quick second press is one
}

void VolumeView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const QPoint turned = event->angleDelta(); // with Alt some systems turn the wheel sideways
    const double steps = (turned.y() != 0 ? turned.y() : turned.x()) / kWheelStep;
    if (m_volume && m_gestures.wheelActFor(event->modifiers()) != WheelAct::None)
        zoom(std::pow(kWheelZoom, steps));
}

void VolumeView::keyPressEvent(QKeyEvent *event)
{
    event->ignore(); // keys belong to the window's actions
}

} // namespace negatoscope::ui
