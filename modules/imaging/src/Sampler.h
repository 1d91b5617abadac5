#pragma once

#include "Axis.h"
#include "PictureData.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace negatoscope::imaging {

/// What to sample: a plane with its axes. Values become indices (value - low) << shift, 0 to largest.
struct SamplePlan
{
    Plane plane;
    const std::uint8_t *padding = nullptr; ///< 1 where a pixel must not be seen, else null
    const Axis *columns = nullptr, *rows = nullptr;
    /// Axes with weights of one sign, for outputs that touch padding; the same as above unless cubic.
    const Axis *plainColumns = nullptr, *plainRows = nullptr;
    int low = 0, shift = 0, largest = 0;
    std::uint16_t outside = 0; ///< index for padding
};

/// Samples a plane of 8 or 16-bit integers, one output row at a time, into 16-bit indices.
///
/// Exact: the weighted sum over all source pixels is taken in integers and rounded half up once. Next to
/// padding only true pixels count, and an output is padding where they make up less than half. Threads : one
/// object per thread; rows in ascending order reuse what is shared between neighbours.
class NarrowSampler
{
public:
    explicit NarrowSampler(const SamplePlan &plan);
    void sample(std::size_t outputRow, std::uint16_t *out);

private:
    template <typename Value>
    struct Line
    {
        int row = -0x7fffffff;
        std::vector<Value> values;
    };

    void load(int row, std::uint16_t *line) const;
    void sampleNearest(std::size_t outputRow, std::uint16_t *out);
    void sampleLinear(std::size_t outputRow, std::uint16_t *out);
    void sampleCubic(std::size_t outputRow, std::uint16_t *out);
    template <typename Sum>
    void sampleWeighted(std::size_t outputRow, std::vector<Sum> &sums, std::uint16_t *out);
    void mendPadding(std::size_t outputRow, std::uint16_t *out);
    std::uint16_t sampleBesidePadding(std::size_t outputRow, std::size_t outputColumn) const;
    template <typename Value, int taps>
    const Value *widened(int row, std::array<Line<Value>, taps> &lines);

    SamplePlan m_plan;
    std::size_t m_width; ///< source columns in use
    std::vector<std::uint16_t> m_line;
    std::vector<std::uint32_t> m_sums;
    std::vector<std::int64_t> m_wideSums;
    std::vector<std::uint8_t> m_touched;
    std::array<Line<std::uint32_t>, 2> m_pair;
    std::array<Line<std::int32_t>, 4> m_quartet;
};

/// Samples any plane in double precision with the same weights; padding becomes NaN. For 32-bit and floating
/// point pixels. Threads as NarrowSampler.
class WideSampler
{
public:
    explicit WideSampler(const SamplePlan &plan);
    void sample(std::size_t outputRow, double *out);

private:
    template <typename Sample>
    void sampleRow(const Sample *pixels, std::size_t outputRow, double *out);
    void mendPadding(std::size_t outputRow, double *out) const;
    double sampleBesidePadding(std::size_t outputRow, std::size_t outputColumn) const;

    SamplePlan m_plan;
    std::vector<double> m_sums;
};

} // namespace negatoscope::imaging
