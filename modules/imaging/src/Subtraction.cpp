#include <imaging/Subtraction.h>

#include "PictureData.h"

#include <base/ComputePool.h>
#include <imaging/FirstWindow.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <type_traits>

namespace negatoscope::imaging {

namespace {

using Wide = std::int64_t;

constexpr Wide kSteps = 16;     ///< of a shift within a pixel, along one axis
constexpr int kFinestShift = 4; ///< differences are kept to 1/16 of a value
constexpr int kLargestNarrow = 32767;
constexpr double kLogScale = 1000;

/// What a pixel counts as: itself, or the logarithm of its modality value.
class Values
{
public:
    Values(const Picture::Data &data, bool logarithmic)
    {
        if (!logarithmic)
            return;
        m_low = static_cast<int>(data.low);
        for (int value = m_low; value <= static_cast<int>(data.high); ++value) {
            const double intensity = std::max(0.0, data.slope * value + data.intercept);
            m_table.push_back(static_cast<std::int32_t>(std::floor(kLogScale * std::log1p(intensity) + 0.5)));
        }
    }
    template <typename Sample>
    Wide operator()(Sample sample) const
    {
        if (m_table.empty())
            return sample;
        // Padding may lie outside the values that occur; what it counts as is never seen.
        const auto last = static_cast<int>(m_table.size()) - 1;
        return m_table[static_cast<std::size_t>(std::clamp(static_cast<int>(sample) - m_low, 0, last))];
    }
    Wide smallest(const Picture::Data &data) const
    {
        return m_table.empty() ? static_cast<Wide>(data.low) : m_table.front();
    }
    Wide largest(const Picture::Data &data) const
    {
        return m_table.empty() ? static_cast<Wide>(data.high) : m_table.back();
    }

private:
    int m_low = 0;
    std::vector<std::int32_t> m_table;
};

/// Two neighbours along an axis that a shifted position lies between, with weights that add up to kSteps.
struct Neighbours
{
    int whole = 0;        ///< source = target - whole, and the one before
    Wide weight = kSteps; ///< of the nearer one

    explicit Neighbours(double shift)
    {
        const double limited = std::isfinite(shift) ? std::clamp(shift, -1e5, 1e5) : 0;
        const auto steps = static_cast<Wide>(std::floor(limited * kSteps + 0.5));
        whole = static_cast<int>(steps >= 0 ? steps / kSteps : -((-steps + kSteps - 1) / kSteps));
        weight = kSteps - (steps - whole * kSteps);
    }
};

struct Source
{
    const Picture::Data *data;
    Values values;
};

/// Adds one row of one frame times a weight; marks where it is padding or outside.
void addRow(const Source &source, int row, int columnShift, Wide weight, std::vector<Wide> &sums,
            std::vector<std::uint8_t> &missing)
{
    const int width = source.data->size.width;
    if (row < 0 || row >= source.data->size.height) {
        std::fill(missing.begin(), missing.end(), 1);
        return;
    }
    const std::size_t start = static_cast<std::size_t>(row) * static_cast<std::size_t>(width);
    const int begin = std::clamp(columnShift, 0, width), end = std::clamp(width + columnShift, 0, width);
    std::fill(missing.begin(), missing.begin() + begin, 1);
    std::fill(missing.begin() + end, missing.end(), 1);
    withPixels(source.data->grey, [&](const auto *pixels) {
        using Sample = std::remove_cvref_t<decltype(*pixels)>;
        if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2)
            for (int x = begin; x < end; ++x)
                sums[static_cast<std::size_t>(x)] +=
                    weight * source.values(pixels[start + static_cast<std::size_t>(x - columnShift)]);
    });
    if (!source.data->padding.empty())
        for (int x = begin; x < end; ++x)
            missing[static_cast<std::size_t>(x)] |=
                source.data->padding[start + static_cast<std::size_t>(x - columnShift)];
}

std::vector<Source> sourcesOf(const std::vector<std::shared_ptr<const Picture>> &pictures, bool logarithmic)
{
    std::vector<Source> sources;
    for (const auto &picture : pictures)
        sources.push_back({&picture->data(), Values(picture->data(), logarithmic)});
    return sources;
}

bool fitTogether(const Subtraction &subtraction)
{
    if (subtraction.contrast.empty() || subtraction.masks.empty())
        return false;
    const auto &first = subtraction.contrast.front();
    const auto fits = [&](const std::shared_ptr<const Picture> &picture) {
        if (!picture || !first || picture->isColour() || picture->size() != first->size())
            return false;
        const Picture::Data &data = picture->data();
        return isNarrow(data.grey.type) && data.slope == first->data().slope &&
               data.intercept == first->data().intercept;
    };
    return std::all_of(subtraction.contrast.begin(), subtraction.contrast.end(), fits) &&
           std::all_of(subtraction.masks.begin(), subtraction.masks.end(), fits);
}

/// floor(numerator / denominator + 1/2)
Wide dividedHalfUp(Wide numerator, Wide denominator)
{
    const Wide doubled = 2 * numerator + denominator, divisor = 2 * denominator;
    if (std::has_single_bit(static_cast<std::uint64_t>(divisor)))
        return doubled >> std::countr_zero(static_cast<std::uint64_t>(divisor));
    return doubled >= 0 ? doubled / divisor : -((-doubled + divisor - 1) / divisor);
}

struct Difference
{
    std::vector<Source> contrast, masks;
    Neighbours rows, columns;
    Size size;
    int finer = 0; ///< differences are multiplied by 2^finer

    void contrastRow(int y, std::vector<Wide> &sums, std::vector<std::uint8_t> &missing) const
    {
        for (const Source &source : contrast)
            addRow(source, y, 0, 1, sums, missing);
    }
    void maskRow(int y, std::vector<Wide> &sums, std::vector<std::uint8_t> &missing) const
    {
        for (const Source &source : masks)
            for (int below = 0; below < 2; ++below)
                for (int right = 0; right < 2; ++right) {
                    const Wide weight = (below == 0 ? rows.weight : kSteps - rows.weight) *
                                        (right == 0 ? columns.weight : kSteps - columns.weight);
                    if (weight > 0)
                        addRow(source, y - rows.whole - below, columns.whole + right, weight, sums, missing);
                }
    }
};

template <typename Out>
void subtractInto(const Difference &difference, std::vector<Out> &out, std::vector<std::uint8_t> &padding)
{
    const auto width = static_cast<std::size_t>(difference.size.width);
    const auto height = static_cast<std::size_t>(difference.size.height);
    out.resize(width * height);
    padding.assign(width * height, 0);
    const Wide maskWeight = kSteps * kSteps * static_cast<Wide>(difference.masks.size());
    const Wide contrastWeight = static_cast<Wide>(difference.contrast.size());
    const Wide denominator = maskWeight * contrastWeight;
    base::ComputePool::shared().parallelFor(height, 16, [&](std::size_t begin, std::size_t end) {
        std::vector<Wide> contrast(width), mask(width);
        std::vector<std::uint8_t> missing(width);
        for (std::size_t y = begin; y < end; ++y) {
            std::fill(contrast.begin(), contrast.end(), 0);
            std::fill(mask.begin(), mask.end(), 0);
            std::fill(missing.begin(), missing.end(), 0);
            difference.contrastRow(static_cast<int>(y), contrast, missing);
            difference.maskRow(static_cast<int>(y), mask, missing);
            for (std::size_t x = 0; x < width; ++x) {
                const Wide numerator =
                    (contrast[x] * maskWeight - mask[x] * contrastWeight) * (Wide(1) << difference.finer);
                out[y * width + x] =
                    missing[x] ? Out(0) : static_cast<Out>(dividedHalfUp(numerator, denominator));
                padding[y * width + x] = missing[x];
            }
        }
    });
}

template <typename Out>
void finish(Picture::Data &data, const std::shared_ptr<std::vector<Out>> &values, SampleType type)
{
    bool any = false, padded = false;
    Out low = 0, high = 0;
    for (std::size_t i = 0; i < values->size(); ++i) {
        if (data.padding[i]) {
            padded = true;
            continue;
        }
        low = any ? std::min(low, (*values)[i]) : (*values)[i];
        high = any ? std::max(high, (*values)[i]) : (*values)[i];
        any = true;
    }
    if (!padded)
        data.padding.clear();
    data.low = low;
    data.high = high;
    data.grey = {type, values->data(), data.size.width, data.size.height};
    data.owner = values;
}

} // namespace

std::shared_ptr<const Picture> subtracted(const Subtraction &subtraction)
{
    if (!fitTogether(subtraction))
        return nullptr;
    Difference difference{sourcesOf(subtraction.contrast, subtraction.logarithmic),
                          sourcesOf(subtraction.masks, subtraction.logarithmic),
                          Neighbours(subtraction.shiftRows), Neighbours(subtraction.shiftColumns),
                          subtraction.contrast.front()->size()};
    Wide low = difference.contrast.front().values.smallest(*difference.contrast.front().data), high = low;
    for (const auto *side : {&difference.contrast, &difference.masks})
        for (const Source &source : *side) {
            low = std::min(low, source.values.smallest(*source.data));
            high = std::max(high, source.values.largest(*source.data));
        }
    const Wide largest = high - low;
    while (difference.finer < kFinestShift && (largest << (difference.finer + 1)) <= kLargestNarrow)
        ++difference.finer;

    const Picture::Data &like = *difference.contrast.front().data;
    auto data = std::make_unique<Picture::Data>();
    data->size = difference.size;
    data->slope = (subtraction.logarithmic ? 1 / kLogScale : like.slope) / (1 << difference.finer);
    data->inverse = like.inverse;
    data->shutter = like.shutter;
    if (largest <= kLargestNarrow) {
        const auto values = std::make_shared<std::vector<std::int16_t>>();
        subtractInto(difference, *values, data->padding);
        finish(*data, values, SampleType::I16);
    } else {
        const auto values = std::make_shared<std::vector<std::int32_t>>();
        subtractInto(difference, *values, data->padding);
        finish(*data, values, SampleType::I32);
    }
    return std::make_shared<const Picture>(std::move(data));
}

Window subtractionWindow(const Picture &difference)
{
    const Window robust = firstWindow(difference, FirstWindow::Robust);
    const double reach =
        std::max(std::abs(robust.center - robust.width / 2), std::abs(robust.center + robust.width / 2));
    return {0, std::max(2 * reach, 1e-6), VoiFunction::LinearExact};
}

} // namespace negatoscope::imaging
