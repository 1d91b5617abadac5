#pragma once

#include <QtCore/QObject>

class QMenu;
class QWidget;

namespace negatoscope::session {
class ReadingPresenter;
}

namespace negatoscope::ui {

class Actions;

/// The acts that only some modalities know, in the active viewport: colour tables, the clamp at zero, phases,
/// mask subtraction; with their menus.
class ModalityActions final : public QObject
{
    Q_OBJECT
public:
    ModalityActions(session::ReadingPresenter &reading, Actions &actions, QWidget *parent);

    /// Appends what the active viewport can do to a context menu.
    void addTo(QMenu &menu);
    /// Marks what is on in the active viewport.
    void update();

private:
    session::ReadingPresenter &m_reading;
    Actions &m_actions;
    QMenu *m_colourMenu;
    QMenu *m_subtractionMenu;
};

} // namespace negatoscope::ui
