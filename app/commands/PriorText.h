#pragma once

#include <session/Priors.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace negatoscope::app {

/// The cache as "local", and the archives by name.
QStringList sourcesOf(const session::Exam &exam);
/// For scripts (docs/cli.md).
QJsonObject jsonOf(const session::Prior &prior);

} // namespace negatoscope::app
