#include "ModalityActions.h"

#include "Actions.h"

#include <session/ReadingPresenter.h>

#include <QtGui/QActionGroup>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using Viewport = session::ViewportPresenter;

constexpr double kMaskStep = 0.5; // pixels of the image

constexpr ActionId colourAction(imaging::ColourTable table)
{
    return static_cast<ActionId>(static_cast<int>(ActionId::ColourGrey) + static_cast<int>(table));
}

} // namespace

ModalityActions::ModalityActions(session::ReadingPresenter &reading, Actions &actions, QWidget *parent)
    : QObject(parent),
      m_reading(reading),
      m_actions(actions),
      m_colourMenu(new QMenu(tr("Colour table"), parent)),
      m_subtractionMenu(new QMenu(tr("Subtraction"), parent))
{
    m_colourMenu->setObjectName(QStringLiteral("colourMenu"));
    m_subtractionMenu->setObjectName(QStringLiteral("subtractionMenu"));
    const auto viewport = [&](ActionId id, auto work) {
        actions.on(id, this, [this, work] {
            if (auto *active = m_reading.active())
                work(*active);
            update();
        });
    };
    auto *group = new QActionGroup(this);
    for (const imaging::ColourTable table : imaging::kColourTables) {
        QAction *action = actions[colourAction(table)];
        group->addAction(action);
        m_colourMenu->addAction(action);
        viewport(colourAction(table), [table](Viewport &view) { view.setColourTable(table); });
    }
    m_colourMenu->addSeparator();
    m_colourMenu->addAction(actions[ActionId::NextColourTable]);
    viewport(ActionId::NextColourTable, [](Viewport &view) {
        const auto now = static_cast<std::size_t>(view.state().render.colourTable);
        view.setColourTable(imaging::kColourTables[(now + 1) % imaging::kColourTables.size()]);
    });
    viewport(ActionId::ClampAtZero, [](Viewport &view) { view.toggleClampAtZero(); });
    viewport(ActionId::NextPhase, [](Viewport &view) { view.stepPhase(1); });
    viewport(ActionId::PreviousPhase, [](Viewport &view) { view.stepPhase(-1); });

    for (const ActionId id : {ActionId::Subtraction, ActionId::UseAsMask, ActionId::ToolMask,
                              ActionId::MaskUp, ActionId::MaskDown, ActionId::MaskLeft, ActionId::MaskRight})
        m_subtractionMenu->addAction(actions[id]);
    viewport(ActionId::Subtraction, [](Viewport &view) { view.toggleSubtraction(); });
    viewport(ActionId::UseAsMask, [](Viewport &view) { view.useAsMask(); });
    viewport(ActionId::MaskUp, [](Viewport &view) { view.shiftMaskOnScreen(0, -kMaskStep); });
    viewport(ActionId::MaskDown, [](Viewport &view) { view.shiftMaskOnScreen(0, kMaskStep); });
    viewport(ActionId::MaskLeft, [](Viewport &view) { view.shiftMaskOnScreen(-kMaskStep, 0); });
    viewport(ActionId::MaskRight, [](Viewport &view) { view.shiftMaskOnScreen(kMaskStep, 0); });
    update();
}

void ModalityActions::addTo(QMenu &menu)
{
    const auto *active = m_reading.active();
    if (active == nullptr)
        return;
    const session::ViewportState &state = active->state();
    const bool colours = active->hasColourTables(), phases = state.phase.count > 1;
    if (!colours && !phases && !state.subtraction.possible)
        return;
    menu.addSeparator();
    if (colours) {
        menu.addMenu(m_colourMenu);
        menu.addAction(m_actions[ActionId::ClampAtZero]);
    }
    if (phases) {
        menu.addAction(m_actions[ActionId::NextPhase]);
        menu.addAction(m_actions[ActionId::PreviousPhase]);
    }
    if (state.subtraction.possible)
        menu.addMenu(m_subtractionMenu);
}

void ModalityActions::update()
{
    const auto *active = m_reading.active();
    const session::ViewportState *state = active != nullptr ? &active->state() : nullptr;
    const bool colours = active != nullptr && active->hasColourTables();
    for (const imaging::ColourTable table : imaging::kColourTables) {
        QAction *action = m_actions[colourAction(table)];
        action->setEnabled(colours);
        action->setChecked(colours && state->render.colourTable == table);
    }
    m_actions[ActionId::NextColourTable]->setEnabled(colours);
    m_actions[ActionId::ClampAtZero]->setEnabled(colours);
    m_actions[ActionId::ClampAtZero]->setChecked(colours && state->clampAtZero);
    const bool phases = state != nullptr && state->phase.count > 1;
    m_actions[ActionId::NextPhase]->setEnabled(phases);
    m_actions[ActionId::PreviousPhase]->setEnabled(phases);
    const bool subtracts = state != nullptr && state->subtraction.possible;
    m_actions[ActionId::Subtraction]->setEnabled(subtracts);
    m_actions[ActionId::Subtraction]->setChecked(subtracts && state->subtraction.wanted);
    m_actions[ActionId::UseAsMask]->setEnabled(subtracts);
    const bool shown = subtracts && state->subtraction.shown;
    for (const ActionId id :
         {ActionId::ToolMask, ActionId::MaskUp, ActionId::MaskDown, ActionId::MaskLeft, ActionId::MaskRight})
        m_actions[id]->setEnabled(shown);
}

} // namespace negatoscope::ui
