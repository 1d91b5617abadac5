#include "CacheChild.h"
#include "CacheFixture.h"
#include "CrashPoint.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <random>

#include <csignal>

using namespace negatoscope;
using namespace negatoscope::test;

/// kill -9 at any moment: what was reported as committed stays, nothing half is shown, the cache opens again
/// (F1).
class tst_CacheKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void losesNothingAtRandomMoments();
    void losesNothingAtCrashPoints_data();
    void losesNothingAtCrashPoints();
    void cleanupTestCase();

private:
    void checkSound(CacheFixture &fixture, int committed);

    static constexpr int kFiles = 600, kKills = 40;
    static constexpr unsigned kSeed = 4711;
    QTemporaryDir m_sources;
    double m_importMs = 0;
    int m_injections = 0;
};

void tst_CacheKilled::initTestCase()
{
    for (int i = 1; i <= kFiles; ++i) {
        InstanceSpec spec;
        spec.study = "1.5." + std::to_string(i % 3);
        spec.series = "1.6." + std::to_string(i % 3);
        spec.instance = "1.7." + std::to_string(i);
        spec.instanceNumber = i;
        spec.pixelBytes = 20'000;
        writeInstance(std::filesystem::path(m_sources.path().toStdString()) / std::to_string(i), spec);
    }
    CacheFixture fixture;
    QElapsedTimer timer;
    timer.start();
    const auto whole = CacheChild::run(fixture.options.folder, {QStringLiteral("import"), m_sources.path()});
    m_importMs = static_cast<double>(timer.elapsed());
    QVERIFY(whole.started && !whole.killed);
    QCOMPARE(whole.committed, kFiles);
}

void tst_CacheKilled::checkSound(CacheFixture &fixture, int committed)
{
    QElapsedTimer timer;
    timer.start();
    QVERIFY2(fixture.open(), fixture.error.describe().c_str());
    QVERIFY2(timer.elapsed() < 3000, "not usable within 3 s");
    int shown = 0;
    for (const auto &study : fixture.cache->studies({}))
        for (const auto &series : fixture.cache->series(study.uid)) {
            const auto instances = fixture.cache->instances(series.uid);
            QCOMPARE(static_cast<int>(instances.size()), series.instances);
            for (const auto &instance : instances)
                QVERIFY(fixture.cache->check(instance.uid));
            shown += series.instances;
        }
    QVERIFY2(shown >= committed, "a committed instance is lost");
    const auto report = fixture.cache->verify({}, {});
    QVERIFY(report);
    QCOMPARE(report->ok, report->files);
    QVERIFY(report->damaged.empty() && report->missing.empty() && report->unindexed.empty());
    QVERIFY(fixture.hasNoTemporaryFiles());
}

void tst_CacheKilled::losesNothingAtRandomMoments()
{
    std::mt19937 random(kSeed);
    qInfo("seed %u, one import takes %.0f ms", kSeed, m_importMs);
    int killed = 0, finished = 0;
    while (killed < kKills) {
        CacheFixture fixture;
        const double after = 1 + m_importMs * static_cast<double>(random() % 1000) / 1000.0;
        const auto outcome =
            CacheChild::run(fixture.options.folder, {QStringLiteral("import"), m_sources.path()}, {}, after);
        if (!outcome.killed) {
            // Faster than the one that was measured: aim earlier.
            m_importMs = std::max(20.0, after * 0.9);
            QVERIFY2(++finished < 4 * kKills, "too few kills hit a running import");
        }
        killed += outcome.killed ? 1 : 0;
        checkSound(fixture, outcome.committed);
        if (QTest::currentTestFailed())
            return;
        if (killed % 8 == 0) {
            // The import is simply done again.
            const auto report = fixture.import(m_sources.path().toStdString());
            QCOMPARE(report.imported + report.alreadyThere, kFiles);
            QCOMPARE(fixture.cache->verify({}, {})->ok, kFiles);
        }
    }
    qInfo("%d imports were killed, %d were done before", killed, finished);
    m_injections += killed;
}

void tst_CacheKilled::losesNothingAtCrashPoints_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("count");
    for (const std::string_view name : cache::crashPointNames()) {
        if (name.starts_with("upgrade"))
            continue; // tst_CacheUpgrade
        for (const int count : {1, 2})
            QTest::addRow("%s:%d", std::string(name).c_str(), count)
                << QString::fromStdString(std::string(name)) << count;
    }
}

void tst_CacheKilled::losesNothingAtCrashPoints()
{
    QFETCH(const QString, name);
    QFETCH(const int, count);
    const QString crashAt = name + u':' + QString::number(count);
    CacheFixture fixture;
    int committed = 0;
    QStringList job{QStringLiteral("import"), m_sources.path()};
    const bool laterJob = !name.startsWith(u"stage") && !name.startsWith(u"admit");
    if (laterJob) {
        QVERIFY(fixture.open());
        QCOMPARE(fixture.import(m_sources.path().toStdString()).imported, kFiles);
        fixture.cache.reset();
        committed = kFiles;
    }
    if (name.startsWith(u"rebuild"))
        job = QStringList{QStringLiteral("rebuild")};
    else if (name.startsWith(u"side"))
        job = QStringList{QStringLiteral("pin"), QStringLiteral("1.5.1")};
    else if (name.startsWith(u"remove"))
        job = QStringList{QStringLiteral("remove"), QStringLiteral("1.5.1")};
    else if (name.startsWith(u"trash"))
        job = QStringList{QStringLiteral("trash"), QStringLiteral("1.5.1")};
    const auto outcome =
        CacheChild::run(fixture.options.folder, job, {{QStringLiteral("NEGATOSCOPE_CRASH_AT"), crashAt}});
    // Some jobs pass a point only once.
    const bool once = name.startsWith(u"side") || name.startsWith(u"rebuild") || name.startsWith(u"trash") ||
                      name == u"remove.committed";
    if (once && count > 1) {
        QVERIFY(!outcome.killed);
        return;
    }
    QVERIFY2(outcome.killed, "the crash point was not reached");
    ++m_injections;
    if (name.startsWith(u"remove") || name == u"trash.noted")
        committed = kFiles - kFiles / 3;
    checkSound(fixture, std::max(committed, outcome.committed));
    if (!name.startsWith(u"trash") || QTest::currentTestFailed())
        return;
    // The note decides: what was noted is in the trash, and comes back whole.
    const base::StudyUid study("1.5.1");
    QCOMPARE(fixture.cache->trash().size(), name == u"trash.noted" ? 1U : 0U);
    QCOMPARE(bool(fixture.cache->study(study)), name != u"trash.noted");
    QVERIFY(fixture.cache->restore({study}));
    QCOMPARE(fixture.cache->study(study)->instances, kFiles / 3);
}

void tst_CacheKilled::cleanupTestCase()
{
    qInfo("%d kills", m_injections);
    QVERIFY2(m_injections > 0, "nothing was injected");
}

QTEST_GUILESS_MAIN(tst_CacheKilled)
#include "tst_CacheKilled.moc"
