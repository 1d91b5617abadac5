#pragma once

#include <base/Result.h>

#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace negatoscope::app {

/// The words of one call, sorted: options every command knows, the command, its own options and arguments.
struct CommandLine
{
    QString cacheFolder, configFolder;    ///< absolute
    bool json = false, quiet = false, help = false, version = false;
    QString command;                      ///< empty: the workstation
    QMap<QString, QString> options;       ///< "--window" -> "40/400"; flags map to an empty text
    QStringList arguments;

    QString workingFolder;                ///< relative paths start here: a request may come from another process

    QString path(const QString &given) const;
    bool has(const QString &option) const { return options.contains(option); }
    QString value(const QString &option) const { return options.value(option); }

    /// Errors: BadArgument with a sentence that names the word.
    static base::Result<CommandLine> parse(const QStringList &words, const QString &workingFolder);
    static QString helpText();
};

} // namespace negatoscope::app
