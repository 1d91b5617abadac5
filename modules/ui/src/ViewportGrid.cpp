#include "ViewportGrid.h"

#include "GestureReader.h"
#include "VolumeView.h"

#include <ui/Theme.h>
#include <ui/ViewportWidget.h>

#include <QtGui/QPainter>

namespace negatoscope::ui {

namespace {
constexpr int kGap = measures::kViewportGap;
}

ViewportGrid::ViewportGrid(session::ReadingPresenter &reading, const session::Bindings &bindings,
                           QWidget *parent)
    : QWidget(parent),
      m_reading(reading),
      m_gestures(new GestureReader(bindings, this))
{
    setObjectName(QStringLiteral("viewportGrid"));
    setAccessibleName(tr("Viewports"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(256, 192);
    connect(&reading, &session::ReadingPresenter::layoutChanged, this, &ViewportGrid::rebuild);
    connect(&reading, &session::ReadingPresenter::changed, this, [this] { update(); });
    rebuild();
}

void ViewportGrid::rebuild()
{
    const auto &presenters = m_reading.viewports();
    bool same = presenters.size() == m_viewports.size();
    for (std::size_t i = 0; same && i < presenters.size(); ++i)
        same = m_viewports[i]->presenter() == presenters[i].get();
    if (!same) {
        const bool hadFocus = isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
        for (ViewportWidget *gone : m_viewports) {
            gone->hide();
            gone->deleteLater(); // we may be inside one of its events
        }
        m_viewports.clear();
        for (std::size_t i = 0; i < presenters.size(); ++i) {
            auto *viewport =
                new ViewportWidget(m_reading, *presenters[i], static_cast<int>(i), *m_gestures, this);
            viewport->installEventFilter(m_gestures);
            connect(viewport, &ViewportWidget::actRequested, this, &ViewportGrid::actRequested);
            connect(viewport, &ViewportWidget::contextMenuRequested, this,
                    &ViewportGrid::contextMenuRequested);
            m_viewports.push_back(viewport);
        }
        if (hadFocus)
            focusActive();
    }
    rebuildVolumeView(same);
    arrange();
    Q_EMIT rebuilt();
}

void ViewportGrid::rebuildVolumeView(bool same)
{
    if (m_volumeView != nullptr && (!same || !m_reading.isRendered())) {
        m_volumeView->hide();
        m_volumeView->deleteLater(); // we may be inside one of its events
        m_volumeView = nullptr;
        m_volumeAlone = false;
    }
    if (m_volumeView != nullptr || !m_reading.isRendered())
        return;
    m_volumeView = new VolumeView(m_reading, *m_gestures, this);
    m_volumeView->installEventFilter(m_gestures);
    connect(m_volumeView, &VolumeView::actRequested, this, &ViewportGrid::actRequested);
    connect(m_volumeView, &VolumeView::maximiseRequested, this, [this] {
        m_volumeAlone = !m_volumeAlone;
        arrange();
    });
}

void ViewportGrid::arrange()
{
    const auto layout = m_reading.layout();
    const QRect area = rect().adjusted(kGap, kGap, -kGap, -kGap);
    const auto alone = m_reading.maximised();
    const auto cell = [&](const session::GridPlace &place) {
        const auto edge = [](int from, int size, int parts, int part) {
            return from + (size + kGap) * part / parts;
        };
        const int left = edge(area.left(), area.width(), layout.columns, place.column);
        const int right =
            edge(area.left(), area.width(), layout.columns, place.column + place.columns) - kGap;
        const int top = edge(area.top(), area.height(), layout.rows, place.row);
        const int bottom = edge(area.top(), area.height(), layout.rows, place.row + place.rows) - kGap;
        return QRect(left, top, right - left, bottom - top);
    };
    if (m_volumeView != nullptr) {
        m_volumeView->setGeometry(m_volumeAlone ? area : cell(m_reading.renderedPlace()));
        m_volumeView->setVisible(m_volumeAlone || !alone);
    }
    for (std::size_t i = 0; i < m_viewports.size(); ++i) {
        const int index = static_cast<int>(i);
        m_viewports[i]->setGeometry(alone ? area : cell(m_reading.placeOf(index)));
        m_viewports[i]->setVisible(!m_volumeAlone && (!alone || *alone == index));
    }
    update();
}

void ViewportGrid::focusActive()
{
    const auto active = static_cast<std::size_t>(m_reading.activeIndex());
    if (active < m_viewports.size())
        m_viewports[active]->setFocus(Qt::OtherFocusReason);
}

void ViewportGrid::activateUnderPointer()
{
    for (const ViewportWidget *viewport : m_viewports)
        if (viewport->underMouse() && viewport->presenter() && viewport->presenter()->series())
            m_reading.setActive(viewport->index());
}

void ViewportGrid::focusInEvent(QFocusEvent *)
{
    focusActive();
}

void ViewportGrid::resizeEvent(QResizeEvent *)
{
    arrange();
}

void ViewportGrid::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours::kPictureWindow);
    const auto active = static_cast<std::size_t>(m_reading.activeIndex());
    if (m_viewports.size() > 1 && !m_volumeAlone && !m_reading.maximised() && active < m_viewports.size())
        painter.fillRect(m_viewports[active]->geometry().adjusted(-kGap, -kGap, kGap, kGap),
                         colours::kPictureAccent);
}

} // namespace negatoscope::ui
