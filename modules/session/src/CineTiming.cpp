#include <dicom/Geometry.h>
#include <session/CineTiming.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace negatoscope::session {

namespace {

using std::chrono::nanoseconds;
namespace tags = dicom::tags;

constexpr dicom::Tag kPreferredPlaybackSequencing{0x0018, 0x1244};
constexpr dicom::Tag kFrameAcquisitionDuration{0x0018, 0x9220};
constexpr dicom::Tag kStartTrim{0x0008, 0x2142}, kStopTrim{0x0008, 0x2143};

/// No frame is meant to stay shorter or longer than this; such a value is an error in the file.
constexpr double kShortestMs = 1, kLongestMs = 60'000;

bool isUsable(double ms)
{
    return std::isfinite(ms) && ms >= kShortestMs && ms <= kLongestMs;
}

std::optional<double> usableRate(std::optional<double> rate)
{
    if (rate && *rate > 0 && isUsable(1000 / *rate))
        return rate;
    return std::nullopt;
}

nanoseconds fromMs(double ms)
{
    return nanoseconds(static_cast<std::int64_t>(std::llround(ms * 1e6)));
}

/// Entry i of the vector is the time from frame i-1 to frame i (the first is 0): frame i stays for entry i+1,
/// the last one for the mean of the others.
std::vector<double> fromVector(const dicom::DataSet &dataSet, std::size_t frames)
{
    const std::vector<double> steps = dataSet.decimals(tags::FrameTimeVector);
    if (frames < 2 || steps.size() != frames || !std::all_of(steps.begin() + 1, steps.end(), isUsable))
        return {};
    std::vector<double> durations(steps.begin() + 1, steps.end());
    durations.push_back(std::accumulate(durations.begin(), durations.end(), 0.0) /
                        static_cast<double>(durations.size()));
    return durations;
}

/// Frame Acquisition Duration of every frame; empty unless all have one. Frames at different places are the
/// slices of a volume, not moments of a film.
std::vector<double> fromFunctionalGroups(const dicom::DataSet &dataSet, std::size_t frames)
{
    if (!dataSet.contains(tags::PerFrameFunctionalGroupsSequence))
        return {};
    std::vector<double> durations;
    std::optional<base::PatientPoint> place;
    for (std::size_t i = 0; i < frames; ++i) {
        const auto number = static_cast<std::uint32_t>(i);
        const auto position = dicom::FrameGeometry::of(dataSet, number).position;
        if (i > 0 && position != place)
            return {};
        place = position;
        const auto *content = dicom::FrameAttributes(dataSet, number).group(tags::FrameContentSequence);
        const auto duration = content != nullptr ? content->decimal(kFrameAcquisitionDuration) : std::nullopt;
        if (!duration || !isUsable(*duration))
            return {};
        durations.push_back(*duration);
    }
    return durations;
}

double usualRate(std::string_view modality)
{
    if (modality == "US" || modality == "IVUS" || modality == "ES")
        return 30;
    if (modality == "XA" || modality == "RF")
        return 15;
    if (modality == "PT" || modality == "NM")
        return 8;
    return 10;
}

} // namespace

double CineTiming::rate() const
{
    const auto whole = std::accumulate(durations.begin(), durations.end(), nanoseconds::zero());
    if (whole <= nanoseconds::zero())
        return 0;
    return static_cast<double>(durations.size()) * 1e9 / static_cast<double>(whole.count());
}

CineTiming CineTiming::usual(std::string_view modality, int frames)
{
    CineTiming timing;
    timing.durations.assign(static_cast<std::size_t>(std::max(frames, 0)),
                            fromMs(1000 / usualRate(modality)));
    timing.last = frames - 1;
    return timing;
}

CineTiming CineTiming::of(const dicom::DataSet &dataSet, int frames)
{
    CineTiming timing = usual(dataSet.text(tags::Modality), frames);
    const std::size_t count = timing.durations.size();
    const auto recommended = usableRate(dataSet.decimal(tags::RecommendedDisplayFrameRate));

    std::vector<double> shares = fromVector(dataSet, count);
    if (!shares.empty())
        timing.source = Source::FrameTimeVector;
    else if (shares = fromFunctionalGroups(dataSet, count); !shares.empty())
        timing.source = Source::FrameDurations;
    if (!shares.empty()) {
        const double whole = std::accumulate(shares.begin(), shares.end(), 0.0);
        const double factor = recommended ? 1000 / *recommended * static_cast<double>(count) / whole : 1;
        for (std::size_t i = 0; i < count; ++i)
            timing.durations[i] = fromMs(std::max(shares[i] * factor, kShortestMs));
    } else {
        const auto frameTime = dataSet.decimal(tags::FrameTime);
        const auto cineRate = usableRate(dataSet.decimal(tags::CineRate));
        const auto all = [&](double ms, Source source) {
            std::fill(timing.durations.begin(), timing.durations.end(), fromMs(ms));
            timing.source = source;
        };
        if (recommended)
            all(1000 / *recommended, Source::RecommendedRate);
        else if (frameTime && isUsable(*frameTime))
            all(*frameTime, Source::FrameTime);
        else if (cineRate)
            all(1000 / *cineRate, Source::CineRate);
    }

    timing.sweep = dataSet.integer(kPreferredPlaybackSequencing) == 1;
    const auto start = dataSet.integer(kStartTrim), stop = dataSet.integer(kStopTrim);
    const std::int64_t from = start.value_or(1), to = stop.value_or(frames);
    if (from >= 1 && to <= frames && from < to) {
        timing.first = static_cast<int>(from) - 1;
        timing.last = static_cast<int>(to) - 1;
    }
    return timing;
}

std::string_view nameOf(CineTiming::Source source)
{
    switch (source) {
    case CineTiming::Source::Modality:
        return "modality";
    case CineTiming::Source::FrameTime:
        return "frameTime";
    case CineTiming::Source::FrameTimeVector:
        return "frameTimeVector";
    case CineTiming::Source::FrameDurations:
        return "frameDurations";
    case CineTiming::Source::RecommendedRate:
        return "recommendedRate";
    case CineTiming::Source::CineRate:
        return "cineRate";
    }
    return {};
}

} // namespace negatoscope::session
