#pragma once

#include <dicom/DataSet.h>

#include <chrono>
#include <string_view>
#include <vector>

namespace negatoscope::session {

/// How long each frame of a cine stays, and where the times come from.
///
/// Recommended Display Frame Rate decides the mean rate where it is present, a Frame Time Vector or the
/// acquisition times of functional groups the share of each frame; then Frame Time, then Cine Rate; an object
/// that says nothing plays at its modality's usual rate (PS3.3 C.7.6.5). Unusable values count as absent.
struct CineTiming
{
    enum class Source { Modality, FrameTime, FrameTimeVector, FrameDurations, RecommendedRate, CineRate };

    std::vector<std::chrono::nanoseconds> durations; ///< of each frame, all positive
    Source source = Source::Modality;
    bool sweep = false;       ///< Preferred Playback Sequencing asks for to and fro
    int first = 0, last = -1; ///< Start Trim and Stop Trim as indices, else the whole

    /// Frames per second, as a mean.
    double rate() const;

    /// Of a multi-frame object with `frames` frames.
    static CineTiming of(const dicom::DataSet &dataSet, int frames);
    /// Of a stack of single images, at the usual rate of the modality.
    static CineTiming usual(std::string_view modality, int frames);
};

std::string_view nameOf(CineTiming::Source source);

} // namespace negatoscope::session
