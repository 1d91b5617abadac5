#include <dicom/UltrasoundRegions.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::dicom {

namespace {

constexpr Tag kRegions{0x0018, 0x6011};
constexpr Tag kSpatialFormat{0x0018, 0x6012};
constexpr Tag kDataType{0x0018, 0x6014};
constexpr Tag kFlags{0x0018, 0x6016};
constexpr Tag kMinX{0x0018, 0x6018}, kMinY{0x0018, 0x601a}, kMaxX{0x0018, 0x601c}, kMaxY{0x0018, 0x601e};
constexpr Tag kReferenceX{0x0018, 0x6020}, kReferenceY{0x0018, 0x6022};
constexpr Tag kUnitsX{0x0018, 0x6024}, kUnitsY{0x0018, 0x6026};
constexpr Tag kReferenceValueX{0x0018, 0x6028}, kReferenceValueY{0x0018, 0x602a};
constexpr Tag kDeltaX{0x0018, 0x602c}, kDeltaY{0x0018, 0x602e};

constexpr double kSameSpacing = 1e-3; ///< part; deltas are written with few digits
constexpr double kLargestDelta = 1e6;

RegionUnit unitOf(const DataSet &item, Tag tag)
{
    const auto code = item.integer(tag).value_or(0);
    return code >= 0 && code <= static_cast<int>(RegionUnit::Degree) ? static_cast<RegionUnit>(code)
                                                                     : RegionUnit::None;
}

double deltaOf(const DataSet &item, Tag tag)
{
    const double delta = item.decimal(tag).value_or(0);
    return std::abs(delta) <= kLargestDelta ? delta : 0;
}

/// Where an axis reads 0: the reference pixel counts from the region's corner and has a value.
std::optional<double> zeroOf(const DataSet &item, Tag pixel, Tag value, double delta, int corner)
{
    const auto at = item.integer(pixel);
    if (!at || delta == 0)
        return std::nullopt;
    const double zero = corner + static_cast<double>(*at) - item.decimal(value).value_or(0) / delta;
    return std::isfinite(zero) ? std::optional(zero) : std::nullopt;
}

std::optional<UltrasoundRegion> regionOf(const DataSet &item)
{
    const auto left = item.integer(kMinX), top = item.integer(kMinY);
    const auto right = item.integer(kMaxX), bottom = item.integer(kMaxY);
    constexpr std::int64_t kLargest = 65535;
    const bool sane = left && top && right && bottom && *left >= 0 && *top >= 0 && *left <= *right &&
                      *top <= *bottom && *right <= kLargest && *bottom <= kLargest;
    if (!sane)
        return std::nullopt;
    UltrasoundRegion region;
    region.left = static_cast<int>(*left);
    region.top = static_cast<int>(*top);
    region.right = static_cast<int>(*right);
    region.bottom = static_cast<int>(*bottom);
    const auto format = item.integer(kSpatialFormat).value_or(0);
    if (format >= 0 && format <= static_cast<int>(RegionFormat::Graphics))
        region.format = static_cast<RegionFormat>(format);
    region.dataType =
        static_cast<int>(std::clamp<std::int64_t>(item.integer(kDataType).value_or(0), 0, 0xffff));
    region.lowPriority = (item.integer(kFlags).value_or(0) & 1) != 0;
    region.unitX = unitOf(item, kUnitsX);
    region.unitY = unitOf(item, kUnitsY);
    region.deltaX = deltaOf(item, kDeltaX);
    region.deltaY = deltaOf(item, kDeltaY);
    region.zeroX = zeroOf(item, kReferenceX, kReferenceValueX, region.deltaX, region.left);
    region.zeroY = zeroOf(item, kReferenceY, kReferenceValueY, region.deltaY, region.top);
    return region;
}

} // namespace

bool UltrasoundRegion::contains(base::ImagePoint point) const
{
    return point.column >= left - 0.5 && point.column < right + 0.5 && point.row >= top - 0.5 &&
           point.row < bottom + 0.5;
}

bool UltrasoundRegion::isTissue() const
{
    return format == RegionFormat::TwoD && unitX == RegionUnit::Centimetre &&
           unitY == RegionUnit::Centimetre && deltaX != 0 && deltaY != 0;
}

std::optional<double> UltrasoundRegion::valueX(base::ImagePoint point) const
{
    return zeroX && unitX != RegionUnit::None ? std::optional((point.column - *zeroX) * deltaX)
                                              : std::nullopt;
}

std::optional<double> UltrasoundRegion::valueY(base::ImagePoint point) const
{
    return zeroY && unitY != RegionUnit::None ? std::optional((point.row - *zeroY) * deltaY) : std::nullopt;
}

std::vector<UltrasoundRegion> ultrasoundRegionsOf(const DataSet &dataSet)
{
    constexpr std::size_t kMostRegions = 256;
    std::vector<UltrasoundRegion> regions;
    for (const DataSet &item : dataSet.items(kRegions)) {
        if (regions.size() == kMostRegions)
            break;
        if (auto region = regionOf(item))
            regions.push_back(*region);
    }
    return regions;
}

const UltrasoundRegion *regionAt(const std::vector<UltrasoundRegion> &regions, base::ImagePoint point)
{
    const UltrasoundRegion *found = nullptr;
    for (const UltrasoundRegion &region : regions)
        if (region.contains(point) && (!found || (found->lowPriority && !region.lowPriority)))
            found = &region;
    return found;
}

std::optional<TissueSpacing> tissueSpacing(const std::vector<UltrasoundRegion> &regions)
{
    std::optional<TissueSpacing> spacing;
    const auto same = [](double a, double b) { return std::abs(a - b) <= kSameSpacing * std::max(a, b); };
    for (const UltrasoundRegion &region : regions) {
        if (region.deltaX == 0 && region.deltaY == 0)
            continue; // says nothing of lengths
        if (!region.isTissue())
            return std::nullopt;
        const TissueSpacing own{10 * std::abs(region.deltaY), 10 * std::abs(region.deltaX)};
        if (spacing && !(same(spacing->rowMm, own.rowMm) && same(spacing->columnMm, own.columnMm)))
            return std::nullopt;
        if (!spacing)
            spacing = own;
    }
    return spacing;
}

} // namespace negatoscope::dicom
