#include "ObjectStore.h"

#include "CrashPoint.h"
#include "Hash.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::size_t kBlock = std::size_t(1) << 18;
/// From here on one syncfs is cheaper than an fsync per file.
constexpr std::size_t kSyncAllFrom = 32;
constexpr const char *kReceiving = "received-", *kWhole = ".dcm";

std::span<unsigned char> buffer()
{
    thread_local std::vector<unsigned char> bytes(kBlock);
    return bytes;
}

base::Result<Descriptor> openFolder(int at, const char *name)
{
    if (::mkdirat(at, name, 0700) != 0 && errno != EEXIST)
        return failure(systemError(ErrorCode::CannotWrite, "create folder", errno));
    Descriptor folder(::openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder.isOpen())
        return failure(systemError(ErrorCode::CannotWrite, "open folder", errno));
    return folder;
}

base::Result<Descriptor> openRegular(int at, const char *path, int flags, struct stat &status)
{
    // O_NONBLOCK: a pipe put where a file was must not make us wait.
    Descriptor file(::openat(at, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags));
    if (!file.isOpen())
        return failure(systemError(ErrorCode::CannotRead, "open", errno));
    if (::fstat(file.get(), &status) != 0)
        return failure(systemError(ErrorCode::CannotRead, "stat", errno));
    if (!S_ISREG(status.st_mode))
        return failure(ErrorCode::CannotRead, "not a regular file");
    return file;
}

/// Reads to the end, or to `limit`, and gives each block to `take`.
template <typename Take>
base::Result<std::uint64_t> readAll(int descriptor, std::stop_token stop, Take take)
{
    std::uint64_t total = 0;
    const auto block = buffer();
    while (true) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure(systemError(ErrorCode::CannotRead, "read", errno));
        if (got == 0)
            return total;
        TRY_DO(take(block.first(static_cast<std::size_t>(got))));
        total += static_cast<std::uint64_t>(got);
    }
}

base::Status writeAll(int descriptor, std::span<const unsigned char> bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return failure(systemError(ErrorCode::CannotWrite, "write", put < 0 ? errno : ENOSPC));
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

base::Result<std::string> hashDescriptor(int descriptor, std::stop_token stop, std::uint64_t &size)
{
    Hash hash;
    TRY(size, readAll(descriptor, stop, [&](std::span<const unsigned char> block) -> base::Status {
            hash.add(block.data(), block.size());
            return {};
        }));
    return hash.finish();
}

bool isSameState(const struct stat &a, const struct stat &b)
{
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec && a.st_ctim.tv_sec == b.st_ctim.tv_sec &&
           a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

constexpr std::int64_t kNanoseconds = 1'000'000'000;

} // namespace

base::Error systemError(ErrorCode otherwise, std::string_view what, int code)
{
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return base::Error(full ? ErrorCode::DiskFull : otherwise,
                       std::string(what) + ": " + std::strerror(code));
}

base::Result<std::unique_ptr<ObjectStore>> ObjectStore::open(const std::string &folder)
{
    std::unique_ptr<ObjectStore> store(new ObjectStore());
    store->m_folder = folder;
    store->m_root = Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!store->m_root.isOpen())
        return failure(systemError(ErrorCode::CannotRead, "open the cache folder", errno));
    TRY(store->m_objects, openFolder(store->m_root.get(), "objects"));
    TRY(store->m_temporary, openFolder(store->m_root.get(), "tmp"));
    // What an earlier run left half written was never admitted.
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder + "/tmp", error))
        ::unlinkat(store->m_temporary.get(), entry.path().filename().c_str(), 0);
    TRY_DO(store->openReceiving());
    return store;
}

/// Files that arrive are synced only when they are admitted. After a restart of the machine they may hold
/// anything, so a folder of another start is not believed.
base::Status ObjectStore::openReceiving()
{
    std::string boot;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id") >> std::ws, boot);
    m_receiving = kReceiving + boot;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(m_folder + "/tmp", error))
        if (boot.empty() || entry.path().filename() != m_receiving)
            std::filesystem::remove_all(entry.path(), error);
    TRY(const Descriptor folder, openFolder(m_temporary.get(), m_receiving.c_str()));
    for (const auto &entry : std::filesystem::directory_iterator(receivingFolder(), error))
        if (entry.path().extension() != kWhole)
            ::unlinkat(folder.get(), entry.path().filename().c_str(), 0);
    return {};
}

std::vector<std::string> ObjectStore::leftReceived() const
{
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(receivingFolder(), error))
        paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::string ObjectStore::receivedName(const std::string &path) const
{
    const std::filesystem::path file(path);
    if (file.parent_path() != receivingFolder() || file.extension() != kWhole)
        return {};
    return m_receiving + '/' + file.filename().string();
}

std::string ObjectStore::pathOf(const std::string &hash) const
{
    return m_folder + "/objects/" + hash.substr(0, 2) + '/' + hash.substr(2);
}

std::string ObjectStore::temporaryPath(const std::string &name) const
{
    return m_folder + "/tmp/" + name;
}

base::Result<std::pair<std::string, Descriptor>> ObjectStore::createTemporary()
{
    std::string name = "in" + std::to_string(m_next++);
    Descriptor file(
        ::openat(m_temporary.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return failure(systemError(ErrorCode::CannotWrite, "create a file", errno));
    return std::pair(std::move(name), std::move(file));
}

void ObjectStore::discard(const std::string &temporary)
{
    if (!temporary.empty())
        ::unlinkat(m_temporary.get(), temporary.c_str(), 0);
}

base::Result<StagedFile> ObjectStore::copy(const Descriptor &source, std::uint64_t size, std::stop_token stop)
{
    TRY(auto target, createTemporary());
    const int out = target.second.get();
    crashPoint("stage.created");
    StagedFile staged;
    staged.temporary = target.first;
    // A file system that can share blocks copies nothing; we then hash our own copy, not the source.
    const bool shared = ::ioctl(out, FICLONE, source.get()) == 0;
    Hash hash;
    auto read =
        readAll(shared ? out : source.get(), stop, [&](std::span<const unsigned char> block) -> base::Status {
            hash.add(block.data(), block.size());
            return shared ? base::Status() : writeAll(out, block);
        });
    if (read && *read != size)
        read = failure(ErrorCode::CannotRead, "the file changed while it was read");
    if (!read) {
        discard(staged.temporary);
        return failure(std::move(read).error());
    }
    crashPoint("stage.written");
    // Start writing to disk now, so that the sync of the batch has little left to do.
    ::sync_file_range(out, 0, 0, SYNC_FILE_RANGE_WRITE);
    staged.hash = hash.finish();
    staged.bytes = *read;
    return staged;
}

base::Result<StagedFile> ObjectStore::stage(const std::string &source, std::stop_token stop)
{
    struct stat before = {}, after = {};
    TRY(const Descriptor file, openRegular(AT_FDCWD, source.c_str(), 0, before));
    TRY(StagedFile staged, copy(file, static_cast<std::uint64_t>(before.st_size), stop));
    if (::fstat(file.get(), &after) != 0 || !isSameState(before, after)) {
        discard(staged.temporary);
        return failure(ErrorCode::CannotRead, "the file changed while it was read");
    }
    return staged;
}

base::Result<StagedFile> ObjectStore::stageTemporary(const std::string &temporary, std::stop_token stop)
{
    struct stat status = {};
    TRY(const Descriptor file, openRegular(m_temporary.get(), temporary.c_str(), O_NOFOLLOW, status));
    StagedFile staged;
    staged.temporary = temporary;
    TRY(staged.hash, hashDescriptor(file.get(), stop, staged.bytes));
    ::sync_file_range(file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
    return staged;
}

base::Result<std::string> ObjectStore::hashFile(const std::string &path, std::stop_token stop)
{
    struct stat status = {};
    TRY(const Descriptor file, openRegular(AT_FDCWD, path.c_str(), 0, status));
    std::uint64_t size = 0;
    return hashDescriptor(file.get(), stop, size);
}

base::Result<std::string> ObjectStore::hashObject(const std::string &hash, std::stop_token stop) const
{
    const Descriptor folder(::openat(m_objects.get(), hash.substr(0, 2).c_str(),
                                     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder.isOpen())
        return failure(systemError(ErrorCode::CannotRead, "open object", errno));
    struct stat status = {};
    TRY(const Descriptor file, openRegular(folder.get(), hash.c_str() + 2, O_NOFOLLOW, status));
    std::uint64_t size = 0;
    return hashDescriptor(file.get(), stop, size);
}

base::Status ObjectStore::sync(std::span<const StagedFile *const> files)
{
    if (files.size() >= kSyncAllFrom)
        return syncEverything();
    for (const StagedFile *file : files) {
        const Descriptor open(
            ::openat(m_temporary.get(), file->temporary.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        if (!open.isOpen() || ::fsync(open.get()) != 0)
            return failure(systemError(ErrorCode::CannotWrite, "sync", errno));
    }
    return {};
}

base::Result<int> ObjectStore::folderOf(const std::string &hash)
{
    const int index = std::stoi(hash.substr(0, 2), nullptr, 16);
    Descriptor &folder = m_folders[static_cast<std::size_t>(index)];
    if (!folder.isOpen()) {
        const std::string name = hash.substr(0, 2);
        const bool isNew = ::faccessat(m_objects.get(), name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0;
        TRY(folder, openFolder(m_objects.get(), name.c_str()));
        m_folderCreated = m_folderCreated || isNew;
    }
    return index;
}

void ObjectStore::stamp(const StagedFile &file, std::int64_t admitted)
{
    const timespec time{static_cast<time_t>(admitted / kNanoseconds),
                        static_cast<long>(admitted % kNanoseconds)};
    const timespec times[] = {time, time};
    ::utimensat(m_temporary.get(), file.temporary.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

base::Result<bool> ObjectStore::place(const StagedFile &file)
{
    TRY(const int index, folderOf(file.hash));
    const int folder = m_folders[static_cast<std::size_t>(index)].get();
    const char *const name = file.hash.c_str() + 2;
    if (::renameat2(m_temporary.get(), file.temporary.c_str(), folder, name, RENAME_NOREPLACE) != 0) {
        if (errno != EEXIST)
            return failure(systemError(ErrorCode::CannotWrite, "rename", errno));
        // Left by a run that was killed before its commit: good if the bytes are what the name says. A
        // damaged one makes way for these bytes.
        const auto there = hashObject(file.hash, {});
        if (there && *there == file.hash) {
            m_touched.insert(index);
            discard(file.temporary);
            return false;
        }
        if (::renameat(m_temporary.get(), file.temporary.c_str(), folder, name) != 0)
            return failure(systemError(ErrorCode::CannotWrite, "rename", errno));
    }
    m_touched.insert(index);
    crashPoint("admit.renamed");
    return true;
}

base::Status ObjectStore::syncFolders()
{
    const auto touched = std::exchange(m_touched, {});
    const bool created = std::exchange(m_folderCreated, false);
    if (touched.size() >= kSyncAllFrom)
        return syncEverything();
    for (const int index : touched)
        if (::fsync(m_folders[static_cast<std::size_t>(index)].get()) != 0)
            return failure(systemError(ErrorCode::CannotWrite, "sync folder", errno));
    if (created && ::fsync(m_objects.get()) != 0)
        return failure(systemError(ErrorCode::CannotWrite, "sync folder", errno));
    return {};
}

base::Status ObjectStore::syncEverything()
{
    if (::syncfs(m_root.get()) != 0)
        return failure(systemError(ErrorCode::CannotWrite, "sync", errno));
    return {};
}

base::Status ObjectStore::removeObject(const std::string &hash)
{
    TRY(const int index, folderOf(hash));
    if (::unlinkat(m_folders[static_cast<std::size_t>(index)].get(), hash.c_str() + 2, 0) != 0 &&
        errno != ENOENT)
        return failure(systemError(ErrorCode::CannotWrite, "remove", errno));
    return {};
}

bool ObjectStore::exists(const std::string &hash) const
{
    struct stat status = {};
    const std::string name = hash.substr(0, 2) + '/' + hash.substr(2);
    return ::fstatat(m_objects.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(status.st_mode);
}

std::vector<ObjectStore::Object> ObjectStore::list(bool withStat, const std::stop_token &stop) const
{
    std::vector<Object> objects;
    std::error_code error;
    for (const auto &folder : std::filesystem::directory_iterator(m_folder + "/objects", error)) {
        if (stop.stop_requested())
            break;
        const std::string prefix = folder.path().filename().string();
        if (prefix.size() != 2 || folder.is_symlink(error) || !folder.is_directory(error))
            continue;
        for (const auto &entry : std::filesystem::directory_iterator(folder.path(), error)) {
            Object object;
            object.hash = prefix + entry.path().filename().string();
            if (!isHash(object.hash) || entry.is_symlink(error))
                continue;
            if (withStat) {
                struct stat status = {};
                if (::lstat(entry.path().c_str(), &status) != 0 || !S_ISREG(status.st_mode))
                    continue;
                object.admitted = std::int64_t(status.st_mtim.tv_sec) * kNanoseconds + status.st_mtim.tv_nsec;
                object.bytes = static_cast<std::uint64_t>(status.st_size);
            }
            objects.push_back(std::move(object));
        }
    }
    return objects;
}

std::uint64_t ObjectStore::freeBytes() const
{
    struct statvfs status = {};
    if (::fstatvfs(m_root.get(), &status) != 0)
        return 0;
    return std::uint64_t(status.f_bavail) * status.f_frsize;
}

} // namespace negatoscope::cache
