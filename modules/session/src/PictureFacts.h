#pragma once

#include <session/ViewportState.h>

namespace negatoscope::session {

/// The facts of a loaded frame, all from its own data set.
PictureFacts factsOf(const frames::Frame &frame);

/// What the index knows of a frame that cannot be loaded.
PictureFacts factsOf(const cache::StudyRecord &study, const cache::SeriesRecord &series, const frames::FrameKey &key);

} // namespace negatoscope::session
