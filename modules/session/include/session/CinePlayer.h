#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace negatoscope::session {

/// Plays reels of frames in real time and in step: what is due is reckoned from the clock, never counted up,
/// so that a late turn drops frames and keeps the time.
///
/// Where a due frame is not there yet all reels hold at their place until enough lies ahead: the reader sees
/// that it loads, never a wrong speed.
/// Clock   : the caller's steady clock, handed to every call; it may not run backwards.
/// Threads : one.
class CinePlayer
{
public:
    using Time = std::chrono::nanoseconds;
    using ReelId = int;

    struct Reel
    {
        std::vector<Time> durations; ///< of each frame, positive
        int at = 0;                  ///< the frame that is on screen
        bool sweep = false;          ///< to and fro, else round and round
        int mostAhead = 64;          ///< frames that memory can hold ahead at most
        std::function<bool(int)> isReady;
        std::function<void(int)> show;
    };

    struct Progress
    {
        double rate = 0;     ///< frames per second asked for
        double achieved = 0; ///< over the last second; `rate` until a second has been played
        std::uint64_t shown = 0, dropped = 0;
        bool holding = false; ///< waits for frames: `ready` of `needed` are there
        int ready = 0, needed = 0;
    };

    ReelId add(Reel reel, Time now);
    void remove(ReelId id, Time now);
    bool isEmpty() const { return m_reels.empty(); }

    /// Shows what is due. Returns when to call again; sooner does no harm.
    Time advance(Time now);

    /// Of all reels, relative to their own rates.
    double speed() const { return m_speed; }
    void setSpeed(double speed, Time now);
    void setSweep(ReelId id, bool sweep, Time now);
    bool isSweeping(ReelId id) const;
    std::optional<Progress> progress(ReelId id, Time now) const;
    /// The frames that come after the one on screen, in the order they will be shown.
    std::vector<int> upcoming(ReelId id, int count) const;

private:
    struct State
    {
        ReelId id = 0;
        Reel reel;
        std::vector<int> order;   ///< of one round
        std::vector<Time> starts; ///< of each entry of `order`, and the round's end
        Time place{0};            ///< on the reel's own time line when `m_since` was
        std::int64_t step = 0;    ///< of what is on screen, counted through all rounds
        std::uint64_t shown = 0, dropped = 0;
        std::deque<Time> recent; ///< when frames of the last second were shown
        Time playedFrom{0};

        void layOut(int at);
        std::int64_t stepAt(Time place) const;
        Time startOf(std::int64_t step) const;
        int frameOf(std::int64_t step) const;
    };
    State *find(ReelId id);
    const State *find(ReelId id) const;
    Time placeOf(const State &state, Time now) const;
    void anchor(Time now);
    int needed(const State &state) const;
    int ready(const State &state) const;
    bool resumes(Time now);

    std::vector<State> m_reels;
    ReelId m_lastId = 0;
    double m_speed = 1;
    Time m_since{0};
    bool m_holding = false;
};

} // namespace negatoscope::session
