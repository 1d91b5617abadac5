#include <cache/FolderClaim.h>

#include "Descriptor.h"
#include "ObjectStore.h"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

namespace {

/// File systems whose locks, memory maps and syncs are another machine's promise (F20).
bool isNetworkFolder(int descriptor)
{
    struct statfs status = {};
    if (::fstatfs(descriptor, &status) != 0)
        return false;
    constexpr unsigned long kCifs = 0xff534d42, kSmb2 = 0xfe534d42, kFuse = 0x65735546, kCeph = 0x00c36400,
                            kLustre = 0x0bd00bd0, kGpfs = 0x47504653;
    const auto type = static_cast<unsigned long>(status.f_type) & 0xffffffffUL;
    for (const unsigned long network :
         {static_cast<unsigned long>(NFS_SUPER_MAGIC), static_cast<unsigned long>(SMB_SUPER_MAGIC),
          static_cast<unsigned long>(AFS_SUPER_MAGIC), static_cast<unsigned long>(CODA_SUPER_MAGIC),
          static_cast<unsigned long>(V9FS_MAGIC), kCifs, kSmb2, kFuse, kCeph, kLustre, kGpfs})
        if (type == network)
            return true;
    return false;
}

} // namespace

base::Result<FolderClaim> FolderClaim::take(const std::string &folder, bool allowNetworkFolder)
{
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!open.isOpen())
        return failure(systemError(ErrorCode::CannotWrite, "open the cache folder", errno));
    if (!allowNetworkFolder && isNetworkFolder(open.get()))
        return failure(ErrorCode::BadArgument, "the cache folder is on a network file system");
    ::fchmod(open.get(), 0700);
    FolderClaim claim(::openat(open.get(), "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (claim.m_lock < 0)
        return failure(systemError(ErrorCode::CannotWrite, "create the lock", errno));
    if (::flock(claim.m_lock, LOCK_EX | LOCK_NB) != 0)
        return failure(ErrorCode::Busy, "another process uses this cache");
    return claim;
}

FolderClaim::~FolderClaim()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

} // namespace negatoscope::cache
