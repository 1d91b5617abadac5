// Preloaded into cache_child: the disk under a cache as the tests want it.
//
//   NEGATOSCOPE_SHIM_ROOT    the cache folder; other paths are left alone
//   NEGATOSCOPE_SHIM_LOG     every change below it is appended here, in order (DiskLog.h)
//   NEGATOSCOPE_SHIM_FAIL    N: the Nth change fails; N+: it and all later ones
//   NEGATOSCOPE_SHIM_ERRNO   with what (default: EIO)
//   NEGATOSCOPE_SHIM_CLOCK   seconds that the wall clock is wrong by

#include "DiskLog.h"

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <mutex>
#include <string>

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using negatoscope::test::DiskChange;
using Kind = DiskChange::Kind;

template <typename Function>
Function *real(Function *, const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}
#define REAL(name) (real(&::name, #name))

std::string text(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

class Shim
{
public:
    static Shim &instance()
    {
        static auto *const shim = new Shim; // never destroyed: threads may outlive main()
        return *shim;
    }

    std::recursive_mutex mutex;

    /// Path below the root, with a leading slash; empty for all others.
    std::string below(int at, const char *path) const
    {
        std::string whole = path;
        if (whole.empty() || whole[0] != '/')
            whole = (at == AT_FDCWD ? currentFolder() : pathOf(at)) + '/' + whole;
        return strip(whole);
    }
    std::string below(int descriptor) const { return strip(pathOf(descriptor)); }

    /// Counts a change; true if it has to fail, with errno set.
    bool fails()
    {
        ++m_changes;
        if (m_failAt == 0 || m_changes < m_failAt || (m_changes > m_failAt && !m_failLater))
            return false;
        errno = m_error;
        return true;
    }

    void record(const DiskChange &change)
    {
        if (m_log < 0)
            return;
        const std::string bytes = change.encoded();
        if (REAL(write)(m_log, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            std::abort();
    }

    std::uint32_t idOf(const struct stat &status)
    {
        return m_ids.try_emplace(status.st_ino, ++m_next).first->second;
    }
    std::uint32_t idOf(int descriptor)
    {
        struct stat status = {};
        ::fstat(descriptor, &status);
        return idOf(status);
    }
    std::uint32_t newIdOf(int descriptor)
    {
        struct stat status = {};
        ::fstat(descriptor, &status);
        return m_ids[status.st_ino] = ++m_next;
    }

    std::int64_t clockOffset() const { return m_clock; }

private:
    Shim()
        : m_root(text("NEGATOSCOPE_SHIM_ROOT")),
          m_clock(std::atoll(text("NEGATOSCOPE_SHIM_CLOCK").c_str()))
    {
        const std::string log = text("NEGATOSCOPE_SHIM_LOG"), fail = text("NEGATOSCOPE_SHIM_FAIL"),
                          error = text("NEGATOSCOPE_SHIM_ERRNO");
        if (!log.empty())
            m_log = REAL(open)(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        m_failAt = std::atoi(fail.c_str());
        m_failLater = !fail.empty() && fail.back() == '+';
        if (!error.empty())
            m_error = std::atoi(error.c_str());
    }

    static std::string currentFolder()
    {
        char folder[4096] = {};
        return ::getcwd(folder, sizeof folder) ? folder : "";
    }
    static std::string pathOf(int descriptor)
    {
        char path[4096] = {};
        const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
        const ssize_t size = ::readlink(link.c_str(), path, sizeof path - 1);
        return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
    }
    std::string strip(const std::string &path) const
    {
        if (m_root.empty() || path.compare(0, m_root.size(), m_root) != 0)
            return {};
        std::string rest = path.substr(m_root.size());
        // SQLite's shared memory is worth nothing after a restart.
        if (rest.size() >= 4 && rest.compare(rest.size() - 4, 4, "-shm") == 0)
            return {};
        return rest.empty() ? "/" : rest[0] == '/' ? rest : std::string();
    }

    std::string m_root;
    std::int64_t m_clock = 0;
    int m_log = -1, m_changes = 0, m_failAt = 0, m_error = EIO;
    bool m_failLater = false;
    std::map<ino_t, std::uint32_t> m_ids;
    std::uint32_t m_next = 0;
};

template <typename Call>
int opened(int at, const char *path, int flags, Call call)
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    const std::string name = shim.below(at, path);
    if (name.empty() || !(flags & (O_CREAT | O_TRUNC)) || (flags & O_DIRECTORY) == O_DIRECTORY)
        return call();
    const bool isNew = ::faccessat(at, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
    if ((isNew || (flags & O_TRUNC)) && shim.fails())
        return -1;
    const int descriptor = call();
    if (descriptor < 0)
        return descriptor;
    if (isNew)
        shim.record({Kind::Create, shim.newIdOf(descriptor), 0, name, {}});
    else if (flags & O_TRUNC)
        shim.record({Kind::Truncate, shim.idOf(descriptor), 0, {}, {}});
    return descriptor;
}

template <typename Call>
auto changed(int descriptor, Call call, DiskChange change) -> decltype(call())
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    if (shim.below(descriptor).empty())
        return call();
    if (shim.fails())
        return -1;
    const auto result = call();
    if (result >= 0) {
        if (change.kind == Kind::Write)
            change.data.resize(static_cast<std::size_t>(result));
        change.file = shim.idOf(descriptor);
        shim.record(change);
    }
    return result;
}

template <typename Call>
int synced(int descriptor, Call call)
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    const std::string name = shim.below(descriptor);
    if (name.empty())
        return call();
    if (shim.fails())
        return -1;
    const int result = call();
    struct stat status = {};
    ::fstat(descriptor, &status);
    if (result == 0 && S_ISDIR(status.st_mode))
        shim.record({Kind::SyncFolder, 0, 0, name, {}});
    else if (result == 0)
        shim.record({Kind::SyncFile, shim.idOf(descriptor), 0, {}, {}});
    return result;
}

template <typename Call>
int renamed(int fromAt, const char *from, int toAt, const char *to, Call call)
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    const std::string before = shim.below(fromAt, from), after = shim.below(toAt, to);
    if (before.empty() || after.empty())
        return call();
    if (shim.fails())
        return -1;
    struct stat status = {};
    ::fstatat(fromAt, from, &status, AT_SYMLINK_NOFOLLOW);
    const int result = call();
    if (result == 0)
        shim.record({Kind::Rename, shim.idOf(status), 0, before, after});
    return result;
}

template <typename Call>
int removed(int at, const char *path, Call call)
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    const std::string name = shim.below(at, path);
    struct stat status = {};
    if (name.empty() || ::fstatat(at, path, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return call();
    if (shim.fails())
        return -1;
    const int result = call();
    if (result == 0)
        shim.record({Kind::Remove, shim.idOf(status), 0, name, {}});
    return result;
}

template <typename Call>
int made(int at, const char *path, Call call)
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    const std::string name = shim.below(at, path);
    if (name.empty() || ::faccessat(at, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return call();
    if (shim.fails())
        return -1;
    const int result = call();
    if (result == 0)
        shim.record({Kind::MakeFolder, 0, 0, name, {}});
    return result;
}

mode_t modeIn(int flags, va_list arguments)
{
    return flags & O_CREAT ? static_cast<mode_t>(va_arg(arguments, unsigned)) : 0;
}

} // namespace

#define OPEN(name)                                                                                           \
    int name(const char *path, int flags, ...)                                                               \
    {                                                                                                        \
        va_list arguments;                                                                                   \
        va_start(arguments, flags);                                                                          \
        const mode_t mode = modeIn(flags, arguments);                                                        \
        va_end(arguments);                                                                                   \
        return opened(AT_FDCWD, path, flags, [&] { return REAL(name)(path, flags, mode); });                 \
    }
#define OPENAT(name)                                                                                         \
    int name(int at, const char *path, int flags, ...)                                                       \
    {                                                                                                        \
        va_list arguments;                                                                                   \
        va_start(arguments, flags);                                                                          \
        const mode_t mode = modeIn(flags, arguments);                                                        \
        va_end(arguments);                                                                                   \
        return opened(at, path, flags, [&] { return REAL(name)(at, path, flags, mode); });                   \
    }

extern "C" {

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    const auto call = [&] { return REAL(write)(descriptor, bytes, size); };
    const std::string data(static_cast<const char *>(bytes), size);
    if (descriptor == STDOUT_FILENO) {
        const std::lock_guard lock(Shim::instance().mutex);
        Shim::instance().record({Kind::Said, 0, 0, {}, data});
        return call();
    }
    const off_t at = ::lseek(descriptor, 0, SEEK_CUR);
    return changed(descriptor, call, {Kind::Write, 0, static_cast<std::uint64_t>(at < 0 ? 0 : at), {}, data});
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at)
{
    return changed(descriptor, [&] { return REAL(pwrite)(descriptor, bytes, size, at); },
                   {Kind::Write,
                    0,
                    static_cast<std::uint64_t>(at),
                    {},
                    std::string(static_cast<const char *>(bytes), size)});
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
{
    return changed(descriptor, [&] { return REAL(pwrite64)(descriptor, bytes, size, at); },
                   {Kind::Write,
                    0,
                    static_cast<std::uint64_t>(at),
                    {},
                    std::string(static_cast<const char *>(bytes), size)});
}

int ftruncate(int descriptor, off_t size) noexcept
{
    return changed(descriptor, [&] { return REAL(ftruncate)(descriptor, size); },
                   {Kind::Truncate, 0, static_cast<std::uint64_t>(size), {}, {}});
}
int ftruncate64(int descriptor, off64_t size) noexcept
{
    return changed(descriptor, [&] { return REAL(ftruncate64)(descriptor, size); },
                   {Kind::Truncate, 0, static_cast<std::uint64_t>(size), {}, {}});
}

int fsync(int descriptor)
{
    return synced(descriptor, [&] { return REAL(fsync)(descriptor); });
}
int fdatasync(int descriptor)
{
    return synced(descriptor, [&] { return REAL(fdatasync)(descriptor); });
}
int syncfs(int descriptor) noexcept
{
    return changed(descriptor, [&] { return REAL(syncfs)(descriptor); }, {Kind::SyncAll, 0, 0, {}, {}});
}

int rename(const char *from, const char *to) noexcept
{
    return renamed(AT_FDCWD, from, AT_FDCWD, to, [&] { return REAL(rename)(from, to); });
}
int renameat(int fromAt, const char *from, int toAt, const char *to) noexcept
{
    return renamed(fromAt, from, toAt, to, [&] { return REAL(renameat)(fromAt, from, toAt, to); });
}
int renameat2(int fromAt, const char *from, int toAt, const char *to, unsigned flags) noexcept
{
    return renamed(fromAt, from, toAt, to, [&] { return REAL(renameat2)(fromAt, from, toAt, to, flags); });
}

int unlink(const char *path) noexcept
{
    return removed(AT_FDCWD, path, [&] { return REAL(unlink)(path); });
}
int unlinkat(int at, const char *path, int flags) noexcept
{
    return removed(at, path, [&] { return REAL(unlinkat)(at, path, flags); });
}

int mkdir(const char *path, mode_t mode) noexcept
{
    return made(AT_FDCWD, path, [&] { return REAL(mkdir)(path, mode); });
}
int mkdirat(int at, const char *path, mode_t mode) noexcept
{
    return made(at, path, [&] { return REAL(mkdirat)(at, path, mode); });
}

int utimensat(int at, const char *path, const struct timespec times[2], int flags) noexcept
{
    Shim &shim = Shim::instance();
    const std::lock_guard lock(shim.mutex);
    const int result = REAL(utimensat)(at, path, times, flags);
    struct stat status = {};
    if (result == 0 && times && !shim.below(at, path).empty() &&
        ::fstatat(at, path, &status, AT_SYMLINK_NOFOLLOW) == 0)
        shim.record({Kind::Stamp,
                     shim.idOf(status),
                     static_cast<std::uint64_t>(times[1].tv_sec) * 1'000'000'000U +
                         static_cast<std::uint64_t>(times[1].tv_nsec),
                     {},
                     {}});
    return result;
}

/// Sharing blocks would hide what is written.
int ioctl(int descriptor, unsigned long request, ...) noexcept
{
    va_list arguments;
    va_start(arguments, request);
    void *const argument = va_arg(arguments, void *);
    va_end(arguments);
    if (request == FICLONE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return REAL(ioctl)(descriptor, request, argument);
}

int clock_gettime(clockid_t clock, struct timespec *time) noexcept
{
    const int result = REAL(clock_gettime)(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += Shim::instance().clockOffset();
    return result;
}

} // extern "C"
