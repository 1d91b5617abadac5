#include "PlaneActions.h"

#include "Actions.h"
#include "ViewportGrid.h"

#include <session/PlanesPresenter.h>
#include <session/ReadingPresenter.h>
#include <ui/ErrorSentences.h>
#include <ui/ViewportWidget.h>
#include <ui/VolumeWords.h>

#include <QtGui/QActionGroup>
#include <QtWidgets/QMenu>

#include <array>

namespace negatoscope::ui {

namespace {

struct Step
{
    ActionId action;
    double mm; ///< 0: from voxel to voxel
};
constexpr std::array kSteps{Step{ActionId::PlaneStepVoxel, 0}, Step{ActionId::PlaneStep1, 1},
                            Step{ActionId::PlaneStep2, 2}, Step{ActionId::PlaneStep5, 5},
                            Step{ActionId::PlaneStep10, 10}};

constexpr ActionId projectionAction(volume::Projection projection)
{
    return static_cast<ActionId>(static_cast<int>(ActionId::SlabMaximum) + static_cast<int>(projection));
}

constexpr std::array kProjections{volume::Projection::Maximum, volume::Projection::Minimum,
                                  volume::Projection::Mean};

} // namespace

PlaneActions::PlaneActions(session::ReadingPresenter &reading, Actions &actions, ViewportGrid &grid,
                           QWidget *window)
    : QObject(window),
      m_reading(reading),
      m_actions(actions),
      m_grid(grid),
      m_slabMenu(new QMenu(tr("Slab"), window)),
      m_stepMenu(new QMenu(tr("Step of scrolling"), window))
{
    m_slabMenu->setObjectName(QStringLiteral("slabMenu"));
    m_stepMenu->setObjectName(QStringLiteral("planeStepMenu"));
    actions.on(ActionId::Planes, this, [this] { toggle(); });
    const auto planes = [&](ActionId id, auto work) {
        actions.on(id, this, [this, work] {
            if (auto *shown = m_reading.planes())
                work(*shown);
            update();
        });
    };
    using Planes = session::PlanesPresenter;
    planes(ActionId::ResetPlanes, [](Planes &shown) { shown.reset(); });
    planes(ActionId::SlabThicker, [this](Planes &shown) { shown.thicken(m_reading.activeIndex(), 1); });
    planes(ActionId::SlabThinner, [this](Planes &shown) { shown.thicken(m_reading.activeIndex(), -1); });
    auto *ways = new QActionGroup(this);
    for (const volume::Projection projection : kProjections) {
        const ActionId id = projectionAction(projection);
        ways->addAction(actions[id]);
        m_slabMenu->addAction(actions[id]);
        planes(id, [projection](Planes &shown) { shown.setProjection(projection); });
    }
    m_slabMenu->addSeparator();
    m_slabMenu->addAction(actions[ActionId::SlabThicker]);
    m_slabMenu->addAction(actions[ActionId::SlabThinner]);
    auto *steps = new QActionGroup(this);
    for (const Step &step : kSteps) {
        steps->addAction(actions[step.action]);
        m_stepMenu->addAction(actions[step.action]);
        planes(step.action, [mm = step.mm](Planes &shown) { shown.setStepMm(mm); });
    }
    connect(&reading, &session::ReadingPresenter::planesRefused, this, &PlaneActions::tellRefused);
    update();
}

void PlaneActions::addTo(QMenu &menu)
{
    menu.addSeparator();
    menu.addAction(m_actions[ActionId::Planes]);
    if (!m_reading.planes())
        return;
    menu.addMenu(m_slabMenu);
    menu.addMenu(m_stepMenu);
    menu.addAction(m_actions[ActionId::ResetPlanes]);
}

void PlaneActions::update()
{
    const auto *planes = m_reading.planes();
    const auto *active = m_reading.active();
    QAction *toggle = m_actions[ActionId::Planes];
    toggle->setChecked(planes != nullptr);
    toggle->setEnabled(planes != nullptr || (active != nullptr && active->series()));
    for (const ActionId id : range(ActionId::ResetPlanes, ActionId::PlaneStep10))
        m_actions[id]->setEnabled(planes != nullptr);
    for (const volume::Projection projection : kProjections)
        m_actions[projectionAction(projection)]->setChecked(planes != nullptr &&
                                                            planes->projection() == projection);
    for (const Step &step : kSteps)
        m_actions[step.action]->setChecked(planes != nullptr && planes->chosenStepMm() == step.mm);
}

/// Of the series under the pointer, else of the active viewport.
void PlaneActions::toggle()
{
    if (!m_reading.planes())
        m_grid.activateUnderPointer();
    m_reading.togglePlanes();
    m_grid.focusActive();
    update();
}

void PlaneActions::tellRefused(const std::vector<volume::Finding> &findings,
                               const std::optional<base::Error> &error)
{
    QStringList sentences;
    for (const volume::Finding &finding : findings)
        if (finding.effect == volume::Finding::Effect::Refused)
            sentences << words::findingSentence(finding);
    if (error)
        sentences << (error->code() == base::ErrorCode::LimitExceeded ? words::noRoomSentence()
                                                                      : sentenceFor(*error));
    const auto at = static_cast<std::size_t>(m_reading.activeIndex());
    if (at < m_grid.viewports().size())
        m_grid.viewports()[at]->showNotice(sentences.join(u'\n'));
    update();
}

} // namespace negatoscope::ui
