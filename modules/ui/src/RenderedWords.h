#pragma once

#include <session/RenderedState.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace negatoscope::ui::words {

/// The name of transfer functions; their id where they have none of ours.
QString lookText(const QString &look);
/// "3D, bone".
QString renderedText(const session::RenderedState &rendered);
/// What must be known to trust the picture, a sentence each: slices that are still to come, or missing; a
/// coarser copy; what has been cut away.
QStringList renderedSentences(const session::RenderedState &rendered);

} // namespace negatoscope::ui::words
