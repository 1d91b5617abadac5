#include "DcmqrscpServer.h"
#include "FaultProxy.h"
#include "OrthancServer.h"
#include "ProgramRun.h"

#include <QtCore/QDirIterator>
#include <QtCore/QJsonArray>
#include <QtCore/QRandomGenerator>
#include <QtTest>

using namespace negatoscope::test;

namespace {

const QString kCt = QStringLiteral(NEGATOSCOPE_SAMPLES);
const QString kData = QStringLiteral(NEGATOSCOPE_TEST_DATA);

/// Settings of one archive as the command line takes them.
QStringList addWords(const QString &name, const QString &title, quint16 port)
{
    return {QStringLiteral("archives"),
            QStringLiteral("add"),
            name,
            QStringLiteral("--dimse"),
            QStringLiteral("%1@127.0.0.1:%2").arg(title).arg(port),
            QStringLiteral("--allow-cleartext")};
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

/// archives, find, retrieve and send against real archives, through the program.
class tst_ArchiveCommands : public QObject
{
    Q_OBJECT

private:
    using Outcome = ProgramRuns::Outcome;

    /// The one study of the cache.
    QString study(const ProgramRuns &runs)
    {
        const auto all = runs.run(words("studies --json")).json().value(QLatin1String("studies")).toArray();
        return all.isEmpty() ? QString()
                             : all.first().toObject().value(QLatin1String("studyInstanceUid")).toString();
    }
    Outcome retrieve(const ProgramRuns &runs, const QString &archive, const QString &uid)
    {
        return runs.run({QStringLiteral("retrieve"), QStringLiteral("--json"), QStringLiteral("--archive"),
                         archive, uid});
    }

    /// The same archive over DICOMweb.
    QStringList addWebWords(const QString &name)
    {
        return {QStringLiteral("archives"),
                QStringLiteral("add"),
                name,
                QStringLiteral("--web"),
                QStringLiteral("http://127.0.0.1:%1/dicom-web").arg(m_orthanc.httpPort),
                QStringLiteral("--allow-cleartext")};
    }

    OrthancServer m_orthanc;
    DcmqrscpServer m_qrscp;
    ProgramRuns m_sender;
    QString m_study;
    int m_instances = 0;

private Q_SLOTS:
    void initTestCase()
    {
        m_orthanc.addWeb();
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
        QVERIFY2(m_qrscp.start(), m_qrscp.log().constData());
        QCOMPARE(m_sender.run({QStringLiteral("import"), kData + QStringLiteral("/mr/fmri-ge")}).exitCode, 0);
        m_study = study(m_sender);
        QVERIFY(!m_study.isEmpty());
    }

    void archivesAreAddedListedVerifiedAndRemoved()
    {
        Outcome outcome = m_sender.run(addWords(QStringLiteral("north"), m_orthanc.title, m_orthanc.port));
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        QCOMPARE(m_sender.run(addWords(QStringLiteral("south"), m_qrscp.title, m_qrscp.port)).exitCode, 0);
        QCOMPARE(m_sender.run(addWords(QStringLiteral("down"), QStringLiteral("X"), freePort())).exitCode, 0);
        QCOMPARE(m_sender.run(addWords(QStringLiteral("north"), QStringLiteral("X"), 1)).exitCode, 2);
        outcome = m_sender.run(words("archives list --json"));
        QCOMPARE(outcome.json().value(QLatin1String("archives")).toArray().size(), 3);
        outcome = m_sender.run(words("archives verify north --json"));
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        QVERIFY(outcome.json().value(QLatin1String("answers")).toBool());
        outcome = m_sender.run(words("archives verify down"));
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.complaints.contains("down cannot be reached"), outcome.complaints.constData());
        QCOMPARE(m_sender.run(words("archives verify nobody")).exitCode, 2);
        QCOMPARE(m_sender.run(words("archives add clear --dimse A@127.0.0.1:104")).exitCode, 2);
        QCOMPARE(m_sender.run(words("archives add bad --dimse nonsense --allow-cleartext")).exitCode, 2);
    }

    void studiesAreSent()
    {
        for (const char *archive : {"north", "south"}) {
            const Outcome outcome =
                m_sender.run({QStringLiteral("send"), QStringLiteral("--json"), QStringLiteral("--archive"),
                              QLatin1String(archive), m_study});
            QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
            m_instances = outcome.json().value(QLatin1String("objects")).toInt();
            QCOMPARE(outcome.json().value(QLatin1String("sent")).toInt(), m_instances);
            QVERIFY(outcome.json().value(QLatin1String("failed")).toArray().isEmpty());
        }
        QVERIFY(m_instances >= 8);
        QCOMPARE(m_sender.run(words("send --archive north 1.2.3.4.5")).exitCode, 1);
    }

    void everyArchiveIsAskedAndRowsAreMerged()
    {
        const Outcome outcome = m_sender.run({QStringLiteral("find"), QStringLiteral("--json"),
                                              QStringLiteral("--all"), QStringLiteral("--study"), m_study});
        QCOMPARE(outcome.exitCode, 1);
        const auto studies = outcome.json().value(QLatin1String("studies")).toArray();
        QCOMPARE(studies.size(), 1);
        QCOMPARE(studies.first().toObject().value(QLatin1String("sources")).toArray().size(), 2);
        const auto failed = outcome.json().value(QLatin1String("failed")).toArray();
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed.first().toObject().value(QLatin1String("archive")).toString(),
                 QStringLiteral("down"));
        QCOMPARE(failed.first().toObject().value(QLatin1String("code")).toString(),
                 QStringLiteral("connectionRefused"));
        QVERIFY(outcome.complaints.contains("down"));
        QCOMPARE(m_sender.run(words("archives remove down")).exitCode, 0);
        QCOMPARE(m_sender.run(words("find --all")).exitCode, 0);
        QCOMPARE(m_sender.run(words("find")).exitCode, 2);
        QCOMPARE(m_sender.run(words("find --all --date 2026-99-99")).exitCode, 2);
        const Outcome none = m_sender.run(words("find --json --archive north --modality XY"));
        QCOMPARE(none.exitCode, 0);
        QVERIFY(none.json().value(QLatin1String("studies")).toArray().isEmpty());
    }

    void whatWasSentToOneIsRetrievedBitForBitFromAnother_data()
    {
        QTest::addColumn<QString>("archive");
        QTest::newRow("Orthanc") << QStringLiteral("north");
        QTest::newRow("dcmqrscp") << QStringLiteral("south");
        QTest::newRow("Orthanc over DICOMweb") << QStringLiteral("web");
    }
    void whatWasSentToOneIsRetrievedBitForBitFromAnother()
    {
        QFETCH(QString, archive);
        ProgramRuns reader;
        QVERIFY(reader.run(addWords(QStringLiteral("north"), m_orthanc.title, m_orthanc.port)).exitCode == 0);
        QVERIFY(reader.run(addWords(QStringLiteral("south"), m_qrscp.title, m_qrscp.port)).exitCode == 0);
        QVERIFY(reader.run(addWebWords(QStringLiteral("web"))).exitCode == 0);
        Outcome outcome = retrieve(reader, archive, m_study);
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        QCOMPARE(outcome.json().value(QLatin1String("expected")).toInt(), m_instances);
        QCOMPARE(outcome.json().value(QLatin1String("received")).toInt(), m_instances);
        QCOMPARE(outcome.json().value(QLatin1String("arrived")).toInt(), m_instances);
        QCOMPARE(outcome.json().value(QLatin1String("completeness")).toString(), QStringLiteral("complete"));
        QVERIFY(outcome.json().value(QLatin1String("bytes")).toDouble() > 1000);

        // Again: everything is there, nothing comes.
        outcome = retrieve(reader, archive, m_study);
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.json().value(QLatin1String("arrived")).toInt(), 0);
        QCOMPARE(outcome.json().value(QLatin1String("received")).toInt(), m_instances);

        const Outcome listed = reader.run(words("studies --json"));
        QCOMPARE(listed.json()
                     .value(QLatin1String("studies"))
                     .toArray()
                     .first()
                     .toObject()
                     .value(QLatin1String("completeness"))
                     .toString(),
                 QStringLiteral("complete"));
        QCOMPARE(reader.run(words("verify")).exitCode, 0);
    }

    void archivesOfDicomWebAreAddedAskedAndSentTo()
    {
        ProgramRuns runs;
        QVERIFY(runs.run({QStringLiteral("import"), kCt}).exitCode == 0);
        Outcome outcome = runs.run(addWebWords(QStringLiteral("web")) << QStringLiteral("--json"));
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        const auto added = outcome.json().value(QLatin1String("archives")).toArray().first().toObject();
        QCOMPARE(added.value(QLatin1String("kind")).toString(), QStringLiteral("web"));
        QCOMPARE(runs.run(words("archives verify web")).exitCode, 0);
        const QString uid = study(runs);
        outcome = runs.run({QStringLiteral("send"), QStringLiteral("--json"), QStringLiteral("--archive"),
                            QStringLiteral("web"), QStringLiteral("--commit"), uid});
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        outcome = runs.run({QStringLiteral("find"), QStringLiteral("--json"), QStringLiteral("--archive"),
                            QStringLiteral("web"), QStringLiteral("--study"), uid});
        QCOMPARE(outcome.json().value(QLatin1String("studies")).toArray().size(), 1);
        // Neither nor, both, a password in clear, and a password without its file.
        for (const char *call :
             {"archives add x --allow-cleartext", "archives add x --web ftp://h --allow-cleartext",
              "archives add x --web http://h/ --dimse A@h:1 --allow-cleartext",
              "archives add x --web http://h/",
              "archives add x --web http://h/ --allow-cleartext --login basic:u --password-file /x",
              "archives add x --web https://h/ --login basic:u", "archives add x --web https://u:p@h/"})
            QVERIFY2(runs.run(words(call)).exitCode == 2, call);
        QCOMPARE(
            runs.run(words("archives add x --web https://h/ --login basic:u --password-file /none")).exitCode,
            0);
        QCOMPARE(runs.run(words("archives verify x")).exitCode, 3);
    }

    void wrongCallsAreTold()
    {
        QCOMPARE(m_sender.run(words("retrieve --archive north")).exitCode, 2);
        QCOMPARE(m_sender.run(words("retrieve --archive north ../../x")).exitCode, 2);
        QCOMPARE(m_sender.run(words("retrieve 1.2.3")).exitCode, 2);
        const Outcome unknown = m_sender.run(words("retrieve --archive north 1.2.3"));
        QCOMPARE(unknown.exitCode, 1);
    }

    void anUnreadableListIsNamedWithItsPlace()
    {
        ProgramRuns runs;
        QVERIFY(QDir().mkpath(runs.path(QStringLiteral("config"))));
        QFile file(runs.path(QStringLiteral("config/archives.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"version": 1, "archives": [{"name": "P", "hots": "h"}]})");
        file.close();
        const Outcome outcome = runs.run(words("archives list"));
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.complaints.contains("archive 1: there is no \"hots\""),
                 outcome.complaints.constData());
    }

    /// docs/safety.md F1: killed at random moments, a retrieve goes on with what is missing.
    void goesOnAfterKills()
    {
        constexpr int kKills = 12;
        ProgramRuns sender, reader;
        QVERIFY(sender.run({QStringLiteral("import"), kCt}).exitCode == 0);
        QVERIFY(sender.run(addWords(QStringLiteral("north"), m_orthanc.title, m_orthanc.port)).exitCode == 0);
        QString uid;
        int most = 0;
        for (const auto &one :
             sender.run(words("studies --json")).json().value(QLatin1String("studies")).toArray())
            if (one.toObject().value(QLatin1String("instances")).toInt() > most) {
                most = one.toObject().value(QLatin1String("instances")).toInt();
                uid = one.toObject().value(QLatin1String("studyInstanceUid")).toString();
            }
        QVERIFY(most > 50);
        QCOMPARE(
            sender.run({QStringLiteral("send"), QStringLiteral("--archive"), QStringLiteral("north"), uid})
                .exitCode,
            0);
        FaultProxy proxy(m_orthanc.port);
        QVERIFY(reader.run(addWords(QStringLiteral("north"), m_orthanc.title, proxy.port)).exitCode == 0);
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        int kills = 0;
        quint64 before = 0;
        for (int i = 0; i < kKills; ++i) {
            const auto process = reader.start(
                {QStringLiteral("retrieve"), QStringLiteral("--archive"), QStringLiteral("north"), uid});
            before = proxy.bytesFromServer;
            const quint64 more = 200'000 + quint64(random.bounded(1'500'000));
            QTRY_VERIFY_WITH_TIMEOUT(
                proxy.bytesFromServer > before + more || process->state() == QProcess::NotRunning, 60'000);
            if (process->state() != QProcess::NotRunning) {
                process->kill();
                ++kills;
            }
            process->waitForFinished();
        }
        QVERIFY2(kills > 0, qPrintable(QString::number(kills)));
        const Outcome outcome = retrieve(reader, QStringLiteral("north"), uid);
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        QCOMPARE(outcome.json().value(QLatin1String("received")).toInt(), most);
        QCOMPARE(outcome.json().value(QLatin1String("completeness")).toString(), QStringLiteral("complete"));
        QCOMPARE(reader.run(words("verify")).exitCode, 0);
        qInfo("%d kills, %d instances, %llu bytes crossed the line", kills, most,
              static_cast<unsigned long long>(proxy.bytesFromServer));
    }
};

QTEST_GUILESS_MAIN(tst_ArchiveCommands)
#include "tst_ArchiveCommands.moc"
