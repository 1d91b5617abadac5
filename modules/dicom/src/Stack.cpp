#include <dicom/Stack.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace negatoscope::dicom {

using base::PatientPoint;
using base::PatientVector;

namespace {

constexpr double kSamePlaneMm = 0.01;
constexpr double kSameDirection = 1e-3;
/// Positions are written with few digits: a gap is uneven only beyond this part of the usual one.
constexpr double kUnevenPart = 0.05;
constexpr double kMissingPart = 1.5;

/// The normal turned to the left, the back or the head, whichever it is nearest to: numbers along it are
/// those of the patient's coordinates.
PatientVector anatomicalNormal(PatientVector row, PatientVector column)
{
    const PatientVector normal = cross(row, column);
    const double x = std::abs(normal.x), y = std::abs(normal.y), z = std::abs(normal.z);
    const double main = z >= x && z >= y ? normal.z : y >= x ? normal.y : normal.x;
    return main < 0 ? -normal : normal;
}

/// The normal in reading direction: to the left, to the back, but from head to feet.
PatientVector readingNormal(PatientVector row, PatientVector column)
{
    const PatientVector normal = anatomicalNormal(row, column);
    const bool axial = std::abs(normal.z) >= std::abs(normal.x) && std::abs(normal.z) >= std::abs(normal.y);
    return axial ? -normal : normal;
}

bool isFinite(const PatientPoint &point)
{
    return std::isfinite(point.x) && std::isfinite(point.y) && std::isfinite(point.z);
}

bool sameOrientation(const StackFrame &a, const StackFrame &b)
{
    return length(*a.row - *b.row) < kSameDirection && length(*a.column - *b.column) < kSameDirection;
}

struct Placed
{
    StackFrame frame;
    int orientation = 0;
    int volume = 0;
    double place = 0;
};

using VolumeKey = std::tuple<std::int64_t, double, double, std::int64_t, std::vector<std::int64_t>>;

VolumeKey volumeKey(const StackFrame &frame, bool withDimensions)
{
    return {frame.temporalPosition.value_or(0), frame.bValue.value_or(0), frame.echoTime.value_or(0),
            frame.acquisitionNumber.value_or(0),
            withDimensions ? frame.dimensions : std::vector<std::int64_t>()};
}

std::map<VolumeKey, int> volumeKeys(const std::vector<Placed> &group, bool withDimensions)
{
    std::map<VolumeKey, int> keys;
    for (const Placed &p : group)
        keys.emplace(volumeKey(p.frame, withDimensions), 0);
    return keys;
}

std::int64_t number(const StackFrame &frame)
{
    return frame.instanceNumber.value_or(0);
}

/// Where every position is there equally often and nothing says why, each round of positions is a volume, in
/// the order of numbers: parameter maps of one slice, phases without a time. Anything else are duplicates.
void assignVolumesByRank(std::vector<Placed> &group)
{
    std::vector<std::size_t> order(group.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return group[a].place < group[b].place; });
    std::vector<int> ranks(group.size(), 0);
    std::size_t times = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && group[order[end]].place - group[order[end - 1]].place < kSamePlaneMm)
            ++end;
        if (times != 0 && end - begin != times)
            return;
        times = end - begin;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = static_cast<int>(i - begin);
        begin = end;
    }
    for (std::size_t i = 0; i < group.size(); ++i)
        group[i].volume = ranks[i];
}

/// Volumes are told apart by time, b-value, echo and acquisition only where positions repeat: a CT whose
/// acquisitions continue each other is one volume.
void assignVolumes(std::vector<Placed> &group)
{
    std::vector<double> places;
    places.reserve(group.size());
    for (const Placed &p : group)
        places.push_back(p.place);
    std::sort(places.begin(), places.end());
    const bool repeated = std::adjacent_find(places.begin(), places.end(), [](double a, double b) {
                              return b - a < kSamePlaneMm;
                          }) != places.end();
    if (!repeated)
        return;
    // A dimension that numbers every frame is a place under another name and makes no volumes.
    bool withDimensions = true;
    std::map<VolumeKey, int> keys = volumeKeys(group, withDimensions);
    if (keys.size() == group.size()) {
        withDimensions = false;
        keys = volumeKeys(group, withDimensions);
    }
    if (keys.size() < 2) {
        assignVolumesByRank(group);
        return;
    }
    int next = 0;
    for (auto &[key, volume] : keys)
        volume = next++;
    for (Placed &p : group)
        p.volume = keys.at(volumeKey(p.frame, withDimensions));
}

struct Spacing
{
    std::optional<double> usual;
    bool even = true;
};

/// Looks at one volume in order and reports its gaps.
Spacing inspectVolume(const Placed *begin, const Placed *end, PatientVector normal, Stack &stack)
{
    Spacing result;
    std::vector<double> gaps;
    int duplicates = 0;
    for (const Placed *p = begin; p + 1 < end; ++p) {
        const double gap = (p + 1)->place - p->place;
        if (gap < kSamePlaneMm)
            ++duplicates;
        else
            gaps.push_back(gap);
    }
    if (duplicates > 0)
        stack.findings.push_back({GeometryFinding::Code::DuplicatePositions, duplicates, 0, 0});
    if (gaps.size() < 2) {
        if (gaps.size() == 1)
            result.usual = gaps.front();
        return result;
    }
    auto sorted = gaps;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                     sorted.end());
    const double usual = sorted[sorted.size() / 2];
    result.usual = usual;
    double smallest = usual, largest = usual;
    for (const Placed *p = begin; p + 1 < end; ++p) {
        const double gap = (p + 1)->place - p->place;
        if (gap < kSamePlaneMm)
            continue;
        const double slices = gap / usual;
        const bool whole = std::abs(slices - std::round(slices)) < kUnevenPart * std::max(1.0, slices);
        if (slices > kMissingPart && whole) {
            stack.findings.push_back({GeometryFinding::Code::MissingSlices,
                                      static_cast<int>(std::lround(slices)) - 1,
                                      dot(p->frame.position.value() - PatientPoint{}, normal),
                                      dot((p + 1)->frame.position.value() - PatientPoint{}, normal)});
            result.even = false;
        } else if (std::abs(gap - usual) > kUnevenPart * usual) {
            smallest = std::min(smallest, gap);
            largest = std::max(largest, gap);
        }
    }
    if (smallest < usual || largest > usual) {
        stack.findings.push_back({GeometryFinding::Code::UnevenSpacing, 0, smallest, largest});
        result.even = false;
    }
    return result;
}

/// The angle between the row of first pixels and the normal: a tilted gantry shifts each slice sideways.
void inspectTilt(const Placed *begin, const Placed *end, PatientVector normal, Stack &stack)
{
    if (end - begin < 2)
        return;
    const PatientVector travel = *(end - 1)->frame.position - *begin->frame.position;
    const double along = std::abs(dot(travel, normal));
    if (along < kSamePlaneMm)
        return;
    const PatientVector sideways = travel - normal * dot(travel, normal);
    const double degrees = std::atan2(length(sideways), along) * 180.0 / 3.14159265358979323846;
    if (degrees > 0.5)
        stack.findings.push_back({GeometryFinding::Code::GantryTilt, 0, degrees, degrees});
}

Stack byNumber(std::vector<StackFrame> frames)
{
    Stack stack;
    std::stable_sort(frames.begin(), frames.end(), [](const StackFrame &a, const StackFrame &b) {
        return std::tuple(number(a), a.instance.value(), a.frame) <
               std::tuple(number(b), b.instance.value(), b.frame);
    });
    bool severalInstances = false;
    for (const StackFrame &frame : frames)
        severalInstances = severalInstances || frame.instance != frames.front().instance;
    if (severalInstances)
        stack.findings.push_back({GeometryFinding::Code::NoGeometry, 0, 0, 0});
    stack.frames = std::move(frames);
    stack.volumes = {{0, stack.frames.size(), 0}};
    return stack;
}

void findMixedSizes(Stack &stack)
{
    std::set<std::pair<std::uint32_t, std::uint32_t>> sizes;
    for (const StackFrame &frame : stack.frames)
        sizes.emplace(frame.rows, frame.columns);
    if (sizes.size() > 1)
        stack.findings.push_back({GeometryFinding::Code::MixedSizes, static_cast<int>(sizes.size()), 0, 0});
}

} // namespace

std::string_view nameOf(GeometryFinding::Code code)
{
    using enum GeometryFinding::Code;
    switch (code) {
    case MissingSlices:
        return "missingSlices";
    case UnevenSpacing:
        return "unevenSpacing";
    case DuplicatePositions:
        return "duplicatePositions";
    case GantryTilt:
        return "gantryTilt";
    case MixedOrientations:
        return "mixedOrientations";
    case MixedSizes:
        return "mixedSizes";
    case NoGeometry:
        return "noGeometry";
    case SeveralVolumes:
        return "severalVolumes";
    }
    return "noGeometry";
}

namespace {

const StackVolume *volumeOf(const Stack &stack, std::size_t frame)
{
    const auto at = std::find_if(stack.volumes.begin(), stack.volumes.end(), [&](const StackVolume &volume) {
        return frame >= volume.first && frame - volume.first < volume.count;
    });
    return at == stack.volumes.end() ? nullptr : &*at;
}

/// A value of the frames' that is the same within a volume and differs between volumes.
template <typename Value>
bool tellsApart(const Stack &stack, int orientation, std::optional<Value> StackFrame::*value)
{
    bool differs = false;
    std::optional<Value> first;
    for (const StackVolume &volume : stack.volumes) {
        if (volume.orientation != orientation || volume.count == 0)
            continue;
        const auto &own = stack.frames[volume.first].*value;
        for (std::size_t i = 0; i < volume.count; ++i)
            if (!own || stack.frames[volume.first + i].*value != own)
                return false;
        differs = differs || (first && *first != *own);
        first = own;
    }
    return differs;
}

} // namespace

StackPhase phaseOf(const Stack &stack, std::size_t frame)
{
    StackPhase phase;
    const StackVolume *own = volumeOf(stack, frame);
    if (!own)
        return phase;
    phase.count = 0;
    for (const StackVolume &volume : stack.volumes) {
        if (volume.orientation != own->orientation)
            continue;
        if (&volume == own)
            phase.index = phase.count;
        ++phase.count;
    }
    if (phase.count < 2)
        return phase;
    if (tellsApart(stack, own->orientation, &StackFrame::bValue))
        phase.bValue = stack.frames[frame].bValue;
    if (tellsApart(stack, own->orientation, &StackFrame::echoTime))
        phase.echoTime = stack.frames[frame].echoTime;
    return phase;
}

std::optional<std::size_t> inOtherPhase(const Stack &stack, std::size_t frame, int steps)
{
    const StackVolume *own = volumeOf(stack, frame);
    if (!own)
        return std::nullopt;
    const auto place = [&](std::size_t at) {
        const StackFrame &f = stack.frames[at];
        return readingPosition(f.position, f.row, f.column);
    };
    const StackVolume *other = own;
    for (int left = steps; left != 0; left += left > 0 ? -1 : 1) {
        const StackVolume *const begin = stack.volumes.data(), *const end = begin + stack.volumes.size();
        do
            other =
                left > 0 ? (other + 1 < end ? other + 1 : nullptr) : (other > begin ? other - 1 : nullptr);
        while (other && other->orientation != own->orientation);
        if (!other)
            return std::nullopt;
    }
    const auto wanted = place(frame);
    std::size_t best = other->first + std::min(frame - own->first, other->count - 1);
    if (!wanted)
        return best;
    for (std::size_t i = 0; i < other->count; ++i) {
        const auto here = place(other->first + i), there = place(best);
        if (here && there && std::abs(*here - *wanted) < std::abs(*there - *wanted))
            best = other->first + i;
    }
    return best;
}

std::optional<double> readingPosition(std::optional<PatientPoint> position, std::optional<PatientVector> row,
                                      std::optional<PatientVector> column)
{
    if (!position || !row || !column)
        return std::nullopt;
    return dot(*position - PatientPoint{}, readingNormal(*row, *column));
}

Stack Stack::of(std::vector<StackFrame> frames)
{
    if (frames.empty())
        return {};
    const bool geometric = std::all_of(frames.begin(), frames.end(), [](const StackFrame &frame) {
        return frame.position && isFinite(*frame.position) && frame.row && frame.column;
    });
    if (!geometric || frames.size() == 1) {
        Stack stack = byNumber(std::move(frames));
        findMixedSizes(stack);
        return stack;
    }

    // In order of number first, so that orientations are numbered as they were acquired.
    std::stable_sort(frames.begin(), frames.end(),
                     [](const StackFrame &a, const StackFrame &b) { return number(a) < number(b); });
    std::vector<std::vector<Placed>> groups;
    for (StackFrame &frame : frames) {
        auto at = std::find_if(groups.begin(), groups.end(), [&](const auto &group) {
            return sameOrientation(group.front().frame, frame);
        });
        if (at == groups.end())
            at = groups.insert(groups.end(), std::vector<Placed>());
        Placed placed;
        placed.orientation = static_cast<int>(at - groups.begin());
        placed.place = *readingPosition(frame.position, frame.row, frame.column);
        placed.frame = std::move(frame);
        at->push_back(std::move(placed));
    }

    Stack stack;
    if (groups.size() > 1)
        stack.findings.push_back(
            {GeometryFinding::Code::MixedOrientations, static_cast<int>(groups.size()), 0, 0});
    bool even = groups.size() == 1;
    int volumes = 0;
    for (auto &group : groups) {
        assignVolumes(group);
        std::stable_sort(group.begin(), group.end(), [](const Placed &a, const Placed &b) {
            return std::tuple(a.volume, a.place, number(a.frame), a.frame.instance.value(), a.frame.frame) <
                   std::tuple(b.volume, b.place, number(b.frame), b.frame.instance.value(), b.frame.frame);
        });
        const PatientVector normal = readingNormal(*group.front().frame.row, *group.front().frame.column);
        const Placed *const end = group.data() + group.size();
        for (const Placed *begin = group.data(); begin < end;) {
            const Placed *next = begin;
            while (next < end && next->volume == begin->volume)
                ++next;
            ++volumes;
            stack.volumes.push_back({stack.frames.size() + static_cast<std::size_t>(begin - group.data()),
                                     static_cast<std::size_t>(next - begin), begin->orientation});
            const Spacing spacing =
                inspectVolume(begin, next, anatomicalNormal(*begin->frame.row, *begin->frame.column), stack);
            even = even && spacing.even &&
                   (!stack.spacingMm || !spacing.usual ||
                    std::abs(*stack.spacingMm - *spacing.usual) < kUnevenPart * *spacing.usual);
            if (spacing.usual && !stack.spacingMm)
                stack.spacingMm = spacing.usual;
            inspectTilt(begin, next, normal, stack);
            begin = next;
        }
        for (Placed &placed : group)
            stack.frames.push_back(std::move(placed.frame));
    }
    if (!even)
        stack.spacingMm.reset();
    if (volumes > static_cast<int>(groups.size()))
        stack.findings.push_back({GeometryFinding::Code::SeveralVolumes, volumes, 0, 0});
    findMixedSizes(stack);
    return stack;
}

} // namespace negatoscope::dicom
