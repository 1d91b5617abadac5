#pragma once

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace negatoscope::test {

/// Runs of the program on a cache and settings of their own, in a folder that goes with this object.
class ProgramRuns
{
public:
    struct Outcome
    {
        int exitCode = -1;
        QByteArray output, complaints;
        QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    };

    QString path(const QString &name) const { return m_folder.filePath(name); }

    QStringList everywhere(const QStringList &words) const
    {
        return words + QStringList{QStringLiteral("--cache"), path(QStringLiteral("cache")),
                                   QStringLiteral("--config"), path(QStringLiteral("config"))};
    }

    /// Started, not waited for; windows need no display.
    std::unique_ptr<QProcess> start(const QStringList &words,
                                    const QString &program = QStringLiteral(NEGATOSCOPE_PROGRAM)) const
    {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        process->setProcessEnvironment(environment);
        process->setWorkingDirectory(m_folder.path());
        process->start(program, everywhere(words));
        return process;
    }

    Outcome run(const QStringList &words) const
    {
        constexpr int kLimitMs = 60'000;
        const auto process = start(words);
        Outcome outcome;
        if (process->waitForFinished(kLimitMs) && process->exitStatus() == QProcess::NormalExit)
            outcome.exitCode = process->exitCode();
        outcome.output = process->readAllStandardOutput();
        outcome.complaints = process->readAllStandardError();
        return outcome;
    }

    /// Whether a workstation answers on this cache.
    bool workstationAnswers() const
    {
        return run({QStringLiteral("state"), QStringLiteral("--json")}).exitCode == 0;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace negatoscope::test
