// The part of ViewportWidget that mouse, wheel and drops reach.
#include "GestureReader.h"
#include "LoadedBar.h"

#include <session/PlanesPresenter.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QMimeData>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace negatoscope::ui {

namespace {

constexpr double kWheelStep = 120;
constexpr double kWheelWindow = 12; // a step windows like a drag of so many pixels

} // namespace

QString ViewportWidget::seriesMimeType()
{
    return QStringLiteral("application/x-negatoscope-series");
}

void ViewportWidget::scrollToBarPosition(double y)
{
    m_viewport->scrollTo(LoadedBar::indexAt(size(), y, m_viewport->state().count, m_viewport->marks()));
}

bool ViewportWidget::isOnScrollBar(QPointF position) const
{
    return LoadedBar::reach(size()).contains(position.toPoint()) && m_viewport->state().count > 1;
}

ViewportWidget::Gesture ViewportWidget::gestureOf(const QMouseEvent &event) const
{
    if (event.button() == Qt::LeftButton && isOnScrollBar(event.position()))
        return Gesture::ScrollBar;
    // Where a line can be taken the left button takes it, whatever tool is in hand.
    if (event.button() == Qt::LeftButton && m_reading.tool() != session::Tool::WindowRegion &&
        holdUnder(event.position()).part != session::CrossHold::Part::None)
        return Gesture::Planes;
    const auto tool = m_gestures.toolFor(event.button(), event.modifiers(), m_reading.tool());
    if (!tool)
        return Gesture::None;
    switch (*tool) {
    case session::Tool::Scroll:
        return Gesture::Scroll;
    case session::Tool::Window:
        return Gesture::Window;
    case session::Tool::Zoom:
        return Gesture::Zoom;
    case session::Tool::Pan:
        return Gesture::Pan;
    case session::Tool::WindowRegion:
        return Gesture::WindowRegion;
    case session::Tool::Cursor:
        return Gesture::Cursor;
    case session::Tool::Mask:
        return Gesture::Mask;
    }
    return Gesture::None;
}

void ViewportWidget::mousePressEvent(QMouseEvent *event)
{
    if (!m_viewport || m_gesture != Gesture::None)
        return;
    m_reading.setActive(m_index);
    showNotice({});
    m_gesture = gestureOf(*event);
    if (m_gesture == Gesture::Planes)
        m_hold = holdUnder(event->position());
    m_button = event->button();
    m_clickAct = m_gesture == Gesture::ScrollBar
                     ? QString()
                     : m_gestures.actFor(session::Gesture::Kind::Click, m_button, event->modifiers());
    m_pressed = m_last = event->position();
    m_dragged = false;
    m_scrollRest = 0;
    if (m_gesture == Gesture::ScrollBar)
        scrollToBarPosition(event->position().y());
    if (m_gesture == Gesture::Cursor)
        placeCursor(event->position());
}

void ViewportWidget::placeCursor(QPointF position)
{
    m_reading.placeCursor(m_index, {position.x() * ratio(), position.y() * ratio()});
}

session::CrossHold ViewportWidget::holdUnder(QPointF position) const
{
    if (!m_reading.planes() || !m_viewport)
        return {};
    return session::holdAt(m_viewport->state(), {position.x() * ratio(), position.y() * ratio()}, ratio());
}

void ViewportWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_viewport)
        return;
    movePointer(event->position());
    if (m_gesture == Gesture::None) {
        updateProbe(event->position());
        if (const auto hold = holdUnder(event->position()); hold != m_hold) {
            m_hold = hold;
            updateCursor();
        }
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

void ViewportWidget::drag(QPointF delta)
{
    switch (m_gesture) {
    case Gesture::Scroll: {
        // The whole height goes through the whole series, but never faster than one image per two pixels.
        const double perImage =
            std::clamp(height() / std::max(1.0, static_cast<double>(m_viewport->state().count)), 2.0, 12.0);
        m_scrollRest += delta.y() / perImage;
        if (const double whole = std::trunc(m_scrollRest); whole != 0) {
            m_scrollRest -= whole;
            m_viewport->scrollBy(static_cast<int>(whole));
        }
        break;
    }
    case Gesture::Window:
        m_viewport->dragWindow(delta.x() * ratio(), delta.y() * ratio());
        break;
    case Gesture::Zoom:
        m_viewport->zoomAt({m_pressed.x() * ratio(), m_pressed.y() * ratio()}, std::exp(delta.y() * -0.005));
        break;
    case Gesture::Pan:
        m_viewport->panBy(delta.x() * ratio(), delta.y() * ratio());
        break;
    case Gesture::ScrollBar:
        scrollToBarPosition(m_last.y());
        break;
    case Gesture::WindowRegion:
        update();
        break;
    case Gesture::Cursor:
        placeCursor(m_last);
        break;
    case Gesture::Mask:
        if (!m_viewport->dragMask(delta.x() * ratio(), delta.y() * ratio()))
            showNotice(tr("Nothing is subtracted here: there is no mask to move."));
        break;
    case Gesture::Planes:
        if (auto *planes = m_reading.planes()) {
            const QPointF from = (m_last - delta) * ratio(), to = m_last * ratio();
            planes->drag(m_index, m_hold, {from.x(), from.y()}, {to.x(), to.y()});
        }
        break;
    case Gesture::None:
        break;
    }
}

void ViewportWidget::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != m_button)
        return;
    m_button = Qt::NoButton;
    const bool clicked = !m_dragged;
    const Gesture ended = std::exchange(m_gesture, Gesture::None);
    m_dragged = false;
    if (ended == Gesture::WindowRegion && !clicked && m_viewport) {
        const QPointF from = m_pressed * ratio(), to = event->position() * ratio();
        if (!m_viewport->windowOver({from.x(), from.y()}, {to.x(), to.y()}))
            showNotice(tr("There are no grey values in this region."));
        m_reading.cancel();
    }
    if (clicked)
        doAct(m_clickAct, event->globalPosition().toPoint());
    updateProbe(event->position());
    update();
}

void ViewportWidget::doAct(const QString &act, QPoint globalPosition)
{
    if (act == GestureReader::contextMenu())
        Q_EMIT contextMenuRequested(globalPosition);
    else if (!act.isEmpty())
        Q_EMIT actRequested(act);
}

void ViewportWidget::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QString act =
        m_gestures.actFor(session::Gesture::Kind::DoubleClick, event->button(), event->modifiers());
    if (!m_viewport || act.isEmpty() || gestureOf(*event) == Gesture::ScrollBar) {
        mousePressEvent(event); // a quick second press is one
        return;
    }
    m_reading.setActive(m_index);
    doAct(act, event->globalPosition().toPoint());
}

void ViewportWidget::wheelEvent(QWheelEvent *event)
{
    if (!m_viewport)
        return;
    event->accept();
    m_reading.setActive(m_index);
    const QPoint turned = event->angleDelta(); // with Alt some systems turn the wheel sideways
    const double steps = (turned.y() != 0 ? turned.y() : turned.x()) / kWheelStep;
    if (hasLens()) {
        m_reading.setMagnification(m_reading.magnification() * std::pow(1.15, steps));
        return;
    }
    const auto act = m_gestures.wheelActFor(event->modifiers());
    switch (act) {
    case WheelAct::None:
        return;
    case WheelAct::Zoom: {
        const QPointF at = event->position() * ratio();
        m_viewport->zoomAt({at.x(), at.y()}, std::pow(1.15, steps));
        return;
    }
    case WheelAct::WindowWidth:
        m_viewport->dragWindow(steps * kWheelWindow, 0);
        return;
    case WheelAct::WindowCenter:
        m_viewport->dragWindow(0, -steps * kWheelWindow);
        return;
    case WheelAct::Scroll:
    case WheelAct::Series:
    case WheelAct::Phase:
        break;
    }
    m_wheelRest += steps; // high-resolution wheels send parts of a step
    const double whole = std::trunc(m_wheelRest);
    m_wheelRest -= whole;
    const int by = -static_cast<int>(whole);
    if (auto *planes = m_reading.planes(); by != 0 && planes != nullptr && act == WheelAct::Phase) {
        planes->thicken(m_index, -by); // planes have no phases
        return;
    }
    if (by != 0 && act == WheelAct::Series)
        m_reading.stepSeries(by);
    else if (by != 0 && act == WheelAct::Phase && m_viewport->state().phase.count > 1)
        m_viewport->stepPhase(by);
    else if (by != 0)
        m_viewport->scrollBy(by); // also where there is one phase only
}

void ViewportWidget::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(seriesMimeType()))
        event->acceptProposedAction();
}

void ViewportWidget::dropEvent(QDropEvent *event)
{
    if (!event->mimeData()->hasFormat(seriesMimeType()))
        return;
    event->acceptProposedAction();
    m_reading.setActive(m_index);
    m_reading.showSeries(m_index, base::SeriesUid(event->mimeData()->data(seriesMimeType()).toStdString()));
}

void ViewportWidget::keyPressEvent(QKeyEvent *event)
{
    event->ignore(); // keys belong to the window's actions
}

void ViewportWidget::updateCursor()
{
    switch (m_hold.part) {
    case session::CrossHold::Part::Centre:
        setCursor(Qt::SizeAllCursor);
        return;
    case session::CrossHold::Part::Line:
        setCursor(Qt::OpenHandCursor);
        return;
    case session::CrossHold::Part::End:
        setCursor(Qt::PointingHandCursor);
        return;
    case session::CrossHold::Part::Slab:
        setCursor(Qt::SplitHCursor);
        return;
    case session::CrossHold::Part::None:
        break;
    }
    switch (m_reading.tool()) {
    case session::Tool::Scroll:
        setCursor(Qt::SizeVerCursor);
        break;
    case session::Tool::Window:
        setCursor(Qt::CrossCursor);
        break;
    case session::Tool::Zoom:
        setCursor(Qt::ArrowCursor);
        break;
    case session::Tool::Pan:
        setCursor(Qt::OpenHandCursor);
        break;
    case session::Tool::WindowRegion:
        setCursor(Qt::CrossCursor);
        break;
    case session::Tool::Cursor:
        setCursor(Qt::PointingHandCursor);
        break;
    case session::Tool::Mask:
        setCursor(Qt::SizeAllCursor);
        break;
    }
}

} // namespace negatoscope::ui
