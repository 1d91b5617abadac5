#include "CacheFixture.h"

#include <QtTest/QtTest>

#include <csignal>

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// A full disk: every file is taken whole or refused, and work goes on once there is room (F3).
class tst_CacheDiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatFitsAndGoesOnAfterwards();
    void survivesAFailureOfEveryWrite();

private:
    static void writeSources(CacheFixture &fixture, int files, std::size_t bytes)
    {
        for (int i = 1; i <= files; ++i) {
            InstanceSpec spec;
            spec.instance = "1.7." + std::to_string(i);
            spec.instanceNumber = i;
            spec.pixelBytes = bytes;
            writeInstance(fixture.source(std::to_string(i)), spec);
        }
    }
};

void tst_CacheDiskFull::takesWhatFitsAndGoesOnAfterwards()
{
    // A small disk of our own, gone with this process. Without the right to mount there is no such disk.
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP("no private mounts here: the other case limits file sizes instead");
    CacheFixture fixture;
    std::filesystem::create_directories(fixture.path("cache"));
    QCOMPARE(::mount("tmpfs", fixture.path("cache").c_str(), "tmpfs", 0, "size=16m"), 0);
    fixture.options.reserveBytes = 4 << 20;
    QVERIFY(fixture.open());
    writeSources(fixture, 60, 500'000);
    const auto report = fixture.import(fixture.source(""));
    QCOMPARE(report.files, 60);
    QVERIFY(report.imported > 0 && report.imported < 60);
    QCOMPARE(report.imported + static_cast<int>(report.refused.size()), 60);
    for (const auto &refused : report.refused)
        QCOMPARE(refused.error.code(), ErrorCode::DiskFull);
    const auto verified = fixture.cache->verify({}, {});
    QCOMPARE(verified->ok, report.imported);
    QCOMPARE(verified->files, report.imported);
    QVERIFY(fixture.hasNoTemporaryFiles());

    // A larger disk, and the rest goes in.
    QCOMPARE(::mount("tmpfs", fixture.path("cache").c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
    const auto again = fixture.import(fixture.source(""));
    QCOMPARE(again.imported + again.alreadyThere, 60);
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->verify({}, {})->ok, 60);
    fixture.cache.reset();
    QCOMPARE(::umount(fixture.path("cache").c_str()), 0);
}

void tst_CacheDiskFull::survivesAFailureOfEveryWrite()
{
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit whole = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &whole), 0);
    int refusals = 0;
    // From the first object to the index and its log, whatever grows beyond the limit fails.
    for (const rlim_t limit :
         {0UL, 1UL, 4096UL, 30'000UL, 60'000UL, 70'000UL, 100'000UL, 150'000UL, 200'000UL}) {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        writeSources(fixture, 20, 60'000);
        rlimit small = whole;
        small.rlim_cur = limit;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto report = fixture.import(fixture.source(""));
        const auto verified = fixture.cache->verify({}, {});
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &whole), 0);
        QCOMPARE(report.imported + static_cast<int>(report.refused.size()), 20);
        refusals += static_cast<int>(report.refused.size());
        QVERIFY(verified);
        QCOMPARE(verified->ok, report.imported);
        QCOMPARE(verified->files, report.imported);
        const auto again = fixture.import(fixture.source(""));
        QCOMPARE(again.imported + again.alreadyThere, 20);
        QVERIFY(fixture.open());
        QCOMPARE(fixture.cache->verify({}, {})->ok, 20);
    }
    QVERIFY2(refusals > 0, "no write failed");
}

QTEST_GUILESS_MAIN(tst_CacheDiskFull)
#include "tst_CacheDiskFull.moc"
