#include "Background.h"
#include "StudyValues.h"

#include <cache/Cache.h>
#include <session/StudyListModel.h>

#include <algorithm>

namespace negatoscope::session {

namespace {

constexpr int kPage = 64; ///< somewhat more than a screen shows
/// Pages kept; those furthest from what was asked for last go first.
constexpr std::size_t kMostPages = 192;

cache::StudyOrder orderOf(int column)
{
    using Order = cache::StudyOrder;
    switch (column) {
    case StudyListModel::State:
        return Order::State;
    case StudyListModel::Patient:
        return Order::Patient;
    case StudyListModel::PatientId:
        return Order::PatientId;
    case StudyListModel::BirthDate:
        return Order::BirthDate;
    case StudyListModel::Modalities:
        return Order::Modalities;
    case StudyListModel::Description:
        return Order::Description;
    case StudyListModel::Accession:
        return Order::Accession;
    case StudyListModel::Series:
        return Order::Series;
    case StudyListModel::Instances:
        return Order::Instances;
    case StudyListModel::Bytes:
        return Order::Bytes;
    default:
        return Order::Date;
    }
}

/// The records of whole pages of a list, in the background.
std::map<int, std::vector<cache::StudyRecord>> pagesOf(const cache::Cache &cache,
                                                       const std::vector<cache::StudyNumber> &numbers,
                                                       const std::vector<int> &pages)
{
    std::map<int, std::vector<cache::StudyRecord>> result;
    for (const int page : pages) {
        const auto from = static_cast<std::size_t>(page) * kPage;
        if (from < numbers.size())
            result[page] = cache.studiesAt(
                std::span(numbers).subspan(from, std::min<std::size_t>(kPage, numbers.size() - from)));
    }
    return result;
}

} // namespace

StudyListModel::StudyListModel(Services services, QObject *parent)
    : QAbstractTableModel(parent),
      m_services(services)
{}

StudyListModel::~StudyListModel() = default;

void StudyListModel::setQuestion(const StudyQuestion &question)
{
    if (question == m_question)
        return;
    m_question = question;
    search();
}

void StudyListModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    search();
}

void StudyListModel::setVisibleRows(int first, int last)
{
    m_visibleFirst = first;
    m_visibleLast = last;
}

cache::StudyQuery StudyListModel::query() const
{
    cache::StudyQuery query = cacheQuery(m_question, QDate::currentDate());
    query.order = orderOf(m_sortColumn);
    query.ascending = m_sortColumn >= 0 && m_sortOrder == Qt::AscendingOrder;
    return query;
}

void StudyListModel::refresh()
{
    if (m_searching)
        m_again = true;
    else
        search();
}

void StudyListModel::search()
{
    m_searching = true;
    m_again = false;
    const quint64 generation = ++m_generation;
    std::vector<int> pages{0};
    for (int page = std::max(1, m_visibleFirst / kPage); page <= m_visibleLast / kPage; ++page)
        pages.push_back(page);
    inBackground(
        this,
        [&cache = m_services.cache, asked = query(), pages] {
            Answer answer;
            answer.listing = cache.list(asked);
            answer.pages = pagesOf(cache, answer.listing.numbers, pages);
            return answer;
        },
        [this, generation](Answer answer) { take(generation, std::move(answer)); });
}

void StudyListModel::take(quint64 generation, Answer answer)
{
    if (generation != m_generation)
        return;
    m_searching = false;
    m_total = answer.listing.all;
    m_wanted.clear();
    if (m_numbers == answer.listing.numbers) {
        // The same rows: selection and scroll position stay, only their values may have changed.
        m_pages = std::move(answer.pages);
        if (!m_numbers.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    } else {
        beginResetModel();
        m_numbers = std::move(answer.listing.numbers);
        m_pages = std::move(answer.pages);
        endResetModel();
    }
    Q_EMIT refreshed();
    if (m_again)
        search();
}

const cache::StudyRecord &StudyListModel::studyAt(int row) const
{
    static const cache::StudyRecord kNone;
    const auto page = m_pages.find(row / kPage);
    if (page != m_pages.end()) {
        const auto at = static_cast<std::size_t>(row % kPage);
        return at < page->second.size() ? page->second[at] : kNone;
    }
    if (m_wanted.isEmpty()) {
        // That a page is wanted is no change of what the model says.
        auto *self = const_cast<StudyListModel *>(this);
        QMetaObject::invokeMethod(
            self, [self] { self->loadWanted(); }, Qt::QueuedConnection);
    }
    m_wanted.insert(row / kPage);
    return kNone;
}

void StudyListModel::loadWanted()
{
    std::vector<int> pages;
    for (const int page : m_wanted)
        if (!m_pages.contains(page))
            pages.push_back(page);
    if (pages.empty()) {
        m_wanted.clear();
        return;
    }
    inBackground(
        this,
        [&cache = m_services.cache, numbers = m_numbers, pages] { return pagesOf(cache, numbers, pages); },
        [this, generation = m_generation](std::map<int, Page> loaded) {
            takePages(generation, std::move(loaded));
        });
}

void StudyListModel::takePages(quint64 generation, std::map<int, Page> pages)
{
    if (generation != m_generation || m_searching) {
        m_wanted.clear(); // the answer to the new search is painted, and asks again for what it misses
        return;
    }
    for (auto &[number, records] : pages) {
        m_wanted.remove(number);
        const int first = number * kPage, last = first + static_cast<int>(records.size()) - 1;
        m_pages[number] = std::move(records);
        dropFarPages(number);
        Q_EMIT dataChanged(index(first, 0), index(std::min(last, rowCount() - 1), ColumnCount - 1));
    }
    if (!m_wanted.isEmpty())
        loadWanted();
}

void StudyListModel::dropFarPages(int near)
{
    while (m_pages.size() > kMostPages) {
        const auto first = m_pages.begin(), last = std::prev(m_pages.end());
        m_pages.erase(near - first->first > last->first - near ? first : last);
    }
}

int StudyListModel::rowOfNumber(cache::StudyNumber number) const
{
    const auto at = std::find(m_numbers.begin(), m_numbers.end(), number);
    return at == m_numbers.end() ? -1 : static_cast<int>(at - m_numbers.begin());
}

int StudyListModel::rowOf(const base::StudyUid &study) const
{
    for (const auto &[page, records] : m_pages)
        for (std::size_t i = 0; i < records.size(); ++i)
            if (records[i].uid == study)
                return page * kPage + static_cast<int>(i);
    return -1;
}

int StudyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.size());
}

int StudyListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StudyListModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const cache::StudyRecord &study = studyAt(index.row());
    if (study.uid.value().empty())
        return {};
    switch (index.column()) {
    case State:
        return static_cast<int>(study.completeness);
    case Patient:
        return QString::fromStdString(dicom::visibleText(study.patient.name.display()));
    case PatientId:
        return shownText(study.patient.id);
    case BirthDate:
        return dateOf(study.patient.birthDate);
    case StudyDate:
        return dateTimeOf(study.studyDate, study.studyTime);
    case Modalities:
        return modalitiesText(study.modalities);
    case Description:
        return shownText(study.description);
    case Accession:
        return shownText(study.accession);
    case Series:
        return study.series;
    case Instances:
        return study.frames;
    case Bytes:
        return static_cast<qint64>(study.bytes);
    default:
        return {};
    }
}

} // namespace negatoscope::session
