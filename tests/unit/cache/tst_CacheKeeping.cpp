#include "CacheFixture.h"

#include <QtTest/QtTest>

#include <random>
#include <thread>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// What is kept stays whole: removal, eviction, pins, verification, a damaged or lost index.
class tst_CacheKeeping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesFilesWithTheirStudy();
    void neverRemovesAnOpenStudy();
    void evictsTheLeastRecentlyUsed();
    void pinsOutliveTheIndex();
    void findsEveryFlippedBit();
    void importingAgainHealsADamagedFile();
    void rebuildReplacesAnIndexDamagedWhileOpen();
    void findsDamageThatCameAfterAnOrderlyEnd();
    void checksAtOnceWhereTheEndWasNotOrderly();
    void doesNotWaitForTheLaterCheckAtItsEnd();
    void adoptsWholeFilesThatNoRowKnows();
    void linkPlantedInTheCacheIsNotFollowed();
    void readersDoNotWaitForTheWriter();
    void diskBelowReserveIsRefused();

private:
    static void fill(CacheFixture &fixture, int studies, int instances, const std::string &folder = "many")
    {
        for (int s = 1; s <= studies; ++s)
            for (int i = 1; i <= instances; ++i) {
                InstanceSpec spec;
                spec.study = "1.5." + std::to_string(s);
                spec.series = "1.6." + std::to_string(s);
                spec.instance = "1.7." + std::to_string(s) + "." + std::to_string(i);
                spec.instanceNumber = i;
                writeInstance(fixture.source(folder + "/" + std::to_string(s) + "/" + std::to_string(i)),
                              spec);
            }
        fixture.import(fixture.source(folder));
    }
};

void tst_CacheKeeping::removesFilesWithTheirStudy()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 2, 5);
    QCOMPARE(fixture.objects().size(), 10U);
    QVERIFY(fixture.cache->remove(base::StudyUid("1.5.1")));
    QCOMPARE(fixture.objects().size(), 5U);
    QCOMPARE(fixture.cache->studies({}).size(), 1U);
    QVERIFY(fixture.cache->series(base::StudyUid("1.5.1")).empty());
    QCOMPARE(fixture.cache->verify({}, {})->ok, 5);
    QCOMPARE(fixture.cache->remove(base::StudyUid("1.5.1")).error().code(), ErrorCode::NotFound);
    fill(fixture, 1, 5);
    QCOMPARE(fixture.cache->verify({}, {})->ok, 10);
}

void tst_CacheKeeping::neverRemovesAnOpenStudy()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1, 2);
    const base::StudyUid study("1.5.1");
    fixture.cache->setOpen(study, true);
    fixture.cache->setOpen(study, true);
    fixture.cache->setOpen(study, false);
    QCOMPARE(fixture.cache->remove(study).error().code(), ErrorCode::Busy);
    fixture.cache->setOpen(study, false);
    QVERIFY(fixture.cache->remove(study));
}

void tst_CacheKeeping::evictsTheLeastRecentlyUsed()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 5, 2);
    const std::uint64_t each = fixture.cache->study(base::StudyUid("1.5.1"))->bytes;
    fixture.cache->setOpen(base::StudyUid("1.5.1"), true);
    fixture.cache->setOpen(base::StudyUid("1.5.1"), false);
    fixture.cache->setOpen(base::StudyUid("1.5.3"), true);
    QVERIFY(fixture.cache->setPinned(base::StudyUid("1.5.2"), true));
    fixture.options.quotaBytes = each * 3;
    fixture.cache->setOpen(base::StudyUid("1.5.3"), false);
    QVERIFY(fixture.open());
    fixture.cache->setOpen(base::StudyUid("1.5.4"), true);
    const auto evicted = fixture.cache->enforceQuota();
    QVERIFY(evicted);
    // 2 is pinned, 4 is open, 1 and 3 were used after 5.
    QCOMPARE(*evicted, (std::vector{base::StudyUid("1.5.5"), base::StudyUid("1.5.1")}));
    QCOMPARE(fixture.cache->studies({}).size(), 3U);
    QVERIFY(fixture.cache->enforceQuota()->empty());
}

void tst_CacheKeeping::pinsOutliveTheIndex()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 2, 1);
    QVERIFY(fixture.cache->setPinned(base::StudyUid("1.5.2"), true));
    QCOMPARE(fixture.cache->setPinned(base::StudyUid("9.9"), true).error().code(), ErrorCode::NotFound);
    fixture.cache.reset();
    std::filesystem::remove(fixture.path("cache/index.sqlite"));
    QVERIFY(fixture.open());
    QVERIFY(fixture.cache->study(base::StudyUid("1.5.2"))->pinned);
    QVERIFY(!fixture.cache->study(base::StudyUid("1.5.1"))->pinned);
}

void tst_CacheKeeping::findsEveryFlippedBit()
{
    constexpr unsigned kSeed = 99;
    std::mt19937 random(kSeed);
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 2, 100);
    int flipped = 0;
    for (const auto &[path, content] : fixture.objects()) {
        std::string bytes = content;
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
        writeFile(path, bytes);
        ++flipped;
    }
    QCOMPARE(flipped, 200);
    const auto report = fixture.cache->verify({}, {});
    QCOMPARE(static_cast<int>(report->damaged.size()), flipped);
    QCOMPARE(report->ok, 0);
    QCOMPARE(fixture.cache->check(base::InstanceUid("1.7.1.1")).error().code(), ErrorCode::HashMismatch);
}

void tst_CacheKeeping::importingAgainHealsADamagedFile()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1, 2);
    const auto before = fixture.objects();
    writeFile(before.begin()->first, "damaged");
    std::filesystem::remove(std::next(before.begin())->first);
    QCOMPARE(fixture.cache->verify({}, {})->damaged.size(), 1U);
    QCOMPARE(fixture.cache->verify({}, {})->missing.size(), 1U);
    QCOMPARE(fixture.import(fixture.source("many")).alreadyThere, 2);
    QCOMPARE(fixture.cache->verify({}, {})->ok, 2);
    QCOMPARE(fixture.objects(), before);
}

void tst_CacheKeeping::rebuildReplacesAnIndexDamagedWhileOpen()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 3, 10);
    QVERIFY(fixture.open());
    const auto before = fixture.objects();
    {
        std::fstream file(fixture.path("cache/index.sqlite"),
                          std::ios::in | std::ios::out | std::ios::binary);
        const std::string noise(4096, '\x5a');
        file.seekp(4096);
        for (int page = 1; page < 40; ++page)
            file.write(noise.data(), 4096);
    }
    const auto rebuilt = fixture.cache->rebuild({}, {});
    QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().describe().c_str());
    QCOMPARE(*rebuilt, 30);
    QCOMPARE(fixture.objects(), before);
    QCOMPARE(fixture.cache->studies({}).size(), 3U);
}

void tst_CacheKeeping::findsDamageThatCameAfterAnOrderlyEnd()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 3, 10);
    fixture.cache.reset();
    const auto index = fixture.path("cache/index.sqlite");
    const auto written = std::filesystem::last_write_time(index);
    const auto size = std::filesystem::file_size(index);
    {
        std::fstream file(index, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(size / 2 / 4096 * 4096));
        for (std::uintmax_t page = size / 2 / 4096; page < size / 4096; ++page)
            file.write(std::string(4096, '\x5a').data(), 4096);
    }
    // As a disk does that forgets: no time tells of it.
    std::filesystem::last_write_time(index, written);
    fixture.options.checkAfterSeconds = 0;
    QVERIFY(fixture.open());
    QTRY_VERIFY(std::filesystem::exists(index.string() + ".damaged-1"));
    QTRY_COMPARE(fixture.cache->studies({}).size(), 3U);
    QCOMPARE(fixture.cache->verify({}, {})->ok, 30);
}

void tst_CacheKeeping::checksAtOnceWhereTheEndWasNotOrderly()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 3, 10);
    QVERIFY(!std::filesystem::exists(fixture.path("cache/index.closed")));
    fixture.cache.reset();
    QVERIFY(std::filesystem::exists(fixture.path("cache/index.closed")));
    const auto index = fixture.path("cache/index.sqlite");
    {
        std::fstream file(index, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(3 * 4096);
        file.write(std::string(4096, '\x5a').data(), 4096);
    }
    fixture.options.checkAfterSeconds = 3600;
    QVERIFY(fixture.open());
    QVERIFY(std::filesystem::exists(index.string() + ".damaged-1"));
    QCOMPARE(fixture.cache->studies({}).size(), 3U);
}

void tst_CacheKeeping::doesNotWaitForTheLaterCheckAtItsEnd()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1, 3);
    fixture.options.checkAfterSeconds = 3600;
    QVERIFY(fixture.open());
    fixture.cache.reset(); // hangs, and the test with it, if it waits
    QVERIFY(std::filesystem::exists(fixture.path("cache/index.closed")));
}

void tst_CacheKeeping::adoptsWholeFilesThatNoRowKnows()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1, 3);
    CacheFixture other;
    QVERIFY(other.open());
    fill(other, 2, 3);
    fixture.cache.reset();
    for (const auto &[path, content] : other.objects()) {
        const auto relative = std::filesystem::relative(path, other.path("cache"));
        writeFile(fixture.path("cache") / relative, content);
    }
    writeFile(fixture.path("cache/objects/ab") / std::string(62, 'c'),
              "half a file under a hash that is not its own");
    fixture.options.checkAfterSeconds = 2; // time to listen
    QVERIFY(fixture.open());
    std::atomic<int> told = 0;
    fixture.cache->setChangedHandler([&told] { ++told; });
    QTRY_COMPARE(fixture.cache->studies({}).size(), 2U);
    QTRY_VERIFY(told > 0);
    const auto report = fixture.cache->verify({}, {});
    QCOMPARE(report->ok, 6);
    QCOMPARE(report->damaged.size(), 1U);
}

void tst_CacheKeeping::linkPlantedInTheCacheIsNotFollowed()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    std::filesystem::create_directories(fixture.path("outside"));
    for (int i = 0; i < 256; ++i) {
        char name[3];
        std::snprintf(name, sizeof name, "%02x", static_cast<unsigned>(i));
        std::filesystem::create_directory_symlink(fixture.path("outside"),
                                                  fixture.path("cache/objects") / name);
    }
    const auto report = fixture.importOne({});
    QCOMPARE(report.imported, 0);
    QCOMPARE(report.refused.size(), 1U);
    QVERIFY(std::filesystem::is_empty(fixture.path("outside")));
    QVERIFY(fixture.cache->studies({}).empty());
}

void tst_CacheKeeping::readersDoNotWaitForTheWriter()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1, 10);
    for (int i = 1; i <= 1500; ++i) {
        InstanceSpec spec;
        spec.study = "1.8";
        spec.series = "1.8.1";
        spec.instance = "1.8.1." + std::to_string(i);
        writeInstance(fixture.source("big/" + std::to_string(i)), spec);
    }
    std::atomic<bool> importing = true;
    std::atomic<int> changes = 0;
    fixture.cache->setChangedHandler([&] { ++changes; });
    std::jthread importer([&] {
        fixture.import(fixture.source("big"));
        importing = false;
    });
    int reads = 0, lastCount = 0;
    while (importing) {
        QCOMPARE(fixture.cache->instances(base::SeriesUid("1.6.1")).size(), 10U);
        const auto study = fixture.cache->study(base::StudyUid("1.8"));
        const int count = study ? study->instances : 0;
        QVERIFY(count >= lastCount);
        lastCount = count;
        ++reads;
    }
    importer.join();
    QVERIFY(reads > 10);
    QVERIFY(changes > 1);
    QCOMPARE(fixture.cache->study(base::StudyUid("1.8"))->instances, 1500);
}

void tst_CacheKeeping::diskBelowReserveIsRefused()
{
    CacheFixture fixture;
    fixture.options.reserveBytes = std::uint64_t(1) << 62;
    QVERIFY(fixture.open());
    const auto report = fixture.importOne({});
    QCOMPARE(report.refused.size(), 1U);
    QCOMPARE(report.refused[0].error.code(), ErrorCode::DiskFull);
    QVERIFY(fixture.objects().empty());
    fixture.options.reserveBytes = 0;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.importOne({}).imported, 1);
}

QTEST_GUILESS_MAIN(tst_CacheKeeping)
#include "tst_CacheKeeping.moc"
