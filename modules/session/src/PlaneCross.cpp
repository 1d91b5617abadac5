#include <session/PlaneCross.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace negatoscope::session {

namespace {

/// Device-independent pixels: from how far a line is taken, and how far from the edge its ends stay.
constexpr double kReach = 6, kInset = 14;
/// In parts of the way from the centre to the edge: where the line is turned, and where the slab is taken.
constexpr double kTurningEnd = 0.85, kTurningFrom = 0.7, kHandle = 0.45;
/// A shorter half of a line has no parts: it is moved.
constexpr double kLeastHalf = 60;

/// How far one can go from `at` along `step` within 0 to `size`.
double room(double at, double step, double low, double high)
{
    if (std::abs(step) < 1e-9)
        return at >= low && at <= high ? std::numeric_limits<double>::max() : 0;
    return std::max(((step > 0 ? high : low) - at) / step, 0.0);
}

double distance(base::ViewPoint a, base::ViewPoint b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

} // namespace

std::vector<CrossLine> crossLinesOf(const ViewportState &state, double ratio)
{
    std::vector<CrossLine> lines;
    const imaging::Size view = state.transform.view();
    const double inset = kInset * ratio;
    for (const PlaneLine &line : state.guides.planes) {
        CrossLine cross;
        cross.plane = line.plane;
        cross.centre = state.transform.toView(line.through);
        const auto next = state.transform.toView(
            {line.through.column + line.alongColumn, line.through.row + line.alongRow});
        const double scale = distance(cross.centre, next);
        if (!(scale > 0))
            continue;
        cross.alongX = (next.x - cross.centre.x) / scale;
        cross.alongY = (next.y - cross.centre.y) / scale;
        const auto reach = [&](double sign) {
            const double most =
                std::min(room(cross.centre.x, sign * cross.alongX, inset, view.width - inset),
                         room(cross.centre.y, sign * cross.alongY, inset, view.height - inset));
            return std::min(most, double(view.width) + view.height);
        };
        cross.from = -reach(-1);
        cross.to = reach(1);
        cross.halfSlab = line.halfSlab * scale;
        cross.ends = {cross.at(cross.from * kTurningEnd), cross.at(cross.to * kTurningEnd)};
        cross.handles = {
            cross.at(cross.from * kHandle, cross.halfSlab), cross.at(cross.from * kHandle, -cross.halfSlab),
            cross.at(cross.to * kHandle, cross.halfSlab), cross.at(cross.to * kHandle, -cross.halfSlab)};
        lines.push_back(cross);
    }
    return lines;
}

CrossHold holdAt(const ViewportState &state, base::ViewPoint at, double ratio)
{
    using Part = CrossHold::Part;
    const auto lines = crossLinesOf(state, ratio);
    if (lines.empty())
        return {};
    const double reach = kReach * ratio;
    if (distance(at, lines.front().centre) < kCrossGap * ratio)
        return {Part::Centre, 0};
    const CrossLine *nearest = nullptr;
    double nearestAside = reach, nearestAlong = 0;
    for (const CrossLine &line : lines) {
        for (const base::ViewPoint &handle : line.handles)
            if (distance(at, handle) < reach)
                return {Part::Slab, line.plane};
        const double dx = at.x - line.centre.x, dy = at.y - line.centre.y;
        const double along = dx * line.alongX + dy * line.alongY;
        const double aside = std::abs(dy * line.alongX - dx * line.alongY);
        if (along < line.from || along > line.to)
            continue;
        if (line.halfSlab > 2 * reach && std::abs(aside - line.halfSlab) < reach / 2)
            return {Part::Slab, line.plane};
        if (aside < nearestAside) {
            nearest = &line;
            nearestAside = aside;
            nearestAlong = along;
        }
    }
    if (nearest == nullptr)
        return {};
    const double half = nearestAlong > 0 ? nearest->to : -nearest->from;
    const bool turns = half > kLeastHalf * ratio && std::abs(nearestAlong) > half * kTurningFrom;
    return {turns ? Part::End : Part::Line, nearest->plane};
}

} // namespace negatoscope::session
