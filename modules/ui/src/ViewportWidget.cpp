#include <ui/ViewportWidget.h>

#include "LoadedBar.h"
#include "Magnifier.h"
#include "ModalityText.h"
#include "PictureSurface.h"
#include "PlaneWords.h"
#include "StudyBand.h"
#include "ViewportPainter.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QLocale>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <chrono>
#include <cmath>
#include <utility>

namespace negatoscope::ui {

namespace {

using Content = session::ViewportState::Content;
using namespace std::chrono_literals;

constexpr auto kSlow = 200ms;
constexpr auto kNotice = 6s;

} // namespace

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
    if (state.content == Content::Picture && state.plane)
        setAccessibleDescription(
            tr("%1, %2", "series, plane").arg(state.facts.seriesDescription, words::planeText(*state.plane)));
    else if (state.content == Content::Picture)
        setAccessibleDescription(tr("%1, image %2 of %3")
                                     .arg(state.facts.seriesDescription)
                                     .arg(state.index + 1)
                                     .arg(state.count));
    // The picture's own rectangle, before and now, and the lines of text that read differently.
    QRegion changed = m_painter->layOut(state, rect(), look(), ratio());
    m_laidOut = true;
    m_laidOutFor = state.picture;
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
    // Never the text of another picture, even if a paint comes before the change has been told.
    if (!std::exchange(m_laidOut, true) || m_laidOutFor != state.picture) {
        m_painter->layOut(state, rect(), look(), ratio());
        m_laidOutFor = state.picture;
    }
    drawTools(painter);
    m_painter->drawLaidOut(painter, state, rect(), look());
    LoadedBar::draw(painter, size(), {state.index, state.count, m_gesture == Gesture::ScrollBar},
                    m_viewport->marks(), m_viewport->gaps());
    Q_EMIT painted();
}

PainterLook ViewportWidget::look() const
{
    return {m_reading.cornerText(),
            &m_reading.cornerLayouts(),
            m_slow,
            m_probe,
            m_notice,
            bandColour(m_viewport->state().study.band),
            emptySentence()};
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
        update(m_painter->layOut(m_viewport->state(), rect(), look(), ratio()));
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

} // namespace negatoscope::ui
