#pragma once

#include <ui/Theme.h>

#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtGui/QColor>
#include <QtGui/QIcon>

namespace negatoscope::ui {

/// Our own icons (resources/icons/<name>.svg), drawn in the palette's colours at any size and pixel ratio.
namespace icons {

/// In the text colour; dimmed when disabled, in the accent colour when checked. Null for an unknown name.
QIcon icon(const QString &name);
/// In the colour of one role, whatever the state.
QIcon icon(const QString &name, const colours::Role &colour);
/// One picture of `size` device-independent pixels.
QPixmap pixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio);
/// Every name there is.
QStringList names();

} // namespace icons
} // namespace negatoscope::ui
