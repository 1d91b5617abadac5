#include "CacheFixture.h"
#include "Identity.h"

#include <QtTest/QtTest>

#include <random>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// Same instance, other bytes (F9); same study, other patient (F10).
class tst_CacheIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAnotherVersionAside_data();
    void keepsAnotherVersionAside();
    void conflictsOutliveTheIndex();
    void sameSeriesInAnotherStudyIsKeptAside();
    void tellsPersonsApart_data();
    void tellsPersonsApart();
    void mergesNoneOfAThousandPairsWrongly();
    void otherStudiesNeedIssuerAndId();
};

void tst_CacheIdentity::keepsAnotherVersionAside_data()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<bool>("sameImport");
    for (const bool same : {false, true}) {
        QTest::addRow("identical, %s", same ? "one import" : "two imports") << 0 << same;
        QTest::addRow("other pixels, %s", same ? "one import" : "two imports") << 1 << same;
        QTest::addRow("other text, %s", same ? "one import" : "two imports") << 2 << same;
        QTest::addRow("other series, %s", same ? "one import" : "two imports") << 3 << same;
    }
}

void tst_CacheIdentity::keepsAnotherVersionAside()
{
    QFETCH(const int, change);
    QFETCH(const bool, sameImport);
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec other;
    other.fill = change == 1 ? 'y' : 'x';
    other.seriesDescription = change == 2 ? "bone" : "lung";
    other.series = change == 3 ? "1.2.3.2" : "1.2.3.1";
    writeInstance(fixture.source("a"), {});
    writeInstance(fixture.source("b"), other);
    cache::ImportReport report;
    if (sameImport) {
        report = fixture.import(fixture.source(""));
    } else {
        QCOMPARE(fixture.import(fixture.source("a")).imported, 1);
        report = fixture.import(fixture.source("b"));
    }
    const int expected = change == 0 ? 0 : 1;
    QCOMPARE(report.conflicts, expected);
    QCOMPARE(static_cast<int>(report.refused.size()), expected);
    QCOMPARE(report.alreadyThere, 1 - expected);
    QCOMPARE(static_cast<int>(fixture.objects().size()), 1 + expected);
    const auto series = fixture.cache->series(base::StudyUid("1.2.3"));
    QCOMPARE(series.at(0).conflicts, expected);
    QCOMPARE(series.at(0).instances, 1);
    const auto aside = fixture.cache->setAside(base::StudyUid("1.2.3"));
    QCOMPARE(static_cast<int>(aside.size()), expected);
    if (expected) {
        QCOMPARE(report.refused[0].error.code(), ErrorCode::OtherVersion);
        QCOMPARE(aside[0].reason, cache::AsideReason::OtherVersion);
        QVERIFY(aside[0].path != fixture.cache->instance(base::InstanceUid("1.2.3.1.1"))->path);
        QVERIFY(std::filesystem::exists(aside[0].path));
    }
    // Once more: nothing happens.
    const auto again = fixture.import(fixture.source("b"));
    QCOMPARE(again.alreadyThere, 1);
    QCOMPARE(static_cast<int>(fixture.objects().size()), 1 + expected);
    QCOMPARE(fixture.cache->verify({}, {})->ok, 1 + expected);
}

void tst_CacheIdentity::conflictsOutliveTheIndex()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec version, person;
    version.fill = 'y';
    person.instance = "1.2.3.1.7";
    person.id = "other";
    fixture.importOne({});
    fixture.importOne(version);
    QCOMPARE(fixture.importOne(person).refused.at(0).error.code(), ErrorCode::OtherPatient);
    const auto shown = fixture.cache->instance(base::InstanceUid("1.2.3.1.1"))->path;
    QVERIFY(fixture.cache->rebuild({}, {}));
    QCOMPARE(fixture.cache->instance(base::InstanceUid("1.2.3.1.1"))->path, shown);
    const auto study = fixture.cache->study(base::StudyUid("1.2.3"));
    QVERIFY(study->identityConflict);
    QCOMPARE(study->patient.id, "4711");
    QCOMPARE(study->instances, 1);
    QCOMPARE(fixture.cache->setAside(base::StudyUid("1.2.3")).size(), 2U);
}

void tst_CacheIdentity::sameSeriesInAnotherStudyIsKeptAside()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fixture.importOne({});
    InstanceSpec other;
    other.study = "1.2.4";
    other.instance = "1.2.4.1.1";
    const auto report = fixture.importOne(other);
    QCOMPARE(report.imported, 0);
    QCOMPARE(report.identityConflicts, 1);
    QCOMPARE(report.refused.at(0).error.code(), ErrorCode::OtherStudy);
    QCOMPARE(fixture.cache->studies({}).size(), 1U);
    QCOMPARE(fixture.cache->instances(base::SeriesUid("1.2.3.1")).size(), 1U);
}

void tst_CacheIdentity::tellsPersonsApart_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("birth");
    QTest::addColumn<bool>("same");
    const QString name = QStringLiteral("Müller^Zoë"), hosp = QStringLiteral("HOSP"),
                  id = QStringLiteral("1"), birth = QStringLiteral("19700101");
    QTest::newRow("identical") << hosp << id << name << birth << true;
    QTest::newRow("capitals") << hosp << id << QStringLiteral("MÜLLER^ZOË") << birth << true;
    QTest::newRow("no accents") << hosp << id << QStringLiteral("MULLER^ZOE") << birth << true;
    QTest::newRow("prefix") << hosp << id << QStringLiteral("Müller^Zoë^^Dr") << birth << true;
    QTest::newRow("blank for caret") << hosp << id << QStringLiteral("Müller Zoë") << birth << true;
    QTest::newRow("other given name") << hosp << id << QStringLiteral("Müller^Zora") << birth << false;
    QTest::newRow("swapped") << hosp << id << QStringLiteral("Zoë^Müller") << birth << false;
    QTest::newRow("other issuer") << QStringLiteral("CLINIC") << id << name << birth << false;
    QTest::newRow("issuer missing, traits agree") << QString() << id << name << birth << true;
    QTest::newRow("issuer missing, no birth date") << QString() << id << name << QString() << false;
    QTest::newRow("other id") << hosp << QStringLiteral("2") << name << birth << false;
    QTest::newRow("id missing") << hosp << QString() << name << birth << false;
    QTest::newRow("other birth date") << hosp << id << name << QStringLiteral("19700102") << false;
    QTest::newRow("birth date missing") << hosp << id << name << QString() << true;
    QTest::newRow("name missing") << hosp << id << QString() << birth << true;
}

void tst_CacheIdentity::tellsPersonsApart()
{
    QFETCH(const QString, issuer);
    QFETCH(const QString, id);
    QFETCH(const QString, name);
    QFETCH(const QString, birth);
    QFETCH(const bool, same);
    const cache::PatientIdentity study{"HOSP", "1", dicom::PersonName::parse("Müller^Zoë"), "19700101", "F"};
    const cache::PatientIdentity object{issuer.toStdString(), id.toStdString(),
                                        dicom::PersonName::parse(name.toStdString()), birth.toStdString(),
                                        "F"};
    QCOMPARE(cache::mayJoin(study, object), same);
    QCOMPARE(cache::mayJoin(object, study), same);
}

void tst_CacheIdentity::mergesNoneOfAThousandPairsWrongly()
{
    // Two objects of one study UID: the second says the same, or one thing that makes it another person.
    constexpr unsigned kSeed = 20240607;
    std::mt19937 random(kSeed);
    CacheFixture fixture;
    QVERIFY(fixture.open());
    std::vector<bool> same;
    for (int i = 0; i < 1000; ++i) {
        InstanceSpec one;
        const std::string number = std::to_string(i);
        one.study = "1.5." + number;
        one.series = "1.6." + number;
        one.instance = "1.7." + number + ".1";
        one.id = "ID" + number;
        one.name = "LÉVÊQUE" + number + "^Anaïs";
        InstanceSpec two = one;
        two.instance = "1.7." + number + ".2";
        const unsigned kind = static_cast<unsigned>(random() % 10);
        switch (kind) {
        case 0:
            break;
        case 1:
            two.name = "leveque" + number + "^ANAIS";
            break;
        case 2:
            two.birthDate.clear();
            break;
        case 3:
            two.issuer = "OTHER";
            break;
        case 4:
            two.id = "ID" + number + "x";
            break;
        case 5:
            two.name = "MARTIN^Anaïs";
            break;
        case 6:
            two.birthDate = "19710101";
            break;
        case 7:
            two.id.clear();
            break;
        case 8:
            one.id.clear();
            break;
        default:
            one.id.clear();
            two.id.clear();
            two.name = "DUPONT^Luc";
            break;
        }
        same.push_back(kind < 3);
        writeInstance(fixture.source("one/" + number), one);
        writeInstance(fixture.source("two/" + number), two);
    }
    QCOMPARE(fixture.import(fixture.source("one")).imported, 1000);
    const auto report = fixture.import(fixture.source("two"));
    int wrongMerges = 0, wrongSplits = 0, differing = 0;
    for (std::size_t i = 0; i < same.size(); ++i) {
        const auto study = fixture.cache->study(base::StudyUid("1.5." + std::to_string(i)));
        QVERIFY(study);
        const bool merged = study->instances == 2;
        wrongMerges += merged && !same[i] ? 1 : 0;
        wrongSplits += !merged && same[i] ? 1 : 0;
        differing += same[i] ? 0 : 1;
        QCOMPARE(study->identityConflict, !same[i]);
    }
    QVERIFY(differing > 500);
    QCOMPARE(wrongMerges, 0);
    QCOMPARE(wrongSplits, 0);
    QCOMPARE(report.identityConflicts, differing);
    QCOMPARE(fixture.objects().size(), 2000U);
}

void tst_CacheIdentity::otherStudiesNeedIssuerAndId()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    int next = 0;
    const auto add = [&](const std::string &issuer, const std::string &id, const std::string &date) {
        InstanceSpec spec;
        const std::string number = std::to_string(++next);
        spec.study = "1.5." + number;
        spec.series = "1.6." + number;
        spec.instance = "1.7." + number;
        spec.issuer = issuer;
        spec.id = id;
        spec.date = date;
        writeInstance(fixture.source(number), spec);
    };
    add("HOSP", "1", "20240101");
    add("HOSP", "1", "20220101");
    add("HOSP", "1", "20230101");
    add("OTHER", "1", "20230101");
    add("HOSP", "", "20230101");
    add("HOSP", "", "20230201");
    fixture.import(fixture.source(""));
    const auto others = fixture.cache->otherStudiesOf(base::StudyUid("1.5.1"));
    QCOMPARE(others.size(), 2U);
    QCOMPARE(others[0].uid.value(), "1.5.3");
    QCOMPARE(others[1].uid.value(), "1.5.2");
    QVERIFY(fixture.cache->otherStudiesOf(base::StudyUid("1.5.5")).empty());
}

QTEST_GUILESS_MAIN(tst_CacheIdentity)
#include "tst_CacheIdentity.moc"
