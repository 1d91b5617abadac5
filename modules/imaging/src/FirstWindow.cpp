#include <imaging/FirstWindow.h>

#include "PictureData.h"

#include <algorithm>
#include <cmath>

namespace negatoscope::imaging {

namespace {

constexpr std::size_t kMostSamples = 256 * 1024;

/// Modality values of pixels spread evenly over the picture, padding left out.
std::vector<double> samplesOf(const Picture::Data &data)
{
    const auto width = static_cast<std::size_t>(data.grey.width);
    const auto height = static_cast<std::size_t>(data.grey.height);
    std::size_t step = 1;
    while ((width / step + 1) * (height / step + 1) > kMostSamples)
        ++step;
    std::vector<double> values;
    values.reserve((width / step + 1) * (height / step + 1));
    withPixels(data.grey, [&](const auto *pixels) {
        for (std::size_t y = 0; y < height; y += step)
            for (std::size_t x = 0; x < width; x += step)
                if (const std::size_t at = y * width + x; !data.isPadding(at))
                    values.push_back(data.slope * static_cast<double>(pixels[at]) + data.intercept);
    });
    return values;
}

double quantile(std::vector<double> &values, double part)
{
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// The window that shows all of a range: LINEAR counts in whole values, fine scales need LINEAR_EXACT.
Window windowOver(double low, double high)
{
    constexpr double kWhole = 16;
    if (high - low < kWhole && high > low)
        return {(low + high) / 2, high - low, VoiFunction::LinearExact};
    return {(low + high + 1) / 2, std::max(1.0, high - low + 1), VoiFunction::Linear};
}

} // namespace

Window windowFromZero(double top)
{
    const double width = top > 0 && std::isfinite(top) ? top : 1;
    return {width / 2, width, VoiFunction::LinearExact};
}

Window firstWindow(const Picture &picture, FirstWindow rule)
{
    const auto range = picture.valueRange();
    if (picture.isColour() || rule == FirstWindow::WholeRange)
        return windowOver(range.low, range.high);
    std::vector<double> values = samplesOf(picture.data());
    if (values.empty())
        return windowOver(range.low, range.high);
    if (rule == FirstWindow::FromZero) {
        const double top = quantile(values, 0.999);
        return windowFromZero(top > 0 ? top : range.high);
    }
    const double low = quantile(values, 0.005), high = quantile(values, 0.995);
    return low < high ? windowOver(low, high) : windowOver(range.low, range.high);
}

} // namespace negatoscope::imaging
