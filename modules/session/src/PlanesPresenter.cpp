#include "Background.h"
#include "PlaneDrawer.h"

#include <session/PlanesPresenter.h>
#include <session/StackLoader.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <cmath>
#include <utility>

namespace negatoscope::session {

using base::PatientPoint;
using base::PatientVector;

namespace {

/// The reader holds still.
constexpr int kStillMs = 150;
/// What drawing all planes may take while the reader moves them.
constexpr double kMovingMs = 22;
constexpr double kCoarsest = 4;

volume::Interpolation resampledBy(imaging::Interpolation interpolation)
{
    switch (interpolation) {
    case imaging::Interpolation::Nearest:
        return volume::Interpolation::Nearest;
    case imaging::Interpolation::Bilinear:
        return volume::Interpolation::Linear;
    case imaging::Interpolation::Bicubic:
        break;
    }
    return volume::Interpolation::Cubic;
}

std::optional<dicom::ImagePlane> shownIn(const ViewportPresenter &viewport)
{
    const auto &plane = viewport.state().plane;
    return plane ? std::optional(plane->raster) : std::nullopt;
}

/// Signed as facts of slices are: to the left, the back, the head.
double positionOf(const dicom::ImagePlane &plane)
{
    const PatientVector n = plane.normal();
    const double x = std::abs(n.x), y = std::abs(n.y), z = std::abs(n.z);
    const double main = z >= x && z >= y ? n.z : y >= x ? n.y : n.x;
    return dot(plane.origin - PatientPoint{}, n) * (main < 0 ? -1 : 1);
}

} // namespace

PlanesPresenter::PlanesPresenter(Services services, ViewportPresenter &source,
                                 const std::array<ViewportPresenter *, kPlanes> &viewports,
                                 imaging::Interpolation interpolation, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_source(source),
      m_viewports(viewports),
      m_volume(services.volumes),
      m_interpolation(resampledBy(interpolation))
{
    m_stillTimer.setSingleShot(true);
    m_stillTimer.setInterval(kStillMs);
    connect(&m_stillTimer, &QTimer::timeout, this, [this] { wish(false); });
    m_drawer = std::make_unique<PlaneDrawer>([this](const PlaneDrawer::Drawn &drawn) {
        QMetaObject::invokeMethod(
            this,
            [this, drawn] {
                for (int plane = 0; plane < kPlanes; ++plane)
                    if (drawn[std::size_t(plane)])
                        take(plane, *drawn[std::size_t(plane)]);
                tellLines();
            },
            Qt::QueuedConnection);
    });
    for (int plane = 0; plane < kPlanes; ++plane) {
        ViewportPresenter &viewport = *m_viewports[std::size_t(plane)];
        viewport.showPlanes(source);
        connect(&viewport, &ViewportPresenter::planeWanted, this,
                [this, plane](int index) { goTo(plane, index); });
        connect(&viewport, &ViewportPresenter::acted, this,
                [this, plane](const ViewportAct &act) { follow(plane, act); });
    }
    connect(&m_volume, &VolumePresenter::changed, this, &PlanesPresenter::takeVolume);
    connect(&source, &ViewportPresenter::listed, this, &PlanesPresenter::takeStack);
    connect(&source, &ViewportPresenter::grown, this, &PlanesPresenter::takeStack);
    takeStack();
}

PlanesPresenter::~PlanesPresenter() = default;

// --- The volume ---

void PlanesPresenter::takeStack()
{
    if (m_source.stack())
        m_volume.show(volumeSlicesAround(*m_source.stack(), m_source.target()));
}

void PlanesPresenter::takeVolume()
{
    using Stage = VolumePresenter::Stage;
    const auto &volume = m_volume.volume();
    if (!volume) {
        if (m_volume.stage() == Stage::Refused || m_volume.stage() == Stage::Failed)
            Q_EMIT refused();
        return;
    }
    const auto &geometry = volume->volume->geometry();
    if (m_set.isEmpty())
        m_set = PlaneSet(geometry);
    else if (m_set.geometry() != geometry)
        m_set.setGeometry(geometry);
    if (!m_placed)
        placeCross();
    wish(m_stillTimer.isActive());
}

/// Where the reader was: in the middle of the image that was looked at.
void PlanesPresenter::placeCross()
{
    m_placed = true;
    const ViewportState &state = m_source.state();
    if (!state.picture)
        return;
    if (const auto plane =
            dicom::ImagePlane::of(state.geometry, state.picture->size().width, state.picture->size().height))
        m_set.moveCross(plane->centre());
}

// --- Drawing ---

double PlanesPresenter::coarserNow() const
{
    double all = 0;
    for (const double ms : m_fullMs)
        all += ms;
    return std::clamp(std::ceil(std::sqrt(all / kMovingMs) - 0.1), 1.0, kCoarsest);
}

PlaneWish PlanesPresenter::wishOf(int plane, double coarser) const
{
    PlaneWish wish;
    wish.of = m_volume.volume();
    PlaneState &state = wish.state;
    state.kind = static_cast<PlaneKind>(plane);
    state.oblique = m_set.isOblique(plane);
    state.fullRaster = m_set.raster(plane);
    state.raster = coarser == 1 ? state.fullRaster : m_set.raster(plane, coarser);
    state.coarser = state.raster.columnSpacing / state.fullRaster.columnSpacing;
    state.slab = m_slabs[std::size_t(plane)];
    state.interpolation = m_interpolation;
    state.stepMm = m_set.stepMm(plane);
    state.findings = wish.of->findings;
    state.storage = wish.of->volume->storage();
    wish.facts = wish.of->facts;
    wish.facts.slicePositionMm = positionOf(state.raster);
    wish.facts.sliceThicknessMm = std::max(state.slab.thicknessMm, m_set.voxelMm(plane));
    wish.index = m_set.index(plane);
    wish.count = m_set.count(plane);
    return wish;
}

void PlanesPresenter::wish(bool moving)
{
    if (m_set.isEmpty() || !m_volume.volume())
        return;
    const double coarser = moving ? coarserNow() : 1;
    PlaneDrawer::Wishes wishes;
    bool any = false;
    for (int plane = 0; plane < kPlanes; ++plane) {
        const auto at = std::size_t(plane);
        m_viewports[at]->setPlaneTarget(m_set.index(plane));
        PlaneWish wish = wishOf(plane, coarser);
        const volume::Volume &voxels = *wish.of->volume;
        const Asked asked{&voxels, voxels.arrived() + voxels.failed(), wish.state.raster, wish.state.slab,
                          m_interpolation};
        if (asked == m_asked[at])
            continue;
        m_asked[at] = asked;
        ++m_underWay[at];
        wishes[at] = std::move(wish);
        any = true;
    }
    if (any)
        m_drawer->draw(std::move(wishes));
    if (moving)
        m_stillTimer.start();
    tellLines();
}

void PlanesPresenter::take(int plane, const DrawnPlane &drawn)
{
    const auto at = std::size_t(plane);
    const Asked &asked = m_asked[at];
    const PlaneState &state = drawn.wish.state;
    const bool isLatest = drawn.wish.of->volume.get() == asked.volume && state.raster == asked.raster &&
                          state.slab == asked.slab && state.interpolation == asked.interpolation &&
                          state.arrived + state.failed >= asked.arrived;
    if (isLatest)
        m_underWay[at] = 0;
    // Pixels of a coarse picture cost what those of a full one do.
    const double perPixel = drawn.wallMs / (double(state.raster.columns) * state.raster.rows);
    m_fullMs[at] = perPixel * state.fullRaster.columns * state.fullRaster.rows;
    m_viewports[at]->takePlane(drawn);
    m_zooms[at] = m_viewports[at]->state().view.zoom;
}

bool PlanesPresenter::isSettled() const
{
    using Stage = VolumePresenter::Stage;
    return m_volume.stage() == Stage::Settled && !m_stillTimer.isActive() &&
           std::all_of(m_underWay.begin(), m_underWay.end(), [](int count) { return count == 0; });
}

// --- Hands ---

void PlanesPresenter::moveCross(int plane, base::ViewPoint at)
{
    const ViewportPresenter &viewport = *m_viewports[std::size_t(plane)];
    const auto shown = shownIn(viewport);
    if (!shown)
        return;
    const PatientPoint point = shown->toPatient(viewport.state().transform.toImage(at));
    // Within the plane that is wanted, which may be ahead of the one that is shown.
    const PatientVector normal = m_set.frame(plane).normal();
    m_set.moveCross(point + normal * dot(m_set.cross() - point, normal));
    wish(true);
}

void PlanesPresenter::moveCrossTo(PatientPoint point)
{
    if (m_set.isEmpty())
        return;
    m_set.moveCross(point);
    wish(true);
}

void PlanesPresenter::drag(int plane, const CrossHold &hold, base::ViewPoint from, base::ViewPoint to)
{
    using Part = CrossHold::Part;
    const ViewportPresenter &viewport = *m_viewports[std::size_t(plane)];
    const auto shown = shownIn(viewport);
    if (!shown || hold.part == Part::None)
        return;
    const auto &transform = viewport.state().transform;
    const PatientVector arm = shown->toPatient(transform.toImage(to)) - m_set.cross();
    const PatientVector normal = m_set.frame(plane).normal(), other = m_set.frame(hold.plane).normal();
    switch (hold.part) {
    case Part::Centre:
        moveCross(plane, to);
        return;
    case Part::Line:
        m_set.moveCross(m_set.cross() + other * dot(arm, other));
        break;
    case Part::End: {
        const PatientVector before = shown->toPatient(transform.toImage(from)) - m_set.cross();
        holdScale(plane);
        m_set.turn(plane, std::atan2(dot(cross(before, arm), normal), dot(before, arm)));
        break;
    }
    case Part::Slab:
        setSlabThickness(hold.plane, 2 * std::abs(dot(arm, other)));
        return;
    case Part::None:
        return;
    }
    wish(true);
}

void PlanesPresenter::goTo(int plane, int index)
{
    if (m_set.isEmpty())
        return;
    m_set.goTo(plane, index);
    wish(true);
}

void PlanesPresenter::reset()
{
    if (m_set.isEmpty())
        return;
    m_set.straighten();
    for (PlaneSlab &slab : m_slabs)
        slab.thicknessMm = 0;
    if (std::exchange(m_held, false)) {
        m_following = true;
        for (ViewportPresenter *viewport : m_viewports)
            viewport->fit();
        m_following = false;
    }
    wish(false);
}

/// A plane that is turned is cut out of the volume in another width and height: what is fitted to the
/// viewport would grow and shrink with it.
void PlanesPresenter::holdScale(int turned)
{
    const bool wasFollowing = std::exchange(m_following, true);
    for (int plane = 0; plane < kPlanes; ++plane) {
        ViewportPresenter &viewport = *m_viewports[std::size_t(plane)];
        if (plane == turned || viewport.state().view.zoom != 0)
            continue;
        const imaging::Size size = viewport.state().transform.view();
        viewport.zoomAt({size.width / 2.0, size.height / 2.0}, 1);
        m_zooms[std::size_t(plane)] = viewport.state().view.zoom;
        m_held = true;
    }
    m_following = wasFollowing;
}

void PlanesPresenter::setSlabThickness(int plane, double mm)
{
    if (m_set.isEmpty() || !std::isfinite(mm))
        return;
    // Less than two voxels is no slab; in steps that can be read.
    const double rounded = std::round(std::clamp(mm, 0.0, kThickestMm) * 10) / 10;
    m_slabs[std::size_t(plane)].thicknessMm = rounded < 1.5 * m_set.voxelMm(plane) ? 0 : rounded;
    wish(true);
}

void PlanesPresenter::thicken(int plane, int steps)
{
    if (m_set.isEmpty())
        return;
    const double least = std::ceil(2 * m_set.voxelMm(plane));
    double mm = m_slabs[std::size_t(plane)].thicknessMm;
    for (int i = 0; i < std::abs(steps); ++i) {
        const bool thicker = steps > 0;
        const double by = mm < 10 || (!thicker && mm <= 10) ? 1 : mm < 30 || (!thicker && mm <= 30) ? 2 : 5;
        if (thicker)
            mm = mm <= 0 ? least : mm + by;
        else
            mm = mm - by < least ? 0 : mm - by;
    }
    setSlabThickness(plane, mm);
}

void PlanesPresenter::setProjection(volume::Projection projection)
{
    for (PlaneSlab &slab : m_slabs)
        slab.projection = projection;
    wish(false);
    announceOnce(this, m_announcing, &PlanesPresenter::changed);
}

void PlanesPresenter::setStepMm(double mm)
{
    m_set.setStepMm(mm);
    m_asked = {}; // the pictures are the same, what is said of them is not
    wish(false);
    announceOnce(this, m_announcing, &PlanesPresenter::changed);
}

void PlanesPresenter::setInterpolation(imaging::Interpolation interpolation)
{
    m_interpolation = resampledBy(interpolation);
    wish(false);
}

void PlanesPresenter::showLines(bool show)
{
    m_lines = show;
    tellLines();
}

// --- What the viewports have in common ---

void PlanesPresenter::follow(int plane, const ViewportAct &act)
{
    if (m_following)
        return;
    m_following = true;
    ViewportPresenter &source = *m_viewports[std::size_t(plane)];
    using Kind = ViewportAct::Kind;
    if (act.kind == Kind::View)
        followZoom(plane);
    for (int other = 0; other < kPlanes; ++other) {
        ViewportPresenter &viewport = *m_viewports[std::size_t(other)];
        if (other == plane || act.kind == Kind::View || act.kind == Kind::Scroll)
            continue;
        Viewing viewing = source.viewing();
        const Viewing own = viewport.viewing();
        viewing.view = own.view;
        viewing.hungTurn = own.hungTurn;
        viewport.setViewing(viewing);
        if (act.kind == Kind::Fit)
            viewport.fit();
    }
    for (std::size_t one = 0; one < m_viewports.size(); ++one)
        m_zooms[one] = m_viewports[one]->state().view.zoom;
    m_following = false;
}

/// The same scale, about the cross; panning is each viewport's own.
void PlanesPresenter::followZoom(int plane)
{
    const auto at = std::size_t(plane);
    const auto shown = shownIn(*m_viewports[at]);
    if (!shown || m_viewports[at]->state().view.zoom == m_zooms[at])
        return;
    const double scale = m_viewports[at]->state().transform.scaleColumn() / shown->columnSpacing;
    for (int other = 0; other < kPlanes; ++other) {
        ViewportPresenter &viewport = *m_viewports[std::size_t(other)];
        const auto raster = shownIn(viewport);
        if (other == plane || !raster)
            continue;
        const auto &transform = viewport.state().transform;
        viewport.zoomAt(transform.toView(raster->toImage(m_set.cross())),
                        scale * raster->columnSpacing / transform.scaleColumn());
    }
}

/// The lines of the others in each plane, by the picture that is shown.
void PlanesPresenter::tellLines()
{
    for (int plane = 0; plane < kPlanes; ++plane) {
        const auto shown = shownIn(*m_viewports[std::size_t(plane)]);
        if (!shown)
            continue;
        Guides guides;
        for (int other = 0; other < kPlanes; ++other) {
            if (other == plane || !m_lines)
                continue;
            const PatientVector along = cross(m_set.frame(other).normal(), shown->normal());
            const double size = length(along);
            if (size < 1e-6)
                continue;
            PlaneLine line;
            line.plane = other;
            line.through = shown->toImage(m_set.cross());
            line.alongColumn = dot(along, shown->row) / size;
            line.alongRow = dot(along, shown->column) / size;
            line.halfSlab = m_slabs[std::size_t(other)].thicknessMm / 2 / shown->columnSpacing;
            guides.planes.push_back(line);
        }
        m_viewports[std::size_t(plane)]->setGuides(std::move(guides));
    }
}

QJsonObject PlanesPresenter::json() const
{
    using Stage = VolumePresenter::Stage;
    const auto name = [&] {
        switch (m_volume.stage()) {
        case Stage::Planning:
            return "planning";
        case Stage::Filling:
            return "filling";
        case Stage::Settled:
            return "settled";
        case Stage::Refused:
            return "refused";
        case Stage::Failed:
            break;
        }
        return "failed";
    };
    QJsonObject json{{QStringLiteral("volume"), QLatin1String(name())},
                     {QStringLiteral("settled"), isSettled()}};
    if (m_source.series())
        json.insert(QStringLiteral("seriesInstanceUid"),
                    QString::fromStdString(m_source.series()->uid.value()));
    if (!m_set.isEmpty())
        json.insert(QStringLiteral("crossMm"), QJsonArray{m_set.cross().x, m_set.cross().y, m_set.cross().z});
    return json;
}

} // namespace negatoscope::session
