#include <session/CineControl.h>
#include <session/ViewportPresenter.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace negatoscope::session {

using namespace std::chrono_literals;
using Time = CinePlayer::Time;

namespace {

constexpr std::array kRates{0.5,  1.0,  2.0,  3.0,  4.0,  5.0,  6.0,  7.5,  8.0,
                            10.0, 12.5, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0};
/// Frames asked for ahead at most.
constexpr int kMostAhead = 512;

Time steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

/// The rung above or below a rate that may lie between two rungs.
double rung(double rate, int steps)
{
    constexpr double kSame = 0.02;
    for (; steps > 0; --steps) {
        const auto next =
            std::find_if(kRates.begin(), kRates.end(), [&](double r) { return r > rate * (1 + kSame); });
        rate = next == kRates.end() ? std::max(rate, kRates.back()) : *next;
    }
    for (; steps < 0; ++steps) {
        const auto next =
            std::find_if(kRates.rbegin(), kRates.rend(), [&](double r) { return r < rate * (1 - kSame); });
        rate = next == kRates.rend() ? std::min(rate, kRates.front()) : *next;
    }
    return rate;
}

} // namespace

CineControl::CineControl(QObject *parent, Clock clock)
    : QObject(parent),
      m_clock(clock ? std::move(clock) : Clock(steadyTime))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CineControl::advance);
}

CineControl::~CineControl() = default;

bool CineControl::canPlay(const ViewportPresenter &viewport)
{
    const auto &state = viewport.state();
    const auto film = viewport.filmAround();
    return state.frame && state.countFinal && film.second > film.first;
}

const CineControl::Playing *CineControl::find(const ViewportPresenter *viewport) const
{
    const auto at = std::find_if(m_playing.begin(), m_playing.end(),
                                 [viewport](const Playing &playing) { return playing.viewport == viewport; });
    return at == m_playing.end() ? nullptr : &*at;
}

bool CineControl::isPlaying(const ViewportPresenter *viewport) const
{
    return find(viewport) != nullptr;
}

/// In the order of the stack, which need not be that of the frame numbers.
CineTiming CineControl::timingOf(const ViewportPresenter &viewport, int first, int last) const
{
    const auto &state = viewport.state();
    const auto *start = viewport.stackFrame(first), *end = viewport.stackFrame(last);
    const int count = last - first + 1;
    if (state.frame == nullptr || start == nullptr || end == nullptr || start->instance != end->instance)
        return CineTiming::usual(state.facts.modality.toStdString(), count);
    CineTiming timing = CineTiming::of(state.frame->dataSet(), static_cast<int>(state.frame->format.frames));
    auto ordered = CineTiming::usual(state.facts.modality.toStdString(), count);
    ordered.source = timing.source;
    ordered.sweep = timing.sweep;
    bool inOrder = true;
    for (int i = 0; i < count; ++i) {
        const std::size_t number = viewport.stackFrame(first + i)->frame;
        inOrder = inOrder && number == static_cast<std::size_t>(i);
        if (number < timing.durations.size())
            ordered.durations[static_cast<std::size_t>(i)] = timing.durations[number];
    }
    // Trimmed only where the film runs in the order of its numbers, and not while what is trimmed is on
    // screen.
    const int at = viewport.target() - first;
    if (inOrder && timing.last < count && at >= timing.first && at <= timing.last) {
        ordered.first = timing.first;
        ordered.last = timing.last;
    }
    return ordered;
}

double CineControl::rateOf(const ViewportPresenter &viewport) const
{
    if (const auto *playing = find(&viewport))
        return m_player.progress(playing->reel, m_clock())->rate;
    if (!canPlay(viewport) || !viewport.series())
        return 0;
    if (const auto chosen = m_rates.find(viewport.series()->uid); chosen != m_rates.end())
        return chosen->second;
    const auto film = viewport.filmAround();
    // The frames of a stack of single images are all alike to it.
    const auto *first = viewport.stackFrame(film.first);
    const base::InstanceUid instance = first != nullptr ? first->instance : base::InstanceUid();
    if (!m_reckoned || m_reckoned->instance != instance || m_reckoned->film != film)
        m_reckoned = Reckoned{instance, film, timingOf(viewport, film.first, film.second).rate()};
    return m_reckoned->rate;
}

bool CineControl::isSweeping(const ViewportPresenter &viewport) const
{
    if (const auto *playing = find(&viewport))
        return m_player.isSweeping(playing->reel);
    if (!viewport.series())
        return false;
    const auto chosen = m_sweeps.find(viewport.series()->uid);
    return chosen != m_sweeps.end() && chosen->second;
}

void CineControl::start(ViewportPresenter &viewport)
{
    if (!canPlay(viewport) || find(&viewport) != nullptr)
        return;
    auto [first, last] = viewport.filmAround();
    const CineTiming timing = timingOf(viewport, first, last);
    const int from = first + timing.first;
    ViewportPresenter *const shown = &viewport;
    const auto &uid = viewport.series()->uid;

    CinePlayer::Reel reel;
    reel.durations.assign(timing.durations.begin() + timing.first,
                          timing.durations.begin() + timing.last + 1);
    reel.at = viewport.target() - from;
    const auto sweep = m_sweeps.find(uid);
    reel.sweep = sweep != m_sweeps.end() ? sweep->second : timing.sweep;
    reel.mostAhead = std::max(1, viewport.affordableFrames() / 2 / static_cast<int>(m_playing.size() + 1));
    reel.isReady = [shown, from](int frame) { return shown->isLoaded(from + frame); };
    reel.show = [this, shown](int frame) { show(shown, frame); };
    const double own = timing.rate();
    const bool alone = m_player.isEmpty();
    const Time now = m_clock();
    const auto id = m_player.add(std::move(reel), now);
    m_playing.push_back({shown, id, from});
    if (const auto chosen = m_rates.find(uid); alone && chosen != m_rates.end() && own > 0)
        m_player.setSpeed(chosen->second / own, now);
    connect(shown, &ViewportPresenter::scrolled, this, [this, shown] { stop(shown); });
    connect(shown, &QObject::destroyed, this, [this, shown] {
        std::erase_if(m_playing, [&](const Playing &playing) {
            if (playing.viewport == shown)
                m_player.remove(playing.reel, m_clock());
            return playing.viewport == shown;
        });
    });
    show(shown, viewport.target() - from); // what plays next is asked for now
    advance();
    Q_EMIT changed();
}

void CineControl::stop(ViewportPresenter *viewport)
{
    const Playing *playing = find(viewport);
    if (playing == nullptr)
        return;
    m_player.remove(playing->reel, m_clock());
    m_playing.erase(m_playing.begin() + (playing - m_playing.data()));
    disconnect(viewport, nullptr, this, nullptr);
    viewport->setCine(std::nullopt);
    if (m_playing.empty())
        m_timer.stop();
    Q_EMIT changed();
}

void CineControl::toggle(ViewportPresenter &viewport)
{
    if (find(&viewport) != nullptr)
        stop(&viewport);
    else
        start(viewport);
}

void CineControl::toggleAll(const std::vector<ViewportPresenter *> &viewports)
{
    const bool allPlay = std::all_of(viewports.begin(), viewports.end(), [this](const auto *viewport) {
        return !canPlay(*viewport) || isPlaying(viewport);
    });
    // Begun together, so that they are in step from the first frame on.
    for (ViewportPresenter *viewport : viewports)
        stop(viewport);
    for (ViewportPresenter *viewport : viewports)
        if (!allPlay)
            start(*viewport);
}

void CineControl::changeRate(ViewportPresenter &viewport, int steps)
{
    const double before = rateOf(viewport);
    if (before <= 0 || !viewport.series())
        return;
    const double rate = rung(before, steps);
    m_rates[viewport.series()->uid] = rate;
    if (find(&viewport) != nullptr) {
        m_player.setSpeed(m_player.speed() * rate / before, m_clock());
        advance();
    }
    Q_EMIT changed();
}

void CineControl::toggleSweep(ViewportPresenter &viewport)
{
    if (!viewport.series())
        return;
    const bool sweep = !isSweeping(viewport);
    m_sweeps[viewport.series()->uid] = sweep;
    if (const auto *playing = find(&viewport)) {
        m_player.setSweep(playing->reel, sweep, m_clock());
        advance();
    }
    Q_EMIT changed();
}

void CineControl::show(ViewportPresenter *viewport, int frame)
{
    const Playing *playing = find(viewport);
    if (playing == nullptr)
        return;
    const int share = viewport->affordableFrames() / std::max<int>(1, static_cast<int>(m_playing.size()));
    std::vector<int> upcoming = m_player.upcoming(playing->reel, std::clamp(share, 1, kMostAhead));
    for (int &index : upcoming)
        index += playing->first;
    viewport->follow(playing->first + frame, std::move(upcoming));
}

void CineControl::advance()
{
    if (m_playing.empty())
        return;
    const Time now = m_clock();
    const Time next = m_player.advance(now);
    tellStates();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(next - m_clock(), Time{0}));
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

void CineControl::tellStates()
{
    const Time now = m_clock();
    for (const Playing &playing : m_playing) {
        const auto progress = m_player.progress(playing.reel, now);
        if (!progress)
            continue;
        CineState state;
        state.rate = progress->rate;
        state.achieved = progress->achieved;
        state.shown = progress->shown;
        state.dropped = progress->dropped;
        state.sweep = m_player.isSweeping(playing.reel);
        state.buffering = progress->holding;
        state.ready = progress->ready;
        state.needed = progress->needed;
        playing.viewport->setCine(state);
    }
}

} // namespace negatoscope::session
