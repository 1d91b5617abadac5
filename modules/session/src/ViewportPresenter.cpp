#include "Background.h"
#include "PictureFacts.h"

#include <cache/Cache.h>
#include <session/FrameDelivery.h>
#include <session/StackLoader.h>
#include <session/ViewportPresenter.h>

#include <algorithm>

namespace negatoscope::session {

using codec::Purpose;

namespace {

/// Frames loaded ahead at most.
constexpr int kPrefetch = 512;
/// A viewport that is not active keeps only its neighbours ready.
constexpr int kPrefetchInactive = 8;
constexpr int kAdjacent = 4;
/// How often what has been loaded is looked at, for the scroll bar.
constexpr int kMarksMs = 120;

} // namespace

ViewportPresenter::ViewportPresenter(Services services, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_client(services.frames.loader().newClient())
{
    m_marksTimer.setSingleShot(true);
    m_marksTimer.setInterval(kMarksMs);
    connect(&m_marksTimer, &QTimer::timeout, this, &ViewportPresenter::updateMarks);
    connect(&m_services.frames, &FrameDelivery::frameReady, this, &ViewportPresenter::deliver);
    m_growTimer.setSingleShot(true);
    connect(&m_growTimer, &QTimer::timeout, this, [this] { list(true); });
}

ViewportPresenter::~ViewportPresenter()
{
    m_services.frames.loader().remove(m_client);
}

void ViewportPresenter::announce()
{
    announceOnce(this, m_announcing, &ViewportPresenter::changed);
}

// --- Series ---

void ViewportPresenter::clear()
{
    ++m_generation;
    m_services.frames.loader().remove(m_client);
    m_study.reset();
    m_series.reset();
    m_stack.reset();
    m_firstKey = {};
    m_firstPath.clear();
    m_keys.clear();
    m_films.clear();
    m_gaps.clear();
    m_upcoming.clear();
    m_wished.clear();
    m_marks.reset(0);
    m_growTimer.stop();
    m_listing = m_mustGrow = false;
    m_trueSizePixelsPerMm = 0;
    m_target = 0;
    m_userWindow.reset();
    m_autoWindow.reset();
    m_userWindowName.clear();
    m_voiChoice = 0;
    m_attributes = {};
    m_geometry = {};
    m_first = {};
    m_defaults = {};
    m_planes = false;
    m_atEdge = false;
    m_maskInstance = {};
    m_maskModule.reset();
    m_ownMask.reset();
    m_maskRows = m_maskColumns = 0;
    m_subtractionWindow.reset();
    m_userSubtractionWindow.reset();
    m_beside.clear();
    m_besidePictures.clear();
    m_arrived.reset();
    ViewportState empty;
    empty.active = m_state.active;
    empty.render.interpolation = m_state.render.interpolation;
    empty.study = m_state.study;
    m_state = std::move(empty);
    announce();
    Q_EMIT scrolled();
}

void ViewportPresenter::showSeries(const cache::StudyRecord &study, const cache::SeriesRecord &series,
                                   const FirstImage &first)
{
    clear();
    m_study = study;
    m_series = series;
    m_first = first;
    m_defaults = ViewingDefaults::of(series.modality);
    m_atEdge = m_defaults.breast;
    m_state.render.inverted = m_defaults.inverted;
    m_state.clampAtZero = m_defaults.clampAtZero;
    m_state.content = ViewportState::Content::Waiting;
    m_state.facts = factsOf(study, series, {});
    m_state.count = series.frames;
    m_state.completeness = series.completeness;
    m_state.instances = series.instances;
    m_state.expected = series.expected;
    m_state.notDisplayable = series.instances - series.displayable;
    m_state.identityConflict = study.identityConflict;

    const quint64 generation = m_generation;
    if (first.where == FirstImage::Where::Named) {
        m_firstKey = {first.instance, 0};
        m_firstPath = first.path;
        goTo(0);
    } else if (first.where == FirstImage::Where::First) {
        inBackground(
            this, [&cache = m_services.cache, uid = series.uid] { return cache.firstInstance(uid); },
            [this, generation](const base::Result<cache::InstanceRecord> &found) {
                if (generation == m_generation)
                    takeFirst(found);
            });
    }
    list(false);
}

void ViewportPresenter::takeFirst(const base::Result<cache::InstanceRecord> &first)
{
    if (m_stack)
        return;
    if (!first) {
        showFailure(0, first.error());
        return;
    }
    if (first->frames == 0)
        return; // the stack will tell what the series has to show
    m_firstKey = {first->uid, 0};
    m_firstPath = first->path;
    goTo(0);
}

void ViewportPresenter::takeStack(std::shared_ptr<const LoadedStack> loaded)
{
    takeListing(std::move(loaded));
    if (m_stack->stack.frames.empty()) {
        showFailure(0, base::Error(base::ErrorCode::NoPixelData, "no object of the series has pixels"));
        return;
    }
    // What was found first is nearly always first; the frames of one object may be read in another order.
    if (m_state.frame)
        m_state.index = indexOf(m_state.frame->key).value_or(0);
    goTo(firstIndex());
    Q_EMIT listed();
}

/// Where the series begins: as the first layout wants it.
int ViewportPresenter::firstIndex() const
{
    switch (m_first.where) {
    case FirstImage::Where::First:
        break;
    case FirstImage::Where::Middle:
        // Of the first volume: further on the same places come again.
        return static_cast<int>(m_stack->stack.volumes.front().count / 2);
    case FirstImage::Where::Named:
        return indexOf({m_first.instance, 0}).value_or(0);
    case FirstImage::Where::Place:
        return std::clamp(m_first.place, 0, stackSize() - 1);
    }
    return 0;
}

void ViewportPresenter::takeListing(std::shared_ptr<const LoadedStack> loaded)
{
    m_stack = std::move(loaded);
    m_keys.clear();
    m_keys.reserve(m_stack->stack.frames.size());
    for (const dicom::StackFrame &frame : m_stack->stack.frames)
        m_keys.push_back({frame.instance, frame.frame});
    findFilms();
    m_gaps = gapsOf(m_stack->stack);
    m_marks.reset(m_keys.size());
    m_state.countFinal = true;
    m_state.count = stackSize();
    m_state.findings = m_stack->stack.findings;
    m_state.notDisplayable = m_stack->notDisplayable;
    updateMissing();
}

int ViewportPresenter::stackSize() const
{
    if (m_stack)
        return static_cast<int>(m_stack->stack.frames.size());
    return m_firstPath.empty() ? 0 : 1;
}

const frames::FrameKey &ViewportPresenter::keyAt(int index) const
{
    return m_stack ? m_keys[static_cast<std::size_t>(index)] : m_firstKey;
}

const std::string &ViewportPresenter::pathAt(int index) const
{
    return m_stack ? m_stack->paths[static_cast<std::size_t>(index)] : m_firstPath;
}

std::optional<int> ViewportPresenter::indexOf(const frames::FrameKey &key) const
{
    if (!m_stack)
        return std::nullopt;
    const auto at = std::find(m_keys.begin(), m_keys.end(), key);
    return at == m_keys.end() ? std::nullopt : std::optional(static_cast<int>(at - m_keys.begin()));
}

// --- Scrolling ---

void ViewportPresenter::scrollBy(int frames)
{
    scrollTo(m_target + frames);
}

void ViewportPresenter::scrollTo(int index)
{
    const int size = m_planes ? m_state.count : stackSize();
    if (size == 0)
        return;
    const int target = std::clamp(index, 0, size - 1);
    if (target == m_target)
        return;
    if (m_planes) {
        m_target = target;
        Q_EMIT planeWanted(target);
        return;
    }
    m_direction = target > m_target ? 1 : -1;
    m_upcoming.clear();
    goTo(target);
    Q_EMIT scrolled();
    Q_EMIT acted({ViewportAct::Kind::Scroll});
}

void ViewportPresenter::goTo(int index)
{
    m_target = index;
    if (!tryShow(index))
        m_state.pending = index;
    requestFrames();
    announce();
}

std::optional<frames::FrameResult> ViewportPresenter::lookUp(const frames::FrameKey &key)
{
    if (m_arrived && m_arrived->first == key)
        return m_arrived->second;
    if (const auto at = m_beside.find(key); at != m_beside.end())
        return frames::FrameResult(at->second);
    return m_services.frames.store().find(key);
}

bool ViewportPresenter::tryShow(int index)
{
    const frames::FrameKey key = keyAt(index);
    const auto known = lookUp(key);
    if (!known)
        return false;
    if (!*known) {
        showFailure(index, known->error());
        return true;
    }
    readMaskModule(***known);
    std::map<frames::FrameKey, frames::FramePointer> beside;
    for (const frames::FrameKey &other : drawnWith(key)) {
        const auto found = lookUp(other);
        if (!found)
            return false;
        if (*found) // else the frame is shown as it is, and says that it is not subtracted
            beside.emplace(other, **found);
    }
    m_beside = std::move(beside);
    show(index, **known);
    return true;
}

void ViewportPresenter::setActive(bool active)
{
    if (m_state.active == active)
        return;
    m_state.active = active;
    requestFrames();
    announce();
}

/// States the whole list of wishes: the target, its neighbours, then what lies ahead in the direction of
/// travel.
void ViewportPresenter::requestFrames()
{
    const int size = stackSize();
    if (size == 0)
        return;
    auto &store = m_services.frames.store();
    const int affordable = affordableFrames();
    const int reach =
        std::clamp(m_state.active ? affordable : std::min(affordable, kPrefetchInactive), 1, kPrefetch);

    std::vector<frames::FrameRequest> wishes;
    m_wished.clear();
    const auto wish = [&](int index, Purpose purpose) {
        if (index < 0 || index >= size)
            return;
        const frames::FrameKey &key = keyAt(index);
        if (!store.contains(key)) {
            wishes.push_back({key, pathAt(index), purpose});
            m_wished.push_back(index);
        }
    };
    const Purpose urgent = m_state.active ? Purpose::Interactive : Purpose::Visible;
    wish(m_target, urgent);
    // The masks of a subtraction are frames of the same object.
    for (const frames::FrameKey &other : drawnWith(keyAt(m_target)))
        if (!m_beside.contains(other) && !store.contains(other))
            wishes.push_back({other, pathAt(m_target), urgent});
    for (std::size_t step = 0; step < m_upcoming.size(); ++step)
        wish(m_upcoming[step], step < kAdjacent ? Purpose::Visible : Purpose::Adjacent);
    for (int step = 1; m_upcoming.empty() && step <= reach; ++step) {
        const Purpose purpose = step <= kAdjacent ? Purpose::Adjacent : Purpose::Prefetch;
        wish(m_target + step * m_direction, purpose);
        // One behind for every four ahead.
        if (step % 4 == 1)
            wish(m_target - (step / 4 + 1) * m_direction, purpose);
    }
    m_services.frames.loader().want(m_client, std::move(wishes));
    if (!m_marksTimer.isActive())
        m_marksTimer.start();
}

void ViewportPresenter::deliver(const frames::FrameKey &key, const frames::FrameResult &result)
{
    if (stackSize() == 0)
        return;
    if (!m_marksTimer.isActive())
        m_marksTimer.start();
    if (!m_state.pending)
        return;
    const frames::FrameKey wanted = keyAt(m_target);
    if (key == wanted) {
        m_arrived.emplace(key, result);
    } else {
        const auto others = drawnWith(wanted);
        if (std::find(others.begin(), others.end(), key) == others.end())
            return;
        if (result)
            m_beside.insert_or_assign(key, *result);
    }
    if (tryShow(m_target))
        m_arrived.reset();
    else
        requestFrames(); // the object has just said that it is drawn with others
}

void ViewportPresenter::retryFailed()
{
    m_services.frames.store().forgetFailures();
    if (stackSize() > 0)
        goTo(m_target);
}

// --- What is shown ---

void ViewportPresenter::show(int index, const frames::FramePointer &frame)
{
    const dicom::DataSet &dataSet = frame->dataSet();
    m_attributes = imaging::DisplayAttributes::of(dataSet, frame->format, frame->key.frame);
    m_geometry = dicom::FrameGeometry::of(dataSet, frame->key.frame);
    m_state.frame = frame;
    m_state.picture =
        imaging::Picture::make(frame, frame->pixels.bytes(), frame->format, frame->photometric, m_attributes);
    m_state.subtraction.shown = subtract(*frame);
    m_state.facts = factsOf(*frame);
    m_state.overlays = imaging::overlaysOf(dataSet, frame->key.frame, frame->embeddedOverlays);
    m_state.content = ViewportState::Content::Picture;
    m_state.error.reset();
    m_state.index = index;
    m_state.pending.reset();
    m_marks.setSeen(static_cast<std::size_t>(index));
    m_state.unit =
        m_state.subtraction.shown ? QString() : QString::fromStdString(dicom::visibleText(m_attributes.unit));
    m_state.regions = dicom::ultrasoundRegionsOf(dataSet);
    m_state.phase =
        m_stack ? dicom::phaseOf(m_stack->stack, static_cast<std::size_t>(index)) : dicom::StackPhase();
    m_state.orientationKnown = m_geometry.orientation.isKnown();
    m_state.spacing = m_geometry.spacing;
    m_state.geometry = m_geometry;
    m_state.frameOfReference = base::FrameOfReferenceUid(dataSet.text(dicom::tags::FrameOfReferenceUid));
    m_state.projection = dicom::isProjection(dataSet);
    m_state.problems.clear();
    for (const std::string &problem : m_attributes.problems)
        m_state.problems.push_back(QString::fromStdString(dicom::visibleText(problem)));
    hangUpright(dataSet);
    updateRender();
    updateTransform();
    announce();
}

void ViewportPresenter::showFailure(int index, const base::Error &error)
{
    m_state.content = ViewportState::Content::Failed;
    m_state.error = error;
    m_state.picture.reset();
    m_state.frame.reset();
    m_state.overlays.clear();
    m_state.regions.clear();
    m_state.subtraction.shown = false;
    m_state.index = index;
    m_state.pending.reset();
    m_state.window.reset();
    m_state.letters = {};
    m_state.orientationKnown = false;
    m_state.geometry = {};
    m_state.facts = factsOf(*m_study, *m_series, stackSize() > 0 ? keyAt(index) : frames::FrameKey());
    announce();
}

void ViewportPresenter::setViewSize(imaging::Size size)
{
    if (size == m_viewSize)
        return;
    m_viewSize = size;
    updateTransform();
    announce();
}

void ViewportPresenter::updateTransform()
{
    if (!m_state.picture)
        return;
    m_state.trueSize = isTrueSize();
    const auto transform = [this] {
        return imaging::ViewTransform(m_state.picture->size(), m_geometry.spacing, m_viewSize, drawnView());
    };
    m_state.view.align = imaging::HorizontalAlign::Centre;
    m_state.transform = transform();
    m_state.letters = dicom::edgeLetters(m_geometry, m_state.transform.directions());
    if (!m_atEdge)
        return;
    // The chest wall is behind: it leans on the edge that the letters name.
    if (m_state.letters.right.starts_with('P'))
        m_state.view.align = imaging::HorizontalAlign::Right;
    else if (m_state.letters.left.starts_with('P'))
        m_state.view.align = imaging::HorizontalAlign::Left;
    m_state.transform = transform();
}

} // namespace negatoscope::session
