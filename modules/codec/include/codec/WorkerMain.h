#pragma once

namespace negatoscope::codec {

/// All of negatoscope-decode: the process that reads hostile bytes for DecodeService. Useless when started by
/// hand. Returns the exit status.
int workerMain();

} // namespace negatoscope::codec
