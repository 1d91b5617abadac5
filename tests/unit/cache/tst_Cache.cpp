#include "CacheFixture.h"

#include <QtTest/QtTest>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;
using cache::Completeness;

/// Import, listing and lookup of what is cached.
class tst_Cache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importsAFolderAndListsIt();
    void importsTheSameFilesOnlyOnce();
    void firstInstanceIsTheOneReadFirst();
    void keepsEverythingWhenReopened();
    void secondOpenIsBusy();
};

void tst_Cache::importsAFolderAndListsIt()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 300; ++i) {
        InstanceSpec spec;
        spec.series = i <= 200 ? "1.2.3.1" : "1.2.3.2";
        spec.seriesNumber = i <= 200 ? 1 : 2;
        spec.instance = "1.2.3.9." + std::to_string(i);
        spec.instanceNumber = i;
        spec.z = i;
        writeInstance(fixture.source("a/b/" + std::to_string(i)), spec);
    }
    writeFile(fixture.source("readme.txt"), "no DICOM");
    int calls = 0;
    cache::ImportProgress last;
    const auto report = fixture.cache->import({fixture.source("").string()},
                                              [&](const cache::ImportProgress &progress) {
                                                  ++calls;
                                                  last = progress;
                                              },
                                              {});
    QVERIFY(report);
    QCOMPARE(report->files, 301);
    QCOMPARE(report->imported, 300);
    QCOMPARE(report->refused.size(), 1U);
    QCOMPARE(report->refused[0].error.code(), ErrorCode::NotDicom);
    QCOMPARE(report->series, 2);
    QCOMPARE(report->instances, 300);
    QVERIFY(calls > 0);
    QVERIFY(!last.listing);
    QCOMPARE(last.done, last.found);

    const auto studies = fixture.cache->studies({});
    QCOMPARE(studies.size(), 1U);
    QCOMPARE(studies[0].patient.name.alphabetic, "MARTIN^Claire");
    QCOMPARE(studies[0].series, 2);
    QCOMPARE(studies[0].instances, 300);
    QCOMPARE(studies[0].modalities, std::vector<std::string>{"CT"});
    QCOMPARE(studies[0].completeness, Completeness::Unknown);
    const auto series = fixture.cache->series(studies[0].uid);
    QCOMPARE(series.size(), 2U);
    QCOMPARE(series[0].instances, 200);
    QCOMPARE(series[0].frames, 200);
    QCOMPARE(series[0].rows, 16U);
    const auto instances = fixture.cache->instances(series[1].uid);
    QCOMPARE(instances.size(), 100U);
    QVERIFY(std::filesystem::exists(instances[0].path));
    QCOMPARE(std::filesystem::status(instances[0].path).permissions(),
             std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto verified = fixture.cache->verify({}, {});
    QVERIFY(verified);
    QCOMPARE(verified->ok, 300);
}

void tst_Cache::importsTheSameFilesOnlyOnce()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    writeInstance(fixture.source("a"), {});
    writeInstance(fixture.source("b"), {});
    const auto first = fixture.import(fixture.source(""));
    QCOMPARE(first.imported, 1);
    QCOMPARE(first.alreadyThere, 1);
    const auto second = fixture.import(fixture.source(""));
    QCOMPARE(second.imported, 0);
    QCOMPARE(second.alreadyThere, 2);
    QCOMPARE(fixture.objects().size(), 1U);
}

void tst_Cache::firstInstanceIsTheOneReadFirst()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 20; ++i) {
        InstanceSpec spec;
        spec.instance = "1.2.3.9." + std::to_string(i);
        spec.instanceNumber = i;
        spec.z = (i * 7) % 20;
        fixture.importOne(spec);
    }
    const base::SeriesUid series("1.2.3.1");
    std::vector<dicom::StackFrame> frames;
    for (const auto &instance : fixture.cache->instances(series))
        frames.push_back(instance.stack);
    const auto first = fixture.cache->firstInstance(series);
    QVERIFY(first);
    QCOMPARE(first->uid, dicom::Stack::of(frames).frames.front().instance);
}

void tst_Cache::keepsEverythingWhenReopened()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fixture.importOne({});
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->studies({}).size(), 1U);
    QVERIFY(fixture.cache->instance(base::InstanceUid("1.2.3.1.1")));
}

void tst_Cache::secondOpenIsBusy()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    const auto second = cache::Cache::open(fixture.options, fixture.reader);
    QVERIFY(!second);
    QCOMPARE(second.error().code(), ErrorCode::Busy);
}

QTEST_GUILESS_MAIN(tst_Cache)
#include "tst_Cache.moc"
