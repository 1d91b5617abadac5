#include "Actions.h"

#include <ui/IconSet.h>

#include <QtCore/QCoreApplication>
#include <QtGui/QActionGroup>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <array>

namespace negatoscope::ui {

namespace {

using Scope = ActionRow::Scope;
using Kind = ActionRow::Kind;

// Keys follow IHE Basic Image Review where it names one; D A R and K are kept for
// what it names them for.
constexpr std::array kTable{
    ActionRow{ActionId::ToolScroll, "toolScroll", QT_TRANSLATE_NOOP("Actions", "Scroll"), "scroll", "S",
              Scope::Window, Kind::Tool},
    ActionRow{ActionId::ToolWindow, "toolWindow", QT_TRANSLATE_NOOP("Actions", "Window and level"),
              "window-level", "W", Scope::Window, Kind::Tool},
    ActionRow{ActionId::ToolZoom, "toolZoom", QT_TRANSLATE_NOOP("Actions", "Zoom"), "zoom", "Z",
              Scope::Window, Kind::Tool},
    ActionRow{ActionId::ToolPan, "toolPan", QT_TRANSLATE_NOOP("Actions", "Pan"), "pan", "T", Scope::Window,
              Kind::Tool},
    ActionRow{ActionId::ToolWindowRegion, "toolWindowRegion",
              QT_TRANSLATE_NOOP("Actions", "Window over a region"), "window-region", "X", Scope::Window,
              Kind::Tool},
    ActionRow{ActionId::ToolCursor, "toolCursor", QT_TRANSLATE_NOOP("Actions", "3D cursor"), "cursor-3d", "J",
              Scope::Window, Kind::Tool},
    ActionRow{ActionId::Magnifier, "magnifier", QT_TRANSLATE_NOOP("Actions", "Magnifier"), "magnifier", "M",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::Fit, "fit", QT_TRANSLATE_NOOP("Actions", "Fit to the viewport"), "fit", "F"},
    ActionRow{ActionId::OneToOne, "oneToOne",
              QT_TRANSLATE_NOOP("Actions", "One image pixel per screen pixel"), "one-to-one", "E"},
    ActionRow{ActionId::TrueSize, "trueSize",
              QT_TRANSLATE_NOOP("Actions", "True size, in millimetres of the patient"), "true-size",
              "Shift+E"},
    ActionRow{ActionId::ZoomIn, "zoomIn", QT_TRANSLATE_NOOP("Actions", "Larger"), nullptr, "+ ="},
    ActionRow{ActionId::ZoomOut, "zoomOut", QT_TRANSLATE_NOOP("Actions", "Smaller"), nullptr, "-"},
    ActionRow{ActionId::RotateLeft, "rotateLeft", QT_TRANSLATE_NOOP("Actions", "Rotate left by 90 degrees"),
              "rotate-left", "[ Shift+Left"},
    ActionRow{ActionId::RotateRight, "rotateRight",
              QT_TRANSLATE_NOOP("Actions", "Rotate right by 90 degrees"), "rotate-right", "] Shift+Right"},
    ActionRow{ActionId::Flip, "flip", QT_TRANSLATE_NOOP("Actions", "Flip left and right"), "flip", "H"},
    ActionRow{ActionId::Invert, "invert", QT_TRANSLATE_NOOP("Actions", "Invert greys"), "invert", "N"},
    ActionRow{ActionId::Reset, "reset", QT_TRANSLATE_NOOP("Actions", "Reset the view, keep the slice"),
              "reset", "Esc"},
    ActionRow{ActionId::NextVoiChoice, "nextVoiChoice",
              QT_TRANSLATE_NOOP("Actions", "Next window of the image"), nullptr, "V"},
    ActionRow{ActionId::FullRange, "fullRange",
              QT_TRANSLATE_NOOP("Actions", "Window over the whole value range"), nullptr, "Q"},
    ActionRow{ActionId::ClampAtZero, "clampAtZero", QT_TRANSLATE_NOOP("Actions", "Window from zero upwards"),
              nullptr, "Shift+Q", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourGrey, "colourGrey", QT_TRANSLATE_NOOP("Actions", "Grey"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourHotIron, "colourHotIron", QT_TRANSLATE_NOOP("Actions", "Hot iron"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourPet, "colourPet", QT_TRANSLATE_NOOP("Actions", "PET colours"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourHotMetalBlue, "colourHotMetalBlue",
              QT_TRANSLATE_NOOP("Actions", "Hot metal blue"), nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourPet20Step, "colourPet20Step",
              QT_TRANSLATE_NOOP("Actions", "PET colours in 20 steps"), nullptr, "", Scope::Window,
              Kind::Toggle},
    ActionRow{ActionId::ColourSpring, "colourSpring", QT_TRANSLATE_NOOP("Actions", "Spring"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourSummer, "colourSummer", QT_TRANSLATE_NOOP("Actions", "Summer"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourFall, "colourFall", QT_TRANSLATE_NOOP("Actions", "Fall"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ColourWinter, "colourWinter", QT_TRANSLATE_NOOP("Actions", "Winter"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::NextColourTable, "nextColourTable", QT_TRANSLATE_NOOP("Actions", "Next colour table"),
              nullptr, "Shift+G"},
    ActionRow{ActionId::NextPhase, "nextPhase",
              QT_TRANSLATE_NOOP("Actions", "Same place, next phase, echo or b-value"), nullptr, "Shift+Down"},
    ActionRow{ActionId::PreviousPhase, "previousPhase",
              QT_TRANSLATE_NOOP("Actions", "Same place, previous phase, echo or b-value"), nullptr,
              "Shift+Up"},
    ActionRow{ActionId::Subtraction, "subtraction", QT_TRANSLATE_NOOP("Actions", "Subtract the mask"),
              nullptr, "Shift+X", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::UseAsMask, "useAsMask", QT_TRANSLATE_NOOP("Actions", "Take this image as the mask"),
              nullptr, "Ctrl+Shift+X"},
    ActionRow{ActionId::ToolMask, "toolMask", QT_TRANSLATE_NOOP("Actions", "Move the mask by dragging"),
              nullptr, "Alt+X", Scope::Window, Kind::Tool},
    ActionRow{ActionId::MaskUp, "maskUp", QT_TRANSLATE_NOOP("Actions", "Move the mask up"), nullptr, "Alt+Up",
              Scope::Grid},
    ActionRow{ActionId::MaskDown, "maskDown", QT_TRANSLATE_NOOP("Actions", "Move the mask down"), nullptr,
              "Alt+Down", Scope::Grid},
    ActionRow{ActionId::MaskLeft, "maskLeft", QT_TRANSLATE_NOOP("Actions", "Move the mask left"), nullptr,
              "Alt+Left", Scope::Grid},
    ActionRow{ActionId::MaskRight, "maskRight", QT_TRANSLATE_NOOP("Actions", "Move the mask right"), nullptr,
              "Alt+Right", Scope::Grid},
    ActionRow{ActionId::Overlays, "overlays", QT_TRANSLATE_NOOP("Actions", "Overlays of the image"),
              "overlays", "Y", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::Shutters, "shutters", QT_TRANSLATE_NOOP("Actions", "Shutters of the image"), nullptr,
              "Shift+Y", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::InterpolationNext, "interpolationNext",
              QT_TRANSLATE_NOOP("Actions", "Next way to enlarge pixels"), nullptr, "Ctrl+I"},
    ActionRow{ActionId::InterpolationNearest, "interpolationNearest",
              QT_TRANSLATE_NOOP("Actions", "Pixels as squares"), nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::InterpolationBilinear, "interpolationBilinear",
              QT_TRANSLATE_NOOP("Actions", "Smooth (bilinear)"), nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::InterpolationBicubic, "interpolationBicubic",
              QT_TRANSLATE_NOOP("Actions", "Smooth and sharp (bicubic)"), nullptr, "", Scope::Window,
              Kind::Toggle},
    ActionRow{ActionId::CornerText, "cornerText",
              QT_TRANSLATE_NOOP("Actions", "Corner text: full, minimal, none"), "corner-text", "I"},
    ActionRow{ActionId::Cine, "cine", QT_TRANSLATE_NOOP("Actions", "Cine: play or stop"), "cine", "C",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::CineAll, "cineAll", QT_TRANSLATE_NOOP("Actions", "Cine of all viewports in step"),
              "cine-all", "Shift+C"},
    ActionRow{ActionId::CineSlower, "cineSlower", QT_TRANSLATE_NOOP("Actions", "Cine slower"), "cine-slower",
              "Ctrl+Down ,"},
    ActionRow{ActionId::CineFaster, "cineFaster", QT_TRANSLATE_NOOP("Actions", "Cine faster"), "cine-faster",
              "Ctrl+Up ."},
    ActionRow{ActionId::CineSweep, "cineSweep", QT_TRANSLATE_NOOP("Actions", "Cine to and fro"), "cine-sweep",
              "Ctrl+Shift+C", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::Tiles, "tiles", QT_TRANSLATE_NOOP("Actions", "Spread the series over the viewports"),
              "tiles", "G", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::Planes, "planes",
              QT_TRANSLATE_NOOP("Actions", "MPR: three planes of the series, or back"), "mpr", "Shift+M",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ResetPlanes, "resetPlanes",
              QT_TRANSLATE_NOOP("Actions", "MPR: planes straight and thin again"), nullptr, "Ctrl+Shift+M"},
    ActionRow{ActionId::SlabThicker, "slabThicker", QT_TRANSLATE_NOOP("Actions", "MPR: thicker slab"),
              nullptr, "Ctrl+Shift+Up", Scope::Grid},
    ActionRow{ActionId::SlabThinner, "slabThinner", QT_TRANSLATE_NOOP("Actions", "MPR: thinner slab"),
              nullptr, "Ctrl+Shift+Down", Scope::Grid},
    ActionRow{ActionId::SlabMaximum, "slabMaximum",
              QT_TRANSLATE_NOOP("Actions", "Slab: highest values (MIP)"), nullptr, "", Scope::Window,
              Kind::Toggle},
    ActionRow{ActionId::SlabMinimum, "slabMinimum",
              QT_TRANSLATE_NOOP("Actions", "Slab: lowest values (MinIP)"), nullptr, "", Scope::Window,
              Kind::Toggle},
    ActionRow{ActionId::SlabMean, "slabMean", QT_TRANSLATE_NOOP("Actions", "Slab: mean values"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::PlaneStepVoxel, "planeStepVoxel",
              QT_TRANSLATE_NOOP("Actions", "MPR: scroll from voxel to voxel"), nullptr, "", Scope::Window,
              Kind::Toggle},
    ActionRow{ActionId::PlaneStep1, "planeStep1", QT_TRANSLATE_NOOP("Actions", "MPR: scroll by 1 mm"),
              nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::PlaneStep2, "planeStep2", QT_TRANSLATE_NOOP("Actions", "MPR: scroll by 2 mm"),
              nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::PlaneStep5, "planeStep5", QT_TRANSLATE_NOOP("Actions", "MPR: scroll by 5 mm"),
              nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::PlaneStep10, "planeStep10", QT_TRANSLATE_NOOP("Actions", "MPR: scroll by 10 mm"),
              nullptr, "", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::Rendered, "rendered",
              QT_TRANSLATE_NOOP("Actions", "3D: the series as a body beside its planes, or back"),
              "volume-3d", "Shift+V", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::RenderedFront, "renderedFront", QT_TRANSLATE_NOOP("Actions", "3D: from the front"),
              nullptr, ""},
    ActionRow{ActionId::RenderedBack, "renderedBack", QT_TRANSLATE_NOOP("Actions", "3D: from the back"),
              nullptr, ""},
    ActionRow{ActionId::RenderedLeft, "renderedLeft", QT_TRANSLATE_NOOP("Actions", "3D: from the left"),
              nullptr, ""},
    ActionRow{ActionId::RenderedRight, "renderedRight", QT_TRANSLATE_NOOP("Actions", "3D: from the right"),
              nullptr, ""},
    ActionRow{ActionId::RenderedHead, "renderedHead", QT_TRANSLATE_NOOP("Actions", "3D: from the head"),
              nullptr, ""},
    ActionRow{ActionId::RenderedFeet, "renderedFeet", QT_TRANSLATE_NOOP("Actions", "3D: from the feet"),
              nullptr, ""},
    ActionRow{ActionId::RenderedCut, "renderedCut",
              QT_TRANSLATE_NOOP("Actions", "3D: cut parts away, or all of it again"), nullptr, "",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ResetRendered, "resetRendered", QT_TRANSLATE_NOOP("Actions", "3D: as at first"),
              nullptr, "Ctrl+Shift+V"},
    ActionRow{ActionId::NextFrame, "nextFrame", QT_TRANSLATE_NOOP("Actions", "Next image"), nullptr,
              "Down Right", Scope::Grid},
    ActionRow{ActionId::PreviousFrame, "previousFrame", QT_TRANSLATE_NOOP("Actions", "Previous image"),
              nullptr, "Up Left", Scope::Grid},
    ActionRow{ActionId::NextPage, "nextPage", QT_TRANSLATE_NOOP("Actions", "Next page of images"), nullptr,
              "Ctrl+PgDown", Scope::Grid},
    ActionRow{ActionId::PreviousPage, "previousPage", QT_TRANSLATE_NOOP("Actions", "Previous page of images"),
              nullptr, "Ctrl+PgUp", Scope::Grid},
    ActionRow{ActionId::FirstFrame, "firstFrame", QT_TRANSLATE_NOOP("Actions", "First image"), nullptr,
              "Home", Scope::Grid},
    ActionRow{ActionId::LastFrame, "lastFrame", QT_TRANSLATE_NOOP("Actions", "Last image"), nullptr, "End",
              Scope::Grid},
    ActionRow{ActionId::NextSeries, "nextSeries", QT_TRANSLATE_NOOP("Actions", "Next series"), nullptr,
              "PgDown", Scope::Grid},
    ActionRow{ActionId::PreviousSeries, "previousSeries", QT_TRANSLATE_NOOP("Actions", "Previous series"),
              nullptr, "PgUp", Scope::Grid},
    ActionRow{ActionId::Maximise, "maximise", QT_TRANSLATE_NOOP("Actions", "This viewport alone, or all"),
              nullptr, "Return Enter", Scope::Grid},
    ActionRow{ActionId::Link, "link", QT_TRANSLATE_NOOP("Actions", "Link viewports by position"), "link", "L",
              Scope::Window, Kind::Toggle},
    ActionRow{ActionId::LinkByOffset, "linkByOffset",
              QT_TRANSLATE_NOOP("Actions", "Link viewports by offset: what is shown now is the same place"),
              nullptr, "Shift+L"},
    ActionRow{ActionId::Unlink, "unlink", QT_TRANSLATE_NOOP("Actions", "Unlink viewports"), nullptr, "U"},
    ActionRow{ActionId::LinkWindow, "linkWindow", QT_TRANSLATE_NOOP("Actions", "Link the window too"),
              nullptr, "Shift+W", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ReferenceLines, "referenceLines", QT_TRANSLATE_NOOP("Actions", "Reference lines"),
              "reference-lines", "O", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::RetryFailed, "retryFailed", QT_TRANSLATE_NOOP("Actions", "Try failed images again"),
              nullptr, "F5"},
    ActionRow{ActionId::CopyView, "copyView",
              QT_TRANSLATE_NOOP("Actions", "Copy the view with the patient's identity"), nullptr, "Ctrl+C"},
    ActionRow{ActionId::CopyAllViews, "copyAllViews",
              QT_TRANSLATE_NOOP("Actions", "Copy all viewports with the patient's identity"), nullptr,
              "Ctrl+Alt+C"},
    ActionRow{ActionId::SaveView, "saveView", QT_TRANSLATE_NOOP("Actions", "Save the view as a picture…"),
              nullptr, "Ctrl+S"},
    ActionRow{ActionId::Print, "print", QT_TRANSLATE_NOOP("Actions", "Print…"), "print", "P Ctrl+P"},
    ActionRow{ActionId::Export, "export", QT_TRANSLATE_NOOP("Actions", "Export…"), nullptr, "Ctrl+E"},
    ActionRow{ActionId::Preset0, "preset0", QT_TRANSLATE_NOOP("Actions", "The image's own window"), nullptr,
              "0"},
    ActionRow{ActionId::Preset1, "preset1", QT_TRANSLATE_NOOP("Actions", "Window preset 1"), nullptr, "1"},
    ActionRow{ActionId::Preset2, "preset2", QT_TRANSLATE_NOOP("Actions", "Window preset 2"), nullptr, "2"},
    ActionRow{ActionId::Preset3, "preset3", QT_TRANSLATE_NOOP("Actions", "Window preset 3"), nullptr, "3"},
    ActionRow{ActionId::Preset4, "preset4", QT_TRANSLATE_NOOP("Actions", "Window preset 4"), nullptr, "4"},
    ActionRow{ActionId::Preset5, "preset5", QT_TRANSLATE_NOOP("Actions", "Window preset 5"), nullptr, "5"},
    ActionRow{ActionId::Preset6, "preset6", QT_TRANSLATE_NOOP("Actions", "Window preset 6"), nullptr, "6"},
    ActionRow{ActionId::Preset7, "preset7", QT_TRANSLATE_NOOP("Actions", "Window preset 7"), nullptr, "7"},
    ActionRow{ActionId::Preset8, "preset8", QT_TRANSLATE_NOOP("Actions", "Window preset 8"), nullptr, "8"},
    ActionRow{ActionId::Preset9, "preset9", QT_TRANSLATE_NOOP("Actions", "Window preset 9"), nullptr, "9"},
    ActionRow{ActionId::Layout1x1, "layout1x1", QT_TRANSLATE_NOOP("Actions", "One viewport"), nullptr,
              "Ctrl+1"},
    ActionRow{ActionId::Layout1x2, "layout1x2", QT_TRANSLATE_NOOP("Actions", "Two viewports side by side"),
              nullptr, "Ctrl+2"},
    ActionRow{ActionId::Layout1x3, "layout1x3", QT_TRANSLATE_NOOP("Actions", "Three viewports side by side"),
              nullptr, "Ctrl+3"},
    ActionRow{ActionId::Layout2x2, "layout2x2", QT_TRANSLATE_NOOP("Actions", "Two rows of two viewports"),
              nullptr, "Ctrl+4"},
    ActionRow{ActionId::Layout2x1, "layout2x1",
              QT_TRANSLATE_NOOP("Actions", "Two viewports, one above the other"), nullptr, "Ctrl+5"},
    ActionRow{ActionId::Layout2x3, "layout2x3", QT_TRANSLATE_NOOP("Actions", "Two rows of three viewports"),
              nullptr, "Ctrl+6"},
    ActionRow{ActionId::Layout3x1, "layout3x1",
              QT_TRANSLATE_NOOP("Actions", "Three viewports, one above the other"), nullptr, "Ctrl+7"},
    ActionRow{ActionId::Layout3x2, "layout3x2", QT_TRANSLATE_NOOP("Actions", "Three rows of two viewports"),
              nullptr, "Ctrl+8"},
    ActionRow{ActionId::Layout3x3, "layout3x3", QT_TRANSLATE_NOOP("Actions", "Three rows of three viewports"),
              nullptr, "Ctrl+9"},
    ActionRow{ActionId::Layout4x4, "layout4x4", QT_TRANSLATE_NOOP("Actions", "Four rows of four viewports"),
              nullptr, "Ctrl+0"},
    ActionRow{ActionId::OpenPrior, "openPrior",
              QT_TRANSLATE_NOOP("Actions", "Open the most relevant earlier exam beside"), nullptr, "Ctrl+H"},
    ActionRow{ActionId::CloseBeside, "closeBeside",
              QT_TRANSLATE_NOOP("Actions", "Close the studies opened beside"), nullptr, "Ctrl+W"},
    ActionRow{ActionId::ShowStudyList, "showStudyList", QT_TRANSLATE_NOOP("Actions", "Study list"),
              "study-list", "Ctrl+L"},
    ActionRow{ActionId::NewWindow, "newWindow",
              QT_TRANSLATE_NOOP("Actions", "New reading window on the next screen"), "new-window", "Ctrl+N",
              Scope::Everywhere},
    ActionRow{ActionId::NextScreen, "nextScreen",
              QT_TRANSLATE_NOOP("Actions", "Move this window to the next screen"), nullptr, "Ctrl+M"},
    ActionRow{ActionId::FullScreen, "fullScreen", QT_TRANSLATE_NOOP("Actions", "Full screen"), "full-screen",
              "F11", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::ShowBars, "showBars", QT_TRANSLATE_NOOP("Actions", "Toolbar and series strip"),
              nullptr, "B", Scope::Window, Kind::Toggle},
    ActionRow{ActionId::OpenStudy, "openStudy", QT_TRANSLATE_NOOP("Actions", "Open the study"), nullptr,
              "Return Enter", Scope::Table},
    ActionRow{ActionId::OpenStudyBeside, "openStudyBeside",
              QT_TRANSLATE_NOOP("Actions", "Open the study beside what is on screen"), nullptr,
              "Shift+Return Ctrl+Return", Scope::List},
    ActionRow{ActionId::OpenStudyInNewWindow, "openStudyInNewWindow",
              QT_TRANSLATE_NOOP("Actions", "Open the study in a new window"), nullptr, "Ctrl+Shift+Return",
              Scope::List},
    ActionRow{ActionId::FetchStudy, "fetchStudy",
              QT_TRANSLATE_NOOP("Actions", "Fetch the study from its archive without opening it"), "fetch",
              "Ctrl+D", Scope::List},
    ActionRow{ActionId::KeepStudy, "keepStudy",
              QT_TRANSLATE_NOOP("Actions", "Keep the study: never remove it to make room"), nullptr, "Ctrl+B",
              Scope::List},
    ActionRow{ActionId::DoNotKeepStudy, "doNotKeepStudy",
              QT_TRANSLATE_NOOP("Actions", "Do not keep the study"), nullptr, "Ctrl+Shift+B", Scope::List},
    ActionRow{ActionId::DeleteStudy, "deleteStudy", QT_TRANSLATE_NOOP("Actions", "Delete the study"), nullptr,
              "Del", Scope::Table},
    ActionRow{ActionId::UndoDelete, "undoDelete",
              QT_TRANSLATE_NOOP("Actions", "Bring back what was deleted last"), nullptr, "Ctrl+Z",
              Scope::List},
    ActionRow{ActionId::ExportStudy, "exportStudy", QT_TRANSLATE_NOOP("Actions", "Export the study…"),
              nullptr, "Ctrl+E", Scope::List},
    ActionRow{ActionId::SendStudy, "sendStudy", QT_TRANSLATE_NOOP("Actions", "Send to an archive…"), nullptr,
              "Ctrl+Shift+E", Scope::List},
    ActionRow{ActionId::ShowAsideFiles, "showAsideFiles", QT_TRANSLATE_NOOP("Actions", "Files kept aside…"),
              nullptr, "", Scope::List},
    ActionRow{ActionId::ShowRefusedFiles, "showRefusedFiles",
              QT_TRANSLATE_NOOP("Actions", "Refused files of the last import…"), nullptr, "", Scope::List},
    ActionRow{ActionId::CopyPatientId, "copyPatientId", QT_TRANSLATE_NOOP("Actions", "Copy patient ID"),
              nullptr, "", Scope::List},
    ActionRow{ActionId::CopyAccession, "copyAccession", QT_TRANSLATE_NOOP("Actions", "Copy accession number"),
              nullptr, "", Scope::List},
    ActionRow{ActionId::CopyStudyUid, "copyStudyUid", QT_TRANSLATE_NOOP("Actions", "Copy Study Instance UID"),
              nullptr, "", Scope::List},
    ActionRow{ActionId::FindStudy, "findStudy", QT_TRANSLATE_NOOP("Actions", "Search the studies"), nullptr,
              "Ctrl+F", Scope::List},
    ActionRow{ActionId::SearchAgain, "searchAgain", QT_TRANSLATE_NOOP("Actions", "Search again"), nullptr,
              "F5", Scope::List},
    ActionRow{ActionId::SaveSearch, "saveSearch",
              QT_TRANSLATE_NOOP("Actions", "Save the search as a worklist…"), "worklist", "Ctrl+S",
              Scope::List},
    ActionRow{ActionId::ShowTransfers, "showTransfers",
              QT_TRANSLATE_NOOP("Actions", "Transfers: what comes from archives"), nullptr, "Ctrl+T",
              Scope::Everywhere},
    ActionRow{ActionId::Commands, "commands", QT_TRANSLATE_NOOP("Actions", "Find a command"), "search",
              "Ctrl+K", Scope::Everywhere},
    ActionRow{ActionId::Settings, "settings", QT_TRANSLATE_NOOP("Actions", "Settings"), "settings", "Ctrl+,",
              Scope::Everywhere},
    ActionRow{ActionId::Help, "help", QT_TRANSLATE_NOOP("Actions", "Help"), "help", "F1", Scope::Everywhere},
};

QList<QKeySequence> sequences(const QStringList &keys)
{
    QList<QKeySequence> sequences;
    for (const QString &key : keys)
        sequences << QKeySequence(key, QKeySequence::PortableText);
    return sequences;
}

session::Bindable::Area areaOf(Scope scope)
{
    switch (scope) {
    case Scope::Grid:
        return session::Bindable::Area::Viewport;
    case Scope::Everywhere:
        return session::Bindable::Area::Everywhere;
    case Scope::List:
    case Scope::Table:
        return session::Bindable::Area::StudyList;
    case Scope::Window:
        break;
    }
    return session::Bindable::Area::ReadingWindow;
}

} // namespace

std::span<const ActionRow> actionTable()
{
    return kTable;
}

std::vector<session::Bindable> bindables()
{
    std::vector<session::Bindable> bindables;
    for (const ActionRow &row : kTable)
        bindables.push_back({QLatin1String(row.name),
                             QString::fromLatin1(row.keys).split(u' ', Qt::SkipEmptyParts), areaOf(row.scope),
                             row.kind == Kind::Tool});
    return bindables;
}

QString actionText(const QString &name)
{
    for (const ActionRow &row : kTable)
        if (name == QLatin1String(row.name))
            return QCoreApplication::translate("Actions", row.text);
    return {};
}

QString actionEnglish(const QString &name)
{
    for (const ActionRow &row : kTable)
        if (name == QLatin1String(row.name))
            return QString::fromLatin1(row.text);
    return {};
}

QString tooltipOf(const QString &text, const QList<QKeySequence> &keys)
{
    if (keys.isEmpty())
        return text;
    return QCoreApplication::translate("Actions", "%1 (%2)", "tooltip: action (key)")
        .arg(text, keys.front().toString(QKeySequence::NativeText));
}

Actions::Actions(const session::Bindings &bindings, Of of, QWidget &window, QWidget &inner, QObject *parent)
    : QObject(parent),
      m_bindings(bindings)
{
    auto *tools = new QActionGroup(this);
    for (const ActionRow &row : kTable) {
        const bool list = row.scope == Scope::List || row.scope == Scope::Table;
        if (row.scope != Scope::Everywhere && list != (of == Of::StudyList))
            continue;
        add(row, window, inner);
        if (row.kind == Kind::Tool)
            tools->addAction((*this)[row.id]);
    }
    takeKeys();
    connect(&bindings, &session::Bindings::changed, this, &Actions::takeKeys);
}

void Actions::add(const ActionRow &row, QWidget &window, QWidget &inner)
{
    auto *action = new QAction(QCoreApplication::translate("Actions", row.text), this);
    action->setObjectName(QLatin1String(row.name));
    if (row.icon != nullptr)
        action->setIcon(icons::icon(QLatin1String(row.icon)));
    action->setCheckable(row.kind != Kind::Plain);
    const bool within = row.scope == Scope::Grid || row.scope == Scope::Table;
    if (within)
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    (within ? inner : window).addAction(action);
    m_actions.insert(static_cast<int>(row.id), action);
}

void Actions::takeKeys()
{
    for (QAction *action : std::as_const(m_actions)) {
        const auto keys = sequences(m_bindings.keysOf(action->objectName()));
        if (action->shortcuts() != keys)
            action->setShortcuts(keys);
        action->setToolTip(tooltipOf(action->text(), keys));
    }
}

QAction *Actions::named(const QString &name) const
{
    const auto at = std::find_if(m_actions.begin(), m_actions.end(),
                                 [&](const QAction *action) { return action->objectName() == name; });
    return at == m_actions.end() ? nullptr : *at;
}

void Actions::on(ActionId id, const QObject *context, std::function<void()> work)
{
    connect((*this)[id], &QAction::triggered, context, [work = std::move(work)] { work(); });
}

} // namespace negatoscope::ui
