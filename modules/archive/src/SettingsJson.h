#pragma once

#include <archive/Settings.h>

namespace negatoscope::archive {

/// The content of archives.json: {"version": 1, "archives": [...]}. Values are not checked here.
/// Errors: Malformed, with the place.
base::Result<std::vector<Settings>> settingsOfJson(const std::string &json);
std::string jsonOfSettings(const std::vector<Settings> &archives);

} // namespace negatoscope::archive
