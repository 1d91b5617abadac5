#include <session/PlaneSet.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

using base::PatientPoint;
using base::PatientVector;

namespace {

/// As the reader sees a patient: from the feet, from the front, from the left.
constexpr std::array<PlaneSet::Frame, kPlanes> kStraight{PlaneSet::Frame{{1, 0, 0}, {0, 1, 0}},
                                                         PlaneSet::Frame{{1, 0, 0}, {0, 0, -1}},
                                                         PlaneSet::Frame{{0, 1, 0}, {0, 0, -1}}};
/// Planes turned by less are still called straight.
constexpr double kStraightCosine = 0.99999; // a quarter of a degree

PatientVector turned(PatientVector v, PatientVector axis, double radians)
{
    return v * std::cos(radians) + cross(axis, v) * std::sin(radians) +
           axis * (dot(axis, v) * (1 - std::cos(radians)));
}

/// Rounding must not bend them after a thousand turns.
PlaneSet::Frame rectified(PlaneSet::Frame frame)
{
    frame.row = frame.row * (1 / length(frame.row));
    frame.column = frame.column - frame.row * dot(frame.row, frame.column);
    frame.column = frame.column * (1 / length(frame.column));
    return frame;
}

} // namespace

PlaneSet::PlaneSet(const volume::VolumeGeometry &geometry)
    : m_geometry(geometry),
      m_cross(geometry.centre()),
      m_frames(kStraight)
{}

void PlaneSet::setGeometry(const volume::VolumeGeometry &geometry)
{
    m_geometry = geometry;
    moveCross(m_cross);
}

/// The way in which the reader goes through the planes.
PatientVector PlaneSet::along(int plane) const
{
    const PatientVector normal = frame(plane).normal();
    return plane == static_cast<int>(PlaneKind::Coronal) ? normal : -normal;
}

/// From the middle of the first voxels to that of the last.
volume::Extent PlaneSet::reach(int plane) const
{
    volume::Extent extent = volume::extentAlong(*m_geometry, along(plane));
    const double half = std::min(voxelMm(plane), extent.high - extent.low) / 2;
    return {extent.low + half, extent.high - half};
}

void PlaneSet::moveCross(PatientPoint point)
{
    // The three normals are perpendicular: each place is kept within bounds by itself.
    m_cross = point;
    for (int plane = 0; plane < kPlanes; ++plane) {
        const volume::Extent extent = reach(plane);
        const double at = dot(m_cross - PatientPoint{}, along(plane));
        m_cross = m_cross + along(plane) * (std::clamp(at, extent.low, extent.high) - at);
    }
}

void PlaneSet::turn(int plane, double radians)
{
    const PatientVector axis = frame(plane).normal();
    for (int other = 0; other < kPlanes; ++other) {
        if (other == plane)
            continue;
        Frame &frame = m_frames[std::size_t(other)];
        frame = rectified({turned(frame.row, axis, radians), turned(frame.column, axis, radians)});
    }
    moveCross(m_cross);
}

bool PlaneSet::isOblique(int plane) const
{
    return dot(frame(plane).normal(), kStraight[std::size_t(plane)].normal()) < kStraightCosine;
}

void PlaneSet::straighten()
{
    m_frames = kStraight;
    moveCross(m_cross);
}

dicom::ImagePlane PlaneSet::raster(int plane, double coarser) const
{
    // Straight planes of straight slices are the slices, pixel for pixel.
    const Frame &own = frame(plane);
    const double finest = isOblique(plane) ? volume::finestSpacing(*m_geometry)
                                           : std::min(volume::voxelSizeAlong(*m_geometry, own.row),
                                                      volume::voxelSizeAlong(*m_geometry, own.column));
    return volume::planeAcross(*m_geometry, own.row, own.column, m_cross, finest * coarser);
}

double PlaneSet::voxelMm(int plane) const
{
    return volume::voxelSizeAlong(*m_geometry, along(plane));
}

int PlaneSet::count(int plane) const
{
    const volume::Extent extent = reach(plane);
    return static_cast<int>(std::floor((extent.high - extent.low) / stepMm(plane) + 1e-6)) + 1;
}

int PlaneSet::index(int plane) const
{
    const double from = dot(m_cross - PatientPoint{}, along(plane)) - reach(plane).low;
    return std::clamp(static_cast<int>(std::lround(from / stepMm(plane))), 0, count(plane) - 1);
}

void PlaneSet::goTo(int plane, int index)
{
    const double to = reach(plane).low + std::clamp(index, 0, count(plane) - 1) * stepMm(plane);
    m_cross = m_cross + along(plane) * (to - dot(m_cross - PatientPoint{}, along(plane)));
}

} // namespace negatoscope::session
