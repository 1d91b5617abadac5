#include "CacheFixture.h"

#include <QtTest>

#include <sys/stat.h>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// What an archive sends is moved into the cache, under the rules of an import.
class tst_CacheReceiving : public QObject
{
    Q_OBJECT

private:
    static std::string receive(CacheFixture &fixture, const std::string &name, const InstanceSpec &spec)
    {
        const std::string path = fixture.cache->receivingFolder() + '/' + name;
        writeInstance(path, spec);
        return path;
    }
    static InstanceSpec instance(int number)
    {
        InstanceSpec spec;
        spec.instance = "1.2.3.1." + std::to_string(number);
        spec.instanceNumber = number;
        return spec;
    }

private Q_SLOTS:
    void movesFilesInsteadOfCopying()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        const auto path = receive(fixture, "a.dcm", instance(1));
        struct stat before = {};
        QCOMPARE(::stat(path.c_str(), &before), 0);
        const auto report = fixture.cache->admit({path}, {});
        QVERIFY(report && report->imported == 1);
        QVERIFY(!std::filesystem::exists(path));
        const auto objects = fixture.objects();
        QCOMPARE(objects.size(), std::size_t(1));
        struct stat after = {};
        QCOMPARE(::stat(objects.begin()->first.c_str(), &after), 0);
        QCOMPARE(after.st_ino, before.st_ino);
        QCOMPARE(fixture.cache->studies({}).size(), std::size_t(1));
    }

    void takesBatchesWhileOthersArrive()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        constexpr int kBatches = 5;
        for (int i = 0; i < kBatches; ++i) {
            const auto whole = receive(fixture, std::to_string(i) + ".dcm", instance(i));
            writeFile(fixture.cache->receivingFolder() + "/half.part", "half");
            const auto report = fixture.cache->admit({whole}, {});
            QVERIFY(report && report->imported == 1);
            QVERIFY(std::filesystem::exists(fixture.cache->receivingFolder() + "/half.part"));
        }
        QCOMPARE(fixture.cache->studies({}).front().instances, kBatches);
    }

    void keepsTheRulesOfAnImport()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        fixture.importOne(instance(1));
        auto changed = instance(1);
        changed.fill = 'y';
        auto stranger = instance(2);
        stranger.id = "0815";
        const auto report = fixture.cache->admit({receive(fixture, "same.dcm", instance(1)),
                                                  receive(fixture, "changed.dcm", changed),
                                                  receive(fixture, "stranger.dcm", stranger)},
                                                 {});
        QVERIFY(report);
        QCOMPARE(report->alreadyThere, 1);
        QCOMPARE(report->conflicts, 1);
        QCOMPARE(report->identityConflicts, 1);
        QVERIFY(std::filesystem::is_empty(fixture.cache->receivingFolder()));
    }

    void refusesWhatLiesElsewhere()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        const auto outside = fixture.source("outside.dcm");
        writeInstance(outside, instance(1));
        const auto report = fixture.cache->admit(
            {outside.string(), fixture.cache->receivingFolder() + "/../../../source/outside.dcm"}, {});
        QVERIFY(report);
        QCOMPARE(report->imported, 0);
        QCOMPARE(report->refused.size(), std::size_t(2));
        QVERIFY(std::filesystem::exists(outside));
    }

    void refusesWhatIsNoObject()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        const std::string garbage = fixture.cache->receivingFolder() + "/garbage.dcm";
        writeFile(garbage, std::string(200, 'x') + "PK");
        const auto report = fixture.cache->admit({garbage}, {});
        QVERIFY(report);
        QCOMPARE(report->refused.size(), std::size_t(1));
        QVERIFY(!std::filesystem::exists(garbage));
    }

    void whatAKilledRunLeftIsAdmittedAtTheNextStart()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        const std::string folder = fixture.cache->receivingFolder();
        receive(fixture, "whole.dcm", instance(1));
        writeFile(folder + "/half.part", "half");
        QVERIFY(fixture.open());
        QCOMPARE(fixture.cache->receivingFolder(), folder);
        QCOMPARE(fixture.cache->studies({}).size(), std::size_t(1));
        QVERIFY(std::filesystem::is_empty(folder));
    }

    void whatAnotherStartOfTheMachineLeftIsThrownAway()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        const auto other = fixture.path("cache/tmp/received-another-start");
        writeInstance(other / "whole.dcm", instance(1));
        QVERIFY(fixture.open());
        QVERIFY(fixture.cache->studies({}).empty());
        QVERIFY(!std::filesystem::exists(other));
    }

    void completeIsWhatTheArchiveListed()
    {
        CacheFixture fixture;
        QVERIFY(fixture.open());
        const cache::AnnouncedSeries list{base::StudyUid("1.2.3"),
                                          base::SeriesUid("1.2.3.1"),
                                          "CT",
                                          1,
                                          {base::InstanceUid("1.2.3.1.1"), base::InstanceUid("1.2.3.1.2")}};
        QVERIFY(fixture.cache->announce({list}).has_value());
        QVERIFY(fixture.cache->admit({receive(fixture, "1.dcm", instance(1))}, {}));
        const base::StudyUid study("1.2.3");
        QCOMPARE(fixture.cache->study(study)->completeness, cache::Completeness::Incomplete);
        QVERIFY(fixture.cache->admit({receive(fixture, "2.dcm", instance(2))}, {}));
        QCOMPARE(fixture.cache->study(study)->completeness, cache::Completeness::Complete);
        QVERIFY(fixture.open());
        QCOMPARE(fixture.cache->study(study)->completeness, cache::Completeness::Complete);
    }
};

QTEST_GUILESS_MAIN(tst_CacheReceiving)
#include "tst_CacheReceiving.moc"
