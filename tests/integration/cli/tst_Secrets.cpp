// What the running program shows to others: no patient in its log (S22), no core file (S21), no open port
// (S24).
#include "ProgramRun.h"

#include <CacheFixture.h>
#include <DicomBytes.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

#include <csignal>
#include <set>

using namespace negatoscope::test;

namespace {

/// Words that stand in every text attribute of the files, and nowhere else in the world.
const QByteArrayList kSeeds{"QXNAME", "QXGIVEN",  "QXID7741", "QXISSUER", "QXACC",
                            "QXDESC", "QXSERIES", "QXINST",   "19370509", "1.2.826.0.7741"};

std::string image(int number, bool damaged)
{
    const std::string uid = "1.2.826.0.7741." + std::to_string(number % 2);
    DicomBytes dicom;
    const auto even = [](std::string text) { return text.size() % 2 ? text + ' ' : text; };
    dicom.meta(kExplicit)
        .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
        .element(0x00080018, "UI", even(uid + ".9." + std::to_string(number)))
        .element(0x00080020, "DA", "20240102")
        .element(0x00080050, "SH", even("QXACC"))
        .element(0x00080060, "CS", "OT")
        .element(0x00080080, "LO", even("QXINST"))
        .element(0x00081030, "LO", even("QXDESC"))
        .element(0x0008103e, "LO", even("QXSERIES"))
        .element(0x00100010, "PN", even("QXNAME^QXGIVEN"))
        .element(0x00100020, "LO", even("QXID7741"))
        .element(0x00100021, "LO", even("QXISSUER"))
        .element(0x00100030, "DA", "19370509")
        .element(0x0020000d, "UI", even(uid))
        .element(0x0020000e, "UI", even(uid + ".1"))
        .number(0x00280002, 1)
        .element(0x00280004, "CS", "MONOCHROME2 ")
        .number(0x00280010, 8)
        .number(0x00280011, 8)
        .number(0x00280100, 8)
        .number(0x00280101, 8)
        .number(0x00280102, 7)
        .number(0x00280103, 0);
    return damaged ? dicom.encapsulated("no codestream").bytes()
                   : dicom.element(0x7fe00010, "OB", std::string(64, 'p')).bytes();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::set<qint64> withChildren(qint64 process)
{
    std::set<qint64> all{process};
    const auto numbers = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (bool grown = true; grown;) {
        grown = false;
        for (const QString &number : numbers) {
            const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(number));
            const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
            if (fields.size() > 1 && all.contains(fields[1].toLongLong()))
                grown = all.insert(number.toLongLong()).second || grown;
        }
    }
    return all;
}

/// TCP sockets that listen and UDP sockets of a process.
int openPorts(qint64 process)
{
    std::set<QByteArray> inodes;
    QDir descriptors(QStringLiteral("/proc/%1/fd").arg(process));
    for (const QString &name : descriptors.entryList(QDir::Files | QDir::System)) {
        const QByteArray target = QFile::symLinkTarget(descriptors.filePath(name)).toUtf8();
        const auto at = target.indexOf("socket:[");
        if (at >= 0)
            inodes.insert(target.mid(at + 8).chopped(1));
    }
    int ports = 0;
    for (const char *const table : {"tcp", "tcp6", "udp", "udp6"}) {
        const auto lines =
            contentOf(QStringLiteral("/proc/%1/net/%2").arg(process).arg(QLatin1String(table))).split('\n');
        for (const QByteArray &line : lines) {
            const auto fields = line.simplified().split(' ');
            const bool listens = fields.size() > 9 && (fields[3] == "0A" || table[0] == 'u');
            ports += listens && inodes.contains(fields[9]) ? 1 : 0;
        }
    }
    return ports;
}

} // namespace

class TestSecrets final : public QObject
{
    Q_OBJECT
private:
    ProgramRuns m_runs;
    std::unique_ptr<QProcess> m_workstation;
    QByteArray m_complaints; ///< all that was written to standard error

    void run(const QStringList &words) { m_complaints += m_runs.run(words).complaints; }

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path folder = m_runs.path(QStringLiteral("source")).toStdString();
        for (int i = 0; i < 8; ++i)
            writeFile(folder / std::to_string(i), image(i, i % 4 == 3));
        // Another version, another patient, no identity, cut short, no DICOM.
        writeFile(folder / "version", image(1, true));
        std::string other = image(9, false);
        other.replace(other.find("QXID7741"), 8, "QXID7742");
        writeFile(folder / "patient", other);
        std::string tooLong = image(10, false);
        tooLong.replace(tooLong.find("1.2.826.0.7741.0.1"), 6, "QXNAME");
        writeFile(folder / "uid", tooLong);
        writeFile(folder / "cut", image(11, false).substr(0, 420));
        writeFile(folder / "text", "QXNAME is a text");
    }

    void commandsDoTheirWork()
    {
        const QString source = m_runs.path(QStringLiteral("source"));
        const auto imported = m_runs.run({QStringLiteral("import"), QStringLiteral("--json"), source});
        m_complaints += imported.complaints;
        QVERIFY2(imported.json().value(QLatin1String("imported")).toInt() >= 8, imported.output.constData());
        QVERIFY(imported.json().value(QLatin1String("refused")).toArray().size() >= 3);
        const QString study = QStringLiteral("1.2.826.0.7741.1");
        run({QStringLiteral("studies"), QStringLiteral("--text"), QStringLiteral("qxname")});
        run({QStringLiteral("series"), study});
        for (int i = 0; i < 8; ++i) {
            const QString file = source + QStringLiteral("/%1").arg(i);
            run({QStringLiteral("dump"), file});
            run({QStringLiteral("render"), file, QStringLiteral("--annotate"), QStringLiteral("-o"),
                 m_runs.path(QStringLiteral("out.png"))});
            run({QStringLiteral("probe"), file, QStringLiteral("--pixel"), QStringLiteral("1,1")});
        }
        run({QStringLiteral("render"), QStringLiteral("1.2.826.0.7741.1.1"), QStringLiteral("-o"),
             QStringLiteral("/nowhere/at/all.png")});
        run({QStringLiteral("benchmark"), study});
        // An index that is damaged speaks most.
        const std::filesystem::path index = m_runs.path(QStringLiteral("cache/index.sqlite")).toStdString();
        writeFile(index, "not an index");
        run({QStringLiteral("verify")});
        QVERIFY2(m_complaints.contains("index"), "the log says nothing at all");
    }

    void aWorkstationDoesItsWork()
    {
        m_workstation = m_runs.start({m_runs.path(QStringLiteral("source"))});
        QTRY_VERIFY_WITH_TIMEOUT(m_runs.workstationAnswers(), 60'000);
        run({QStringLiteral("open"), QStringLiteral("1.2.826.0.7741.0")});
        run({QStringLiteral("open"), QStringLiteral("--patient-id"), QStringLiteral("QXID7741")});
        run({QStringLiteral("import"), m_runs.path(QStringLiteral("source"))});
        // Its workers die under it.
        for (const qint64 process : withChildren(m_workstation->processId()))
            if (process != m_workstation->processId())
                ::kill(static_cast<pid_t>(process), SIGKILL);
        run({QStringLiteral("render"), m_runs.path(QStringLiteral("source/0")), QStringLiteral("-o"),
             m_runs.path(QStringLiteral("again.png"))});
        run({QStringLiteral("state")});
    }

    void nothingListensOnTheNetwork()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QCOMPARE(openPorts(QCoreApplication::applicationPid()), 1); // what is looked for would be seen
        const auto all = withChildren(m_workstation->processId());
        QVERIFY2(all.size() > 1, "no workers found");
        for (const qint64 process : all)
            QCOMPARE(openPorts(process), 0);
    }

    void noProcessLeavesACore()
    {
        for (const qint64 process : withChildren(m_workstation->processId())) {
            const auto lines = contentOf(QStringLiteral("/proc/%1/limits").arg(process)).split('\n');
            const auto line = std::find_if(lines.begin(), lines.end(), [](const QByteArray &each) {
                return each.startsWith("Max core file size");
            });
            QVERIFY(line != lines.end());
            QCOMPARE(line->simplified().split(' ').value(4), QByteArray("0"));
            QCOMPARE(line->simplified().split(' ').value(5), QByteArray("0"));
        }
    }

    void noNameIsInTheLog()
    {
        m_workstation->kill();
        QVERIFY(m_workstation->waitForFinished());
        m_complaints += m_workstation->readAllStandardError();
        for (const QByteArray &seed : kSeeds)
            QVERIFY2(!m_complaints.toUpper().contains(seed), (seed + " in:\n" + m_complaints).constData());
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_Secrets.moc"
