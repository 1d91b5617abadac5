#pragma once

#include <base/Result.h>
#include <dicom/ImagePlane.h>
#include <volume/Volume.h>

#include <cstdint>
#include <span>

namespace negatoscope::volume {

enum class Interpolation {
    Nearest,
    Linear,
    Cubic ///< Catmull-Rom; linear from slice to slice where they are unevenly spaced or still arriving
};

/// What becomes of the values across the thickness of a slab.
enum class Projection { Maximum, Minimum, Mean };

/// Samples across the plane, along its normal, centred on it: `count` of them, `stepMm` apart. Samples
/// outside the volume do not count.
struct Slab
{
    Projection projection = Projection::Maximum;
    int count = 1;
    double stepMm = 0;

    /// As many samples as a slab of this thickness needs for the voxels that it crosses: a step of the
    /// voxels' own size along the normal, and as many as fit with their middle within the thickness.
    static Slab ofThickness(Projection projection, double thicknessMm, const VolumeGeometry &geometry,
                            base::PatientVector normal);
};

struct ResliceSettings
{
    Interpolation interpolation = Interpolation::Linear;
    Slab slab;
    /// What stands outside the volume, and where slices are missing: a modality value.
    double background = 0;
};

/// What a pixel of a plane rests on.
enum class PixelState : std::uint8_t {
    Outside, ///< the volume does not reach there
    Exact,   ///< slices that are neighbours in the series
    Coarse,  ///< slices with others between them that have not arrived yet
    Missing  ///< nothing has arrived there, or it failed, or the series has a gap
};

/// Draws any plane of a volume.
///
/// Plane   : a pixel for each step of the plane (dicom::ImagePlane: centres of pixels); the same plane object
///           gives the letters, lines and probes of what is drawn.
/// Edges   : a voxel reaches half its size beyond its centre, as a pixel of a picture does.
/// Places  : slices count at their true places, whether uneven or of a tilted gantry; across a gap wider than
///           VolumeGeometry::widestBridgedGap() nothing is drawn.
/// Arrival : slices that have not arrived are bridged by those that have, up to eight apart (Coarse).
/// Threads : any; rows are spread over base::ComputePool::shared().
/// Errors  : BadArgument (sizes do not fit, float voxels into whole numbers, more than 4096 samples).

/// Whole numbers as the volume keeps them (Volume::scale() tells what they mean), rounded to nearest.
base::Status reslice(const Volume &volume, const dicom::ImagePlane &plane, const ResliceSettings &settings,
                     std::span<std::int16_t> pixels);
/// Modality values.
base::Status reslice(const Volume &volume, const dicom::ImagePlane &plane, const ResliceSettings &settings,
                     std::span<float> pixels);
/// What each pixel of the same call rests on; of a slab the worst of its samples within the volume.
base::Status resliceStates(const Volume &volume, const dicom::ImagePlane &plane,
                           const ResliceSettings &settings, std::span<PixelState> states);

} // namespace negatoscope::volume
