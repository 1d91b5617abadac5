#include <ui/ReadingWindow.h>

#include "Actions.h"
#include "CineBar.h"
#include "LayoutPicker.h"
#include "LinkControls.h"
#include "ModalityActions.h"
#include "PatientBanner.h"
#include "PersonQuestionBar.h"
#include "PlaneActions.h"
#include "RenderedActions.h"
#include "ScreenSet.h"
#include "SeriesStrip.h"
#include "ViewOutput.h"
#include "ViewportGrid.h"
#include "VolumeView.h"

#include <ui/ErrorSentences.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>
#include <ui/Words.h>

#include <QtCore/QSettings>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

namespace {

constexpr auto kSplitterKey = QLatin1String("readingWindow/splitter");
constexpr auto kBarsKey = QLatin1String("readingWindow/bars");
constexpr double kZoomStep = 1.2;

constexpr int presetNumber(ActionId id)
{
    return static_cast<int>(id) - static_cast<int>(ActionId::Preset0);
}

session::Layout layoutOf(ActionId id)
{
    switch (id) {
    case ActionId::Layout1x2:
        return {1, 2};
    case ActionId::Layout1x3:
        return {1, 3};
    case ActionId::Layout2x2:
        return {2, 2};
    case ActionId::Layout2x1:
        return {2, 1};
    case ActionId::Layout2x3:
        return {2, 3};
    case ActionId::Layout3x1:
        return {3, 1};
    case ActionId::Layout3x2:
        return {3, 2};
    case ActionId::Layout3x3:
        return {3, 3};
    case ActionId::Layout4x4:
        return {4, 4};
    default:
        return {1, 1};
    }
}

} // namespace

ReadingWindow::ReadingWindow(session::ReadingPresenter &reading, session::Settings &settings,
                             const session::Bindings &bindings, int number, QWidget *parent)
    : QMainWindow(parent),
      m_reading(reading),
      m_places(settings.places()),
      m_number(number),
      m_place(new WindowPlace(*this, m_places, QStringLiteral("readingWindow%1").arg(number)))
{
    setAcceptDrops(true);
    setObjectName(QStringLiteral("readingWindow"));
    setWindowTitle(tr("Negatoscope"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    setContextMenuPolicy(Qt::NoContextMenu); // no menu for hiding toolbars: B does it

    m_banner = new PatientBanner(this);
    m_grid = new ViewportGrid(reading, bindings, this);
    m_strip = new SeriesStrip(reading.strip(), this);
    m_actions = new Actions(bindings, Actions::Of::ReadingWindow, *this, *m_grid, this);
    m_modalityActions = new ModalityActions(reading, *m_actions, this);
    m_planeActions = new PlaneActions(reading, *m_actions, *m_grid, this);
    m_renderedActions = new RenderedActions(reading, *m_actions, *m_grid, this);
    m_links = new LinkControls(reading, *m_actions, m_places, this);
    m_output = new ViewOutput(reading, *m_actions, *m_grid, m_places, this);
    connect(m_output, &ViewOutput::exportRequested, this, &ReadingWindow::exportRequested);
    buildToolBar();

    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(QStringLiteral("readingSplitter"));
    splitter->setHandleWidth(measures::kViewportGap);
    m_side = new QWidget(this);
    auto *side = new QVBoxLayout(m_side);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(1);
    side->addWidget(m_strip, 1);
    splitter->addWidget(m_side);
    splitter->addWidget(m_grid);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({208, 1400});
    splitter->setChildrenCollapsible(false);
    splitter->restoreState(m_places.value(kSplitterKey).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this,
            [this, splitter] { m_places.setValue(kSplitterKey, splitter->saveState()); });

    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(new PersonQuestionBar(reading, bindings, this));
    column->addWidget(m_bars);
    column->addWidget(splitter, 1);
    setCentralWidget(central);

    connect(m_strip, &SeriesStrip::seriesChosen, this, &ReadingWindow::chooseSeries);
    connect(m_grid, &ViewportGrid::contextMenuRequested, this, &ReadingWindow::showContextMenu);
    connect(m_grid, &ViewportGrid::actRequested, this, [this](const QString &name) {
        if (QAction *action = m_actions->named(name))
            action->trigger();
    });
    connect(m_grid, &ViewportGrid::rebuilt, this, &ReadingWindow::takeActive);
    connect(&reading, &session::ReadingPresenter::changed, this, &ReadingWindow::takeChange);
    connect(&reading, &session::ReadingPresenter::openFailed, this, [this](const base::Error &error) {
        m_bannerStudy = {};
        m_banner->setError(sentenceFor(error));
    });
    connectViewing();
    connectCine();
    connectTools();
    connectWindow();

    resize(1600, 1000);
    m_hasPlace = m_place->restore();
    setBarsVisible(m_places.value(kBarsKey, true).toBool());
    takeChange();
    m_grid->setFocus();
}

ReadingWindow::~ReadingWindow() = default;

const std::vector<ViewportWidget *> &ReadingWindow::viewports() const
{
    return m_grid->viewports();
}

QJsonObject ReadingWindow::json() const
{
    QJsonObject json = m_reading.json();
    if (const VolumeView *volume = m_grid->volumeView())
        json.insert(QStringLiteral("rendered"), volume->json());
    return json;
}

// --- Actions ---

void ReadingWindow::connectViewing()
{
    using session::Tool;
    const auto viewport = [this](ActionId id, auto work) {
        m_actions->on(id, this, [this, work] {
            if (auto *active = m_reading.active())
                work(*active);
        });
    };
    using Viewport = session::ViewportPresenter;
    for (const auto &[id, tool] : {std::pair(ActionId::ToolScroll, Tool::Scroll),
                                   {ActionId::ToolWindow, Tool::Window},
                                   {ActionId::ToolZoom, Tool::Zoom},
                                   {ActionId::ToolPan, Tool::Pan},
                                   {ActionId::ToolWindowRegion, Tool::WindowRegion},
                                   {ActionId::ToolCursor, Tool::Cursor},
                                   {ActionId::ToolMask, Tool::Mask}})
        m_actions->on(id, this, [this, chosen = tool] { m_reading.setTool(chosen); });

    const auto zoom = [](Viewport &view, double factor) {
        const auto size = view.state().transform.view();
        view.zoomAt({size.width / 2.0, size.height / 2.0}, factor);
    };
    viewport(ActionId::Fit, [](Viewport &view) { view.fit(); });
    viewport(ActionId::OneToOne, [](Viewport &view) { view.oneToOne(); });
    viewport(ActionId::ZoomIn, [zoom](Viewport &view) { zoom(view, kZoomStep); });
    viewport(ActionId::ZoomOut, [zoom](Viewport &view) { zoom(view, 1 / kZoomStep); });
    viewport(ActionId::RotateLeft, [](Viewport &view) { view.rotate(-1); });
    viewport(ActionId::RotateRight, [](Viewport &view) { view.rotate(1); });
    viewport(ActionId::Flip, [](Viewport &view) { view.flip(); });
    viewport(ActionId::Invert, [](Viewport &view) { view.toggleInvert(); });
    viewport(ActionId::Reset, [this](Viewport &view) {
        if (m_reading.question())
            m_reading.answer(session::ReadingPresenter::Answer::No);
        else if (!m_reading.cancel())
            view.reset();
    });
    viewport(ActionId::NextVoiChoice, [](Viewport &view) { view.nextVoiChoice(); });
    viewport(ActionId::FullRange, [](Viewport &view) { view.fullRange(); });
    viewport(ActionId::Overlays, [](Viewport &view) { view.toggleOverlays(); });
    viewport(ActionId::NextFrame, [](Viewport &view) { view.scrollBy(1); });
    viewport(ActionId::PreviousFrame, [](Viewport &view) { view.scrollBy(-1); });
    viewport(ActionId::FirstFrame, [](Viewport &view) { view.scrollTo(0); });
    viewport(ActionId::LastFrame, [](Viewport &view) { view.scrollTo(view.state().count - 1); });
    viewport(ActionId::RetryFailed, [](Viewport &view) { view.retryFailed(); });
    for (const ActionId id : range(ActionId::Preset0, ActionId::Preset9))
        viewport(id, [key = presetNumber(id)](Viewport &view) { view.applyPreset(key); });
}

void ReadingWindow::connectWindow()
{
    m_actions->on(ActionId::CornerText, this, [this] { m_reading.cycleCornerText(); });
    m_actions->on(ActionId::NextSeries, this, [this] { m_reading.stepSeries(1); });
    m_actions->on(ActionId::PreviousSeries, this, [this] { m_reading.stepSeries(-1); });
    m_actions->on(ActionId::Maximise, this, [this] { m_reading.toggleMaximised(m_reading.activeIndex()); });
    for (const ActionId id : range(ActionId::Layout1x1, ActionId::Layout4x4))
        m_actions->on(id, this, [this, layout = layoutOf(id)] { m_reading.setLayout(layout); });
    m_actions->on(ActionId::ShowStudyList, this, [this] { Q_EMIT studyListRequested(); });
    m_actions->on(ActionId::ShowTransfers, this, [this] { Q_EMIT transfersRequested(); });
    m_actions->on(ActionId::Commands, this, [this] { Q_EMIT commandsRequested(); });
    m_actions->on(ActionId::Settings, this, [this] { Q_EMIT settingsRequested(); });
    m_actions->on(ActionId::Help, this, [this] { Q_EMIT helpRequested(); });
    m_actions->on(ActionId::OpenPrior, this, [this] { Q_EMIT bestPriorRequested(); });
    m_actions->on(ActionId::CloseBeside, this, [this] { m_reading.closeBesides(); });
    m_actions->on(ActionId::NewWindow, this, [this] { Q_EMIT newWindowRequested(); });
    m_actions->on(ActionId::NextScreen, this, [this] {
        if (QScreen *screen = nextScreen(*this))
            moveToScreen(*this, *screen);
    });
    m_actions->on(ActionId::FullScreen, this, [this] { setFullScreen(!isFullScreen()); });
    m_actions->on(ActionId::ShowBars, this, [this] {
        const bool visible = (*m_actions)[ActionId::ShowBars]->isChecked();
        m_places.setValue(kBarsKey, visible);
        setBarsVisible(visible);
    });
}

void ReadingWindow::showContextMenu(QPoint globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("viewportMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Actions &actions = *m_actions;
    for (const ActionId id : range(ActionId::ToolScroll, ActionId::Magnifier))
        menu->addAction(actions[id]);
    menu->addSeparator();
    for (const ActionId id : {ActionId::Cine, ActionId::CineAll, ActionId::CineSweep, ActionId::Tiles})
        menu->addAction(actions[id]);
    menu->addSeparator();
    menu->addMenu(m_presetMenu);
    menu->addSeparator();
    for (const ActionId id : range(ActionId::Fit, ActionId::Reset)) {
        if (id != ActionId::ZoomIn && id != ActionId::ZoomOut)
            menu->addAction(actions[id]);
    }
    m_modalityActions->addTo(*menu);
    m_planeActions->addTo(*menu);
    menu->addSeparator();
    menu->addMenu(m_links->menu());
    menu->addAction(actions[ActionId::ReferenceLines]);
    menu->addAction(actions[ActionId::Overlays]);
    menu->addAction(actions[ActionId::Shutters]);
    addInterpolationMenu(*menu);
    menu->addAction(actions[ActionId::CornerText]);
    menu->addAction(actions[ActionId::Maximise]);
    menu->addMenu(m_output->menu());
    const auto *active = m_reading.active();
    if (active != nullptr && active->state().content == session::ViewportState::Content::Failed)
        menu->addAction(actions[ActionId::RetryFailed]);
    menu->popup(globalPosition);
}

void ReadingWindow::chooseSeries(int row)
{
    const auto &series = m_reading.strip().seriesAt(row);
    if (series.displayable == 0)
        return;
    m_reading.showSeries(m_reading.activeIndex(), series.uid);
}

// --- State ---

void ReadingWindow::takeChange()
{
    const auto &study = m_reading.study();
    const base::StudyUid uid = study ? study->uid : base::StudyUid();
    if (uid != m_shownStudy || !study) {
        m_shownStudy = uid;
        if (study)
            m_grid->focusActive();
    }
    const auto toolAction = [this] {
        switch (m_reading.tool()) {
        case session::Tool::Scroll:
            return ActionId::ToolScroll;
        case session::Tool::Zoom:
            return ActionId::ToolZoom;
        case session::Tool::Pan:
            return ActionId::ToolPan;
        case session::Tool::WindowRegion:
            return ActionId::ToolWindowRegion;
        case session::Tool::Cursor:
            return ActionId::ToolCursor;
        case session::Tool::Mask:
            return ActionId::ToolMask;
        case session::Tool::Window:
            break;
        }
        return ActionId::ToolWindow;
    };
    takePersons();
    (*m_actions)[toolAction()]->setChecked(true);
    m_layoutPicker->showLayout(m_reading.layout());
    takeActive();
}

void ReadingWindow::takeActive()
{
    disconnect(m_activeConnection);
    if (auto *active = m_reading.active()) {
        m_activeConnection = connect(active, &session::ViewportPresenter::changed, this, [this] {
            updatePresets();
            updateOverlaysCheck();
            updateTools();
            m_modalityActions->update();
            m_planeActions->update();
            m_renderedActions->update();
            takePersons(); // another study may have come into it
        });
    }
    updatePresets();
    updateOverlaysCheck();
    updateTools();
    m_modalityActions->update();
    m_planeActions->update();
    m_renderedActions->update();
}

void ReadingWindow::updatePresets()
{
    const auto *active = m_reading.active();
    static const std::vector<session::WindowPreset> kNone;
    const auto &presets = active != nullptr ? active->presets() : kNone;
    if (m_presets == presets)
        return; // asked on every slice
    m_presets = presets;
    for (const ActionId id : range(ActionId::Preset1, ActionId::Preset9)) {
        QAction *action = (*m_actions)[id];
        const auto at = static_cast<std::size_t>(presetNumber(id) - 1);
        const bool there = at < presets.size();
        action->setVisible(there);
        action->setEnabled(there);
        if (there)
            action->setText(
                tr("%1  (%2)", "preset: name (window)")
                    .arg(words::presetName(presets[at].name), words::windowText(presets[at].window)));
    }
}

void ReadingWindow::updateOverlaysCheck()
{
    const auto *active = m_reading.active();
    const bool any = active != nullptr && !active->state().overlays.empty();
    QAction *overlays = (*m_actions)[ActionId::Overlays];
    overlays->setEnabled(any);
    overlays->setChecked(any && active->state().showOverlays);
}

void ReadingWindow::setFullScreen(bool full)
{
    if (full) {
        m_wasMaximised = isMaximized();
        showFullScreen();
    } else if (m_wasMaximised) {
        showMaximized();
    } else {
        showNormal();
    }
}

void ReadingWindow::setBarsVisible(bool visible)
{
    m_bars->setVisible(visible);
    m_side->setVisible(visible);
    (*m_actions)[ActionId::ShowBars]->setChecked(visible);
    if (!visible)
        m_grid->focusActive();
}

void ReadingWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        (*m_actions)[ActionId::FullScreen]->setChecked(isFullScreen());
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        Q_EMIT activated();
}

void ReadingWindow::closeEvent(QCloseEvent *event)
{
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

} // namespace negatoscope::ui
