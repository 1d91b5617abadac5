#pragma once

#include <dicom/DataSet.h>

#include <cstdint>
#include <string>
#include <vector>

namespace negatoscope::dicom {

/// Along which dimensions a frame of a nuclear medicine object lies (NM Multi-frame Module, PS3.3 C.8.4.8).
struct NuclearPlace
{
    enum class Axis { EnergyWindow, Detector, Phase, Rotation, RRInterval, TimeSlot, AngularView, TimeSlice };

    struct Step
    {
        Axis axis = Axis::EnergyWindow;
        int number = 1, count = 1; ///< from 1, as the object counts
        std::string name;          ///< of the energy window, where the object names it
        bool operator==(const Step &) const = default;
    };
    /// Axes along which the object has one place only are left out.
    std::vector<Step> steps;

    /// Frames count from 0. Empty for other objects, and for vectors that do not match the frames.
    static NuclearPlace of(const DataSet &dataSet, std::uint32_t frame);
    bool operator==(const NuclearPlace &) const = default;
};

} // namespace negatoscope::dicom
