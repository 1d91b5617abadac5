#include <imaging/OverlayDrawing.h>

#include "Axis.h"

#include <base/ComputePool.h>

namespace negatoscope::imaging {

namespace {

/// Overlay pixels under each output pixel of one axis: [first, last), empty where the overlay does not reach.
struct Extent
{
    int first = 0, last = 0;
};

std::vector<Extent> extentsOf(const Axis &axis, int origin, std::uint32_t size)
{
    std::vector<Extent> extents(axis.count());
    const auto bounded = [size](std::int64_t index) {
        return static_cast<int>(std::clamp<std::int64_t>(index, 0, static_cast<std::int64_t>(size)));
    };
    for (std::size_t i = 0; i < axis.count(); ++i) {
        const std::int64_t first = std::int64_t(axis.start[i]) - (std::int64_t(origin) - 1);
        extents[i] = {bounded(first), bounded(first + axis.taps(i))};
    }
    return extents;
}

} // namespace

void drawOverlay(const Overlay &overlay, const ViewTransform &transform, std::uint32_t colour,
                 std::uint32_t *pixels, std::size_t stride)
{
    if (overlay.bits.size() < std::size_t(overlay.rows) * overlay.columns)
        return;
    const double *m = transform.inverse();
    const Size image = transform.image(), view = transform.view();
    const bool turned = m[0] == 0;
    const double columnStep = turned ? m[1] : m[0], rowStep = turned ? m[3] : m[4];
    const Run alongColumns = visibleRun(m[2], columnStep, image.width, turned ? view.height : view.width);
    const Run alongRows = visibleRun(m[5], rowStep, image.height, turned ? view.width : view.height);
    const Axis columnAxis = Axis::make(m[2], columnStep, image.width, alongColumns.begin, alongColumns.end,
                                       Interpolation::Nearest);
    const Axis rowAxis =
        Axis::make(m[5], rowStep, image.height, alongRows.begin, alongRows.end, Interpolation::Nearest);
    const auto columns = extentsOf(columnAxis, overlay.originColumn, overlay.columns);
    const auto rows = extentsOf(rowAxis, overlay.originRow, overlay.rows);

    base::ComputePool::shared().parallelFor(rows.size(), 16, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint8_t> line(overlay.columns);
        for (std::size_t i = begin; i < end; ++i) {
            if (rows[i].first >= rows[i].last)
                continue;
            std::fill(line.begin(), line.end(), std::uint8_t(0));
            for (int row = rows[i].first; row < rows[i].last; ++row) {
                const std::uint8_t *bits = overlay.bits.data() + std::size_t(row) * overlay.columns;
                for (std::size_t c = 0; c < line.size(); ++c)
                    line[c] |= bits[c];
            }
            for (std::size_t j = 0; j < columns.size(); ++j) {
                std::uint8_t set = 0;
                for (int c = columns[j].first; c < columns[j].last; ++c)
                    set |= line[static_cast<std::size_t>(c)];
                if (!set)
                    continue;
                const auto x = static_cast<std::size_t>(turned ? alongRows.begin : alongColumns.begin) +
                               (turned ? i : j);
                const auto y = static_cast<std::size_t>(turned ? alongColumns.begin : alongRows.begin) +
                               (turned ? j : i);
                pixels[y * stride + x] = colour;
            }
        }
    });
}

} // namespace negatoscope::imaging
