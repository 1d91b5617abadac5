#include "WorklistWindow.h"

#include <ui/Theme.h>

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

namespace {
constexpr int kLongestName = 40;
}

WorklistWindow::WorklistWindow(session::SavedSearches &saved, session::SavedSearch search, QWidget *parent)
    : QDialog(parent),
      m_saved(saved),
      m_search(std::move(search)),
      m_before(m_search.name),
      m_name(new QLineEdit(m_search.name, this)),
      m_minutes(new QSpinBox(this)),
      m_says(new QLabel(this)),
      m_keep(new QPushButton(tr("Save"), this))
{
    setObjectName(QStringLiteral("worklistWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_before.isEmpty() ? tr("Save the search as a worklist") : tr("Change the worklist"));
    m_name->setObjectName(QStringLiteral("worklistName"));
    m_name->setAccessibleName(tr("Name of the worklist"));
    m_name->setMaxLength(kLongestName);
    m_minutes->setObjectName(QStringLiteral("worklistMinutes"));
    m_minutes->setAccessibleName(tr("Refreshed every"));
    m_minutes->setRange(0, session::SavedSearches::kMostMinutes);
    m_minutes->setSuffix(tr(" min", "unit after a number"));
    m_minutes->setSpecialValueText(tr("Only when asked for"));
    m_minutes->setValue(m_search.refreshMinutes);
    m_minutes->setToolTip(tr("While the worklist is shown it is asked for again so often"));
    m_says->setObjectName(QStringLiteral("worklistSays"));
    m_says->setTextFormat(Qt::PlainText);
    m_says->setWordWrap(true);
    m_says->setProperty("role", QStringLiteral("secondary"));
    m_keep->setObjectName(QStringLiteral("worklistKeep"));
    m_keep->setDefault(true);

    auto *form = new QFormLayout;
    form->setSpacing(measures::kPadding);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Refreshed every"), m_minutes);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("worklistCancel"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_keep);
    buttons->addWidget(cancel);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(measures::kPadding);
    column->addLayout(form);
    column->addWidget(m_says);
    column->addLayout(buttons);
    setMinimumWidth(420);
    connect(m_name, &QLineEdit::textChanged, this, &WorklistWindow::check);
    connect(m_keep, &QPushButton::clicked, this, &WorklistWindow::keep);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    check();
}

void WorklistWindow::check()
{
    const QString name = m_name->text().trimmed();
    m_keep->setEnabled(!name.isEmpty());
    const bool replaces = name != m_before && m_saved.named(name) != nullptr;
    m_says->setText(replaces
                        ? tr("There is a worklist of this name; it will be replaced.")
                        : tr("The place, the words and the filters as they are now; days such as \"today\" "
                             "move with the calendar."));
}

void WorklistWindow::keep()
{
    m_search.name = m_name->text().trimmed();
    m_search.refreshMinutes = m_minutes->value();
    if (!m_before.isEmpty() && m_before != m_search.name)
        m_saved.remove(m_before);
    m_saved.save(m_search);
    Q_EMIT kept(m_search.name);
    accept();
}

} // namespace negatoscope::ui
