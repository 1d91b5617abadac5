#include "KeyCapture.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QKeySequence>

#include <algorithm>

namespace negatoscope::ui {

KeyCapture::KeyCapture(const QString &text, bool withModifiers, QWidget *parent)
    : QPushButton(text, parent),
      m_text(text),
      m_withModifiers(withModifiers)
{
    setAutoDefault(false);
    connect(this, &QPushButton::clicked, this, [this] { listen(true); });
    // Its width does not jump when it asks for the key.
    const int asking = fontMetrics().horizontalAdvance(tr("Press a key…"));
    setMinimumWidth(std::max(asking, fontMetrics().horizontalAdvance(text)) + 28);
}

void KeyCapture::listen(bool listening)
{
    m_listening = listening;
    setText(listening ? tr("Press a key…") : m_text);
    setProperty("role", listening ? QStringLiteral("listening") : QString());
}

bool KeyCapture::event(QEvent *event)
{
    if (m_listening && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // ours, not an action's
        return true;
    }
    if (m_listening && event->type() == QEvent::KeyPress) {
        const auto &key = static_cast<QKeyEvent &>(*event);
        take(key.key(), key.modifiers());
        return true;
    }
    return QPushButton::event(event);
}

void KeyCapture::take(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown:
    case 0:
        return; // more is to come
    default:
        break;
    }
    modifiers &= Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier;
    if (key == Qt::Key_Backtab)
        key = Qt::Key_Tab;
    // "?" is typed with Shift on most keyboards: the sign is the key, not Shift with the sign.
    const bool isSign = key > Qt::Key_Space && key < 0x1000000 && (key < Qt::Key_A || key > Qt::Key_Z) &&
                        (key < Qt::Key_0 || key > Qt::Key_9);
    if (isSign)
        modifiers &= ~Qt::KeyboardModifiers(Qt::ShiftModifier);
    if (!m_withModifiers)
        modifiers = {};
    listen(false);
    Q_EMIT captured(QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)))
                        .toString(QKeySequence::PortableText));
}

void KeyCapture::focusOutEvent(QFocusEvent *event)
{
    QPushButton::focusOutEvent(event);
    listen(false);
}

} // namespace negatoscope::ui
