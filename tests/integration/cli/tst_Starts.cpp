// One process has the cache, however many are started at once (F20, docs/decisions/0017).
#include "ProgramRun.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

#include <csignal>

using namespace negatoscope::test;

class TestStarts final : public QObject
{
    Q_OBJECT
private:
    static constexpr int kStarts = 100;
    static constexpr int kLimitMs = 150'000;

    static int running(const std::vector<std::unique_ptr<QProcess>> &processes)
    {
        return static_cast<int>(
            std::count_if(processes.begin(), processes.end(), [](const std::unique_ptr<QProcess> &process) {
                process->waitForFinished(0);
                return process->state() != QProcess::NotRunning;
            }));
    }
    /// The workstations end, and their workers with them.
    static void end(const std::vector<std::unique_ptr<QProcess>> &processes)
    {
        for (const auto &process : processes)
            process->kill();
        for (const auto &process : processes)
            process->waitForFinished();
    }

private Q_SLOTS:
    void aHundredWorkstationsAreOne()
    {
        const ProgramRuns runs;
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < kStarts; ++i)
            processes.push_back(runs.start({}));
        QTRY_COMPARE_WITH_TIMEOUT(running(processes), 1, kLimitMs);
        QVERIFY(runs.workstationAnswers());
        int handedOver = 0;
        for (const auto &process : processes)
            if (process->state() == QProcess::NotRunning) {
                QCOMPARE(process->exitStatus(), QProcess::NormalExit);
                QVERIFY2(process->exitCode() == 0, process->readAllStandardError().constData());
                ++handedOver;
            }
        QCOMPARE(handedOver, kStarts - 1);
        end(processes);
    }

    void commandsTakeTurns()
    {
        const ProgramRuns runs;
        constexpr int kImports = 12;
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < kImports; ++i)
            processes.push_back(runs.start({QStringLiteral("import"), QStringLiteral("--json"),
                                            QStringLiteral(NEGATOSCOPE_TEST_DATA "/charset")}));
        int imported = 0, alreadyThere = 0, files = 0;
        for (const auto &process : processes) {
            QVERIFY(process->waitForFinished(kLimitMs));
            QCOMPARE(process->exitStatus(), QProcess::NormalExit);
            const auto json = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
            imported += json.value(QLatin1String("imported")).toInt();
            alreadyThere += json.value(QLatin1String("alreadyThere")).toInt();
            files = json.value(QLatin1String("files")).toInt();
        }
        QVERIFY(imported > 10);
        // Every later one finds the same: what the first took, and what it kept aside.
        QCOMPARE(alreadyThere % (kImports - 1), 0);
        QVERIFY(alreadyThere >= imported * (kImports - 1));
        QVERIFY(files >= imported);
        QCOMPARE(runs.run({QStringLiteral("verify")}).exitCode, 0);
    }

    void whatAKilledOneLeftBehindStopsNobody()
    {
        const ProgramRuns runs;
        std::vector<std::unique_ptr<QProcess>> processes;
        processes.push_back(runs.start({}));
        QTRY_VERIFY_WITH_TIMEOUT(runs.workstationAnswers(), kLimitMs);
        ::kill(static_cast<pid_t>(processes[0]->processId()), SIGKILL);
        QVERIFY(processes[0]->waitForFinished());
        QVERIFY(!runs.workstationAnswers());
        processes.push_back(runs.start({}));
        QTRY_VERIFY_WITH_TIMEOUT(runs.workstationAnswers(), kLimitMs);
        end(processes);
    }

    void withoutItsWorkersItSaysSoAndEnds_data()
    {
        QTest::addColumn<QStringList>("words");
        // With a walkthrough nobody is there to read a message box.
        QTest::newRow("workstation") << QStringList{QStringLiteral("--walkthrough"),
                                                    QStringLiteral("pictures")};
        QTest::newRow("command") << QStringList{QStringLiteral("studies")};
    }
    void withoutItsWorkersItSaysSoAndEnds()
    {
        QFETCH(QStringList, words);
        const ProgramRuns runs;
        // The worker is looked for beside the program.
        const QString program = runs.path(QStringLiteral("negatoscope"));
        QVERIFY(QFile::copy(QStringLiteral(NEGATOSCOPE_PROGRAM), program));
        QFile worker(runs.path(QStringLiteral("negatoscope-decode")));
        QVERIFY(worker.open(QIODevice::WriteOnly));
        worker.write("#!/bin/sh\nexit 1\n");
        worker.close();
        QVERIFY(worker.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        const auto process = runs.start(words, program);
        QVERIFY(process->waitForFinished(kLimitMs));
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), 3);
        QVERIFY(process->readAllStandardError().contains("negatoscope-decode does not come up"));
    }
};

QTEST_GUILESS_MAIN(TestStarts)
#include "tst_Starts.moc"
