#include "CacheFixture.h"

#include <session/StudyRetrieval.h>

#include <QtCore/QRandomGenerator>
#include <QtTest>

#include <set>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

namespace {

constexpr const char *kCt = "1.2.840.10008.5.1.4.1.1.2";

/// An archive with one study of two series that sends what it likes and says what it likes.
class CapriciousArchive final : public archive::Archive
{
public:
    int instances = 40;
    std::set<int> dropped;      ///< instances it lists but does not send
    std::set<int> spoiled;      ///< instances it sends as garbage
    int failAfter = -1;         ///< instances after which the line is cut
    std::atomic<int> sent = 0;  ///< over all calls
    std::atomic<int> asked = 0; ///< for instances by their names
    bool atOnce = false;        ///< sends a series in one answer
    std::atomic<int> wholeSeries = 0;

    static InstanceSpec spec(int number)
    {
        InstanceSpec spec;
        spec.series = number % 2 == 0 ? "1.2.3.1" : "1.2.3.2";
        spec.seriesNumber = number % 2 + 1;
        spec.instance = spec.series + '.' + std::to_string(number);
        spec.instanceNumber = number;
        return spec;
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
    base::Result<std::vector<archive::FoundSeries>> listSeries(const base::StudyUid &,
                                                               std::stop_token) override
    {
        return std::vector<archive::FoundSeries>();
    }
    base::Result<std::vector<archive::FoundInstance>>
    listInstances(const base::StudyUid &, const base::SeriesUid &series, std::stop_token) override
    {
        std::vector<archive::FoundInstance> all;
        for (int i = 0; i < instances; ++i) {
            const InstanceSpec one = spec(i);
            if (series.isEmpty() || series.value() == one.series)
                all.push_back({base::SeriesUid(one.series), base::InstanceUid(one.instance), kCt, "CT",
                               one.seriesNumber, one.instanceNumber});
        }
        return all;
    }
    bool answersSeriesAtOnce() const override { return atOnce; }
    base::Result<archive::RetrieveReport> retrieve(const archive::Wanted &wanted,
                                                   const archive::Retrieval &retrieval,
                                                   std::stop_token stop) override
    {
        archive::RetrieveReport report;
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
                if (stop.stop_requested())
                    return base::failure(ErrorCode::Cancelled, "stopped");
                if (failAfter >= 0 && sent >= failAfter)
                    return base::failure(ErrorCode::ConnectionLost, "cut");
                if (dropped.contains(number))
                    continue;
                const std::string path = retrieval.stagingFolder + "/f" + std::to_string(number) + '-' +
                                         std::to_string(sent++) + ".dcm";
                if (spoiled.contains(number))
                    writeFile(path, "garbage");
                else
                    writeInstance(path, spec(number));
                ++report.received;
                retrieval.sink({path, kCt, instance.uid, "1.2.840.10008.1.2.1", 100});
            }
        }
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
};

const base::StudyUid kStudy("1.2.3");

} // namespace

/// From an archive into the cache: complete means equal sets, whatever the archive says.
class tst_StudyRetrieval : public QObject
{
    Q_OBJECT

private:
    static session::RetrievalReport retrieve(CacheFixture &fixture, CapriciousArchive &archive,
                                             int associations = 2, const std::string &series = {})
    {
        auto report = session::retrieveStudy(*fixture.cache, archive,
                                             {kStudy, base::SeriesUid(series), associations}, {}, {});
        return report ? *std::move(report) : session::RetrievalReport();
    }

private Q_SLOTS:
    void bringsAWholeStudyOnce()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        auto report = retrieve(fixture, archive);
        QCOMPARE(report.here, archive.instances);
        QCOMPARE(report.arrived, archive.instances);
        QCOMPARE(report.completeness, cache::Completeness::Complete);
        QCOMPARE(fixture.cache->study(kStudy)->completeness, cache::Completeness::Complete);
        report = retrieve(fixture, archive);
        QCOMPARE(report.here, archive.instances);
        QCOMPARE(report.arrived, 0);
        QCOMPARE(archive.asked.load(), archive.instances);
    }

    void bringsOneSeries()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        const auto report = retrieve(fixture, archive, 2, "1.2.3.2");
        QCOMPARE(report.expected, archive.instances / 2);
        QCOMPARE(report.here, archive.instances / 2);
        QCOMPARE(fixture.cache->instances(base::SeriesUid("1.2.3.1")).size(), std::size_t(0));
    }

    /// docs/safety.md F8.
    void flagsEverySuccessWithInstancesMissing()
    {
        constexpr int kCases = 200;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        int dropped = 0;
        for (int i = 0; i < kCases; ++i) {
            CacheFixture fixture;
            QVERIFY(fixture.open());
            CapriciousArchive archive;
            archive.instances = 8;
            const int missing = random.bounded(0, 4);
            while (int(archive.dropped.size()) < missing)
                archive.dropped.insert(random.bounded(archive.instances));
            dropped += missing;
            const auto report = retrieve(fixture, archive, 1);
            const auto expected =
                missing == 0 ? cache::Completeness::Complete : cache::Completeness::Incomplete;
            QVERIFY2(report.completeness == expected, qPrintable(QString::number(seed)));
            QCOMPARE(int(report.missing.size()), missing);
            QCOMPARE(fixture.cache->study(kStudy)->completeness, expected);
        }
        QVERIFY(dropped > 0);
    }

    void saysWhyAnInstanceWasNotTaken()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        archive.spoiled = {3};
        const auto report = retrieve(fixture, archive);
        QCOMPARE(report.missing.size(), std::size_t(1));
        QCOMPARE(report.missing.front().instance.value(), CapriciousArchive::spec(3).instance);
        QVERIFY(report.missing.front().reason.has_value());
        QCOMPARE(report.completeness, cache::Completeness::Incomplete);
    }

    void goesOnWithWhatIsMissingAfterACut()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        archive.failAfter = 15;
        auto report = retrieve(fixture, archive);
        QVERIFY(report.error && report.error->code() == ErrorCode::ConnectionLost);
        QCOMPARE(report.here, archive.sent.load());
        QCOMPARE(report.completeness, cache::Completeness::Incomplete);
        const int before = archive.sent;
        archive.failAfter = -1;
        report = retrieve(fixture, archive);
        QVERIFY(!report.error);
        QCOMPARE(report.completeness, cache::Completeness::Complete);
        QCOMPARE(archive.sent.load(), archive.instances);
        QCOMPARE(report.arrived, archive.instances - before);
    }

    void asksForWholeSeriesWhereTheyComeInOneAnswer()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        archive.atOnce = true;
        archive.dropped = {7}; // of the second series
        auto report = retrieve(fixture, archive);
        QCOMPARE(archive.wholeSeries.load(), 2);
        QCOMPARE(archive.asked.load(), 0);
        QCOMPARE(report.here, archive.instances - 1);
        QCOMPARE(report.completeness, cache::Completeness::Incomplete);
        // What is here already is not fetched again: the one that lacks is asked for by its name.
        archive.dropped.clear();
        report = retrieve(fixture, archive);
        QCOMPARE(archive.wholeSeries.load(), 2);
        QCOMPARE(archive.asked.load(), 1);
        QCOMPARE(report.arrived, 1);
        QCOMPARE(report.completeness, cache::Completeness::Complete);
    }

    void saysThatThereIsNoSuchStudy()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        archive.instances = 0;
        const auto report = session::retrieveStudy(*fixture.cache, archive, {kStudy, {}, 1}, {}, {});
        QVERIFY(!report);
        QCOMPARE(report.error().code(), ErrorCode::NotFound);
    }

    void aStopKeepsWhatHasArrived()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        CapriciousArchive archive;
        archive.instances = 600;
        std::stop_source stop;
        const auto report = session::retrieveStudy(
            *fixture.cache, archive, {kStudy, {}, 1},
            [&](const session::RetrievalProgress &) { stop.request_stop(); }, stop.get_token());
        QVERIFY(report.has_value());
        QCOMPARE(report->here, archive.sent.load());
    }
};

QTEST_GUILESS_MAIN(tst_StudyRetrieval)
#include "tst_StudyRetrieval.moc"
