#include "StudyAsking.h"

#include <cache/Cache.h>
#include <session/Archives.h>

#include <QtCore/QThreadPool>

#include <mutex>
#include <utility>

namespace negatoscope::session {

using base::Result;

/// Where answers lie until they are taken.
struct StudyAsking::Tray
{
    explicit Tray(std::function<void()> tell) : arrived(std::move(tell)) {}

    void put(Answer answer)
    {
        {
            const std::lock_guard lock(mutex);
            answers.push_back(std::move(answer));
            if (std::exchange(told, true))
                return;
        }
        arrived();
    }

    const std::function<void()> arrived;
    std::mutex mutex;
    std::vector<Answer> answers;
    bool told = false;
};

namespace {

using Answer = StudyAsking::Answer;
using Put = std::function<void(Answer)>;

void askCache(const cache::Cache &cache, cache::StudyQuery query, const Put &put)
{
    query.limit = StudyAsking::kMostStudies + 1;
    Answer answer;
    answer.local = cache.studies(query);
    archive::FindReport report;
    report.cutOff = answer.local.size() > std::size_t(StudyAsking::kMostStudies);
    if (report.cutOff)
        answer.local.pop_back();
    report.rows = static_cast<int>(answer.local.size());
    answer.end = report;
    put(std::move(answer));
}

/// What the cache has of these studies.
std::vector<cache::StudyRecord> inCache(const cache::Cache &cache,
                                        const std::vector<archive::FoundStudy> &studies,
                                        const std::stop_token &stop)
{
    std::vector<cache::StudyRecord> here;
    for (const archive::FoundStudy &study : studies) {
        if (stop.stop_requested())
            break;
        if (auto record = cache.study(study.uid))
            here.push_back(*std::move(record));
    }
    return here;
}

Result<archive::FindReport> askArchive(const cache::Cache &cache,
                                       const Result<std::shared_ptr<archive::Archive>> &archive,
                                       const std::vector<archive::StudyQuery> &queries, const Put &put,
                                       const std::stop_token &stop)
{
    if (!archive)
        return base::failure(archive.error());
    archive::FindReport all;
    for (archive::StudyQuery query : queries) {
        query.most = StudyAsking::kMostStudies - all.rows;
        const auto rows = [&](std::vector<archive::FoundStudy> studies) {
            Answer answer;
            answer.local = inCache(cache, studies, stop);
            answer.studies = std::move(studies);
            put(std::move(answer));
        };
        TRY(const archive::FindReport report, (*archive)->findStudies(query, rows, stop));
        all.rows += report.rows;
        all.unusable += report.unusable;
        all.cutOff = all.cutOff || report.cutOff;
        all.keysUnsupported = all.keysUnsupported || report.keysUnsupported;
        if (all.rows >= StudyAsking::kMostStudies)
            break;
    }
    return all;
}

} // namespace

StudyAsking::StudyAsking(QThreadPool &pool, const cache::Cache &cache, const Archives &archives,
                         const StudyQuestion &question, bool here,
                         const std::vector<std::string> &archiveNames, std::function<void()> arrived)
    : m_tray(std::make_shared<Tray>(std::move(arrived)))
{
    const QDate today = QDate::currentDate();
    const auto start = [&](int source, auto work) {
        pool.start([tray = m_tray, stop = m_stop.get_token(), source, work = std::move(work)] {
            const auto since = std::chrono::steady_clock::now();
            work(
                [&](Answer answer) {
                    if (stop.stop_requested())
                        return;
                    answer.source = source;
                    answer.time = std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::steady_clock::now() - since);
                    tray->put(std::move(answer));
                },
                stop);
        });
    };
    if (here)
        start(0, [&cache, query = cacheQuery(question, today)](const Put &put, const std::stop_token &) {
            askCache(cache, query, put);
        });
    int source = 0;
    for (const std::string &name : archiveNames)
        start(++source, [&cache, &archives, name, queries = archiveQueries(question, today)](
                            const Put &put, const std::stop_token &stop) {
            Answer last;
            last.end = askArchive(cache, archives.connectTo(name), queries, put, stop);
            put(std::move(last));
        });
}

StudyAsking::~StudyAsking()
{
    m_stop.request_stop();
}

std::vector<StudyAsking::Answer> StudyAsking::take()
{
    const std::lock_guard lock(m_tray->mutex);
    m_tray->told = false;
    return std::exchange(m_tray->answers, {});
}

} // namespace negatoscope::session
