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

/// Frames loaded ahead at most, and the part of the memory budget one viewport may fill with them.
constexpr int kPrefetch = 512;
constexpr double kPrefetchShare = 0.7;
/// A viewport that is not active keeps only its neighbours ready.
constexpr int kPrefetchInactive = 8;
constexpr int kAdjacent = 4;

} // namespace

ViewportPresenter::ViewportPresenter(Services services, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_client(services.frames.loader().newClient())
{
    connect(&m_services.frames, &FrameDelivery::frameReady, this, &ViewportPresenter::deliver);
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
    m_target = 0;
    m_userWindow.reset();
    m_autoWindow.reset();
    m_userWindowName.clear();
    m_voiChoice = 0;
    m_attributes = {};
    m_geometry = {};
    ViewportState empty;
    empty.active = m_state.active;
    empty.render.interpolation = m_state.render.interpolation;
    empty.study = m_state.study;
    m_state = std::move(empty);
    announce();
}

void ViewportPresenter::showSeries(const cache::StudyRecord &study, const cache::SeriesRecord &series)
{
    clear();
    m_study = study;
    m_series = series;
    m_state.content = ViewportState::Content::Waiting;
    m_state.facts = factsOf(study, series, {});
    m_state.count = series.frames;
    m_state.completeness = series.completeness;
    m_state.instances = series.instances;
    m_state.expected = series.expected;
    m_state.notDisplayable = series.instances - series.displayable;
    m_state.identityConflict = study.identityConflict;

    const quint64 generation = m_generation;
    inBackground(
        this, [&cache = m_services.cache, uid = series.uid] { return cache.firstInstance(uid); },
        [this, generation](const base::Result<cache::InstanceRecord> &first) {
            if (generation == m_generation)
                takeFirst(first);
        });
    inBackground(
        this,
        [services = m_services, uid = series.uid] {
            return std::make_shared<const LoadedStack>(loadStack(services, uid));
        },
        [this, generation](std::shared_ptr<const LoadedStack> loaded) {
            if (generation == m_generation)
                takeStack(std::move(loaded));
        });
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
    const auto &frames = loaded->stack.frames;
    m_stack = std::move(loaded);
    m_state.countFinal = true;
    m_state.count = stackSize();
    m_state.findings = m_stack->stack.findings;
    m_state.notDisplayable = m_stack->notDisplayable;
    if (frames.empty()) {
        showFailure(0, base::Error(base::ErrorCode::NoPixelData, "no object of the series has pixels"));
        return;
    }
    // What was found first is nearly always first; the frames of one object may be read in another order.
    if (m_state.frame)
        m_state.index = indexOf(m_state.frame->key).value_or(0);
    goTo(0);
    Q_EMIT listed();
}

int ViewportPresenter::stackSize() const
{
    if (m_stack)
        return static_cast<int>(m_stack->stack.frames.size());
    return m_firstPath.empty() ? 0 : 1;
}

frames::FrameKey ViewportPresenter::keyAt(int index) const
{
    if (!m_stack)
        return m_firstKey;
    const dicom::StackFrame &frame = m_stack->stack.frames[static_cast<std::size_t>(index)];
    return {frame.instance, frame.frame};
}

const std::string &ViewportPresenter::pathAt(int index) const
{
    return m_stack ? m_stack->paths[static_cast<std::size_t>(index)] : m_firstPath;
}

std::optional<int> ViewportPresenter::indexOf(const frames::FrameKey &key) const
{
    if (!m_stack)
        return std::nullopt;
    const auto &all = m_stack->stack.frames;
    const auto at = std::find_if(all.begin(), all.end(), [&](const dicom::StackFrame &frame) {
        return frame.instance == key.instance && frame.frame == key.frame;
    });
    return at == all.end() ? std::nullopt : std::optional(static_cast<int>(at - all.begin()));
}

// --- Scrolling ---

void ViewportPresenter::scrollBy(int frames)
{
    scrollTo(m_target + frames);
}

void ViewportPresenter::scrollTo(int index)
{
    const int size = stackSize();
    if (size == 0)
        return;
    const int target = std::clamp(index, 0, size - 1);
    if (target == m_target)
        return;
    m_direction = target > m_target ? 1 : -1;
    goTo(target);
    Q_EMIT acted({ViewportAct::Kind::Scroll});
}

void ViewportPresenter::goTo(int index)
{
    m_target = index;
    const auto known = m_services.frames.store().find(keyAt(index));
    if (known) {
        if (*known)
            show(index, **known);
        else
            showFailure(index, known->error());
    } else {
        m_state.pending = index;
    }
    requestFrames();
    announce();
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
    const std::size_t frameBytes = m_state.frame ? m_state.frame->pixels.bytes().size() : 1 << 20;
    const auto affordable = static_cast<int>(kPrefetchShare * static_cast<double>(store.budgetBytes()) /
                                             static_cast<double>(frameBytes));
    const int reach =
        std::clamp(m_state.active ? affordable : std::min(affordable, kPrefetchInactive), 1, kPrefetch);

    std::vector<frames::FrameRequest> wishes;
    const auto wish = [&](int index, Purpose purpose) {
        if (index < 0 || index >= size)
            return;
        auto key = keyAt(index);
        if (!store.contains(key))
            wishes.push_back({std::move(key), pathAt(index), purpose});
    };
    wish(m_target, m_state.active ? Purpose::Interactive : Purpose::Visible);
    for (int step = 1; step <= reach; ++step) {
        const Purpose purpose = step <= kAdjacent ? Purpose::Adjacent : Purpose::Prefetch;
        wish(m_target + step * m_direction, purpose);
        // One behind for every four ahead.
        if (step % 4 == 1)
            wish(m_target - (step / 4 + 1) * m_direction, purpose);
    }
    m_services.frames.loader().want(m_client, std::move(wishes));
}

void ViewportPresenter::deliver(const frames::FrameKey &key, const frames::FrameResult &result)
{
    if (stackSize() == 0 || !m_state.pending || key != keyAt(m_target))
        return;
    if (result)
        show(m_target, *result);
    else
        showFailure(m_target, result.error());
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
    m_state.picture =
        imaging::Picture::make(frame, frame->pixels.bytes(), frame->format, frame->photometric, m_attributes);
    m_state.frame = frame;
    m_state.facts = factsOf(*frame);
    m_state.overlays = imaging::overlaysOf(dataSet, frame->key.frame, frame->embeddedOverlays);
    m_state.content = ViewportState::Content::Picture;
    m_state.error.reset();
    m_state.index = index;
    m_state.pending.reset();
    m_state.unit = QString::fromStdString(dicom::visibleText(m_attributes.unit));
    m_state.orientationKnown = m_geometry.orientation.isKnown();
    m_state.spacing = m_geometry.spacing;
    m_state.geometry = m_geometry;
    m_state.frameOfReference = base::FrameOfReferenceUid(dataSet.text(dicom::tags::FrameOfReferenceUid));
    m_state.projection = dicom::isProjection(dataSet);
    m_state.problems.clear();
    for (const std::string &problem : m_attributes.problems)
        m_state.problems.push_back(QString::fromStdString(dicom::visibleText(problem)));
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
    m_state.transform =
        imaging::ViewTransform(m_state.picture->size(), m_geometry.spacing, m_viewSize, m_state.view);
    m_state.letters = dicom::edgeLetters(m_geometry, m_state.transform.directions());
}

} // namespace negatoscope::session
