// The part of ViewportPresenter that others lead: cine, tiles of one series, what has been loaded; and the
// sizes and windows that are reckoned from the picture.
#include "Background.h"

#include <imaging/RegionStatistics.h>
#include <session/FrameDelivery.h>
#include <session/StackLoader.h>
#include <session/ViewportPresenter.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

namespace {

/// The part of the memory budget that one viewport may fill with frames ahead.
constexpr double kPrefetchShare = 0.7;

/// Whether millimetres of this spacing are those of the patient's body.
bool isOfThePatient(dicom::SpacingSource source)
{
    return source == dicom::SpacingSource::Patient || source == dicom::SpacingSource::Calibrated;
}

} // namespace

// --- Led by others ---

void ViewportPresenter::adopt(const ViewportPresenter &other, int index)
{
    if (!other.m_stack || !other.m_study || !other.m_series || &other == this)
        return;
    const int place = std::clamp(index, 0, other.stackSize() - 1);
    if (m_stack != other.m_stack) {
        clear();
        m_study = other.m_study;
        m_series = other.m_series;
        m_state.study = other.m_state.study;
        m_autoWindow = other.m_autoWindow;
        m_defaults = other.m_defaults;
        m_atEdge = other.m_atEdge;
        m_state.content = ViewportState::Content::Waiting;
        m_state.facts = other.m_state.facts;
        m_state.completeness = other.m_state.completeness;
        m_state.instances = other.m_state.instances;
        m_state.expected = other.m_state.expected;
        m_state.identityConflict = other.m_state.identityConflict;
        takeListing(other.m_stack);
        setViewing(other.viewing());
        goTo(place);
    } else {
        follow(place);
    }
}

void ViewportPresenter::follow(int index, std::vector<int> upcoming)
{
    const int size = stackSize();
    if (size == 0)
        return;
    const int target = std::clamp(index, 0, size - 1);
    if (target != m_target)
        m_direction = target > m_target ? 1 : -1;
    m_upcoming = std::move(upcoming);
    goTo(target);
}

bool ViewportPresenter::isLoaded(int index) const
{
    return index >= 0 && index < stackSize() && m_services.frames.store().contains(keyAt(index));
}

int ViewportPresenter::affordableFrames() const
{
    const std::size_t bytes = m_state.frame ? m_state.frame->pixels.bytes().size() : 1 << 20;
    const double frames = kPrefetchShare * static_cast<double>(m_services.frames.store().budgetBytes()) /
                          static_cast<double>(std::max<std::size_t>(bytes, 1));
    return static_cast<int>(std::clamp(frames, 1.0, 1e6));
}

std::pair<int, int> ViewportPresenter::filmAround() const
{
    const auto at = static_cast<std::size_t>(m_target);
    if (at >= m_films.size())
        return {0, stackSize() - 1};
    return m_films[at];
}

void ViewportPresenter::findFilms()
{
    const int size = static_cast<int>(m_keys.size());
    m_films.assign(m_keys.size(), {0, size - 1});
    for (int first = 0, next = 0; first < size; first = next) {
        while (next < size && m_keys[static_cast<std::size_t>(next)].instance ==
                                  m_keys[static_cast<std::size_t>(first)].instance)
            ++next;
        for (int i = first; next - first > 1 && i < next; ++i)
            m_films[static_cast<std::size_t>(i)] = {first, next - 1};
    }
}

const dicom::StackFrame *ViewportPresenter::stackFrame(int index) const
{
    if (!m_stack || index < 0 || index >= stackSize())
        return nullptr;
    return &m_stack->stack.frames[static_cast<std::size_t>(index)];
}

void ViewportPresenter::setCine(const std::optional<CineState> &cine)
{
    if (cine == m_state.cine)
        return;
    m_state.cine = cine;
    if (!cine) {
        m_upcoming.clear();
        requestFrames();
        if (m_mustGrow)
            growLater();
    }
    announce();
}

void ViewportPresenter::updateMarks()
{
    if (m_marks.update(m_services.frames.store(), m_keys, m_wished))
        Q_EMIT marksChanged();
}

Viewing ViewportPresenter::viewing() const
{
    return {m_userWindow,
            m_userWindowName,
            m_voiChoice,
            m_state.render.inverted,
            m_state.view,
            m_state.showOverlays,
            m_state.render.shutter,
            m_state.hungTurn,
            m_state.render.colourTable,
            m_state.clampAtZero};
}

void ViewportPresenter::setViewing(const Viewing &viewing)
{
    m_userWindow = viewing.window;
    m_userWindowName = viewing.windowName;
    m_voiChoice = viewing.voiChoice;
    m_state.render.inverted = viewing.inverted;
    m_state.view = viewing.view;
    m_state.showOverlays = viewing.overlays;
    m_state.render.shutter = viewing.shutter;
    m_state.hungTurn = viewing.hungTurn;
    m_state.render.colourTable = viewing.colourTable;
    m_state.clampAtZero = viewing.clampAtZero;
    if (m_state.frame)
        hangUpright(m_state.frame->dataSet());
    updateRender();
    updateTransform();
    announce();
}

bool ViewportPresenter::hasShutters() const
{
    const auto &shutter = m_attributes.shutter;
    return shutter.rectangle || shutter.circle || !shutter.polygon.empty() || shutter.bitmap;
}

// --- Reckoned from the picture ---

bool ViewportPresenter::windowOver(base::ViewPoint corner, base::ViewPoint opposite)
{
    if (!m_state.picture || m_state.picture->isColour())
        return false;
    const auto from = m_state.transform.toImage(corner), to = m_state.transform.toImage(opposite);
    const auto pixel = [](double value) {
        return static_cast<int>(std::lround(std::clamp(value, -1e6, 1e6)));
    };
    const auto statistics = imaging::regionStatistics(
        *m_state.picture, {pixel(std::min(from.column, to.column)), pixel(std::min(from.row, to.row)),
                           pixel(std::max(from.column, to.column)), pixel(std::max(from.row, to.row))});
    if (!statistics)
        return false;
    setWindow(windowSpanning(statistics->robustLow, statistics->robustHigh));
    return true;
}

std::optional<ViewportPresenter::TrueSizeRefusal> ViewportPresenter::trueSize(double pixelsPerMm)
{
    if (!m_state.picture)
        return TrueSizeRefusal::NoPicture;
    const auto &spacing = m_geometry.spacing;
    if (spacing.source == dicom::SpacingSource::Detector)
        return TrueSizeRefusal::DetectorSpacing;
    if (spacing.source == dicom::SpacingSource::NominalScanned)
        return TrueSizeRefusal::FilmSpacing;
    if (!isOfThePatient(spacing.source) || !(spacing.row > 0) || !(spacing.column > 0))
        return TrueSizeRefusal::NoSpacing;
    if (!(pixelsPerMm > 0) || !std::isfinite(pixelsPerMm))
        return TrueSizeRefusal::NoScreen;
    m_trueSizePixelsPerMm = pixelsPerMm;
    m_state.view.zoom = pixelsPerMm * std::min(spacing.row, spacing.column) / pixelScale();
    m_state.view.panX = m_state.view.panY = 0;
    updateTransform();
    announce();
    return std::nullopt;
}

bool ViewportPresenter::isTrueSize() const
{
    const auto &spacing = m_geometry.spacing;
    if (m_trueSizePixelsPerMm <= 0 || !isOfThePatient(spacing.source))
        return false;
    const double zoom = m_trueSizePixelsPerMm * std::min(spacing.row, spacing.column) / pixelScale();
    return std::abs(m_state.view.zoom - zoom) < 1e-9 * zoom;
}

imaging::ViewTransform ViewportPresenter::magnified(base::ViewPoint at, imaging::Size lens,
                                                    base::ViewPoint inLens, double factor) const
{
    const auto &present = m_state.transform;
    imaging::ViewSettings view = m_state.view;
    view.zoom = present.zoom() * factor;
    view.panX = view.panY = 0;
    const imaging::ViewTransform centred(present.image(), m_geometry.spacing, lens, view);
    const auto point = centred.toView(present.toImage(at));
    view.panX = inLens.x - point.x;
    view.panY = inLens.y - point.y;
    return {present.image(), m_geometry.spacing, lens, view};
}

std::optional<ViewportPresenter::Probe> ViewportPresenter::probe(base::ViewPoint point) const
{
    if (!m_state.picture)
        return std::nullopt;
    const base::ImagePoint at = m_state.transform.toImage(point);
    if (!std::isfinite(at.column) || !std::isfinite(at.row))
        return std::nullopt;
    Probe probe;
    probe.column = static_cast<int>(std::floor(std::clamp(at.column, -1e6, 1e6) + 0.5));
    probe.row = static_cast<int>(std::floor(std::clamp(at.row, -1e6, 1e6) + 0.5));
    const imaging::Size size = m_state.picture->size();
    if (probe.column < 0 || probe.row < 0 || probe.column >= size.width || probe.row >= size.height)
        return std::nullopt;
    probe.value = m_state.picture->valueAt(probe.column, probe.row);
    probe.colour = m_state.picture->colourAt(probe.column, probe.row);
    probe.unit = m_state.unit;
    probe.point = at;
    if (const auto *region = dicom::regionAt(m_state.regions, at))
        probe.region = *region;
    return probe;
}

} // namespace negatoscope::session
