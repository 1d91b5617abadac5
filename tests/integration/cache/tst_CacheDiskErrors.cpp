#include "CacheChild.h"
#include "CacheFixture.h"
#include "DiskLog.h"

#include <QtTest/QtTest>

#include <cerrno>

using namespace negatoscope;
using namespace negatoscope::test;

/// Every change of the disk that an import makes fails in turn, once or from then on (F3, F4); and the clock
/// jumps between imports (F11).
class tst_CacheDiskErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesAFailureOfEveryChange_data();
    void survivesAFailureOfEveryChange();
    void keepsTheFirstVersionWhateverTheClockSays_data();
    void keepsTheFirstVersionWhateverTheClockSays();

private:
    static std::map<QString, QString> shim(const CacheFixture &fixture)
    {
        return {{QStringLiteral("LD_PRELOAD"), QStringLiteral(DISK_SHIM)},
                {QStringLiteral("NEGATOSCOPE_SHIM_ROOT"), QString::fromStdString(fixture.options.folder)}};
    }
    static QStringList importOf(const std::filesystem::path &path)
    {
        return {QStringLiteral("import"), QString::fromStdString(path.string())};
    }
    /// How many changes of the disk an import makes.
    static int changesOfImport(const std::filesystem::path &path)
    {
        CacheFixture fixture;
        std::filesystem::create_directories(fixture.options.folder);
        const auto log = fixture.path("log").string();
        auto environment = shim(fixture);
        environment[QStringLiteral("NEGATOSCOPE_SHIM_LOG")] = QString::fromStdString(log);
        if (CacheChild::run(fixture.options.folder, importOf(path), environment).exitCode != 0)
            return 0;
        std::ostringstream bytes;
        bytes << std::ifstream(log, std::ios::binary).rdbuf();
        const auto all = DiskChange::decode(bytes.str());
        return static_cast<int>(std::count_if(all.begin(), all.end(), [](const DiskChange &change) {
            return change.kind != DiskChange::Kind::Said && change.kind != DiskChange::Kind::Stamp;
        }));
    }
    static void checkSound(CacheFixture &fixture, int committed)
    {
        QVERIFY2(fixture.open(), fixture.error.describe().c_str());
        int shown = 0;
        for (const auto &study : fixture.cache->studies({}))
            shown += study.instances;
        QVERIFY2(shown >= committed, "a committed instance is lost");
        const auto report = fixture.cache->verify({}, {});
        QVERIFY(report && report->ok == report->files && report->missing.empty() &&
                report->unindexed.empty());
    }
};

void tst_CacheDiskErrors::survivesAFailureOfEveryChange_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("andAllLater");
    QTest::addColumn<int>("step");
    QTest::newRow("EIO, once") << EIO << false << 1;
    QTest::newRow("EIO, from then on") << EIO << true << 5;
    QTest::newRow("ENOSPC, once") << ENOSPC << false << 1;
    QTest::newRow("ENOSPC, from then on") << ENOSPC << true << 5;
}

void tst_CacheDiskErrors::survivesAFailureOfEveryChange()
{
    QFETCH(const int, error);
    QFETCH(const bool, andAllLater);
    QFETCH(const int, step);
    constexpr int kFiles = 20;
    QTemporaryDir sources;
    const std::filesystem::path from = sources.path().toStdString();
    for (int i = 1; i <= kFiles; ++i) {
        InstanceSpec spec;
        spec.instance = "1.7." + std::to_string(i);
        writeInstance(from / std::to_string(i), spec);
    }
    const int changes = changesOfImport(from);
    QVERIFY2(changes > 100, "too few changes to fail");
    int reported = 0;
    for (int at = 1; at <= changes; at += step) {
        CacheFixture fixture;
        std::filesystem::create_directories(fixture.options.folder);
        auto environment = shim(fixture);
        environment[QStringLiteral("NEGATOSCOPE_SHIM_FAIL")] =
            QString::number(at) + (andAllLater ? QStringLiteral("+") : QString());
        environment[QStringLiteral("NEGATOSCOPE_SHIM_ERRNO")] = QString::number(error);
        const auto child = CacheChild::run(fixture.options.folder, importOf(from), environment);
        QVERIFY2(child.started && !child.killed, qPrintable(QStringLiteral("died of failure %1").arg(at)));
        // Done means done: success is never reported for less than everything.
        if (child.exitCode == 0)
            QCOMPARE(child.committed, kFiles);
        reported += child.exitCode == 0 ? 0 : 1;
        checkSound(fixture, child.committed);
        if (QTest::currentTestFailed())
            return;
        if (at % 10 != 1)
            continue;
        // The import is simply done again.
        const auto again = fixture.import(from);
        QCOMPARE(again.imported + again.alreadyThere, kFiles);
        QCOMPARE(fixture.cache->verify({}, {})->ok, kFiles);
    }
    qInfo("%d changes, %d failures were reported, the others mended or of something optional", changes,
          reported);
    QVERIFY2(reported > 20 / step, "hardly a failure was noticed");
}

void tst_CacheDiskErrors::keepsTheFirstVersionWhateverTheClockSays_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("second");
    constexpr qint64 kHour = 3600, kDay = 24 * kHour, kYear = 365 * kDay;
    for (const auto &[name, first, second] :
         {std::tuple("right", qint64(0), qint64(0)), std::tuple("a day fast, then right", kDay, qint64(0)),
          std::tuple("a day slow, then right", -kDay, qint64(0)),
          std::tuple("right, then a day slow", qint64(0), -kDay),
          std::tuple("ten years fast, then right", 10 * kYear, qint64(0)),
          std::tuple("ten years slow, then right", -10 * kYear, qint64(0)),
          std::tuple("right, then ten years slow", qint64(0), -10 * kYear),
          std::tuple("right, then ten years fast", qint64(0), 10 * kYear),
          std::tuple("ten years fast, then ten slow", 10 * kYear, -10 * kYear),
          std::tuple("an hour fast, then right", kHour, qint64(0)),
          std::tuple("right, then an hour slow", qint64(0), -kHour),
          std::tuple("a second fast, then right", qint64(1), qint64(0))})
        QTest::newRow(name) << first << second;
}

void tst_CacheDiskErrors::keepsTheFirstVersionWhateverTheClockSays()
{
    QFETCH(const qint64, first);
    QFETCH(const qint64, second);
    CacheFixture fixture;
    InstanceSpec one, two;
    two.fill = 'y';
    writeInstance(fixture.source("1"), one);
    writeInstance(fixture.source("2"), two);
    for (const auto &[name, offset] : {std::pair("1", first), std::pair("2", second)}) {
        auto environment = shim(fixture);
        environment[QStringLiteral("NEGATOSCOPE_SHIM_CLOCK")] = QString::number(offset);
        QVERIFY(CacheChild::run(fixture.options.folder, importOf(fixture.source(name)), environment).started);
    }
    QVERIFY(fixture.open());
    const base::InstanceUid uid(one.instance);
    const auto shown = fixture.cache->instance(uid);
    QVERIFY(shown);
    std::ostringstream content;
    content << std::ifstream(shown->path, std::ios::binary).rdbuf();
    QCOMPARE(content.str(), fakeDicom(one).bytes());
    // The files alone say the same.
    QVERIFY(fixture.cache->rebuild({}, {}));
    QCOMPARE(fixture.cache->instance(uid)->path, shown->path);
    QCOMPARE(fixture.cache->setAside(base::StudyUid(one.study)).size(), 1U);
    QCOMPARE(fixture.cache->study(base::StudyUid(one.study))->studyDate, one.date);
}

QTEST_GUILESS_MAIN(tst_CacheDiskErrors)
#include "tst_CacheDiskErrors.moc"
