#include "GreyMap.h"
#include "Sampler.h"
#include "ShutterMask.h"

#include <base/ComputePool.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace negatoscope::imaging {

namespace {

constexpr std::size_t kRowsPerChunk = 16;
constexpr std::uint32_t kOpaque = 0xff000000;
constexpr int kIndexBits = 12; ///< fewer bits than this are widened before they are interpolated
constexpr double kShuttered = std::numeric_limits<double>::infinity();

std::uint32_t greyPixel(std::uint8_t grey)
{
    return kOpaque | (grey * 0x010101U);
}

void forRows(std::size_t count, const base::ComputePool::Work &work)
{
    base::ComputePool::shared().parallelFor(count, kRowsPerChunk, work);
}

template <typename Value>
void transpose(const std::vector<Value> &from, std::size_t width, std::size_t height, std::vector<Value> &to)
{
    constexpr std::size_t kBlock = 16;
    to.resize(width * height);
    forRows(width, [&](std::size_t begin, std::size_t end) {
        for (std::size_t y0 = 0; y0 < height; y0 += kBlock)
            for (std::size_t x0 = begin; x0 < end; x0 += kBlock)
                for (std::size_t x = x0; x < std::min(end, x0 + kBlock); ++x)
                    for (std::size_t y = y0; y < std::min(height, y0 + kBlock); ++y)
                        to[x * height + y] = from[y * width + x];
    });
}

/// The picture at the size of the viewport, before any window. Only what is inside the image.
struct Sampled
{
    enum class Form { Nothing, Indices, Values, Colours };
    Form form = Form::Nothing;
    Run x, y;                           ///< what it covers in the viewport
    std::vector<std::uint16_t> indices; ///< (plane value - low) << shift, or outside, or shuttered
    std::vector<double> values;         ///< plane values; NaN outside, infinite under the shutter
    std::vector<std::uint32_t> colours; ///< 0xffRRGGBB, 0 under the shutter
    int low = 0, shift = 0, largest = 0;
    std::uint16_t outside() const { return static_cast<std::uint16_t>(largest + 1); }
    std::uint16_t shuttered() const { return static_cast<std::uint16_t>(largest + 2); }
};

/// Everything the first step needs about the axes, in the image's own orientation.
struct Geometry
{
    bool turned = false;
    Run alongColumns, alongRows;
    Axis columns, rows, plainColumns, plainRows;

    Geometry(const ViewTransform &transform, Interpolation interpolation, bool padded)
    {
        const double *m = transform.inverse();
        const Size image = transform.image(), view = transform.view();
        turned = m[0] == 0;
        const double columnStep = turned ? m[1] : m[0], rowStep = turned ? m[3] : m[4];
        alongColumns = visibleRun(m[2], columnStep, image.width, turned ? view.height : view.width);
        alongRows = visibleRun(m[5], rowStep, image.height, turned ? view.width : view.height);
        const auto axes = [&](Interpolation kernel, Axis &column, Axis &row) {
            column = Axis::make(m[2], columnStep, image.width, alongColumns.begin, alongColumns.end, kernel);
            row = Axis::make(m[5], rowStep, image.height, alongRows.begin, alongRows.end, kernel);
        };
        axes(interpolation, columns, rows);
        if (padded && interpolation == Interpolation::Bicubic)
            axes(Interpolation::Bilinear, plainColumns, plainRows);
    }
    SamplePlan plan(const Plane &plane) const
    {
        SamplePlan plan;
        plan.plane = plane;
        plan.columns = &columns;
        plan.rows = &rows;
        plan.plainColumns = plainColumns.count() ? &plainColumns : &columns;
        plan.plainRows = plainRows.count() ? &plainRows : &rows;
        return plan;
    }
    bool isEmpty() const { return columns.count() == 0 || rows.count() == 0; }
};

/// Samples every row in parallel and turns the result into the viewport's orientation.
template <typename Value, typename SampleRow>
void fill(const Geometry &geometry, std::vector<Value> &out, const SampleRow &sampleRows)
{
    const std::size_t width = geometry.columns.count(), height = geometry.rows.count();
    if (!geometry.turned) {
        out.resize(width * height);
        forRows(height, [&](std::size_t begin, std::size_t end) { sampleRows(begin, end, out.data()); });
        return;
    }
    std::vector<Value> upright(width * height);
    forRows(height, [&](std::size_t begin, std::size_t end) { sampleRows(begin, end, upright.data()); });
    transpose(upright, width, height, out);
}

template <typename Value>
void coverRow(ShutterMask &mask, const Geometry &geometry, std::size_t row, Value mark, Value *out)
{
    const std::uint8_t *covered = mask.row(geometry.rows.nearest[row]);
    const int *nearest = geometry.columns.nearest.data();
    for (std::size_t x = 0; x < geometry.columns.count(); ++x)
        if (covered[nearest[x]])
            out[x] = mark;
}

void sampleColours(const Picture::Data &data, const Geometry &geometry, bool shutter, Sampled &sampled)
{
    sampled.form = Sampled::Form::Colours;
    const std::size_t width = geometry.columns.count();
    fill(geometry, sampled.colours, [&](std::size_t begin, std::size_t end, std::uint32_t *out) {
        std::vector<NarrowSampler> channels;
        for (int channel = 0; channel < 3; ++channel) {
            SamplePlan plan =
                geometry.plan({SampleType::U8, data.channel(channel), data.size.width, data.size.height});
            plan.largest = 255;
            channels.emplace_back(plan);
        }
        ShutterMask mask(data.shutter, data.size);
        std::vector<std::uint16_t> lines(3 * width);
        for (std::size_t row = begin; row < end; ++row) {
            for (std::size_t channel = 0; channel < 3; ++channel)
                channels[channel].sample(row, lines.data() + channel * width);
            const std::uint16_t *red = lines.data(), *green = red + width, *blue = green + width;
            std::uint32_t *line = out + row * width;
            for (std::size_t x = 0; x < width; ++x)
                line[x] = kOpaque | (std::uint32_t(red[x]) << 16) | (std::uint32_t(green[x]) << 8) | blue[x];
            if (shutter)
                coverRow(mask, geometry, row, 0U, line);
        }
    });
}

void sampleIndices(const Picture::Data &data, const Geometry &geometry, bool shutter, Sampled &sampled)
{
    sampled.form = Sampled::Form::Indices;
    SamplePlan plan = geometry.plan(data.grey);
    plan.padding = data.padding.empty() ? nullptr : data.padding.data();
    plan.low = sampled.low;
    plan.shift = sampled.shift;
    plan.largest = sampled.largest;
    plan.outside = sampled.outside();
    const std::size_t width = geometry.columns.count();
    fill(geometry, sampled.indices, [&](std::size_t begin, std::size_t end, std::uint16_t *out) {
        NarrowSampler sampler(plan);
        ShutterMask mask(data.shutter, data.size);
        for (std::size_t row = begin; row < end; ++row) {
            sampler.sample(row, out + row * width);
            if (shutter)
                coverRow(mask, geometry, row, sampled.shuttered(), out + row * width);
        }
    });
}

void sampleValues(const Picture::Data &data, const Geometry &geometry, bool shutter, Sampled &sampled)
{
    sampled.form = Sampled::Form::Values;
    SamplePlan plan = geometry.plan(data.grey);
    plan.padding = data.padding.empty() ? nullptr : data.padding.data();
    const std::size_t width = geometry.columns.count();
    fill(geometry, sampled.values, [&](std::size_t begin, std::size_t end, double *out) {
        WideSampler sampler(plan);
        ShutterMask mask(data.shutter, data.size);
        for (std::size_t row = begin; row < end; ++row) {
            sampler.sample(row, out + row * width);
            if (shutter)
                coverRow(mask, geometry, row, kShuttered, out + row * width);
        }
    });
}

/// Whether indices of 16 bits can tell all values and the marks apart; sets how values become indices.
bool fitsIndices(const Picture::Data &data, bool marks, Sampled &sampled)
{
    if (!isNarrow(data.grey.type))
        return false;
    sampled.low = static_cast<int>(data.low);
    const int range = static_cast<int>(data.high) - sampled.low;
    sampled.shift = std::max(0, kIndexBits - static_cast<int>(std::bit_width(static_cast<unsigned>(range))));
    sampled.largest = range << sampled.shift;
    return !marks || sampled.largest + 2 <= 0xffff;
}

void sample(const Picture::Data &data, const ViewTransform &transform, const RenderSettings &settings,
            Sampled &sampled)
{
    const Geometry geometry(transform, settings.interpolation, !data.padding.empty());
    sampled.x = geometry.turned ? geometry.alongRows : geometry.alongColumns;
    sampled.y = geometry.turned ? geometry.alongColumns : geometry.alongRows;
    if (geometry.isEmpty()) {
        sampled.form = Sampled::Form::Nothing;
        sampled.x = sampled.y = {};
        return;
    }
    const bool shutter = settings.shutter && ShutterMask::isNeeded(data.shutter);
    if (data.colour)
        sampleColours(data, geometry, shutter, sampled);
    else if (fitsIndices(data, shutter || !data.padding.empty(), sampled))
        sampleIndices(data, geometry, shutter, sampled);
    else
        sampleValues(data, geometry, shutter, sampled);
}

} // namespace

struct Renderer::State
{
    std::weak_ptr<const Picture> picture;
    ViewTransform transform;
    RenderSettings settings;
    Sampled sampled;
    std::vector<std::uint8_t> greys;
    std::vector<std::uint32_t> table; ///< of indices; the two marks behind the largest

    void tabulate(const Picture::Data &data);
    /// The columns from `begin` to `end` of a row of what has been sampled.
    void paintRow(const Picture::Data &data, std::size_t row, std::size_t begin, std::size_t end,
                  std::uint32_t *out) const;
};

void Renderer::State::tabulate(const Picture::Data &data)
{
    const auto count = static_cast<std::size_t>(sampled.largest) + 1;
    greys.resize(count);
    GreyMap(data, settings)
        .tabulate(data.slope, data.intercept, sampled.low, 1.0 / (1 << sampled.shift), count, greys.data());
    table.resize(count + 2);
    const auto &colours = entriesOf(settings.colourTable);
    for (std::size_t i = 0; i < count; ++i)
        table[i] = colours[greys[i]];
    table[count] = settings.background;
    table[count + 1] = greyPixel(shutterGrey(data.shutter));
}

void Renderer::State::paintRow(const Picture::Data &data, std::size_t row, std::size_t begin, std::size_t end,
                               std::uint32_t *out) const
{
    const std::size_t from = row * static_cast<std::size_t>(sampled.x.size()) + begin;
    const std::size_t width = end - begin;
    switch (sampled.form) {
    case Sampled::Form::Nothing:
        break;
    case Sampled::Form::Indices: {
        const std::uint16_t *in = sampled.indices.data() + from;
        const std::uint32_t *const lookup = table.data();
        for (std::size_t x = 0; x < width; ++x)
            out[x] = lookup[in[x]];
        break;
    }
    case Sampled::Form::Values: {
        const GreyMap map(data, settings);
        const auto &colours = entriesOf(settings.colourTable);
        const std::uint32_t covered = greyPixel(shutterGrey(data.shutter));
        const double *in = sampled.values.data() + from;
        for (std::size_t x = 0; x < width; ++x)
            out[x] = std::isfinite(in[x]) ? colours[map(data.slope * in[x] + data.intercept)]
                     : std::isnan(in[x])  ? settings.background
                                          : covered;
        break;
    }
    case Sampled::Form::Colours: {
        const std::uint32_t flip = settings.inverted ? 0x00ffffffU : 0;
        const std::uint32_t covered = greyPixel(shutterGrey(data.shutter));
        const std::uint32_t *in = sampled.colours.data() + from;
        for (std::size_t x = 0; x < width; ++x)
            out[x] = in[x] ? in[x] ^ flip : covered;
        break;
    }
    }
}

Renderer::Renderer() : m_state(std::make_unique<State>())
{}
Renderer::~Renderer() = default;

void Renderer::draw(const std::shared_ptr<const Picture> &picture, const ViewTransform &transform,
                    const RenderSettings &settings, std::uint32_t *pixels, std::size_t stride)
{
    draw(picture, transform, settings, pixels, stride,
         {0, 0, transform.view().width, transform.view().height});
}

void Renderer::draw(const std::shared_ptr<const Picture> &picture, const ViewTransform &transform,
                    const RenderSettings &settings, std::uint32_t *pixels, std::size_t stride,
                    const ViewPart &part)
{
    State &state = *m_state;
    const int left = std::max(part.left, 0), top = std::max(part.top, 0);
    const int right = std::max(left, std::min(part.left + part.width, transform.view().width));
    const int bottom = std::max(top, std::min(part.top + part.height, transform.view().height));
    const auto rows = static_cast<std::size_t>(bottom - top);
    const auto rowAt = [&](std::size_t y) { return pixels + (static_cast<std::size_t>(top) + y) * stride; };
    if (!picture || picture->size() != transform.image()) {
        for (std::size_t y = 0; y < rows; ++y)
            std::fill(rowAt(y) + left, rowAt(y) + right, settings.background);
        return;
    }
    const Picture::Data &data = picture->data();
    const bool sameSample = state.picture.lock() == picture && state.transform == transform &&
                            state.settings.interpolation == settings.interpolation &&
                            state.settings.shutter == settings.shutter;
    if (!sameSample)
        sample(data, transform, settings, state.sampled);
    const bool sameTable = sameSample && state.settings == settings;
    state.picture = picture;
    state.transform = transform;
    state.settings = settings;
    if (!sameTable && state.sampled.form == Sampled::Form::Indices)
        state.tabulate(data);

    const Run &x = state.sampled.x, &y = state.sampled.y;
    const int begin = std::clamp(x.begin, left, right), end = std::clamp(x.end, begin, right);
    forRows(rows, [&](std::size_t firstRow, std::size_t lastRow) {
        for (std::size_t i = firstRow; i < lastRow; ++i) {
            std::uint32_t *const out = rowAt(i);
            const int row = top + static_cast<int>(i) - y.begin;
            if (row < 0 || row >= y.size() || begin == end) {
                std::fill(out + left, out + right, settings.background);
                continue;
            }
            std::fill(out + left, out + begin, settings.background);
            state.paintRow(data, static_cast<std::size_t>(row), static_cast<std::size_t>(begin - x.begin),
                           static_cast<std::size_t>(end - x.begin), out + begin);
            std::fill(out + end, out + right, settings.background);
        }
    });
}

} // namespace negatoscope::imaging
