#include <session/SeriesMarks.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

using Presence = frames::FrameStore::Presence;

void SeriesMarks::reset(std::size_t frames)
{
    m_marks.assign(frames, FrameMark::Away);
    m_seen.assign(frames, false);
    setMissing({});
}

void SeriesMarks::setMissing(std::vector<int> around)
{
    m_places.clear();
    m_missing = 0;
    if (around.size() != m_marks.size() + 1)
        return;
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        m_missing += around[i];
        m_places.push_back(static_cast<int>(i) + m_missing);
    }
    m_missing += around.back();
    if (m_missing == 0)
        m_places.clear();
}

int SeriesMarks::placeOf(int frame) const
{
    return frame >= 0 && static_cast<std::size_t>(frame) < m_places.size()
               ? m_places[static_cast<std::size_t>(frame)]
               : frame;
}

int SeriesMarks::frameAt(int place) const
{
    if (m_places.empty())
        return place;
    const auto after = std::lower_bound(m_places.begin(), m_places.end(), place);
    const bool isBefore =
        after == m_places.end() || (after != m_places.begin() && place - *std::prev(after) < *after - place);
    return static_cast<int>((isBefore ? std::prev(after) : after) - m_places.begin());
}

FrameMark SeriesMarks::markAt(int place) const
{
    const int frame = frameAt(place);
    return placeOf(frame) != place ? FrameMark::Missing : m_marks[static_cast<std::size_t>(frame)];
}

bool SeriesMarks::isSeenAt(int place) const
{
    const int frame = frameAt(place);
    return placeOf(frame) == place && isSeen(static_cast<std::size_t>(frame));
}

void SeriesMarks::setSeen(std::size_t index)
{
    if (index < m_seen.size())
        m_seen[index] = true;
}

bool SeriesMarks::update(const frames::FrameStore &store, std::span<const frames::FrameKey> keys,
                         std::span<const int> wished)
{
    std::vector<FrameMark> marks(m_marks.size(), FrameMark::Away);
    for (const int index : wished)
        if (index >= 0 && static_cast<std::size_t>(index) < marks.size())
            marks[static_cast<std::size_t>(index)] = FrameMark::OnItsWay;
    const auto presence = store.presence(keys);
    for (std::size_t i = 0; i < std::min(marks.size(), presence.size()); ++i) {
        if (presence[i] == Presence::Loaded)
            marks[i] = FrameMark::Loaded;
        else if (presence[i] == Presence::Failed)
            marks[i] = FrameMark::Failed;
    }
    if (marks == m_marks)
        return false;
    m_marks = std::move(marks);
    return true;
}

int SeriesMarks::count(FrameMark mark) const
{
    return static_cast<int>(std::count(m_marks.begin(), m_marks.end(), mark));
}

int SeriesMarks::seen() const
{
    return static_cast<int>(std::count(m_seen.begin(), m_seen.end(), true));
}

std::vector<int> missingAround(const dicom::Stack &stack, int missing)
{
    const auto &frames = stack.frames;
    std::vector<int> around(frames.size() + 1, 0);
    around.back() = missing;
    if (frames.empty() || !frames.front().instanceNumber || !frames.back().instanceNumber)
        return around;
    const bool rises = *frames.front().instanceNumber <= *frames.back().instanceNumber;
    std::vector<int> told(frames.size() + 1, 0);
    std::int64_t left = missing;
    // Numbers begin at 1; the end of the list is known from the count alone.
    std::int64_t before = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto at = rises ? i : frames.size() - 1 - i;
        const auto number = frames[at].instanceNumber;
        if (!number || *number <= before || *number - before - 1 > left)
            return around;
        const auto gap = *number - before - 1;
        told[rises ? at : at + 1] = static_cast<int>(gap);
        left -= gap;
        before = *number;
    }
    told[rises ? frames.size() : 0] = static_cast<int>(left);
    return told;
}

std::vector<int> gapsOf(const dicom::Stack &stack)
{
    constexpr double kSameMm = 1e-6;
    // The sign of a place depends on the anatomical axis; a gap's two ends are told by their amounts.
    const auto lies = [](const dicom::StackFrame &frame, double mm) {
        if (!frame.position || !frame.row || !frame.column)
            return false;
        const double place = dot(*frame.position - base::PatientPoint{}, cross(*frame.row, *frame.column));
        return std::abs(std::abs(place) - std::abs(mm)) < kSameMm;
    };
    std::vector<int> gaps;
    for (const auto &finding : stack.findings) {
        if (finding.code != dicom::GeometryFinding::Code::MissingSlices)
            continue;
        for (std::size_t i = 0; i + 1 < stack.frames.size(); ++i)
            if (lies(stack.frames[i], finding.fromMm) && lies(stack.frames[i + 1], finding.toMm))
                gaps.push_back(static_cast<int>(i));
    }
    std::sort(gaps.begin(), gaps.end());
    gaps.erase(std::unique(gaps.begin(), gaps.end()), gaps.end());
    return gaps;
}

} // namespace negatoscope::session
