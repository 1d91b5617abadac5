#include "RenderedActions.h"

#include "Actions.h"
#include "RenderedWords.h"
#include "ViewportGrid.h"
#include "VolumeView.h"

#include <ui/ViewportWidget.h>

#include <QtGui/QActionGroup>
#include <QtWidgets/QMenu>

namespace negatoscope::ui {

RenderedActions::RenderedActions(session::ReadingPresenter &reading, Actions &actions, ViewportGrid &grid,
                                 QWidget *window)
    : QObject(window),
      m_reading(reading),
      m_actions(actions),
      m_grid(grid),
      m_menu(new QMenu(window)),
      m_looks(new QMenu(tr("Look"), window))
{
    m_menu->setObjectName(QStringLiteral("renderedMenu"));
    m_looks->setObjectName(QStringLiteral("renderedLookMenu"));
    actions.on(ActionId::Rendered, this, [this] { toggle(); });
    const auto view = [&](ActionId id, auto work) {
        actions.on(id, this, [this, work] {
            if (auto *shown = m_grid.volumeView())
                work(*shown);
            update();
        });
    };
    m_menu->addMenu(m_looks);
    m_menu->addSeparator();
    for (const ActionId id : range(ActionId::RenderedFront, ActionId::RenderedFeet)) {
        const int side = static_cast<int>(id) - static_cast<int>(ActionId::RenderedFront);
        view(id, [side](VolumeView &shown) { shown.lookFrom(static_cast<rendering::Side>(side)); });
        m_menu->addAction(actions[id]);
    }
    m_menu->addSeparator();
    view(ActionId::RenderedCut, [](VolumeView &shown) { shown.setCutting(!shown.isCutting()); });
    view(ActionId::ResetRendered, [](VolumeView &shown) { shown.reset(); });
    for (const ActionId id : {ActionId::RenderedCut, ActionId::ResetRendered})
        m_menu->addAction(actions[id]);
    m_menu->addSeparator();
    for (const ActionId id : {ActionId::ReferenceLines, ActionId::CornerText, ActionId::Rendered})
        m_menu->addAction(actions[id]);
    connect(&grid, &ViewportGrid::rebuilt, this, [this] {
        if (auto *shown = m_grid.volumeView()) {
            connect(shown, &VolumeView::changed, this, &RenderedActions::update, Qt::UniqueConnection);
            connect(shown, &VolumeView::contextMenuRequested, this, &RenderedActions::showMenu,
                    Qt::UniqueConnection);
        }
        update();
    });
    update();
}

/// Of the series under the pointer, else of the active viewport.
void RenderedActions::toggle()
{
    if (!m_reading.planes())
        m_grid.activateUnderPointer();
    m_reading.toggleRendered();
    m_grid.focusActive();
    update();
}

void RenderedActions::fillLooks()
{
    m_looks->clear();
    auto *shown = m_grid.volumeView();
    if (shown == nullptr)
        return;
    auto *ways = new QActionGroup(m_looks);
    for (const auto &look : shown->looks()) {
        const QString id = QString::fromStdString(look.id);
        QAction *action = m_looks->addAction(words::lookText(id));
        action->setObjectName(id);
        action->setCheckable(true);
        action->setChecked(id == shown->look());
        ways->addAction(action);
        connect(action, &QAction::triggered, shown, [shown, id] { shown->setLook(id); });
    }
}

void RenderedActions::showMenu(QPoint globalPosition)
{
    fillLooks();
    m_menu->popup(globalPosition);
}

void RenderedActions::update()
{
    const auto *shown = m_grid.volumeView();
    const auto *active = m_reading.active();
    QAction *toggle = m_actions[ActionId::Rendered];
    toggle->setChecked(m_reading.isRendered());
    toggle->setEnabled(m_reading.planes() != nullptr || (active != nullptr && active->series()));
    for (const ActionId id : range(ActionId::RenderedFront, ActionId::ResetRendered))
        m_actions[id]->setEnabled(shown != nullptr);
    m_actions[ActionId::RenderedCut]->setChecked(shown != nullptr && shown->isCutting());
}

} // namespace negatoscope::ui
