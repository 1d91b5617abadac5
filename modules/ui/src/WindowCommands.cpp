// What the command palette offers of a window: its actions, and the series of the study it shows.
#include "Actions.h"
#include "CommandPalette.h"

#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/Words.h>

namespace negatoscope::ui {

namespace {

/// The actions of a window that can be done now.
std::vector<Command> commandsOf(const Actions &actions)
{
    std::vector<Command> commands;
    for (const ActionRow &row : actionTable()) {
        QAction *action = actions[row.id];
        if (action == nullptr || row.id == ActionId::Commands || !action->isEnabled() || !action->isVisible())
            continue;
        const bool preset = row.id >= ActionId::Preset0 && row.id <= ActionId::Preset9;
        commands.push_back({preset ? ReadingWindow::tr("Window preset", "kind of command")
                                   : ReadingWindow::tr("Action", "kind of command"),
                            action->text(), QString::fromLatin1(row.text),
                            action->shortcut().toString(QKeySequence::NativeText),
                            [action] { action->trigger(); }});
    }
    return commands;
}

} // namespace

std::vector<Command> StudyListWindow::commands() const
{
    return commandsOf(*m_actions);
}

std::vector<Command> ReadingWindow::commands() const
{
    std::vector<Command> commands = commandsOf(*m_actions);
    const auto &strip = m_reading.strip();
    for (int row = 0; row < strip.rowCount(); ++row) {
        const auto &series = strip.seriesAt(row);
        if (series.displayable == 0)
            continue;
        const QString text =
            (words::text(series.modality) + u' ' + words::text(series.description)).trimmed();
        commands.push_back({tr("Series", "kind of command"), text, {}, {}, [this, uid = series.uid] {
                                m_reading.showSeries(m_reading.activeIndex(), uid);
                            }});
    }
    return commands;
}

} // namespace negatoscope::ui
