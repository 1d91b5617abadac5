#pragma once

#include <QtCore/QProcess>

#include <map>
#include <string>

namespace negatoscope::test {

/// One run of cache_child and what it told before it ended.
struct CacheChild
{
    bool started = false;
    bool killed = false; ///< by a signal: ours or its own fault
    int exitCode = -1;
    int committed = 0; ///< instances that it said are in the cache

    /// `killAfterMs`: 0 for never. Changes of `environment` are for this run only.
    static CacheChild run(const std::string &folder, const QStringList &job,
                          const std::map<QString, QString> &environment = {}, double killAfterMs = 0)
    {
        QProcess process;
        auto all = QProcessEnvironment::systemEnvironment();
        for (const auto &[name, value] : environment)
            all.insert(name, value);
        process.setProcessEnvironment(all);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(CACHE_CHILD), QStringList{QString::fromStdString(folder)} + job);
        CacheChild child;
        child.started = process.waitForStarted();
        if (!child.started)
            return child;
        if (killAfterMs > 0 && !process.waitForFinished(static_cast<int>(killAfterMs)))
            process.kill();
        process.waitForFinished(60'000);
        child.killed = process.exitStatus() == QProcess::CrashExit;
        child.exitCode = process.exitCode();
        const auto lines = process.readAllStandardOutput().split('\n');
        for (const QByteArray &line : lines)
            if (line.startsWith(kCommitted))
                child.committed = line.mid(kCommitted.size()).toInt();
        return child;
    }

    static inline const QByteArray kCommitted = QByteArrayLiteral("committed ");
};

} // namespace negatoscope::test
