#include "FileLister.h"

#include "ObjectStore.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace negatoscope::cache {

using base::ErrorCode;

namespace {

constexpr int kDeepestFolder = 100;

struct Entry
{
    std::string name;
    unsigned char type = DT_UNKNOWN;
    bool operator<(const Entry &other) const { return name < other.name; }
};

unsigned char typeOf(mode_t mode)
{
    return S_ISREG(mode) ? DT_REG : S_ISDIR(mode) ? DT_DIR : S_ISLNK(mode) ? DT_LNK : DT_FIFO;
}

class Walk
{
public:
    Walk(const ListedFiles &sink, std::stop_token stop) : m_sink(sink), m_stop(std::move(stop)) {}

    void start(const std::string &path)
    {
        struct stat status = {};
        if (::stat(path.c_str(), &status) != 0)
            return refuse(path, systemError(ErrorCode::CannotRead, "stat", errno));
        if (S_ISREG(status.st_mode) && isMediaDirectoryName(path))
            return m_sink.mediaDirectory(path);
        take(path, typeOf(status.st_mode), 0);
    }

private:
    static bool isMediaDirectoryName(const std::string &path)
    {
        std::string name = path.substr(path.find_last_of('/') + 1);
        for (char &c : name)
            if (c >= 'a' && c <= 'z')
                c = static_cast<char>(c - ('a' - 'A'));
        return name == "DICOMDIR";
    }

    void refuse(const std::string &path, base::Error error) { m_sink.refused({path, std::move(error)}); }

    void take(const std::string &path, unsigned char type, int depth)
    {
        if (type == DT_REG)
            m_sink.found({path, path, {}, depth == 0});
        else if (type == DT_DIR && depth < kDeepestFolder)
            folder(path, depth);
        else if (type == DT_DIR)
            refuse(path, base::Error(ErrorCode::LimitExceeded, "folders nested too deeply"));
        else if (type == DT_LNK)
            refuse(path, base::Error(ErrorCode::CannotRead, "a link inside a folder is not followed"));
        else
            refuse(path, base::Error(ErrorCode::CannotRead, "not a regular file"));
    }

    void folder(const std::string &path, int depth)
    {
        const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(path.c_str()), &::closedir);
        if (!open)
            return refuse(path, systemError(ErrorCode::CannotRead, "open folder", errno));
        std::vector<Entry> entries;
        errno = 0;
        while (const dirent *const entry = ::readdir(open.get())) {
            const std::string name = entry->d_name;
            if (name != "." && name != "..")
                entries.push_back({name, entry->d_type});
        }
        if (errno != 0)
            refuse(path, systemError(ErrorCode::CannotRead, "read folder", errno));
        std::sort(entries.begin(), entries.end());
        const std::string prefix = path.back() == '/' ? path : path + '/';
        for (Entry &entry : entries) {
            if (m_stop.stop_requested())
                return;
            struct stat status = {};
            if (entry.type == DT_UNKNOWN)
                entry.type =
                    ::fstatat(::dirfd(open.get()), entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0
                        ? typeOf(status.st_mode)
                        : static_cast<unsigned char>(DT_FIFO);
            take(prefix + entry.name, entry.type, depth + 1);
        }
    }

    const ListedFiles &m_sink;
    std::stop_token m_stop;
};

} // namespace

void listFiles(const std::vector<std::string> &paths, const ListedFiles &sink, std::stop_token stop)
{
    Walk walk(sink, stop);
    for (const std::string &path : paths)
        if (!stop.stop_requested() && !path.empty())
            walk.start(path);
}

} // namespace negatoscope::cache
