#include "CacheFixture.h"

#include <QtTest/QtTest>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// Deleting that can be undone (docs/decisions/0018): out of sight at once, files untouched, back at a word.
class tst_CacheTrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAStudyOutOfSightAndBringsItBack();
    void deletesAllOrNone();
    void undoesActByAct();
    void outlivesTheProgramAndTheIndex();
    void isEmptiedAtAStartOnceItIsOld();
    void importingAgainBringsItBack();
    void makesRoomFirst();
    void keepsPinsListsAndPriors();
    void takesWhatIsInPlaceOutOfSight();

private:
    static void fill(CacheFixture &fixture, int studies)
    {
        for (int s = 1; s <= studies; ++s)
            for (int i = 1; i <= 3; ++i)
                writeInstance(fixture.source("all/" + std::to_string(s) + "/" + std::to_string(i)),
                              spec(s, i));
        fixture.import(fixture.source("all"));
    }
    static InstanceSpec spec(int study, int instance)
    {
        InstanceSpec result;
        result.study = "1.5." + std::to_string(study);
        result.series = "1.6." + std::to_string(study);
        result.instance = "1.7." + std::to_string(study) + "." + std::to_string(instance);
        result.instanceNumber = instance;
        return result;
    }
    static std::vector<std::string> listed(const CacheFixture &fixture)
    {
        std::vector<std::string> uids;
        for (const auto &study : fixture.cache->studies({}))
            uids.push_back(study.uid.value());
        std::sort(uids.begin(), uids.end());
        return uids;
    }
    const base::StudyUid m_first{"1.5.1"}, m_second{"1.5.2"}, m_third{"1.5.3"};
};

void tst_CacheTrash::takesAStudyOutOfSightAndBringsItBack()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 2);
    const auto files = fixture.objects();
    int changes = 0;
    fixture.cache->setChangedHandler([&] { ++changes; });
    QVERIFY(fixture.cache->moveToTrash({m_first}));
    QCOMPARE(changes, 1);
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.2"});
    QCOMPARE(fixture.cache->list({}).all, 1);
    QCOMPARE(fixture.cache->study(m_first).error().code(), ErrorCode::NotFound);
    cache::StudyQuery byName;
    byName.text = "martin";
    QCOMPARE(fixture.cache->studies(byName).size(), 1U);
    QCOMPARE(fixture.objects(), files);
    QCOMPARE(fixture.cache->verify({}, {})->ok, 6);
    const auto trash = fixture.cache->trash();
    QCOMPARE(trash.size(), 1U);
    QCOMPARE(trash[0].study.uid, m_first);
    QCOMPARE(trash[0].study.instances, 3);

    QVERIFY(fixture.cache->restore({m_first}));
    QCOMPARE(listed(fixture), (std::vector<std::string>{"1.5.1", "1.5.2"}));
    QVERIFY(fixture.cache->trash().empty());
    QCOMPARE(fixture.cache->study(m_first)->instances, 3);
    QVERIFY(fixture.cache->restore({m_first})); // again: nothing to do
}

void tst_CacheTrash::deletesAllOrNone()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 3);
    fixture.cache->setOpen(m_second, true);
    QCOMPARE(fixture.cache->moveToTrash({m_first, m_second}).error().code(), ErrorCode::Busy);
    QCOMPARE(fixture.cache->moveToTrash({m_first, base::StudyUid("9.9")}).error().code(),
             ErrorCode::NotFound);
    QCOMPARE(listed(fixture).size(), 3U);
    QVERIFY(fixture.cache->trash().empty());
    fixture.cache->setOpen(m_second, false);
    QVERIFY(fixture.cache->moveToTrash({m_first, m_second}));
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.3"});
}

void tst_CacheTrash::undoesActByAct()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 3);
    QVERIFY(fixture.cache->moveToTrash({m_first, m_second}));
    QVERIFY(fixture.cache->moveToTrash({m_third}));
    const auto trash = fixture.cache->trash();
    QCOMPARE(trash.size(), 3U);
    QCOMPARE(trash[0].study.uid, m_third);
    QVERIFY(trash[0].since > trash[1].since); // within one second, and still told apart
    QCOMPARE(trash[1].since, trash[2].since);
}

void tst_CacheTrash::outlivesTheProgramAndTheIndex()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 2);
    QVERIFY(fixture.cache->moveToTrash({m_first}));
    QVERIFY(fixture.open());
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.2"});
    fixture.cache.reset();
    std::filesystem::remove(fixture.path("cache/index.sqlite"));
    QVERIFY(fixture.open());
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.2"});
    QVERIFY(fixture.cache->rebuild({}, {}));
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.2"});
    QVERIFY(fixture.cache->restore({m_first}));
    QCOMPARE(listed(fixture).size(), 2U);
    QVERIFY(fixture.open());
    QCOMPARE(listed(fixture).size(), 2U);
}

void tst_CacheTrash::isEmptiedAtAStartOnceItIsOld()
{
    CacheFixture fixture;
    fixture.options.trashSeconds = 0;
    QVERIFY(fixture.open());
    fill(fixture, 2);
    QVERIFY(fixture.cache->moveToTrash({m_first}));
    QCOMPARE(fixture.objects().size(), 6U); // never while the program runs
    fixture.options.trashSeconds = 3600;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->verify({}, {})->files, 6);
    fixture.options.trashSeconds = 0;
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->verify({}, {})->files, 3);
    QVERIFY(fixture.cache->trash().empty());
    QVERIFY(std::filesystem::is_empty(fixture.path("cache/trash")));
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.2"});
}

void tst_CacheTrash::importingAgainBringsItBack()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1);
    QVERIFY(fixture.cache->moveToTrash({m_first}));
    QCOMPARE(fixture.importOne(spec(1, 4)).imported, 1);
    QCOMPARE(fixture.cache->study(m_first)->instances, 4);
    QVERIFY(fixture.cache->moveToTrash({m_first}));
    QCOMPARE(fixture.importOne(spec(1, 4)).alreadyThere, 1);
    QCOMPARE(fixture.cache->study(m_first)->instances, 4);
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->study(m_first)->instances, 4);
}

void tst_CacheTrash::makesRoomFirst()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 3);
    const std::uint64_t each = fixture.cache->study(m_first)->bytes;
    QVERIFY(fixture.cache->setPinned(m_third, true));
    QVERIFY(fixture.cache->moveToTrash({m_third}));
    fixture.options.quotaBytes = each * 2;
    QVERIFY(fixture.open());
    QCOMPARE(*fixture.cache->enforceQuota(), std::vector{m_third});
    QCOMPARE(listed(fixture).size(), 2U);
    QVERIFY(fixture.cache->trash().empty());
}

void tst_CacheTrash::keepsPinsListsAndPriors()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 2);
    QVERIFY(fixture.cache->setPinned(m_first, true));
    QCOMPARE(fixture.cache->otherStudiesOf(m_second).size(), 1U);
    QVERIFY(fixture.cache->moveToTrash({m_first}));
    QVERIFY(fixture.cache->otherStudiesOf(m_second).empty());
    QVERIFY(fixture.cache->restore({m_first}));
    QVERIFY(fixture.cache->study(m_first)->pinned);
    QCOMPARE(fixture.cache->otherStudiesOf(m_second).size(), 1U);
}

void tst_CacheTrash::takesWhatIsInPlaceOutOfSight()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fill(fixture, 1);
    writeInstance(fixture.source("place/1"), spec(2, 1));
    QVERIFY(fixture.cache->openInPlace({fixture.source("place").string()}, {}, {}));
    QCOMPARE(listed(fixture).size(), 2U);
    QVERIFY(fixture.cache->moveToTrash({m_second}));
    QCOMPARE(listed(fixture), std::vector<std::string>{"1.5.1"});
    QCOMPARE(fixture.cache->trash().size(), 1U);
    QVERIFY(fixture.cache->restore({m_second}));
    QCOMPARE(listed(fixture).size(), 2U);
    QVERIFY(std::filesystem::exists(fixture.source("place/1")));
}

QTEST_GUILESS_MAIN(tst_CacheTrash)
#include "tst_CacheTrash.moc"
