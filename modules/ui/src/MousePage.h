#pragma once

#include <session/Bindings.h>

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace negatoscope::ui {

class KeyCapture;

/// Which button, wheel and modifier does what in a viewport.
class MousePage final : public QWidget
{
    Q_OBJECT
public:
    MousePage(session::Bindings &bindings, QWidget *parent);

private:
    void buildEditor(QWidget *editor);
    void fill();
    void takeSelection();
    void takeKind();
    void takeGesture();
    void bind();
    session::Gesture edited() const;

    session::Bindings &m_bindings;
    QTableWidget *m_table;
    QComboBox *m_kind = nullptr, *m_button = nullptr, *m_act = nullptr;
    QCheckBox *m_ctrl = nullptr, *m_shift = nullptr, *m_alt = nullptr;
    KeyCapture *m_held = nullptr;
    QPushButton *m_free = nullptr, *m_noHeld = nullptr;
    QLabel *m_says = nullptr;
    QString m_heldKey;
};

} // namespace negatoscope::ui
