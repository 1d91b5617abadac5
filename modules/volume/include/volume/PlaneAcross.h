#pragma once

#include <dicom/ImagePlane.h>
#include <volume/Geometry.h>

namespace negatoscope::volume {

/// From where to where something reaches along a direction, in mm of the patient's coordinates.
struct Extent
{
    double low = 0, high = 0;
};

/// How far the outer faces of the voxels reach along a unit vector.
Extent extentAlong(const VolumeGeometry &geometry, base::PatientVector direction);

/// How far it is from voxel to voxel along a unit vector: of a voxel's sides, each counts as much as it
/// points that way.
double voxelSizeAlong(const VolumeGeometry &geometry, base::PatientVector direction);

/// The plane through a point that is as wide and high as the volume's shadow on it, centred on the shadow.
/// `row` and `column` are perpendicular unit vectors. Square pixels of `pixelMm`, larger where there would be
/// more than kMostPixels of them in a line.
dicom::ImagePlane planeAcross(const VolumeGeometry &geometry, base::PatientVector row,
                              base::PatientVector column, base::PatientPoint through, double pixelMm);
inline constexpr int kMostPixels = 8192;

/// The smallest side of the voxels: finer pixels show nothing more.
double finestSpacing(const VolumeGeometry &geometry);

} // namespace negatoscope::volume
