#pragma once

#include <dicom/ImagePlane.h>
#include <volume/PlaneAcross.h>

#include <array>
#include <optional>

namespace negatoscope::session {

/// The three planes of a volume, by what they are before they are turned.
enum class PlaneKind { Axial, Coronal, Sagittal };
inline constexpr int kPlanes = 3;

/// Three planes of a volume, perpendicular to each other, that meet in one point: where they are and how they
/// are turned. In mm of the patient; knows nothing of pixels that have been drawn.
///
/// Each plane is numbered as its kind. Places along its normal are counted in reading direction: axial from
/// head to feet, coronal from front to back, sagittal from right to left, and so on as they are turned.
class PlaneSet
{
public:
    PlaneSet() = default;
    explicit PlaneSet(const volume::VolumeGeometry &geometry);
    /// The same planes of a longer volume of the same series.
    void setGeometry(const volume::VolumeGeometry &geometry);
    bool isEmpty() const { return !m_geometry.has_value(); }
    const volume::VolumeGeometry &geometry() const { return *m_geometry; }

    base::PatientPoint cross() const { return m_cross; }
    /// Moves the point in which all planes meet; to the nearest one that the volume reaches.
    void moveCross(base::PatientPoint point);

    struct Frame
    {
        base::PatientVector row, column; ///< unit vectors to the right and down in the picture
        base::PatientVector normal() const { return base::cross(row, column); }
    };
    const Frame &frame(int plane) const { return m_frames[std::size_t(plane)]; }
    /// Turns the other two planes about the normal of this one, by radians from its row to its column.
    void turn(int plane, double radians);
    /// Whether the plane is no longer axial, coronal or sagittal.
    bool isOblique(int plane) const;
    /// Directions as at first; the cross stays.
    void straighten();

    /// The raster of a plane as wide and high as the volume; pixels so many times larger than the finest
    /// voxels.
    dicom::ImagePlane raster(int plane, double coarser = 1) const;

    /// Places that scrolling goes to, one step apart, from 0.
    int count(int plane) const;
    int index(int plane) const; ///< the one nearest to where the plane is
    void goTo(int plane, int index);
    double voxelMm(int plane) const; ///< from voxel to voxel along the normal
    double stepMm(int plane) const { return m_stepMm > 0 ? m_stepMm : voxelMm(plane); }
    /// 0: from voxel to voxel.
    void setStepMm(double mm) { m_stepMm = mm; }
    double chosenStepMm() const { return m_stepMm; }

private:
    base::PatientVector along(int plane) const;
    volume::Extent reach(int plane) const;

    std::optional<volume::VolumeGeometry> m_geometry;
    base::PatientPoint m_cross;
    std::array<Frame, kPlanes> m_frames;
    double m_stepMm = 0;
};

} // namespace negatoscope::session
