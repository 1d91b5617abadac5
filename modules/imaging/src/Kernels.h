#pragma once

#include <cstddef>
#include <cstdint>

namespace negatoscope::imaging {

/// The numbers of a linear window over evenly spaced plane values; see GreyMap.
struct RampTable
{
    double slope, intercept, first, step;
    double centre, width, from, to;
    std::uint8_t flip;
};

/// The inner loops that cost time, over plain arrays so that the compiler vectorises them.
///
/// All work in integers or in unfused doubles: every variant gives the same bytes.
struct Kernels
{
    /// out[i] = (in[i] - low) << shift in 16 bits, at most largest: padding may lie outside the range of
    /// values.
    void (*loadU8)(const std::uint8_t *in, std::size_t count, int low, int shift, int largest,
                   std::uint16_t *out);
    void (*loadI8)(const std::int8_t *in, std::size_t count, int low, int shift, int largest,
                   std::uint16_t *out);
    void (*loadU16)(const std::uint16_t *in, std::size_t count, int low, int shift, int largest,
                    std::uint16_t *out);
    void (*loadI16)(const std::int16_t *in, std::size_t count, int low, int shift, int largest,
                    std::uint16_t *out);
    /// sums[i] += weight * in[i]
    void (*accumulate)(const std::uint16_t *in, std::size_t count, std::uint32_t weight, std::uint32_t *sums);
    void (*accumulateWide)(const std::uint16_t *in, std::size_t count, std::int32_t weight,
                           std::int64_t *sums);
    /// out[i] = (a[i] * weightA + b[i] * weightB + 2^15) >> 16, for sums of 16-bit values by weights of 256.
    void (*blendTwo)(const std::uint32_t *a, const std::uint32_t *b, std::size_t count, std::uint32_t weightA,
                     std::uint32_t weightB, std::uint16_t *out);
    /// The same over four lines with signed weights, kept within 0 and largest.
    void (*blendFour)(const std::int32_t *const *lines, const std::int32_t *weights, std::size_t count,
                      std::int32_t largest, std::uint16_t *out);
    void (*tabulateRamp)(const RampTable &ramp, std::size_t count, std::uint8_t *grey);
    /// Smallest and largest of count > 0 values.
    void (*rangeU8)(const std::uint8_t *in, std::size_t count, std::uint8_t *low, std::uint8_t *high);
    void (*rangeI8)(const std::int8_t *in, std::size_t count, std::int8_t *low, std::int8_t *high);
    void (*rangeU16)(const std::uint16_t *in, std::size_t count, std::uint16_t *low, std::uint16_t *high);
    void (*rangeI16)(const std::int16_t *in, std::size_t count, std::int16_t *low, std::int16_t *high);
    /// mask[i] = 1 where from <= in[i] <= to, else 0; the smallest and largest of the others, largest below
    /// smallest if there are none. True if any was marked.
    bool (*markU8)(const std::uint8_t *in, std::size_t count, std::uint8_t from, std::uint8_t to,
                   std::uint8_t *mask, std::uint8_t *low, std::uint8_t *high);
    bool (*markI8)(const std::int8_t *in, std::size_t count, std::int8_t from, std::int8_t to,
                   std::uint8_t *mask, std::int8_t *low, std::int8_t *high);
    bool (*markU16)(const std::uint16_t *in, std::size_t count, std::uint16_t from, std::uint16_t to,
                    std::uint8_t *mask, std::uint16_t *low, std::uint16_t *high);
    bool (*markI16)(const std::int16_t *in, std::size_t count, std::int16_t from, std::int16_t to,
                    std::uint8_t *mask, std::int16_t *low, std::int16_t *high);
};

/// The best variant for this processor, chosen once at run time.
const Kernels &kernels();

/// The variant that runs anywhere; for tests that compare the two.
const Kernels &portableKernels();

} // namespace negatoscope::imaging
