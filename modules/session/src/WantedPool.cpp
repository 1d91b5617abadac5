#include "WantedPool.h"

#include <algorithm>
#include <set>

namespace negatoscope::session {

namespace {

/// One request takes about so long while a reader waits.
constexpr double kPortionSeconds = 0.5;
constexpr std::size_t kMostPortion = 64, kPortionUnwatched = 128;
/// A series is asked for as a whole while a reader waits only if it is here about so soon.
constexpr double kMostSeriesSeconds = 3;
/// Fewer are not worth a request of their own.
constexpr std::size_t kFewest = 16;

std::vector<std::string> classesOf(const std::vector<archive::FoundInstance> &listed,
                                   const std::unordered_set<base::InstanceUid> &here)
{
    std::set<std::string> classes;
    for (const archive::FoundInstance &instance : listed)
        if (!here.contains(instance.uid))
            classes.insert(instance.sopClass);
    if (classes.contains(std::string()))
        return {};
    return {classes.begin(), classes.end()};
}

} // namespace

WantedPool::WantedPool(std::vector<archive::FoundInstance> listed,
                       const std::unordered_set<base::InstanceUid> &here, Terms terms)
    : m_terms(std::move(terms)),
      m_listed(std::move(listed)),
      m_classes(classesOf(m_listed, here)),
      m_states(m_listed.size(), State::Missing)
{
    for (std::size_t i = 0; i < m_listed.size(); ++i) {
        const archive::FoundInstance &instance = m_listed[i];
        m_places.emplace(instance.uid, i);
        Count &count = m_series[instance.series];
        ++count.listed;
        if (here.contains(instance.uid)) {
            m_states[i] = State::Here;
        } else {
            ++count.missing;
            ++m_missing;
        }
    }
}

bool WantedPool::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return m_missing == 0;
}

void WantedPool::arrived(const base::InstanceUid &instance)
{
    const std::lock_guard lock(m_mutex);
    ++m_arrived;
    const auto place = m_places.find(instance);
    if (place == m_places.end() || m_states[place->second] == State::Here)
        return;
    if (m_states[place->second] == State::Missing) {
        --m_missing;
        --m_series[m_listed[place->second].series].missing;
    }
    m_states[place->second] = State::Here;
}

std::optional<archive::Wanted> WantedPool::next()
{
    // Not under the lock: it is somebody else's function.
    const Attention attention = m_terms.attention ? m_terms.attention() : Attention();
    const std::lock_guard lock(m_mutex);
    if (m_missing == 0)
        return std::nullopt;
    if (!m_attention || *m_attention != attention) {
        m_attention = attention;
        m_order = arrivalOrder(m_listed, attention);
        m_at = 0;
    }
    while (m_states[m_order[m_at]] != State::Missing)
        ++m_at;
    if (!m_begun)
        m_begun = Clock::now();
    const auto &series = m_listed[m_order[m_at]].series;
    return isBestAtOnce(series) ? takeWhole(series) : takeNamed(portion());
}

double WantedPool::rate() const
{
    const double seconds = m_begun ? std::chrono::duration<double>(Clock::now() - *m_begun).count() : 0;
    return m_arrived > 0 && seconds > 0 ? static_cast<double>(m_arrived) / seconds : 0;
}

std::size_t WantedPool::portion() const
{
    const auto receivers = static_cast<std::size_t>(std::max(m_terms.receivers, 1));
    const std::size_t share = std::max(kFewest, (m_missing + receivers - 1) / receivers);
    if (!m_terms.attention)
        return std::min(share, kPortionUnwatched);
    if (m_named == 0)
        return 1; // the image that the reader waits for
    const double each = rate() * kPortionSeconds / static_cast<double>(receivers);
    return std::clamp(static_cast<std::size_t>(each), std::size_t(1), std::min(share, kMostPortion));
}

/// Whether the rest of a series comes better in one answer: what is here already would come again.
bool WantedPool::isBestAtOnce(const base::SeriesUid &series) const
{
    if (!m_terms.seriesAtOnce)
        return false;
    const Count &count = m_series.at(series);
    if (count.listed == 1)
        return false;
    if (!m_terms.attention)
        return count.missing == count.listed;
    // First what the reader waits for, and something of every series.
    if (m_named < kNearImages + m_series.size())
        return false;
    const double soon = rate() * kMostSeriesSeconds;
    return count.missing * 20 >= count.listed * 19 && static_cast<double>(count.missing) <= soon;
}

archive::Wanted WantedPool::takeWhole(const base::SeriesUid &series)
{
    for (std::size_t i = 0; i < m_listed.size(); ++i)
        if (m_states[i] == State::Missing && m_listed[i].series == series)
            m_states[i] = State::Asked;
    m_missing -= std::exchange(m_series[series].missing, 0);
    return {m_terms.study, {{series, {}}}, m_classes};
}

archive::Wanted WantedPool::takeNamed(std::size_t most)
{
    archive::Wanted wanted{m_terms.study, {}, m_classes};
    std::size_t taken = 0;
    for (std::size_t at = m_at; at < m_order.size() && taken < most; ++at) {
        const std::size_t place = m_order[at];
        if (m_states[place] != State::Missing)
            continue;
        const archive::FoundInstance &instance = m_listed[place];
        if (isBestAtOnce(instance.series))
            continue;
        m_states[place] = State::Asked;
        --m_missing;
        --m_series[instance.series].missing;
        ++taken;
        const auto same =
            std::find_if(wanted.series.begin(), wanted.series.end(),
                         [&](const archive::WantedSeries &one) { return one.series == instance.series; });
        auto &series = same == wanted.series.end()
                           ? wanted.series.emplace_back(archive::WantedSeries{instance.series, {}})
                           : *same;
        series.instances.push_back({instance.uid, instance.sopClass});
    }
    m_named += taken;
    return wanted;
}

} // namespace negatoscope::session
