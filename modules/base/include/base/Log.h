#pragma once

#include <base/Uid.h>

#include <string>
#include <string_view>

namespace negatoscope::base {

enum class LogLevel { Debug, Info, Warning, Error };

/// Writes one line "time level area: text" to standard error. Control characters are escaped.
///
/// Patient data never goes in: names, ids, dates of birth and free text have no way to a string but
/// redacted(); UIDs go through keyed().
/// Threads : any.
void log(LogLevel level, std::string_view area, std::string_view text);

/// Lines below this level are dropped; Info unless set.
void setLogLevel(LogLevel level);

/// A UID as it may stand in a log: a hash keyed for this process, the same for the same UID until it ends.
std::string keyedHash(std::string_view uid);

template <typename Kind>
std::string keyed(const Uid<Kind> &uid)
{
    return keyedHash(uid.value());
}

} // namespace negatoscope::base
