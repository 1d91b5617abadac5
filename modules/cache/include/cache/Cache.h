#pragma once

#include <base/Result.h>
#include <cache/FileReader.h>
#include <cache/FolderClaim.h>
#include <cache/Records.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::cache {

struct ImportProgress
{
    int found = 0;                                   ///< files found so far; final once `listing` is false
    int done = 0;                                    ///< files dealt with
    int imported = 0, alreadyThere = 0, refused = 0; ///< refused: without those ignored
    std::uint64_t bytes = 0;
    bool listing = true;
};

struct ImportReport
{
    int files = 0, imported = 0, alreadyThere = 0;
    int conflicts = 0;                   ///< same SOP Instance UID, other bytes: kept aside (F9)
    int identityConflicts = 0;           ///< another patient or study than its own: kept aside (F10)
    std::vector<RefusedFile> refused;    ///< with those kept aside and those ignored
    int ignored = 0;                     ///< of `refused`: plainly no DICOM, in a folder or archive
    std::vector<base::StudyUid> studies; ///< touched by this import, in order of appearance
    int series = 0, instances = 0;       ///< touched
    double wallMs = 0;
    bool cancelled = false;
};

struct VerifyReport
{
    int files = 0, ok = 0;
    std::vector<std::string> damaged;   ///< hash differs
    std::vector<std::string> missing;   ///< in the index, not on disk
    std::vector<std::string> unindexed; ///< on disk, not in the index
};

/// The local study cache: files under hashed names, and an index that can always be rebuilt from them
/// (docs/decisions/0005).
///
/// Folder  : objects/ab/cdef... (0600 in 0700), index.sqlite, pins/, lists/, trash/, tmp/, lock. Only one
/// process writes; a
///           second open of the same folder fails with Busy, a folder on a network file system with
///           BadArgument.
/// Threads : every function may be called from any thread. Reads run on the calling thread with their own
///           connections; writes are queued to the one writer thread and waited for. None belongs on the UI
///           thread but studies(), series() and firstInstance(), which take a few milliseconds.
/// Errors  : CannotRead, CannotWrite, DiskFull, IndexDamaged (only if even a rebuild fails), Busy, NotFound.
class Cache
{
public:
    struct Options
    {
        std::string folder;
        std::uint64_t quotaBytes = 0;            ///< 0: none but the free-space reserve
        std::uint64_t reserveBytes = 2ULL << 30; ///< free space that imports leave on the disk
        bool allowNetworkFolder = false; ///< NFS, SMB, FUSE and the like, whose locks and syncs promise less
        std::int64_t trashSeconds = 24 * 3600; ///< so long open() keeps what was deleted
        /// So long after an open() that follows an orderly end the index is looked through for damage.
        int checkAfterSeconds = 10;
    };

    /// With a `claim` taken before, or with one of its own.
    static base::Result<std::unique_ptr<Cache>> open(Options options, FileReader &reader,
                                                     std::optional<FolderClaim> claim = {});
    ~Cache();
    Cache(const Cache &) = delete;
    Cache &operator=(const Cache &) = delete;

    /// Copies files, folders (recursively), ZIP files and DICOMDIR media into the cache. Returns when all is
    /// on disk. `progress` is called from worker threads, a few times a second.
    base::Result<ImportReport> import(const std::vector<std::string> &paths,
                                      const std::function<void(const ImportProgress &)> &progress,
                                      std::stop_token stop);

    /// The folder of the cache, for what belongs to it and is not its own.
    const std::string &folder() const;
    /// Where a receiver puts files under names of its own, ending in ".dcm" once they are whole. What is
    /// there when the program is killed is admitted by the next open(), or thrown away if the machine was
    /// restarted: what was not synced may then be anything.
    std::string receivingFolder() const;
    /// Admits whole files of the receiving folder as an import would, but moves them instead of copying. May
    /// be called while others are still arriving. Refused files are gone; those of a cancelled call stay.
    base::Result<ImportReport> admit(const std::vector<std::string> &paths, std::stop_token stop);
    /// What a series has, as an archive lists it; more instances than before may be named, never fewer.
    base::Status announce(const std::vector<AnnouncedSeries> &series);

    /// Indexes files where they lie, read-only, for this run of the program only.
    base::Result<ImportReport> openInPlace(const std::vector<std::string> &paths,
                                           const std::function<void(const ImportProgress &)> &progress,
                                           std::stop_token stop);

    std::vector<StudyRecord> studies(const StudyQuery &query) const;
    /// All that match, by number. Numbers of deleted studies and of before a rebuild mean nothing any more.
    StudyListing list(const StudyQuery &query) const;
    /// Their records, in this order; one without a UID where there is no such study any more.
    std::vector<StudyRecord> studiesAt(std::span<const StudyNumber> numbers) const;
    base::Result<StudyRecord> study(const base::StudyUid &study) const;
    /// In series number order.
    std::vector<SeriesRecord> series(const base::StudyUid &study) const;
    /// Every instance of a series, unordered (dicom::Stack orders).
    std::vector<InstanceRecord> instances(const base::SeriesUid &series) const;
    /// The instance read first, without looking at the others: its cost does not grow with the series.
    base::Result<InstanceRecord> firstInstance(const base::SeriesUid &series) const;
    base::Result<InstanceRecord> instance(const base::InstanceUid &instance) const;
    /// Files of a study that are kept but not shown, first come first.
    std::vector<AsideRecord> setAside(const base::StudyUid &study) const;
    /// Studies of the same patient (issuer and id equal, id not empty), newest first, without `study` itself.
    std::vector<StudyRecord> otherStudiesOf(const base::StudyUid &study) const;

    base::Status setPinned(const base::StudyUid &study, bool pinned);
    /// Marks a study as on screen: an open study is not evicted.
    void setOpen(const base::StudyUid &study, bool open);
    /// Removes a study's files and rows. Refused (Busy) while it is open.
    base::Status remove(const base::StudyUid &study);
    /// Takes studies out of sight, their files untouched, in one act that restore() undoes (docs/decisions,
    /// 0018). All or none: Busy if one of them is open, NotFound if one is unknown.
    base::Status moveToTrash(const std::vector<base::StudyUid> &studies);
    base::Status restore(const std::vector<base::StudyUid> &studies);
    /// What restore() can bring back, latest first.
    std::vector<TrashedStudy> trash() const;
    /// Evicts the least recently used studies until the quota holds; returns what was evicted.
    base::Result<std::vector<base::StudyUid>> enforceQuota();

    /// One cached instance against its hash (before its first display). Errors: NotFound, CannotRead,
    /// HashMismatch.
    base::Status check(const base::InstanceUid &instance, std::stop_token stop = {}) const;
    /// Every file against its hash and the index.
    base::Result<VerifyReport> verify(const std::function<void(int done, int total)> &progress,
                                      std::stop_token stop);
    /// Rebuilds the index from the files; deletes nothing. Also run by open() when the index is damaged.
    base::Result<int> rebuild(const std::function<void(int done, int total)> &progress, std::stop_token stop);

    /// Called on some thread when the list of studies may have changed. It may read the cache, not write to
    /// it.
    void setChangedHandler(std::function<void()> handler);

    class Implementation;

private:
    explicit Cache(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace negatoscope::cache
