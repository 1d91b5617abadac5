#include "CacheFixture.h"
#include "CapriciousArchive.h"

#include <session/StudyRetrieval.h>

#include <QtCore/QRandomGenerator>
#include <QtTest>

#include <set>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

namespace {

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
