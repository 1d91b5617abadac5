#include "StudyTable.h"

#include <ui/IconSet.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QSettings>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>

#include <utility>

namespace negatoscope::ui {

namespace {

using Column = session::StudyListModel::Column;
constexpr auto kHeaderKey = QLatin1String("studyList/columns");
constexpr int kSign = 16;

int firstWidth(int column)
{
    switch (column) {
    case Column::State:
        return 48;
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
    default:
        return 72;
    }
}

bool isNumber(int column)
{
    return column == Column::Series || column == Column::Instances;
}

struct Sign
{
    QString icon;
    colours::Role colour;
};

std::vector<Sign> signsOf(const cache::StudyRecord &study)
{
    std::vector<Sign> signs;
    switch (study.completeness) {
    case cache::Completeness::Complete:
        signs.push_back({QStringLiteral("complete"), colours::kComplete});
        break;
    case cache::Completeness::Incomplete:
        signs.push_back({QStringLiteral("incomplete"), colours::kWarning});
        break;
    case cache::Completeness::Unknown:
        signs.push_back({QStringLiteral("unknown"), colours::kDisabledText});
        break;
    }
    if (study.identityConflict)
        signs.push_back({QStringLiteral("warning"), colours::kWarning});
    else if (study.inPlace)
        signs.push_back({QStringLiteral("in-place"), colours::kSecondaryText});
    else if (study.pinned)
        signs.push_back({QStringLiteral("kept"), colours::kSecondaryText});
    return signs;
}

} // namespace

QStringList stateSentences(const cache::StudyRecord &study)
{
    QStringList sentences;
    switch (study.completeness) {
    case cache::Completeness::Complete:
        sentences << StudyTable::tr("Complete: every image that the source listed is here.");
        break;
    case cache::Completeness::Incomplete:
        sentences << StudyTable::tr("Incomplete: images that the source listed are missing.");
        break;
    case cache::Completeness::Unknown:
        sentences << StudyTable::tr("Completeness unknown: the source gave no list of images.");
        break;
    }
    if (study.identityConflict)
        sentences << StudyTable::tr("The objects of this study disagree on who the patient is.");
    if (study.inPlace)
        sentences << StudyTable::tr("Opened where it lies; nothing was copied.");
    if (study.pinned)
        sentences << StudyTable::tr("Kept: never removed to make room.");
    return sentences;
}

// --- Words ---

StudyTableWords::StudyTableWords(session::StudyListModel &studies, QObject *parent)
    : QSortFilterProxyModel(parent),
      m_studies(studies)
{
    setSourceModel(&studies);
}

const cache::StudyRecord &StudyTableWords::studyAt(const QModelIndex &index) const
{
    return m_studies.studyAt(mapToSource(index).row());
}

QString StudyTableWords::display(const QModelIndex &source) const
{
    const QVariant value = source.data(Qt::DisplayRole);
    switch (source.column()) {
    case Column::State:
        return {};
    case Column::Patient:
        return value.toString().isEmpty() ? tr("no patient name") : value.toString();
    case Column::BirthDate:
        return words::dateText(value.toDate());
    case Column::StudyDate:
        if (value.userType() == QMetaType::QDateTime)
            return QStringLiteral("%1 %2").arg(words::dateText(value.toDate()),
                                               value.toTime().toString(QStringLiteral("HH:mm")));
        return words::dateText(value.toDate());
    case Column::Series:
    case Column::Instances:
        return QLocale().toString(value.toInt());
    default:
        return value.toString();
    }
}

QString StudyTableWords::tooltip(const QModelIndex &source) const
{
    const auto &study = m_studies.studyAt(source.row());
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
        return static_cast<int>(Qt::AlignVCenter |
                                (isNumber(source.column()) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant StudyTableWords::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Column::State)
        return tr("State");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Column::Patient:
        return tr("Patient");
    case Column::PatientId:
        return tr("Patient ID");
    case Column::BirthDate:
        return tr("Born");
    case Column::StudyDate:
        return tr("Study date");
    case Column::Modalities:
        return tr("Modality");
    case Column::Description:
        return tr("Description");
    case Column::Accession:
        return tr("Accession");
    case Column::Series:
        return tr("Series");
    case Column::Instances:
        return tr("Images");
    default:
        return {};
    }
}

bool StudyTableWords::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(Qt::DisplayRole), b = right.data(Qt::DisplayRole);
    if (left.column() == Column::StudyDate)
        return a.toDateTime() < b.toDateTime();
    if (left.column() == Column::BirthDate)
        return a.toDate() < b.toDate();
    if (isNumber(left.column()) || left.column() == Column::State)
        return a.toInt() < b.toInt();
    return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
}

// --- Signs ---

StudyStateDelegate::StudyStateDelegate(const StudyTableWords &words, QObject *parent)
    : QStyledItemDelegate(parent),
      m_words(words)
{}

void StudyStateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    int x = option.rect.left() + 6;
    const int y = option.rect.center().y() - kSign / 2 + 1;
    for (const Sign &sign : signsOf(m_words.studyAt(index))) {
        painter->drawPixmap(
            x, y, icons::pixmap(sign.icon, sign.colour, kSign, painter->device()->devicePixelRatioF()));
        x += kSign + 2;
    }
}

// --- Table ---

StudyTable::StudyTable(session::StudyListModel &studies, QSettings &settings, QWidget *parent)
    : QTableView(parent),
      m_studies(studies),
      m_settings(settings),
      m_words(new StudyTableWords(studies, this))
{
    setObjectName(QStringLiteral("studyTable"));
    setAccessibleName(tr("Studies"));
    setModel(m_words);
    setItemDelegateForColumn(Column::State, new StudyStateDelegate(*m_words, this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(measures::kRow);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setObjectName(QStringLiteral("studyTableHeader"));
    restoreColumns();
    connect(this, &QTableView::doubleClicked, this, &StudyTable::openRequested);
    connect(&studies, &session::StudyListModel::refreshed, this, &StudyTable::keepSelection);
}

void StudyTable::restoreColumns()
{
    auto *header = horizontalHeader();
    for (int column = 0; column < Column::ColumnCount; ++column)
        header->resizeSection(column, firstWidth(column));
    header->setSortIndicator(-1, Qt::DescendingOrder); // as the search delivers them: newest first
    header->setSortIndicatorClearable(true);
    header->restoreState(m_settings.value(kHeaderKey).toByteArray());
    setSortingEnabled(true);
    const auto remember = [this] { m_settings.setValue(kHeaderKey, horizontalHeader()->saveState()); };
    connect(header, &QHeaderView::sectionResized, this, remember);
    connect(header, &QHeaderView::sectionMoved, this, remember);
    connect(header, &QHeaderView::sortIndicatorChanged, this, remember);
}

const cache::StudyRecord *StudyTable::current() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? &m_words->studyAt(index) : nullptr;
}

bool StudyTable::select(const base::StudyUid &study)
{
    const int row = m_studies.rowOf(study);
    if (row < 0)
        return false;
    const QModelIndex index = m_words->mapFromSource(m_studies.index(row, 0));
    setCurrentIndex(index);
    scrollTo(index);
    return true;
}

/// After a search the same study stays selected if it is still there; else the first one is.
void StudyTable::keepSelection()
{
    if (m_words->rowCount() == 0) {
        Q_EMIT currentStudyChanged();
        return;
    }
    if (!select(m_selected))
        setCurrentIndex(m_words->index(0, 0));
    Q_EMIT currentStudyChanged();
}

void StudyTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid())
        m_selected = m_words->studyAt(current).uid;
    Q_EMIT currentStudyChanged();
}

void StudyTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT openRequested();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace negatoscope::ui
