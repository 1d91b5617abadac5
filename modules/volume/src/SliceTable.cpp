#include "SliceTable.h"

#include <algorithm>
#include <cmath>

namespace negatoscope::volume {

namespace {

/// So far apart, in usual gaps, may slices stand for those that are still to come between them: the coarse
/// first round brings every eighth.
constexpr double kCoarseGap = 8.5;
constexpr double kOnVoxel = 1e-6;

Taps cubicTaps(int below, float t, int size)
{
    Taps taps;
    taps.count = 4;
    // Catmull-Rom: interpolates, and keeps straight lines straight.
    const float t2 = t * t, t3 = t2 * t;
    taps.weight = {-0.5F * t3 + t2 - 0.5F * t, 1.5F * t3 - 2.5F * t2 + 1.0F,
                   -1.5F * t3 + 2.0F * t2 + 0.5F * t, 0.5F * t3 - 0.5F * t2};
    for (int n = 0; n < 4; ++n)
        taps.index[static_cast<std::size_t>(n)] = std::clamp(below - 1 + n, 0, size - 1);
    return taps;
}

Taps pair(int first, int second, double part)
{
    Taps taps;
    if (first == second || part < kOnVoxel)
        taps = {1, {first}, {1.0F}};
    else if (part > 1 - kOnVoxel)
        taps = {1, {second}, {1.0F}};
    else
        taps = {2, {first, second}, {static_cast<float>(1 - part), static_cast<float>(part)}};
    return taps;
}

} // namespace

Taps tapsAt(double place, int size, Interpolation interpolation)
{
    if (!(place >= -0.5 && place < size - 0.5))
        return {};
    if (interpolation == Interpolation::Nearest)
        return {1, {std::clamp(static_cast<int>(std::floor(place + 0.5)), 0, size - 1)}, {1.0F}};
    const double below = std::floor(place);
    const int first = static_cast<int>(below);
    if (interpolation == Interpolation::Cubic && place - below >= kOnVoxel && place - below <= 1 - kOnVoxel)
        return cubicTaps(first, static_cast<float>(place - below), size);
    return pair(std::clamp(first, 0, size - 1), std::clamp(first + 1, 0, size - 1), place - below);
}

SliceTable::SliceTable(const Volume &volume)
{
    const VolumeGeometry &geometry = volume.geometry();
    const bool settled = volume.isSettled();
    m_spacing = geometry.spacing.value_or(geometry.usualSpacing);
    m_slices = geometry.slices();
    m_last = geometry.places.back();
    m_regular = geometry.spacing && volume.isWhole();
    if (m_regular)
        return;
    bool failedBetween = false;
    for (int k = 0; k < m_slices; ++k) {
        const auto state = volume.stateOf(k);
        failedBetween = failedBetween || state == Volume::SliceState::Failed;
        if (state != Volume::SliceState::Arrived)
            continue;
        const double place = geometry.places[static_cast<std::size_t>(k)];
        if (!m_places.empty()) {
            const double gap = place - m_places.back();
            const bool neighbours = k == m_indices.back() + 1;
            if (neighbours && gap <= geometry.widestBridgedGap())
                m_between.push_back(Between::Neighbours);
            else if (!neighbours && !failedBetween && !settled && gap <= kCoarseGap * geometry.usualSpacing)
                m_between.push_back(Between::Waiting);
            else
                m_between.push_back(Between::Gap);
        }
        m_places.push_back(place);
        m_indices.push_back(k);
        failedBetween = false;
    }
    if (m_places.empty())
        return;
    const auto bins = static_cast<std::size_t>(m_last / m_spacing) + 2;
    m_bins.resize(bins);
    std::size_t at = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        while (at < m_places.size() && m_places[at] < static_cast<double>(bin) * m_spacing)
            ++at;
        m_bins[bin] = static_cast<std::uint32_t>(at);
    }
}

std::size_t SliceTable::firstAfter(double placeMm) const
{
    if (placeMm < 0)
        return 0;
    const auto bin = std::min(static_cast<std::size_t>(placeMm / m_spacing), m_bins.size() - 1);
    std::size_t at = m_bins[bin];
    while (at < m_places.size() && m_places[at] <= placeMm)
        ++at;
    return at;
}

SliceTable::Bracket SliceTable::bracketOf(double placeMm) const
{
    Bracket bracket;
    const double reach = m_spacing / 2;
    bracket.outside = !(placeMm >= -reach && placeMm < m_last + reach);
    const std::size_t after = firstAfter(placeMm);
    bracket.before = after > 0 ? after - 1 : 0;
    bracket.after = std::min(after, m_places.size() - 1);
    const double below = std::abs(placeMm - m_places[bracket.before]);
    const double above = std::abs(placeMm - m_places[bracket.after]);
    bracket.reached = std::min(below, above) <= reach;
    if (bracket.before != bracket.after)
        bracket.between = m_between[bracket.before];
    return bracket;
}

Taps SliceTable::tapsAt(double placeMm, Interpolation interpolation) const
{
    if (m_regular)
        return volume::tapsAt(placeMm / m_spacing, m_slices, interpolation);
    if (isEmpty())
        return {};
    const Bracket bracket = bracketOf(placeMm);
    const bool between = bracket.before != bracket.after && bracket.between != Between::Gap;
    if (bracket.outside || (!between && !bracket.reached))
        return {};
    const double from = m_places[bracket.before], to = m_places[bracket.after];
    double part = to > from ? std::clamp((placeMm - from) / (to - from), 0.0, 1.0) : 0;
    // Beside a gap, and between slices that are not to be mixed, the nearer one stands alone.
    if (interpolation == Interpolation::Nearest || !between)
        part = part < 0.5 ? 0 : 1;
    return pair(m_indices[bracket.before], m_indices[bracket.after], part);
}

PixelState SliceTable::stateAt(double placeMm) const
{
    const double reach = m_spacing / 2;
    if (!(placeMm >= -reach && placeMm < m_last + reach))
        return PixelState::Outside;
    if (m_regular)
        return PixelState::Exact;
    if (isEmpty())
        return PixelState::Missing;
    const Bracket bracket = bracketOf(placeMm);
    if (bracket.before != bracket.after && bracket.between != Between::Gap)
        return bracket.between == Between::Waiting ? PixelState::Coarse : PixelState::Exact;
    return bracket.reached ? PixelState::Exact : PixelState::Missing;
}

} // namespace negatoscope::volume
