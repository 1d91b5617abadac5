#pragma once

#include <QtCore/QPointer>
#include <QtWidgets/QFrame>

#include <functional>
#include <vector>

class QLineEdit;
class QTableWidget;

namespace negatoscope::ui {

/// Something to do that can be found by typing.
struct Command
{
    QString group;   ///< what kind of thing it is, in the reader's language
    QString text;    ///< in the reader's language
    QString english; ///< also found by this; may be empty
    QString keys;    ///< those it has now
    std::function<void()> run;
};

/// What can be done, found by typing a few letters of it; lies over the window that asked for it.
///
/// Arrows choose, Enter does it, Esc or a click elsewhere closes. The focus goes back where it was before
/// the command runs.
class CommandPalette final : public QFrame
{
    Q_OBJECT
public:
    CommandPalette(QWidget &window, std::vector<Command> commands);
    ~CommandPalette() override;

    /// The texts shown now, best first.
    QStringList shownTexts() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find(const QString &typed);
    void arrange();
    void run(int row);
    void leave();

    std::vector<Command> m_commands;
    std::vector<std::size_t> m_shown; ///< rows of the table, as indices of m_commands
    QLineEdit *m_field;
    QTableWidget *m_table;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace negatoscope::ui
