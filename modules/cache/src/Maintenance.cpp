// Keeping the folder sound: adoption, rebuild, verification, removal, eviction.

#include "CrashPoint.h"
#include "Hash.h"
#include "Implementation.h"
#include "Schema.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

/// Reads objects into the index, in the order of their admission; part of the caller's transaction. Returns
/// how many are shown. An object that cannot be read stays where it is and is counted by verify().
base::Result<int> Cache::Implementation::fill(std::vector<ObjectStore::Object> objects, bool checkHashes,
                                              const std::function<void(int, int)> &progress,
                                              std::stop_token stop)
{
    std::sort(objects.begin(), objects.end(), [](const ObjectStore::Object &a, const ObjectStore::Object &b) {
        return std::tie(a.admitted, a.hash) < std::tie(b.admitted, b.hash);
    });
    std::unordered_map<std::string, const ObjectStore::Object *> byHash;
    for (const ObjectStore::Object &object : objects)
        byHash.emplace(object.hash, &object);

    int shown = 0, done = 0;
    std::optional<base::Error> error;
    const auto add = [&](std::vector<ReadFile> files) -> base::Status {
        for (const ReadFile &file : files)
            if (file.header && m_index->writer.add(*file.header) == IndexWriter::Outcome::Added)
                ++shown;
        m_index->writer.finishBatch();
        return {};
    };
    Intake intake(m_reader,
                  {[&](const ListedFiles &sink) {
                       for (const ObjectStore::Object &object : objects)
                           sink.found({m_store->pathOf(object.hash), object.hash, {}});
                   },
                   [&](ReadFile &file) {
                       const ObjectStore::Object &object = *byHash.at(file.source.shown);
                       file.header->location = object.hash;
                       file.header->bytes = object.bytes;
                       file.header->admitted = object.admitted;
                       const auto hash = checkHashes ? m_store->hashObject(object.hash, stop)
                                                     : base::Result<std::string>(object.hash);
                       if (!hash || *hash != object.hash)
                           file.header.reset();
                   },
                   [&](std::vector<ReadFile> files) {
                       done += static_cast<int>(files.size());
                       if (error)
                           return;
                       if (auto added = guarded([&] { return add(std::move(files)); }); !added)
                           error = added.error();
                       if (progress)
                           progress(done, static_cast<int>(objects.size()));
                   },
                   nullptr},
                  stop);
    intake.run();
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "stopped");
    if (error)
        return failure(*error);
    return shown;
}

/// Pins, announced lists and what is in the trash, from their own files.
void Cache::Implementation::restoreSideFiles()
{
    IndexWriter &writer = m_index->writer;
    for (const AnnouncedSeries &series : m_side->announced())
        writer.announce(series);
    writer.finishBatch();
    for (const base::StudyUid &study : m_side->pinned())
        writer.setPinned(study, true);
    restoreTrash();
}

/// The notes are the truth: a run may have been killed between a note and its row.
void Cache::Implementation::restoreTrash()
{
    IndexReader reader(*m_index->connection);
    IndexWriter &writer = m_index->writer;
    const auto notes = m_side->trashed();
    for (const TrashedStudy &row : reader.trash())
        if (std::none_of(notes.begin(), notes.end(),
                         [&](const auto &note) { return note.first == row.study.uid; }))
            writer.setTrashed(row.study.uid, std::nullopt);
    for (const auto &[study, since] : notes)
        writer.setTrashed(study, since);
}

base::Status Cache::Implementation::adoptUnindexed(std::stop_token stop)
{
    const auto adopt = [&]() -> base::Result<bool> {
        std::unordered_set<std::string> indexed;
        for (auto &file : IndexReader(*m_index->connection).files())
            indexed.insert(std::move(file.location));
        const auto names = m_store->list(false, stop);
        const bool all = std::all_of(names.begin(), names.end(), [&](const ObjectStore::Object &object) {
            return indexed.contains(object.hash);
        });
        if (all)
            return false;
        auto objects = m_store->list(true, stop);
        std::erase_if(objects, [&](const ObjectStore::Object &o) { return indexed.contains(o.hash); });
        for (const ObjectStore::Object &object : objects)
            m_lastAdmission = std::max(lastAdmission(), object.admitted);
        TRY_DO(m_store->syncEverything());
        SQLite::Transaction transaction(m_index->connection->database());
        // An index that is empty is being rebuilt; otherwise a run was killed while it admitted these.
        TRY_DO(fill(std::move(objects), !indexed.empty(), {}, stop));
        restoreSideFiles();
        transaction.commit();
        return true;
    };
    const auto adopted = m_writerThread->run([&] {
        auto result = guarded(adopt);
        if (!result)
            m_index->writer.forget();
        return result;
    });
    if (!adopted)
        return failure(adopted.error());
    if (*adopted)
        changed();
    return {};
}

/// Fills the empty index that m_index is now.
base::Result<int> Cache::Implementation::fillNewIndex(const std::function<void(int, int)> &progress,
                                                      std::stop_token stop)
{
    return guarded([&]() -> base::Result<int> {
        TRY_DO(m_store->syncEverything());
        SQLite::Transaction transaction(m_index->connection->database());
        crashPoint("rebuild.begun");
        TRY(const int shown, fill(m_store->list(true), false, progress, stop));
        restoreSideFiles();
        transaction.commit();
        crashPoint("rebuild.filled");
        return shown;
    });
}

void Cache::Implementation::checkLater(std::stop_token stop)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_for(lock, stop, std::chrono::seconds(m_options.checkAfterSeconds), [] { return false; });
    if (stop.stop_requested())
        return;
    const auto connection = Connection::open(m_options.folder + "/index.sqlite", Connection::Mode::Reader);
    const auto sound = connection ? quickCheck(**connection, kLaterCheckSeconds, stop)
                                  : base::Status(failure(connection.error()));
    if (!sound && sound.error().code() == ErrorCode::IndexDamaged) {
        base::log(base::LogLevel::Warning, "cache", "index rebuilt: " + sound.error().describe());
        if (const auto rebuilt = rebuild({}, stop); !rebuilt)
            base::log(base::LogLevel::Error, "cache", rebuilt.error().describe());
        return;
    }
    if (const auto adopted = adoptUnindexed(stop); !adopted && !stop.stop_requested())
        base::log(base::LogLevel::Warning, "cache", adopted.error().describe());
}

/// Puts the new index into the place of the old one, which is kept if it is damaged.
base::Status Cache::Implementation::exchangeIndex(const std::string &newPath, std::unique_ptr<Index> old)
{
    const std::string path = m_options.folder + "/index.sqlite";
    // No reader may be on either file: the last one to leave the old index would remove the new one's log.
    const std::unique_lock readers(m_readersInUse);
    {
        const std::lock_guard lock(m_readersMutex);
        m_readers.clear();
    }
    m_index.reset();
    old.reset();
    const auto reopened = Connection::open(path, Connection::Mode::Reader);
    const bool isSound = reopened && quickCheck(**reopened, kCheckSeconds);
    if (!isSound)
        TRY_DO(setIndexAside());
    for (const char *const suffix : {"-wal", "-shm"})
        ::unlink((path + suffix).c_str());
    crashPoint("rebuild.exchanging");
    if (::rename(newPath.c_str(), path.c_str()) != 0)
        return failure(systemError(ErrorCode::CannotWrite, "rename", errno));
    return openIndex();
}

base::Result<int> Cache::Implementation::rebuild(const std::function<void(int, int)> &progress,
                                                 std::stop_token stop)
{
    auto result = m_writerThread->run([&]() -> base::Result<int> {
        const std::string newPath = m_options.folder + "/index.new";
        const auto removeNew = [&] {
            for (const char *const suffix : {"", "-wal", "-shm"})
                ::unlink((newPath + suffix).c_str());
        };
        removeNew();
        TRY(auto fresh, createIndex(newPath));
        auto old = std::exchange(m_index, std::move(fresh));
        auto shown = fillNewIndex(progress, stop);
        if (!shown) {
            m_index = std::move(old);
            removeNew();
            return shown;
        }
        if (const auto exchanged = exchangeIndex(newPath, std::move(old)); !exchanged) {
            // The files are safe, and the next start indexes them; until then the writer needs something to
            // write to.
            if (!m_index && !openIndex()) {
                TRY(m_index, createIndex(":memory:"));
            }
            return failure(exchanged.error());
        }
        return shown;
    });
    changed();
    return result;
}

base::Status Cache::Implementation::check(const base::InstanceUid &uid, std::stop_token stop) const
{
    const auto row = readCached([&](IndexReader &reader) { return reader.instance(uid); });
    if (!row)
        return failure(ErrorCode::NotFound, "no such instance in the cache");
    TRY(const std::string hash, m_store->hashObject(row->path, stop));
    if (hash != row->path)
        return failure(ErrorCode::HashMismatch, "the file is not what was admitted");
    return {};
}

base::Result<VerifyReport> Cache::Implementation::verify(const std::function<void(int, int)> &progress,
                                                         std::stop_token stop)
{
    // Taken by the writer, so that no admission lies between the two lists.
    const auto [objects, rows] = m_writerThread->run([this] {
        return std::pair(m_store->list(false),
                         readCached([](IndexReader &reader) { return reader.files(); }));
    });
    std::unordered_set<std::string> indexed, present;
    for (const IndexReader::StoredFile &row : rows)
        indexed.insert(row.location);
    VerifyReport report;
    for (const ObjectStore::Object &object : objects) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
        present.insert(object.hash);
        const auto hash = m_store->hashObject(object.hash, stop);
        if (!hash || *hash != object.hash)
            report.damaged.push_back(m_store->pathOf(object.hash));
        else if (!indexed.contains(object.hash))
            report.unindexed.push_back(m_store->pathOf(object.hash));
        else
            ++report.ok;
        ++report.files;
        if (progress && report.files % 16 == 0)
            progress(report.files, static_cast<int>(objects.size()));
    }
    for (const IndexReader::StoredFile &row : rows)
        if (!present.contains(row.location))
            report.missing.push_back(m_store->pathOf(row.location));
    if (progress)
        progress(report.files, report.files);
    return report;
}

base::Status Cache::Implementation::setPinned(const base::StudyUid &study, bool pinned)
{
    auto result = m_writerThread->run([&] {
        return guarded([&]() -> base::Status {
            if (!IndexReader(*m_index->connection).study(study))
                return failure(ErrorCode::NotFound, "no such study in the cache");
            TRY_DO(m_side->setPinned(study, pinned));
            m_index->writer.setPinned(study, pinned);
            return {};
        });
    });
    changed();
    return result;
}

void Cache::Implementation::setOpen(const base::StudyUid &study, bool open)
{
    {
        const std::lock_guard lock(m_stateMutex);
        int &count = m_openStudies[study];
        count = std::max(0, count + (open ? 1 : -1));
        if (count == 0)
            m_openStudies.erase(study);
    }
    if (!open)
        return;
    m_writerThread->post([this, study] {
        const auto result = guarded([&]() -> base::Status {
            m_index->writer.setUsed(study, m_index->writer.nextSequence());
            return {};
        });
        if (!result)
            base::log(base::LogLevel::Warning, "cache", result.error().describe());
    });
}

/// On the writer thread. A study cannot be opened between the question whether it is and the removal of its
/// rows.
base::Status Cache::Implementation::removeNow(const base::StudyUid &study)
{
    return guarded([&]() -> base::Status {
        IndexReader reader(*m_index->connection);
        if (!reader.study(study))
            return failure(ErrorCode::NotFound, "no such study in the cache");
        const auto listed = reader.series(study);
        {
            const std::lock_guard lock(m_stateMutex);
            if (m_openStudies.contains(study))
                return failure(ErrorCode::Busy, "the study is open");
            SQLite::Transaction transaction(m_index->connection->database());
            m_index->writer.remove(study);
            transaction.commit();
        }
        crashPoint("remove.committed");
        for (const SeriesRecord &series : listed)
            TRY_DO(m_side->forget(series.uid));
        TRY_DO(m_side->setPinned(study, false));
        TRY_DO(unlinkDoomed());
        // Last: what a crash leaves of a deleted study's files must not come back as a live one.
        return m_side->setTrashed(study, std::nullopt);
    });
}

base::Status Cache::Implementation::remove(const base::StudyUid &study)
{
    auto result = m_writerThread->run([&] {
        auto removed = removeNow(study);
        if (!removed)
            m_index->writer.forget();
        return removed;
    });
    if (result || result.error().code() == ErrorCode::NotFound) {
        // Files opened in place only leave the list.
        const std::lock_guard lock(m_inPlaceMutex);
        const auto gone = guarded(
            [&]() -> base::Result<bool> { return m_inPlace && !m_inPlace->writer.remove(study).empty(); });
        if (gone && *gone)
            result = {};
    }
    changed();
    return result;
}

/// Bytes to be freed until the quota holds and the reserve is free.
std::uint64_t Cache::Implementation::excessBytes()
{
    const std::uint64_t total = IndexReader(*m_index->connection).totalBytes();
    const std::uint64_t free = m_store->freeBytes();
    const std::uint64_t overQuota =
        m_options.quotaBytes && total > m_options.quotaBytes ? total - m_options.quotaBytes : 0;
    const std::uint64_t overReserve = m_options.reserveBytes > free ? m_options.reserveBytes - free : 0;
    return std::max(overQuota, overReserve);
}

base::Result<std::vector<base::StudyUid>> Cache::Implementation::enforceQuota()
{
    auto result = m_writerThread->run([&] {
        return guarded([&]() -> base::Result<std::vector<base::StudyUid>> {
            std::vector<base::StudyUid> evicted;
            for (const base::StudyUid &study : IndexReader(*m_index->connection).leastRecentlyUsed()) {
                if (excessBytes() == 0)
                    break;
                if (const auto removed = removeNow(study))
                    evicted.push_back(study);
                else if (removed.error().code() != ErrorCode::Busy)
                    return failure(removed.error());
            }
            return evicted;
        });
    });
    if (result && !result->empty())
        changed();
    return result;
}

} // namespace negatoscope::cache
