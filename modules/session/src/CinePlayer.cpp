#include <session/CinePlayer.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

namespace {

using namespace std::chrono_literals;
using Time = CinePlayer::Time;

/// What must lie ahead before a held reel goes on: this long, but no more than memory can hold.
constexpr Time kAhead = 500ms;
constexpr Time kRateWindow = 1s;
/// While holding, and where nothing is due for long: the caller looks again after this.
constexpr Time kLookAgain = 30ms;

} // namespace

// --- One reel's time line ---

void CinePlayer::State::layOut(int at)
{
    const int frames = static_cast<int>(reel.durations.size());
    order.clear();
    for (int frame = 0; frame < frames; ++frame)
        order.push_back(frame);
    for (int frame = frames - 2; reel.sweep && frame > 0; --frame)
        order.push_back(frame);
    starts.assign(1, Time{0});
    for (const int frame : order)
        starts.push_back(starts.back() + reel.durations[static_cast<std::size_t>(frame)]);
    step = std::clamp(at, 0, frames - 1);
    place = startOf(step);
}

std::int64_t CinePlayer::State::stepAt(Time at) const
{
    const Time round = starts.back();
    const std::int64_t rounds = at / round;
    const auto next = std::upper_bound(starts.begin(), starts.end() - 1, at % round);
    return rounds * static_cast<std::int64_t>(order.size()) + (next - starts.begin()) - 1;
}

Time CinePlayer::State::startOf(std::int64_t at) const
{
    const auto size = static_cast<std::int64_t>(order.size());
    return starts.back() * (at / size) + starts[static_cast<std::size_t>(at % size)];
}

int CinePlayer::State::frameOf(std::int64_t at) const
{
    return order[static_cast<std::size_t>(at % static_cast<std::int64_t>(order.size()))];
}

// --- Reels ---

CinePlayer::State *CinePlayer::find(ReelId id)
{
    const auto at = std::find_if(m_reels.begin(), m_reels.end(), [id](const State &s) { return s.id == id; });
    return at == m_reels.end() ? nullptr : &*at;
}

const CinePlayer::State *CinePlayer::find(ReelId id) const
{
    return const_cast<CinePlayer *>(this)->find(id);
}

CinePlayer::ReelId CinePlayer::add(Reel reel, Time now)
{
    if (m_reels.empty()) {
        m_speed = 1;
        m_holding = false;
    }
    anchor(now);
    State state;
    state.id = ++m_lastId;
    state.reel = std::move(reel);
    state.playedFrom = now;
    state.layOut(state.reel.at);
    m_reels.push_back(std::move(state));
    return m_lastId;
}

void CinePlayer::remove(ReelId id, Time now)
{
    anchor(now);
    std::erase_if(m_reels, [id](const State &state) { return state.id == id; });
}

Time CinePlayer::placeOf(const State &state, Time now) const
{
    if (m_holding)
        return state.place;
    return state.place +
           Time(static_cast<Time::rep>(std::llround(static_cast<double>((now - m_since).count()) * m_speed)));
}

/// Places are reckoned from `now` on: whenever the speed changes, or time stands still.
void CinePlayer::anchor(Time now)
{
    for (State &state : m_reels)
        state.place = placeOf(state, now);
    m_since = now;
}

void CinePlayer::setSpeed(double speed, Time now)
{
    anchor(now);
    m_speed = speed;
}

void CinePlayer::setSweep(ReelId id, bool sweep, Time now)
{
    State *state = find(id);
    if (state == nullptr || state->reel.sweep == sweep)
        return;
    anchor(now);
    state->reel.sweep = sweep;
    state->layOut(state->frameOf(state->step));
}

bool CinePlayer::isSweeping(ReelId id) const
{
    const State *state = find(id);
    return state != nullptr && state->reel.sweep;
}

// --- Playing ---

int CinePlayer::needed(const State &state) const
{
    const Time last =
        state.place + Time(static_cast<Time::rep>(static_cast<double>(kAhead.count()) * m_speed));
    const auto ahead = static_cast<int>(std::min<std::int64_t>(state.stepAt(last) - state.step, 1 << 20));
    const int frames = static_cast<int>(state.reel.durations.size());
    return std::clamp(ahead, 1, std::max(1, std::min(frames - 1, state.reel.mostAhead)));
}

int CinePlayer::ready(const State &state) const
{
    int count = 0;
    for (int i = 1, all = needed(state); i <= all; ++i)
        count += state.reel.isReady(state.frameOf(state.step + i)) ? 1 : 0;
    return count;
}

bool CinePlayer::resumes(Time now)
{
    for (const State &state : m_reels)
        if (ready(state) < needed(state))
            return false;
    m_holding = false;
    m_since = now;
    return true;
}

Time CinePlayer::advance(Time now)
{
    if (m_reels.empty())
        return now + kLookAgain;
    if (m_holding && !resumes(now))
        return now + kLookAgain;

    for (const State &state : m_reels) {
        const std::int64_t due = state.stepAt(placeOf(state, now));
        if (due == state.step || state.reel.isReady(state.frameOf(due)))
            continue;
        // Time stands still right before what is missing; all reels go back by as much and stay in step.
        anchor(now);
        m_holding = true;
        const Time back = state.place - (state.startOf(state.step + 1) - Time{1});
        for (State &held : m_reels) {
            held.place = std::max(held.place - back, held.startOf(held.step));
            held.recent.clear();
        }
        return now + kLookAgain;
    }

    Time next = now + kLookAgain * 10;
    std::vector<std::pair<std::function<void(int)>, int>> shows; // what is shown may change the reels
    for (State &state : m_reels) {
        const std::int64_t due = state.stepAt(placeOf(state, now));
        if (due > state.step) {
            state.dropped += static_cast<std::uint64_t>(due - state.step - 1);
            ++state.shown;
            state.step = due;
            if (state.recent.empty())
                state.playedFrom = now;
            state.recent.push_back(now);
            while (state.recent.front() <= now - kRateWindow)
                state.recent.pop_front();
            shows.emplace_back(state.reel.show, state.frameOf(due));
        }
        const Time left = state.startOf(state.step + 1) - placeOf(state, now);
        next = std::min(
            next, now + Time(static_cast<Time::rep>(std::ceil(static_cast<double>(left.count()) / m_speed))));
    }
    for (const auto &[show, frame] : shows)
        show(frame);
    return next;
}

std::optional<CinePlayer::Progress> CinePlayer::progress(ReelId id, Time now) const
{
    const State *state = find(id);
    if (state == nullptr)
        return std::nullopt;
    Progress progress;
    const double round = static_cast<double>(state->starts.back().count());
    progress.rate = static_cast<double>(state->order.size()) * 1e9 / round * m_speed;
    progress.shown = state->shown;
    progress.dropped = state->dropped;
    progress.holding = m_holding;
    progress.achieved = progress.rate;
    if (state->recent.size() > 1 && now - state->playedFrom >= kRateWindow) {
        const Time span = state->recent.back() - state->recent.front();
        progress.achieved =
            static_cast<double>(state->recent.size() - 1) * 1e9 / static_cast<double>(span.count());
    }
    if (m_holding) {
        progress.needed = needed(*state);
        progress.ready = ready(*state);
    }
    return progress;
}

std::vector<int> CinePlayer::upcoming(ReelId id, int count) const
{
    std::vector<int> frames;
    const State *state = find(id);
    if (state == nullptr)
        return frames;
    count = std::min(count, static_cast<int>(state->order.size()) - 1);
    for (int i = 1; i <= count; ++i)
        frames.push_back(state->frameOf(state->step + i));
    return frames;
}

} // namespace negatoscope::session
