#pragma once

#include <base/Coordinates.h>
#include <dicom/DataSet.h>
#include <dicom/Geometry.h>
#include <dicom/Stack.h>

#include <optional>
#include <utility>
#include <vector>

namespace negatoscope::dicom {

/// A cross-section as a rectangle in the patient: how its pixels and the patient's millimetres meet.
struct ImagePlane
{
    base::PatientPoint origin;       ///< centre of the first pixel
    base::PatientVector row, column; ///< unit vectors of increasing column index and of increasing row index
    double columnSpacing = 1;        ///< mm between columns, along `row`
    double rowSpacing = 1;           ///< mm between rows, along `column`
    int columns = 0, rows = 0;

    /// Empty where the object gives no place, no directions or no millimetres of the patient.
    static std::optional<ImagePlane> of(const FrameGeometry &geometry, int columns, int rows);

    base::PatientVector normal() const { return cross(row, column); }
    base::PatientPoint toPatient(base::ImagePoint point) const;
    /// The foot of the perpendicular from `point`; distanceTo() tells how far that is.
    base::ImagePoint toImage(base::PatientPoint point) const;
    /// Along the normal, signed.
    double distanceTo(base::PatientPoint point) const { return dot(point - origin, normal()); }
    base::PatientPoint centre() const { return toPatient({(columns - 1) / 2.0, (rows - 1) / 2.0}); }
    /// Whether the point lies within the outer edges of the pixels.
    bool contains(base::ImagePoint point) const;

    bool operator==(const ImagePlane &) const = default;
};

/// Normals that differ by no more than this are of parallel stacks: head protocols differ by a few degrees.
inline constexpr double kParallelDegrees = 10;
bool areNearlyParallel(base::PatientVector normal, base::PatientVector other);

struct ImageSegment
{
    base::ImagePoint from, to;
    bool operator==(const ImageSegment &) const = default;
};

/// Where `other` cuts `shown`, in pixels of `shown`: the part that lies within the outer edges of both.
/// Empty if they are parallel (within a degree) or do not meet.
std::optional<ImageSegment> intersectionOf(const ImagePlane &shown, const ImagePlane &other);

/// Whether an image looks through the patient (a CT scout, a maximum intensity projection): its pixels have
/// no depth, whatever position the object gives.
bool isProjection(const DataSet &dataSet);

/// Where the slices of a stack lie, for finding one by its place.
///
/// A stack may hold several volumes and orientations one after the other; each is a run of its own, and a
/// search stays in the run it starts from as long as that is parallel to what is looked for.
class StackPlaces
{
public:
    StackPlaces() = default;
    explicit StackPlaces(const Stack &stack);

    struct Slice
    {
        int index = 0;
        double distanceMm = 0; ///< from the slice's plane to the point, unsigned
        bool outside = false;  ///< the point lies more than half a spacing beyond the first or last slice
    };
    /// The slice nearest to `point` in the run of `from`, else in the nearest run that is nearly parallel to
    /// `normal`; empty if there is none.
    std::optional<Slice> nearest(base::PatientPoint point, base::PatientVector normal, int from) const;
    /// The same in the run of `from` alone, whatever its direction.
    std::optional<Slice> nearest(base::PatientPoint point, int from) const;

    bool isEmpty() const { return m_runs.empty(); }
    /// First and last index of the run that holds `index`.
    std::optional<std::pair<int, int>> runOf(int index) const;
    /// The place of a slice's first pixel and its normal; empty without geometry.
    std::optional<base::PatientVector> normalAt(int index) const;
    const base::PatientPoint &positionAt(int index) const
    {
        return m_positions[static_cast<std::size_t>(index)];
    }
    /// The usual distance between the slices of the run; 0 if it has one slice.
    double spacingAt(int index) const;

private:
    struct Run
    {
        int first = 0, last = 0;
        base::PatientVector normal;
        double spacing = 0;
    };
    const Run *find(int index) const;
    Slice nearestIn(const Run &run, base::PatientPoint point, int from) const;

    std::vector<base::PatientPoint> m_positions;
    std::vector<Run> m_runs;
};

} // namespace negatoscope::dicom
