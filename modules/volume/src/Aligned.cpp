#include "Draw.h"

#include <cstring>
#include <vector>

// Planes along the axes of the volume: coronal, sagittal and axial ones of most series.
//
// Such a plane is separable. A line of voxels is read once, mixed across the plane, resampled to the width of
// the picture, and kept until no row needs it; a row of the picture is a mix of two such lines (four of cubic
// interpolation). So every voxel is touched once, whatever the enlargement, and slices are read in order.

namespace negatoscope::volume {

namespace {

static_assert(VoxelLayout::kColumns == VoxelLayout::kRows);
constexpr int kBrick = VoxelLayout::kColumns; ///< voxels of a line within a brick

constexpr std::size_t kRowsAtLeast = 16;

/// Taps of all pixels along a row, as tables for Kernels::resample; only of those within the volume.
struct RowTaps
{
    int begin = 0, end = 0; ///< pixels
    int first = 0;          ///< voxel that index 0 stands for, the first of a brick
    int voxels = 0;         ///< of whole bricks
    int taps = 1;
    std::vector<std::int32_t> indices;
    std::vector<float> weights;

    std::size_t count() const { return static_cast<std::size_t>(end - begin); }
};

RowTaps rowTaps(const std::vector<Taps> &all)
{
    RowTaps row;
    const auto inside = [](const Taps &taps) { return !taps.isEmpty(); };
    const auto first = std::find_if(all.begin(), all.end(), inside);
    if (first == all.end())
        return row;
    // A line crosses the volume once: what is inside is one run.
    const auto last = std::find_if_not(first, all.end(), inside);
    row.begin = static_cast<int>(first - all.begin());
    row.end = static_cast<int>(last - all.begin());
    int least = first->index[0], most = least;
    for (auto taps = first; taps != last; ++taps) {
        row.taps = std::max(row.taps, taps->count);
        for (int t = 0; t < taps->count; ++t) {
            least = std::min(least, taps->index[std::size_t(t)]);
            most = std::max(most, taps->index[std::size_t(t)]);
        }
    }
    row.first = least / kBrick * kBrick;
    row.voxels = (most / kBrick + 1) * kBrick - row.first;
    row.indices.assign(row.count() * std::size_t(row.taps), 0);
    row.weights.assign(row.count() * std::size_t(row.taps), 0.0F);
    for (std::size_t x = 0; x < row.count(); ++x) {
        const Taps &taps = *(first + static_cast<std::ptrdiff_t>(x));
        for (int t = 0; t < row.taps; ++t) {
            const std::size_t at = std::size_t(t) * row.count() + x;
            row.indices[at] = taps.index[std::size_t(t < taps.count ? t : 0)] - row.first;
            row.weights[at] = t < taps.count ? taps.weight[std::size_t(t)] : 0.0F;
        }
    }
    return row;
}

/// One thread's part of the picture: some rows, and the lines that they are mixed from.
template <typename Voxel, typename Pixel>
class AlignedRows
{
public:
    AlignedRows(const Drawing<Voxel> &drawing, const AxisAligned &axes, const RowTaps &row,
                const std::vector<Taps> &samples, const Sink<Pixel> &sink)
        : m_drawing(drawing),
          m_axes(axes),
          m_row(row),
          m_samples(samples),
          m_sink(sink),
          m_lineSize(row.count() * samples.size()),
          m_lines(m_lineSize * kSlots),
          m_mixed(std::size_t(row.voxels) + Kernels::kSpare)
    {
        m_slots.fill(-1);
        for (const Taps &taps : samples)
            for (int t = 0; t < taps.count; ++t) {
                const int at = taps.index[std::size_t(t)];
                m_firstAcross = m_lastAcross < 0 ? at : std::min(m_firstAcross, at);
                m_lastAcross = std::max(m_lastAcross, at);
            }
        if (m_axes.x != 0)
            m_columns.resize(std::size_t(m_lastAcross - m_firstAcross + 1) * std::size_t(row.voxels));
    }

    void draw(int y, const Taps &down)
    {
        std::array<const float *, 4> lines{};
        for (int t = 0; t < down.count; ++t)
            lines[std::size_t(t)] = line(down.index[std::size_t(t)], down);
        const std::size_t count = m_row.count();
        m_out.resize(count);
        const Blend blend = m_drawing.blend();
        for (std::size_t m = 0; m < m_samples.size(); ++m) {
            const Blend how = m == 0 ? Blend::Set : blend;
            kernels().blend(lines.data(), down.weight.data(), down.count, count, how, m_out.data());
            for (auto &at : lines)
                at += at ? count : 0;
        }
        const float factor = blend == Blend::Sum ? 1.0F / static_cast<float>(m_samples.size()) : 1.0F;
        m_sink.write(m_out.data(), count, factor, m_row.begin, y);
        m_sink.fill(m_drawing.background, 0, m_row.begin, y);
        m_sink.fill(m_drawing.background, m_row.end, m_drawing.columns, y);
    }

private:
    static constexpr std::size_t kSlots = 4;

    /// The line of voxels `index`, mixed across and resampled: one after the other for each sample of the
    /// slab.
    const float *line(int index, const Taps &wanted)
    {
        std::size_t free = 0;
        for (std::size_t slot = 0; slot < kSlots; ++slot) {
            if (m_slots[slot] == index)
                return m_lines.data() + slot * m_lineSize;
            const auto *const end = wanted.index.data() + wanted.count;
            if (std::find(wanted.index.data(), end, m_slots[slot]) == end)
                free = slot;
        }
        float *const made = m_lines.data() + free * m_lineSize;
        make(index, made);
        m_slots[free] = index;
        return made;
    }

    std::ptrdiff_t offset(int axis, int index) const
    {
        const VoxelLayout &layout = m_drawing.volume.layout();
        return axis == 0 ? layout.column(index) : axis == 1 ? layout.row(index) : layout.slice(index);
    }

    void make(int index, float *made)
    {
        const Voxel *const base = m_drawing.voxels() + offset(m_axes.y, index);
        if (m_axes.x != 0)
            takeColumns(base);
        const std::size_t voxels = std::size_t(m_row.voxels), count = m_row.count();
        for (std::size_t m = 0; m < m_samples.size(); ++m) {
            const Taps &taps = m_samples[m];
            if (m_axes.x == 0) {
                std::array<const Voxel *, 4> from{};
                for (std::size_t t = 0; t < std::size_t(taps.count); ++t)
                    from[t] = base + offset(0, m_row.first) + offset(m_axes.across, taps.index[t]);
                const std::size_t bricks = voxels / VoxelLayout::kColumns;
                if constexpr (std::is_same_v<Voxel, std::int16_t>)
                    kernels().combine16(from.data(), taps.weight.data(), taps.count, bricks, m_mixed.data());
                else
                    kernels().combineFloat(from.data(), taps.weight.data(), taps.count, bricks,
                                           m_mixed.data());
            } else {
                std::array<const float *, 4> from{};
                for (std::size_t t = 0; t < std::size_t(taps.count); ++t)
                    from[t] = m_columns.data() + std::size_t(taps.index[t] - m_firstAcross) * voxels;
                kernels().blend(from.data(), taps.weight.data(), taps.count, voxels, Blend::Set,
                                m_mixed.data());
            }
            kernels().resample(m_mixed.data(), m_row.indices.data(), m_row.weights.data(), m_row.taps, count,
                               made + m * count);
        }
    }

    /// Columns of voxels that lie across the plane beside each other, each made a line, brick by brick.
    void takeColumns(const Voxel *base)
    {
        const int end = m_row.first + m_row.voxels;
        for (int row = m_row.first; row < end; row += VoxelLayout::kRows) {
            float *const lines = m_columns.data() + (row - m_row.first);
            for (int column = m_firstAcross; column <= m_lastAcross; ++column) {
                const Voxel *const from = base + offset(1, row) + offset(0, column);
                float *const line = lines + std::ptrdiff_t(column - m_firstAcross) * m_row.voxels;
                for (int a = 0; a < VoxelLayout::kRows; ++a)
                    line[a] = static_cast<float>(from[a * VoxelLayout::kColumns]);
            }
        }
    }

    const Drawing<Voxel> &m_drawing;
    const AxisAligned m_axes;
    const RowTaps &m_row;
    const std::vector<Taps> &m_samples;
    const Sink<Pixel> &m_sink;
    std::size_t m_lineSize;
    std::vector<float> m_lines, m_mixed, m_columns, m_out;
    std::array<int, kSlots> m_slots{};
    int m_firstAcross = 0, m_lastAcross = -1;
};

template <typename Voxel>
Taps tapsAlong(const Drawing<Voxel> &drawing, int axis, double place)
{
    const VolumeGeometry &geometry = drawing.volume.geometry();
    if (axis == 2)
        return drawing.slices.tapsAt(place, drawing.interpolation);
    return tapsAt(place, axis == 0 ? geometry.columns : geometry.rows, drawing.interpolation);
}

template <typename Voxel>
std::vector<Taps> tapsOf(const Drawing<Voxel> &drawing, int axis, const Triple &step, int count)
{
    std::vector<Taps> all;
    all.reserve(static_cast<std::size_t>(count));
    const auto at = static_cast<std::size_t>(axis);
    for (int n = 0; n < count; ++n)
        all.push_back(tapsAlong(drawing, axis, drawing.map.start[at] + n * step[at]));
    return all;
}

} // namespace

template <typename Voxel, typename Pixel>
void drawAligned(const Drawing<Voxel> &drawing, const AxisAligned &axes, const Sink<Pixel> &sink)
{
    auto samples = tapsOf(drawing, axes.across, drawing.map.across, drawing.map.samples);
    std::erase_if(samples, [](const Taps &taps) { return taps.isEmpty(); });
    const RowTaps row = rowTaps(tapsOf(drawing, axes.x, drawing.map.right, drawing.columns));
    const auto down = tapsOf(drawing, axes.y, drawing.map.down, drawing.rows);
    const bool nothing = samples.empty() || row.count() == 0;
    base::ComputePool::shared().parallelFor(
        static_cast<std::size_t>(drawing.rows), kRowsAtLeast, [&](std::size_t begin, std::size_t end) {
            std::optional<AlignedRows<Voxel, Pixel>> rows;
            if (!nothing)
                rows.emplace(drawing, axes, row, samples, sink);
            for (std::size_t y = begin; y < end; ++y) {
                if (nothing || down[y].isEmpty())
                    sink.fill(drawing.background, 0, drawing.columns, static_cast<int>(y));
                else
                    rows->draw(static_cast<int>(y), down[y]);
            }
        });
}

template void drawAligned(const Drawing<std::int16_t> &, const AxisAligned &, const Sink<std::int16_t> &);
template void drawAligned(const Drawing<std::int16_t> &, const AxisAligned &, const Sink<float> &);
template void drawAligned(const Drawing<float> &, const AxisAligned &, const Sink<float> &);

} // namespace negatoscope::volume
