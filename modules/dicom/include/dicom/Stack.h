#pragma once

#include <base/Coordinates.h>
#include <base/Uid.h>
#include <dicom/Geometry.h>

#include <optional>
#include <string>
#include <vector>

namespace negatoscope::dicom {

/// One frame as the ordering of a series needs it. Numbers that the object does not give are empty.
struct StackFrame
{
    base::InstanceUid instance;
    std::uint32_t frame = 0;
    std::optional<base::PatientPoint> position;
    std::optional<base::PatientVector> row, column;
    std::optional<std::int64_t> instanceNumber;
    std::optional<std::int64_t> acquisitionNumber;
    std::optional<std::int64_t> temporalPosition;
    std::optional<double> echoTime, bValue;
    std::uint32_t rows = 0, columns = 0;
    base::FrameOfReferenceUid frameOfReference;
};

/// A defect or peculiarity of a series' geometry, with numbers; the words are in ui.
struct GeometryFinding
{
    enum class Code {
        MissingSlices,      ///< count slices absent between fromMm and toMm
        UnevenSpacing,      ///< spacing from fromMm to toMm
        DuplicatePositions, ///< count positions seen more than once in one volume
        GantryTilt,         ///< valueMm holds the angle in degrees
        MixedOrientations,  ///< count orientations
        MixedSizes,         ///< count picture sizes
        NoGeometry,         ///< order is by Instance Number only
        SeveralVolumes,     ///< count volumes (time, echo, b-value) one after the other
    };
    Code code;
    int count = 0;
    double fromMm = 0, toMm = 0;

    bool operator==(const GeometryFinding &) const = default;
};

std::string_view nameOf(GeometryFinding::Code code);

/// A series in reading order with what is wrong with it.
struct Stack
{
    std::vector<StackFrame> frames;
    std::vector<GeometryFinding> findings;
    /// Distance along the normal between neighbours where it is one number, else empty. From Image Position
    /// only, never from Slice Thickness or Spacing Between Slices (docs/safety.md P7).
    std::optional<double> spacingMm;

    /// Orders by orientation, volume, then position; by Instance Number where there is no geometry.
    static Stack of(std::vector<StackFrame> frames);
};

/// Place along the reading direction, smaller is read first: axial from head to feet, coronal from front to
/// back, sagittal from right to left. Empty without position or orientation.
std::optional<double> readingPosition(std::optional<base::PatientPoint> position,
                                      std::optional<base::PatientVector> row,
                                      std::optional<base::PatientVector> column);

} // namespace negatoscope::dicom
