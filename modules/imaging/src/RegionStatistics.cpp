#include "PictureData.h"

#include <imaging/RegionStatistics.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace negatoscope::imaging {

namespace {

/// The part of the values left out at either end.
constexpr std::size_t kOutermost = 100;

/// Calls `work` with every plane value of the region that is not padding.
template <typename Work>
void forValues(const Picture::Data &data, const Region &region, Work work)
{
    withPixels(data.grey, [&](const auto *pixels) {
        for (int y = region.top; y <= region.bottom; ++y) {
            const std::size_t row = std::size_t(y) * std::size_t(data.size.width);
            for (int x = region.left; x <= region.right; ++x) {
                const std::size_t at = row + std::size_t(x);
                if (!data.isPadding(at))
                    work(pixels[at]);
            }
        }
    });
}

/// Plane values of 16 bits are counted, one bin each.
class Counted
{
public:
    Counted(const Picture::Data &data, const Region &region)
        : m_low(static_cast<int>(data.low)),
          m_bins(static_cast<std::size_t>(static_cast<int>(data.high) - m_low) + 1)
    {
        forValues(data, region,
                  [&](auto value) { ++m_bins[static_cast<std::size_t>(static_cast<int>(value) - m_low)]; });
        for (const std::size_t bin : m_bins)
            m_count += bin;
    }
    std::size_t count() const { return m_count; }
    double at(std::size_t rank) const
    {
        std::size_t bin = 0;
        for (std::size_t before = 0; (before += m_bins[bin]) <= rank;)
            ++bin;
        return valueOf(bin);
    }
    template <typename Work>
    void forEach(Work work) const
    {
        for (std::size_t bin = 0; bin < m_bins.size(); ++bin)
            if (m_bins[bin] > 0)
                work(valueOf(bin), static_cast<double>(m_bins[bin]));
    }

private:
    double valueOf(std::size_t bin) const { return m_low + static_cast<double>(bin); }

    int m_low;
    std::vector<std::size_t> m_bins;
    std::size_t m_count = 0;
};

/// Wider ones are put in order.
class Ordered
{
public:
    Ordered(const Picture::Data &data, const Region &region)
    {
        forValues(data, region, [&](auto value) {
            if (std::isfinite(static_cast<double>(value)))
                m_values.push_back(static_cast<double>(value));
        });
        std::sort(m_values.begin(), m_values.end());
    }
    std::size_t count() const { return m_values.size(); }
    double at(std::size_t rank) const { return m_values[rank]; }
    template <typename Work>
    void forEach(Work work) const
    {
        for (const double value : m_values)
            work(value, 1.0);
    }

private:
    std::vector<double> m_values;
};

template <typename Values>
std::optional<RegionStatistics> statisticsOf(const Values &values, double slope, double intercept)
{
    const std::size_t count = values.count();
    if (count == 0)
        return std::nullopt;
    const auto modality = [&](double plane) { return slope * plane + intercept; };
    const std::size_t left = count / kOutermost;
    RegionStatistics result;
    result.count = count;
    std::tie(result.low, result.high) = std::minmax({modality(values.at(0)), modality(values.at(count - 1))});
    std::tie(result.robustLow, result.robustHigh) =
        std::minmax({modality(values.at(left)), modality(values.at(count - 1 - left))});
    double sum = 0, squares = 0;
    values.forEach([&](double plane, double times) { sum += plane * times; });
    const double mean = sum / static_cast<double>(count);
    values.forEach([&](double plane, double times) { squares += (plane - mean) * (plane - mean) * times; });
    result.mean = modality(mean);
    result.deviation = std::abs(slope) * std::sqrt(squares / static_cast<double>(count));
    return result;
}

} // namespace

std::optional<RegionStatistics> regionStatistics(const Picture &picture, const Region &region)
{
    const Picture::Data &data = picture.data();
    const Region inside{std::max(region.left, 0), std::max(region.top, 0),
                        std::min(region.right, data.size.width - 1),
                        std::min(region.bottom, data.size.height - 1)};
    if (data.colour || inside.left > inside.right || inside.top > inside.bottom)
        return std::nullopt;
    if (isNarrow(data.grey.type) && data.high >= data.low)
        return statisticsOf(Counted(data, inside), data.slope, data.intercept);
    return statisticsOf(Ordered(data, inside), data.slope, data.intercept);
}

} // namespace negatoscope::imaging
