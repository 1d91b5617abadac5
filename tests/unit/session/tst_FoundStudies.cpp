#include <session/FoundStudies.h>

#include <QtTest>

using namespace negatoscope;
using session::FoundStudies;
using session::Whereabouts;

namespace {

dicom::PatientIdentity claire(const std::string &issuer = "CHU")
{
    return {issuer, "4711", dicom::PersonName::parse("MARTIN^Claire"), "19650302", "F"};
}

archive::FoundStudy study(const dicom::PatientIdentity &patient, std::optional<int> instances = 100)
{
    archive::FoundStudy study;
    study.uid = base::StudyUid("1.2.3");
    study.patient = patient;
    study.studyDate = "20261122";
    study.instances = instances;
    return study;
}

cache::StudyRecord record(const dicom::PatientIdentity &patient, int instances,
                          cache::Completeness completeness = cache::Completeness::Complete)
{
    cache::StudyRecord record;
    record.uid = base::StudyUid("1.2.3");
    record.patient = patient;
    record.instances = instances;
    record.completeness = completeness;
    return record;
}

} // namespace

class tst_FoundStudies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOneStudyOfManySourcesOnce()
    {
        FoundStudies found;
        auto second = study(claire());
        second.description = "Polytrauma";
        second.instances = 120;
        found.add(1, study(claire()));
        found.add(2, second);
        found.add(2, second);
        found.addLocal(record(claire(), 100));
        QCOMPARE(found.rows().size(), std::size_t(1));
        const auto &row = found.rows().front();
        QVERIFY(!row.conflict);
        QCOMPARE(row.archives.size(), std::size_t(2));
        QCOMPARE(row.study.description, std::string("Polytrauma"));
        QCOMPARE(row.study.instances, std::optional(120));
    }

    void saysWhereTheImagesAre()
    {
        const auto whereabouts = [](std::optional<int> told, std::optional<cache::StudyRecord> local) {
            FoundStudies found;
            found.add(1, study(claire(), told));
            if (local)
                found.addLocal(*local);
            return found.rows().front().whereabouts();
        };
        QCOMPARE(whereabouts(100, {}), Whereabouts::Remote);
        QCOMPARE(whereabouts(100, record(claire(), 100)), Whereabouts::Here);
        QCOMPARE(whereabouts(100, record(claire(), 99)), Whereabouts::Partly);
        QCOMPARE(whereabouts({}, record(claire(), 99)), Whereabouts::Here);
        QCOMPARE(whereabouts({}, record(claire(), 99, cache::Completeness::Incomplete)), Whereabouts::Partly);
        QCOMPARE(whereabouts(99, record(claire(), 99, cache::Completeness::Unknown)), Whereabouts::Here);
    }

    void mergesNoTwoPatients_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("isConflict");
        for (const auto &[what, isConflict] :
             {std::pair("id", true), std::pair("no id", true), std::pair("issuer", true),
              std::pair("no issuer", false), std::pair("name", true), std::pair("no name", false),
              std::pair("case of the name", false), std::pair("birth date", true),
              std::pair("no birth date", false), std::pair("sex", false)})
            QTest::newRow(what) << QString::fromLatin1(what) << isConflict;
    }
    void mergesNoTwoPatients()
    {
        QFETCH(QString, what);
        QFETCH(bool, isConflict);
        auto other = claire();
        if (what == QLatin1String("id"))
            other.id = "4712";
        else if (what == QLatin1String("no id"))
            other.id.clear();
        else if (what == QLatin1String("issuer"))
            other.issuer = "CLINIC";
        else if (what == QLatin1String("no issuer"))
            other.issuer.clear();
        else if (what == QLatin1String("name"))
            other.name = dicom::PersonName::parse("MARTIN^Clara");
        else if (what == QLatin1String("no name"))
            other.name = {};
        else if (what == QLatin1String("case of the name"))
            other.name = dicom::PersonName::parse("Martin^CLAIRE");
        else if (what == QLatin1String("birth date"))
            other.birthDate = "19650203";
        else if (what == QLatin1String("no birth date"))
            other.birthDate.clear();
        else
            other.sex = "M";
        for (const bool local : {false, true}) {
            FoundStudies found;
            found.add(1, study(claire()));
            if (local)
                found.addLocal(record(other, 5));
            else
                found.add(2, study(other));
            QCOMPARE(found.rows().size(), std::size_t(isConflict ? 2 : 1));
            for (const auto &row : found.rows())
                QCOMPARE(row.conflict, isConflict);
        }
    }

    void aSourceThatNamesNoIssuerJoinsOnlyOneOfTwo()
    {
        FoundStudies found;
        found.add(1, study(claire("CHU")));
        found.add(2, study(claire("CLINIC")));
        found.add(3, study(claire("")));
        QCOMPARE(found.rows().size(), std::size_t(2));
        QCOMPARE(found.rows()[0].archives.size() + found.rows()[1].archives.size(), std::size_t(3));
        QVERIFY(found.rows()[0].conflict && found.rows()[1].conflict);
    }

    void forgetsWhatTheCacheSaid()
    {
        auto other = claire();
        other.id = "4712";
        FoundStudies found;
        found.addLocal(record(other, 5));
        found.add(1, study(claire(), 100));
        const FoundStudies rest = found.withoutLocal();
        QCOMPARE(rest.rows().size(), std::size_t(1));
        QVERIFY(!rest.rows().front().conflict);
        QCOMPARE(rest.rows().front().whereabouts(), Whereabouts::Remote);
        QCOMPARE(rest.rows().front().study.patient, claire());
    }
};

QTEST_GUILESS_MAIN(tst_FoundStudies)
#include "tst_FoundStudies.moc"
