#include "CommandPalette.h"

#include "FuzzyMatch.h"

#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace negatoscope::ui {

namespace {

enum Column { TextColumn, GroupColumn, KeyColumn, ColumnCount };
constexpr int kRows = 12, kWidth = 720;

} // namespace

CommandPalette::CommandPalette(QWidget &window, std::vector<Command> commands)
    : QFrame(&window),
      m_commands(std::move(commands)),
      m_field(new QLineEdit(this)),
      m_table(new QTableWidget(0, ColumnCount, this)),
      m_before(QApplication::focusWidget())
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Commands"));
    setProperty("role", QStringLiteral("palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_field->setObjectName(QStringLiteral("commandField"));
    m_field->setAccessibleName(tr("Type what you want"));
    m_field->setPlaceholderText(tr("Type what you want: an action, a preset, a layout, a series, a setting"));
    m_field->installEventFilter(this);

    m_table->setObjectName(QStringLiteral("commandTable"));
    m_table->setAccessibleName(tr("Commands found"));
    m_table->setHorizontalHeaderLabels({tr("Command"), tr("Kind"), tr("Keys")});
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(TextColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(GroupColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(KeyColumn, QHeaderView::ResizeToContents);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFocusPolicy(Qt::NoFocus); // the field keeps the keys
    m_table->setShowGrid(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_table, &QTableWidget::cellClicked, this, &CommandPalette::run);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_table);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::find);
    window.installEventFilter(this);
    find({});
    arrange();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

CommandPalette::~CommandPalette() = default;

QStringList CommandPalette::shownTexts() const
{
    QStringList texts;
    for (const std::size_t at : m_shown)
        texts << m_commands[at].text;
    return texts;
}

void CommandPalette::find(const QString &typed)
{
    std::vector<std::pair<int, std::size_t>> found;
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        const Command &command = m_commands[i];
        const auto own = fuzzyScore(typed, command.text), english = fuzzyScore(typed, command.english);
        if (own || english)
            found.emplace_back(std::max(own.value_or(INT_MIN), english.value_or(INT_MIN)), i);
    }
    if (!typed.trimmed().isEmpty()) // with nothing typed all are there in their order
        std::stable_sort(found.begin(), found.end(),
                         [](const auto &a, const auto &b) { return a.first > b.first; });
    m_shown.clear();
    for (const auto &row : found)
        m_shown.push_back(row.second);
    m_table->setRowCount(static_cast<int>(m_shown.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Command &command = m_commands[m_shown[static_cast<std::size_t>(row)]];
        auto *text = new QTableWidgetItem(command.text), *group = new QTableWidgetItem(command.group),
             *keys = new QTableWidgetItem(command.keys);
        group->setForeground(colours::kSecondaryText.color());
        keys->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, TextColumn, text);
        m_table->setItem(row, GroupColumn, group);
        m_table->setItem(row, KeyColumn, keys);
    }
    m_table->selectRow(0);
}

void CommandPalette::arrange()
{
    const QWidget &window = *parentWidget();
    const int width = std::min(kWidth, window.width() - 32);
    const int height =
        std::min(kRows * static_cast<int>(measures::kRow) + measures::kControl + 30, window.height() - 32);
    setGeometry((window.width() - width) / 2, std::max(window.height() / 8, 16), width, height);
}

void CommandPalette::leave()
{
    parentWidget()->removeEventFilter(this);
    if (m_before && m_field->hasFocus())
        m_before->setFocus(Qt::PopupFocusReason);
    hide();
    deleteLater();
}

void CommandPalette::run(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_shown.size())
        return;
    const auto work = m_commands[m_shown[static_cast<std::size_t>(row)]].run;
    leave();
    work();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize)
            arrange();
        return false;
    }
    if (event->type() == QEvent::FocusOut && isVisible()) {
        if (static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason)
            leave();
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // typed here, not meant for the actions
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int current = m_table->currentRow();
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(current);
        return true;
    case Qt::Key_Down:
    case Qt::Key_Tab:
        m_table->selectRow(std::min(current + 1, m_table->rowCount() - 1));
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        m_table->selectRow(std::max(current - 1, 0));
        return true;
    case Qt::Key_PageDown:
        m_table->selectRow(std::min(current + kRows, m_table->rowCount() - 1));
        return true;
    case Qt::Key_PageUp:
        m_table->selectRow(std::max(current - kRows, 0));
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace negatoscope::ui
