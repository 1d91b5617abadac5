#pragma once

#include <base/Error.h>

#include <QtCore/QString>

namespace negatoscope::ui {

/// What went wrong with an archive, at which step, and what to do; empty for codes that are about something
/// else.
QString archiveSentence(const base::Error &error, const QString &archive);

} // namespace negatoscope::ui
