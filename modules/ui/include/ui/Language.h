#pragma once

#include <QtCore/QLocale>

class QCoreApplication;

namespace negatoscope::ui {

/// Makes `locale` the language of every sentence and the form of every date and number. A language without a
/// translation gets English sentences. Before the first window is made.
void setLanguage(QCoreApplication &application, const QLocale &locale);

} // namespace negatoscope::ui
