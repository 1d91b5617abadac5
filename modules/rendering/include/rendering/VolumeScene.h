#pragma once

#include <base/Coordinates.h>
#include <dicom/ImagePlane.h>
#include <rendering/VolumePreset.h>
#include <volume/Volume.h>

#include <array>
#include <optional>

namespace negatoscope::rendering {

/// Where the reader stands.
enum class Side { Front, Back, Left, Right, Head, Feet };

/// How one looks at a patient, in LPS millimetres: without perspective, so that lengths across the view are
/// the same everywhere and letters hold for the whole of it.
struct Camera
{
    base::PatientPoint focus;          ///< in the middle of the view; turning keeps it there
    base::PatientVector into{0, 1, 0}; ///< unit: from the reader into the patient
    base::PatientVector up{0, 0, 1};   ///< unit, perpendicular to it
    double heightMm = 400;             ///< of the view

    /// The whole volume from one side of the patient, as it stands upright.
    static Camera from(Side side, const volume::VolumeGeometry &geometry, double aspect);

    base::PatientVector right() const { return cross(into, up); }
    /// As a body turns under a hand that goes to the right and down.
    void turn(double rightDegrees, double downDegrees);
    void roll(double degrees); ///< clockwise
    /// The plane through the focus that faces the reader, a pixel for each of the view: its letters, lengths
    /// and projections are those of the view.
    dicom::ImagePlane plane(int width, int height) const;

    bool operator==(const Camera &) const = default;
};

/// What is left of the volume: parts along its columns, rows and slices, 0 to 1.
struct CropBox
{
    std::array<double, 3> from{0, 0, 0}, to{1, 1, 1};
    bool isWhole() const { return *this == CropBox{}; }
    bool contains(const std::array<double, 3> &part) const;
    bool operator==(const CropBox &) const = default;
};

/// What is looked at and how.
struct VolumeScene
{
    Camera camera;
    VolumePreset look;
    CropBox crop;
    double windowLow = 0, windowHigh = 1; ///< modality values: the reader's window

    /// On the preset's scale.
    double onScale(double value) const
    {
        return isOfValues() ? value : (value - windowLow) / (windowHigh - windowLow);
    }
    /// A modality value.
    double fromScale(double at) const
    {
        return isOfValues() ? at : windowLow + at * (windowHigh - windowLow);
    }
    bool isOfValues() const { return look.scale == VolumePreset::Scale::Value; }

    bool operator==(const VolumeScene &) const = default;
};

/// The place that lies at these parts of a volume's outer edges, 0 to 1 along its columns, rows and slices.
base::PatientPoint pointAt(const std::array<double, 3> &parts, const volume::VolumeGeometry &geometry);

/// The edges of the box that is left, as pairs of points.
std::array<std::array<base::PatientPoint, 2>, 12> edgesOf(const CropBox &crop,
                                                          const volume::VolumeGeometry &geometry);

/// What is seen under a pixel of a view: where half of the light has gone, or the greatest or least value on
/// the way. Empty where there is nothing. Only slices that have arrived count.
std::optional<base::PatientPoint> pick(const volume::Volume &volume, const VolumeScene &scene,
                                       const dicom::ImagePlane &view, base::ImagePoint at);

} // namespace negatoscope::rendering
