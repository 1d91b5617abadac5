#pragma once

#include <session/Bindings.h>
#include <session/ReadingPresenter.h>
#include <session/Settings.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>
#include <QtWidgets/QMainWindow>

#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QToolBar;
class QToolButton;

namespace negatoscope::session {
class ImportPresenter;
class PriorsPresenter;
struct Prior;
} // namespace negatoscope::session

namespace negatoscope::ui {

class Actions;
enum class ActionId;
class CineBar;
class ImportStrip;
struct Command;
class LayoutPicker;
class ModalityActions;
class LinkControls;
class PatientBanner;
class PlaneActions;
class RenderedActions;
class SeriesStrip;
class ViewOutput;
class ViewportGrid;
class ViewportWidget;
class WindowPlace;

/// One screen of reading: patient banner, toolbar, series strip and viewports of a ReadingPresenter.
///
/// Every act is one of the table in src/Actions; the presenter decides what it does, `bindings` which key and
/// which button. `settings` remembers tool, place, strip and bars; all must outlive the window.
class ReadingWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// `number` counts the reading windows from 1: each has its own place on the screens.
    ReadingWindow(session::ReadingPresenter &reading, session::Settings &settings,
                  const session::Bindings &bindings, int number = 1, QWidget *parent = nullptr);
    ~ReadingWindow() override;
    Q_DISABLE_COPY_MOVE(ReadingWindow)

    session::ReadingPresenter &presenter() { return m_reading; }
    const std::vector<ViewportWidget *> &viewports() const;
    /// What is on screen now (`negatoscope state`).
    QJsonObject json() const;
    int number() const { return m_number; }
    /// Whether it stands where the reader had it with these screens.
    bool hasPlace() const { return m_hasPlace; }
    /// What can be done in this window now: its actions and its series.
    std::vector<Command> commands() const;
    /// Who else is on screen, here and in other windows.
    void takePersons();
    /// A line below the viewports that tells how far an import is, until it is closed. Null if it is there
    /// already.
    ImportStrip *showImports(session::ImportPresenter &imports);
    /// The patient's other exams below the strip; `priors` must outlive the window.
    void showPriors(session::PriorsPresenter &priors);
    /// Names the presets of the active viewport's modality on their actions.
    void updatePresets();

Q_SIGNALS:
    void studyListRequested();
    void commandsRequested();
    void settingsRequested();
    void helpRequested();
    void newWindowRequested();
    void transfersRequested();
    /// Another exam of the patient is to be shown beside: this one, or the most relevant one.
    void priorChosen(const negatoscope::session::Prior &prior);
    void bestPriorRequested();
    /// The reader came to this window.
    void activated();
    /// The study, or what the active viewport shows of it.
    void exportRequested();
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildToolBar();
    void addButton(ActionId id);
    QToolButton &addMenuButton(QMenu *menu, const QString &name, Qt::ToolButtonStyle style);
    /// One whose larger part does something at once.
    void addMenuButton(QMenu *menu, ActionId pressed, const QString &name);
    QWidget *makeEndBar();
    void buildPresetMenu();
    void buildLayoutMenu();
    void connectViewing();
    void connectWindow();
    void connectCine();
    void connectTools();
    void chooseInterpolation(imaging::Interpolation interpolation);
    void addInterpolationMenu(QMenu &menu);
    void showTrueSize();
    void updateTools();
    void showContextMenu(QPoint globalPosition);
    void chooseSeries(int row);
    void takeChange();
    void takeActive();
    void updateOverlaysCheck();
    void setFullScreen(bool full);
    void setBarsVisible(bool visible);

    session::ReadingPresenter &m_reading;
    QSettings &m_places;
    const int m_number;
    WindowPlace *m_place;
    bool m_hasPlace = false;
    PatientBanner *m_banner;
    QWidget *m_bars = nullptr; ///< toolbar and what stands at its end
    QToolBar *m_toolBar = nullptr;
    QWidget *m_side = nullptr; ///< the strip, and what stands below it
    SeriesStrip *m_strip;
    ViewportGrid *m_grid;
    Actions *m_actions;
    ModalityActions *m_modalityActions = nullptr;
    PlaneActions *m_planeActions = nullptr;
    RenderedActions *m_renderedActions = nullptr;
    LinkControls *m_links;
    ViewOutput *m_output;
    QMenu *m_presetMenu = nullptr;
    QMenu *m_layoutMenu = nullptr;
    LayoutPicker *m_layoutPicker = nullptr;
    CineBar *m_cineBar = nullptr;
    QPointer<ImportStrip> m_imports; ///< while there is something to tell
    QElapsedTimer m_magnifierPressed;
    QMetaObject::Connection m_activeConnection;
    base::StudyUid m_shownStudy; ///< the window's own
    /// What the banner names now.
    base::StudyUid m_bannerStudy;
    session::StudyMark m_bannerMark;
    std::optional<std::pair<int, int>> m_bannerArrived;
    cache::Completeness m_bannerCompleteness = cache::Completeness::Unknown;
    std::optional<std::vector<session::WindowPreset>> m_presets; ///< those the actions name now
    bool m_wasMaximised = false;
};

} // namespace negatoscope::ui
