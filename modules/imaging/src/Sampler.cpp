#include "Sampler.h"

#include "Kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace negatoscope::imaging {

namespace {

/// Beyond this, a cubic sum of two axes may leave 32 bits: 20000 * 256 * 256 * 1.25 * 1.25 < 2^31.
constexpr int kLargestCubic = 20000;

template <typename Sum>
std::uint16_t quotient(Sum sum, std::int64_t total, int largest)
{
    if (sum <= 0)
        return 0;
    // Exact: sums stay below 2^48 and totals below 2^32, so a double keeps every tie a tie.
    const double value = std::floor(static_cast<double>(sum) / static_cast<double>(total) + 0.5);
    return static_cast<std::uint16_t>(std::min(value, static_cast<double>(largest)));
}

constexpr std::uint8_t kSomePadding = 1, kAllPadding = 2;

/// For each source column whether some or all of the rows under an output row are padding; false if none is.
bool gatherPadding(const SamplePlan &plan, std::size_t outputRow, std::vector<std::uint8_t> &touched)
{
    const Axis &rows = *plan.rows, &columns = *plan.columns;
    touched.assign(static_cast<std::size_t>(columns.last - columns.first), kAllPadding);
    const int begin = std::max(columns.first, 0), end = std::min(columns.last, columns.sourceCount);
    std::uint8_t any = 0;
    for (int tap = 0; tap < rows.taps(outputRow); ++tap) {
        const std::uint8_t *row = plan.padding + std::size_t(rows.inside(rows.start[outputRow] + tap)) *
                                                     std::size_t(plan.plane.width);
        std::uint8_t *out = touched.data() - columns.first;
        for (int column = begin; column < end; ++column) {
            const std::uint8_t padded = row[column];
            out[column] = static_cast<std::uint8_t>((out[column] | padded) & (0xfdU | (padded << 1)));
            any |= padded;
        }
    }
    const auto before = begin - columns.first, after = end - columns.first;
    std::fill(touched.begin(), touched.begin() + before, touched[std::size_t(before)]);
    std::fill(touched.begin() + after, touched.end(), touched[std::size_t(after - 1)]);
    return any != 0;
}

/// Whether some or all source pixels under an output are padding.
std::uint8_t paddingUnder(const Axis &columns, std::size_t output, const std::vector<std::uint8_t> &touched)
{
    const std::uint8_t *from = touched.data() + (columns.start[output] - columns.first);
    std::uint8_t some = 0, all = kAllPadding;
    for (int tap = 0; tap < columns.taps(output); ++tap) {
        some |= from[tap];
        all &= from[tap];
    }
    return static_cast<std::uint8_t>((some & kSomePadding) | all);
}

/// Calls `cover(begin, end)` with outputs that see nothing but padding and `mend(output)` with those that see
/// some. The sources of neighbouring outputs lie in order, so whole runs are decided at once.
template <typename Cover, typename Mend>
void forTouched(const Axis &columns, const std::vector<std::uint8_t> &touched, const Cover &cover,
                const Mend &mend)
{
    const std::size_t count = columns.count();
    const bool rising = columns.start.front() <= columns.start.back();
    const auto output = [&](std::size_t i) { return rising ? i : count - 1 - i; };
    const auto sourceEnd = [&](std::size_t i) {
        return static_cast<std::size_t>(columns.start[output(i)] - columns.first + columns.taps(output(i)));
    };
    for (std::size_t i = 0; i < count;) {
        const auto source = static_cast<std::size_t>(columns.start[output(i)] - columns.first);
        const std::uint8_t kind = touched[source];
        const auto runEnd = static_cast<std::size_t>(
            std::find_if(touched.begin() + static_cast<std::ptrdiff_t>(source), touched.end(),
                         [kind](std::uint8_t other) { return other != kind; }) -
            touched.begin());
        // The first output that sees beyond the run.
        std::size_t next = i, beyond = count;
        while (next < beyond) {
            const std::size_t middle = next + (beyond - next) / 2;
            if (sourceEnd(middle) <= runEnd)
                next = middle + 1;
            else
                beyond = middle;
        }
        if (next == i) {
            const std::uint8_t padding = paddingUnder(columns, output(i), touched);
            if (padding & kAllPadding)
                cover(output(i), output(i) + 1);
            else if (padding & kSomePadding)
                mend(output(i));
            next = i + 1;
        } else if (kind & kAllPadding) {
            cover(rising ? i : count - next, rising ? next : count - i);
        } else if (kind & kSomePadding) {
            for (; i < next; ++i)
                mend(output(i));
        }
        i = next;
    }
}

/// Calls `add` with each source pixel under an output that is no padding, and its weight; returns the weight
/// of all, padding included.
template <typename Add>
std::int64_t forTruePixels(const SamplePlan &plan, std::size_t outputRow, std::size_t outputColumn,
                           const Add &add)
{
    const Axis &rows = *plan.plainRows, &columns = *plan.plainColumns;
    const std::int32_t *rowWeights = rows.weightsOf(outputRow),
                       *columnWeights = columns.weightsOf(outputColumn);
    for (int i = 0; i < rows.taps(outputRow); ++i) {
        const std::size_t from =
            std::size_t(rows.inside(rows.start[outputRow] + i)) * std::size_t(plan.plane.width);
        for (int j = 0; j < columns.taps(outputColumn); ++j) {
            const std::size_t at = from + std::size_t(columns.inside(columns.start[outputColumn] + j));
            if (!plan.padding[at])
                add(at, std::int64_t(rowWeights[i]) * columnWeights[j]);
        }
    }
    return std::int64_t(rows.total[outputRow]) * columns.total[outputColumn];
}

} // namespace

NarrowSampler::NarrowSampler(const SamplePlan &plan)
    : m_plan(plan),
      m_width(static_cast<std::size_t>(plan.columns->last - plan.columns->first)),
      m_line(m_width)
{}

/// One source row as indices; the outermost pixels are repeated where the axis reaches beyond the image.
void NarrowSampler::load(int row, std::uint16_t *line) const
{
    const Axis &columns = *m_plan.columns;
    const std::size_t from = std::size_t(m_plan.rows->inside(row)) * std::size_t(m_plan.plane.width);
    const int begin = std::max(columns.first, 0), end = std::min(columns.last, columns.sourceCount);
    const auto count = static_cast<std::size_t>(std::max(0, end - begin));
    std::uint16_t *const out = line + (begin - columns.first);
    const int low = m_plan.low, shift = m_plan.shift, most = m_plan.largest;
    const Kernels &k = kernels();
    const std::size_t at = from + std::size_t(begin);
    switch (m_plan.plane.type) {
    case SampleType::U8:
        k.loadU8(static_cast<const std::uint8_t *>(m_plan.plane.pixels) + at, count, low, shift, most, out);
        break;
    case SampleType::I8:
        k.loadI8(static_cast<const std::int8_t *>(m_plan.plane.pixels) + at, count, low, shift, most, out);
        break;
    case SampleType::U16:
        k.loadU16(static_cast<const std::uint16_t *>(m_plan.plane.pixels) + at, count, low, shift, most, out);
        break;
    default:
        k.loadI16(static_cast<const std::int16_t *>(m_plan.plane.pixels) + at, count, low, shift, most, out);
        break;
    }
    std::fill(line, out, out[0]);
    std::fill(out + count, line + m_width, out[count - 1]);
}

void NarrowSampler::sample(std::size_t outputRow, std::uint16_t *out)
{
    const AxisKind columns = m_plan.columns->kind, rows = m_plan.rows->kind;
    if (columns == AxisKind::Nearest && rows == AxisKind::Nearest)
        sampleNearest(outputRow, out);
    else if (columns == AxisKind::Linear && rows == AxisKind::Linear)
        sampleLinear(outputRow, out);
    else if (columns == AxisKind::Cubic && rows == AxisKind::Cubic && m_plan.largest <= kLargestCubic)
        sampleCubic(outputRow, out);
    else if (rows == AxisKind::Cubic)
        sampleWeighted(outputRow, m_wideSums, out);
    else
        sampleWeighted(outputRow, m_sums, out);
    if (m_plan.padding)
        mendPadding(outputRow, out);
}

void NarrowSampler::sampleNearest(std::size_t outputRow, std::uint16_t *out)
{
    const Axis &columns = *m_plan.columns;
    load(m_plan.rows->start[outputRow], m_line.data());
    const std::size_t count = columns.count();
    if (m_width == count && columns.start.front() == columns.first &&
        columns.start.back() == columns.last - 1) {
        std::copy_n(m_line.data(), count, out);
        return;
    }
    const int *start = columns.start.data();
    const std::uint16_t *line = m_line.data() - columns.first;
    for (std::size_t x = 0; x < count; ++x)
        out[x] = line[start[x]];
}

/// A source row stretched to the output's width, kept while neighbouring output rows need it.
template <typename Value, int taps>
const Value *NarrowSampler::widened(int row, std::array<Line<Value>, taps> &lines)
{
    // Rows come in order, so the line for a row can only take the place of one that is no longer needed.
    Line<Value> &slot = lines[static_cast<std::size_t>(((row % taps) + taps) % taps)];
    if (slot.row == row)
        return slot.values.data();
    const Axis &columns = *m_plan.columns;
    load(row, m_line.data());
    slot.row = row;
    slot.values.resize(columns.count());
    const std::uint16_t *line = m_line.data() - columns.first;
    const int *start = columns.start.data();
    const std::int32_t *weight = columns.weights.data();
    Value *out = slot.values.data();
    for (std::size_t x = 0; x < columns.count(); ++x, weight += taps) {
        Value sum = 0;
        for (int tap = 0; tap < taps; ++tap)
            sum += static_cast<Value>(weight[tap]) * static_cast<Value>(line[start[x] + tap]);
        out[x] = sum;
    }
    return out;
}

void NarrowSampler::sampleLinear(std::size_t outputRow, std::uint16_t *out)
{
    const Axis &rows = *m_plan.rows;
    const int row = rows.start[outputRow];
    const std::int32_t *weights = rows.weightsOf(outputRow);
    const std::uint32_t *a = widened<std::uint32_t, 2>(row, m_pair);
    const std::uint32_t *b = widened<std::uint32_t, 2>(row + 1, m_pair);
    kernels().blendTwo(a, b, m_plan.columns->count(), static_cast<std::uint32_t>(weights[0]),
                       static_cast<std::uint32_t>(weights[1]), out);
}

void NarrowSampler::sampleCubic(std::size_t outputRow, std::uint16_t *out)
{
    const Axis &rows = *m_plan.rows;
    const int row = rows.start[outputRow];
    const std::int32_t *lines[4];
    for (int tap = 0; tap < 4; ++tap)
        lines[tap] = widened<std::int32_t, 4>(row + tap, m_quartet);
    kernels().blendFour(lines, rows.weightsOf(outputRow), m_plan.columns->count(), m_plan.largest, out);
}

/// Any pair of axes: rows first, so that the long loop runs along memory.
template <typename Sum>
void NarrowSampler::sampleWeighted(std::size_t outputRow, std::vector<Sum> &sums, std::uint16_t *out)
{
    const Axis &rows = *m_plan.rows, &columns = *m_plan.columns;
    sums.assign(m_width, 0);
    const std::int32_t *weights = rows.weightsOf(outputRow);
    for (int tap = 0; tap < rows.taps(outputRow); ++tap) {
        load(rows.start[outputRow] + tap, m_line.data());
        if constexpr (std::is_same_v<Sum, std::uint32_t>)
            kernels().accumulate(m_line.data(), m_width, static_cast<std::uint32_t>(weights[tap]),
                                 sums.data());
        else
            kernels().accumulateWide(m_line.data(), m_width, weights[tap], sums.data());
    }
    const std::int64_t total = rows.total[outputRow];
    for (std::size_t x = 0; x < columns.count(); ++x) {
        const Sum *from = sums.data() + (columns.start[x] - columns.first);
        const std::int32_t *weight = columns.weightsOf(x);
        std::int64_t sum = 0;
        for (int tap = 0; tap < columns.taps(x); ++tap)
            sum += static_cast<std::int64_t>(from[tap]) * weight[tap];
        out[x] = quotient(sum, total * columns.total[x], m_plan.largest);
    }
}

/// Redoes the outputs whose sources include padding; a row without any costs one look per source pixel.
void NarrowSampler::mendPadding(std::size_t outputRow, std::uint16_t *out)
{
    if (!gatherPadding(m_plan, outputRow, m_touched))
        return;
    forTouched(
        *m_plan.columns, m_touched,
        [&](std::size_t begin, std::size_t end) { std::fill(out + begin, out + end, m_plan.outside); },
        [&](std::size_t x) { out[x] = sampleBesidePadding(outputRow, x); });
}

std::uint16_t NarrowSampler::sampleBesidePadding(std::size_t outputRow, std::size_t outputColumn) const
{
    return withPixels(m_plan.plane, [&](const auto *pixels) -> std::uint16_t {
        std::int64_t sum = 0, valid = 0;
        const auto total =
            forTruePixels(m_plan, outputRow, outputColumn, [&](std::size_t at, std::int64_t weight) {
                sum += weight * ((static_cast<std::int64_t>(pixels[at]) - m_plan.low) << m_plan.shift);
                valid += weight;
            });
        return valid * 2 < total ? m_plan.outside : quotient(sum, valid, m_plan.largest);
    });
}

WideSampler::WideSampler(const SamplePlan &plan)
    : m_plan(plan),
      m_sums(static_cast<std::size_t>(plan.columns->last - plan.columns->first))
{}

/// Rows first, as in NarrowSampler. Padding may hold NaN: it is left out of the sums and mended afterwards.
template <typename Sample>
void WideSampler::sampleRow(const Sample *pixels, std::size_t outputRow, double *out)
{
    const Axis &rows = *m_plan.rows, &columns = *m_plan.columns;
    std::fill(m_sums.begin(), m_sums.end(), 0.0);
    const std::int32_t *weights = rows.weightsOf(outputRow);
    const int begin = std::max(columns.first, 0), end = std::min(columns.last, columns.sourceCount);
    for (int tap = 0; tap < rows.taps(outputRow); ++tap) {
        const std::size_t from =
            std::size_t(rows.inside(rows.start[outputRow] + tap)) * std::size_t(m_plan.plane.width);
        const Sample *in = pixels + from;
        double *sums = m_sums.data() - columns.first;
        const double weight = weights[tap];
        for (int column = begin; column < end; ++column)
            sums[column] += weight * static_cast<double>(in[column]);
    }
    std::fill(m_sums.begin(), m_sums.begin() + (begin - columns.first),
              m_sums[std::size_t(begin - columns.first)]);
    std::fill(m_sums.begin() + (end - columns.first), m_sums.end(),
              m_sums[std::size_t(end - 1 - columns.first)]);
    for (std::size_t x = 0; x < columns.count(); ++x) {
        const double *from = m_sums.data() + (columns.start[x] - columns.first);
        const std::int32_t *weight = columns.weightsOf(x);
        double sum = 0;
        for (int tap = 0; tap < columns.taps(x); ++tap)
            sum += from[tap] * weight[tap];
        out[x] = sum / (static_cast<double>(rows.total[outputRow]) * columns.total[x]);
    }
}

void WideSampler::sample(std::size_t outputRow, double *out)
{
    withPixels(m_plan.plane, [&](const auto *pixels) { sampleRow(pixels, outputRow, out); });
    if (m_plan.padding)
        mendPadding(outputRow, out);
}

void WideSampler::mendPadding(std::size_t outputRow, double *out) const
{
    const Axis &columns = *m_plan.columns;
    std::vector<std::uint8_t> touched(m_sums.size());
    if (!gatherPadding(m_plan, outputRow, touched))
        return;
    forTouched(
        columns, touched,
        [&](std::size_t begin, std::size_t end) {
            std::fill(out + begin, out + end, std::numeric_limits<double>::quiet_NaN());
        },
        [&](std::size_t x) { out[x] = sampleBesidePadding(outputRow, x); });
}

double WideSampler::sampleBesidePadding(std::size_t outputRow, std::size_t outputColumn) const
{
    return withPixels(m_plan.plane, [&](const auto *pixels) {
        double sum = 0, valid = 0;
        const double total =
            forTruePixels(m_plan, outputRow, outputColumn, [&](std::size_t at, std::int64_t weight) {
                sum += static_cast<double>(weight) * static_cast<double>(pixels[at]);
                valid += static_cast<double>(weight);
            });
        return valid * 2 < total ? std::numeric_limits<double>::quiet_NaN() : sum / valid;
    });
}

} // namespace negatoscope::imaging
