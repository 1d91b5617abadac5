#include "Arrivals.h"
#include "WantedPool.h"

#include <session/StudyRetrieval.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace negatoscope::session {

using base::ErrorCode;
using Clock = std::chrono::steady_clock;

namespace {

std::vector<cache::AnnouncedSeries> listOf(const base::StudyUid &study,
                                           const std::vector<archive::FoundInstance> &instances)
{
    std::vector<cache::AnnouncedSeries> lists;
    std::unordered_map<base::SeriesUid, std::size_t> places;
    for (const archive::FoundInstance &instance : instances) {
        const auto [place, isNew] = places.emplace(instance.series, lists.size());
        if (isNew)
            lists.push_back({study, instance.series, instance.modality, instance.seriesNumber, {}});
        lists[place->second].instances.push_back(instance.uid);
    }
    return lists;
}

/// Whether it was said of what was asked for, so that something else may still come on another request.
bool isOfTheRequest(const base::Error &error)
{
    return error.code() == ErrorCode::RequestRefused || error.code() == ErrorCode::NotFound;
}

class Run
{
public:
    Run(cache::Cache &cache, archive::Archive &archive, const RetrievalRequest &request,
        const std::function<void(const RetrievalProgress &)> &progress, std::stop_token stop)
        : m_cache(cache),
          m_archive(archive),
          m_request(request),
          m_progress(progress),
          m_stop(std::move(stop)),
          m_arrivals(request.attention ? Arrivals::Pace::Watched : Arrivals::Pace::Unwatched)
    {}

    base::Result<RetrievalReport> run()
    {
        const auto start = Clock::now();
        auto brought = base::Status();
        {
            // It admits while others list and receive.
            const std::jthread admitter([this] {
                for (auto batch = m_arrivals.next(); batch; batch = m_arrivals.next())
                    admit(*batch);
            });
            brought = listAndBring();
            m_arrivals.close();
            if (m_request.lineFree)
                m_request.lineFree();
        }
        TRY_DO(brought);
        finish();
        m_report.wallMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        return std::move(m_report);
    }

private:
    base::Status listAndBring()
    {
        // One association less and the first image has to be here before the list is asked for.
        std::jthread first;
        if (m_request.attention && m_cache.series(m_request.study).empty()) {
            first = std::jthread([this] { bringFirst(); });
            if (m_request.associations < 2)
                first.join();
        }
        TRY(m_listed, m_archive.listInstances(m_request.study, m_request.series, m_stop));
        if (m_listed.empty())
            return base::failure(ErrorCode::NotFound, "the archive lists no such study");
        TRY_DO(m_cache.announce(listOf(m_request.study, m_listed)));
        if (first.joinable())
            first.join();
        auto here = hereNow();
        {
            const std::lock_guard lock(m_mutex);
            m_expected = static_cast<int>(m_listed.size());
            for (const archive::FoundInstance &instance : m_listed)
                if (here.contains(instance.uid))
                    m_here.insert(instance.uid);
        }
        tell();
        m_arrivals.addNamesTo(here); // they are on their way into the cache
        bring(here);
        return {};
    }

    std::unordered_set<base::InstanceUid> hereNow() const
    {
        std::unordered_set<base::InstanceUid> here;
        std::unordered_set<base::SeriesUid> asked;
        for (const archive::FoundInstance &instance : m_listed)
            if (asked.insert(instance.series).second)
                for (const auto &record : m_cache.instances(instance.series))
                    here.insert(record.uid);
        return here;
    }

    /// One image of the series that the reader waits for, before the list is here: what fails will come, or
    /// fail, with the others.
    void bringFirst()
    {
        const auto all = m_archive.listSeries(m_request.study, m_stop);
        if (!all)
            return;
        const Attention attention = m_request.attention();
        const archive::FoundSeries *wanted = nullptr;
        const auto rank = [&](const archive::FoundSeries &series) {
            const bool isAsked = m_request.series.isEmpty() || series.uid == m_request.series;
            const auto shown = std::find(attention.series.begin(), attention.series.end(), series.uid);
            return std::tuple(!isAsked, shown - attention.series.begin(), !hasPictures(series.modality),
                              series.number.value_or(std::numeric_limits<std::int64_t>::max()), series.uid);
        };
        for (const archive::FoundSeries &series : *all)
            if (wanted == nullptr || rank(series) < rank(*wanted))
                wanted = &series;
        if (wanted != nullptr)
            (void)m_archive.retrieveOne(*wanted, retrieval({}), m_stop);
    }

    archive::Retrieval retrieval(std::function<std::optional<archive::Wanted>()> more)
    {
        archive::Retrieval retrieval;
        retrieval.stagingFolder = m_cache.receivingFolder();
        retrieval.sink = [this](archive::ReceivedFile file) {
            if (m_pool)
                m_pool->arrived(file.instance);
            m_arrivals.add(std::move(file));
        };
        retrieval.more = std::move(more);
        return retrieval;
    }

    void receive()
    {
        bool wasRefused = false;
        const auto more = [this]() -> std::optional<archive::Wanted> {
            return m_stop.stop_requested() ? std::nullopt : m_pool->next();
        };
        for (auto wanted = more(); wanted; wanted = more()) {
            const int before = m_arrivals.count();
            const auto report = m_archive.retrieve(*wanted, retrieval(more), m_stop);
            if (const auto error = report ? report->error : std::optional(report.error()))
                m_arrivals.fail(*error);
            // A second refusal in a row: it will be the same with all.
            const bool isRefused = !report && m_arrivals.count() == before;
            if (!report && (!isOfTheRequest(report.error()) || (isRefused && wasRefused)))
                return;
            wasRefused = isRefused;
        }
    }

    void bring(const std::unordered_set<base::InstanceUid> &here)
    {
        m_pool.emplace(m_listed, here,
                       WantedPool::Terms{m_request.study, m_archive.answersSeriesAtOnce(),
                                         m_request.associations, m_request.attention});
        if (m_pool->isEmpty())
            return;
        const auto lacking = m_listed.size() - std::min(here.size(), m_listed.size());
        const auto most = std::clamp<std::size_t>(lacking / kFewestForAssociation, 1,
                                                  static_cast<std::size_t>(m_request.associations));
        std::vector<std::jthread> receivers;
        for (std::size_t i = 0; i < most; ++i)
            receivers.emplace_back([this, i] {
                // The image that the reader waits for has the line for itself.
                if (i > 0 && m_request.attention)
                    m_arrivals.waitForFirst(m_stop);
                receive();
                m_arrivals.endWaiting();
            });
    }

    void admit(const std::vector<std::string> &batch)
    {
        if (!batch.empty()) {
            // A stop ends receiving; what has arrived is kept.
            const auto admitted = m_cache.admit(batch, {});
            if (!admitted) {
                if (!m_report.error)
                    m_report.error = admitted.error();
                return;
            }
            for (const cache::RefusedFile &file : admitted->refused)
                m_refused.emplace(m_arrivals.instanceOf(file.path), file.error);
            const std::lock_guard lock(m_mutex);
            for (const std::string &path : batch)
                if (auto instance = m_arrivals.instanceOf(path); !m_refused.contains(instance))
                    m_here.insert(std::move(instance));
        }
        tell();
    }

    void tell()
    {
        const std::lock_guard lock(m_mutex);
        if (m_progress)
            m_progress({m_expected, static_cast<int>(m_here.size()), m_arrivals.bytes()});
    }

    void finish()
    {
        const auto here = hereNow();
        for (const archive::FoundInstance &instance : m_listed) {
            if (here.contains(instance.uid))
                continue;
            const auto refused = m_refused.find(instance.uid);
            m_report.missing.push_back(
                {instance.uid, refused == m_refused.end() ? std::nullopt : std::optional(refused->second)});
        }
        m_report.expected = static_cast<int>(m_listed.size());
        m_report.here = m_report.expected - static_cast<int>(m_report.missing.size());
        m_report.arrived = m_arrivals.count();
        m_report.bytes = m_arrivals.bytes();
        if (!m_report.error && !m_report.missing.empty())
            m_report.error = m_arrivals.error();
        m_report.completeness =
            m_report.missing.empty() ? cache::Completeness::Complete : cache::Completeness::Incomplete;
    }

    /// Fewer are not worth an association of their own.
    static constexpr std::size_t kFewestForAssociation = 16;

    cache::Cache &m_cache;
    archive::Archive &m_archive;
    const RetrievalRequest &m_request;
    const std::function<void(const RetrievalProgress &)> &m_progress;
    std::stop_token m_stop;
    std::vector<archive::FoundInstance> m_listed;
    std::optional<WantedPool> m_pool; ///< once it is listed
    Arrivals m_arrivals;
    std::unordered_map<base::InstanceUid, base::Error> m_refused;
    std::mutex m_mutex;
    int m_expected = 0;
    std::unordered_set<base::InstanceUid> m_here;
    RetrievalReport m_report;
};

} // namespace

base::Result<RetrievalReport> retrieveStudy(cache::Cache &cache, archive::Archive &archive,
                                            const RetrievalRequest &request,
                                            const std::function<void(const RetrievalProgress &)> &progress,
                                            std::stop_token stop)
{
    return Run(cache, archive, request, progress, std::move(stop)).run();
}

} // namespace negatoscope::session
