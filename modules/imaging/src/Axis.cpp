#include "Axis.h"

#include <algorithm>
#include <cmath>

namespace negatoscope::imaging {

namespace {

constexpr int kUnit = 256; ///< interpolation weights add up to this

/// Positions are told to 2^-20 pixel: whether a centre lies between two pixels is then decided by the
/// numbers, not by the last bit of a product.
double snapped(double position)
{
    return std::floor(position * (1 << 20) + 0.5) / (1 << 20);
}

int roundedHalfUp(double value)
{
    return static_cast<int>(std::floor(value + 0.5));
}

void addLinear(Axis &axis, double at)
{
    const double floor = std::floor(at);
    const int weight = roundedHalfUp((at - floor) * kUnit);
    axis.start.push_back(static_cast<int>(floor));
    axis.weights.insert(axis.weights.end(), {kUnit - weight, weight});
    axis.total.push_back(kUnit);
}

/// Catmull-Rom: through every pixel, smooth, sharper than linear; the centre weight takes what rounding
/// leaves.
void addCubic(Axis &axis, double at)
{
    const double floor = std::floor(at);
    const double t = at - floor;
    const int before = roundedHalfUp(kUnit * (((2 - t) * t - 1) * t / 2));
    const int after = roundedHalfUp(kUnit * ((t - 1) * t * t / 2));
    const int right = roundedHalfUp(kUnit * (((4 - 3 * t) * t + 1) * t / 2));
    axis.start.push_back(static_cast<int>(floor) - 1);
    axis.weights.insert(axis.weights.end(), {before, kUnit - before - right - after, right, after});
    axis.total.push_back(kUnit);
}

/// How finely the edges of an averaged area are told: the sum of weights must stay within 16 bits.
int areaUnit(double length)
{
    int unit = kUnit;
    while (unit > 1 && length * unit + 1 > 65535)
        unit /= 2;
    return unit;
}

void addArea(Axis &axis, double from, double to, int unit)
{
    const auto edge = [&](double at) {
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor((at + 0.5) * unit + 0.5)), 0,
                                        std::int64_t(axis.sourceCount) * unit);
    };
    std::int64_t low = edge(std::min(from, to)), high = edge(std::max(from, to));
    if (high <= low) {
        low = std::min(low, std::int64_t(axis.sourceCount) * unit - 1);
        high = low + 1;
    }
    const std::int64_t first = low / unit;
    axis.start.push_back(static_cast<int>(first));
    axis.total.push_back(static_cast<std::uint32_t>(high - low));
    for (std::int64_t pixel = first; pixel * unit < high; ++pixel)
        axis.weights.push_back(
            static_cast<std::int32_t>(std::min(high, (pixel + 1) * unit) - std::max(low, pixel * unit)));
}

AxisKind kindFor(double step, Interpolation interpolation)
{
    const double length = std::abs(step);
    // Corners lie on whole device pixels, so that 1:1 hits every centre.
    if (std::abs(length - 1) < 1e-12)
        return AxisKind::Nearest;
    if (length > 1)
        return AxisKind::Area;
    switch (interpolation) {
    case Interpolation::Nearest:
        return AxisKind::Nearest;
    case Interpolation::Bilinear:
        return AxisKind::Linear;
    case Interpolation::Bicubic:
        break;
    }
    return AxisKind::Cubic;
}

} // namespace

Axis Axis::make(double origin, double step, int sourceCount, int begin, int end, Interpolation interpolation)
{
    Axis axis;
    axis.kind = kindFor(step, interpolation);
    axis.sourceCount = sourceCount;
    const int unit = areaUnit(std::abs(step));
    for (int i = begin; i < end; ++i) {
        const double at = snapped(origin + step * (i + 0.5));
        axis.offset.push_back(static_cast<std::uint32_t>(axis.weights.size()));
        axis.nearest.push_back(std::clamp(roundedHalfUp(at), 0, sourceCount - 1));
        switch (axis.kind) {
        case AxisKind::Nearest:
            axis.start.push_back(axis.nearest.back());
            axis.weights.push_back(1);
            axis.total.push_back(1);
            break;
        case AxisKind::Linear:
            addLinear(axis, at);
            break;
        case AxisKind::Cubic:
            addCubic(axis, at);
            break;
        case AxisKind::Area:
            addArea(axis, snapped(origin + step * i), snapped(origin + step * (i + 1)), unit);
            break;
        }
        const int last = axis.start.back() + static_cast<int>(axis.weights.size() - axis.offset.back());
        axis.first = i == begin ? axis.start.back() : std::min(axis.first, axis.start.back());
        axis.last = i == begin ? last : std::max(axis.last, last);
    }
    axis.offset.push_back(static_cast<std::uint32_t>(axis.weights.size()));
    return axis;
}

Run visibleRun(double origin, double step, int sourceCount, int outputCount)
{
    const auto isInside = [&](int output) {
        const double at = snapped(origin + step * (output + 0.5));
        return at >= -0.5 && at < sourceCount - 0.5;
    };
    if (step == 0 || sourceCount <= 0 || outputCount <= 0)
        return {};
    const double one = (-0.5 - origin) / step, other = (sourceCount - 0.5 - origin) / step;
    const auto bounded = [&](double at) {
        return static_cast<int>(std::clamp(at, 0.0, double(outputCount)));
    };
    Run run{bounded(std::floor(std::min(one, other)) - 1), bounded(std::ceil(std::max(one, other)) + 1)};
    while (run.begin < run.end && !isInside(run.begin))
        ++run.begin;
    while (run.begin < run.end && !isInside(run.end - 1))
        --run.end;
    return run.size() > 0 ? run : Run{};
}

} // namespace negatoscope::imaging
