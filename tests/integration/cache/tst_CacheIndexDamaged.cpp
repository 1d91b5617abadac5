#include "CacheFixture.h"

#include <QtTest/QtTest>

#include <random>

using namespace negatoscope;
using namespace negatoscope::test;

/// A missing, damaged or old index is replaced from the files, which stay as they are (F12).
class tst_CacheIndexDamaged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rebuildsFromTheFiles_data();
    void rebuildsFromTheFiles();
    void cleanupTestCase();

private:
    enum Damage { Deleted, Truncated, PagesOverwritten, LogRemoved, OldCopy, NotADatabase, Empty, Kinds };
    void damage(const std::filesystem::path &folder, int kind, std::mt19937 &random) const;

    /// A cache as a killed process leaves it (index and log), and the index before most of the files came.
    CacheFixture m_template;
    int m_injections = 0;
};

void tst_CacheIndexDamaged::initTestCase()
{
    const auto write = [&](int study, int instances, const std::string &folder) {
        for (int i = 1; i <= instances; ++i) {
            InstanceSpec spec;
            spec.study = "1.5." + std::to_string(study);
            spec.series = "1.6." + std::to_string(study);
            spec.instance = "1.7." + std::to_string(study) + "." + std::to_string(i);
            spec.instanceNumber = i;
            writeInstance(m_template.source(folder + "/" + std::to_string(study) + "-" + std::to_string(i)),
                          spec);
        }
    };
    write(1, 20, "first");
    for (int study = 2; study <= 6; ++study)
        write(study, 20, "more");
    QVERIFY(m_template.open());
    QCOMPARE(m_template.import(m_template.source("first")).imported, 20);
    m_template.cache.reset();
    std::filesystem::copy_file(m_template.path("cache/index.sqlite"), m_template.path("old.sqlite"));
    QVERIFY(m_template.open());
    QCOMPARE(m_template.import(m_template.source("more")).imported, 100);
    QVERIFY(m_template.cache->setPinned(base::StudyUid("1.5.3"), true));
    std::filesystem::copy(m_template.path("cache"), m_template.path("killed"),
                          std::filesystem::copy_options::recursive);
    m_template.cache.reset();
    QVERIFY(std::filesystem::file_size(m_template.path("killed/index.sqlite-wal")) > 0);
}

void tst_CacheIndexDamaged::rebuildsFromTheFiles_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("seed");
    const char *const names[] = {"deleted",     "truncated",         "pages overwritten",
                                 "log removed", "old copy put back", "not a database",
                                 "empty"};
    for (int kind = 0; kind < Kinds; ++kind)
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("%s, seed %d", names[kind], seed) << kind << seed;
}

void tst_CacheIndexDamaged::damage(const std::filesystem::path &folder, int kind, std::mt19937 &random) const
{
    const auto index = folder / "index.sqlite";
    const auto size = std::filesystem::file_size(index);
    if (kind == Deleted)
        std::filesystem::remove(index);
    else if (kind == Truncated)
        std::filesystem::resize_file(index, random() % size);
    else if (kind == LogRemoved)
        std::filesystem::remove(folder / "index.sqlite-wal");
    else if (kind == OldCopy)
        std::filesystem::copy_file(m_template.path("old.sqlite"), index,
                                   std::filesystem::copy_options::overwrite_existing);
    else if (kind == NotADatabase)
        writeFile(index, "this is not a database, it is a text that somebody saved under its name");
    else if (kind == Empty)
        std::filesystem::resize_file(index, 0);
    if (kind != PagesOverwritten)
        return;
    std::fstream file(index, std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t page = 0; page < size / 4096; ++page) {
        if (random() % 3)
            continue;
        std::string noise(4096, '\0');
        for (char &c : noise)
            c = static_cast<char>(random());
        file.seekp(static_cast<std::streamoff>(page * 4096));
        file.write(noise.data(), 4096);
    }
}

void tst_CacheIndexDamaged::rebuildsFromTheFiles()
{
    QFETCH(const int, kind);
    QFETCH(const int, seed);
    std::mt19937 random(static_cast<unsigned>(seed * 100 + kind));
    CacheFixture fixture;
    // Odd seeds: closed in order; even seeds: as killed, with a log beside the index.
    const char *const from = seed % 2 && kind != LogRemoved ? "cache" : "killed";
    std::filesystem::copy(m_template.path(from), fixture.path("cache"),
                          std::filesystem::copy_options::recursive);
    const auto before = fixture.objects();
    QCOMPARE(before.size(), 120U);
    damage(fixture.path("cache"), kind, random);
    ++m_injections;

    QVERIFY2(fixture.open(), fixture.error.describe().c_str());
    QCOMPARE(fixture.objects(), before);
    const auto studies = fixture.cache->studies({});
    QCOMPARE(studies.size(), 6U);
    for (const auto &study : studies) {
        QCOMPARE(study.instances, 20);
        QCOMPARE(fixture.cache->series(study.uid).at(0).instances, 20);
        QCOMPARE(study.pinned, study.uid.value() == "1.5.3");
    }
    const auto report = fixture.cache->verify({}, {});
    QCOMPARE(report->ok, 120);
    QVERIFY(report->unindexed.empty() && report->missing.empty() && report->damaged.empty());
}

void tst_CacheIndexDamaged::cleanupTestCase()
{
    QVERIFY2(m_injections > 0, "nothing was damaged");
}

QTEST_GUILESS_MAIN(tst_CacheIndexDamaged)
#include "tst_CacheIndexDamaged.moc"
