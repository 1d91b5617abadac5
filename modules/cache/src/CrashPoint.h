#pragma once

#include <span>
#include <string_view>

namespace negatoscope::cache {

/// Places where a test may have the process killed (environment NEGATOSCOPE_CRASH_AT=name:count, SIGKILL at
/// the count-th passage). Compiled in by NEGATOSCOPE_CRASH_POINTS only; nothing otherwise.
#ifdef NEGATOSCOPE_CRASH_POINTS
void crashPoint(std::string_view name);
/// Every name that the code passes to crashPoint().
std::span<const std::string_view> crashPointNames();
#else
inline void crashPoint(std::string_view)
{}
#endif

} // namespace negatoscope::cache
