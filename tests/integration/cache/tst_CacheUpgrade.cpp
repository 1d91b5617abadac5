#include "CacheChild.h"
#include "CacheFixture.h"
#include "Schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest/QtTest>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// An index of another version of the program: older ones are brought up, also if the process is killed at
/// any statement of it; a newer one is left alone (F21).
class tst_CacheUpgrade : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsUpAnOlderIndex();
    void survivesAKillAtEveryStatement_data();
    void survivesAKillAtEveryStatement();
    void rebuildsOneOfNoKnownVersion();
    void leavesANewerOneAlone();
    void cleanupTestCase() { QVERIFY2(m_kills > 0, "nothing was killed"); }

private:
    static constexpr int kFiles = 12;
    int m_kills = 0;

    static std::string indexOf(const CacheFixture &fixture)
    {
        return fixture.path("cache/index.sqlite").string();
    }

    /// Three studies of four instances, one of them pinned, under an index as version 1 wrote it.
    static bool makeOld(CacheFixture &fixture)
    {
        if (!fixture.open())
            return false;
        for (int i = 0; i < kFiles; ++i) {
            InstanceSpec spec;
            spec.study = "1.5." + std::to_string(i % 3);
            spec.series = "1.6." + std::to_string(i % 3);
            spec.instance = "1.7." + std::to_string(i);
            writeInstance(fixture.source(std::to_string(i)), spec);
        }
        if (fixture.import(fixture.source("")).imported != kFiles ||
            !fixture.cache->setPinned(base::StudyUid("1.5.1"), true))
            return false;
        fixture.cache.reset();
        SQLite::Database database(indexOf(fixture), SQLite::OPEN_READWRITE);
        database.exec(
            "DROP INDEX study_order_frames; DROP INDEX study_order_bytes;"
            " ALTER TABLE study DROP COLUMN frames; UPDATE meta SET value = 1 WHERE key = 'version'");
        return true;
    }

    static std::int64_t versionOf(const CacheFixture &fixture)
    {
        SQLite::Database database(indexOf(fixture), SQLite::OPEN_READWRITE);
        return database.execAndGet("SELECT value FROM meta WHERE key = 'version'").getInt64();
    }

    static bool wasRebuilt(const CacheFixture &fixture)
    {
        return std::filesystem::exists(indexOf(fixture) + ".damaged-1");
    }

    static void checkWhole(CacheFixture &fixture)
    {
        QVERIFY2(fixture.open(), fixture.error.describe().c_str());
        const auto studies = fixture.cache->studies({});
        QCOMPARE(studies.size(), 3U);
        for (const auto &study : studies) {
            QCOMPARE(study.instances, kFiles / 3);
            QCOMPARE(study.frames, kFiles / 3);
            QCOMPARE(study.pinned, study.uid.value() == "1.5.1");
        }
        QCOMPARE(fixture.cache->verify({}, {})->ok, kFiles);
        fixture.cache.reset();
        QCOMPARE(versionOf(fixture), cache::kSchemaVersion);
    }
};

void tst_CacheUpgrade::bringsUpAnOlderIndex()
{
    CacheFixture fixture;
    QVERIFY(makeOld(fixture));
    QCOMPARE(versionOf(fixture), 1);
    checkWhole(fixture);
    QVERIFY2(!wasRebuilt(fixture), "the files were read again for nothing");
}

void tst_CacheUpgrade::survivesAKillAtEveryStatement_data()
{
    QTest::addColumn<QString>("crashAt");
    for (const char *const point :
         {"upgrade.step:1", "upgrade.step:2", "upgrade.written", "upgrade.committed"})
        QTest::newRow(point) << QString::fromLatin1(point);
}

void tst_CacheUpgrade::survivesAKillAtEveryStatement()
{
    QFETCH(const QString, crashAt);
    CacheFixture fixture;
    QVERIFY(makeOld(fixture));
    const auto objects = fixture.objects();
    const auto child = CacheChild::run(fixture.options.folder, {QStringLiteral("open")},
                                       {{QStringLiteral("NEGATOSCOPE_CRASH_AT"), crashAt}});
    QVERIFY2(child.killed, "the crash point was not reached");
    ++m_kills;
    checkWhole(fixture);
    QVERIFY(!wasRebuilt(fixture));
    QCOMPARE(fixture.objects(), objects);
}

void tst_CacheUpgrade::rebuildsOneOfNoKnownVersion()
{
    CacheFixture fixture;
    QVERIFY(makeOld(fixture));
    SQLite::Database(indexOf(fixture), SQLite::OPEN_READWRITE)
        .exec("UPDATE meta SET value = 0 WHERE key = 'version'");
    checkWhole(fixture);
    QVERIFY(wasRebuilt(fixture));
}

void tst_CacheUpgrade::leavesANewerOneAlone()
{
    CacheFixture fixture;
    QVERIFY(makeOld(fixture));
    SQLite::Database(indexOf(fixture), SQLite::OPEN_READWRITE)
        .exec("UPDATE meta SET value = 999 WHERE key = 'version'");
    const auto objects = fixture.objects();
    QVERIFY(!fixture.open());
    QCOMPARE(fixture.error.code(), ErrorCode::Conflict);
    QCOMPARE(versionOf(fixture), 999);
    QVERIFY(!wasRebuilt(fixture));
    QCOMPARE(fixture.objects(), objects);
}

QTEST_GUILESS_MAIN(tst_CacheUpgrade)
#include "tst_CacheUpgrade.moc"
