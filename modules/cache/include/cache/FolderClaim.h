#pragma once

#include <base/Result.h>

#include <string>
#include <utility>

namespace negatoscope::cache {

/// The right to be the one process that writes a cache folder, until this object or the process ends.
class FolderClaim
{
public:
    /// Creates the folder where it is missing. Cheap: whoever may find the folder taken asks for this before
    /// anything else is started.
    /// Errors: Busy (another process has it), BadArgument (a network file system), CannotWrite.
    static base::Result<FolderClaim> take(const std::string &folder, bool allowNetworkFolder = false);

    FolderClaim(FolderClaim &&other) noexcept : m_lock(std::exchange(other.m_lock, -1)) {}
    FolderClaim &operator=(FolderClaim &&other) noexcept
    {
        std::swap(m_lock, other.m_lock);
        return *this;
    }
    ~FolderClaim();

private:
    explicit FolderClaim(int lock) : m_lock(lock) {}
    int m_lock = -1;
};

} // namespace negatoscope::cache
