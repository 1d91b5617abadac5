// The part of StudyTable that knows its columns: widths, order, which are shown.
#include "StudyTable.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using Column = session::StudyListModel::Column;
constexpr auto kHeaderKey = QLatin1String("studyList/columnState");

int firstWidth(int column)
{
    switch (column) {
    case Column::State:
        return 64;
    case Column::Patient:
        return 240;
    case Column::PatientId:
        return 140;
    case Column::BirthDate:
        return 96;
    case Column::StudyDate:
        return 128;
    case Column::Modalities:
        return 72;
    case Column::Description:
        return 260;
    case Column::Accession:
        return 120;
    case Column::Bytes:
        return 80;
    default:
        return 72;
    }
}

} // namespace

void StudyTable::restoreColumns()
{
    auto *header = horizontalHeader();
    constexpr int kPadding = 24; // and the sign of the order
    for (int column = 0; column < Column::ColumnCount; ++column) {
        const QString name = m_words->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        header->resizeSection(
            column, std::max(firstWidth(column), header->fontMetrics().horizontalAdvance(name) + kPadding));
    }
    header->hideSection(Column::Bytes);
    header->setSortIndicator(-1, Qt::DescendingOrder); // newest first
    header->setSortIndicatorClearable(true);
    m_ownWidths = header->restoreState(m_settings.value(kHeaderKey).toByteArray());
    setSortingEnabled(true); // asks for what the indicator says
    const auto remember = [this] { m_settings.setValue(kHeaderKey, horizontalHeader()->saveState()); };
    connect(header, &QHeaderView::sectionResized, this, [this, remember] {
        if (m_fitting)
            return;
        m_ownWidths = true;
        remember();
    });
    connect(header, &QHeaderView::sectionMoved, this, remember);
    connect(header, &QHeaderView::sortIndicatorChanged, this, remember);
}

/// Until the reader chooses widths, the description takes what room the others leave.
void StudyTable::fitDescription()
{
    if (m_ownWidths)
        return;
    constexpr int kLeast = 120;
    auto *header = horizontalHeader();
    const int others = header->length() - header->sectionSize(Column::Description);
    const QScopedValueRollback fitting(m_fitting, true);
    header->resizeSection(Column::Description, std::max(kLeast, viewport()->width() - others));
}

void StudyTable::showColumnMenu(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        QString name = m_words->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        if (name.isEmpty())
            name = m_words->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
        auto *action = menu->addAction(name);
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(column != Column::Patient); // a list without names is no list
        connect(action, &QAction::toggled, this, [this, header, column](bool shown) {
            header->setSectionHidden(column, !shown);
            m_settings.setValue(kHeaderKey, header->saveState());
        });
    }
    menu->popup(header->viewport()->mapToGlobal(position));
}

} // namespace negatoscope::ui
