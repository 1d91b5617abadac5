#pragma once

#include <archive/Archive.h>
#include <archive/Settings.h>

namespace negatoscope::archive {

/// The archive of these settings; nothing is sent yet. Errors: BadArgument, CleartextForbidden, CannotRead (a
/// TLS file).
base::Result<std::unique_ptr<Archive>> connectTo(const Settings &settings);

} // namespace negatoscope::archive
