#pragma once

#include <base/Coordinates.h>
#include <dicom/ImagePlane.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace negatoscope::volume {

/// Where one slice lies and how large its pixels are, as its object says. What it does not say is empty.
struct SlicePlace
{
    std::optional<base::PatientPoint> position;      ///< centre of the first pixel
    std::optional<base::PatientVector> row, column;  ///< unit vectors, perpendicular
    std::optional<double> rowSpacing, columnSpacing; ///< mm in the patient, between rows, between columns
    int rows = 0, columns = 0;

    static SlicePlace of(const dicom::FrameGeometry &geometry, int rows, int columns);
};

/// A peculiarity of a volume with its numbers, and what becomes of it; the words are in ui.
struct Finding
{
    enum class Code {
        DuplicateSlices,    ///< count places are there more than once; the first of each is taken
        MissingSlices,      ///< count slices absent between `from` and `to` (mm along the patient's axis)
        UnevenSpacing,      ///< gaps of `from` to `to` mm: taken at their true places
        GantryTilt,         ///< `from` degrees: sheared back
        NonSquarePixels,    ///< rows `from` mm apart, columns `to` mm: drawn in their true proportions
        TooFewSlices,       ///< fewer than two places
        NoPlaces,           ///< slices without position, orientation or millimetres
        MixedOrientations,  ///< directions differ by up to `from` degrees
        MixedSizes,         ///< `count` picture sizes
        MixedPixelSpacings, ///< from `from` to `to` mm
        ScatteredSlices,    ///< slices lie `from` mm beside the line that the others follow
        Colour,             ///< no grey values
        CurvedValues,       ///< values go through a table (Modality LUT) and cannot be interpolated
        MixedUnits,         ///< slices whose values mean different things
    };
    enum class Effect {
        Noted,     ///< changes nothing, drawn as it is
        Corrected, ///< reformatted rightly all the same
        Refused,   ///< no reformatting; the series stays readable as a stack
    };
    Code code;
    Effect effect;
    int count = 0;
    double from = 0, to = 0;

    bool operator==(const Finding &) const = default;
};

/// Stable lower-camel name for scripts, e.g. "unevenSpacing".
std::string_view nameOf(Finding::Code code);
std::string_view nameOf(Finding::Effect effect);

/// A place in a volume, in voxels: the centre of the first voxel is (0, 0, 0). k counts slices, which need
/// not be evenly spaced: between two slices it runs from one number to the next.
struct VolumePoint
{
    double i = 0, j = 0, k = 0;
};

/// Where the voxels of a volume lie in the patient: parallel slices of one size at their true places.
///
/// A slice's first pixel lies at origin + (normal + drift) * places[k]; drift is the sideways way of a tilted
/// gantry. Slices are numbered in reading direction (axial from head to feet).
struct VolumeGeometry
{
    base::PatientPoint origin;
    base::PatientVector row, column; ///< unit vectors of increasing column index and of increasing row index
    base::PatientVector normal;      ///< unit vector towards the next slice: row x column or its opposite
    base::PatientVector drift;       ///< within the slices, mm for each mm along the normal
    double columnSpacing = 1;        ///< mm between columns, along `row`
    double rowSpacing = 1;           ///< mm between rows, along `column`
    int columns = 0, rows = 0;
    std::vector<double> places;    ///< mm along the normal, increasing from 0
    double usualSpacing = 1;       ///< the middle one of the gaps between slices, mm
    std::optional<double> spacing; ///< where all gaps are the same: places[k] = k * spacing

    int slices() const { return static_cast<int>(places.size()); }
    base::PatientPoint toPatient(const VolumePoint &point) const;
    VolumePoint toVolume(base::PatientPoint point) const;
    /// mm along the normal from the first slice.
    double along(base::PatientPoint point) const { return dot(point - origin, normal); }
    double indexAt(double placeMm) const; ///< k of a place, beyond the ends as if slices went on
    double placeAt(double k) const;
    base::PatientPoint centre() const;
    /// Neighbours farther apart have too much between them to be guessed: that is shown as missing.
    double widestBridgedGap() const { return 2.6 * usualSpacing; }

    bool operator==(const VolumeGeometry &) const = default;
};

/// The same place in voxels as many times larger along each axis, the last ones cut short where there are no
/// more voxels for them.
VolumeGeometry coarser(const VolumeGeometry &geometry, int times);

/// What one volume's slices make: a geometry unless a finding refuses it.
struct FittedGeometry
{
    std::optional<VolumeGeometry> geometry;
    std::vector<std::size_t> order; ///< which of the given slices each slice of the geometry is
    std::vector<Finding> findings;

    bool isRefused() const { return !geometry.has_value(); }
};

/// Fits a volume to slices that dicom::Stack took for one (one entry of Stack::volumes), in any order.
///
/// Only Image Position and Orientation (Patient) and the pixel spacing count (docs/safety.md P7): never
/// Instance Number, Slice Location, Slice Thickness or Spacing Between Slices.
FittedGeometry fitGeometry(std::span<const SlicePlace> slices);

} // namespace negatoscope::volume
