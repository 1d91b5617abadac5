// The part of ReadingWindow that connects cine, tiles, magnifier, true size and the ways to enlarge pixels.
#include "Actions.h"
#include "CineBar.h"
#include "ViewportGrid.h"

#include <ui/ReadingWindow.h>
#include <ui/ScreenMeasure.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QSettings>
#include <QtGui/QActionGroup>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <array>

namespace negatoscope::ui {

namespace {

using imaging::Interpolation;
using Refusal = session::ViewportPresenter::TrueSizeRefusal;

constexpr auto kInterpolationKey = QLatin1String("viewing/interpolation");
/// A key that was held longer than this was held, not tapped.
constexpr qint64 kHeldMs = 300;

struct Way
{
    Interpolation interpolation;
    ActionId action;
    const char *name; ///< of the setting
};
constexpr std::array kWays{
    Way{Interpolation::Nearest, ActionId::InterpolationNearest, "nearest"},
    Way{Interpolation::Bilinear, ActionId::InterpolationBilinear, "bilinear"},
    Way{Interpolation::Bicubic, ActionId::InterpolationBicubic, "bicubic"},
};

} // namespace

void ReadingWindow::connectCine()
{
    m_actions->on(ActionId::Cine, this, [this] {
        if (auto *active = m_reading.active())
            m_reading.cine().toggle(*active);
        m_cineBar->refresh(); // the check follows what came of it
    });
    m_actions->on(ActionId::CineAll, this, [this] { m_reading.toggleCineOfAll(); });
    for (const auto &[id, steps] : {std::pair(ActionId::CineFaster, 1), {ActionId::CineSlower, -1}})
        m_actions->on(id, this, [this, by = steps] {
            if (auto *active = m_reading.active())
                m_reading.cine().changeRate(*active, by);
        });
    m_actions->on(ActionId::CineSweep, this, [this] {
        if (auto *active = m_reading.active())
            m_reading.cine().toggleSweep(*active);
    });
}

void ReadingWindow::connectTools()
{
    m_actions->on(ActionId::Tiles, this, [this] { m_reading.toggleTiles(); });
    m_actions->on(ActionId::NextPage, this, [this] { m_reading.scrollPage(1); });
    m_actions->on(ActionId::PreviousPage, this, [this] { m_reading.scrollPage(-1); });
    m_actions->on(ActionId::Shutters, this, [this] {
        if (auto *active = m_reading.active())
            active->toggleShutters();
    });
    m_actions->on(ActionId::TrueSize, this, [this] { showTrueSize(); });

    // Held it is there while it is held, tapped until it is tapped again.
    (*m_actions)[ActionId::Magnifier]->setAutoRepeat(false);
    m_actions->on(ActionId::Magnifier, this, [this] {
        m_reading.setMagnifying(!m_reading.isMagnifying());
        m_magnifierPressed.start();
    });

    auto *ways = new QActionGroup(this);
    for (const Way &way : kWays) {
        ways->addAction((*m_actions)[way.action]);
        m_actions->on(way.action, this, [this, way] { chooseInterpolation(way.interpolation); });
    }
    m_actions->on(ActionId::InterpolationNext, this, [this] {
        const auto at = static_cast<std::size_t>(m_reading.interpolation());
        chooseInterpolation(kWays[(at + 1) % kWays.size()].interpolation);
    });
    const QString chosen = m_places.value(kInterpolationKey).toString();
    for (const Way &way : kWays)
        if (chosen == QLatin1String(way.name))
            m_reading.setInterpolation(way.interpolation);
}

void ReadingWindow::chooseInterpolation(Interpolation interpolation)
{
    m_reading.setInterpolation(interpolation);
    m_places.setValue(kInterpolationKey,
                      QString::fromLatin1(kWays[static_cast<std::size_t>(interpolation)].name));
}

void ReadingWindow::addInterpolationMenu(QMenu &menu)
{
    auto *sub = menu.addMenu(tr("Enlarged pixels"));
    sub->setObjectName(QStringLiteral("interpolationMenu"));
    for (const Way &way : kWays)
        sub->addAction((*m_actions)[way.action]);
}

void ReadingWindow::showTrueSize()
{
    auto *active = m_reading.active();
    const auto index = static_cast<std::size_t>(m_reading.activeIndex());
    if (active == nullptr || index >= m_grid->viewports().size())
        return;
    ViewportWidget *viewport = m_grid->viewports()[index];
    const auto refusal = active->trueSize(devicePixelsPerMm(*viewport, m_places));
    if (!refusal)
        return;
    switch (*refusal) {
    case Refusal::NoPicture:
        break;
    case Refusal::NoSpacing:
        viewport->showNotice(tr("No true size: this image does not say how large its pixels are."));
        break;
    case Refusal::DetectorSpacing:
        viewport->showNotice(
            tr("No true size: the millimetres of this image are those at the detector, where "
               "the patient appears enlarged."));
        break;
    case Refusal::FilmSpacing:
        viewport->showNotice(tr("No true size: the millimetres of this image are those of a scanned film."));
        break;
    case Refusal::NoScreen:
        viewport->showNotice(tr("No true size: this screen does not say how large it is."));
        break;
    }
}

void ReadingWindow::updateTools()
{
    const auto *active = m_reading.active();
    (*m_actions)[ActionId::Tiles]->setChecked(m_reading.tiles().isOn());
    (*m_actions)[ActionId::Magnifier]->setChecked(m_reading.isMagnifying());
    for (const Way &way : kWays)
        (*m_actions)[way.action]->setChecked(m_reading.interpolation() == way.interpolation);
    const bool shutters = active != nullptr && active->hasShutters();
    (*m_actions)[ActionId::Shutters]->setEnabled(shutters);
    (*m_actions)[ActionId::Shutters]->setChecked(shutters && active->state().render.shutter);
    m_cineBar->refresh();
}

void ReadingWindow::keyReleaseEvent(QKeyEvent *event)
{
    const auto keys = (*m_actions)[ActionId::Magnifier]->shortcuts();
    const bool isMagnifier = std::any_of(keys.begin(), keys.end(), [event](const QKeySequence &sequence) {
        return sequence.count() == 1 && sequence[0].key() == event->key();
    });
    if (isMagnifier && !event->isAutoRepeat() && m_magnifierPressed.isValid() &&
        m_magnifierPressed.elapsed() > kHeldMs)
        m_reading.setMagnifying(false);
    QMainWindow::keyReleaseEvent(event);
}

} // namespace negatoscope::ui
