#include "StudyColumns.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace negatoscope::ui {

StudyColumns::StudyColumns(QTableView &table, QSettings &settings, Choice choice)
    : QObject(&table),
      m_table(table),
      m_settings(settings),
      m_choice(std::move(choice))
{
    auto *header = table.horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &StudyColumns::showMenu);
    restore();
}

QString StudyColumns::nameOf(int column) const
{
    const auto *model = m_table.model();
    const QString name = model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    return name.isEmpty() ? model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString() : name;
}

void StudyColumns::restore()
{
    auto *header = m_table.horizontalHeader();
    constexpr int kPadding = 24; // and the sign of the order
    for (int column = 0; column < m_table.model()->columnCount(); ++column) {
        const QString name = m_table.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        header->resizeSection(column, std::max(m_choice.widths.at(static_cast<std::size_t>(column)),
                                               header->fontMetrics().horizontalAdvance(name) + kPadding));
    }
    for (const int column : m_choice.hidden)
        header->hideSection(column);
    header->setSortIndicator(-1, Qt::DescendingOrder); // newest first
    header->setSortIndicatorClearable(true);
    m_ownWidths = header->restoreState(m_settings.value(m_choice.key).toByteArray());
    m_table.setSortingEnabled(true); // asks for what the indicator says
    const auto remember = [this] {
        m_settings.setValue(m_choice.key, m_table.horizontalHeader()->saveState());
    };
    connect(header, &QHeaderView::sectionResized, this, [this, remember] {
        if (m_fitting)
            return;
        m_ownWidths = true;
        remember();
    });
    connect(header, &QHeaderView::sectionMoved, this, remember);
    connect(header, &QHeaderView::sortIndicatorChanged, this, remember);
}

void StudyColumns::fit()
{
    if (m_ownWidths)
        return;
    constexpr int kLeast = 120;
    auto *header = m_table.horizontalHeader();
    const int others = header->length() - header->sectionSize(m_choice.fitted);
    const QScopedValueRollback fitting(m_fitting, true);
    header->resizeSection(m_choice.fitted, std::max(kLeast, m_table.viewport()->width() - others));
}

void StudyColumns::showMenu(QPoint position)
{
    auto *menu = new QMenu(&m_table);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *header = m_table.horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        auto *action = menu->addAction(nameOf(column));
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(column != m_choice.always); // a list without names is no list
        connect(action, &QAction::toggled, this, [this, header, column](bool shown) {
            header->setSectionHidden(column, !shown);
            m_settings.setValue(m_choice.key, header->saveState());
        });
    }
    menu->popup(header->viewport()->mapToGlobal(position));
}

} // namespace negatoscope::ui
