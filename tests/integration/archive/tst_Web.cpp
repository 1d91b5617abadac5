#include "ArchiveFixture.h"
#include "OrthancServer.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

namespace {

const QString kData = QStringLiteral(NEGATOSCOPE_TEST_DATA);

std::vector<archive::Outgoing> testFiles()
{
    std::vector<archive::Outgoing> all;
    std::set<std::string> seen;
    for (const char *name :
         {"ts/ct/ile", "ts/ct/be", "ts/ct/dfl", "ts/ct/rle", "ts/ct/jpg57", "ts/ct/jpg70", "ts/ct/jls80",
          "ts/ct/j2k90", "charset/chrGerm", "charset/chrH31", "charset/chrRuss", "charset/chrFren"})
        if (auto one = outgoing(kData + u'/' + QLatin1String(name) + QStringLiteral(".dcm"));
            seen.insert(one.instance.value()).second)
            all.push_back(std::move(one));
    return all;
}

std::vector<archive::FoundStudy> find(archive::Archive &peer, const archive::StudyQuery &query)
{
    std::vector<archive::FoundStudy> all;
    const auto report = peer.findStudies(
        query,
        [&](std::vector<archive::FoundStudy> rows) { all.insert(all.end(), rows.begin(), rows.end()); }, {});
    if (!report)
        qWarning("%s", report.error().describe().c_str());
    return all;
}

std::vector<archive::FoundInstance> instancesOf(archive::Archive &peer, const base::StudyUid &study)
{
    auto listed = peer.listInstances(study, {}, {});
    return listed ? *std::move(listed) : std::vector<archive::FoundInstance>();
}

} // namespace

/// DICOMweb against a real archive.
class tst_Web : public QObject
{
    Q_OBJECT

private:
    base::Result<archive::Verification> verify(const archive::Settings &settings)
    {
        TRY(const auto archive, archive::connectTo(settings));
        return archive->verify({});
    }
    std::unique_ptr<archive::Archive> plain()
    {
        return *archive::connectTo(webSettingsFor(m_orthanc.httpPort));
    }
    std::unique_ptr<archive::Archive> dimse()
    {
        return *archive::connectTo(settingsFor(m_orthanc.title, m_orthanc.port));
    }

    OrthancServer m_orthanc;

private Q_SLOTS:
    void initTestCase()
    {
        m_orthanc.addWeb();
        m_orthanc.set(QStringLiteral("DefaultEncoding"), QStringLiteral("Utf8"));
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
    }

    void answersAVerification()
    {
        const auto answer = plain()->verify({});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->protection, std::string());
        const auto elsewhere = verify(webSettingsFor(m_orthanc.httpPort, QStringLiteral("/elsewhere")));
        QCOMPARE(elsewhere.error().code(), ErrorCode::NotFound);
        // Something that answers, but is no DICOMweb.
        QVERIFY(!verify(webSettingsFor(m_orthanc.httpPort, {})));
        QCOMPARE(verify(webSettingsFor(freePort())).error().code(), ErrorCode::ConnectionRefused);
        auto unknown = webSettingsFor(1);
        unknown.url = "http://no-such-host.invalid/dicom-web";
        QCOMPARE(verify(unknown).error().code(), ErrorCode::HostUnknown);
    }

    void takesWhatIsSent()
    {
        const auto files = testFiles();
        std::vector<archive::StoreResult> results;
        int last = 0;
        VERIFY_RESULT(plain()->store(files, results, [&](int done) { last = done; }, {}));
        QCOMPARE(last, int(files.size()));
        for (std::size_t i = 0; i < files.size(); ++i)
            QVERIFY2(!results[i].error, results[i].error ? results[i].error->describe().c_str() : "");
    }

    void saysWhichFileIsNotTaken()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("broken"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(128, '\0') + "DICM" + QByteArray(500, 'x'));
        file.close();
        const auto good = testFiles().front();
        const std::vector<archive::Outgoing> files{
            {path.toStdString(), good.sopClass, base::InstanceUid("1.2.3.4"), good.transferSyntax},
            {folder.filePath(QStringLiteral("none")).toStdString(), good.sopClass,
             base::InstanceUid("1.2.3.5"), good.transferSyntax},
            good};
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(plain()->store(files, results, {}, {}));
        QVERIFY(results[0].error.has_value());
        QVERIFY(results[1].error && results[1].error->code() == ErrorCode::CannotRead);
        QVERIFY(!results[2].error);
    }

    void findsByEveryKey_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *what : {"id", "accession", "study", "date", "modality", "name"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void findsByEveryKey()
    {
        QFETCH(QString, text);
        // The same questions have the same answers as over DIMSE.
        const auto web = plain(), peer = dimse();
        const auto all = find(*web, {});
        QVERIFY(all.size() > 3);
        QCOMPARE(all.size(), find(*peer, {}).size());
        int asked = 0;
        for (const archive::FoundStudy &study : all) {
            archive::StudyQuery query;
            if (text == QLatin1String("id"))
                query.patientId = study.patient.id;
            else if (text == QLatin1String("accession"))
                query.accession = study.accession;
            else if (text == QLatin1String("study"))
                query.study = study.uid;
            else if (text == QLatin1String("date"))
                query.dateFrom = query.dateTo = study.studyDate;
            else if (text == QLatin1String("modality"))
                query.modalities = study.modalities;
            else
                query.patientName = study.patient.name.display();
            if (query.patientId.empty() && query.accession.empty() && query.study.isEmpty() &&
                query.dateFrom.empty() && query.modalities.empty() && query.patientName.empty())
                continue;
            ++asked;
            const auto set = [](const std::vector<archive::FoundStudy> &rows) {
                std::set<std::string> uids;
                for (const auto &row : rows)
                    uids.insert(row.uid.value());
                return uids;
            };
            const auto found = set(find(*web, query));
            if (text != QLatin1String("name"))
                QVERIFY(found.contains(study.uid.value()));
            const auto theirs = set(find(*peer, query));
            // Names that this archive cannot be asked for exactly find more, never less.
            QVERIFY2(text == QLatin1String("name")
                         ? std::includes(found.begin(), found.end(), theirs.begin(), theirs.end())
                         : found == theirs,
                     query.patientName.c_str());
        }
        QVERIFY(asked > 0 || text == QLatin1String("accession"));
    }

    void tellsTheSameOfAStudyAsDimse()
    {
        auto web = find(*plain(), {}), peer = find(*dimse(), {});
        const auto byUid = [](const auto &a, const auto &b) { return a.uid < b.uid; };
        std::sort(web.begin(), web.end(), byUid);
        std::sort(peer.begin(), peer.end(), byUid);
        QCOMPARE(web.size(), peer.size());
        for (std::size_t i = 0; i < web.size(); ++i) {
            QCOMPARE(web[i].uid, peer[i].uid);
            QCOMPARE(web[i].patient.name.display(), peer[i].patient.name.display());
            QCOMPARE(web[i].patient.id, peer[i].patient.id);
            QCOMPARE(web[i].patient.birthDate, peer[i].patient.birthDate);
            QCOMPARE(web[i].studyDate, peer[i].studyDate);
            QCOMPARE(web[i].description, peer[i].description);
            QCOMPARE(web[i].modalities, peer[i].modalities);
            QCOMPARE(web[i].series, peer[i].series);
            QCOMPARE(web[i].instances, peer[i].instances);
        }
    }

    void findsPatients()
    {
        std::set<std::string> ids;
        const auto report = plain()->findPatients({},
                                                  [&](std::vector<archive::FoundPatient> rows) {
                                                      for (const auto &row : rows)
                                                          ids.insert(row.patient.id);
                                                  },
                                                  {});
        VERIFY_RESULT(report);
        std::set<std::string> expected;
        for (const auto &study : find(*plain(), {}))
            expected.insert(study.patient.id);
        QCOMPARE(ids, expected);
    }

    void listsTheSameAsDimse()
    {
        const auto web = plain(), peer = dimse();
        for (const auto &study : find(*web, {})) {
            const auto series = web->listSeries(study.uid, {}), theirs = peer->listSeries(study.uid, {});
            VERIFY_RESULT(series);
            QCOMPARE(series->size(), theirs->size());
            const auto instances = web->listInstances(study.uid, {}, {});
            const auto others = peer->listInstances(study.uid, {}, {});
            VERIFY_RESULT(instances);
            const auto set = [](const std::vector<archive::FoundInstance> &all) {
                std::set<std::tuple<std::string, std::string, std::string, std::string>> rows;
                for (const auto &one : all)
                    rows.emplace(one.series.value(), one.uid.value(), one.sopClass, one.modality);
                return rows;
            };
            QCOMPARE(set(*instances), set(*others));
            const auto ofOne = web->listInstances(study.uid, series->front().uid, {});
            VERIFY_RESULT(ofOne);
            QVERIFY(!ofOne->empty());
            for (const auto &one : *ofOne)
                QCOMPARE(one.series, series->front().uid);
        }
        const auto none = web->listInstances(base::StudyUid("1.2.3.4.5.6.7"), {}, {});
        VERIFY_RESULT(none);
        QVERIFY(none->empty());
    }

    void whatIsSentComesBackBitForBit_data()
    {
        QTest::addColumn<QString>("level");
        for (const char *level : {"study", "series", "instance"})
            QTest::newRow(level) << QString::fromLatin1(level);
    }
    void whatIsSentComesBackBitForBit()
    {
        QFETCH(QString, level);
        const auto web = plain();
        Staging staging;
        for (const auto &study : find(*web, {})) {
            archive::Wanted wanted;
            wanted.study = study.uid;
            if (level != QLatin1String("study"))
                for (const auto &one : instancesOf(*web, study.uid)) {
                    if (wanted.series.empty() || wanted.series.back().series != one.series)
                        wanted.series.push_back({one.series, {}});
                    if (level == QLatin1String("instance"))
                        wanted.series.back().instances.push_back({one.uid, one.sopClass});
                }
            const auto report = web->retrieve(wanted, staging.retrieval(), {});
            VERIFY_RESULT(report);
            QCOMPARE(report->failed, 0);
        }
        for (const auto &file : testFiles()) {
            const auto came = staging.bytes.find(file.instance.value());
            QVERIFY(came != staging.bytes.end());
            QVERIFY(dataSetOf(came->second) == dataSetOf(contentOf(QString::fromStdString(file.path))));
            QCOMPARE(metaText(came->second, 0x0010).toStdString(), file.transferSyntax);
        }
        QCOMPARE(staging.files.size(), testFiles().size());
        for (const auto &file : staging.files)
            QCOMPARE(QFileInfo(QString::fromStdString(file.path)).permissions() &
                         (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                     QFile::Permissions());
        for (const QString &name : staging.names())
            QVERIFY2(name.endsWith(QLatin1String(".dcm")), qPrintable(name));
    }

    void whatCameOverTheWebIsTheSameOverDimse()
    {
        Staging staging;
        const auto peer = dimse();
        for (const auto &study : find(*peer, {})) {
            archive::Wanted wanted;
            wanted.study = study.uid;
            VERIFY_RESULT(peer->retrieve(wanted, staging.retrieval(), {}));
        }
        for (const auto &file : testFiles())
            if (const auto came = staging.bytes.find(file.instance.value()); came != staging.bytes.end())
                QVERIFY(dataSetOf(came->second) == dataSetOf(contentOf(QString::fromStdString(file.path))));
        QVERIFY(!staging.bytes.empty());
    }

    void saysWhatIsNotThere()
    {
        const auto web = plain();
        const auto study = find(*web, {}).front();
        const auto instance = instancesOf(*web, study.uid).front();
        archive::Wanted wanted;
        wanted.study = study.uid;
        wanted.series = {{instance.series, {{base::InstanceUid("1.2.3.4.5"), {}}, {instance.uid, {}}}}};
        Staging staging;
        const auto report = web->retrieve(wanted, staging.retrieval(), {});
        VERIFY_RESULT(report);
        QCOMPARE(report->received, 1);
        QCOMPARE(report->failed, 1);
        QCOMPARE(report->failedInstances.front().value(), std::string("1.2.3.4.5"));
        QVERIFY(report->error.has_value());
    }

    void commitSaysWhatTheArchiveLists()
    {
        std::vector<archive::Reference> references{{{}, base::InstanceUid("1.2.3.4.5")}};
        for (const auto &file : testFiles())
            references.push_back({file.sopClass, file.instance});
        const auto report = plain()->commit(references, {});
        VERIFY_RESULT(report);
        QCOMPARE(report->committed.size(), testFiles().size());
        QCOMPARE(report->failed.size(), std::size_t(1));
        QCOMPARE(report->failed.front().instance.value(), std::string("1.2.3.4.5"));
    }

    void aStopEndsARetrieveWithinASecond()
    {
        const auto web = plain();
        std::stop_source stop;
        Staging staging;
        auto retrieval = staging.retrieval();
        QElapsedTimer timer;
        retrieval.progress = [&](const archive::RetrieveProgress &) {
            stop.request_stop();
            timer.start();
        };
        // The same instance often enough that a stop comes in between.
        archive::Wanted wanted;
        wanted.study = find(*web, {}).front().uid;
        const auto one = instancesOf(*web, wanted.study).front();
        wanted.series = {{one.series, std::vector<archive::WantedInstance>(1000, {one.uid, one.sopClass})}};
        const auto report = web->retrieve(wanted, retrieval, stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().code(), ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 1000);
    }
};

QTEST_GUILESS_MAIN(tst_Web)
#include "tst_Web.moc"
