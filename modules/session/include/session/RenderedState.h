#pragma once

#include <QtCore/QString>

namespace negatoscope::session {

/// What is particular to a picture of a volume in 3D.
struct RenderedState
{
    QString look;                            ///< id of the transfer functions, e.g. "bone"
    bool isFull = false;                     ///< as fine as it gets; else drawn quickly for the moment
    int reduction = 1;                       ///< one voxel drawn stands for so many along each axis
    bool isCut = false;                      ///< parts of the volume have been cut away
    int slices = 0, arrived = 0, failed = 0; ///< of the volume, when it was taken
};

} // namespace negatoscope::session
