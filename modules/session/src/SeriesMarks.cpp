#include <session/SeriesMarks.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

using Presence = frames::FrameStore::Presence;

void SeriesMarks::reset(std::size_t frames)
{
    m_marks.assign(frames, FrameMark::Away);
    m_seen.assign(frames, false);
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
