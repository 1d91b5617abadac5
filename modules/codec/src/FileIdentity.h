#pragma once

#include <compare>
#include <cstdint>

namespace negatoscope::codec {

/// Which file this is, whatever its path: a path used again for other content is another file.
struct FileIdentity
{
    std::uint64_t device = 0, inode = 0, size = 0;
    std::int64_t modifiedNs = 0;
    auto operator<=>(const FileIdentity &) const = default;
};

} // namespace negatoscope::codec
