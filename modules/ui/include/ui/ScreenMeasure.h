#pragma once

#include <QtCore/QString>

class QScreen;
class QSettings;
class QWidget;

namespace negatoscope::ui {

/// Device pixels per millimetre of glass of the screen that shows the widget; 0 where that is not known.
///
/// "screens/NAME/widthMm" in the settings says how wide the picture of that screen really is; else the screen
/// says so itself, if what it says is possible.
double devicePixelsPerMm(const QWidget &widget, const QSettings &settings);
/// The key under which the width of a screen's picture in millimetres is kept.
QString screenWidthKey(const QScreen &screen);

} // namespace negatoscope::ui
