#pragma once

#include <QtCore/QString>

#include <optional>

namespace negatoscope::ui {

/// How well a text answers what was typed; empty: not at all. Larger is better.
///
/// The typed letters must be found in order, whatever their case and accents. Beginnings of words and letters
/// side by side count most, so that "wl" finds "Window and level" and "lu" finds "Lung" before "Full".
std::optional<int> fuzzyScore(const QString &typed, const QString &text);

/// Lower case without accents: what is compared.
QString fuzzyForm(const QString &text);

} // namespace negatoscope::ui
