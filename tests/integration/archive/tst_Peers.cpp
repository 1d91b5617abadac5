#include "ArchiveFixture.h"
#include "DcmqrscpServer.h"
#include "OrthancServer.h"
#include "StorescpServer.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

namespace {

const QString kData = QStringLiteral(NEGATOSCOPE_TEST_DATA);

/// Files of one study or another, in different transfer syntaxes and character sets.
QStringList testFiles()
{
    QStringList files;
    for (const char *name : {"ile", "be", "dfl", "rle", "jpg57", "jpg70", "jls80", "j2k90"})
        files << kData + QStringLiteral("/ts/ct/") + QLatin1String(name) + QStringLiteral(".dcm");
    for (const char *name : {"chrGerm", "chrH31", "chrRuss", "chrFren"})
        files << kData + QStringLiteral("/charset/") + QLatin1String(name) + QStringLiteral(".dcm");
    return files;
}

std::vector<archive::Outgoing> outgoingOf(const QStringList &files)
{
    std::vector<archive::Outgoing> all;
    std::set<std::string> seen;
    for (const QString &file : files)
        if (auto one = outgoing(file); seen.insert(one.instance.value()).second)
            all.push_back(std::move(one));
    return all;
}

/// Uncompressed, little-endian.
bool isNative(const std::string &syntax)
{
    return syntax == "1.2.840.10008.1.2" || syntax == "1.2.840.10008.1.2.1";
}
constexpr int kPixels = 64; ///< so many last bytes of any test file are pixels

} // namespace

class tst_Peers : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<archive::Archive> connect(archive::Settings settings)
    {
        auto made = archive::connectTo(settings);
        return made ? *std::move(made) : nullptr;
    }
    archive::Settings settings(const QString &peer) const
    {
        return peer == QLatin1String("Orthanc") ? settingsFor(m_orthanc.title, m_orthanc.port)
                                                : settingsFor(m_qrscp.title, m_qrscp.port);
    }
    std::vector<archive::FoundStudy> find(archive::Archive &peer, const archive::StudyQuery &query)
    {
        std::vector<archive::FoundStudy> all;
        const auto report = peer.findStudies(
            query,
            [&](std::vector<archive::FoundStudy> rows) { all.insert(all.end(), rows.begin(), rows.end()); },
            {});
        if (!report)
            qWarning("%s", report.error().describe().c_str());
        return all;
    }

    OrthancServer m_orthanc;
    DcmqrscpServer m_qrscp;
    StorescpServer m_storescp;
    const quint16 m_listenPort = freePort();

private Q_SLOTS:
    void initTestCase()
    {
        m_orthanc.addModality(QStringLiteral("NEGATOSCOPE"), m_listenPort);
        m_orthanc.set(QStringLiteral("SynchronousCMove"), true);
        m_orthanc.set(QStringLiteral("DefaultEncoding"), QStringLiteral("Utf8"));
        m_qrscp.addPeer(QStringLiteral("NEGATOSCOPE"), m_listenPort);
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
        QVERIFY2(m_qrscp.start(), m_qrscp.log().constData());
        QVERIFY2(m_storescp.start(), m_storescp.log().constData());
    }

    void peers()
    {
        QTest::addColumn<QString>("peer");
        QTest::newRow("Orthanc") << QStringLiteral("Orthanc");
        QTest::newRow("dcmqrscp") << QStringLiteral("dcmqrscp");
    }

    void answersAVerification_data() { peers(); }
    void answersAVerification()
    {
        QFETCH(QString, peer);
        const auto archive = connect(settings(peer));
        const auto verified = archive->verify({});
        VERIFY_RESULT(verified);
        QVERIFY(verified->implementation.starts_with("OFFIS"));
        QCOMPARE(verified->protection, std::string());
    }

    void takesWhatIsSent_data() { peers(); }
    void takesWhatIsSent()
    {
        QFETCH(QString, peer);
        const auto archive = connect(settings(peer));
        const auto files = outgoingOf(testFiles());
        std::vector<archive::StoreResult> results;
        int last = 0;
        const auto stored = archive->store(files, results, [&](int done) { last = done; }, {});
        VERIFY_RESULT(stored);
        QCOMPARE(last, int(files.size()));
        for (std::size_t i = 0; i < files.size(); ++i)
            QVERIFY2(!results[i].error, results[i].error ? results[i].error->describe().c_str() : "");
    }

    void whatIsSentArrivesBitForBit()
    {
        const auto archive = connect(settingsFor(m_storescp.title, m_storescp.port));
        const auto files = outgoingOf(testFiles());
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(archive->store(files, results, {}, {}));
        std::set<QByteArray> received;
        const QDir folder(m_storescp.folder());
        for (const QString &name : folder.entryList(QDir::Files))
            received.insert(dataSetOf(contentOf(folder.filePath(name))));
        QCOMPARE(received.size(), files.size());
        for (const auto &file : files)
            QVERIFY2(received.contains(dataSetOf(contentOf(QString::fromStdString(file.path)))),
                     file.path.c_str());
    }

    void listsEveryInstance_data() { peers(); }
    void listsEveryInstance()
    {
        QFETCH(QString, peer);
        const auto archive = connect(settings(peer));
        std::set<std::string> listed;
        for (const auto &study : find(*archive, {})) {
            const auto instances = archive->listInstances(study.uid, {}, {});
            VERIFY_RESULT(instances);
            for (const auto &instance : *instances) {
                // dcmqrscp does not tell classes.
                QVERIFY(!instance.sopClass.empty() || peer == QLatin1String("dcmqrscp"));
                listed.insert(instance.uid.value());
            }
        }
        for (const auto &file : outgoingOf(testFiles()))
            QVERIFY2(listed.contains(file.instance.value()), file.path.c_str());
    }

    void bringsBackWhatWasSent_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<bool>("byMove");
        for (const char *peer : {"Orthanc", "dcmqrscp"})
            for (const bool byMove : {false, true})
                QTest::addRow("%s by %s", peer, byMove ? "move" : "get")
                    << QString::fromLatin1(peer) << byMove;
    }
    void bringsBackWhatWasSent()
    {
        QFETCH(QString, peer);
        QFETCH(bool, byMove);
        auto how = settings(peer);
        how.retrieveBy = byMove ? archive::RetrieveBy::Move : archive::RetrieveBy::Get;
        how.listenPort = m_listenPort;
        const auto archive = connect(how);
        QVERIFY(!isListening(m_listenPort));
        Staging staging;
        int received = 0;
        for (const auto &study : find(*archive, {})) {
            archive::Wanted wanted;
            wanted.study = study.uid;
            const auto report = archive->retrieve(wanted, staging.retrieval(), {});
            VERIFY_RESULT(report);
            QVERIFY2(!report->error, report->error ? report->error->describe().c_str() : "");
            QCOMPARE(report->byMove, byMove);
            received += report->received;
        }
        QVERIFY(!isListening(m_listenPort));
        QCOMPARE(received, int(staging.files.size()));
        for (const auto &file : outgoingOf(testFiles())) {
            const auto found = staging.bytes.find(file.instance.value());
            QVERIFY2(found != staging.bytes.end(), file.path.c_str());
            QCOMPARE(metaText(found->second, 0x0002).toStdString(), file.sopClass);
            const std::string syntax = metaText(found->second, 0x0010).toStdString();
            if (peer == QLatin1String("dcmqrscp") && isNative(syntax) && isNative(file.transferSyntax)) {
                // It sends whatever is uncompressed in the first syntax that was accepted.
                QCOMPARE(found->second.right(kPixels),
                         contentOf(QString::fromStdString(file.path)).right(kPixels));
                continue;
            }
            QVERIFY2(syntax == file.transferSyntax, (file.path + " came in " + syntax).c_str());
            QVERIFY2(dataSetOf(found->second) == dataSetOf(contentOf(QString::fromStdString(file.path))),
                     file.path.c_str());
        }
    }

    void bringsOnlyTheInstancesThatAreWanted_data() { peers(); }
    void bringsOnlyTheInstancesThatAreWanted()
    {
        QFETCH(QString, peer);
        const auto archive = connect(settings(peer));
        for (const auto &study : find(*archive, {})) {
            const auto instances = archive->listInstances(study.uid, {}, {});
            VERIFY_RESULT(instances);
            const auto &first = instances->front();
            archive::Wanted wanted{study.uid, {{first.series, {{first.uid, first.sopClass}}}}, {}};
            Staging staging;
            const auto report = archive->retrieve(wanted, staging.retrieval(), {});
            VERIFY_RESULT(report);
            QCOMPARE(report->received, 1);
            QVERIFY(staging.bytes.contains(first.uid.value()));
        }
    }

    void findsNamesInTheirScripts_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("file");
        QTest::newRow("German") << QStringLiteral("Äneas") << QStringLiteral("chrGerm");
        QTest::newRow("Cyrillic") << QStringLiteral("Люкceмбypг") << QStringLiteral("chrRuss");
        QTest::newRow("Japanese") << QStringLiteral("*山田*") << QStringLiteral("chrH31");
    }
    void findsNamesInTheirScripts()
    {
        QFETCH(QString, name);
        QFETCH(QString, file);
        const auto archive = connect(settings(QStringLiteral("Orthanc")));
        archive::StudyQuery query;
        query.patientName = name.toStdString();
        const auto rows = find(*archive, query);
        QCOMPARE(rows.size(), std::size_t(1));
        const auto all = find(*archive, {});
        QVERIFY(all.size() > rows.size());
        const auto &patient = rows.front().patient.name;
        const QString bare = name.mid(name.startsWith(u'*') ? 1 : 0).remove(u'*');
        const std::string text = patient.alphabetic + patient.ideographic + patient.phonetic;
        QVERIFY2(QString::fromStdString(text).contains(bare), text.c_str());
    }

    void narrowsByEveryKey()
    {
        const auto archive = connect(settings(QStringLiteral("Orthanc")));
        const auto all = find(*archive, {});
        for (const auto &study : all) {
            archive::StudyQuery query;
            query.patientId = study.patient.id;
            query.study = study.uid;
            query.modalities = study.modalities;
            query.dateFrom = query.dateTo = study.studyDate;
            const auto rows = find(*archive, query);
            QCOMPARE(rows.size(), std::size_t(1));
            QCOMPARE(rows.front().uid, study.uid);
            query.modalities = {"XY"};
            QVERIFY(find(*archive, query).empty());
        }
        archive::StudyQuery few;
        few.most = 1;
        std::size_t rows = 0;
        const auto report = archive->findStudies(
            few, [&](std::vector<archive::FoundStudy> batch) { rows += batch.size(); }, {});
        VERIFY_RESULT(report);
        QCOMPARE(rows, std::size_t(1));
        QVERIFY(report->cutOff);
    }

    void findsPatients_data() { peers(); }
    void findsPatients()
    {
        QFETCH(QString, peer);
        const auto archive = connect(settings(peer));
        int rows = 0;
        const auto report = archive->findPatients(
            {}, [&](std::vector<archive::FoundPatient> batch) { rows += int(batch.size()); }, {});
        VERIFY_RESULT(report);
        QVERIFY(rows >= 2);
    }

    void saysWhatIsWrongWithTitles()
    {
        auto how = settings(QStringLiteral("Orthanc"));
        how.theirTitle = "NOBODY";
        auto verified = connect(how)->verify({});
        QVERIFY(!verified);
        QCOMPARE(verified.error().code(), ErrorCode::CalledTitleUnknown);
        how = settings(QStringLiteral("dcmqrscp"));
        how.theirTitle = "NOBODY";
        verified = connect(how)->verify({});
        QVERIFY(!verified);
        QCOMPARE(verified.error().code(), ErrorCode::CalledTitleUnknown);
    }

    void saysThatTheDestinationIsUnknown_data() { peers(); }
    void saysThatTheDestinationIsUnknown()
    {
        QFETCH(QString, peer);
        auto how = settings(peer);
        how.ourTitle = "STRANGER";
        how.retrieveBy = archive::RetrieveBy::Move;
        how.listenPort = m_listenPort;
        const auto archive = connect(how);
        const auto studies = find(*archive, {});
        QVERIFY(!studies.empty());
        archive::Wanted wanted;
        wanted.study = studies.front().uid;
        Staging staging;
        const auto report = archive->retrieve(wanted, staging.retrieval(), {});
        QVERIFY(!report);
        QVERIFY2(report.error().code() == ErrorCode::DestinationUnknown ||
                     (peer == QLatin1String("Orthanc") && report.error().code() == ErrorCode::RequestRefused),
                 report.error().describe().c_str());
    }

    void movesAtOnceTakeTurnsAtTheOnePort()
    {
        auto how = settings(QStringLiteral("Orthanc"));
        how.retrieveBy = archive::RetrieveBy::Move;
        how.listenPort = m_listenPort;
        const auto archive = connect(how);
        archive::Wanted wanted;
        wanted.study = find(*archive, {}).at(0).uid;
        std::atomic<int> good = 0;
        constexpr int kAtOnce = 3;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < kAtOnce; ++i)
                threads.emplace_back([&] {
                    Staging staging;
                    const auto report = archive->retrieve(wanted, staging.retrieval(), {});
                    good += report && report->received > 0 && !report->error ? 1 : 0;
                });
        }
        QCOMPARE(good.load(), kAtOnce);
    }

    void turnsToMoveWhereGetIsNotOffered()
    {
        DcmqrscpServer server;
        const quint16 port = freePort();
        server.addPeer(QStringLiteral("NEGATOSCOPE"), port);
        QVERIFY2(server.start({QStringLiteral("--disable-get")}), server.log().constData());
        auto how = settingsFor(server.title, server.port);
        const auto files = outgoingOf({kData + QStringLiteral("/charset/chrGerm.dcm")});
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(connect(how)->store(files, results, {}, {}));

        archive::Wanted wanted;
        wanted.study = find(*connect(how), {}).at(0).uid;
        Staging none;
        const auto refused = connect(how)->retrieve(wanted, none.retrieval(), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::ServiceNotOffered);

        how.listenPort = port;
        Staging staging;
        const auto report = connect(how)->retrieve(wanted, staging.retrieval(), {});
        VERIFY_RESULT(report);
        QVERIFY(report->byMove);
        QCOMPARE(report->received, 1);
    }

    void asksForSafeKeeping()
    {
        auto how = settings(QStringLiteral("Orthanc"));
        how.listenPort = m_listenPort;
        const auto archive = connect(how);
        std::vector<archive::Reference> references;
        for (const auto &file : outgoingOf(testFiles()))
            references.push_back({file.sopClass, file.instance});
        references.push_back({references.front().sopClass, base::InstanceUid("1.2.3.4.5")});
        const auto report = archive->commit(references, {});
        VERIFY_RESULT(report);
        QCOMPARE(report->committed.size(), references.size() - 1);
        QCOMPARE(report->failed.size(), std::size_t(1));
        QCOMPARE(report->failed.front().instance.value(), std::string("1.2.3.4.5"));
    }

    void saysThatAClassIsNotTaken()
    {
        StorescpServer server;
        QVERIFY(server.start({QStringLiteral("+xi")})); // implicit little endian only
        const auto archive = connect(settingsFor(server.title, server.port));
        const auto files = outgoingOf({kData + QStringLiteral("/ts/ct/jpg70.dcm")});
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(archive->store(files, results, {}, {}));
        QVERIFY(results.front().error);
        QCOMPARE(results.front().error->code(), ErrorCode::ServiceNotOffered);
    }

    void nothingIsSentInClearUnlessItIsAllowed()
    {
        auto how = settings(QStringLiteral("Orthanc"));
        how.allowCleartext = false;
        const auto made = archive::connectTo(how);
        QVERIFY(!made);
        QCOMPARE(made.error().code(), ErrorCode::CleartextForbidden);
    }
};

QTEST_GUILESS_MAIN(tst_Peers)
#include "tst_Peers.moc"
