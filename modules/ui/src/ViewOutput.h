#pragma once

#include <session/ReadingPresenter.h>

#include <QtCore/QObject>
#include <QtGui/QImage>

class QAction;
class QMenu;
class QSettings;
class QWidget;

namespace negatoscope::ui {

class Actions;
struct Leaving;
class ViewportGrid;

/// Lets what a reading window shows leave it: copied, saved as a picture, printed.
///
/// What could not be done is said in the viewport. The window is never held up: pictures are drawn, packed
/// and written on other threads.
class ViewOutput final : public QObject
{
    Q_OBJECT
public:
    ViewOutput(session::ReadingPresenter &reading, Actions &actions, ViewportGrid &grid, QSettings &settings,
               QWidget *window);

    /// Copy, save, print and export.
    QMenu *menu() const { return m_menu; }

Q_SIGNALS:
    /// The reader wants to export: the study, or what the active viewport shows of it.
    void exportRequested();

private:
    void copyView();
    void copyAllViews();
    void saveView();
    void save(const session::ViewportState &state, const QString &path);
    void print();
    void tell(const QString &sentence);
    qreal ratio() const;
    Leaving leaving() const;
    const session::ViewportState *activeState() const;
    std::vector<session::ViewportState> shownStates() const;

    session::ReadingPresenter &m_reading;
    ViewportGrid &m_grid;
    QSettings &m_settings;
    QWidget *m_window;
    QMenu *m_menu;
};

} // namespace negatoscope::ui
