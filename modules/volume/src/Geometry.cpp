#include <volume/Geometry.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

namespace negatoscope::volume {

using base::PatientPoint;
using base::PatientVector;

namespace {

using Code = Finding::Code;
using Effect = Finding::Effect;

constexpr double kSamePlaceMm = 0.01;
/// One part in a thousand is the largest error of a length.
constexpr double kSameSpacing = 1e-3;
constexpr double kSameDirection = 1e-3;
/// Positions are written with few digits: so far, in parts of the spacing, may a slice lie from its even
/// place. A length over forty slices is wrong by less than a thousandth.
constexpr double kEvenPart = 0.02;
constexpr double kUnevenPart = 0.05;
constexpr double kMissingPart = 1.5;
constexpr double kTiltDegrees = 0.05;
/// A gantry tilts by 30 degrees at most; slices that go more sideways than forward are no stack.
constexpr double kLargestTiltDegrees = 60;
constexpr double kDegrees = 180 / 3.14159265358979323846;

bool isFinite(const PatientPoint &point)
{
    return std::isfinite(point.x) && std::isfinite(point.y) && std::isfinite(point.z);
}

bool isPlaced(const SlicePlace &slice)
{
    return slice.position && isFinite(*slice.position) && slice.row && slice.column && slice.rowSpacing &&
           slice.columnSpacing && *slice.rowSpacing > 0 && *slice.columnSpacing > 0 && slice.rows > 0 &&
           slice.columns > 0;
}

/// row x column, or its opposite where that is the reading direction.
PatientVector readingNormal(const SlicePlace &slice)
{
    const PatientVector normal = cross(*slice.row, *slice.column);
    const auto here = dicom::readingPosition(PatientPoint{}, slice.row, slice.column);
    const auto there = dicom::readingPosition(PatientPoint{} + normal, slice.row, slice.column);
    const PatientVector unit = normal * (1 / length(normal));
    return here && there && *there < *here ? -unit : unit;
}

double degreesBetween(PatientVector a, PatientVector b)
{
    return std::atan2(length(cross(a, b)), dot(a, b)) * kDegrees;
}

/// What makes it impossible to look at the slices as one block; empty if nothing does.
std::vector<Finding> refusalsOf(std::span<const SlicePlace> slices)
{
    std::vector<Finding> refusals;
    const auto refuse = [&](Code code, int count, double from, double to) {
        refusals.push_back({code, Effect::Refused, count, from, to});
    };
    const auto unplaced =
        std::count_if(slices.begin(), slices.end(), [](const SlicePlace &slice) { return !isPlaced(slice); });
    if (unplaced > 0) {
        refuse(Code::NoPlaces, static_cast<int>(unplaced), 0, 0);
        return refusals;
    }
    if (slices.size() < 2) {
        refuse(Code::TooFewSlices, static_cast<int>(slices.size()), 0, 0);
        return refusals;
    }
    const SlicePlace &first = slices.front();
    double widest = 0;
    std::set<std::pair<int, int>> sizes;
    auto [least, most] = std::pair(*first.rowSpacing, *first.rowSpacing);
    bool mixedSpacings = false;
    for (const SlicePlace &slice : slices) {
        widest = std::max(
            {widest, degreesBetween(*first.row, *slice.row), degreesBetween(*first.column, *slice.column)});
        sizes.emplace(slice.rows, slice.columns);
        least = std::min({least, *slice.rowSpacing, *slice.columnSpacing});
        most = std::max({most, *slice.rowSpacing, *slice.columnSpacing});
        const auto differs = [](double a, double b) { return std::abs(a - b) > kSameSpacing * b; };
        mixedSpacings = mixedSpacings || differs(*slice.rowSpacing, *first.rowSpacing) ||
                        differs(*slice.columnSpacing, *first.columnSpacing);
    }
    if (widest > kSameDirection * kDegrees)
        refuse(Code::MixedOrientations, 0, widest, widest);
    if (sizes.size() > 1)
        refuse(Code::MixedSizes, static_cast<int>(sizes.size()), 0, 0);
    if (mixedSpacings)
        refuse(Code::MixedPixelSpacings, 0, least, most);
    return refusals;
}

struct Placed
{
    double place = 0;
    std::size_t slice = 0;
};

/// Sorted by place, each place once.
std::vector<Placed> sortedPlaces(std::span<const SlicePlace> slices, PatientVector normal,
                                 std::vector<Finding> &findings)
{
    std::vector<Placed> sorted;
    sorted.reserve(slices.size());
    for (std::size_t i = 0; i < slices.size(); ++i)
        sorted.push_back({dot(*slices[i].position - PatientPoint{}, normal), i});
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Placed &a, const Placed &b) { return a.place < b.place; });
    std::vector<Placed> kept;
    kept.reserve(sorted.size());
    for (const Placed &placed : sorted)
        if (kept.empty() || placed.place - kept.back().place >= kSamePlaceMm)
            kept.push_back(placed);
    if (kept.size() < sorted.size())
        findings.push_back(
            {Code::DuplicateSlices, Effect::Corrected, static_cast<int>(sorted.size() - kept.size()), 0, 0});
    return kept;
}

double middleOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The place of a slice as the patient's coordinates count: to the left, the back or the head.
double anatomicalPlace(const VolumeGeometry &geometry, double place)
{
    const PatientVector n = geometry.normal;
    const double x = std::abs(n.x), y = std::abs(n.y), z = std::abs(n.z);
    const double main = z >= x && z >= y ? n.z : y >= x ? n.y : n.x;
    const double fromOrigin = dot(geometry.origin - PatientPoint{}, n) + place;
    return main < 0 ? -fromOrigin : fromOrigin;
}

void inspectGaps(VolumeGeometry &geometry, std::vector<Finding> &findings)
{
    std::vector<double> gaps;
    for (std::size_t k = 1; k < geometry.places.size(); ++k)
        gaps.push_back(geometry.places[k] - geometry.places[k - 1]);
    geometry.usualSpacing = middleOf(gaps);
    const double usual = geometry.usualSpacing;

    const double even = geometry.places.back() / static_cast<double>(gaps.size());
    const double allowed = std::max(kSamePlaceMm / 2, kEvenPart * even);
    bool isEven = true;
    for (std::size_t k = 0; k < geometry.places.size(); ++k)
        isEven = isEven && std::abs(geometry.places[k] - static_cast<double>(k) * even) <= allowed;
    if (isEven) {
        geometry.spacing = geometry.usualSpacing = even;
        return;
    }
    double smallest = usual, largest = usual;
    for (std::size_t k = 0; k < gaps.size(); ++k) {
        const double slices = gaps[k] / usual;
        const bool whole = std::abs(slices - std::round(slices)) < kUnevenPart * std::max(1.0, slices);
        if (slices > kMissingPart && whole) {
            const double from = anatomicalPlace(geometry, geometry.places[k]);
            const double to = anatomicalPlace(geometry, geometry.places[k + 1]);
            findings.push_back({Code::MissingSlices, Effect::Corrected,
                                static_cast<int>(std::lround(slices)) - 1, std::min(from, to),
                                std::max(from, to)});
            continue;
        }
        smallest = std::min(smallest, gaps[k]);
        largest = std::max(largest, gaps[k]);
    }
    if (largest - smallest > kEvenPart * usual)
        findings.push_back({Code::UnevenSpacing, Effect::Corrected, 0, smallest, largest});
}

/// The sideways way of the slices: one straight line (a tilted gantry, at most), or it is refused.
void inspectDrift(VolumeGeometry &geometry, std::span<const SlicePlace> slices,
                  const std::vector<Placed> &placed, std::vector<Finding> &findings)
{
    const auto sideways = [&](std::size_t k) {
        const PatientVector travel = *slices[placed[k].slice].position - geometry.origin;
        return travel - geometry.normal * dot(travel, geometry.normal);
    };
    // Least squares through the first slice: single slices may be rounded, none is trusted alone.
    PatientVector weighted;
    double weights = 0;
    for (std::size_t k = 1; k < placed.size(); ++k) {
        weighted = weighted + sideways(k) * geometry.places[k];
        weights += geometry.places[k] * geometry.places[k];
    }
    geometry.drift = weighted * (1 / weights);
    double worst = 0;
    for (std::size_t k = 1; k < placed.size(); ++k)
        worst = std::max(worst, length(sideways(k) - geometry.drift * geometry.places[k]));
    const double allowed = std::max(0.05, 0.2 * std::min(geometry.rowSpacing, geometry.columnSpacing));
    const double degrees = std::atan(length(geometry.drift)) * kDegrees;
    if (worst > allowed || degrees > kLargestTiltDegrees) {
        findings.push_back({Code::ScatteredSlices, Effect::Refused, 0,
                            worst > allowed ? worst : length(sideways(placed.size() - 1)), 0});
        return;
    }
    if (degrees > kTiltDegrees)
        findings.push_back({Code::GantryTilt, Effect::Corrected, 0, degrees, degrees});
    // Less than the digits of positions can tell: straight.
    if (length(geometry.drift) * geometry.places.back() < std::min(0.02, allowed / 4))
        geometry.drift = {};
}

} // namespace

SlicePlace SlicePlace::of(const dicom::FrameGeometry &geometry, int rows, int columns)
{
    SlicePlace place;
    place.position = geometry.position;
    place.row = geometry.orientation.row;
    place.column = geometry.orientation.column;
    // Millimetres at the detector or of a film are none of the patient.
    if (geometry.spacing.source == dicom::SpacingSource::Patient ||
        geometry.spacing.source == dicom::SpacingSource::Calibrated) {
        place.rowSpacing = geometry.spacing.row;
        place.columnSpacing = geometry.spacing.column;
    }
    place.rows = rows;
    place.columns = columns;
    return place;
}

FittedGeometry fitGeometry(std::span<const SlicePlace> slices)
{
    FittedGeometry fitted;
    fitted.findings = refusalsOf(slices);
    if (!fitted.findings.empty())
        return fitted;

    const SlicePlace &any = slices.front();
    VolumeGeometry geometry;
    geometry.row = *any.row;
    // Exactly perpendicular, whatever digits were written.
    const PatientVector column = *any.column - geometry.row * dot(*any.column, geometry.row);
    geometry.column = column * (1 / length(column));
    geometry.normal = readingNormal(any);
    geometry.rowSpacing = *any.rowSpacing;
    geometry.columnSpacing = *any.columnSpacing;
    geometry.rows = any.rows;
    geometry.columns = any.columns;

    const auto placed = sortedPlaces(slices, geometry.normal, fitted.findings);
    if (placed.size() < 2) {
        fitted.findings.push_back(
            {Code::TooFewSlices, Effect::Refused, static_cast<int>(placed.size()), 0, 0});
        return fitted;
    }
    geometry.origin = *slices[placed.front().slice].position;
    for (const Placed &p : placed) {
        geometry.places.push_back(p.place - placed.front().place);
        fitted.order.push_back(p.slice);
    }
    inspectGaps(geometry, fitted.findings);
    inspectDrift(geometry, slices, placed, fitted.findings);
    if (std::abs(geometry.rowSpacing - geometry.columnSpacing) > kSameSpacing * geometry.rowSpacing)
        fitted.findings.push_back(
            {Code::NonSquarePixels, Effect::Noted, 0, geometry.rowSpacing, geometry.columnSpacing});
    const bool refused = std::any_of(fitted.findings.begin(), fitted.findings.end(),
                                     [](const Finding &f) { return f.effect == Effect::Refused; });
    if (!refused)
        fitted.geometry = std::move(geometry);
    return fitted;
}

VolumeGeometry coarser(const VolumeGeometry &geometry, int times)
{
    if (times <= 1)
        return geometry;
    VolumeGeometry coarse = geometry;
    coarse.columns = (geometry.columns + times - 1) / times;
    coarse.rows = (geometry.rows + times - 1) / times;
    coarse.columnSpacing *= times;
    coarse.rowSpacing *= times;
    std::vector<double> places;
    const auto step = static_cast<std::size_t>(times);
    for (std::size_t first = 0; first < geometry.places.size(); first += step) {
        const std::size_t end = std::min(geometry.places.size(), first + step);
        double sum = 0;
        for (std::size_t k = first; k < end; ++k)
            sum += geometry.places[k];
        places.push_back(sum / static_cast<double>(end - first));
    }
    const double toFirst = places.front();
    for (double &place : places)
        place -= toFirst;
    // The last slice may be the mean of fewer, and lie nearer to the one before.
    if (geometry.places.size() % step != 0)
        coarse.spacing.reset();
    else if (geometry.spacing)
        coarse.spacing = *geometry.spacing * times;
    coarse.usualSpacing = geometry.usualSpacing * times;
    coarse.places = std::move(places);
    const double half = (times - 1) / 2.0;
    coarse.origin = geometry.origin + geometry.row * (half * geometry.columnSpacing) +
                    geometry.column * (half * geometry.rowSpacing) +
                    (geometry.normal + geometry.drift) * toFirst;
    return coarse;
}

double VolumeGeometry::indexAt(double placeMm) const
{
    if (spacing)
        return placeMm / *spacing;
    const auto after = std::upper_bound(places.begin(), places.end(), placeMm);
    const auto last = static_cast<std::ptrdiff_t>(places.size()) - 1;
    const auto k = std::clamp<std::ptrdiff_t>(after - places.begin() - 1, 0, last - 1);
    const auto at = static_cast<std::size_t>(k);
    if (placeMm < places.front())
        return placeMm / usualSpacing;
    if (placeMm > places.back())
        return static_cast<double>(last) + (placeMm - places.back()) / usualSpacing;
    return static_cast<double>(k) + (placeMm - places[at]) / (places[at + 1] - places[at]);
}

double VolumeGeometry::placeAt(double k) const
{
    if (spacing)
        return k * *spacing;
    const double last = static_cast<double>(places.size() - 1);
    if (k <= 0)
        return k * usualSpacing;
    if (k >= last)
        return places.back() + (k - last) * usualSpacing;
    const auto at = static_cast<std::size_t>(k);
    return places[at] + (k - static_cast<double>(at)) * (places[at + 1] - places[at]);
}

PatientPoint VolumeGeometry::toPatient(const VolumePoint &point) const
{
    return origin + row * (point.i * columnSpacing) + column * (point.j * rowSpacing) +
           (normal + drift) * placeAt(point.k);
}

VolumePoint VolumeGeometry::toVolume(PatientPoint point) const
{
    const double place = along(point);
    const PatientVector within = point - origin - drift * place;
    return {dot(within, row) / columnSpacing, dot(within, column) / rowSpacing, indexAt(place)};
}

PatientPoint VolumeGeometry::centre() const
{
    const PatientPoint firstCentre =
        origin + row * ((columns - 1) / 2.0 * columnSpacing) + column * ((rows - 1) / 2.0 * rowSpacing);
    return firstCentre + (normal + drift) * (places.back() / 2);
}

std::string_view nameOf(Finding::Code code)
{
    static constexpr std::array kNames{
        std::string_view("duplicateSlices"), std::string_view("missingSlices"),
        std::string_view("unevenSpacing"),   std::string_view("gantryTilt"),
        std::string_view("nonSquarePixels"), std::string_view("tooFewSlices"),
        std::string_view("noPlaces"),        std::string_view("mixedOrientations"),
        std::string_view("mixedSizes"),      std::string_view("mixedPixelSpacings"),
        std::string_view("scatteredSlices"), std::string_view("colour"),
        std::string_view("curvedValues"),    std::string_view("mixedUnits")};
    static_assert(kNames.size() == static_cast<std::size_t>(Code::MixedUnits) + 1);
    return kNames[static_cast<std::size_t>(code)];
}

std::string_view nameOf(Finding::Effect effect)
{
    switch (effect) {
    case Effect::Noted:
        return "noted";
    case Effect::Corrected:
        return "corrected";
    case Effect::Refused:
        return "refused";
    }
    return "refused";
}

} // namespace negatoscope::volume
