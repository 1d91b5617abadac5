#pragma once

#include <session/Priors.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace negatoscope::app {

/// For people.
QString wordsFor(session::PriorReason reason);
QString wordsFor(session::IdentityDoubt doubt);
/// The cache as "local", and the archives by name.
QStringList sourcesOf(const session::Exam &exam);
/// For scripts (docs/cli.md).
QJsonObject jsonOf(const session::Prior &prior);

} // namespace negatoscope::app
