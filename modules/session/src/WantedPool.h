#pragma once

#include <archive/Archive.h>
#include <session/ArrivalOrder.h>

#include <QtCore/QtGlobal>

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace negatoscope::session {

/// What of a study is still to be asked for, handed out in portions to those who receive. A portion is small
/// where a reader waits, so that the next one follows what is on screen by then.
///
/// Threads: any.
class WantedPool
{
public:
    struct Terms
    {
        base::StudyUid study;
        bool seriesAtOnce = false; ///< Archive::answersSeriesAtOnce()
        int receivers = 1;
        /// What the reader looks at, asked before each portion; empty function: nobody waits.
        std::function<Attention()> attention;
    };
    WantedPool(std::vector<archive::FoundInstance> listed, const std::unordered_set<base::InstanceUid> &here,
               Terms terms);
    Q_DISABLE_COPY_MOVE(WantedPool)

    /// What to ask for next; nothing: all has been asked for.
    std::optional<archive::Wanted> next();
    void arrived(const base::InstanceUid &instance);
    bool isEmpty() const;
    /// Of all that is missing; empty where one is not known.
    const std::vector<std::string> &sopClasses() const { return m_classes; }

private:
    using Clock = std::chrono::steady_clock;
    enum class State : unsigned char { Missing, Asked, Here };

    void order();
    std::size_t portion() const;
    /// Instances a second, over all who receive; 0: not known yet.
    double rate() const;
    bool isBestAtOnce(const base::SeriesUid &series) const;
    archive::Wanted takeWhole(const base::SeriesUid &series);
    archive::Wanted takeNamed(std::size_t most);

    const Terms m_terms;
    const std::vector<archive::FoundInstance> m_listed;
    std::vector<std::string> m_classes;
    mutable std::mutex m_mutex;
    std::unordered_map<base::InstanceUid, std::size_t> m_places;
    struct Count
    {
        std::size_t listed = 0, missing = 0;
    };
    std::unordered_map<base::SeriesUid, Count> m_series;
    std::vector<State> m_states;
    std::vector<std::size_t> m_order;
    std::size_t m_at = 0;                 ///< in m_order: nothing before it is missing
    std::optional<Attention> m_attention; ///< that m_order follows
    std::size_t m_missing = 0, m_arrived = 0, m_named = 0;
    std::optional<Clock::time_point> m_begun;
};

} // namespace negatoscope::session
