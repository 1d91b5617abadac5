#include <archive/Connect.h>

#include "DimseArchive.h"
#include "WebArchive.h"

namespace negatoscope::archive {

base::Result<std::unique_ptr<Archive>> connectTo(const Settings &settings)
{
    TRY_DO(ArchiveList::check(settings));
    if (!settings.tls.on && !settings.allowCleartext)
        return base::failure(base::ErrorCode::CleartextForbidden,
                             "neither TLS nor the word that clear text is allowed");
    return settings.isWeb() ? WebArchive::create(settings) : DimseArchive::create(settings);
}

} // namespace negatoscope::archive
