#include <session/Priors.h>

#include <QtTest/QTest>

#include <random>

using namespace negatoscope;
using session::BodyPart;
using session::BodyRegion;
using session::BodySide;
using session::Exam;
using session::IdentityDoubt;
using session::Prior;
using session::PriorReason;

namespace {

dicom::PatientIdentity person(const std::string &id, const std::string &name, const std::string &birth,
                              const std::string &issuer = "HOSPITAL")
{
    dicom::PatientIdentity patient;
    patient.issuer = issuer;
    patient.id = id;
    patient.name = dicom::PersonName::parse(name);
    patient.birthDate = birth;
    return patient;
}

const dicom::PatientIdentity kClaire = person("4711", "MARTIN^Claire", "19610203");

Exam exam(const std::string &uid, const std::string &date, const std::string &modality,
          const std::string &description, const dicom::PatientIdentity &patient = kClaire)
{
    archive::FoundStudy study;
    study.uid = base::StudyUid("1.2.3." + uid);
    study.patient = patient;
    study.studyDate = date;
    study.modalities = {modality};
    study.description = description;
    return Exam::of(study, "PACS");
}

std::vector<std::string> order(const std::vector<Prior> &priors)
{
    std::vector<std::string> uids;
    for (const Prior &prior : priors)
        uids.push_back(prior.exam.uid.value().substr(6));
    return uids;
}

bool has(const Prior &prior, PriorReason reason)
{
    return std::find(prior.reasons.begin(), prior.reasons.end(), reason) != prior.reasons.end();
}

} // namespace

class tst_Priors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePartOfTheBody_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint32>("regions");
        QTest::addColumn<int>("side");
        const auto row = [](const char *text, std::initializer_list<BodyRegion> regions,
                            BodySide side = BodySide::Unknown) {
            quint32 bits = 0;
            for (const BodyRegion region : regions)
                bits |= static_cast<quint32>(region);
            QTest::newRow(text) << QString::fromUtf8(text) << bits << static_cast<int>(side);
        };
        using enum BodyRegion;
        row("CT CHEST WO IV CONT", {Chest});
        row("Thorax de face", {Chest});
        row("T1 coronal", {});
        row("CORONARY ANGIO", {Heart, Chest});
        row("Scanner thoraco-abdomino-pelvien", {Chest, Abdomen, Pelvis});
        row("IRM cérébrale", {Head});
        row("MRT Schädel", {Head});
        row("Rx main gauche", {Arm}, BodySide::Left);
        row("KNEE R AP", {Leg}, BodySide::Right);
        row("L SPINE", {Spine});
        row("Épaule droite", {Shoulder}, BodySide::Right);
        row("Mammographie bilatérale", {Breast}, BodySide::Both);
        row("R cranio-caudal mammogram", {Breast}, BodySide::Right);
        row("CSPINE", {Spine, Neck});
        row("CT der Lunge", {Chest});
        row("RM columna lumbar", {Spine});
        row("Protocol 7", {});
    }
    void readsThePartOfTheBody()
    {
        QFETCH(QString, text);
        QFETCH(quint32, regions);
        QFETCH(int, side);
        const BodyPart part = BodyPart::of({text.toStdString()});
        QCOMPARE(part.regions, regions);
        QCOMPARE(static_cast<int>(part.side), side);
    }

    void putsTheSameRegionAndModalityFirst()
    {
        const Exam now = exam("0", "20260310", "CT", "CT Thorax");
        const auto priors = session::rankPriors(now, {exam("knee", "20260301", "MR", "Knie rechts"),
                                                      exam("old", "20180310", "CT", "CT CHEST"),
                                                      exam("new", "20251210", "CT", "Scanner thoracique"),
                                                      exam("film", "20251215", "DX", "Thorax face"), now});
        QCOMPARE(order(priors), (std::vector<std::string>{"new", "old", "film", "knee"}));
        QVERIFY(has(priors[0], PriorReason::SameRegion) && has(priors[0], PriorReason::SameModality) &&
                has(priors[0], PriorReason::Recent));
        QVERIFY(!has(priors[1], PriorReason::Recent));
        QVERIFY(!has(priors[3], PriorReason::SameRegion));
        QVERIFY(priors[0].relevance > priors[3].relevance);
    }

    void theOtherSideCountsLess()
    {
        const Exam now = exam("0", "20260310", "DX", "Knee left");
        const auto priors = session::rankPriors(now, {exam("right", "20260110", "DX", "Knee right"),
                                                      exam("left", "20240110", "DX", "Knee left")});
        QCOMPARE(order(priors), (std::vector<std::string>{"left", "right"}));
        QVERIFY(has(priors[0], PriorReason::SameSide));
        QVERIFY(has(priors[1], PriorReason::OtherSide));
    }

    void onlyTheSamePersonsPriorsAreFetched()
    {
        const Exam now = exam("0", "20260310", "CT", "CT Thorax");
        auto near = exam("near", "20260301", "CT", "CT Thorax", person("999", "MARTIN^Claire", "19610203"));
        auto later = exam("later", "20260401", "CT", "CT Thorax");
        auto here = exam("here", "20260201", "CT", "CT Thorax");
        here.local = cache::Completeness::Complete;
        auto part = exam("part", "20260101", "CT", "CT Thorax");
        part.local = cache::Completeness::Incomplete;
        const auto priors = session::rankPriors(now, {near, later, here, part});
        QCOMPARE(priors.size(), std::size_t(4));
        QVERIFY(!priors.back().isSamePerson()); // the near match stands behind
        QCOMPARE(order(session::priorsToFetch(priors, {})), std::vector<std::string>{"part"});
    }

    void saysWhatIsDoubtful_data()
    {
        QTest::addColumn<QStringList>("other"); // issuer, id, name, date of birth
        QTest::addColumn<QList<int>>("doubts");
        QTest::addColumn<bool>("listed");
        const auto row = [](const char *name, std::initializer_list<const char *> other,
                            QList<IdentityDoubt> doubts, bool listed = true) {
            QList<int> numbers;
            for (const auto doubt : doubts)
                numbers << static_cast<int>(doubt);
            QStringList texts;
            for (const char *text : other)
                texts << QString::fromUtf8(text);
            QTest::newRow(name) << texts << numbers << listed;
        };
        using enum IdentityDoubt;
        row("the same", {"HOSPITAL", "4711", "Martin^Claire", "19610203"}, {});
        row("accents and case", {"HOSPITAL", "4711", "Mártin^CLAIRE", "19610203"}, {});
        row("another id", {"HOSPITAL", "4712", "MARTIN^Claire", "19610203"}, {OtherId});
        row("another issuer's number", {"CLINIC", "4711", "MARTIN^Claire", "19610203"}, {OtherId});
        row("issuer untold", {"", "4711", "MARTIN^Claire", "19610203"}, {IssuerUntold});
        row("another name", {"HOSPITAL", "4711", "DURAND^Claire", "19610203"}, {OtherName});
        row("another birth date", {"HOSPITAL", "4711", "MARTIN^Claire", "19610204"}, {OtherBirthDate});
        row("no birth date", {"HOSPITAL", "4711", "MARTIN^Claire", ""}, {TraitsMissing});
        row("number reused", {"HOSPITAL", "4711", "DURAND^Paul", "19400101"}, {}, false);
        row("issuer untold, another name", {"", "4711", "DURAND^Paul", "19610203"}, {}, false);
        row("another issuer's, another name", {"CLINIC", "4711", "DURAND^Paul", "19610203"}, {}, false);
        row("no id, name only", {"HOSPITAL", "", "MARTIN^Claire", ""}, {}, false);
        row("no id", {"HOSPITAL", "", "MARTIN^Claire", "19610203"}, {OtherId});
    }
    void saysWhatIsDoubtful()
    {
        QFETCH(QStringList, other);
        QFETCH(QList<int>, doubts);
        QFETCH(bool, listed);
        const auto patient = person(other[1].toStdString(), other[2].toStdString(), other[3].toStdString(),
                                    other[0].toStdString());
        const auto priors = session::rankPriors(exam("0", "20260310", "CT", "CT Thorax"),
                                                {exam("1", "20250310", "CT", "CT Thorax", patient)});
        QCOMPARE(!priors.empty(), listed);
        if (!listed)
            return;
        QList<int> said;
        for (const auto doubt : priors[0].doubts)
            said << static_cast<int>(doubt);
        QCOMPARE(said, doubts);
        QCOMPARE(session::priorsToFetch(priors, {}).empty(), !doubts.isEmpty());
    }

    void sourcesThatDisagreeAreNotFetched()
    {
        Exam prior = exam("1", "20250310", "CT", "CT Thorax");
        prior.add(exam("1", "20250310", "CT", "CT Thorax", person("815", "DURAND^Paul", "19400101")));
        QVERIFY(prior.identityConflict);
        const auto priors = session::rankPriors(exam("0", "20260310", "CT", "CT Thorax"), {prior});
        QCOMPARE(priors.at(0).doubts, std::vector{IdentityDoubt::SourcesDisagree});
        QVERIFY(session::priorsToFetch(priors, {}).empty());

        Exam quiet = exam("2", "20250310", "CT", "CT Thorax");
        quiet.add(exam("2", "20250310", "CT", "CT Thorax", person("4711", "MARTIN^Claire", "", "")));
        QVERIFY(!quiet.identityConflict); // an archive that tells less tells no other patient
        QCOMPARE(quiet.archives, std::vector<std::string>{"PACS"});
    }

    /// Two people that differ in one trait or more, or one person written differently (docs/safety.md F10,
    /// P3).
    void noPairOfTwoPersonsIsEverFetched()
    {
        std::mt19937 random(20260311);
        const auto pick = [&](std::initializer_list<const char *> words) {
            return std::string(*(words.begin() + random() % words.size()));
        };
        int same = 0, fetched = 0;
        for (int i = 0; i < 1000; ++i) {
            const auto anybody = [&] {
                return person(pick({"", "1", "2", "1 ", "01"}),
                              pick({"MARTIN^Claire", "Martín^Claire", "MARTIN^Clara", "DURAND^Paul", ""}),
                              pick({"", "19610203", "19610302", "19610203"}), pick({"", "A", "B"}));
            };
            const auto one = anybody(), other = anybody();
            const auto priors = session::rankPriors(exam("0", "20260310", "CT", "CT Thorax", one),
                                                    {exam("1", "20250310", "CT", "CT Thorax", other)});
            // What says that it is one person, written down a second time and more simply.
            const auto plain = [](const std::string &name) {
                return name == "Martín^Claire" ? std::string("MARTIN^Claire") : name;
            };
            const bool certain = !one.id.empty() && one.id == other.id && one.issuer == other.issuer &&
                                 !one.name.alphabetic.empty() && !one.birthDate.empty() &&
                                 plain(one.name.alphabetic) == plain(other.name.alphabetic) &&
                                 one.birthDate == other.birthDate;
            const bool comes = !session::priorsToFetch(priors, {}).empty();
            QVERIFY2(comes == certain, qPrintable(QStringLiteral("pair %1").arg(i)));
            same += certain;
            fetched += comes;
        }
        QVERIFY(same > 5);
        QCOMPARE(fetched, same);
    }
};

QTEST_GUILESS_MAIN(tst_Priors)
#include "tst_Priors.moc"
