// What the command palette offers of a reading window: its actions, and the series of the study.
#include "Actions.h"
#include "BindingWords.h"
#include "CommandPalette.h"

#include <ui/ReadingWindow.h>
#include <ui/Words.h>

namespace negatoscope::ui {

std::vector<Command> ReadingWindow::commands() const
{
    std::vector<Command> commands;
    for (const ActionRow &row : actionTable()) {
        QAction *action = (*m_actions)[row.id];
        if (row.id == ActionId::Commands || !action->isEnabled() || !action->isVisible())
            continue;
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys << key.toString(QKeySequence::PortableText);
        const bool preset = row.id >= ActionId::Preset0 && row.id <= ActionId::Preset9;
        commands.push_back({preset ? tr("Window preset", "kind of command") : tr("Action", "kind of command"),
                            action->text(), QString::fromLatin1(row.text), words::keysText(keys),
                            [action] { action->trigger(); }});
    }
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
