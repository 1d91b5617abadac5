#pragma once

#include <dicom/Stack.h>
#include <frames/FrameStore.h>

#include <span>
#include <utility>
#include <vector>

namespace negatoscope::session {

/// What the scroll bar tells of each frame of a series.
enum class FrameMark : std::uint8_t {
    Away,
    OnItsWay,
    Loaded,
    Failed,
    Missing, ///< announced, and not here
};

/// How far a series has been loaded and seen.
class SeriesMarks
{
public:
    void reset(std::size_t frames);
    void setSeen(std::size_t index);
    /// Takes what the store holds; `wished` are the places that have been asked for. True if a mark changed.
    bool update(const frames::FrameStore &store, std::span<const frames::FrameKey> keys,
                std::span<const int> wished);

    /// How many images are missing before each frame and after the last; empty: none. A place of the bar
    /// stands for a frame or a missing image.
    void setMissing(std::vector<int> around);
    int places() const { return static_cast<int>(m_marks.size()) + m_missing; }
    int placeOf(int frame) const;
    /// The frame at a place, or next to it.
    int frameAt(int place) const;
    FrameMark markAt(int place) const;
    bool isSeenAt(int place) const;

    const std::vector<FrameMark> &marks() const { return m_marks; }
    bool isSeen(std::size_t index) const { return index < m_seen.size() && m_seen[index]; }
    int count(FrameMark mark) const;
    int seen() const;

private:
    std::vector<FrameMark> m_marks;
    std::vector<bool> m_seen;
    std::vector<int> m_places; ///< of each frame, where images are missing
    int m_missing = 0;
};

/// How many of `missing` images of a stack lie before each of its frames and after the last, as their numbers
/// tell; where these do not, all lie at the end.
std::vector<int> missingAround(const dicom::Stack &stack, int missing);

/// After which places of a stack slices are missing, from the distances between its frames.
std::vector<int> gapsOf(const dicom::Stack &stack);

} // namespace negatoscope::session
