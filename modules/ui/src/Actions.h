#pragma once

#include <session/Bindings.h>

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtGui/QAction>
#include <QtGui/QKeySequence>

#include <functional>
#include <span>

class QWidget;

#include <vector>

namespace negatoscope::ui {

/// Everything a reader can do with a key, a button or a menu entry.
enum class ActionId {
    ToolScroll,
    ToolWindow,
    ToolZoom,
    ToolPan,
    ToolWindowRegion,
    ToolCursor,
    Magnifier,
    Fit,
    OneToOne,
    TrueSize,
    ZoomIn,
    ZoomOut,
    RotateLeft,
    RotateRight,
    Flip,
    Invert,
    Reset,
    NextVoiChoice,
    FullRange,
    ClampAtZero,
    ColourGrey, // in the order of imaging::ColourTable
    ColourHotIron,
    ColourPet,
    ColourHotMetalBlue,
    ColourPet20Step,
    ColourSpring,
    ColourSummer,
    ColourFall,
    ColourWinter,
    NextColourTable,
    NextPhase,
    PreviousPhase,
    Subtraction,
    UseAsMask,
    ToolMask,
    MaskUp,
    MaskDown,
    MaskLeft,
    MaskRight,
    Overlays,
    Shutters,
    InterpolationNext,
    InterpolationNearest,
    InterpolationBilinear,
    InterpolationBicubic,
    CornerText,
    Cine,
    CineAll,
    CineSlower,
    CineFaster,
    CineSweep,
    Tiles,
    Planes,
    ResetPlanes,
    SlabThicker,
    SlabThinner,
    SlabMaximum, // in the order of volume::Projection
    SlabMinimum,
    SlabMean,
    PlaneStepVoxel,
    PlaneStep1,
    PlaneStep2,
    PlaneStep5,
    PlaneStep10,
    Rendered,
    RenderedFront, // in the order of rendering::Side
    RenderedBack,
    RenderedLeft,
    RenderedRight,
    RenderedHead,
    RenderedFeet,
    RenderedCut,
    ResetRendered,
    NextFrame,
    PreviousFrame,
    NextPage,
    PreviousPage,
    FirstFrame,
    LastFrame,
    NextSeries,
    PreviousSeries,
    Maximise,
    Link,
    LinkByOffset,
    Unlink,
    LinkWindow,
    ReferenceLines,
    RetryFailed,
    CopyView,
    CopyAllViews,
    SaveView,
    Print,
    Export,
    Preset0,
    Preset1,
    Preset2,
    Preset3,
    Preset4,
    Preset5,
    Preset6,
    Preset7,
    Preset8,
    Preset9,
    Layout1x1,
    Layout1x2,
    Layout1x3,
    Layout2x2,
    Layout2x1,
    Layout2x3,
    Layout3x1,
    Layout3x2,
    Layout3x3,
    Layout4x4,
    OpenPrior,
    CloseBeside,
    ShowStudyList,
    NewWindow,
    NextScreen,
    FullScreen,
    ShowBars,
    OpenStudy,
    OpenStudyBeside,
    OpenStudyInNewWindow,
    FetchStudy,
    KeepStudy,
    DoNotKeepStudy,
    DeleteStudy,
    UndoDelete,
    ExportStudy,
    SendStudy,
    ShowAsideFiles,
    ShowRefusedFiles,
    CopyPatientId,
    CopyAccession,
    CopyStudyUid,
    FindStudy,
    SearchAgain,
    SaveSearch,
    ShowTransfers,
    Commands,
    Settings,
    Help,
};

/// One row of the table of actions: what it is called, how it looks, which keys it has unless the reader
/// changes them.
struct ActionRow
{
    ActionId id;
    const char *name; ///< stable: object name, name in settings and profiles
    const char *text; ///< English, translated in the context "Actions"
    const char *icon; ///< of resources/icons, or null
    const char *keys; ///< portable key sequences, separated by spaces
    /// Window: a reading window; Grid: only while a viewport has the focus. Everywhere: in the study list as
    /// well. List: the study list alone; Table: only while its table has the focus.
    enum class Scope { Window, Grid, Everywhere, List, Table } scope = Scope::Window;
    enum class Kind { Plain, Toggle, Tool } kind = Kind::Plain;
};

std::span<const ActionRow> actionTable();
/// The table as what keys and mouse can be bound to.
std::vector<session::Bindable> bindables();
/// The words of an action that can be bound, in the reader's language.
QString actionText(const QString &name);
/// The same in English.
QString actionEnglish(const QString &name);

/// The actions of one window, made from the table.
class Actions final : public QObject
{
    Q_OBJECT
public:
    enum class Of { ReadingWindow, StudyList };
    /// `window` gets the window-wide keys, `inner` (the viewports, the table of studies) those that need the
    /// focus there. The keys are those of `bindings`, also when they change.
    Actions(const session::Bindings &bindings, Of of, QWidget &window, QWidget &inner, QObject *parent);

    /// Null for what is not of this window.
    QAction *operator[](ActionId id) const { return m_actions.value(static_cast<int>(id)); }
    QAction *named(const QString &name) const; ///< null for an unknown name
    void on(ActionId id, const QObject *context, std::function<void()> work);

private:
    void add(const ActionRow &row, QWidget &window, QWidget &inner);
    void takeKeys();

    const session::Bindings &m_bindings;
    QHash<int, QAction *> m_actions;
};

/// "Fit to window (F)": what the tooltip of an action says.
QString tooltipOf(const QString &text, const QList<QKeySequence> &keys);

/// The ids from `first` to `last`, both included.
inline std::vector<ActionId> range(ActionId first, ActionId last)
{
    std::vector<ActionId> ids;
    for (int id = static_cast<int>(first); id <= static_cast<int>(last); ++id)
        ids.push_back(static_cast<ActionId>(id));
    return ids;
}

} // namespace negatoscope::ui
