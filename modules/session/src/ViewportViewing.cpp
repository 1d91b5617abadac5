// The part of ViewportPresenter that changes how a frame is shown: window, zoom, pan, rotation, flip, probe.
#include "Background.h"

#include <session/ViewportPresenter.h>

#include <imaging/FirstWindow.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <cmath>
#include <utility>

namespace negatoscope::session {

namespace {

constexpr double kSmallestZoom = 0.02;
constexpr double kLargestZoom = 64;
/// Window drag: the part of the present width that one device pixel changes.
constexpr double kDragPerPixel = 1.0 / 300;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), qsizetype(value.size()));
}

QString nameOf(imaging::Interpolation interpolation)
{
    switch (interpolation) {
    case imaging::Interpolation::Nearest:
        return QStringLiteral("nearest");
    case imaging::Interpolation::Bilinear:
        return QStringLiteral("bilinear");
    case imaging::Interpolation::Bicubic:
        return QStringLiteral("bicubic");
    }
    return {};
}

QJsonObject jsonOf(const SeriesMarks &marks)
{
    return {{QStringLiteral("loaded"), marks.count(FrameMark::Loaded)},
            {QStringLiteral("onItsWay"), marks.count(FrameMark::OnItsWay)},
            {QStringLiteral("failed"), marks.count(FrameMark::Failed)},
            {QStringLiteral("seen"), marks.seen()}};
}

QJsonObject jsonOf(const CineState &cine)
{
    QJsonObject json{{QStringLiteral("playing"), true},
                     {QStringLiteral("rate"), cine.rate},
                     {QStringLiteral("achieved"), cine.achieved},
                     {QStringLiteral("shown"), static_cast<qint64>(cine.shown)},
                     {QStringLiteral("dropped"), static_cast<qint64>(cine.dropped)},
                     {QStringLiteral("sweep"), cine.sweep},
                     {QStringLiteral("buffering"), cine.buffering}};
    if (cine.buffering) {
        json.insert(QStringLiteral("ready"), cine.ready);
        json.insert(QStringLiteral("needed"), cine.needed);
    }
    return json;
}

QString nameOfContent(ViewportState::Content content)
{
    switch (content) {
    case ViewportState::Content::Empty:
        return QStringLiteral("empty");
    case ViewportState::Content::Waiting:
        return QStringLiteral("waiting");
    case ViewportState::Content::Picture:
        return QStringLiteral("picture");
    case ViewportState::Content::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

QString nameOfFunction(imaging::VoiFunction function)
{
    switch (function) {
    case imaging::VoiFunction::Linear:
        return QStringLiteral("LINEAR");
    case imaging::VoiFunction::LinearExact:
        return QStringLiteral("LINEAR_EXACT");
    case imaging::VoiFunction::Sigmoid:
        return QStringLiteral("SIGMOID");
    }
    return {};
}

} // namespace

// --- Window ---

const std::vector<WindowPreset> &ViewportPresenter::presets() const
{
    return m_services.presets.of(m_state.facts.modality);
}

namespace {

/// The value from which on a window shows white.
double upperEnd(const imaging::Window &window)
{
    const bool linear = window.function == imaging::VoiFunction::Linear;
    return window.center + window.width / 2 - (linear ? 1 : 0);
}

/// Whether a window shows nothing of a range: a wrong one, but where the scale is known to be Hounsfield's.
bool isFlat(const imaging::Window &window, imaging::Picture::Range range)
{
    const double lower = window.center - window.width / 2;
    return window.function != imaging::VoiFunction::Sigmoid && range.low < range.high &&
           (range.high <= lower || range.low >= upperEnd(window));
}

} // namespace

imaging::Window windowSpanning(double low, double high)
{
    constexpr double kWhole = 16;
    if (high - low < kWhole && high > low)
        return {(low + high) / 2, high - low, imaging::VoiFunction::LinearExact};
    return {(low + high + 1) / 2, std::max(1.0, high - low + 1), imaging::VoiFunction::Linear};
}

/// What the picture is windowed with now, as a window even where a lookup table of the object is in force.
imaging::Window ViewportPresenter::windowInForce() const
{
    if (m_state.render.window)
        return *m_state.render.window;
    const auto range = m_state.picture ? m_state.picture->valueRange() : imaging::Picture::Range{0, 255};
    return windowSpanning(range.low, range.high);
}

void ViewportPresenter::updateRender()
{
    auto &render = m_state.render;
    render.window.reset();
    render.lut.reset();
    m_state.window.reset();
    m_state.windowName.clear();
    if (m_state.subtraction.shown || m_userWindow) {
        render.window = !m_state.subtraction.shown ? m_userWindow
                        : m_userSubtractionWindow  ? m_userSubtractionWindow
                                                   : m_subtractionWindow;
        if (!m_state.subtraction.shown)
            m_state.windowName = m_userWindowName;
        m_state.window = render.window;
        return;
    }
    if (!m_state.picture || m_state.picture->isColour())
        return;
    // Kept from the first picture on that has something to show, so that slices stay comparable.
    const auto keep = [this](const imaging::Window &window) {
        const auto range = m_state.picture->valueRange();
        if (m_autoWindow)
            return *m_autoWindow;
        if (range.low < range.high)
            m_autoWindow = window;
        return window;
    };
    const auto &choices = m_attributes.choices;
    if (choices.empty()) {
        render.window = keep(m_autoWindow ? *m_autoWindow : firstWindow());
    } else {
        const auto &choice =
            m_attributes.choices[static_cast<std::size_t>(m_voiChoice) % m_attributes.choices.size()];
        if (m_state.clampAtZero && choice.window && upperEnd(*choice.window) > 0) {
            // Slices of a PET bring windows of their own: theirs would hide what differs between them.
            render.window = keep(imaging::windowFromZero(upperEnd(*choice.window)));
        } else if (choice.window && m_attributes.unit != "HU" &&
                   isFlat(*choice.window, m_state.picture->valueRange())) {
            render.window = firstWindow();
        } else {
            render.window = choice.window;
            render.lut = choice.lut;
            m_state.windowName = QString::fromStdString(dicom::visibleText(choice.explanation));
        }
    }
    m_state.window = render.window;
}

void ViewportPresenter::setWindow(const imaging::Window &window)
{
    if (!std::isfinite(window.center) || !std::isfinite(window.width))
        return;
    assignWindow(window);
    if (m_state.subtraction.shown)
        return; // differences have a window of their own
    ViewportAct act{ViewportAct::Kind::Window};
    act.window = window;
    Q_EMIT acted(act);
}

void ViewportPresenter::assignWindow(const imaging::Window &window)
{
    if (!std::isfinite(window.center) || !std::isfinite(window.width))
        return;
    imaging::Window usable = window;
    usable.width = std::max(window.width, window.function == imaging::VoiFunction::Linear ? 1.0 : 1e-6);
    if (m_state.subtraction.shown) {
        m_userSubtractionWindow = usable;
    } else {
        m_userWindow = usable;
        m_userWindowName.clear();
    }
    updateRender();
    announce();
}

void ViewportPresenter::dragWindow(double dx, double dy)
{
    if (!m_state.picture || m_state.picture->isColour())
        return;
    imaging::Window window = windowInForce();
    const double step = std::max(window.width, 1e-6) * kDragPerPixel;
    if (m_state.clampAtZero && !m_state.subtraction.shown) {
        setWindow(imaging::windowFromZero(std::max(upperEnd(window) + (dx - dy) * step, 1e-6)));
        return;
    }
    window.width += dx * step;
    window.center -= dy * step;
    if (m_state.picture->valueRange().high - m_state.picture->valueRange().low > 16) {
        // Whole numbers where values are whole numbers, but never stuck: a drag always moves at least one.
        const auto moved = [](double value, double before, double wish) {
            const double rounded = std::round(value);
            return wish != 0 && rounded == std::round(before) ? std::round(before) + (wish > 0 ? 1 : -1)
                                                              : rounded;
        };
        const imaging::Window before = windowInForce();
        window.width = moved(window.width, before.width, dx);
        window.center = moved(window.center, before.center, -dy);
    }
    assignWindow(window);
    Q_EMIT acted({ViewportAct::Kind::WindowDrag, dx, dy});
}

void ViewportPresenter::applyPreset(int key)
{
    const ViewportAct act{ViewportAct::Kind::Preset, 0, 0, key};
    if (key == 0) {
        m_userSubtractionWindow.reset();
        m_userWindow.reset();
        m_userWindowName.clear();
        m_voiChoice = 0;
        updateRender();
        announce();
        Q_EMIT acted(act);
        return;
    }
    const auto &list = presets();
    if (key < 1 || key > static_cast<int>(list.size()) || !m_state.picture || m_state.picture->isColour())
        return;
    const WindowPreset &preset = list[static_cast<std::size_t>(key) - 1];
    assignWindow(preset.window);
    m_userWindowName = preset.name;
    updateRender();
    Q_EMIT acted(act);
}

void ViewportPresenter::nextVoiChoice()
{
    if (m_attributes.choices.empty())
        return;
    const bool own = !m_userWindow;
    m_userWindow.reset();
    m_userWindowName.clear();
    m_autoWindow.reset();
    if (own)
        m_voiChoice = (m_voiChoice + 1) % static_cast<int>(m_attributes.choices.size());
    updateRender();
    announce();
}

void ViewportPresenter::fullRange()
{
    if (!m_state.picture || m_state.picture->isColour())
        return;
    if (m_state.clampAtZero && !m_state.subtraction.shown)
        assignWindow(imaging::windowFromZero(m_state.picture->valueRange().high));
    else
        assignWindow(windowSpanning(m_state.picture->valueRange().low, m_state.picture->valueRange().high));
    Q_EMIT acted({ViewportAct::Kind::FullRange});
}

void ViewportPresenter::toggleInvert()
{
    m_state.render.inverted = !m_state.render.inverted;
    announce();
    Q_EMIT acted({ViewportAct::Kind::Invert});
}

// --- Place and size ---

double ViewportPresenter::clampedZoom(double zoom)
{
    return std::clamp(zoom, kSmallestZoom, kLargestZoom);
}

void ViewportPresenter::zoomAt(base::ViewPoint fixed, double factor)
{
    if (!m_state.picture || !(factor > 0))
        return;
    leaveEdge();
    const double now = m_state.zoom();
    const double zoom = clampedZoom(now * factor);
    // The image point under `fixed` stays there: the centre moves away from it by the factor.
    const double applied = zoom / now;
    const double fromX = fixed.x - (m_viewSize.width / 2.0 + m_state.view.panX);
    const double fromY = fixed.y - (m_viewSize.height / 2.0 + m_state.view.panY);
    m_state.view.panX += fromX * (1 - applied);
    m_state.view.panY += fromY * (1 - applied);
    m_state.view.zoom = zoom;
    updateTransform();
    announce();
    Q_EMIT acted({ViewportAct::Kind::View});
}

void ViewportPresenter::panBy(double dx, double dy)
{
    leaveEdge();
    m_state.view.panX += dx;
    m_state.view.panY += dy;
    updateTransform();
    announce();
    Q_EMIT acted({ViewportAct::Kind::View});
}

void ViewportPresenter::fit()
{
    m_atEdge = m_defaults.breast;
    m_state.view.zoom = 0;
    m_state.view.panX = m_state.view.panY = 0;
    updateTransform();
    announce();
    Q_EMIT acted({ViewportAct::Kind::Fit});
}

void ViewportPresenter::oneToOne()
{
    m_state.view.zoom = 1;
    m_state.view.panX = m_state.view.panY = 0;
    updateTransform();
    announce();
    Q_EMIT acted({ViewportAct::Kind::View});
}

void ViewportPresenter::rotate(int quarterTurns)
{
    const int turns = (quarterTurns % 4 + 4) % 4;
    m_state.view.quarterTurns = (m_state.view.quarterTurns + turns) % 4;
    // The picture turns about the middle of the viewport, whatever has been panned there.
    for (int i = 0; i < turns; ++i) {
        const double panX = std::exchange(m_state.view.panX, -m_state.view.panY);
        m_state.view.panY = panX;
    }
    updateTransform();
    announce();
}

void ViewportPresenter::flip()
{
    // What the reader sees is mirrored left to right, also after a rotation: a flip before it turns it
    // around.
    m_state.view.flipped = !m_state.view.flipped;
    m_state.view.quarterTurns = (4 - m_state.view.quarterTurns) % 4;
    m_state.view.panX = -m_state.view.panX;
    updateTransform();
    announce();
}

void ViewportPresenter::setInterpolation(imaging::Interpolation interpolation)
{
    m_state.render.interpolation = interpolation;
    announce();
}

void ViewportPresenter::toggleOverlays()
{
    m_state.showOverlays = !m_state.showOverlays;
    announce();
}

void ViewportPresenter::toggleShutters()
{
    m_state.render.shutter = !m_state.render.shutter;
    announce();
}

void ViewportPresenter::reset()
{
    m_state.view = {};
    m_state.view.quarterTurns = m_state.hungTurn.quarterTurns;
    m_state.view.flipped = m_state.hungTurn.flipped;
    m_atEdge = m_defaults.breast;
    m_state.render.inverted = m_defaults.inverted;
    m_state.render.colourTable = imaging::ColourTable::Grey;
    m_state.clampAtZero = m_defaults.clampAtZero;
    m_userSubtractionWindow.reset();
    m_maskRows = m_maskColumns = 0;
    m_state.showOverlays = true;
    m_state.render.shutter = true;
    m_userWindow.reset();
    m_userWindowName.clear();
    m_voiChoice = 0;
    updateRender();
    updateTransform();
    if (m_state.subtraction.shown)
        subtractionChanged();
    announce();
    Q_EMIT acted({ViewportAct::Kind::Fit});
}

// --- Answers ---

QJsonObject ViewportPresenter::json() const
{
    const PictureFacts &facts = m_state.facts;
    QJsonObject json{{QStringLiteral("content"), nameOfContent(m_state.content)},
                     {QStringLiteral("active"), m_state.active}};
    if (m_state.content == ViewportState::Content::Empty)
        return json;
    json.insert(QStringLiteral("patientName"), facts.patientName);
    json.insert(QStringLiteral("patientId"), facts.patientId);
    json.insert(QStringLiteral("issuer"), facts.issuer);
    json.insert(QStringLiteral("studyInstanceUid"), QString::fromStdString(facts.study.value()));
    json.insert(QStringLiteral("seriesInstanceUid"), QString::fromStdString(facts.series.value()));
    json.insert(QStringLiteral("sopInstanceUid"), QString::fromStdString(facts.instance.value()));
    json.insert(QStringLiteral("modality"), facts.modality);
    json.insert(QStringLiteral("frame"), static_cast<qint64>(facts.frame) + 1);
    json.insert(QStringLiteral("index"), m_state.index + 1);
    json.insert(QStringLiteral("count"), m_state.count);
    json.insert(QStringLiteral("countFinal"), m_state.countFinal);
    json.insert(QStringLiteral("completeness"), text(cache::nameOf(m_state.completeness)));
    if (m_state.pending)
        json.insert(QStringLiteral("pendingIndex"), *m_state.pending + 1);
    if (m_state.error)
        json.insert(QStringLiteral("error"), text(base::nameOf(m_state.error->code())));
    QJsonArray findings;
    for (const auto &finding : m_state.findings)
        findings.append(text(dicom::nameOf(finding.code)));
    json.insert(QStringLiteral("findings"), findings);
    json.insert(QStringLiteral("loading"), jsonOf(m_marks));
    if (m_state.cine)
        json.insert(QStringLiteral("cine"), jsonOf(*m_state.cine));
    insertGuides(json);
    insertPlane(json);
    if (m_state.content != ViewportState::Content::Picture)
        return json;
    if (m_state.window)
        json.insert(QStringLiteral("window"),
                    QJsonObject{{QStringLiteral("center"), m_state.window->center},
                                {QStringLiteral("width"), m_state.window->width},
                                {QStringLiteral("function"), nameOfFunction(m_state.window->function)},
                                {QStringLiteral("name"), m_state.windowName}});
    insertModality(json);
    json.insert(QStringLiteral("inverted"), m_state.render.inverted);
    json.insert(QStringLiteral("zoom"), m_state.zoom());
    json.insert(QStringLiteral("trueSize"), m_state.trueSize);
    json.insert(QStringLiteral("interpolation"), nameOf(m_state.render.interpolation));
    json.insert(QStringLiteral("overlays"), m_state.showOverlays);
    json.insert(QStringLiteral("shutters"), m_state.render.shutter);
    json.insert(QStringLiteral("fitted"), m_state.view.zoom == 0);
    json.insert(QStringLiteral("pan"), QJsonArray{m_state.view.panX, m_state.view.panY});
    json.insert(QStringLiteral("rotation"), m_state.view.quarterTurns * 90);
    json.insert(QStringLiteral("flipped"), m_state.view.flipped);
    json.insert(QStringLiteral("orientation"),
                QJsonObject{{QStringLiteral("left"), QString::fromStdString(m_state.letters.left)},
                            {QStringLiteral("right"), QString::fromStdString(m_state.letters.right)},
                            {QStringLiteral("top"), QString::fromStdString(m_state.letters.top)},
                            {QStringLiteral("bottom"), QString::fromStdString(m_state.letters.bottom)}});
    json.insert(QStringLiteral("lossy"), facts.lossy);
    if (facts.lossyRatio)
        json.insert(QStringLiteral("lossyRatio"), *facts.lossyRatio);
    json.insert(QStringLiteral("viewport"), QJsonArray{m_viewSize.width, m_viewSize.height});
    return json;
}

} // namespace negatoscope::session
