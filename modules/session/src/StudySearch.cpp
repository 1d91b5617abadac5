#include "Background.h"
#include "StudyAsking.h"

#include <cache/Cache.h>
#include <session/Archives.h>
#include <session/StudySearch.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace negatoscope::session {

namespace {

constexpr std::chrono::milliseconds kPause{100};
/// Of the time of the UI's thread, at most one part in so many goes to arriving rows.
constexpr int kShare = 5;
constexpr int kMostMs = 20; ///< that one turn of the event loop takes answers
constexpr int kMostThreads = 32;

bool isSame(const FoundRow &one, const FoundRow &other)
{
    return one.study.uid == other.study.uid && one.study.patient == other.study.patient;
}

/// What the cache has of these studies, and what it answers to the question.
std::vector<cache::StudyRecord> readLocal(const cache::Cache &cache, const std::vector<base::StudyUid> &uids,
                                          std::optional<cache::StudyQuery> query)
{
    std::vector<cache::StudyRecord> records;
    std::unordered_set<base::StudyUid> known;
    if (query) {
        query->limit = StudyAsking::kMostStudies;
        records = cache.studies(*query);
    }
    for (const cache::StudyRecord &record : records)
        known.insert(record.uid);
    for (const base::StudyUid &uid : uids)
        if (known.insert(uid).second)
            if (auto record = cache.study(uid))
                records.push_back(*std::move(record));
    return records;
}

QString stateName(AskedSource::State state)
{
    switch (state) {
    case AskedSource::State::Answered:
        return QStringLiteral("answered");
    case AskedSource::State::Failed:
        return QStringLiteral("failed");
    case AskedSource::State::Asking:
        break;
    }
    return QStringLiteral("asking");
}

} // namespace

StudySearch::StudySearch(Services services, QObject *parent)
    : QAbstractTableModel(parent),
      m_services(services)
{
    m_pool.setMaxThreadCount(kMostThreads);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_waiting, false))
            takeAnswers();
    });
}

StudySearch::~StudySearch()
{
    m_asking.reset();
    m_pool.waitForDone();
}

// --- Asking ---

void StudySearch::ask(const StudyQuestion &question, bool here, const std::vector<std::string> &archives)
{
    clear();
    m_question = question;
    m_here = here;
    m_archives = archives;
    m_shown.sources.resize(archives.size() + 1);
    for (std::size_t i = 0; i < archives.size(); ++i)
        m_shown.sources[i + 1].archive = archives[i];
    start();
}

void StudySearch::askAgain()
{
    if (m_asking || m_shown.sources.empty())
        return;
    m_again.emplace();
    for (const AskedSource &source : m_shown.sources)
        m_again->sources.emplace_back().archive = source.archive;
    start();
}

void StudySearch::start()
{
    const quint64 generation = ++m_generation;
    m_answers.clear();
    if (!m_here)
        (m_again ? *m_again : m_shown).sources.front().state = AskedSource::State::Answered;
    m_asking = std::make_unique<StudyAsking>(
        m_pool, m_services.cache, m_services.archives, m_question, m_here, m_archives, [this, generation] {
            QMetaObject::invokeMethod(
                this, [this, generation] { arrived(generation); }, Qt::QueuedConnection);
        });
    Q_EMIT changed();
    if (!m_here && m_archives.empty())
        finish();
}

void StudySearch::clear()
{
    ++m_generation;
    m_asking.reset();
    m_again.reset();
    m_pause.stop();
    m_answers.clear();
    m_waiting = false;
    m_answeredAt = {};
    beginResetModel();
    m_shown = {};
    m_order.clear();
    endResetModel();
    Q_EMIT changed();
}

void StudySearch::cancel()
{
    if (!m_asking)
        return;
    if (!m_again) {
        takeAnswers();
        if (!m_asking)
            return; // those were the last
        for (AskedSource &source : m_shown.sources)
            if (source.state == AskedSource::State::Asking) {
                source.state = AskedSource::State::Failed;
                source.error = base::Error(base::ErrorCode::Cancelled, "by the reader");
            }
    }
    m_again.reset();
    ++m_generation;
    finish();
}

void StudySearch::arrived(quint64 generation)
{
    if (generation != m_generation || !m_asking)
        return;
    if (m_pause.isActive())
        m_waiting = true;
    else
        takeAnswers();
}

void StudySearch::takeAnswers()
{
    QElapsedTimer timer;
    timer.start();
    Result &result = m_again ? *m_again : m_shown;
    takeInto(result);
    if (!m_again)
        showAdded();
    const bool allEnded =
        std::none_of(result.sources.begin(), result.sources.end(),
                     [](const AskedSource &one) { return one.state == AskedSource::State::Asking; });
    if (allEnded)
        finish();
    else
        Q_EMIT changed();
    m_pause.start(std::max(kPause, kShare * std::chrono::milliseconds(timer.elapsed())));
}

/// What has arrived, for as long as a turn of the event loop may take; the rest comes after the pause.
void StudySearch::takeInto(Result &result)
{
    for (StudyAnswer &answer : m_asking->take())
        m_answers.push_back(std::move(answer));
    QElapsedTimer timer;
    timer.start();
    std::size_t taken = 0;
    while (taken < m_answers.size() && timer.elapsed() < kMostMs)
        takeOne(result, std::move(m_answers[taken++]));
    m_answers.erase(m_answers.begin(), m_answers.begin() + static_cast<std::ptrdiff_t>(taken));
    m_waiting = !m_answers.empty();
}

void StudySearch::takeOne(Result &result, StudyAnswer answer)
{
    AskedSource &source = result.sources.at(static_cast<std::size_t>(answer.source));
    source.studies += static_cast<int>(source.archive.empty() ? answer.local.size() : answer.studies.size());
    source.time = answer.time;
    for (cache::StudyRecord &record : answer.local)
        result.found.addLocal(std::move(record));
    for (archive::FoundStudy &study : answer.studies)
        result.found.add(answer.source, std::move(study));
    if (!answer.end)
        return;
    source.state = *answer.end ? AskedSource::State::Answered : AskedSource::State::Failed;
    if (*answer.end) {
        source.cutOff = (*answer.end)->cutOff;
        source.keysIgnored = (*answer.end)->keysUnsupported;
    } else {
        source.error = answer.end->error();
    }
}

void StudySearch::finish()
{
    m_asking.reset();
    m_answers.clear();
    m_answeredAt = QDateTime::currentDateTime();
    if (m_again) {
        // Of a source that fails now, what it told before is better than nothing; that it failed is said.
        for (const FoundRow &row : m_shown.found.rows())
            for (const FoundRow::Told &told : row.archives)
                if (m_again->sources.at(static_cast<std::size_t>(told.archive)).state ==
                    AskedSource::State::Failed)
                    m_again->found.add(told.archive, row.asToldBy(told));
        m_shown.sources = std::move(m_again->sources);
        FoundStudies found = std::move(m_again->found);
        m_again.reset();
        replace(std::move(found));
    }
    if (std::exchange(m_localIsStale, false))
        refreshLocal();
    Q_EMIT changed();
}

// --- Rows ---

void StudySearch::showAdded()
{
    Q_EMIT aboutToMoveRows();
    const std::size_t before = m_order.size(), after = m_shown.found.rows().size();
    if (after > before) {
        beginInsertRows({}, static_cast<int>(before), static_cast<int>(after) - 1);
        m_order.resize(after);
        std::iota(m_order.begin() + static_cast<std::ptrdiff_t>(before), m_order.end(), before);
        endInsertRows();
    }
    sortRows();
    if (!m_order.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT rowsMoved();
}

void StudySearch::replace(FoundStudies found)
{
    const std::vector<std::size_t> order = sortedOrder(found);
    const bool sameRows =
        order.size() == m_order.size() &&
        std::equal(order.begin(), order.end(), m_order.begin(), [&](std::size_t fresh, std::size_t old) {
            return isSame(found.rows()[fresh], m_shown.found.rows()[old]);
        });
    Q_EMIT aboutToMoveRows();
    if (!sameRows)
        beginResetModel();
    m_shown.found = std::move(found);
    m_order = order;
    if (!sameRows)
        endResetModel();
    else if (!m_order.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT rowsMoved();
}

// --- What the cache has of them ---

void StudySearch::refreshLocal()
{
    if (m_asking || m_readingLocal) {
        m_localIsStale = true;
        return;
    }
    if (m_shown.sources.empty())
        return;
    m_readingLocal = true;
    std::vector<base::StudyUid> uids;
    for (const FoundRow &row : m_shown.found.rows())
        uids.push_back(row.study.uid);
    std::optional<cache::StudyQuery> query;
    if (m_here)
        query = cacheQuery(m_question, QDate::currentDate());
    inBackground(
        this,
        [&cache = m_services.cache, uids = std::move(uids), query] { return readLocal(cache, uids, query); },
        [this, generation = m_generation](std::vector<cache::StudyRecord> records) {
            m_readingLocal = false;
            if (generation == m_generation && !m_asking)
                takeLocal(std::move(records));
            else
                m_localIsStale = true;
            if (!m_asking && std::exchange(m_localIsStale, false))
                refreshLocal();
        });
}

void StudySearch::takeLocal(std::vector<cache::StudyRecord> records)
{
    FoundStudies found = m_shown.found.withoutLocal();
    for (cache::StudyRecord &record : records)
        found.addLocal(std::move(record));
    if (m_here)
        m_shown.sources.front().studies =
            static_cast<int>(std::count_if(found.rows().begin(), found.rows().end(),
                                           [](const FoundRow &row) { return row.local.has_value(); }));
    replace(std::move(found));
    Q_EMIT changed();
}

// --- What it says ---

std::vector<AskedSource> StudySearch::sources() const
{
    auto sources = m_shown.sources;
    if (!m_here && !sources.empty())
        sources.erase(sources.begin());
    return sources;
}

std::vector<std::string> StudySearch::archivesOf(const FoundRow &row) const
{
    std::vector<int> numbers;
    for (const FoundRow::Told &told : row.archives)
        numbers.push_back(told.archive);
    std::sort(numbers.begin(), numbers.end());
    std::vector<std::string> names;
    for (const int number : numbers)
        names.push_back(m_shown.sources.at(static_cast<std::size_t>(number)).archive);
    return names;
}

int StudySearch::rowOf(const base::StudyUid &study, const dicom::PatientIdentity &patient) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (rowAt(row).study.uid == study && rowAt(row).study.patient == patient)
            return row;
    return -1;
}

QJsonObject StudySearch::json() const
{
    QJsonArray sources;
    for (const AskedSource &source : this->sources()) {
        QJsonObject one{{QStringLiteral("source"), source.archive.empty()
                                                       ? QStringLiteral("here")
                                                       : QString::fromStdString(source.archive)},
                        {QStringLiteral("state"), stateName(source.state)},
                        {QStringLiteral("studies"), source.studies},
                        {QStringLiteral("cutOff"), source.cutOff},
                        {QStringLiteral("wallMs"), double(source.time.count())}};
        if (source.error)
            one.insert(QStringLiteral("error"),
                       QString::fromStdString(std::string(base::nameOf(source.error->code()))));
        sources.append(one);
    }
    const auto &rows = m_shown.found.rows();
    const auto conflicts =
        std::count_if(rows.begin(), rows.end(), [](const FoundRow &row) { return row.conflict; });
    return {{QStringLiteral("question"), m_question.toJson()},
            {QStringLiteral("asking"), isAsking()},
            {QStringLiteral("answeredAt"), m_answeredAt.toString(Qt::ISODate)},
            {QStringLiteral("rows"), rowCount()},
            {QStringLiteral("conflicts"), static_cast<int>(conflicts)},
            {QStringLiteral("sources"), sources}};
}

} // namespace negatoscope::session
