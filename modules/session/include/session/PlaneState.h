#pragma once

#include <session/PlaneSet.h>
#include <volume/Reslice.h>
#include <volume/Storage.h>

#include <memory>
#include <vector>

namespace negatoscope::session {

/// How thick a plane is drawn, and what becomes of the values across it.
struct PlaneSlab
{
    volume::Projection projection = volume::Projection::Maximum;
    double thicknessMm = 0; ///< 0: one sample
    bool operator==(const PlaneSlab &) const = default;
};

/// What is particular to a picture that is a plane of a volume and no image of the series.
struct PlaneState
{
    PlaneKind kind = PlaneKind::Axial;
    bool oblique = false; ///< turned away from what `kind` says
    dicom::ImagePlane raster;
    PlaneSlab slab;
    volume::Interpolation interpolation = volume::Interpolation::Linear;
    /// Pixels are so many times larger than they will be once the reader holds still.
    double coarser = 1;
    dicom::ImagePlane fullRaster; ///< with `coarser` 1
    double stepMm = 1;            ///< of scrolling

    int slices = 0, arrived = 0, failed = 0; ///< of the volume, when this was drawn
    std::vector<volume::Finding> findings;
    volume::StoragePlan storage;
    /// Of each pixel of the picture; null where all are exact or outside.
    std::shared_ptr<const std::vector<volume::PixelState>> states;

    bool isArriving() const { return arrived + failed < slices; }
};

/// Stable lower-camel names for scripts: "axial", "mip".
const char *nameOf(PlaneKind kind);
const char *nameOf(volume::Projection projection);
const char *nameOf(volume::Interpolation interpolation);

} // namespace negatoscope::session
