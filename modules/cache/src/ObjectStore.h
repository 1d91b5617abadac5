#pragma once

#include "Descriptor.h"

#include <base/Result.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::cache {

/// A file copied into the cache folder but not yet under its name.
struct StagedFile
{
    std::string temporary; ///< name in tmp/
    std::string hash;
    std::uint64_t bytes = 0;
};

/// The files of the cache: objects/<2 hex>/<62 hex>, named by the SHA-256 of their content, so that a name
/// can be checked against its file and identical bytes are one file. No name comes from outside.
///
/// Folders are 0700, files 0600; every step is taken relative to an open folder, without following links.
/// Threads : stage(), hash functions and list() from any; the rest from the writer thread.
/// Errors  : CannotRead (source), CannotWrite, DiskFull, Cancelled.
class ObjectStore
{
public:
    struct Object
    {
        std::string hash;
        std::int64_t admitted = 0;
        std::uint64_t bytes = 0;
    };

    static base::Result<std::unique_ptr<ObjectStore>> open(const std::string &folder);

    std::string pathOf(const std::string &hash) const;
    std::string temporaryPath(const std::string &name) const;

    /// An empty file in tmp/, for a member of an archive.
    base::Result<std::pair<std::string, Descriptor>> createTemporary();
    void discard(const std::string &temporary);

    /// Where whole files arrive: a folder in tmp/ that belongs to this run of the machine.
    std::string receivingFolder() const { return m_folder + "/tmp/" + m_receiving; }
    /// Whole files that an earlier run of the program received and did not admit.
    std::vector<std::string> leftReceived() const;
    /// The name in tmp/ of a whole file of the receiving folder; empty if the path is none.
    std::string receivedName(const std::string &path) const;

    /// Copies a file into tmp/ and hashes what it writes. Fails when the source changes meanwhile.
    base::Result<StagedFile> stage(const std::string &source, std::stop_token stop);
    /// Hashes a file that is in tmp/ already.
    base::Result<StagedFile> stageTemporary(const std::string &temporary, std::stop_token stop);
    /// SHA-256 of any regular file; an object of the store is not reached through links.
    static base::Result<std::string> hashFile(const std::string &path, std::stop_token stop);
    base::Result<std::string> hashObject(const std::string &hash, std::stop_token stop) const;

    /// Writes the admission number into a staged file's modification time, where a rebuild finds it.
    void stamp(const StagedFile &file, std::int64_t admitted);
    /// Makes staged content durable.
    base::Status sync(std::span<const StagedFile *const> files);
    /// Renames a staged file to its object name; false if the object is there already with these bytes.
    base::Result<bool> place(const StagedFile &file);
    /// Makes the names placed since the last call durable.
    base::Status syncFolders();
    /// Makes all that is in the store durable.
    base::Status syncEverything();

    base::Status removeObject(const std::string &hash);
    bool exists(const std::string &hash) const;
    /// Names of all objects; with time and size where `withStat`.
    /// Cut short by a stop.
    std::vector<Object> list(bool withStat, const std::stop_token &stop = {}) const;
    std::uint64_t freeBytes() const;

private:
    ObjectStore() = default;
    base::Result<int> folderOf(const std::string &hash);
    base::Result<StagedFile> copy(const Descriptor &source, std::uint64_t size, std::stop_token stop);

    base::Status openReceiving();

    std::string m_folder, m_receiving;
    Descriptor m_root, m_objects, m_temporary;
    std::array<Descriptor, 256> m_folders;
    std::set<int> m_touched;
    bool m_folderCreated = false;
    std::atomic<std::uint64_t> m_next = 0;
};

/// The error of a failed system call: DiskFull or `otherwise`.
base::Error systemError(base::ErrorCode otherwise, std::string_view what, int code);

} // namespace negatoscope::cache
