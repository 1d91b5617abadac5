// The part of ViewportPresenter that lists its series, and lists it again while more of it comes.
#include "Background.h"

#include <session/StackLoader.h>
#include <session/ViewportPresenter.h>

#include <QtCore/QElapsedTimer>

#include <algorithm>

namespace negatoscope::session {

namespace {

/// A series that arrives is listed again no more often than this, and only a part of the time.
constexpr qint64 kGrowMs = 150, kGrowRest = 3;

struct Listed
{
    std::shared_ptr<const LoadedStack> stack;
    qint64 wallMs = 0;
};

} // namespace

void ViewportPresenter::await()
{
    clear();
    m_state.content = ViewportState::Content::Waiting;
    announce();
}

void ViewportPresenter::list(bool again)
{
    m_listing = true;
    m_mustGrow = false;
    inBackground(
        this,
        [services = m_services, uid = m_series->uid] {
            QElapsedTimer timer;
            timer.start();
            Listed listed;
            listed.stack = std::make_shared<const LoadedStack>(loadStack(services, uid));
            listed.wallMs = timer.elapsed();
            return listed;
        },
        [this, again, generation = m_generation](Listed listed) {
            if (generation != m_generation)
                return;
            m_listing = false;
            m_listedMs = listed.wallMs;
            if (again)
                takeGrown(std::move(listed.stack));
            else
                takeStack(std::move(listed.stack));
            if (m_mustGrow)
                growLater();
        });
}

void ViewportPresenter::takeArrival(const cache::StudyRecord &study, const cache::SeriesRecord &series)
{
    if (!m_series || m_series->uid != series.uid)
        return;
    const bool isMore = series.instances != m_series->instances || series.frames != m_series->frames;
    m_study = study;
    m_series = series;
    m_state.completeness = series.completeness;
    m_state.instances = series.instances;
    m_state.expected = series.expected;
    m_state.identityConflict = study.identityConflict;
    if (!m_state.countFinal)
        m_state.count = series.frames;
    updateMissing();
    if (isMore && !m_planes)
        growLater();
    announce();
}

void ViewportPresenter::growLater()
{
    m_mustGrow = true;
    // A film keeps the frames that it was begun with.
    if (!m_listing && !m_growTimer.isActive() && !m_state.cine)
        m_growTimer.start(static_cast<int>(std::max(kGrowMs, kGrowRest * m_listedMs)));
}

/// Takes a longer stack in place of the one before: the same image is shown, and the same is wanted.
void ViewportPresenter::takeGrown(std::shared_ptr<const LoadedStack> loaded)
{
    if (m_state.cine) {
        m_mustGrow = true;
        return;
    }
    if (!m_stack || m_stack->stack.frames.empty()) {
        takeStack(std::move(loaded)); // there was nothing to show
        return;
    }
    if (loaded->stack.frames.empty())
        return;
    const frames::FrameKey target = keyAt(m_target);
    const frames::FrameKey shown = m_state.frame ? m_state.frame->key : keyAt(m_state.index);
    std::vector<frames::FrameKey> seen;
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        if (m_marks.isSeen(i))
            seen.push_back(m_keys[i]);
    takeListing(std::move(loaded));
    std::map<frames::FrameKey, int> places;
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        places.emplace(m_keys[i], static_cast<int>(i));
    const auto placeOf = [&](const frames::FrameKey &key, int otherwise) {
        const auto at = places.find(key);
        return at == places.end() ? std::clamp(otherwise, 0, stackSize() - 1) : at->second;
    };
    for (const frames::FrameKey &key : seen)
        if (const auto at = places.find(key); at != places.end())
            m_marks.setSeen(static_cast<std::size_t>(at->second));
    m_target = placeOf(target, m_target);
    m_state.index = placeOf(shown, m_state.index);
    if (m_state.pending)
        m_state.pending = m_target;
    m_state.phase = dicom::phaseOf(m_stack->stack, static_cast<std::size_t>(m_state.index));
    m_upcoming.clear();
    requestFrames();
    announce();
    Q_EMIT grown();
}

/// How many of the announced images are missing before, between and after those of the stack.
void ViewportPresenter::updateMissing()
{
    const int missing = m_stack && m_state.expected ? std::max(0, *m_state.expected - m_state.instances) : 0;
    m_marks.setMissing(missing > 0 ? missingAround(m_stack->stack, missing) : std::vector<int>());
}

} // namespace negatoscope::session
