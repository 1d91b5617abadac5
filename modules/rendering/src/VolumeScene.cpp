#include <rendering/VolumeScene.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace negatoscope::rendering {

namespace {

using base::PatientPoint;
using base::PatientVector;

PatientVector unit(PatientVector vector)
{
    return vector * (1 / length(vector));
}

/// Turned about an axis by the right hand (Rodrigues).
PatientVector turned(PatientVector vector, PatientVector axis, double degrees)
{
    const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    return vector * c + cross(axis, vector) * s + axis * (dot(axis, vector) * (1 - c));
}

std::array<double, 3> partsOf(const volume::VolumeGeometry &geometry, PatientPoint point)
{
    const auto voxel = geometry.toVolume(point);
    const double half = geometry.usualSpacing / 2;
    return {(voxel.i + 0.5) / geometry.columns, (voxel.j + 0.5) / geometry.rows,
            (geometry.along(point) + half) / (geometry.places.back() + 2 * half)};
}

} // namespace

Camera Camera::from(Side side, const volume::VolumeGeometry &geometry, double aspect)
{
    Camera camera;
    camera.focus = geometry.centre();
    switch (side) {
    case Side::Front:
        break;
    case Side::Back:
        camera.into = {0, -1, 0};
        break;
    case Side::Left: // from the patient's left one looks to his right
        camera.into = {-1, 0, 0};
        break;
    case Side::Right:
        camera.into = {1, 0, 0};
        break;
    case Side::Head:
        camera.into = {0, 0, -1};
        camera.up = {0, -1, 0};
        break;
    case Side::Feet: // as axial slices are read
        camera.into = {0, 0, 1};
        camera.up = {0, -1, 0};
        break;
    }
    double across = 0, high = 0;
    for (const auto &edge : edgesOf({}, geometry))
        for (const PatientPoint &corner : edge) {
            across = std::max(across, std::abs(dot(corner - camera.focus, camera.right())));
            high = std::max(high, std::abs(dot(corner - camera.focus, camera.up)));
        }
    constexpr double kMargin = 1.05;
    camera.heightMm = 2 * kMargin * std::max(high, across / std::max(aspect, 0.01));
    return camera;
}

void Camera::turn(double rightDegrees, double downDegrees)
{
    // The body turns: the reader goes the other way around it.
    const PatientVector across = right();
    into = unit(turned(turned(into, up, -rightDegrees), across, -downDegrees));
    up = turned(up, across, -downDegrees);
    up = unit(up - into * dot(up, into)); // rounding must not add up
}

void Camera::roll(double degrees)
{
    up = turned(up, into, -degrees);
    up = unit(up - into * dot(up, into));
}

dicom::ImagePlane Camera::plane(int width, int height) const
{
    dicom::ImagePlane plane;
    plane.columns = width;
    plane.rows = height;
    plane.columnSpacing = plane.rowSpacing = heightMm / std::max(height, 1);
    plane.row = right();
    plane.column = -up;
    plane.origin = focus + plane.row * (-(width - 1) / 2.0 * plane.columnSpacing) +
                   plane.column * (-(height - 1) / 2.0 * plane.rowSpacing);
    return plane;
}

bool CropBox::contains(const std::array<double, 3> &part) const
{
    for (std::size_t axis = 0; axis < 3; ++axis)
        if (part[axis] < from[axis] || part[axis] > to[axis])
            return false;
    return true;
}

PatientPoint pointAt(const std::array<double, 3> &parts, const volume::VolumeGeometry &geometry)
{
    const double half = geometry.usualSpacing / 2;
    const double place = -half + parts[2] * (geometry.places.back() + 2 * half);
    return geometry.toPatient({-0.5 + parts[0] * geometry.columns, -0.5 + parts[1] * geometry.rows, 0}) +
           (geometry.normal + geometry.drift) * place;
}

std::array<std::array<PatientPoint, 2>, 12> edgesOf(const CropBox &crop,
                                                    const volume::VolumeGeometry &geometry)
{
    std::array<std::array<PatientPoint, 2>, 12> edges;
    std::size_t next = 0;
    const auto corner = [&](std::array<bool, 3> far) {
        const auto part = [&](std::size_t axis) { return far[axis] ? crop.to[axis] : crop.from[axis]; };
        return pointAt({part(0), part(1), part(2)}, geometry);
    };
    for (std::size_t axis = 0; axis < 3; ++axis)
        for (const bool second : {false, true})
            for (const bool third : {false, true}) {
                std::array<bool, 3> far{};
                far[(axis + 1) % 3] = second;
                far[(axis + 2) % 3] = third;
                const PatientPoint from = corner(far);
                far[axis] = true;
                edges[next++] = {from, corner(far)};
            }
    return edges;
}

std::optional<PatientPoint> pick(const volume::Volume &volume, const VolumeScene &scene,
                                 const dicom::ImagePlane &view, base::ImagePoint at)
{
    const auto &geometry = volume.geometry();
    const PatientVector into = scene.camera.into;
    const PatientPoint start = view.toPatient(at);
    double reach = 0; // of the volume, before and behind the focus
    for (const auto &edge : edgesOf(scene.crop, geometry))
        for (const PatientPoint &corner : edge)
            reach = std::max(reach, std::abs(dot(corner - start, into)));
    const double step =
        std::min({geometry.columnSpacing, geometry.rowSpacing, geometry.usualSpacing, reach / 8 + 1e-3}) / 2;

    const auto blending = scene.look.blending;
    double light = 1;
    std::optional<PatientPoint> best;
    double bestValue = 0;
    for (double depth = -reach; depth <= reach; depth += step) {
        const PatientPoint point = start + into * depth;
        if (!scene.crop.contains(partsOf(geometry, point)))
            continue;
        const auto voxel = geometry.toVolume(point);
        const auto value =
            volume.valueAt({static_cast<int>(std::lround(voxel.i)), static_cast<int>(std::lround(voxel.j)),
                            static_cast<int>(std::lround(voxel.k))});
        if (!value)
            continue;
        if (blending == VolumePreset::Blending::Composite) {
            light *= std::pow(1 - scene.look.opacityAt(scene.onScale(*value)), step);
            if (light < 0.5)
                return point;
        } else if (!best ||
                   (blending == VolumePreset::Blending::Maximum ? *value > bestValue : *value < bestValue)) {
            best = point;
            bestValue = *value;
        }
    }
    return best;
}

} // namespace negatoscope::rendering
