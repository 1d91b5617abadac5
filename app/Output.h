#pragma once

#include <base/Error.h>

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QString>

#include <functional>

namespace negatoscope::app {

/// Exit codes of docs/cli.md; there are no others.
enum ExitCode { Done = 0, Partly = 1, WrongUsage = 2, SurroundingsFailed = 3 };

ExitCode exitCodeFor(base::ErrorCode code);

/// Where a command writes: the terminal, or the answer to another process.
struct Output
{
    std::function<void(const QByteArray &)> write;    ///< standard output
    std::function<void(const QByteArray &)> complain; ///< standard error
    bool quiet = false;

    void line(const QString &text) const { write(text.toUtf8() + '\n'); }
    void json(const QJsonObject &object) const;
    void warn(const QString &text) const { complain(text.toUtf8() + '\n'); }
    /// One line that the next progress overwrites on a terminal; nothing when quiet or not a terminal.
    void progress(const QString &text) const;
    /// Says what failed in one sentence and gives the exit code that fits.
    int fail(const base::Error &error) const;
    /// The same for what an archive was asked.
    int fail(const base::Error &error, const QString &archive) const;

    static Output terminal(bool quiet);
};

} // namespace negatoscope::app
