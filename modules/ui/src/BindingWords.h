#pragma once

#include <session/Bindings.h>

#include <QtCore/QString>

/// Gestures, acts and keys in the reader's language.
namespace negatoscope::ui::words {

QString kindText(session::Gesture::Kind kind);
QString buttonText(Qt::MouseButton button);
/// "Ctrl + left drag", "Space + wheel".
QString gestureText(const session::Gesture &gesture);
/// What a gesture can be bound to.
QString actText(const QString &act);
/// What can be bound, with where it is meant if that is the study list.
QString bindableText(const session::Bindable &bindable);
/// Portable keys as this system writes them: "Ctrl+F, F9".
QString keysText(const QStringList &keys);

} // namespace negatoscope::ui::words
