#pragma once

#include "ByteSource.h"

#include <base/Result.h>
#include <codec/Limits.h>

#include <vector>

namespace negatoscope::codec {

struct Inflated
{
    std::vector<std::uint8_t> bytes;
    bool truncated = false; ///< the compressed stream ended early or broke; what came before is in bytes
};

/// Inflates the rest of a source from `offset`: raw deflate (PS3.5 A.5) or, as some writers do, with a zlib
/// header. Errors: LimitExceeded where the output passes `maximum` or expands beyond limits.expansion;
/// Malformed if nothing inflates.
base::Result<Inflated> inflateRest(const ByteSource &source, std::uint64_t offset, std::uint64_t maximum,
                                   const Limits &limits);

} // namespace negatoscope::codec
