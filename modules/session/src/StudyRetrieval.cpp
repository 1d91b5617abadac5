#include <session/StudyRetrieval.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace negatoscope::session {

using base::ErrorCode;
using Clock = std::chrono::steady_clock;

namespace {

/// So many files, or what came in so long, are admitted together: they share their syncs.
constexpr std::size_t kBatch = 128;
constexpr std::chrono::milliseconds kBatchEvery{250};
/// Fewer are not worth an association of their own.
constexpr std::size_t kFewestForAssociation = 16;

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

/// Files that have arrived, on their way from the threads that receive to the one that admits.
class Arrivals
{
public:
    void add(archive::ReceivedFile file)
    {
        const std::lock_guard lock(m_mutex);
        m_bytes += file.bytes;
        ++m_count;
        m_instances.emplace(file.path, file.instance);
        m_files.push_back(std::move(file.path));
        if (m_files.size() >= kBatch)
            m_changed.notify_one();
    }
    void end(std::optional<base::Error> error)
    {
        const std::lock_guard lock(m_mutex);
        --m_receivers;
        if (error && !m_error)
            m_error = std::move(error);
        m_changed.notify_one();
    }
    void setReceivers(std::size_t count) { m_receivers = count; }

    /// The next batch; empty when nothing will come any more.
    std::vector<std::string> next()
    {
        std::unique_lock lock(m_mutex);
        const auto isReady = [this] { return m_receivers == 0 || m_files.size() >= kBatch; };
        while (!m_changed.wait_for(lock, kBatchEvery, isReady) && m_files.empty())
            continue;
        return std::exchange(m_files, {});
    }

    int count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }
    std::uint64_t bytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bytes;
    }
    base::InstanceUid instanceOf(const std::string &path) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_instances.find(path);
        return found == m_instances.end() ? base::InstanceUid() : found->second;
    }
    std::optional<base::Error> error() const
    {
        const std::lock_guard lock(m_mutex);
        return m_error;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_files;
    std::unordered_map<std::string, base::InstanceUid> m_instances;
    std::size_t m_receivers = 0;
    int m_count = 0;
    std::uint64_t m_bytes = 0;
    std::optional<base::Error> m_error;
};

class Run
{
public:
    Run(cache::Cache &cache, archive::Archive &archive, const RetrievalRequest &request,
        const std::function<void(const RetrievalProgress &)> &progress, std::stop_token stop)
        : m_cache(cache),
          m_archive(archive),
          m_request(request),
          m_progress(progress),
          m_stop(std::move(stop))
    {}

    base::Result<RetrievalReport> run()
    {
        const auto start = Clock::now();
        TRY(m_listed, m_archive.listInstances(m_request.study, m_request.series, m_stop));
        if (m_listed.empty())
            return base::failure(ErrorCode::NotFound, "the archive lists no such study");
        TRY_DO(m_cache.announce(listOf(m_request.study, m_listed)));
        m_report.expected = static_cast<int>(m_listed.size());
        const auto missing = missingNow();
        m_here = m_report.expected - static_cast<int>(missing.size());
        if (!missing.empty())
            bring(missing);
        finish();
        m_report.wallMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        return std::move(m_report);
    }

private:
    std::vector<archive::FoundInstance> missingNow() const
    {
        std::unordered_set<base::InstanceUid> here;
        std::unordered_set<base::SeriesUid> asked;
        for (const archive::FoundInstance &instance : m_listed)
            if (asked.insert(instance.series).second)
                for (const auto &record : m_cache.instances(instance.series))
                    here.insert(record.uid);
        std::vector<archive::FoundInstance> missing;
        for (const archive::FoundInstance &instance : m_listed)
            if (!here.contains(instance.uid))
                missing.push_back(instance);
        return missing;
    }

    /// Takes the series of which nothing is here out of `missing`, where the archive sends them in one
    /// answer.
    std::vector<std::vector<archive::FoundInstance>>
    takeWholeSeries(std::vector<archive::FoundInstance> &missing) const
    {
        std::vector<std::vector<archive::FoundInstance>> whole;
        if (!m_archive.answersSeriesAtOnce())
            return whole;
        std::unordered_map<base::SeriesUid, std::size_t> listed, lacking, places;
        for (const archive::FoundInstance &instance : m_listed)
            ++listed[instance.series];
        for (const archive::FoundInstance &instance : missing)
            ++lacking[instance.series];
        std::erase_if(missing, [&](const archive::FoundInstance &instance) {
            if (lacking.at(instance.series) != listed.at(instance.series))
                return false;
            const auto [place, isNew] = places.emplace(instance.series, whole.size());
            if (isNew)
                whole.emplace_back();
            whole[place->second].push_back(instance);
            return true;
        });
        return whole;
    }

    /// What each association or stream is to bring. Whole series go to the one that has least to do; of the
    /// others neighbours go to different ones, so that all arrive in about their order.
    std::vector<archive::Wanted> shares(std::vector<archive::FoundInstance> missing) const
    {
        const auto most = std::clamp<std::size_t>(missing.size() / kFewestForAssociation, 1,
                                                  static_cast<std::size_t>(m_request.associations));
        std::vector<archive::Wanted> shares(most);
        std::vector<std::size_t> loads(most, 0);
        for (const auto &series : takeWholeSeries(missing)) {
            const auto least = std::min_element(loads.begin(), loads.end());
            *least += series.size();
            shares[static_cast<std::size_t>(least - loads.begin())].series.push_back(
                {series.front().series, {}});
        }
        std::vector<std::unordered_map<base::SeriesUid, std::size_t>> places(most);
        for (std::size_t i = 0; i < missing.size(); ++i) {
            archive::Wanted &share = shares[i % most];
            const auto [place, isNew] = places[i % most].emplace(missing[i].series, share.series.size());
            if (isNew)
                share.series.push_back({missing[i].series, {}});
            share.series[place->second].instances.push_back({missing[i].uid, missing[i].sopClass});
        }
        std::erase_if(shares, [](const archive::Wanted &share) { return share.series.empty(); });
        for (archive::Wanted &share : shares)
            share.study = m_request.study;
        return shares;
    }

    void receive(const archive::Wanted &wanted)
    {
        archive::Retrieval retrieval;
        retrieval.stagingFolder = m_cache.receivingFolder();
        retrieval.sink = [this](archive::ReceivedFile file) { m_arrivals.add(std::move(file)); };
        const auto report = m_archive.retrieve(wanted, retrieval, m_stop);
        m_arrivals.end(report ? report->error : std::optional(report.error()));
    }

    void bring(std::vector<archive::FoundInstance> missing)
    {
        std::stable_sort(missing.begin(), missing.end(), [](const auto &a, const auto &b) {
            return std::tie(a.seriesNumber, a.series, a.number) <
                   std::tie(b.seriesNumber, b.series, b.number);
        });
        const auto wanted = shares(std::move(missing));
        m_arrivals.setReceivers(wanted.size());
        std::vector<std::jthread> receivers;
        for (const archive::Wanted &share : wanted)
            receivers.emplace_back([this, &share] { receive(share); });
        for (auto batch = m_arrivals.next(); !batch.empty(); batch = m_arrivals.next())
            admit(batch);
    }

    void admit(const std::vector<std::string> &batch)
    {
        // A stop ends receiving; what has arrived is kept.
        const auto admitted = m_cache.admit(batch, {});
        if (!admitted) {
            if (!m_report.error)
                m_report.error = admitted.error();
            return;
        }
        for (const cache::RefusedFile &file : admitted->refused)
            m_refused.emplace(m_arrivals.instanceOf(file.path), file.error);
        m_here += admitted->imported;
        if (m_progress)
            m_progress({m_report.expected, m_here, m_arrivals.bytes()});
    }

    void finish()
    {
        const auto missing = missingNow();
        m_report.here = m_report.expected - static_cast<int>(missing.size());
        m_report.arrived = m_arrivals.count();
        m_report.bytes = m_arrivals.bytes();
        for (const archive::FoundInstance &instance : missing) {
            const auto refused = m_refused.find(instance.uid);
            m_report.missing.push_back(
                {instance.uid, refused == m_refused.end() ? std::nullopt : std::optional(refused->second)});
        }
        if (!m_report.error && !missing.empty())
            m_report.error = m_arrivals.error();
        m_report.completeness =
            missing.empty() ? cache::Completeness::Complete : cache::Completeness::Incomplete;
    }

    cache::Cache &m_cache;
    archive::Archive &m_archive;
    const RetrievalRequest &m_request;
    const std::function<void(const RetrievalProgress &)> &m_progress;
    std::stop_token m_stop;
    std::vector<archive::FoundInstance> m_listed;
    std::unordered_map<base::InstanceUid, base::Error> m_refused;
    Arrivals m_arrivals;
    int m_here = 0;
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
