#pragma once

#include <dicom/DataSet.h>
#include <dicom/Geometry.h>

#include <optional>
#include <string>

namespace negatoscope::dicom {

/// Mammographic projections that have a place in a hanging.
enum class MammoView { Unknown, Cc, Mlo, Ml, Lm, Other };

/// What a projection image says of its own side and view. Nothing is concluded from pixels or descriptions.
struct ProjectionView
{
    std::string laterality; ///< L, R, B, U; empty if the object does not say
    MammoView mammo = MammoView::Unknown;
    bool modified = false;      ///< a View Modifier: spot, magnified, rolled ...
    bool forProcessing = false; ///< raw data, Presentation Intent Type FOR PROCESSING
    std::string bodyPart;       ///< Body Part Examined

    static ProjectionView of(const DataSet &dataSet);
};

/// How a projection is turned so that it stands upright: quarter turns clockwise after a flip.
struct UprightTurn
{
    int quarterTurns = 0;
    bool flipped = false;
    bool operator==(const UprightTurn &) const = default;
};

/// The turn that hangs a projection by its Patient Orientation, or no turn where that says too little:
///
/// Breast   : chest wall to the middle (right breast: anterior to the left), lateral up in CC, feet down
/// else. Frontal  : feet down, patient's left on the right; mirrored images are mirrored back. Lateral  :
/// feet down, never mirrored: which way the patient looks is not for us to say. Hand, foot: as they are;
/// fingers and toes point up by custom, which their orientation does not tell.
UprightTurn uprightTurn(const ImageOrientation &orientation, const ProjectionView &view, bool breast);

} // namespace negatoscope::dicom
