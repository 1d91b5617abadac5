#include "CacheChild.h"
#include "CacheFixture.h"
#include "ReplayedDisk.h"

#include <QtTest/QtTest>

using namespace negatoscope;
using namespace negatoscope::test;
using Mode = ReplayedDisk::Mode;

/// The power goes off behind any change of the disk that an import makes, and what was not synced is lost in
/// every way a file system may lose it (F2): the cache opens again, has all that it said it has, and nothing
/// half.
class tst_CachePowerLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversFromEveryState_data();
    void recoversFromEveryState();
    void noticesAMissingSync();

private:
    struct Recording
    {
        std::vector<DiskChange> changes;
        int committed = 0;
    };
    static Recording record(int files);
    static int committedBefore(const std::vector<DiskChange> &changes, std::size_t count);
    /// Why the cache on this disk is not sound; nothing if it is.
    static QString problemOf(const ReplayedDisk &disk, int committed);
};

tst_CachePowerLoss::Recording tst_CachePowerLoss::record(int files)
{
    CacheFixture fixture;
    for (int i = 1; i <= files; ++i) {
        InstanceSpec spec;
        spec.study = "1.5." + std::to_string(i % 2);
        spec.series = "1.6." + std::to_string(i % 2);
        spec.instance = "1.7." + std::to_string(i);
        spec.pixelBytes = 3000;
        writeInstance(fixture.source(std::to_string(i)), spec);
    }
    std::filesystem::create_directories(fixture.options.folder);
    const auto log = fixture.path("log").string();
    const auto child = CacheChild::run(
        fixture.options.folder,
        {QStringLiteral("import"), QString::fromStdString(fixture.source("").string())},
        {{QStringLiteral("LD_PRELOAD"), QStringLiteral(DISK_SHIM)},
         {QStringLiteral("NEGATOSCOPE_SHIM_ROOT"), QString::fromStdString(fixture.options.folder)},
         {QStringLiteral("NEGATOSCOPE_SHIM_LOG"), QString::fromStdString(log)}});
    std::ostringstream bytes;
    bytes << std::ifstream(log, std::ios::binary).rdbuf();
    return {DiskChange::decode(bytes.str()), child.exitCode == 0 ? child.committed : 0};
}

int tst_CachePowerLoss::committedBefore(const std::vector<DiskChange> &changes, std::size_t count)
{
    int committed = 0;
    for (std::size_t i = 0; i < count; ++i)
        if (const auto said = QByteArray::fromStdString(changes[i].data);
            changes[i].kind == DiskChange::Kind::Said && said.startsWith(CacheChild::kCommitted))
            committed = said.mid(CacheChild::kCommitted.size()).trimmed().toInt();
    return committed;
}

QString tst_CachePowerLoss::problemOf(const ReplayedDisk &disk, int committed)
{
    CacheFixture fixture;
    std::filesystem::create_directories(fixture.options.folder);
    disk.writeTo(fixture.options.folder);
    if (!fixture.open())
        return QStringLiteral("does not open: ") + QString::fromStdString(fixture.error.describe());
    int shown = 0;
    for (const auto &study : fixture.cache->studies({}))
        for (const auto &series : fixture.cache->series(study.uid))
            for (const auto &instance : fixture.cache->instances(series.uid)) {
                if (!fixture.cache->check(instance.uid))
                    return QStringLiteral("shows an instance that is not whole");
                ++shown;
            }
    if (shown < committed)
        return QStringLiteral("%1 of %2 committed instances").arg(shown).arg(committed);
    const auto report = fixture.cache->verify({}, {});
    if (!report || report->ok != report->files || !report->missing.empty() || !report->unindexed.empty())
        return QStringLiteral("verify finds errors");
    if (!fixture.hasNoTemporaryFiles())
        return QStringLiteral("something half is left");
    return {};
}

void tst_CachePowerLoss::recoversFromEveryState_data()
{
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("least");
    QTest::newRow("5 files, each synced, every change") << 5 << 1 << 300;
    QTest::newRow("40 files, synced together, every 9th change") << 40 << 9 << 100;
}

void tst_CachePowerLoss::recoversFromEveryState()
{
    QFETCH(const int, files);
    QFETCH(const int, step);
    QFETCH(const int, least);
    const Recording recording = record(files);
    QCOMPARE(recording.committed, files);
    std::set<std::pair<std::string, int>> seen;
    for (std::size_t count = 0; count <= recording.changes.size(); count += static_cast<std::size_t>(step)) {
        const int committed = committedBefore(recording.changes, count);
        std::uint64_t seed = count * 10;
        for (const Mode mode : {Mode::OnlySynced, Mode::Everything, Mode::NamesWithoutContent,
                                Mode::ContentWithoutNames, Mode::AnyOfIt, Mode::AnyOfIt, Mode::AnyOfIt}) {
            const ReplayedDisk disk(recording.changes, count, mode, ++seed);
            if (!seen.insert({disk.fingerprint(), committed}).second)
                continue;
            const QString problem = problemOf(disk, committed);
            QVERIFY2(problem.isEmpty(), qPrintable(QStringLiteral("after change %1, mode %2: %3")
                                                       .arg(count)
                                                       .arg(static_cast<int>(mode))
                                                       .arg(problem)));
        }
    }
    qInfo("%zu changes, %zu different disks, all recovered", recording.changes.size(), seen.size());
    QVERIFY2(static_cast<int>(seen.size()) >= least, "too few states");
}

void tst_CachePowerLoss::noticesAMissingSync()
{
    const Recording recording = record(5);
    QCOMPARE(recording.committed, 5);
    const auto count = recording.changes.size();
    QVERIFY(problemOf({recording.changes, count, Mode::OnlySynced, 0}, 5).isEmpty());
    QVERIFY2(!problemOf({recording.changes, count, Mode::OnlySynced, 0, false}, 5).isEmpty(),
             "a disk that forgot everything passes");
    QVERIFY2(!problemOf({recording.changes, count, Mode::NamesWithoutContent, 0, false}, 5).isEmpty(),
             "a disk with empty files passes");
}

QTEST_GUILESS_MAIN(tst_CachePowerLoss)
#include "tst_CachePowerLoss.moc"
