#include "NaiveRenderer.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace naive {

using namespace negatoscope::imaging;

double Image::at(int column, int row) const
{
    column = std::clamp(column, 0, columns - 1);
    row = std::clamp(row, 0, rows - 1);
    return stored[static_cast<std::size_t>(row * columns + column)];
}

bool Image::isPadding(int column, int row) const
{
    column = std::clamp(column, 0, columns - 1);
    row = std::clamp(row, 0, rows - 1);
    return !padding.empty() && padding[static_cast<std::size_t>(row * columns + column)];
}

std::uint8_t grey(double x, const Window &window, bool inverse)
{
    const double c = window.center, w = window.width;
    double y = 0;
    switch (window.function) {
    case VoiFunction::Linear:
        if (x <= c - 0.5 - (w - 1) / 2)
            y = 0;
        else if (x > c - 0.5 + (w - 1) / 2)
            y = 255;
        else
            y = ((x - (c - 0.5)) / (w - 1) + 0.5) * 255;
        break;
    case VoiFunction::LinearExact:
        if (x <= c - w / 2)
            y = 0;
        else if (x > c + w / 2)
            y = 255;
        else
            y = ((x - c) / w + 0.5) * 255;
        break;
    case VoiFunction::Sigmoid:
        y = 255 / (1 + std::exp(-4 * (x - c) / w));
        break;
    }
    const int rounded = static_cast<int>(std::floor(y + 0.5));
    return static_cast<std::uint8_t>(inverse ? 255 - rounded : rounded);
}

namespace {

using Weights = std::map<int, double>;

double catmullRom(double distance)
{
    const double d = std::abs(distance);
    if (d < 1)
        return 1.5 * d * d * d - 2.5 * d * d + 1;
    return d < 2 ? -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2 : 0;
}

double to256th(double value)
{
    return std::floor(value * 256 + 0.5) / 256;
}

/// Weights of source pixels along one axis for an output pixel that covers [from, to].
Weights weightsFor(double from, double centre, double to, int count, Interpolation interpolation)
{
    const double length = std::abs(to - from);
    const int base = static_cast<int>(std::floor(centre));
    if (length > 1 + 1e-5) {
        double low = to256th(std::min(from, to) + 0.5), high = to256th(std::max(from, to) + 0.5);
        low = std::clamp(low, 0.0, double(count));
        high = std::clamp(high, 0.0, double(count));
        Weights weights;
        for (int pixel = 0; pixel < count; ++pixel) {
            const double covered = std::min(high, pixel + 1.0) - std::max(low, double(pixel));
            if (covered > 0)
                weights[pixel] = covered;
        }
        return weights;
    }
    if (interpolation == Interpolation::Nearest || length > 1 - 1e-5)
        return {{std::clamp(static_cast<int>(std::floor(centre + 0.5)), 0, count - 1), 1.0}};
    const double t = centre - base;
    if (interpolation == Interpolation::Bilinear)
        return {{base, 1 - to256th(t)}, {base + 1, to256th(t)}};
    const double before = to256th(catmullRom(t + 1)), right = to256th(catmullRom(1 - t)),
                 after = to256th(catmullRom(2 - t));
    return {{base - 1, before}, {base, 1 - before - right - after}, {base + 1, right}, {base + 2, after}};
}

/// Positions count to 2^-20 pixel.
double snapped(double position)
{
    return std::floor(position * 1048576 + 0.5) / 1048576;
}

negatoscope::base::ImagePoint imagePoint(const ViewTransform &transform, double x, double y)
{
    const auto point = transform.toImage({x, y});
    return {snapped(point.column), snapped(point.row)};
}

} // namespace

std::vector<std::uint32_t> draw(const Image &image, const ViewTransform &transform, const Window &window,
                                Interpolation interpolation, bool inverted, std::uint32_t background)
{
    double low = 0, high = 0;
    bool any = false;
    for (int row = 0; row < image.rows; ++row)
        for (int column = 0; column < image.columns; ++column)
            if (!image.isPadding(column, row)) {
                low = any ? std::min(low, image.at(column, row)) : image.at(column, row);
                high = any ? std::max(high, image.at(column, row)) : image.at(column, row);
                any = true;
            }
    // Integers are interpolated to at least 12 bits.
    double fraction = 1;
    while (image.integers && (high - low) * fraction * 2 <= 4095 && fraction < 4096 && high > low)
        fraction *= 2;

    const Size view = transform.view();
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(view.width * view.height), background);
    for (int y = 0; y < view.height; ++y)
        for (int x = 0; x < view.width; ++x) {
            const auto centre = imagePoint(transform, x + 0.5, y + 0.5);
            if (centre.column < -0.5 || centre.column >= image.columns - 0.5 || centre.row < -0.5 ||
                centre.row >= image.rows - 0.5)
                continue;
            const auto a = imagePoint(transform, x, y), b = imagePoint(transform, x + 1, y + 1);
            const auto sum = [&](Interpolation kernel, double &total, double &valid, bool &padded) {
                const Weights columns = weightsFor(a.column, centre.column, b.column, image.columns, kernel);
                const Weights rows = weightsFor(a.row, centre.row, b.row, image.rows, kernel);
                double value = 0;
                total = valid = 0;
                padded = false;
                for (const auto &[row, rowWeight] : rows)
                    for (const auto &[column, columnWeight] : columns) {
                        total += rowWeight * columnWeight;
                        if (image.isPadding(column, row)) {
                            padded = true;
                            continue;
                        }
                        valid += rowWeight * columnWeight;
                        value += rowWeight * columnWeight *
                                 (image.integers ? image.at(column, row) - low : image.at(column, row));
                    }
                return value;
            };
            double total = 0, valid = 0;
            bool padded = false;
            double value = sum(interpolation, total, valid, padded);
            if (padded && interpolation == Interpolation::Bicubic)
                value = sum(Interpolation::Bilinear, total, valid, padded);
            if (padded && valid * 2 < total)
                continue;
            value /= valid;
            if (image.integers)
                value = low + std::clamp(std::floor(value * fraction + 0.5) / fraction, 0.0, high - low);
            const std::uint32_t shade =
                grey(image.slope * value + image.intercept, window, image.inverse != inverted);
            pixels[static_cast<std::size_t>(y * view.width + x)] = 0xff000000U | shade * 0x010101U;
        }
    return pixels;
}

} // namespace naive
