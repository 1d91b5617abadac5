#include <ui/ViewportWidget.h>

#include "GestureReader.h"
#include "LoadedBar.h"
#include "Magnifier.h"
#include "ModalityText.h"
#include "PictureSurface.h"
#include "StudyBand.h"
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
#include <utility>

namespace negatoscope::ui {

namespace {

using Content = session::ViewportState::Content;
using namespace std::chrono_literals;

constexpr auto kSlow = 200ms;
constexpr auto kNotice = 6s;
constexpr double kWheelStep = 120;
constexpr double kWheelWindow = 12; // a step windows like a drag of so many pixels

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
      m_painter(std::make_unique<ViewportPainter>()),
      m_surface(std::make_unique<PictureSurface>()),
      m_magnifier(std::make_unique<Magnifier>())
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
        updateAll();
    });
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(kNotice);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] { showNotice({}); });
    connect(&viewport, &QObject::destroyed, this, [this] { m_viewport = nullptr; });
    connect(&viewport, &session::ViewportPresenter::changed, this, &ViewportWidget::takeChange);
    connect(&viewport, &session::ViewportPresenter::marksChanged, this,
            [this] { update(LoadedBar::rect(size()).adjusted(-2, 0, 1, 0)); });
    connect(&reading, &session::ReadingPresenter::changed, this, [this] {
        if (m_gesture == Gesture::WindowRegion && m_reading.tool() != session::Tool::WindowRegion)
            m_gesture = Gesture::None; // given up with Esc
        updateCursor();
        updateAll();
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
        updateProbe(m_pointer); // asking the X server would wait for it
    if (state.content == Content::Picture)
        setAccessibleDescription(tr("%1, image %2 of %3")
                                     .arg(state.facts.seriesDescription)
                                     .arg(state.index + 1)
                                     .arg(state.count));
    // The picture's own rectangle, before and now, and the lines of text that read differently.
    QRegion changed =
        m_painter->layOut(state, rect(), {m_reading.cornerText(), m_slow, m_probe, m_notice, {}}, ratio());
    m_laidOut = true;
    const QRect picture = state.content == Content::Picture ? pictureRect(state, ratio()) : rect();
    changed += picture;
    if (picture != m_paintedPicture)
        changed += m_paintedPicture.isNull() ? rect() : m_paintedPicture;
    if (!state.overlays.empty() || hasLens())
        changed = rect();
    m_paintedPicture = picture;
    update((changed + LoadedBar::rect(size()).adjusted(-2, 0, 1, 0)) & rect());
}

void ViewportWidget::updateAll()
{
    m_laidOut = false;
    update();
}

quint64 ViewportWidget::renderings() const
{
    return m_surface->renderings();
}

void ViewportWidget::showNotice(const QString &sentence)
{
    if (sentence == m_notice)
        return;
    m_notice = sentence;
    if (sentence.isEmpty())
        m_noticeTimer.stop();
    else
        m_noticeTimer.start();
    updateAll();
}

void ViewportWidget::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (!m_viewport) {
        painter.fillRect(rect(), colours::kViewport);
        return;
    }
    const auto &state = m_viewport->state();
    if (state.content == Content::Picture)
        m_surface->paint(painter, state, size(), event->region());
    else
        painter.fillRect(rect(), colours::kViewport);
    const ViewportPainter::Look look{m_reading.cornerText(),       m_slow,         m_probe, m_notice,
                                     bandColour(state.study.band), emptySentence()};
    if (!std::exchange(m_laidOut, true))
        m_painter->layOut(state, rect(), look, ratio());
    drawTools(painter);
    m_painter->drawLaidOut(painter, state, rect(), look);
    LoadedBar::draw(painter, size(), {state.index, state.count, m_gesture == Gesture::ScrollBar},
                    m_viewport->marks(), m_viewport->gaps());
    Q_EMIT painted();
}

QString ViewportWidget::emptySentence() const
{
    auto &strip = m_reading.strip();
    bool pictures = strip.rowCount() == 0; // none listed yet: nothing is known
    for (int row = 0; row < strip.rowCount() && !pictures; ++row)
        pictures = strip.seriesAt(row).displayable > 0;
    return pictures ? tr("Drag a series here.") : tr("Nothing in this study can be shown as an image.");
}

/// Under the text, which stays readable over a lens: who this is must not be covered.
void ViewportWidget::drawTools(QPainter &painter)
{
    if (hasLens())
        m_magnifier->draw(painter, *m_viewport, size(), m_pointer, m_reading.magnification());
    if (m_gesture == Gesture::WindowRegion && m_dragged) {
        const QRect region = QRectF(m_pressed, m_last).normalized().toRect();
        painter.setPen(Qt::black);
        painter.drawRect(region.adjusted(-1, -1, 1, 1));
        painter.setPen(colours::kAccent);
        painter.drawRect(region);
    }
}

bool ViewportWidget::hasLens() const
{
    return m_reading.isMagnifying() && underMouse() && m_viewport != nullptr &&
           m_viewport->state().content == Content::Picture;
}

void ViewportWidget::movePointer(QPointF position)
{
    if (hasLens())
        update(Magnifier::lensRect(size(), m_pointer));
    m_pointer = position;
    if (hasLens())
        update(Magnifier::lensRect(size(), m_pointer));
}

void ViewportWidget::scrollToBarPosition(double y)
{
    m_viewport->scrollTo(LoadedBar::indexAt(size(), y, m_viewport->state().count));
}

void ViewportWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_pointer = mapFromGlobal(QCursor::pos());
    updateViewSize();
    updateAll();
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
    return LoadedBar::reach(size()).contains(position.toPoint()) && m_viewport->state().count > 1;
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
    case session::Tool::WindowRegion:
        return Gesture::WindowRegion;
    case session::Tool::Cursor:
        return Gesture::Cursor;
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
    m_reading.links().placeCursor(m_index, {position.x() * ratio(), position.y() * ratio()});
}

void ViewportWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_viewport)
        return;
    movePointer(event->position());
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
    case Gesture::WindowRegion:
        update();
        break;
    case Gesture::Cursor:
        placeCursor(m_last);
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
    if (m_viewport)
        update(m_painter->layOut(m_viewport->state(), rect(),
                                 {m_reading.cornerText(), m_slow, m_probe, m_notice, {}}, ratio()));
}

void ViewportWidget::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    m_pointer = mapFromGlobal(QCursor::pos());
}

void ViewportWidget::enterEvent(QEnterEvent *event)
{
    QWidget::enterEvent(event);
    movePointer(event->position());
}

void ViewportWidget::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_probe.clear();
    updateAll();
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
    case session::Tool::WindowRegion:
        setCursor(Qt::CrossCursor);
        break;
    case session::Tool::Cursor:
        setCursor(Qt::PointingHandCursor);
        break;
    }
}

} // namespace negatoscope::ui
