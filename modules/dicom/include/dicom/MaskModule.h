#pragma once

#include <dicom/DataSet.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace negatoscope::dicom {

/// What is subtracted from one frame of an angiogram; frames count from 0.
struct MaskPlan
{
    std::vector<std::uint32_t> contrast, masks; ///< to be averaged; empty: this frame is not subtracted
    double shiftRows = 0, shiftColumns = 0;     ///< of the mask: down and to the right, pixels
};

/// Mask Subtraction Sequence of PS3.3 C.7.6.10: which frame is subtracted from which.
class MaskModule
{
public:
    /// Empty where the object has no usable Mask Subtraction Sequence.
    static std::optional<MaskModule> of(const DataSet &dataSet, std::uint32_t frames);

    /// Operations AVG_SUB, TID and REV_TID; NONE and frames outside the ranges are not subtracted.
    MaskPlan planFor(std::uint32_t frame) const;
    /// Recommended Viewing Mode (0028,1090) is SUB.
    bool isRecommended() const { return m_recommended; }

private:
    enum class Operation { None, Average, TimeInterval, ReversedTimeInterval };
    struct Item
    {
        Operation operation = Operation::None;
        std::vector<std::uint32_t> ranges, masks; ///< first, last, first, last ...; from 0
        std::uint32_t contrastFrames = 1;
        double shiftRows = 0, shiftColumns = 0;
        std::int64_t timeOffset = 1;
    };
    std::optional<std::uint32_t> rangeOf(const Item &item, std::uint32_t frame) const;

    std::vector<Item> m_items;
    std::uint32_t m_frames = 0;
    bool m_recommended = false;
};

/// Whether pixels are proportional to the X-ray intensity, so that logarithms must be subtracted: Pixel
/// Intensity Relationship LIN, and no Modality LUT that has already made them logarithmic (C.8.7.1.1.2).
bool isLinearIntensity(const DataSet &dataSet);

} // namespace negatoscope::dicom
