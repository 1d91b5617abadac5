#pragma once

#include "Commands.h"

#include <archive/Connect.h>

namespace negatoscope::app {

inline QString nameOf(const archive::Settings &settings)
{
    return QString::fromStdString(settings.name);
}

/// What went wrong with an archive, for JSON.
QJsonObject jsonOf(const base::Error &error, const QString &archive);

/// The settings of the archive that --archive names. Errors: BadArgument with a sentence, those of the list.
base::Result<archive::Settings> chosenArchive(const CommandLine &line);

} // namespace negatoscope::app
