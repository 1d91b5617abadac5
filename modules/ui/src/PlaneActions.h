#pragma once

#include <volume/Geometry.h>

#include <QtCore/QObject>

#include <optional>
#include <vector>

class QMenu;
class QWidget;

namespace negatoscope::base {
class Error;
}
namespace negatoscope::session {
class ReadingPresenter;
}

namespace negatoscope::ui {

class Actions;
class ViewportGrid;

/// Planes of a volume in a reading window: what their actions do, and the sentence that says why there are
/// none.
class PlaneActions final : public QObject
{
    Q_OBJECT
public:
    PlaneActions(session::ReadingPresenter &reading, Actions &actions, ViewportGrid &grid, QWidget *window);

    /// What can be done to planes, while they are shown.
    void addTo(QMenu &menu);
    void update();

private:
    void toggle();
    void tellRefused(const std::vector<volume::Finding> &findings, const std::optional<base::Error> &error);

    session::ReadingPresenter &m_reading;
    Actions &m_actions;
    ViewportGrid &m_grid;
    QMenu *m_slabMenu, *m_stepMenu;
};

} // namespace negatoscope::ui
