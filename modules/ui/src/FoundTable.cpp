#include "FoundTable.h"

#include "StudyColumns.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <utility>

namespace negatoscope::ui {

namespace {

using Column = session::StudySearch::Column;

StudySign otherPatientSign()
{
    return {QStringLiteral("warning"), colours::kWarning,
            FoundTable::tr("Another source tells another patient for this study: both rows are shown, "
                           "nothing was merged.")};
}

QString patientText(const QVariant &value)
{
    return value.toString().isEmpty() ? StudyTableWords::tr("no patient name") : value.toString();
}

} // namespace

StudySign remoteSign()
{
    return {QStringLiteral("remote"), colours::kSecondaryText,
            FoundTable::tr("Only in an archive: nothing of it is on this workstation.")};
}

StudySign partlySign()
{
    return {QStringLiteral("partly-here"), colours::kWarning,
            FoundTable::tr("Partly here: an archive has more images than this workstation.")};
}

std::vector<StudySign> foundSigns(const session::FoundRow &row)
{
    std::vector<StudySign> signs;
    switch (row.whereabouts()) {
    case session::Whereabouts::Remote:
        signs.push_back(remoteSign());
        break;
    case session::Whereabouts::Partly: {
        signs.push_back(partlySign());
        if (row.study.instances && row.local)
            signs.back().sentence =
                FoundTable::tr("Partly here: %1 of %2 images.")
                    .arg(QLocale().toString(row.local->instances), QLocale().toString(*row.study.instances));
        break;
    }
    case session::Whereabouts::Here:
        signs = studySigns(*row.local);
        break;
    }
    if (row.conflict)
        signs.push_back(otherPatientSign());
    return signs;
}

std::vector<StudySign> allFoundSigns()
{
    return {remoteSign(), partlySign(), otherPatientSign()};
}

// --- Words ---

FoundTableWords::FoundTableWords(session::StudySearch &search, QObject *parent)
    : QIdentityProxyModel(parent),
      m_search(search)
{
    setSourceModel(&search);
}

const session::FoundRow &FoundTableWords::rowAt(const QModelIndex &index) const
{
    return m_search.rowAt(index.row());
}

QString FoundTableWords::display(const QModelIndex &source) const
{
    const QVariant value = source.data(Qt::DisplayRole);
    if (source.column() == Column::Patient)
        return patientText(value);
    if (source.column() != Column::Sources)
        return studyValueText(source.column(), value);
    QStringList names = value.toStringList();
    if (m_search.rowAt(source.row()).local)
        names.prepend(tr("here", "a source of a study"));
    return names.join(QStringLiteral(", "));
}

QString FoundTableWords::tooltip(const QModelIndex &source) const
{
    const session::FoundRow &row = m_search.rowAt(source.row());
    if (source.column() == Column::PatientId)
        return words::patientIdText(words::text(row.study.patient.id), words::text(row.study.patient.issuer));
    if (source.column() != Column::State)
        return display(source);
    QStringList sentences;
    for (const StudySign &sign : foundSigns(row))
        sentences << sign.sentence;
    return sentences.join(u'\n');
}

QVariant FoundTableWords::data(const QModelIndex &index, int role) const
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
        return source.column() == Column::Sources ? static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft)
                                                  : studyColumnAlignment(source.column());
    default:
        return {};
    }
}

QVariant FoundTableWords::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section == Column::Sources) {
        if (role == Qt::TextAlignmentRole)
            return static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft);
        return role == Qt::DisplayRole ? QVariant(tr("Where", "header: the sources of a study")) : QVariant();
    }
    return orientation == Qt::Horizontal ? studyColumnHeader(section, role) : QVariant();
}

// --- Table ---

FoundTable::FoundTable(session::StudySearch &search, QSettings &settings, QWidget *parent)
    : QTableView(parent),
      m_search(search),
      m_words(new FoundTableWords(search, this))
{
    setObjectName(QStringLiteral("foundTable"));
    setAccessibleName(tr("Found studies"));
    setModel(m_words);
    setItemDelegateForColumn(
        Column::State,
        new SignDelegate([this](const QModelIndex &index) { return foundSigns(m_words->rowAt(index)); },
                         this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerItem);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(measures::kRow);
    horizontalHeader()->setObjectName(QStringLiteral("foundTableHeader"));
    m_columns = new StudyColumns(*this, settings,
                                 {QStringLiteral("studyList/foundColumns"),
                                  {48, 190, 110, 90, 124, 72, 200, 96, 60, 64, 130},
                                  Column::Description,
                                  Column::Patient,
                                  {Column::Series}});
    connect(this, &QTableView::doubleClicked, this, &FoundTable::openRequested);
    connect(&search, &session::StudySearch::aboutToMoveRows, this, &FoundTable::remember);
    connect(&search, &session::StudySearch::rowsMoved, this, &FoundTable::restore);
}

const session::FoundRow *FoundTable::current() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? &m_words->rowAt(index) : nullptr;
}

std::vector<session::FoundRow> FoundTable::chosen() const
{
    std::vector<session::FoundRow> rows;
    QModelIndexList selected = selectionModel()->selectedRows();
    std::sort(selected.begin(), selected.end());
    for (const QModelIndex &index : std::as_const(selected))
        rows.push_back(m_words->rowAt(index));
    return rows;
}

void FoundTable::selectFirst()
{
    if (m_words->rowCount() > 0 && !currentIndex().isValid())
        selectionModel()->setCurrentIndex(m_words->index(0, 0),
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void FoundTable::remember()
{
    const auto keyAt = [this](int row) {
        return Key{m_search.rowAt(row).study.uid, m_search.rowAt(row).study.patient};
    };
    m_anchor.reset();
    m_current.reset();
    m_selected.clear();
    const int top = verticalScrollBar()->value(),
              current = currentIndex().isValid() ? currentIndex().row() : -1;
    const bool currentIsOnScreen = current >= 0 && viewport()->rect().intersects(visualRect(currentIndex()));
    const int anchor = currentIsOnScreen ? current : top > 0 ? top : -1;
    if (anchor >= 0 && anchor < m_search.rowCount()) {
        m_anchor = keyAt(anchor);
        m_anchorOffset = anchor - top;
    }
    if (current >= 0)
        m_current = keyAt(current);
    // Beyond this looking each one up would be felt.
    constexpr int kMostKept = 256;
    const QModelIndexList selected = selectionModel()->selectedRows();
    if (selected.size() <= kMostKept)
        for (const QModelIndex &index : selected)
            m_selected.push_back(keyAt(index.row()));
}

void FoundTable::restore()
{
    const auto rowOf = [this](const Key &key) { return m_search.rowOf(key.uid, key.patient); };
    // Indexes follow their rows by themselves, unless all rows were replaced.
    if (m_current && !currentIndex().isValid()) {
        if (const int row = rowOf(*m_current); row >= 0) {
            selectionModel()->setCurrentIndex(m_words->index(row, 0), QItemSelectionModel::NoUpdate);
            for (const Key &key : m_selected)
                if (const int also = rowOf(key); also >= 0)
                    selectionModel()->select(m_words->index(also, 0),
                                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    if (m_anchor)
        if (const int row = rowOf(*m_anchor); row >= 0) {
            executeDelayedItemsLayout();
            updateGeometries();
            verticalScrollBar()->setValue(row - m_anchorOffset);
        }
    Q_EMIT currentRowChanged();
}

void FoundTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_columns->fit();
}

void FoundTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentRowChanged();
}

void FoundTable::keyboardSearch(const QString &text)
{
    if (!text.trimmed().isEmpty())
        Q_EMIT textTyped(text);
}

void FoundTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    Q_EMIT contextMenuRequested(byKey ? viewport()->mapToGlobal(visualRect(index).center())
                                      : event->globalPos());
}

} // namespace negatoscope::ui
