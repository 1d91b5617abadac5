#include <ui/ViewportWidget.h>

#include "GestureReader.h"
#include "ViewportPainter.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QLocale>
#include <QtCore/QMimeData>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace negatoscope::ui {

namespace {

using Content = session::ViewportState::Content;
using namespace std::chrono_literals;

constexpr auto kSlow = 200ms;
constexpr int kScrollBarWidth = 6;
constexpr int kScrollBarReach = 12; // easier to hit than to see
constexpr double kWheelStep = 120;
constexpr double kWheelWindow = 12; // a step windows like a drag of so many pixels

QString probeText(const session::ViewportPresenter::Probe &probe)
{
    QString text = ViewportWidget::tr("column %1, row %2").arg(probe.column).arg(probe.row);
    if (probe.value) {
        text += QStringLiteral(":  ") + words::numberText(*probe.value, 2);
        if (!probe.unit.isEmpty())
            text += u' ' + probe.unit;
    } else if (probe.colour) {
        const QColor colour = QColor::fromRgb(*probe.colour);
        text += QStringLiteral(":  ") + ViewportWidget::tr("red %1, green %2, blue %3")
                                            .arg(colour.red())
                                            .arg(colour.green())
                                            .arg(colour.blue());
    }
    return text;
}

} // namespace

QString ViewportWidget::seriesMimeType()
{
    return QStringLiteral("application/x-negatoscope-series");
}

ViewportWidget::ViewportWidget(session::ReadingPresenter &reading, session::ViewportPresenter &viewport,
                               int index, const GestureReader &gestures, QWidget *parent)
    : QWidget(parent),
      m_reading(reading),
      m_viewport(&viewport),
      m_index(index),
      m_gestures(gestures),
      m_painter(std::make_unique<ViewportPainter>())
{
    setObjectName(QStringLiteral("viewport%1").arg(index));
    setAccessibleName(tr("Viewport %1").arg(index + 1));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::PreventContextMenu); // ours comes on release, if nothing was dragged
    setMouseTracking(true);
    setAcceptDrops(true);
    setMinimumSize(64, 64);
    m_slowTimer.setSingleShot(true);
    m_slowTimer.setInterval(kSlow);
    connect(&m_slowTimer, &QTimer::timeout, this, [this] {
        m_slow = true;
        update();
    });
    connect(&viewport, &QObject::destroyed, this, [this] { m_viewport = nullptr; });
    connect(&viewport, &session::ViewportPresenter::changed, this, &ViewportWidget::takeChange);
    connect(&reading, &session::ReadingPresenter::changed, this, [this] {
        updateCursor();
        update();
    });
    updateCursor();
    takeChange();
}

ViewportWidget::~ViewportWidget() = default;

void ViewportWidget::takeChange()
{
    if (!m_viewport)
        return;
    const auto &state = m_viewport->state();
    const bool underWay = state.content == Content::Waiting || state.pending.has_value();
    if (!underWay) {
        m_slowTimer.stop();
        m_slow = false;
    } else if (!m_slow && !m_slowTimer.isActive()) {
        m_slowTimer.start();
    }
    if (underMouse() && m_gesture == Gesture::None)
        updateProbe(mapFromGlobal(QCursor::pos()));
    if (state.content == Content::Picture)
        setAccessibleDescription(tr("%1, image %2 of %3")
                                     .arg(state.facts.seriesDescription)
                                     .arg(state.index + 1)
                                     .arg(state.count));
    update();
}

void ViewportWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (!m_viewport) {
        painter.fillRect(rect(), colours::kViewport);
        return;
    }
    const auto &state = m_viewport->state();
    if (state.content == Content::Picture) {
        renderPicture();
        if (m_image.deviceIndependentSize().toSize() != size())
            painter.fillRect(rect(), colours::kViewport);
        painter.drawImage(0, 0, m_image);
    } else {
        painter.fillRect(rect(), colours::kViewport);
    }
    ViewportPainter::Look look{m_reading.cornerText(), m_slow, m_probe, colours::kCurrentStudy};
    m_painter->draw(painter, state, rect(), look);
    drawScrollBar(painter);
    Q_EMIT painted();
}

void ViewportWidget::renderPicture()
{
    const auto &state = m_viewport->state();
    const QSize size(state.transform.view().width, state.transform.view().height);
    if (!state.picture || size.isEmpty())
        return;
    const bool same = m_image.size() == size && m_drawnPicture == state.picture &&
                      m_drawnTransform == state.transform && m_drawnSettings == state.render;
    m_image.setDevicePixelRatio(ratio());
    if (same)
        return;
    if (m_image.size() != size) {
        m_image = QImage(size, QImage::Format_RGB32);
        m_image.setDevicePixelRatio(ratio());
    }
    auto *pixels = reinterpret_cast<std::uint32_t *>(m_image.bits());
    m_renderer.draw(state.picture, state.transform, state.render, pixels,
                    static_cast<std::size_t>(m_image.bytesPerLine()) / 4);
    m_drawnPicture = state.picture;
    m_drawnTransform = state.transform;
    m_drawnSettings = state.render;
    ++m_renderings;
}

QRect ViewportWidget::scrollBarRect() const
{
    return QRect(width() - kScrollBarWidth - 1, 2, kScrollBarWidth, height() - 4);
}

void ViewportWidget::drawScrollBar(QPainter &painter)
{
    const auto &state = m_viewport->state();
    if (state.count < 2)
        return;
    const QRect bar = scrollBarRect();
    painter.fillRect(bar, colours::kPicturePanel);
    const int thumb = std::clamp(bar.height() / state.count, 12, std::max(bar.height(), 12));
    const int y = bar.top() + static_cast<int>(std::lround(static_cast<double>(bar.height() - thumb) *
                                                           state.index / (state.count - 1)));
    painter.fillRect(QRect(bar.left(), y, bar.width(), thumb), m_gesture == Gesture::ScrollBar
                                                                   ? colours::kPictureSecondary
                                                                   : colours::kPictureDisabled);
}

void ViewportWidget::scrollToBarPosition(double y)
{
    const QRect bar = scrollBarRect();
    const int count = m_viewport->state().count;
    const double part = std::clamp((y - bar.top()) / std::max(bar.height(), 1), 0.0, 1.0);
    m_viewport->scrollTo(static_cast<int>(std::lround(part * (count - 1))));
}

void ViewportWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateViewSize();
}

void ViewportWidget::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateViewSize();
}

void ViewportWidget::updateViewSize()
{
    if (m_viewport)
        m_viewport->setViewSize({static_cast<int>(std::lround(width() * ratio())),
                                 static_cast<int>(std::lround(height() * ratio()))});
}

bool ViewportWidget::isOnScrollBar(QPointF position) const
{
    return position.x() >= width() - kScrollBarReach && m_viewport->state().count > 1;
}

ViewportWidget::Gesture ViewportWidget::gestureOf(const QMouseEvent &event) const
{
    if (event.button() == Qt::LeftButton && isOnScrollBar(event.position()))
        return Gesture::ScrollBar;
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
    }
    return Gesture::None;
}

void ViewportWidget::mousePressEvent(QMouseEvent *event)
{
    if (!m_viewport || m_gesture != Gesture::None)
        return;
    m_reading.setActive(m_index);
    m_gesture = gestureOf(*event);
    m_button = event->button();
    m_clickAct = m_gesture == Gesture::ScrollBar
                     ? QString()
                     : m_gestures.actFor(session::Gesture::Kind::Click, m_button, event->modifiers());
    m_pressed = m_last = event->position();
    m_dragged = false;
    m_scrollRest = 0;
    if (m_gesture == Gesture::ScrollBar)
        scrollToBarPosition(event->position().y());
}

void ViewportWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_viewport)
        return;
    if (m_gesture == Gesture::None) {
        updateProbe(event->position());
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
    m_gesture = Gesture::None;
    m_dragged = false;
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
        break;
    }
    m_wheelRest += steps; // high-resolution wheels send parts of a step
    const double whole = std::trunc(m_wheelRest);
    m_wheelRest -= whole;
    if (whole != 0 && act == WheelAct::Series)
        m_reading.stepSeries(-static_cast<int>(whole));
    else if (whole != 0)
        m_viewport->scrollBy(-static_cast<int>(whole));
}

void ViewportWidget::updateProbe(QPointF position)
{
    QString text;
    if (m_viewport && m_viewport->state().content == Content::Picture &&
        rect().contains(position.toPoint())) {
        if (const auto probe = m_viewport->probe({position.x() * ratio(), position.y() * ratio()}))
            text = probeText(*probe);
    }
    if (text == m_probe)
        return;
    m_probe = text;
    update();
}

void ViewportWidget::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    if (!m_probe.isEmpty()) {
        m_probe.clear();
        update();
    }
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
    }
}

} // namespace negatoscope::ui
