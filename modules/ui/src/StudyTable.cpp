#include "StudyTable.h"

#include "StudyColumns.h"
#include "StudyDrag.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QDrag>
#include <QtWidgets/QHeaderView>

#include <algorithm>
#include <utility>

namespace negatoscope::ui {

namespace {

using Column = session::StudyListModel::Column;

bool isNumber(int column)
{
    return column == Column::Series || column == Column::Instances || column == Column::Bytes;
}

StudySign completenessSign(cache::Completeness completeness)
{
    switch (completeness) {
    case cache::Completeness::Complete:
        return {QStringLiteral("complete"), colours::kComplete,
                StudyTable::tr("Complete: every image that the source listed is here.")};
    case cache::Completeness::Incomplete:
        return {QStringLiteral("incomplete"), colours::kWarning,
                StudyTable::tr("Incomplete: images that the source listed are missing.")};
    case cache::Completeness::Unknown:
        break;
    }
    return {QStringLiteral("unknown"), colours::kDisabledText,
            StudyTable::tr("Completeness unknown: the source gave no list of images.")};
}

StudySign conflictSign()
{
    return {QStringLiteral("warning"), colours::kWarning,
            StudyTable::tr("The objects of this study disagree on who the patient is.")};
}

StudySign inPlaceSign()
{
    return {QStringLiteral("in-place"), colours::kSecondaryText,
            StudyTable::tr("Opened where it lies; nothing was copied.")};
}

StudySign keptSign()
{
    return {QStringLiteral("kept"), colours::kSecondaryText,
            StudyTable::tr("Kept: never removed to make room.")};
}

} // namespace

std::vector<StudySign> studySigns(const cache::StudyRecord &study)
{
    std::vector<StudySign> signs{completenessSign(study.completeness)};
    if (study.identityConflict)
        signs.push_back(conflictSign());
    if (study.inPlace)
        signs.push_back(inPlaceSign());
    if (study.pinned)
        signs.push_back(keptSign());
    return signs;
}

std::vector<StudySign> allStudySigns()
{
    return {completenessSign(cache::Completeness::Complete),
            completenessSign(cache::Completeness::Incomplete),
            completenessSign(cache::Completeness::Unknown),
            conflictSign(),
            inPlaceSign(),
            keptSign()};
}

QStringList stateSentences(const cache::StudyRecord &study)
{
    QStringList sentences;
    for (const StudySign &sign : studySigns(study))
        sentences << sign.sentence;
    return sentences;
}

// --- Words ---

QString studyValueText(int column, const QVariant &value)
{
    switch (column) {
    case Column::State:
        return {};
    case Column::BirthDate:
        return words::dateText(value.toDate());
    case Column::StudyDate:
        if (value.userType() == QMetaType::QDateTime)
            return QStringLiteral("%1 %2").arg(words::dateText(value.toDate()),
                                               value.toTime().toString(QStringLiteral("HH:mm")));
        return words::dateText(value.toDate());
    case Column::Series:
    case Column::Instances:
        return value.isValid() ? QLocale().toString(value.toInt()) : QString();
    default:
        return value.toString();
    }
}

int studyColumnAlignment(int column)
{
    return static_cast<int>(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
}

QVariant studyColumnHeader(int column, int role)
{
    if (role == Qt::TextAlignmentRole)
        return studyColumnAlignment(column);
    if (role == Qt::ToolTipRole && column == Column::State)
        return StudyTableWords::tr("State");
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Patient:
        return StudyTableWords::tr("Patient");
    case Column::PatientId:
        return StudyTableWords::tr("Patient ID");
    case Column::BirthDate:
        return StudyTableWords::tr("Born");
    case Column::StudyDate:
        return StudyTableWords::tr("Study date");
    case Column::Modalities:
        return StudyTableWords::tr("Modality");
    case Column::Description:
        return StudyTableWords::tr("Description");
    case Column::Accession:
        return StudyTableWords::tr("Accession");
    case Column::Series:
        return StudyTableWords::tr("Series");
    case Column::Instances:
        return StudyTableWords::tr("Images");
    case Column::Bytes:
        return StudyTableWords::tr("Size");
    case Column::State:
        return QString(); // its signs have no room for a word
    default:
        return {};
    }
}

StudyTableWords::StudyTableWords(session::StudyListModel &studies, QObject *parent)
    : QIdentityProxyModel(parent),
      m_studies(studies)
{
    setSourceModel(&studies);
}

const cache::StudyRecord &StudyTableWords::studyAt(const QModelIndex &index) const
{
    return m_studies.studyAt(mapToSource(index).row());
}

Qt::ItemFlags StudyTableWords::flags(const QModelIndex &index) const
{
    return QIdentityProxyModel::flags(index) | Qt::ItemIsDragEnabled;
}

QString StudyTableWords::display(const QModelIndex &source) const
{
    const QVariant value = source.data(Qt::DisplayRole);
    if (!value.isValid())
        return source.column() == Column::Patient && m_studies.studyAt(source.row()).uid.value().empty()
                   ? QStringLiteral("…")
                   : QString();
    if (source.column() == Column::Patient && value.toString().isEmpty())
        return tr("no patient name");
    if (source.column() == Column::Bytes)
        return QLocale().formattedDataSize(value.toLongLong(), 1, QLocale::DataSizeTraditionalFormat);
    return studyValueText(source.column(), value);
}

QString StudyTableWords::tooltip(const QModelIndex &source) const
{
    const auto &study = m_studies.studyAt(source.row());
    if (study.uid.value().empty())
        return {};
    if (source.column() == Column::State)
        return stateSentences(study).join(u'\n');
    if (source.column() == Column::PatientId)
        return words::patientIdText(words::text(study.patient.id), words::text(study.patient.issuer));
    return display(source);
}

QVariant StudyTableWords::data(const QModelIndex &index, int role) const
{
    const QModelIndex source = mapToSource(index);
    if (!source.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return display(source);
    case Qt::ToolTipRole:
        return tooltip(source);
    case Qt::AccessibleTextRole:
        return source.column() == Column::State ? tooltip(source) : display(source);
    case Qt::TextAlignmentRole:
        return studyColumnAlignment(source.column());
    default:
        return {};
    }
}

QVariant StudyTableWords::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? studyColumnHeader(section, role) : QVariant();
}

// --- Table ---

StudyTable::StudyTable(session::StudyListModel &studies, QSettings &settings, QWidget *parent)
    : QTableView(parent),
      m_studies(studies),
      m_words(new StudyTableWords(studies, this))
{
    setObjectName(QStringLiteral("studyTable"));
    setAccessibleName(tr("Studies"));
    setModel(m_words);
    setItemDelegateForColumn(Column::State, new SignDelegate(
                                                [this](const QModelIndex &index) {
                                                    const auto &study = m_words->studyAt(index);
                                                    return study.uid.isEmpty() ? std::vector<StudySign>()
                                                                               : studySigns(study);
                                                },
                                                this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(measures::kRow);
    horizontalHeader()->setObjectName(QStringLiteral("studyTableHeader"));
    m_columns = new StudyColumns(*this, settings,
                                 {QStringLiteral("studyList/columnState"),
                                  {64, 200, 120, 96, 128, 72, 260, 110, 64, 64, 80},
                                  Column::Description,
                                  Column::Patient,
                                  {Column::Bytes}});
    connect(this, &QTableView::doubleClicked, this, &StudyTable::openRequested);
    connect(m_words, &QAbstractItemModel::modelAboutToBeReset, this, &StudyTable::rememberSelection);
    connect(m_words, &QAbstractItemModel::dataChanged, this, [this](const auto &first, const auto &last) {
        const int row = currentIndex().row();
        if (row >= first.row() && row <= last.row())
            Q_EMIT currentStudyChanged(); // its record has come, or says something else
    });
    connect(&studies, &session::StudyListModel::refreshed, this, &StudyTable::keepSelection);
}

const cache::StudyRecord *StudyTable::current() const
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return nullptr;
    const auto &study = m_words->studyAt(index);
    return study.uid.value().empty() ? nullptr : &study;
}

std::vector<session::StudyKeeping::Chosen> StudyTable::chosen() const
{
    std::vector<session::StudyKeeping::Chosen> chosen;
    const auto take = [&](int row) {
        chosen.push_back({m_studies.numberAt(row), m_studies.studyAt(row).uid});
    };
    const QModelIndex current = currentIndex();
    const bool currentIsSelected =
        current.isValid() && selectionModel()->isRowSelected(current.row(), QModelIndex());
    if (currentIsSelected)
        take(current.row());
    for (const QItemSelectionRange &range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            if (range.left() == 0 && !(currentIsSelected && row == current.row()))
                take(row);
    return chosen;
}

bool StudyTable::select(const base::StudyUid &study)
{
    const int row = m_studies.rowOf(study);
    if (row < 0)
        return false;
    const QModelIndex index = m_words->index(row, 0);
    // Whatever key is held down: this study alone, so that no other is deleted with it.
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    return true;
}

void StudyTable::rememberSelection()
{
    m_selected.clear();
    m_currentOffset = currentIndex().isValid() ? currentIndex().row() - rowAt(0) : 0;
    for (const auto &one : chosen())
        m_selected.push_back(one.number);
}

/// After a search the same studies stay selected if they are still there; else the first one is.
void StudyTable::keepSelection()
{
    const auto selected = std::exchange(m_selected, {});
    if (m_words->rowCount() > 0 && !currentIndex().isValid()) {
        const int row = std::max(m_studies.rowOfNumber(m_current), 0);
        const bool same = m_studies.numberAt(row) == m_current;
        selectionModel()->setCurrentIndex(m_words->index(row, 0),
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        if (same)
            scrollTo(m_words->index(std::max(row - m_currentOffset, 0), 0), PositionAtTop);
        // Beyond this looking each one up would be felt.
        constexpr std::size_t kMostKept = 256;
        for (const cache::StudyNumber number : selected.size() <= kMostKept ? selected : decltype(selected)())
            if (const int also = m_studies.rowOfNumber(number); also >= 0 && same)
                selectionModel()->select(m_words->index(also, 0),
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    tellVisibleRows();
    Q_EMIT currentStudyChanged();
}

void StudyTable::tellVisibleRows()
{
    const int first = std::max(rowAt(0), 0);
    m_studies.setVisibleRows(first, first + viewport()->height() / measures::kRow + 1);
}

void StudyTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    tellVisibleRows();
}

void StudyTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_columns->fit();
    tellVisibleRows();
}

void StudyTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid())
        m_current = m_studies.numberAt(current.row());
    Q_EMIT currentStudyChanged();
}

void StudyTable::keyboardSearch(const QString &text)
{
    if (!text.trimmed().isEmpty())
        Q_EMIT textTyped(text);
}

void StudyTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    Q_EMIT contextMenuRequested(byKey ? viewport()->mapToGlobal(visualRect(index).center())
                                      : event->globalPos());
}

void StudyTable::startDrag(Qt::DropActions)
{
    const auto *study = current();
    if (study == nullptr)
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(new StudyDrag(*study));
    // lint-allow(nested-loop): Qt offers a drag in no other way; it ends with the mouse button.
    drag->exec(Qt::CopyAction);
}

} // namespace negatoscope::ui
