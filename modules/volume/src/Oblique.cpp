#include "Draw.h"

#include <array>
#include <cmath>

// Planes at any angle, and those of sheared or unevenly spaced slices.
//
// The picture is drawn in tiles, small enough that the voxels around one stay in the processor's second
// cache: along a row of the picture every pixel may lie in another slice, and the next row needs the same
// cache lines again. Within a tile each row is cut into runs whose samples all lie well inside the volume,
// drawn by a kernel in whole numbers, and the pixels at the borders, drawn one by one.

namespace negatoscope::volume {

namespace {

constexpr int kTileWidth = 64, kTileHeight = 32;
/// So many rows of the picture ahead are voxels asked for; so many voxels apart.
constexpr int kRowsAhead = 2;
constexpr double kFetchStep = 4;
/// The rounding of places in a run never takes a tap out of the block.
constexpr double kInside = 1e-3;
/// Runs count from the first voxel of a brick; slices of bricks of 8 begin at every 16th, too.
constexpr int kBrick = 16;
static_assert(kBrick % VoxelLayout::kColumns == 0 && kBrick % VoxelLayout::kRows == 0 &&
              kBrick % VoxelLayout::kSlices == 0);

/// Samples at any place, with every care: borders, uneven slices, cubic interpolation.
template <typename Voxel>
class Sampler
{
public:
    explicit Sampler(const Drawing<Voxel> &drawing) : m_drawing(drawing), m_layout(drawing.volume.layout()) {}

    std::optional<float> valueAt(const Triple &place) const
    {
        const VolumeGeometry &geometry = m_drawing.volume.geometry();
        const Taps along = tapsAt(place[0], geometry.columns, m_drawing.interpolation);
        const Taps down = tapsAt(place[1], geometry.rows, m_drawing.interpolation);
        if (along.isEmpty() || down.isEmpty())
            return std::nullopt;
        const Taps across = m_drawing.slices.tapsAt(place[2], m_drawing.interpolation);
        if (across.isEmpty())
            return std::nullopt;
        float value = 0;
        for (std::size_t c = 0; c < static_cast<std::size_t>(across.count); ++c) {
            const Voxel *const slice = m_drawing.voxels() + m_layout.slice(across.index[c]);
            float sum = 0;
            for (std::size_t d = 0; d < static_cast<std::size_t>(down.count); ++d)
                sum += down.weight[d] * rowValue(slice + m_layout.row(down.index[d]), along);
            value += across.weight[c] * sum;
        }
        return value;
    }

    /// All samples of a pixel, blended; the mean is that of those inside.
    float pixelAt(int x, int y) const
    {
        float value = 0;
        int inside = 0;
        const Blend blend = m_drawing.blend();
        for (int m = 0; m < m_drawing.map.samples; ++m) {
            const auto sample = valueAt(m_drawing.map.at(x, y, m));
            if (!sample)
                continue;
            if (inside == 0)
                value = *sample;
            else if (blend == Blend::Sum)
                value += *sample;
            else
                value = blend == Blend::Maximum ? std::max(value, *sample) : std::min(value, *sample);
            ++inside;
        }
        if (inside == 0)
            return m_drawing.background;
        return blend == Blend::Sum ? value / static_cast<float>(inside) : value;
    }

private:
    float rowValue(const Voxel *row, const Taps &along) const
    {
        float sum = 0;
        for (std::size_t a = 0; a < static_cast<std::size_t>(along.count); ++a)
            sum += along.weight[a] * static_cast<float>(row[m_layout.column(along.index[a])]);
        return sum;
    }

    const Drawing<Voxel> &m_drawing;
    const VoxelLayout &m_layout;
};

struct Span
{
    int begin = 0, end = 0;
};

/// The whole numbers x of [begin, end) with low <= start + x * step <= high.
Span clipped(Span span, double start, double step, double low, double high)
{
    if (low > high)
        return {span.begin, span.begin};
    if (std::abs(step) < 1e-12)
        return start >= low && start <= high ? span : Span{span.begin, span.begin};
    double first = (low - start) / step, last = (high - start) / step;
    if (first > last)
        std::swap(first, last);
    if (last < span.begin || first > span.end - 1)
        return {span.begin, span.begin};
    const int begin = static_cast<int>(std::ceil(std::max(first, double(span.begin))));
    const int end = static_cast<int>(std::floor(std::min(last, double(span.end - 1)))) + 1;
    return begin < end ? Span{begin, end} : Span{span.begin, span.begin};
}

template <typename Voxel, typename Pixel>
class ObliqueTile
{
public:
    ObliqueTile(const Drawing<Voxel> &drawing, const Sink<Pixel> &sink)
        : m_drawing(drawing),
          m_sink(sink),
          m_sampler(drawing)
    {
        const VolumeGeometry &geometry = drawing.volume.geometry();
        m_size = {double(geometry.columns), double(geometry.rows), double(geometry.slices())};
        // Along slices in mm, from place to place; in slices where these are even.
        m_voxel = {1, 1, drawing.slices.isRegular() ? drawing.slices.spacing() : 1};
        m_cubic = drawing.interpolation == Interpolation::Cubic;
        m_fast = drawing.slices.isRegular() && drawing.interpolation != Interpolation::Nearest;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double slab = (drawing.map.samples - 1) * drawing.map.across[axis] / m_voxel[axis];
            m_least[axis] = std::min(0.0, slab);
            m_most[axis] = std::max(0.0, slab);
            const double step = std::abs(drawing.map.right[axis] / m_voxel[axis]);
            const double room = ObliqueRun::kReach - kBrick - 4 - std::abs(slab);
            m_runLength =
                std::min(m_runLength, step > 0 ? static_cast<int>(std::clamp(room / step, 0.0, 64.0)) : 64);
            m_fast = m_fast && room > 0;
        }
        // Offsets of voxels within a run are 32-bit numbers.
        const VoxelLayout &layout = drawing.volume.layout();
        const auto farthest = (ObliqueRun::kReach / VoxelLayout::kSlices + 2) * layout.sliceOfBricks();
        m_fast = m_fast && m_runLength >= 8 && farthest < (std::ptrdiff_t(1) << 30);
        m_run.samples = drawing.map.samples;
        m_run.rowOfBricks = static_cast<std::int32_t>(layout.rowOfBricks());
        m_run.sliceOfBricks = m_fast ? static_cast<std::int32_t>(layout.sliceOfBricks()) : 0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            m_run.pixel[axis] = fixed(drawing.map.right[axis] / m_voxel[axis]);
            m_run.sample[axis] = fixed(drawing.map.across[axis] / m_voxel[axis]);
        }
    }

    void draw(int left, int top)
    {
        const int right = std::min(left + kTileWidth, m_drawing.columns);
        const int bottom = std::min(top + kTileHeight, m_drawing.rows);
        for (int y = top; y < bottom; ++y)
            drawRow(y, {left, right});
    }

private:
    static std::int32_t fixed(double value)
    {
        const double scaled = value * (1 << ObliqueRun::kPlaceBits);
        return std::abs(scaled) < 2e9 ? static_cast<std::int32_t>(std::lround(scaled)) : 0;
    }

    void drawRow(int y, Span all)
    {
        Triple start = m_drawing.map.at(0, y, 0);
        Span reached = all, inner = all;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            start[axis] /= m_voxel[axis];
            if (axis == 2 && !m_drawing.slices.isRegular()) {
                inner = {all.begin, all.begin};
                continue;
            }
            const double step = m_drawing.map.right[axis] / m_voxel[axis];
            reached = clipped(reached, start[axis], step, -0.5 - kInside - m_most[axis],
                              m_size[axis] - 0.5 + kInside - m_least[axis]);
            const double margin = (m_cubic ? 1 : 0) + kInside;
            inner = clipped(inner, start[axis], step, margin - m_least[axis],
                            m_size[axis] - 1 - margin - m_most[axis]);
        }
        if (!m_fast || inner.begin >= inner.end)
            inner = {reached.begin, reached.begin};
        if (m_fast)
            fetchAhead(y + kRowsAhead, reached);
        m_sink.fill(m_drawing.background, all.begin, reached.begin, y);
        one(y, {reached.begin, inner.begin});
        for (int x = inner.begin; x < inner.end; x += m_runLength)
            run(start, y, x, std::min(m_runLength, inner.end - x));
        one(y, {inner.end, reached.end});
        m_sink.fill(m_drawing.background, std::max(reached.end, reached.begin), all.end, y);
    }

    /// Asks for the voxels that a later row of the picture needs first: bricks lie too far apart for the
    /// processor to guess.
    void fetchAhead(int y, Span span)
    {
        const VolumeGeometry &geometry = m_drawing.volume.geometry();
        const VoxelLayout &layout = m_drawing.volume.layout();
        const int ahead[3] = {0, m_drawing.map.down[1] > 0 ? 1 : 0, m_drawing.map.down[2] > 0 ? 1 : 0};
        for (int m = 0; m < m_drawing.map.samples; ++m) {
            const Triple start = m_drawing.map.at(0, y, m);
            for (int x = span.begin; x < span.end; x += m_fetchStep) {
                std::array<int, 3> at{};
                for (std::size_t axis = 0; axis < 3; ++axis)
                    at[axis] =
                        static_cast<int>((start[axis] + x * m_drawing.map.right[axis]) * m_perVoxel[axis]) +
                        ahead[axis];
                if (at[0] < 0 || at[1] < 1 || at[2] < 0 || at[0] >= geometry.columns ||
                    at[1] >= geometry.rows || at[2] >= geometry.slices())
                    continue;
                prefetch(m_drawing.voxels() + layout.offset(at[0], at[1], at[2]));
                prefetch(m_drawing.voxels() + layout.offset(at[0], at[1] + 1 - 2 * ahead[1], at[2]));
            }
        }
    }

    static void prefetch(const Voxel *voxel)
    {
#if defined(__GNUC__)
        __builtin_prefetch(voxel);
#else
        static_cast<void>(voxel);
#endif
    }

    /// Pixel by pixel.
    void one(int y, Span span)
    {
        if (span.begin >= span.end)
            return;
        for (int x = span.begin; x < span.end; ++x)
            m_values[std::size_t(x - span.begin)] = m_sampler.pixelAt(x, y);
        m_sink.write(m_values.data(), std::size_t(span.end - span.begin), 1, span.begin, y);
    }

    void run(const Triple &start, int y, int x, int count)
    {
        std::array<int, 3> first{};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double step = m_drawing.map.right[axis] / m_voxel[axis];
            const double begin = start[axis] + x * step, end = begin + (count - 1) * step;
            const auto least = static_cast<int>(std::min(begin, end) + m_least[axis]) - (m_cubic ? 1 : 0);
            first[axis] = least / kBrick * kBrick;
            m_run.start[axis] = fixed(begin - first[axis]);
        }
        const Voxel *const base =
            m_drawing.voxels() + m_drawing.volume.layout().offset(first[0], first[1], first[2]);
        const Blend blend = m_drawing.blend();
        const ObliqueKernels &all = obliqueKernels();
        if constexpr (std::is_same_v<Voxel, std::int16_t>)
            (m_cubic ? all.cubic16 : all.linear16)(base, m_run, std::size_t(count), blend, m_values.data());
        else
            (m_cubic ? all.cubicFloat : all.linearFloat)(base, m_run, std::size_t(count), blend,
                                                         m_values.data());
        const float factor = blend == Blend::Sum ? 1.0F / static_cast<float>(m_run.samples) : 1.0F;
        m_sink.write(m_values.data(), std::size_t(count), factor, x, y);
    }

    const Drawing<Voxel> &m_drawing;
    const Sink<Pixel> &m_sink;
    const Sampler<Voxel> m_sampler;
    Triple m_size{}, m_voxel{}, m_perVoxel{}, m_least{}, m_most{};
    int m_fetchStep = kTileWidth;
    bool m_fast = false, m_cubic = false;
    int m_runLength = kTileWidth;
    ObliqueRun m_run;
    std::array<float, kTileWidth> m_values{};
};

} // namespace

template <typename Voxel, typename Pixel>
void drawOblique(const Drawing<Voxel> &drawing, const Sink<Pixel> &sink)
{
    const auto across = static_cast<std::size_t>((drawing.columns + kTileWidth - 1) / kTileWidth);
    const auto down = static_cast<std::size_t>((drawing.rows + kTileHeight - 1) / kTileHeight);
    base::ComputePool::shared().parallelFor(across * down, 1, [&](std::size_t begin, std::size_t end) {
        ObliqueTile<Voxel, Pixel> tile(drawing, sink);
        for (std::size_t n = begin; n < end; ++n)
            tile.draw(static_cast<int>(n % across) * kTileWidth, static_cast<int>(n / across) * kTileHeight);
    });
}

template void drawOblique(const Drawing<std::int16_t> &, const Sink<std::int16_t> &);
template void drawOblique(const Drawing<std::int16_t> &, const Sink<float> &);
template void drawOblique(const Drawing<float> &, const Sink<float> &);

} // namespace negatoscope::volume
