#pragma once

#include <QtCore/QString>
#include <QtCore/Qt>

#include <compare>
#include <optional>

namespace negatoscope::session {

/// What a hand can do in a viewport: a button with modifiers and, if wanted, a key held down.
///
/// Its text is stable and stands in settings and profiles: "drag left", "wheel ctrl", "click right",
/// "double left", "drag left ctrl+shift key:Space".
struct Gesture
{
    enum class Kind { Drag, Click, DoubleClick, Wheel };

    Kind kind = Kind::Drag;
    Qt::MouseButton button = Qt::NoButton; ///< NoButton for the wheel, any other kind needs one
    Qt::KeyboardModifiers modifiers;
    QString heldKey; ///< portable name of a key, such as "Space"; empty: none

    friend bool operator==(const Gesture &, const Gesture &) = default;
    /// Any order, for maps.
    friend bool operator<(const Gesture &a, const Gesture &b) { return a.text() < b.text(); }

    QString text() const;
    /// Empty for a text that no gesture has.
    static std::optional<Gesture> fromText(const QString &text);
};

} // namespace negatoscope::session
