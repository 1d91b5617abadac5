#pragma once

#include <base/Result.h>
#include <codec/DecodeService.h>

#include <cstdint>
#include <vector>

namespace negatoscope::codec {

/// Members of the ZIP file behind a descriptor, folders left out.
/// Errors: Malformed (no ZIP), LimitExceeded (too many members).
base::Result<std::vector<ArchiveEntry>> listZip(int descriptor, std::uint64_t size, const Limits &limits);

/// Writes a member into an open file.
/// Errors: Malformed (also encrypted members), NotFound, CannotWrite, LimitExceeded.
base::Status extractZip(int descriptor, std::uint64_t size, std::uint64_t index, int into,
                        const Limits &limits);

} // namespace negatoscope::codec
