#pragma once

#include <dicom/Stack.h>
#include <frames/FrameStore.h>

#include <span>
#include <utility>
#include <vector>

namespace negatoscope::session {

/// What the scroll bar tells of each frame of a series.
enum class FrameMark : std::uint8_t { Away, OnItsWay, Loaded, Failed };

/// How far a series has been loaded and seen.
class SeriesMarks
{
public:
    void reset(std::size_t frames);
    void setSeen(std::size_t index);
    /// Takes what the store holds; `wished` are the places that have been asked for. True if a mark changed.
    bool update(const frames::FrameStore &store, std::span<const frames::FrameKey> keys,
                std::span<const int> wished);

    const std::vector<FrameMark> &marks() const { return m_marks; }
    bool isSeen(std::size_t index) const { return index < m_seen.size() && m_seen[index]; }
    int count(FrameMark mark) const;
    int seen() const;

private:
    std::vector<FrameMark> m_marks;
    std::vector<bool> m_seen;
};

/// After which places of a stack slices are missing, from the distances between its frames.
std::vector<int> gapsOf(const dicom::Stack &stack);

} // namespace negatoscope::session
