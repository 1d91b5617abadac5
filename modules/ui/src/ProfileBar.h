#pragma once

#include <session/Bindings.h>

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace negatoscope::ui {

/// Ready-made profiles of keys and mouse, import and export, the way back.
class ProfileBar final : public QWidget
{
    Q_OBJECT
public:
    /// `prefix` begins the object names: there is one bar per page.
    ProfileBar(session::Bindings &bindings, const QString &prefix, QWidget *parent);

private:
    void use(const QByteArray &profile);
    void importFile();
    void exportFile();
    void say(const QString &sentence, bool wrong = false);

    session::Bindings &m_bindings;
    QComboBox *m_profiles;
    QPushButton *m_undo;
    QLabel *m_message;
    QByteArray m_before; ///< what undo brings back
};

} // namespace negatoscope::ui
