#pragma once

#include "Connection.h"

#include <stop_token>

namespace negatoscope::cache {

inline constexpr std::int64_t kSchemaVersion = 2;

/// Creates the tables in an empty database; brings those of an older version up to date in one transaction,
/// so that a kill in the middle leaves the older version.
/// Errors: IndexDamaged (not our tables, or too old to be brought up), Conflict (made by a newer version of
/// the program).
base::Status prepareSchema(Connection &connection);

/// How long the check of an index may take when a cache is opened.
inline constexpr double kCheckSeconds = 1.5;
/// In the background, where nobody waits for it.
inline constexpr double kLaterCheckSeconds = 60;

/// SQLite's quick_check, given up after `seconds` or at a stop: an index that large is taken as sound until
/// it fails.
base::Status quickCheck(Connection &connection, double seconds, std::stop_token stop = {});

} // namespace negatoscope::cache
