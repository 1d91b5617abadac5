#include <dicom/MaskModule.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::dicom {

namespace {

constexpr Tag kSequence{0x0028, 0x6100};
constexpr Tag kOperation{0x0028, 0x6101};
constexpr Tag kApplicableFrameRange{0x0028, 0x6102};
constexpr Tag kMaskFrameNumbers{0x0028, 0x6110};
constexpr Tag kContrastFrameAveraging{0x0028, 0x6112};
constexpr Tag kMaskSubPixelShift{0x0028, 0x6114};
constexpr Tag kTidOffset{0x0028, 0x6120};
constexpr Tag kRecommendedViewingMode{0x0028, 0x1090};

constexpr double kLargestShift = 1000;
constexpr std::size_t kMostMasks = 64;

/// Frame numbers of the standard, from 1, as ours from 0; those outside the object are left out.
std::vector<std::uint32_t> frameNumbers(const DataSet &item, Tag tag, std::uint32_t frames)
{
    std::vector<std::uint32_t> numbers;
    for (const double value : item.decimals(tag))
        if (value >= 1 && value <= frames && value == std::floor(value))
            numbers.push_back(static_cast<std::uint32_t>(value) - 1);
    return numbers;
}

} // namespace

std::optional<MaskModule> MaskModule::of(const DataSet &dataSet, std::uint32_t frames)
{
    MaskModule module;
    module.m_frames = frames;
    module.m_recommended = dataSet.text(kRecommendedViewingMode) == "SUB";
    for (const DataSet &source : dataSet.items(kSequence)) {
        Item item;
        const std::string operation = source.text(kOperation);
        if (operation == "AVG_SUB")
            item.operation = Operation::Average;
        else if (operation == "TID")
            item.operation = Operation::TimeInterval;
        else if (operation == "REV_TID")
            item.operation = Operation::ReversedTimeInterval;
        else if (operation != "NONE")
            continue;
        item.ranges = frameNumbers(source, kApplicableFrameRange, frames);
        if (item.ranges.size() % 2 != 0)
            continue; // half a range: which frames are meant is not known
        item.masks = frameNumbers(source, kMaskFrameNumbers, frames);
        if (item.operation == Operation::Average && (item.masks.empty() || item.masks.size() > kMostMasks))
            continue;
        const auto averaging = source.integer(kContrastFrameAveraging).value_or(1);
        item.contrastFrames =
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(averaging, 1, static_cast<int>(kMostMasks)));
        const auto shift = source.decimals(kMaskSubPixelShift);
        if (shift.size() == 2 && std::abs(shift[0]) <= kLargestShift && std::abs(shift[1]) <= kLargestShift) {
            item.shiftRows = shift[0];
            item.shiftColumns = shift[1];
        }
        const auto offset = source.integer(kTidOffset).value_or(1);
        item.timeOffset = std::clamp<std::int64_t>(offset, -static_cast<std::int64_t>(frames), frames);
        module.m_items.push_back(std::move(item));
    }
    if (module.m_items.empty())
        return std::nullopt;
    return module;
}

/// The first frame of the range that holds `frame`; without ranges all frames are one.
std::optional<std::uint32_t> MaskModule::rangeOf(const Item &item, std::uint32_t frame) const
{
    if (item.ranges.empty())
        return frame < m_frames ? std::optional(0U) : std::nullopt;
    for (std::size_t i = 0; i + 1 < item.ranges.size(); i += 2)
        if (frame >= item.ranges[i] && frame <= item.ranges[i + 1])
            return item.ranges[i];
    return std::nullopt;
}

MaskPlan MaskModule::planFor(std::uint32_t frame) const
{
    MaskPlan plan;
    for (const Item &item : m_items) {
        const auto first = rangeOf(item, frame);
        if (!first)
            continue;
        plan.shiftRows = item.shiftRows;
        plan.shiftColumns = item.shiftColumns;
        const auto mask = [&](std::int64_t number) {
            if (number >= 0 && number < static_cast<std::int64_t>(m_frames))
                plan.masks.push_back(static_cast<std::uint32_t>(number));
        };
        switch (item.operation) {
        case Operation::None:
            return {};
        case Operation::Average:
            plan.masks = item.masks;
            break;
        case Operation::TimeInterval:
            mask(static_cast<std::int64_t>(frame) - item.timeOffset);
            break;
        case Operation::ReversedTimeInterval: {
            // The offset grows by 2 for each further frame: the masks run backwards from the range's start.
            const std::int64_t further = static_cast<std::int64_t>(frame) - *first;
            mask(static_cast<std::int64_t>(*first) - item.timeOffset - further);
            break;
        }
        }
        if (plan.masks.empty())
            return {};
        for (std::uint32_t i = 0; i < item.contrastFrames && frame + i < m_frames; ++i)
            if (rangeOf(item, frame + i) == first)
                plan.contrast.push_back(frame + i);
        return plan;
    }
    return {};
}

bool isLinearIntensity(const DataSet &dataSet)
{
    return dataSet.text(tags::PixelIntensityRelationship) == "LIN" &&
           !dataSet.item(tags::ModalityLutSequence);
}

} // namespace negatoscope::dicom
