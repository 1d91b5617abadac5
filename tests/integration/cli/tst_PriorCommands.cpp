#include "DcmqrscpServer.h"
#include "OrthancServer.h"
#include "Phantom.h"
#include "ProgramRun.h"

#include <QtCore/QJsonArray>
#include <QtTest>

using namespace negatoscope::test;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

QStringList uidsOf(const QJsonArray &studies)
{
    QStringList uids;
    for (const auto &study : studies)
        uids << study.toObject().value(QLatin1String("studyInstanceUid")).toString();
    return uids;
}

} // namespace

/// priors and retrieve --priors against two real archives, through the program: the current exam here, one
/// prior in each archive, and the exam of another person with the same number in one of them.
class tst_PriorCommands : public QObject
{
    Q_OBJECT

private:
    OrthancServer m_north;
    DcmqrscpServer m_south;
    ProgramRuns m_reader;
    QTemporaryDir m_data;
    QString m_now, m_lastYear, m_old, m_stranger;

    /// A study of the phantom head in a folder of its own; its UID.
    QString make(const QString &name, const QStringList &more)
    {
        const QString folder = m_data.filePath(name);
        if (!runGenerator(QStringList{QStringLiteral("head"), QStringLiteral("--out"), folder,
                                      QStringLiteral("--only"), QStringLiteral("axial"),
                                      QStringLiteral("--study"), name} +
                          more))
            return {};
        ProgramRuns runs;
        if (runs.run({QStringLiteral("import"), folder}).exitCode != 0)
            return {};
        return uidsOf(runs.run(words("studies --json")).json().value(QLatin1String("studies")).toArray())
            .value(0);
    }
    void addArchives(const ProgramRuns &runs)
    {
        for (const auto &[name, title, port] : {std::tuple("north", m_north.title, m_north.port),
                                                std::tuple("south", m_south.title, m_south.port)})
            QCOMPARE(
                runs.run({QStringLiteral("archives"), QStringLiteral("add"), QLatin1String(name),
                          QStringLiteral("--dimse"), QStringLiteral("%1@127.0.0.1:%2").arg(title).arg(port),
                          QStringLiteral("--allow-cleartext")})
                    .exitCode,
                0);
    }
    /// To an archive, past the reader's cache.
    void send(const QString &folder, const char *archive)
    {
        ProgramRuns runs;
        addArchives(runs);
        QCOMPARE(runs.run({QStringLiteral("import"), folder}).exitCode, 0);
        const auto uids =
            uidsOf(runs.run(words("studies --json")).json().value(QLatin1String("studies")).toArray());
        const auto sent = runs.run(
            {QStringLiteral("send"), QStringLiteral("--archive"), QLatin1String(archive), uids.value(0)});
        QVERIFY2(sent.exitCode == 0, sent.complaints.constData());
    }
    QJsonArray priors(const QStringList &more = {}) const
    {
        return m_reader.run(QStringList{QStringLiteral("priors"), QStringLiteral("--json"), m_now} + more)
            .json()
            .value(QLatin1String("priors"))
            .toArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_north.start(), m_north.log().constData());
        QVERIFY2(m_south.start(), m_south.log().constData());
        m_now = make(QStringLiteral("now"), {QStringLiteral("--date"), QStringLiteral("20261101")});
        m_lastYear = make(QStringLiteral("last"), {QStringLiteral("--date"), QStringLiteral("20251101")});
        m_old = make(QStringLiteral("old"), {QStringLiteral("--date"), QStringLiteral("20181101")});
        m_stranger =
            make(QStringLiteral("stranger"), {QStringLiteral("--date"), QStringLiteral("20261001"),
                                              QStringLiteral("--patient"), QStringLiteral("Durand^Paul")});
        QVERIFY(!m_now.isEmpty() && !m_lastYear.isEmpty() && !m_old.isEmpty() && !m_stranger.isEmpty());
        addArchives(m_reader);
        for (const auto &[study, archive] : {std::pair("now", "north"), std::pair("last", "north"),
                                             std::pair("old", "south"), std::pair("stranger", "north")})
            send(m_data.filePath(QLatin1String(study)), archive);
    }

    void aStudyNobodyHasIsSaid()
    {
        QCOMPARE(m_reader.run(words("priors 1.2.3.4.5")).exitCode, 1);
        QCOMPARE(m_reader.run(words("priors")).exitCode, 2);
        QCOMPARE(m_reader.run(words("priors ../x")).exitCode, 2);
        QCOMPARE(m_reader.run(words("priors 1.2.3 --local --archive north")).exitCode, 2);
    }

    void priorsOfEveryArchiveAreRanked()
    {
        // The current exam itself is only in the archive yet.
        const auto run = m_reader.run({QStringLiteral("priors"), QStringLiteral("--json"), m_now});
        QVERIFY2(run.exitCode == 0, run.complaints.constData());
        const auto found = run.json().value(QLatin1String("priors")).toArray();
        QCOMPARE(uidsOf(found), (QStringList{m_lastYear, m_old, m_stranger}));
        for (const auto &[row, source] : {std::pair(0, "north"), std::pair(1, "south")}) {
            const auto prior = found.at(row).toObject();
            QVERIFY(prior.value(QLatin1String("samePerson")).toBool());
            QCOMPARE(prior.value(QLatin1String("sources")).toArray(), QJsonArray{QLatin1String(source)});
            QVERIFY(prior.value(QLatin1String("reasons")).toArray().contains(QLatin1String("sameRegion")));
        }
        // The same number under another name: shown as a doubt, never as the same person.
        const auto near = found.at(2).toObject();
        QVERIFY(!near.value(QLatin1String("samePerson")).toBool());
        QCOMPARE(near.value(QLatin1String("doubts")).toArray(), QJsonArray{QStringLiteral("otherName")});
        const auto text = m_reader.run({QStringLiteral("priors"), m_now});
        QVERIFY2(text.output.contains("perhaps another person"), text.output.constData());
        QCOMPARE(uidsOf(priors({QStringLiteral("--archive"), QStringLiteral("south")})), QStringList());
    }

    void aStudyComesWithItsPriors()
    {
        const auto run =
            m_reader.run({QStringLiteral("retrieve"), QStringLiteral("--json"), QStringLiteral("--archive"),
                          QStringLiteral("north"), m_now, QStringLiteral("--priors")});
        QVERIFY2(run.exitCode == 0, run.complaints.constData());
        const auto came = run.json().value(QLatin1String("priors")).toArray();
        QCOMPARE(uidsOf(came), QStringList{m_lastYear});
        QCOMPARE(came.first()
                     .toObject()
                     .value(QLatin1String("retrieved"))
                     .toObject()
                     .value(QLatin1String("completeness"))
                     .toString(),
                 QStringLiteral("complete"));
        // What is here by now is said to be, and nothing of the other person came.
        const auto found = priors();
        QCOMPARE(uidsOf(found), (QStringList{m_lastYear, m_old, m_stranger}));
        QCOMPARE(found.first().toObject().value(QLatin1String("sources")).toArray(),
                 (QJsonArray{QStringLiteral("local"), QStringLiteral("north")}));
        QCOMPARE(found.last().toObject().value(QLatin1String("sources")).toArray(),
                 QJsonArray{QStringLiteral("north")});
        QCOMPARE(uidsOf(priors({QStringLiteral("--local")})), QStringList{m_lastYear});
    }

    void anArchiveThatIsDownIsNamedAndTheOthersAnswer()
    {
        QCOMPARE(m_reader
                     .run({QStringLiteral("archives"), QStringLiteral("add"), QStringLiteral("down"),
                           QStringLiteral("--dimse"), QStringLiteral("X@127.0.0.1:%1").arg(freePort()),
                           QStringLiteral("--allow-cleartext")})
                     .exitCode,
                 0);
        const auto run = m_reader.run({QStringLiteral("priors"), QStringLiteral("--json"), m_now});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(uidsOf(run.json().value(QLatin1String("priors")).toArray()),
                 (QStringList{m_lastYear, m_old, m_stranger}));
        QCOMPARE(run.json()
                     .value(QLatin1String("failed"))
                     .toArray()
                     .first()
                     .toObject()
                     .value(QLatin1String("archive"))
                     .toString(),
                 QStringLiteral("down"));
    }

    /// docs/safety.md F10: nothing is merged silently, and nothing of it comes by itself.
    void archivesThatTellDifferentPatientsForOneStudyAreTwoRows()
    {
        const QString folder = m_data.filePath(QStringLiteral("last-of-another"));
        QVERIFY(runGenerator({QStringLiteral("head"), QStringLiteral("--out"), folder,
                              QStringLiteral("--only"), QStringLiteral("axial"), QStringLiteral("--study"),
                              QStringLiteral("last"), QStringLiteral("--date"), QStringLiteral("20251101"),
                              QStringLiteral("--patient"), QStringLiteral("Durand^Paul")}));
        send(folder, "south");
        const auto found = m_reader.run({QStringLiteral("find"), QStringLiteral("--json"),
                                         QStringLiteral("--all"), QStringLiteral("--study"), m_lastYear});
        const auto rows = found.json().value(QLatin1String("studies")).toArray();
        QCOMPARE(uidsOf(rows), (QStringList{m_lastYear, m_lastYear}));
        for (const auto &row : rows) {
            QVERIFY(row.toObject().value(QLatin1String("conflict")).toBool());
            QCOMPARE(row.toObject().value(QLatin1String("sources")).toArray().size(), 1);
        }
        const auto others = priors();
        const auto at = uidsOf(others).indexOf(m_lastYear);
        QVERIFY(at >= 0);
        const auto prior = others.at(static_cast<int>(at)).toObject();
        QVERIFY(!prior.value(QLatin1String("samePerson")).toBool());
        QVERIFY(prior.value(QLatin1String("doubts"))
                    .toArray()
                    .contains(QJsonValue(QStringLiteral("sourcesDisagree"))));
    }
};

QTEST_GUILESS_MAIN(tst_PriorCommands)
#include "tst_PriorCommands.moc"
