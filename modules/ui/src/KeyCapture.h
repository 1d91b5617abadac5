#pragma once

#include <QtWidgets/QPushButton>

namespace negatoscope::ui {

/// A button that, once pressed, takes the next key whatever it is (also Tab, Esc and keys of actions).
class KeyCapture final : public QPushButton
{
    Q_OBJECT
public:
    /// `withModifiers`: Ctrl, Shift and Alt are part of the key, else ignored.
    KeyCapture(const QString &text, bool withModifiers, QWidget *parent);
    bool isListening() const { return m_listening; }

Q_SIGNALS:
    /// The portable name of the key.
    void captured(const QString &key);

protected:
    bool event(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void listen(bool listening);
    void take(int key, Qt::KeyboardModifiers modifiers);

    const QString m_text;
    const bool m_withModifiers;
    bool m_listening = false;
};

} // namespace negatoscope::ui
