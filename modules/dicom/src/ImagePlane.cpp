#include <dicom/ImagePlane.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace negatoscope::dicom {

using base::ImagePoint;
using base::PatientPoint;
using base::PatientVector;

namespace {

constexpr double kDegree = 3.14159265358979323846 / 180;
/// Planes that differ by less have no line worth drawing.
constexpr double kCuttingDegrees = 1;
/// Slices nearer than this to each other are at one place.
constexpr double kSamePlaneMm = 0.01;
/// What a stack of one slice is thought to reach to either side.
constexpr double kSingleReachMm = 0.5;
constexpr double kSameDirection = 1e-3;

/// The part of a line, as a range of its parameter.
struct Range
{
    double from = 0, to = 0;
};

/// Cuts the line `at + t * step` to low <= value <= high; false where nothing is left.
bool clip(double at, double step, double low, double high, Range &range)
{
    if (std::abs(step) < 1e-12)
        return at >= low && at <= high;
    double first = (low - at) / step, second = (high - at) / step;
    if (first > second)
        std::swap(first, second);
    range.from = std::max(range.from, first);
    range.to = std::min(range.to, second);
    return range.from < range.to;
}

bool clipTo(const ImagePlane &plane, PatientPoint point, PatientVector direction, Range &range)
{
    const PatientVector from = point - plane.origin;
    return clip(dot(from, plane.row), dot(direction, plane.row), -0.5 * plane.columnSpacing,
                (plane.columns - 0.5) * plane.columnSpacing, range) &&
           clip(dot(from, plane.column), dot(direction, plane.column), -0.5 * plane.rowSpacing,
                (plane.rows - 0.5) * plane.rowSpacing, range);
}

double cosineOf(PatientVector a, PatientVector b)
{
    return dot(a, b) / std::max(length(a) * length(b), 1e-12);
}

} // namespace

// --- One plane ---

std::optional<ImagePlane> ImagePlane::of(const FrameGeometry &geometry, int columns, int rows)
{
    const auto &orientation = geometry.orientation;
    if (!geometry.position || !orientation.row || !orientation.column || columns <= 0 || rows <= 0 ||
        geometry.spacing.source != SpacingSource::Patient)
        return std::nullopt;
    return ImagePlane{*geometry.position,
                      *orientation.row,
                      *orientation.column,
                      geometry.spacing.column,
                      geometry.spacing.row,
                      columns,
                      rows};
}

PatientPoint ImagePlane::toPatient(ImagePoint point) const
{
    return origin + row * (point.column * columnSpacing) + column * (point.row * rowSpacing);
}

ImagePoint ImagePlane::toImage(PatientPoint point) const
{
    // The directions of a file are perpendicular within a tolerance only: solve instead of projecting.
    const PatientVector from = point - origin;
    const double along = dot(from, row), across = dot(from, column), mixed = dot(row, column);
    const double whole = 1 - mixed * mixed;
    return {(along - mixed * across) / whole / columnSpacing, (across - mixed * along) / whole / rowSpacing};
}

bool ImagePlane::contains(ImagePoint point) const
{
    return point.column >= -0.5 && point.column <= columns - 0.5 && point.row >= -0.5 &&
           point.row <= rows - 0.5;
}

bool areNearlyParallel(PatientVector normal, PatientVector other)
{
    static const double kCosine = std::cos(kParallelDegrees * kDegree);
    return std::abs(cosineOf(normal, other)) >= kCosine;
}

std::optional<ImageSegment> intersectionOf(const ImagePlane &shown, const ImagePlane &other)
{
    const PatientVector a = shown.normal(), b = other.normal();
    const PatientVector line = cross(a, b);
    const double sine = length(line) / std::max(length(a) * length(b), 1e-12);
    if (!(sine > std::sin(kCuttingDegrees * kDegree)))
        return std::nullopt;
    // The point of both planes that is nearest to the origin of `shown`: a step in `shown` towards `other`.
    const PatientVector direction = line * (1 / length(line));
    const PatientVector towards = cross(direction, a);
    const double part = dot(other.origin - shown.origin, b) / dot(towards, b);
    const PatientPoint point = shown.origin + towards * part;
    Range range{-1e7, 1e7};
    if (!clipTo(shown, point, direction, range) || !clipTo(other, point, direction, range))
        return std::nullopt;
    return ImageSegment{shown.toImage(point + direction * range.from),
                        shown.toImage(point + direction * range.to)};
}

bool isProjection(const DataSet &dataSet)
{
    const auto type = dataSet.texts(tags::ImageType);
    const auto has = [&](std::string_view value) {
        return std::find(type.begin(), type.end(), value) != type.end();
    };
    // LOCALIZER is a scout in CT, but a true cross-section in MR.
    return has("PROJECTION IMAGE") || has("MIP") || has("MINIP") ||
           (has("LOCALIZER") && dataSet.text(tags::Modality) == "CT");
}

// --- Many slices ---

StackPlaces::StackPlaces(const Stack &stack)
{
    const auto &frames = stack.frames;
    for (const StackFrame &frame : frames)
        if (!frame.position || !frame.row || !frame.column)
            return;
    m_positions.reserve(frames.size());
    for (const StackFrame &frame : frames)
        m_positions.push_back(*frame.position);

    const auto sameDirection = [&](std::size_t a, std::size_t b) {
        return length(*frames[a].row - *frames[b].row) < kSameDirection &&
               length(*frames[a].column - *frames[b].column) < kSameDirection;
    };
    for (std::size_t begin = 0; begin < frames.size();) {
        Run run;
        run.normal = cross(*frames[begin].row, *frames[begin].column);
        std::vector<double> gaps;
        double way = 0; // which way this run goes along its normal; 0: not known yet
        std::size_t end = begin + 1;
        for (; end < frames.size() && sameDirection(begin, end); ++end) {
            const double gap = dot(m_positions[end] - m_positions[end - 1], run.normal);
            if (way * gap < 0)
                break; // the next volume begins again
            if (std::abs(gap) > kSamePlaneMm) {
                way = gap;
                gaps.push_back(std::abs(gap));
            }
        }
        if (!gaps.empty()) {
            const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
            std::nth_element(gaps.begin(), middle, gaps.end());
            run.spacing = *middle;
        }
        run.first = static_cast<int>(begin);
        run.last = static_cast<int>(end) - 1;
        m_runs.push_back(run);
        begin = end;
    }
}

const StackPlaces::Run *StackPlaces::find(int index) const
{
    const auto at = std::find_if(m_runs.begin(), m_runs.end(),
                                 [index](const Run &run) { return index >= run.first && index <= run.last; });
    return at == m_runs.end() ? nullptr : &*at;
}

std::optional<std::pair<int, int>> StackPlaces::runOf(int index) const
{
    const Run *run = find(index);
    return run != nullptr ? std::optional(std::pair(run->first, run->last)) : std::nullopt;
}

std::optional<PatientVector> StackPlaces::normalAt(int index) const
{
    const Run *run = find(index);
    return run != nullptr ? std::optional(run->normal) : std::nullopt;
}

double StackPlaces::spacingAt(int index) const
{
    const Run *run = find(index);
    return run != nullptr ? run->spacing : 0;
}

StackPlaces::Slice StackPlaces::nearestIn(const Run &run, PatientPoint point, int from) const
{
    Slice best{run.first, -1, false};
    double low = 0, high = 0;
    for (int i = run.first; i <= run.last; ++i) {
        const double signedDistance = dot(point - m_positions[static_cast<std::size_t>(i)], run.normal);
        const double distance = std::abs(signedDistance);
        low = i == run.first ? signedDistance : std::min(low, signedDistance);
        high = i == run.first ? signedDistance : std::max(high, signedDistance);
        // Of slices at one place (echoes, times) the one nearest in the series: the reader stays in her
        // volume.
        const bool nearer = best.distanceMm < 0 || distance < best.distanceMm - kSamePlaneMm;
        const bool asNear = !nearer && distance < best.distanceMm + kSamePlaneMm &&
                            std::abs(i - from) < std::abs(best.index - from) &&
                            length(m_positions[static_cast<std::size_t>(i)] -
                                   m_positions[static_cast<std::size_t>(best.index)]) < kSamePlaneMm;
        if (nearer || asNear)
            best = {i, distance, false};
    }
    const bool between = low <= 0 && high >= 0;
    const double reach = run.spacing > 0 ? run.spacing / 2 : kSingleReachMm;
    best.outside = !between && best.distanceMm > reach + 1e-6;
    return best;
}

std::optional<StackPlaces::Slice> StackPlaces::nearest(PatientPoint point, int from) const
{
    const Run *run = find(from);
    return run != nullptr ? std::optional(nearestIn(*run, point, from)) : std::nullopt;
}

std::optional<StackPlaces::Slice> StackPlaces::nearest(PatientPoint point, PatientVector normal,
                                                       int from) const
{
    const Run *best = find(from);
    if (best == nullptr || !areNearlyParallel(best->normal, normal)) {
        best = nullptr;
        const auto away = [from](const Run &run) {
            return std::min(std::abs(run.first - from), std::abs(run.last - from));
        };
        for (const Run &run : m_runs)
            if (areNearlyParallel(run.normal, normal) && (best == nullptr || away(run) < away(*best)))
                best = &run;
    }
    return best != nullptr ? std::optional(nearestIn(*best, point, from)) : std::nullopt;
}

} // namespace negatoscope::dicom
