#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>

namespace negatoscope::session {

/// How fast something comes, over the last seconds.
class TransferPace
{
public:
    using Clock = std::chrono::steady_clock;

    void start(Clock::time_point now = Clock::now()) { m_samples.assign(1, {now, 0, std::nullopt}); }
    void stop() { m_samples.clear(); }
    void take(std::uint64_t bytes, int instances, Clock::time_point now = Clock::now())
    {
        if (m_samples.empty())
            return;
        m_samples.push_back({now, bytes, instances});
        while (m_samples.size() > 2 && now - m_samples[1].time > kWindow)
            m_samples.pop_front();
    }

    double bytesPerSecond(Clock::time_point now = Clock::now()) const
    {
        const double seconds = span(now);
        return seconds > 0 ? static_cast<double>(m_samples.back().bytes - m_samples.front().bytes) / seconds
                           : 0;
    }
    /// How long so many more instances will take; nothing: not to be told yet.
    std::optional<int> secondsFor(int instances, Clock::time_point now = Clock::now()) const
    {
        const double seconds = span(now);
        if (seconds <= 0 || !m_samples.back().instances)
            return std::nullopt;
        // The first sample is from before the list came: what was here by then has not come.
        const auto first = m_samples.front().instances ? m_samples.front().instances
                           : m_samples.size() > 1      ? m_samples[1].instances
                                                       : std::nullopt;
        const int come = *m_samples.back().instances - first.value_or(0);
        if (come <= 0)
            return std::nullopt;
        const double left = instances * seconds / come;
        constexpr double kDay = 86'400;
        return left < kDay ? std::optional(static_cast<int>(std::ceil(left))) : std::nullopt;
    }

private:
    static constexpr std::chrono::seconds kWindow{4};
    struct Sample
    {
        Clock::time_point time;
        std::uint64_t bytes = 0;
        std::optional<int> instances;
    };
    /// From the first sample until now: a stall makes it slower.
    double span(Clock::time_point now) const
    {
        return m_samples.size() < 2 ? 0 : std::chrono::duration<double>(now - m_samples.front().time).count();
    }

    std::deque<Sample> m_samples;
};

} // namespace negatoscope::session
