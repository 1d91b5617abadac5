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
    /// Dimension Index Values of an enhanced object, those of place left out: heart phase, image component
    /// ...
    std::vector<std::int64_t> dimensions;
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

/// Frames of one orientation that differ in place only, one after the other in Stack::frames.
struct StackVolume
{
    std::size_t first = 0, count = 0;
    int orientation = 0; ///< volumes of the same one are the phases of a time, echo, b-value ...
    bool operator==(const StackVolume &) const = default;
};

/// A series in reading order with what is wrong with it.
struct Stack
{
    std::vector<StackFrame> frames;
    std::vector<GeometryFinding> findings;
    /// Distance along the normal between neighbours where it is one number, else empty. From Image Position
    /// only, never from Slice Thickness or Spacing Between Slices (docs/safety.md P7).
    std::optional<double> spacingMm;
    std::vector<StackVolume> volumes; ///< all frames, in order; one where there is no geometry

    /// Orders by orientation, volume, then position; by Instance Number where there is no geometry.
    static Stack of(std::vector<StackFrame> frames);
};

/// Which volume of its orientation a frame belongs to, and by what it differs from the others.
struct StackPhase
{
    int index = 0, count = 1;               ///< from 0, among the volumes of the same orientation
    std::optional<double> bValue, echoTime; ///< only where the volumes differ in it
    bool operator==(const StackPhase &) const = default;
};
StackPhase phaseOf(const Stack &stack, std::size_t frame);

/// The frame at the same place, or the nearest one, `steps` volumes on; empty where there is none.
std::optional<std::size_t> inOtherPhase(const Stack &stack, std::size_t frame, int steps);

/// Place along the reading direction, smaller is read first: axial from head to feet, coronal from front to
/// back, sagittal from right to left. Empty without position or orientation.
std::optional<double> readingPosition(std::optional<base::PatientPoint> position,
                                      std::optional<base::PatientVector> row,
                                      std::optional<base::PatientVector> column);

} // namespace negatoscope::dicom
