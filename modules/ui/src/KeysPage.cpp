#include "KeysPage.h"

#include "Actions.h"
#include "BindingWords.h"
#include "FuzzyMatch.h"
#include "KeyCapture.h"
#include "ProfileBar.h"

#include <ui/Theme.h>

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

namespace {

enum Column { ActionColumn, KeyColumn, NoteColumn, ColumnCount };
constexpr int kNameRole = Qt::UserRole;

QString nameText(const QString &name)
{
    if (const auto gesture = session::Gesture::fromText(name))
        return words::gestureText(*gesture);
    return actionText(name);
}

} // namespace

KeysPage::KeysPage(session::Bindings &bindings, QWidget *parent)
    : QWidget(parent),
      m_bindings(bindings),
      m_search(new QLineEdit(this)),
      m_table(new QTableWidget(static_cast<int>(bindings.bindables().size()), ColumnCount, this))
{
    setObjectName(QStringLiteral("keysPage"));
    m_search->setObjectName(QStringLiteral("keysSearch"));
    m_search->setAccessibleName(tr("Search actions and keys"));
    m_search->setPlaceholderText(tr("Search: action or key"));
    m_search->setClearButtonEnabled(true);

    m_table->setObjectName(QStringLiteral("keysTable"));
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_table->setHorizontalHeaderLabels({tr("Action"), tr("Keys"), tr("Note")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(ActionColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(KeyColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(NoteColumn, QHeaderView::ResizeToContents);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    int row = 0;
    for (const auto &bindable : bindings.bindables()) {
        for (int column = 0; column < ColumnCount; ++column)
            m_table->setItem(row, column, new QTableWidgetItem);
        m_table->item(row, ActionColumn)->setText(words::bindableText(bindable));
        m_table->item(row++, ActionColumn)->setData(kNameRole, bindable.name);
    }
    auto *editor = new QWidget(this);
    buildEditor(editor);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(measures::kPadding);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    column->addWidget(editor);
    column->addWidget(new ProfileBar(bindings, QStringLiteral("keys"), this));

    connect(m_search, &QLineEdit::textChanged, this, &KeysPage::filter);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &KeysPage::takeSelection);
    connect(m_table, &QTableWidget::itemActivated, m_set, &QPushButton::click);
    connect(&bindings, &session::Bindings::changed, this, &KeysPage::fill);
    fill();
    m_table->selectRow(0);
}

void KeysPage::buildEditor(QWidget *editor)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(measures::kPadding);
    const auto add = [&](auto *button, const char *name, const QString &tip) {
        button->setObjectName(QLatin1String(name));
        button->setToolTip(tip);
        button->setAutoDefault(false);
        row->addWidget(button);
        return button;
    };
    m_set = add(new KeyCapture(tr("Change key…"), true, editor), "setKey",
                tr("Then press the only key that the action will have"));
    m_add = add(new KeyCapture(tr("Add key…"), true, editor), "addKey",
                tr("Then press one more key for the action"));
    m_none = add(new QPushButton(tr("No key"), editor), "noKey", tr("Take all keys from the action"));
    m_default =
        add(new QPushButton(tr("Default"), editor), "defaultKey", tr("The keys it was delivered with"));
    row->addStretch(1);
    m_conflict = new QLabel(editor);
    m_conflict->setObjectName(QStringLiteral("keyConflict"));
    m_conflict->setTextFormat(Qt::PlainText);
    m_conflict->setWordWrap(true);
    m_conflict->setProperty("role", QStringLiteral("warning"));
    m_take = new QPushButton(tr("Take the key from there"), editor);
    m_take->setObjectName(QStringLiteral("takeKey"));
    m_take->setAutoDefault(false);
    auto *warning = new QHBoxLayout;
    warning->addWidget(m_conflict, 1);
    warning->addWidget(m_take);
    auto *column = new QVBoxLayout(editor);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addLayout(warning);

    connect(m_set, &KeyCapture::captured, this, [this](const QString &key) { give(key, false); });
    connect(m_add, &KeyCapture::captured, this, [this](const QString &key) { give(key, true); });
    connect(m_none, &QPushButton::clicked, this, [this] { m_bindings.setKeys(selected(), {}); });
    connect(m_default, &QPushButton::clicked, this, [this] { m_bindings.reset(selected()); });
    connect(m_take, &QPushButton::clicked, this, [this] {
        for (const QString &holder : m_bindings.holdersOf(m_lastKey, selected())) {
            QStringList keys = m_bindings.keysOf(holder);
            keys.removeAll(m_lastKey);
            m_bindings.setKeys(holder, keys);
        }
    });
}

QString KeysPage::selected() const
{
    const int row = m_table->currentRow();
    return row >= 0 ? m_table->item(row, ActionColumn)->data(kNameRole).toString() : QString();
}

void KeysPage::give(const QString &key, bool add)
{
    const QString name = selected();
    QStringList keys = add ? m_bindings.keysOf(name) : QStringList();
    if (!keys.contains(key))
        keys << key;
    m_lastKey = key;
    m_bindings.setKeys(name, keys);
    takeSelection();
}

void KeysPage::fill()
{
    QHash<QString, QStringList> alsoOf;
    for (const auto &conflict : m_bindings.conflicts()) {
        for (const QString &name : conflict.names) {
            for (const QString &other : conflict.names)
                if (other != name)
                    alsoOf[name] << tr("%1 also: %2", "note: key, other action")
                                        .arg(words::keysText({conflict.key}), nameText(other));
        }
    }
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QString name = m_table->item(row, ActionColumn)->data(kNameRole).toString();
        m_table->item(row, KeyColumn)->setText(words::keysText(m_bindings.keysOf(name)));
        QTableWidgetItem *note = m_table->item(row, NoteColumn);
        const bool conflict = alsoOf.contains(name);
        note->setText(conflict                          ? alsoOf[name].join(QStringLiteral("; "))
                      : m_bindings.areKeysChanged(name) ? tr("changed")
                                                        : QString());
        note->setForeground(conflict ? colours::kWarning.color() : colours::kSecondaryText.color());
    }
    filter();
    takeSelection();
}

void KeysPage::filter()
{
    const QString typed = fuzzyForm(m_search->text().trimmed());
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QString text =
            m_table->item(row, ActionColumn)->text() + u'\n' + m_table->item(row, KeyColumn)->text();
        m_table->setRowHidden(row, !fuzzyForm(text).contains(typed));
    }
}

void KeysPage::takeSelection()
{
    const QString name = selected();
    for (QWidget *button : std::initializer_list<QWidget *>{m_set, m_add})
        button->setEnabled(!name.isEmpty());
    m_none->setEnabled(!m_bindings.keysOf(name).isEmpty());
    m_default->setEnabled(m_bindings.areKeysChanged(name));
    showConflicts();
}

void KeysPage::showConflicts()
{
    const QString name = selected();
    QString sentence;
    const QStringList keys = m_bindings.keysOf(name);
    for (const QString &key : keys) {
        const QStringList holders = m_bindings.holdersOf(key, name);
        if (holders.isEmpty())
            continue;
        QStringList others;
        for (const QString &holder : holders)
            others << nameText(holder);
        sentence = tr("%1 is also the key of: %2. It does nothing until one of them lets it go.")
                       .arg(words::keysText({key}), others.join(QStringLiteral(", ")));
        m_lastKey = key;
        break;
    }
    m_conflict->setText(sentence);
    m_take->setVisible(!sentence.isEmpty());
}

} // namespace negatoscope::ui
