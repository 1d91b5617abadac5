#include "ClosedMark.h"

#include "Descriptor.h"

#include <base/Log.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>

namespace negatoscope::cache {

namespace {

/// Which file it is and when it was last written.
std::optional<std::string> stateOf(const std::string &path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return std::to_string(status.st_ino) + ' ' + std::to_string(status.st_size) + ' ' +
           std::to_string(status.st_mtim.tv_sec) + ' ' + std::to_string(status.st_mtim.tv_nsec) + '\n';
}

bool exists(const std::string &path)
{
    struct stat status = {};
    return ::lstat(path.c_str(), &status) == 0;
}

} // namespace

ClosedMark::ClosedMark(const std::string &folder)
    : m_folder(folder),
      m_index(folder + "/index.sqlite"),
      m_mark(folder + "/index.closed")
{}

base::Result<bool> ClosedMark::take() const
{
    const Descriptor mark(::open(m_mark.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    char text[256];
    const ssize_t length = mark.isOpen() ? ::read(mark.get(), text, sizeof text) : -1;
    const auto state = stateOf(m_index);
    const bool isTrue = length > 0 && state && *state == std::string_view(text, std::size_t(length)) &&
                        !exists(m_index + "-wal");
    if (::unlink(m_mark.c_str()) != 0 && errno != ENOENT)
        return base::failure(base::ErrorCode::CannotWrite,
                             std::string("take the mark of the last end away: ") + std::strerror(errno));
    const Descriptor folder(::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (isTrue && (!folder.isOpen() || ::fsync(folder.get()) != 0))
        return false;
    return isTrue;
}

void ClosedMark::leave() const
{
    // A time that no later write can have, however coarse the clock of the file system is.
    struct timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const struct timespec times[2] = {{0, UTIME_OMIT}, {now.tv_sec - 2, now.tv_nsec}};
    if (exists(m_index + "-wal") || ::utimensat(AT_FDCWD, m_index.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    const auto state = stateOf(m_index);
    const Descriptor mark(
        ::open(m_mark.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!state || !mark.isOpen() ||
        ::write(mark.get(), state->data(), state->size()) != ssize_t(state->size()))
        base::log(base::LogLevel::Warning, "cache", "the index could not be marked as closed");
}

} // namespace negatoscope::cache
