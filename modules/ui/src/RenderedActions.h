#pragma once

#include <QtCore/QObject>

class QMenu;
class QWidget;

namespace negatoscope::session {
class ReadingPresenter;
}

namespace negatoscope::ui {

class Actions;
class ViewportGrid;

/// The volume in 3D in a reading window: what its actions do, and the menu of its own.
class RenderedActions final : public QObject
{
    Q_OBJECT
public:
    RenderedActions(session::ReadingPresenter &reading, Actions &actions, ViewportGrid &grid,
                    QWidget *window);

    void update();

private:
    void toggle();
    void showMenu(QPoint globalPosition);
    void fillLooks();

    session::ReadingPresenter &m_reading;
    Actions &m_actions;
    ViewportGrid &m_grid;
    QMenu *m_menu, *m_looks;
};

} // namespace negatoscope::ui
