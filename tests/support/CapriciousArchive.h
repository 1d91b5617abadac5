#pragma once

#include "CacheFixture.h"

#include <archive/Archive.h>

#include <QtCore/QtGlobal>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>

namespace negatoscope::test {

/// An archive whose every study has two series, that sends what it likes and says what it likes.
class CapriciousArchive final : public archive::Archive
{
public:
    int instances = 40;                          ///< of each study, in turn of one and the other series
    std::set<int> dropped;                       ///< instances it lists but does not send
    std::set<int> spoiled;                       ///< instances it sends as garbage
    std::atomic<int> failAfter = -1;             ///< instances after which the line is cut
    std::optional<base::Error> refusal;          ///< of every request for instances
    std::atomic<int> sent = 0;                   ///< over all calls
    std::atomic<int> asked = 0;                  ///< for instances by their names
    std::atomic<int> requests = 0;               ///< for something next on the same association, too
    std::atomic<int> atWork = 0, mostAtWork = 0; ///< retrieving at the same time
    bool atOnce = false;                         ///< sends a series in one answer
    bool asksForMore = true;                     ///< asks what is wanted next
    std::atomic<int> wholeSeries = 0;
    /// Called before each instance is sent; may wait.
    std::function<void(const base::StudyUid &study, int number, const std::stop_token &stop)> beforeEach;
    std::atomic<bool> listingFails = false;

    static InstanceSpec spec(const std::string &study, int number)
    {
        InstanceSpec spec;
        spec.study = study;
        spec.series = study + (number % 2 == 0 ? ".1" : ".2");
        spec.seriesNumber = number % 2 + 1;
        spec.instance = spec.series + '.' + std::to_string(number);
        spec.instanceNumber = number;
        return spec;
    }
    static InstanceSpec spec(int number) { return spec("1.2.3", number); }

    /// What was sent, in order.
    std::vector<std::string> sentNames() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sentNames;
    }

    base::Result<archive::Verification> verify(std::stop_token) override { return archive::Verification(); }
    base::Result<archive::FindReport> findPatients(const archive::StudyQuery &,
                                                   const archive::Rows<archive::FoundPatient> &,
                                                   std::stop_token) override
    {
        return archive::FindReport();
    }
    base::Result<archive::FindReport> findStudies(const archive::StudyQuery &,
                                                  const archive::Rows<archive::FoundStudy> &,
                                                  std::stop_token) override
    {
        return archive::FindReport();
    }
    base::Result<std::vector<archive::FoundSeries>> listSeries(const base::StudyUid &study,
                                                               std::stop_token) override
    {
        std::vector<archive::FoundSeries> all;
        for (int i = 0; i < std::min(instances, 2); ++i) {
            archive::FoundSeries series;
            series.study = study;
            series.uid = base::SeriesUid(spec(study.value(), i).series);
            series.modality = "CT";
            series.number = i + 1;
            all.push_back(std::move(series));
        }
        return all;
    }
    base::Result<std::vector<archive::FoundInstance>>
    listInstances(const base::StudyUid &study, const base::SeriesUid &series, std::stop_token) override
    {
        if (listingFails)
            return base::failure(base::ErrorCode::ConnectionRefused, "nobody listens");
        std::vector<archive::FoundInstance> all;
        for (int i = 0; i < instances; ++i) {
            const InstanceSpec one = spec(study.value(), i);
            if (series.isEmpty() || series.value() == one.series)
                all.push_back({base::SeriesUid(one.series), base::InstanceUid(one.instance), kCt, "CT",
                               one.seriesNumber, one.instanceNumber});
        }
        return all;
    }
    base::Status retrieveOne(const archive::FoundSeries &series, const archive::Retrieval &retrieval,
                             std::stop_token stop) override
    {
        const auto all = listInstances(series.study, series.uid, stop);
        if (!all || all->empty())
            return base::failure(base::ErrorCode::NotFound, "none");
        archive::Retrieval one = retrieval;
        one.more = {};
        const auto &first = all->front();
        const auto report =
            retrieve({series.study, {{series.uid, {{first.uid, first.sopClass}}}}, {}}, one, stop);
        return report ? base::Status() : base::failure(report.error());
    }
    bool answersSeriesAtOnce() const override { return atOnce; }
    base::Result<archive::RetrieveReport> retrieve(const archive::Wanted &wanted,
                                                   const archive::Retrieval &retrieval,
                                                   std::stop_token stop) override
    {
        const int now = ++atWork;
        for (int most = mostAtWork; now > most && !mostAtWork.compare_exchange_weak(most, now);)
            continue;
        archive::RetrieveReport report;
        auto status = send(wanted, retrieval, report, stop);
        while (status && asksForMore && retrieval.more) {
            const auto next = retrieval.more();
            if (!next)
                break;
            status = send(*next, retrieval, report, stop);
        }
        --atWork;
        if (!status)
            return base::failure(status.error());
        return report;
    }
    base::Status store(std::span<const archive::Outgoing>, std::vector<archive::StoreResult> &,
                       const std::function<void(int)> &, std::stop_token) override
    {
        return {};
    }
    base::Result<archive::CommitReport> commit(std::span<const archive::Reference>, std::stop_token) override
    {
        return archive::CommitReport();
    }

private:
    static constexpr const char *kCt = "1.2.840.10008.5.1.4.1.1.2";

    base::Status send(const archive::Wanted &wanted, const archive::Retrieval &retrieval,
                      archive::RetrieveReport &report, const std::stop_token &stop)
    {
        ++requests;
        if (refusal)
            return base::failure(*refusal);
        for (const auto &series : wanted.series) {
            auto named = series.instances;
            if (named.empty()) {
                ++wholeSeries;
                const auto all = listInstances(wanted.study, series.series, stop);
                for (const auto &instance : *all)
                    named.push_back({instance.uid, instance.sopClass});
            } else {
                asked += static_cast<int>(named.size());
            }
            for (const auto &instance : named) {
                const int number =
                    std::stoi(instance.uid.value().substr(instance.uid.value().rfind('.') + 1));
                if (beforeEach)
                    beforeEach(wanted.study, number, stop);
                if (stop.stop_requested())
                    return base::failure(base::ErrorCode::Cancelled, "stopped");
                if (failAfter >= 0 && sent >= failAfter)
                    return base::failure(base::ErrorCode::ConnectionLost, "cut");
                if (dropped.contains(number))
                    continue;
                const std::string path = retrieval.stagingFolder + '/' + instance.uid.value() + '-' +
                                         std::to_string(sent++) + ".dcm";
                if (spoiled.contains(number))
                    writeFile(path, "garbage");
                else
                    writeInstance(path, spec(wanted.study.value(), number));
                ++report.received;
                {
                    const std::lock_guard lock(m_mutex);
                    m_sentNames.push_back(instance.uid.value());
                }
                retrieval.sink({path, kCt, instance.uid, "1.2.840.10008.1.2.1", 100});
            }
        }
        return {};
    }

    mutable std::mutex m_mutex;
    std::vector<std::string> m_sentNames;
};

} // namespace negatoscope::test
