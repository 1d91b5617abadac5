#pragma once

#include <base/Error.h>

#include <QtCore/QString>

namespace negatoscope::ui {

/// One sentence for the reader: what was wrong, and what to do where something can be done.
///
/// The developer's text of the error is not shown, except that a transfer syntax in it is named.
QString sentenceFor(const base::Error &error);
/// The same for what an archive was asked: names the archive.
QString sentenceFor(const base::Error &error, const QString &archive);

} // namespace negatoscope::ui
