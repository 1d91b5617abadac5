#include <volume/PlaneAcross.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::volume {

using base::PatientPoint;
using base::PatientVector;

Extent extentAlong(const VolumeGeometry &geometry, PatientVector direction)
{
    Extent extent;
    for (int corner = 0; corner < 8; ++corner) {
        const PatientPoint point = geometry.toPatient({corner & 1 ? geometry.columns - 0.5 : -0.5,
                                                       corner & 2 ? geometry.rows - 0.5 : -0.5,
                                                       corner & 4 ? geometry.slices() - 0.5 : -0.5});
        const double at = dot(point - PatientPoint{}, direction);
        extent.low = corner == 0 ? at : std::min(extent.low, at);
        extent.high = corner == 0 ? at : std::max(extent.high, at);
    }
    return extent;
}

double voxelSizeAlong(const VolumeGeometry &geometry, PatientVector direction)
{
    const double along = dot(direction, geometry.row) / geometry.columnSpacing,
                 down = dot(direction, geometry.column) / geometry.rowSpacing,
                 through = dot(direction, geometry.normal) / geometry.usualSpacing;
    return 1 / std::sqrt(along * along + down * down + through * through);
}

double finestSpacing(const VolumeGeometry &geometry)
{
    return std::min({geometry.columnSpacing, geometry.rowSpacing, geometry.usualSpacing});
}

dicom::ImagePlane planeAcross(const VolumeGeometry &geometry, PatientVector row, PatientVector column,
                              PatientPoint through, double pixelMm)
{
    const Extent across = extentAlong(geometry, row), down = extentAlong(geometry, column);
    const double width = across.high - across.low, height = down.high - down.low;
    dicom::ImagePlane plane;
    plane.row = row;
    plane.column = column;
    plane.columnSpacing = plane.rowSpacing = std::max({pixelMm, width / kMostPixels, height / kMostPixels});
    const double pixel = plane.columnSpacing;
    plane.columns = std::max(1, static_cast<int>(std::floor(width / pixel + 1e-6)));
    plane.rows = std::max(1, static_cast<int>(std::floor(height / pixel + 1e-6)));
    const PatientVector normal = plane.normal();
    plane.origin = PatientPoint{} + row * ((across.low + across.high - (plane.columns - 1) * pixel) / 2) +
                   column * ((down.low + down.high - (plane.rows - 1) * pixel) / 2) +
                   normal * dot(through - PatientPoint{}, normal);
    return plane;
}

} // namespace negatoscope::volume
