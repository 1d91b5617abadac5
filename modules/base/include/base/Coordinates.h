#pragma once

#include <cmath>

namespace negatoscope::base {

/// A direction or displacement in the patient's coordinates: x to the left, y to the back, z to the head
/// (LPS, PS3.3 C.7.6.2.1.1), in millimetres.
struct PatientVector
{
    double x = 0, y = 0, z = 0;

    friend PatientVector operator+(PatientVector a, PatientVector b)
    {
        return {a.x + b.x, a.y + b.y, a.z + b.z};
    }
    friend PatientVector operator-(PatientVector a, PatientVector b)
    {
        return {a.x - b.x, a.y - b.y, a.z - b.z};
    }
    friend PatientVector operator-(PatientVector a) { return {-a.x, -a.y, -a.z}; }
    friend PatientVector operator*(PatientVector a, double k) { return {a.x * k, a.y * k, a.z * k}; }
    friend bool operator==(const PatientVector &, const PatientVector &) = default;
};

inline double dot(PatientVector a, PatientVector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline PatientVector cross(PatientVector a, PatientVector b)
{
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(PatientVector a)
{
    return std::sqrt(dot(a, a));
}

/// A place in the patient's coordinates (LPS), in millimetres.
struct PatientPoint
{
    double x = 0, y = 0, z = 0;

    friend PatientPoint operator+(PatientPoint p, PatientVector v)
    {
        return {p.x + v.x, p.y + v.y, p.z + v.z};
    }
    friend PatientVector operator-(PatientPoint a, PatientPoint b)
    {
        return {a.x - b.x, a.y - b.y, a.z - b.z};
    }
    friend bool operator==(const PatientPoint &, const PatientPoint &) = default;
};

/// A place in an image, in pixels: the centre of the first pixel is (0, 0), its outer corner (-0.5, -0.5).
struct ImagePoint
{
    double column = 0, row = 0;
    friend bool operator==(const ImagePoint &, const ImagePoint &) = default;
};

/// A place in a viewport, in device pixels from its top left corner: the first pixel covers 0 to 1.
struct ViewPoint
{
    double x = 0, y = 0;
    friend bool operator==(const ViewPoint &, const ViewPoint &) = default;
};

/// A voxel of a volume.
struct VolumeIndex
{
    int i = 0, j = 0, k = 0;
    friend bool operator==(const VolumeIndex &, const VolumeIndex &) = default;
};

} // namespace negatoscope::base
