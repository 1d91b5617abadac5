#include "SeriesOrder.h"

#include <algorithm>
#include <cmath>

namespace negatoscope::cache {

namespace {
constexpr double kSamePlaneMm = 0.01;
constexpr double kSameDirection = 1e-3;
} // namespace

bool SeriesOrder::Candidate::isBefore(const Candidate &other) const
{
    if (std::abs(place - other.place) >= kSamePlaneMm)
        return place < other.place;
    return std::tie(volume, number, instance) < std::tie(other.volume, other.number, other.instance);
}

void SeriesOrder::add(const dicom::StackFrame &frame, std::int64_t row)
{
    ++m_count;
    Candidate candidate;
    candidate.volume = {frame.temporalPosition.value_or(0), frame.bValue.value_or(0),
                        frame.echoTime.value_or(0), frame.acquisitionNumber.value_or(0)};
    candidate.number = frame.instanceNumber.value_or(0);
    candidate.instance = frame.instance;
    candidate.row = row;
    if (!m_byNumber ||
        std::tie(candidate.number, candidate.instance) < std::tie(m_byNumber->number, m_byNumber->instance))
        m_byNumber = candidate;

    const auto place = dicom::readingPosition(frame.position, frame.row, frame.column);
    if (!place) {
        m_geometric = false;
        return;
    }
    candidate.place = *place;
    const auto same = [&](const Orientation &o) {
        return length(o.row - *frame.row) < kSameDirection &&
               length(o.column - *frame.column) < kSameDirection;
    };
    const auto at = std::find_if(m_orientations.begin(), m_orientations.end(), same);
    if (at == m_orientations.end()) {
        // A rotating acquisition has as many orientations as pictures: its order is found later, by Stack.
        constexpr std::size_t kMostOrientations = 64;
        if (m_orientations.size() < kMostOrientations)
            m_orientations.push_back({*frame.row, *frame.column, candidate.number, candidate});
        return;
    }
    at->smallestNumber = std::min(at->smallestNumber, candidate.number);
    if (candidate.isBefore(at->first))
        at->first = candidate;
}

std::optional<std::int64_t> SeriesOrder::first() const
{
    if (!m_byNumber)
        return std::nullopt;
    if (!m_geometric || m_count < 2)
        return m_byNumber->row;
    const auto best = std::min_element(
        m_orientations.begin(), m_orientations.end(),
        [](const Orientation &a, const Orientation &b) { return a.smallestNumber < b.smallestNumber; });
    return best->first.row;
}

} // namespace negatoscope::cache
