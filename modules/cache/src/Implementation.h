#pragma once

#include "ClosedMark.h"
#include "IndexReader.h"
#include "IndexWriter.h"
#include "Intake.h"
#include "ObjectStore.h"
#include "SideFiles.h"
#include "WriterThread.h"

#include <base/Log.h>
#include <cache/Cache.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>
#include <unordered_set>
#include <vector>

namespace negatoscope::cache {

/// An index on disk or in memory: a connection to write and what writes with it.
struct Index
{
    Index(std::unique_ptr<Connection> opened, IndexWriter::SameBytes sameBytes)
        : connection(std::move(opened)),
          writer(*connection, std::move(sameBytes))
    {}

    std::unique_ptr<Connection> connection;
    IndexWriter writer;
};

/// The parts of a Cache and how they meet: the store and the index of what is cached, an index in memory of
/// what was opened in place.
///
/// Threads : m_index and m_side belong to the writer thread, m_inPlace to whoever holds m_inPlaceMutex;
/// readers of
///           the cached index take a connection of their own, so a write never makes them wait.
class Cache::Implementation
{
public:
    Implementation(Options options, FileReader &reader) : m_options(std::move(options)), m_reader(reader) {}
    ~Implementation();

    base::Status open(std::optional<FolderClaim> claim);

    base::Result<ImportReport> import(const std::vector<std::string> &paths,
                                      const std::function<void(const ImportProgress &)> &progress,
                                      std::stop_token stop);
    const std::string &folder() const { return m_options.folder; }
    std::string receivingFolder() const { return m_store->receivingFolder(); }
    base::Result<ImportReport> admit(const std::vector<std::string> &paths, std::stop_token stop);
    base::Status announce(const std::vector<AnnouncedSeries> &series);
    base::Result<ImportReport> openInPlace(const std::vector<std::string> &paths,
                                           const std::function<void(const ImportProgress &)> &progress,
                                           std::stop_token stop);

    std::vector<StudyRecord> studies(const StudyQuery &query) const;
    StudyListing list(const StudyQuery &query) const;
    std::vector<StudyRecord> studiesAt(std::span<const StudyNumber> numbers) const;
    std::optional<StudyRecord> study(const base::StudyUid &study) const;
    std::vector<SeriesRecord> series(const base::StudyUid &study) const;
    std::vector<InstanceRecord> instances(const base::SeriesUid &series) const;
    std::optional<InstanceRecord> firstInstance(const base::SeriesUid &series) const;
    std::optional<InstanceRecord> instance(const base::InstanceUid &instance) const;
    std::vector<AsideRecord> setAside(const base::StudyUid &study) const;
    std::vector<StudyRecord> otherStudiesOf(const base::StudyUid &study) const;

    base::Status setPinned(const base::StudyUid &study, bool pinned);
    void setOpen(const base::StudyUid &study, bool open);
    base::Status remove(const base::StudyUid &study);
    base::Status moveToTrash(const std::vector<base::StudyUid> &studies);
    base::Status restore(const std::vector<base::StudyUid> &studies);
    std::vector<TrashedStudy> trash() const;
    base::Result<std::vector<base::StudyUid>> enforceQuota();
    base::Status check(const base::InstanceUid &instance, std::stop_token stop) const;
    base::Result<VerifyReport> verify(const std::function<void(int, int)> &progress, std::stop_token stop);
    base::Result<int> rebuild(const std::function<void(int, int)> &progress, std::stop_token stop);

    void setChangedHandler(std::function<void()> handler);

private:
    friend class ImportRun;
    friend class InPlaceRun;

    base::Result<std::unique_ptr<Index>> createIndex(const std::string &path) const;
    enum class Check { Now, Later };
    base::Status openIndex(Check check = Check::Now);
    base::Status openOrRebuild(Check check);
    base::Status setIndexAside();
    /// Takes in whole files that no row knows (a run killed between rename and commit, an index put back).
    base::Status adoptUnindexed(std::stop_token stop = {});
    /// What a start after an orderly end leaves for later: damage on the disk, files put in by hand.
    void checkLater(std::stop_token stop);
    base::Status finishRemovals();
    base::Result<int> fill(std::vector<ObjectStore::Object> objects, bool checkHashes,
                           const std::function<void(int, int)> &progress, std::stop_token stop);
    base::Result<int> fillNewIndex(const std::function<void(int, int)> &progress, std::stop_token stop);
    base::Status exchangeIndex(const std::string &newPath, std::unique_ptr<Index> old);
    base::Status unlinkDoomed();
    base::Status removeNow(const base::StudyUid &study);
    base::Status refuseOpen(const std::vector<base::StudyUid> &studies) const;
    base::Status trashNow(const std::vector<base::StudyUid> &studies, std::int64_t since);
    /// What is imported is wanted again: takes its studies out of the trash. Part of the caller's
    /// transaction.
    base::Status untrash(const std::vector<base::StudyUid> &studies);
    void emptyTrash();
    void insertInPlace(StudyListing &listing, const StudyQuery &query) const;
    std::uint64_t excessBytes();
    void restoreSideFiles();
    void restoreTrash();
    void changed() const;
    std::int64_t lastAdmission();
    std::int64_t nextAdmission();

    /// What `read` finds in the cached index with a connection of its own; nothing if that fails.
    template <typename Read>
    auto readCached(Read read) const -> decltype(read(std::declval<IndexReader &>()));
    /// What `read` finds among the files opened in place.
    template <typename Read>
    auto readInPlace(Read read) const -> decltype(read(std::declval<IndexReader &>()));
    StudyRecord merged(StudyRecord cached, const StudyRecord &inPlace) const;
    bool mayMerge(const base::StudyUid &study) const;
    InstanceRecord withPath(InstanceRecord record) const;

    Options m_options;
    FileReader &m_reader;
    std::optional<FolderClaim> m_claim;
    std::unique_ptr<ObjectStore> m_store;
    std::optional<SideFiles> m_side;
    std::unique_ptr<Index> m_index;
    std::optional<std::int64_t> m_lastAdmission; ///< once it has been asked for: it is looked for in all rows

    mutable std::mutex m_readersMutex;
    mutable std::vector<std::unique_ptr<Connection>> m_readers;
    mutable std::shared_mutex m_readersInUse; ///< held shared while a reader reads

    mutable std::mutex m_inPlaceMutex;
    std::unique_ptr<Index> m_inPlace;

    mutable std::mutex m_stateMutex;
    std::unordered_map<base::StudyUid, int> m_openStudies;
    std::function<void()> m_changed;

    // Last: their ends finish what is queued while everything above still stands.
    std::unique_ptr<WriterThread> m_writerThread;
    std::jthread m_laterCheck;
};

template <typename Read>
auto Cache::Implementation::readCached(Read read) const -> decltype(read(std::declval<IndexReader &>()))
{
    const std::shared_lock inUse(m_readersInUse);
    std::unique_ptr<Connection> connection;
    {
        const std::lock_guard lock(m_readersMutex);
        if (!m_readers.empty()) {
            connection = std::move(m_readers.back());
            m_readers.pop_back();
        }
    }
    try {
        if (!connection) {
            auto opened = Connection::open(m_options.folder + "/index.sqlite", Connection::Mode::Reader);
            if (!opened) {
                base::log(base::LogLevel::Error, "cache", opened.error().describe());
                return {};
            }
            connection = std::move(*opened);
        }
        IndexReader reader(*connection);
        auto result = read(reader);
        const std::lock_guard lock(m_readersMutex);
        m_readers.push_back(std::move(connection));
        return result;
    } catch (const SQLite::Exception &exception) {
        base::log(base::LogLevel::Error, "cache", errorOf(exception).describe());
        return {};
    }
}

template <typename Read>
auto Cache::Implementation::readInPlace(Read read) const -> decltype(read(std::declval<IndexReader &>()))
{
    const std::lock_guard lock(m_inPlaceMutex);
    if (!m_inPlace)
        return {};
    try {
        IndexReader reader(*m_inPlace->connection);
        return read(reader);
    } catch (const SQLite::Exception &exception) {
        base::log(base::LogLevel::Error, "cache", errorOf(exception).describe());
        return {};
    }
}

} // namespace negatoscope::cache
