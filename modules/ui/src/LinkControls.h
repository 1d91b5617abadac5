#pragma once

#include <session/ReadingPresenter.h>

#include <QtCore/QObject>

class QMenu;
class QSettings;
class QWidget;

namespace negatoscope::ui {

class Actions;

/// Connects the actions of linked viewing, reference lines and the 3D cursor, and remembers what the reader
/// chose of them.
class LinkControls final : public QObject
{
    Q_OBJECT
public:
    LinkControls(session::ReadingPresenter &reading, Actions &actions, QSettings &settings, QWidget *window);

    /// Link, by offset, unlink, the window too.
    QMenu *menu() const { return m_menu; }

private:
    void takeChange();

    session::ReadingPresenter &m_reading;
    Actions &m_actions;
    QSettings &m_settings;
    QMenu *m_menu;
};

} // namespace negatoscope::ui
