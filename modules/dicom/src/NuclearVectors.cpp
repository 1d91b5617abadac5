#include <dicom/NuclearVectors.h>

#include <algorithm>
#include <array>

namespace negatoscope::dicom {

namespace {

using Axis = NuclearPlace::Axis;

constexpr Tag kNumberOfFrames = tags::NumberOfFrames;
constexpr Tag kEnergyWindowInformation{0x0054, 0x0012};
constexpr Tag kEnergyWindowName{0x0054, 0x0018};

struct AxisRow
{
    Axis axis;
    Tag vector;
};
/// Slice Vector is left out: it is a place.
constexpr std::array kAxes{
    AxisRow{Axis::EnergyWindow, {0x0054, 0x0010}}, AxisRow{Axis::Detector, {0x0054, 0x0020}},
    AxisRow{Axis::Phase, {0x0054, 0x0030}},        AxisRow{Axis::Rotation, {0x0054, 0x0050}},
    AxisRow{Axis::RRInterval, {0x0054, 0x0060}},   AxisRow{Axis::TimeSlot, {0x0054, 0x0070}},
    AxisRow{Axis::AngularView, {0x0054, 0x0090}},  AxisRow{Axis::TimeSlice, {0x0054, 0x0100}},
};

std::string energyWindowName(const DataSet &dataSet, int number)
{
    const auto windows = dataSet.items(kEnergyWindowInformation);
    const auto at = static_cast<std::size_t>(number - 1);
    return at < windows.size() ? windows[at].text(kEnergyWindowName) : std::string();
}

} // namespace

NuclearPlace NuclearPlace::of(const DataSet &dataSet, std::uint32_t frame)
{
    NuclearPlace place;
    const auto frames = dataSet.integer(kNumberOfFrames).value_or(1);
    for (const AxisRow &row : kAxes) {
        const Element *vector = dataSet.find(row.vector);
        const unsigned size = vector != nullptr ? vector->vr.numberSize() : 0;
        // One value for each frame, or nobody knows which is whose.
        if (size == 0 || frames < 1 || vector->value.size() / size != static_cast<std::size_t>(frames))
            continue;
        std::int64_t count = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(frames); ++i)
            count = std::max(count, dataSet.integer(row.vector, i).value_or(0));
        const auto number = dataSet.integer(row.vector, frame).value_or(0);
        if (count < 2 || number < 1)
            continue;
        Step step{row.axis, static_cast<int>(number), static_cast<int>(count), {}};
        if (row.axis == Axis::EnergyWindow)
            step.name = energyWindowName(dataSet, step.number);
        place.steps.push_back(std::move(step));
    }
    return place;
}

} // namespace negatoscope::dicom
