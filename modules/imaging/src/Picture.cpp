#include "Colour.h"
#include "Kernels.h"
#include "PictureData.h"

#include <base/ComputePool.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>
#include <mutex>
#include <type_traits>

namespace negatoscope::imaging {

namespace {

constexpr std::size_t kPixelsPerChunk = 128 * 1024;
/// Floating point samples beyond are no measurements, and their weighted sums might leave the range of
/// doubles.
constexpr double kLargestSample = 1e200;

bool isNumber(double value)
{
    return std::abs(value) <= kLargestSample;
}

void forPixels(std::size_t count, const base::ComputePool::Work &work)
{
    base::ComputePool::shared().parallelFor(count, kPixelsPerChunk, work);
}

SampleType sampleTypeOf(const dicom::ImageFormat &format)
{
    if (format.kind == dicom::SampleKind::Float)
        return SampleType::Float;
    if (format.kind == dicom::SampleKind::Double)
        return SampleType::Double;
    switch (format.bytesPerSample()) {
    case 1:
        return format.isSigned ? SampleType::I8 : SampleType::U8;
    case 2:
        return format.isSigned ? SampleType::I16 : SampleType::U16;
    default:
        return format.isSigned ? SampleType::I32 : SampleType::U32;
    }
}

struct Bounds
{
    double low = 0, high = 0;
    bool any = false;

    void include(double value)
    {
        low = any ? std::min(low, value) : value;
        high = any ? std::max(high, value) : value;
        any = true;
    }
};

void include(Bounds &bounds, const std::uint8_t *in, std::size_t count)
{
    std::uint8_t low = 0, high = 0;
    kernels().rangeU8(in, count, &low, &high);
    bounds.include(low);
    bounds.include(high);
}

void include(Bounds &bounds, const std::int8_t *in, std::size_t count)
{
    std::int8_t low = 0, high = 0;
    kernels().rangeI8(in, count, &low, &high);
    bounds.include(low);
    bounds.include(high);
}

void include(Bounds &bounds, const std::uint16_t *in, std::size_t count)
{
    std::uint16_t low = 0, high = 0;
    kernels().rangeU16(in, count, &low, &high);
    bounds.include(low);
    bounds.include(high);
}

void include(Bounds &bounds, const std::int16_t *in, std::size_t count)
{
    std::int16_t low = 0, high = 0;
    kernels().rangeI16(in, count, &low, &high);
    bounds.include(low);
    bounds.include(high);
}

template <typename Sample>
void include(Bounds &bounds, const Sample *in, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        if (isNumber(static_cast<double>(in[i])))
            bounds.include(static_cast<double>(in[i]));
}

/// Bounds over the whole plane, each thread its part.
template <typename Measure>
Bounds boundsOf(std::size_t count, const Measure &measure)
{
    Bounds all;
    std::mutex mutex;
    forPixels(count, [&](std::size_t begin, std::size_t end) {
        Bounds part;
        measure(part, begin, end);
        const std::lock_guard lock(mutex);
        if (part.any) {
            all.include(part.low);
            all.include(part.high);
        }
    });
    return all;
}

/// Marks padding and what is not a number; leaves the mask empty if there is none.
template <typename Sample>
void markPadding(Picture::Data &data, const Sample *pixels, const DisplayAttributes &attributes,
                 const Bounds &bounds)
{
    const double low = attributes.paddingLow.value_or(1), high = attributes.paddingHigh.value_or(0);
    const bool mayPad = low <= high && low <= bounds.high && high >= bounds.low;
    const bool mayBeNaN = std::is_floating_point_v<Sample>;
    if (!mayPad && !mayBeNaN)
        return;
    const std::size_t count = data.grey.count();
    std::vector<std::uint8_t> mask(count);
    std::mutex mutex;
    bool any = false;
    forPixels(count, [&](std::size_t begin, std::size_t end) {
        std::uint8_t found = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const double value = static_cast<double>(pixels[i]);
            mask[i] = (value >= low && value <= high) || !isNumber(value);
            found |= mask[i];
        }
        const std::lock_guard lock(mutex);
        any = any || found;
    });
    if (any)
        data.padding = std::move(mask);
}

bool mark(const std::uint8_t *in, std::size_t count, const std::uint8_t *range, std::uint8_t *mask,
          std::uint8_t *bounds)
{
    return kernels().markU8(in, count, range[0], range[1], mask, &bounds[0], &bounds[1]);
}

bool mark(const std::int8_t *in, std::size_t count, const std::int8_t *range, std::uint8_t *mask,
          std::int8_t *bounds)
{
    return kernels().markI8(in, count, range[0], range[1], mask, &bounds[0], &bounds[1]);
}

bool mark(const std::uint16_t *in, std::size_t count, const std::uint16_t *range, std::uint8_t *mask,
          std::uint16_t *bounds)
{
    return kernels().markU16(in, count, range[0], range[1], mask, &bounds[0], &bounds[1]);
}

bool mark(const std::int16_t *in, std::size_t count, const std::int16_t *range, std::uint8_t *mask,
          std::int16_t *bounds)
{
    return kernels().markI16(in, count, range[0], range[1], mask, &bounds[0], &bounds[1]);
}

/// markPadding() and measure() of narrow pixels in one pass.
template <typename Sample>
void markAndMeasure(Picture::Data &data, const Sample *pixels, const DisplayAttributes &attributes)
{
    using Limits = std::numeric_limits<Sample>;
    const double from =
        std::max(std::ceil(attributes.paddingLow.value_or(1)), static_cast<double>(Limits::min()));
    const double to =
        std::min(std::floor(attributes.paddingHigh.value_or(0)), static_cast<double>(Limits::max()));
    const std::size_t count = data.grey.count();
    const bool mayPad = from <= to;
    const Sample range[2] = {static_cast<Sample>(mayPad ? from : 0), static_cast<Sample>(mayPad ? to : 0)};
    std::vector<std::uint8_t> mask(mayPad ? count : 0);
    std::atomic_bool any = false;
    const Bounds bounds = boundsOf(count, [&](Bounds &part, std::size_t begin, std::size_t end) {
        if (!mayPad) {
            include(part, pixels + begin, end - begin);
            return;
        }
        Sample found[2];
        if (mark(pixels + begin, end - begin, range, mask.data() + begin, found))
            any = true;
        if (found[0] <= found[1]) {
            part.include(found[0]);
            part.include(found[1]);
        }
    });
    if (any)
        data.padding = std::move(mask);
    data.low = bounds.low;
    data.high = bounds.high;
}

/// The values that occur outside padding; a picture of nothing but padding has the range 0 to 0.
template <typename Sample>
void measure(Picture::Data &data, const Sample *pixels, const Bounds &everything)
{
    Bounds bounds = everything;
    if (!data.padding.empty())
        bounds = boundsOf(data.grey.count(), [&](Bounds &part, std::size_t begin, std::size_t end) {
            bool any = false;
            Sample low{}, high{};
            for (std::size_t i = begin; i < end; ++i) {
                if (data.padding[i])
                    continue;
                low = any ? std::min(low, pixels[i]) : pixels[i];
                high = any ? std::max(high, pixels[i]) : pixels[i];
                any = true;
            }
            if (any) {
                part.include(static_cast<double>(low));
                part.include(static_cast<double>(high));
            }
        });
    data.low = bounds.low;
    data.high = bounds.high;
}

/// Puts every pixel through the Modality LUT, so that interpolation works on modality values.
template <typename Sample>
void applyModalityLut(Picture::Data &data, const Sample *pixels, const Lut &lut)
{
    data.mapped.resize(data.grey.count());
    const double last = static_cast<double>(lut.entries.size() - 1);
    forPixels(data.grey.count(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const double at = static_cast<double>(pixels[i]) - lut.first;
            data.mapped[i] = lut.entries[at > 0 ? static_cast<std::size_t>(std::min(at, last)) : 0];
        }
    });
    data.grey.type = SampleType::U16;
    data.grey.pixels = data.mapped.data();
}

void makeGrey(Picture::Data &data, const DisplayAttributes &attributes)
{
    data.inverse = attributes.inverse;
    data.slope = attributes.rescaleSlope;
    data.intercept = attributes.rescaleIntercept;
    const bool mapped = attributes.modalityLut && !attributes.modalityLut->entries.empty();
    withPixels(data.grey, [&](const auto *pixels) {
        using Sample = std::remove_cvref_t<decltype(*pixels)>;
        if constexpr (sizeof(Sample) <= 2) {
            if (!mapped) {
                markAndMeasure(data, pixels, attributes);
                return;
            }
        }
        const Bounds bounds =
            boundsOf(data.grey.count(), [&](Bounds &part, std::size_t begin, std::size_t end) {
                include(part, pixels + begin, end - begin);
            });
        markPadding(data, pixels, attributes, bounds);
        if (mapped)
            applyModalityLut(data, pixels, *attributes.modalityLut);
        else
            measure(data, pixels, bounds);
    });
    if (data.mapped.empty())
        return;
    data.slope = 1;
    data.intercept = 0;
    measure(data, data.mapped.data(),
            boundsOf(data.grey.count(), [&](Bounds &part, std::size_t begin, std::size_t end) {
                include(part, data.mapped.data() + begin, end - begin);
            }));
}

} // namespace

Picture::Picture(std::unique_ptr<const Data> data) : m_data(std::move(data))
{}
Picture::~Picture() = default;

std::shared_ptr<const Picture> Picture::make(std::shared_ptr<const void> owner,
                                             std::span<const std::byte> pixels,
                                             const dicom::ImageFormat &format, dicom::Photometric photometric,
                                             const DisplayAttributes &attributes)
{
    const std::size_t bytes = format.decodedFrameBytes();
    const bool threeSamples = format.samples == 3;
    if (bytes == 0 || pixels.size() < bytes || (format.samples != 1 && !threeSamples))
        return nullptr;
    if (threeSamples && format.kind != dicom::SampleKind::Integer)
        return nullptr;
    auto data = std::make_unique<Data>();
    data->size = {static_cast<int>(format.columns), static_cast<int>(format.rows)};
    data->owner = std::move(owner);
    data->shutter = attributes.shutter;
    const void *samples = pixels.data();
    if (reinterpret_cast<std::uintptr_t>(samples) % format.bytesPerSample() != 0) {
        data->aligned.resize((bytes + sizeof(double) - 1) / sizeof(double));
        std::memcpy(data->aligned.data(), samples, bytes);
        samples = data->aligned.data();
    }
    data->grey = {sampleTypeOf(format), samples, data->size.width, data->size.height};

    const bool palette = photometric == dicom::Photometric::PaletteColor && attributes.palette &&
                         !attributes.palette->entries.empty() && format.kind == dicom::SampleKind::Integer;
    if (threeSamples || palette) {
        data->colour = true;
        data->colours = threeSamples ? rgbPlanes(samples, format, photometric)
                                     : palettePlanes(samples, format, *attributes.palette);
        data->grey.pixels = nullptr;
        data->aligned = {};
        data->owner.reset();
    } else {
        makeGrey(*data, attributes);
    }
    return std::make_shared<const Picture>(std::move(data));
}

bool Picture::isColour() const
{
    return m_data->colour;
}

Size Picture::size() const
{
    return m_data->size;
}

Picture::Range Picture::valueRange() const
{
    const double a = m_data->slope * m_data->low + m_data->intercept;
    const double b = m_data->slope * m_data->high + m_data->intercept;
    return {std::min(a, b), std::max(a, b)};
}

std::optional<double> Picture::valueAt(int column, int row) const
{
    const Size size = m_data->size;
    if (m_data->colour || column < 0 || row < 0 || column >= size.width || row >= size.height)
        return std::nullopt;
    const std::size_t at = std::size_t(row) * std::size_t(size.width) + std::size_t(column);
    if (m_data->isPadding(at))
        return std::nullopt;
    return m_data->slope * m_data->planeValue(at) + m_data->intercept;
}

std::optional<std::uint32_t> Picture::colourAt(int column, int row) const
{
    const Size size = m_data->size;
    if (!m_data->colour || column < 0 || row < 0 || column >= size.width || row >= size.height)
        return std::nullopt;
    const std::size_t at = std::size_t(row) * std::size_t(size.width) + std::size_t(column);
    return (std::uint32_t(m_data->channel(0)[at]) << 16) | (std::uint32_t(m_data->channel(1)[at]) << 8) |
           m_data->channel(2)[at];
}

} // namespace negatoscope::imaging
