#pragma once

#include <session/PlaneState.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace negatoscope::ui::words {

/// "MPR coronal", "MPR oblique".
QString planeText(const session::PlaneState &plane);
/// "MIP 10 mm"; empty for a thin plane.
QString slabText(const session::PlaneSlab &slab);
QString projectionText(volume::Projection projection);
/// "interpolated", how, and where pixels are larger for the moment or for good.
QString resampledText(const session::PlaneState &plane);
/// What must be known to trust the plane, a sentence each: slices that are still to come, or missing; what
/// has been corrected; a coarser copy.
QStringList planeSentences(const session::PlaneState &plane);

} // namespace negatoscope::ui::words
