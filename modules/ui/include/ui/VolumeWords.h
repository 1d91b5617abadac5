#pragma once

#include <volume/Geometry.h>
#include <volume/Storage.h>

#include <QtCore/QString>

namespace negatoscope::ui::words {

/// One sentence about a peculiarity of a volume, with numbers, and what becomes of it.
QString findingSentence(const volume::Finding &finding);

/// Why there is no volume at all: no memory, not even for a coarse copy.
QString noRoomSentence();

/// Where the voxels are kept if that is not simply memory: in a file, or as a coarser copy; else empty.
QString storageSentence(const volume::StoragePlan &storage);

} // namespace negatoscope::ui::words
