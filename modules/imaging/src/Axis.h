#pragma once

#include <imaging/Picture.h>

#include <cstdint>
#include <vector>

namespace negatoscope::imaging {

enum class AxisKind { Nearest, Linear, Cubic, Area };

/// Along one axis: which source pixels each of a run of output pixels takes, with which integer weights.
///
/// Nearest : one pixel, the one that holds the output pixel's centre.
/// Linear, Cubic (Catmull-Rom) : 2 or 4 pixels around the centre, weights in 1/256 that add up to 256.
/// Area    : every pixel under the output pixel; a weight is the covered part in 1/256 (coarser beyond a
///           reduction of 255), the total is the whole part covered inside the image.
/// Indices may lie outside the image by up to two pixels; the outermost pixel stands for them.
struct Axis
{
    AxisKind kind = AxisKind::Nearest;
    int sourceCount = 0;
    int first = 0, last = 0;           ///< source indices that are used: [first, last)
    std::vector<int> start;            ///< first source index of each output
    std::vector<std::uint32_t> offset; ///< of its first weight; one more entry than outputs
    std::vector<std::int32_t> weights;
    std::vector<std::uint32_t> total;
    std::vector<int> nearest; ///< the pixel that holds the centre, inside the image

    std::size_t count() const { return start.size(); }
    int taps(std::size_t output) const { return static_cast<int>(offset[output + 1] - offset[output]); }
    const std::int32_t *weightsOf(std::size_t output) const { return weights.data() + offset[output]; }
    int inside(int index) const { return index < 0 ? 0 : index < sourceCount ? index : sourceCount - 1; }

    /// Output i, whose centre is i + 0.5, looks at source origin + step * (i + 0.5), for i in [begin, end).
    static Axis make(double origin, double step, int sourceCount, int begin, int end,
                     Interpolation interpolation);
};

/// The outputs in [0, outputCount) whose centres lie inside the source; empty as {0, 0}.
struct Run
{
    int begin = 0, end = 0;
    int size() const { return end - begin; }
};
Run visibleRun(double origin, double step, int sourceCount, int outputCount);

} // namespace negatoscope::imaging
