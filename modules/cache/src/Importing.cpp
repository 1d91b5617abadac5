#include "CrashPoint.h"
#include "Identity.h"
#include "Implementation.h"
#include "Schema.h"

#include <algorithm>
#include <chrono>
#include <future>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kBatchFiles = 256;
constexpr std::uint64_t kBatchBytes = 192ULL << 20;
constexpr std::chrono::milliseconds kProgressEvery{200};

base::Error asideError(IndexWriter::Outcome outcome)
{
    using enum IndexWriter::Outcome;
    const AsideReason reason = outcome == OtherPatient ? AsideReason::OtherPatient
                               : outcome == OtherStudy ? AsideReason::OtherStudy
                                                       : AsideReason::OtherVersion;
    return base::Error(codeOf(reason), "kept aside");
}

} // namespace

/// Counts what becomes of each file and reports a few times a second.
class RunReport
{
public:
    explicit RunReport(const std::function<void(const ImportProgress &)> &progress) : m_progress(progress) {}

    void take(const ReadFile &file, std::optional<IndexWriter::Outcome> outcome, const base::Error *failed)
    {
        const std::lock_guard lock(m_mutex);
        ++m_counts.done;
        if (const base::Error *const error = file.error ? &*file.error : failed) {
            m_report.refused.push_back({file.source.shown, *error, file.ignored});
            m_report.ignored += file.ignored ? 1 : 0;
            return;
        }
        if (!outcome)
            return;
        using enum IndexWriter::Outcome;
        m_counts.bytes += file.header->bytes;
        if (*outcome == Added)
            ++m_report.imported;
        else if (*outcome == AlreadyThere)
            ++m_report.alreadyThere;
        else
            m_report.refused.push_back({file.source.shown, asideError(*outcome)});
        if (*outcome == OtherVersion)
            ++m_report.conflicts;
        else if (*outcome == OtherPatient || *outcome == OtherStudy)
            ++m_report.identityConflicts;
        if (*outcome != OtherStudy && m_studies.insert(file.header->study.uid).second)
            m_report.studies.push_back(file.header->study.uid);
        if (m_series.insert(file.header->series.uid).second)
            ++m_report.series;
        if (*outcome == Added || *outcome == AlreadyThere)
            ++m_report.instances;
    }

    /// A DICOMDIR is no instance and not counted among the files.
    void skip()
    {
        const std::lock_guard lock(m_mutex);
        ++m_skipped;
    }

    void report(const Intake &intake, bool now)
    {
        ImportProgress progress;
        {
            const std::lock_guard lock(m_mutex);
            if (!m_progress || (!now && Clock::now() - m_last < kProgressEvery))
                return;
            m_last = Clock::now();
            progress = m_counts;
            progress.imported = m_report.imported;
            progress.alreadyThere = m_report.alreadyThere;
            progress.refused = static_cast<int>(m_report.refused.size()) - m_report.ignored;
            progress.found = intake.found() - m_skipped;
            progress.listing = intake.isListing();
        }
        m_progress(progress);
    }

    ImportReport finish(bool cancelled)
    {
        const std::lock_guard lock(m_mutex);
        m_report.files = m_counts.done;
        m_report.cancelled = cancelled;
        m_report.wallMs = std::chrono::duration<double, std::milli>(Clock::now() - m_start).count();
        return std::move(m_report);
    }

private:
    const std::function<void(const ImportProgress &)> &m_progress;
    std::mutex m_mutex;
    ImportProgress m_counts;
    ImportReport m_report;
    int m_skipped = 0;
    std::unordered_set<base::StudyUid> m_studies;
    std::unordered_set<base::SeriesUid> m_series;
    Clock::time_point m_start = Clock::now(), m_last;
};

/// One import: files are read and copied on the reading threads, and admitted in batches by the writer
/// thread, which syncs, renames, syncs the folders and only then commits the rows (decision 0005).
class ImportRun
{
public:
    ImportRun(Cache::Implementation &cache, const std::function<void(const ImportProgress &)> &progress,
              std::stop_token stop)
        : m_cache(cache),
          m_stop(std::move(stop)),
          m_report(progress)
    {}

    ImportReport run(const std::vector<std::string> &paths)
    {
        return take([&](const ListedFiles &sink) { listFiles(paths, sink, m_stop); }, m_cache.m_store.get());
    }

    /// Whole files in the receiving folder.
    ImportReport runReceived(const std::vector<std::string> &paths)
    {
        m_received = true;
        auto report = take(
            [&](const ListedFiles &sink) {
                for (const std::string &path : paths)
                    if (const std::string name = m_cache.m_store->receivedName(path); !name.empty())
                        sink.found({path, path, name, true});
                    else
                        sink.refused(
                            {path, base::Error(ErrorCode::BadArgument, "not in the receiving folder")});
            },
            nullptr);
        if (!report.cancelled)
            for (const std::string &path : paths)
                m_cache.m_store->discard(m_cache.m_store->receivedName(path));
        return report;
    }

private:
    /// `members`: where the members of archives go; without it none is opened.
    ImportReport take(const std::function<void(const ListedFiles &)> &list, ObjectStore *members)
    {
        Intake intake(m_cache.m_reader,
                      {list, [this](ReadFile &file) { stage(file); },
                       [&](std::vector<ReadFile> files) {
                           gather(std::move(files));
                           m_report.report(intake, false);
                       },
                       members},
                      m_stop);
        intake.run();
        flush();
        waitForWriter();
        m_report.report(intake, true);
        return m_report.finish(m_stop.stop_requested());
    }

    /// Whether the cache has these bytes already, whole. Sets the location.
    bool isKnown(ReadFile &file)
    {
        const auto row = m_cache.readCached(
            [&](IndexReader &reader) { return reader.instance(file.header->instance.uid); });
        if (!row)
            return false;
        const auto hash = ObjectStore::hashFile(file.source.path, m_stop);
        if (!hash || *hash != row->path)
            return false;
        const auto there = m_cache.m_store->hashObject(*hash, m_stop);
        if (!there || *there != *hash)
            return false;
        file.header->location = *hash;
        return true;
    }

    void stage(ReadFile &file)
    {
        std::error_code ignored;
        if (isKnown(file)) {
            file.known = true;
            return;
        }
        ObjectStore &store = *m_cache.m_store;
        const bool isOurs = !file.source.temporary.empty();
        const std::uint64_t size = isOurs ? 0 : std::filesystem::file_size(file.source.path, ignored);
        if (m_full || store.freeBytes() < m_cache.m_options.reserveBytes + (ignored ? 0 : size)) {
            file.header.reset();
            file.error = base::Error(ErrorCode::DiskFull, "no more than the reserve is left on the disk");
            return;
        }
        auto staged = isOurs ? store.stageTemporary(file.source.temporary, m_stop)
                             : store.stage(file.source.path, m_stop);
        if (!staged) {
            m_full = m_full || staged.error().code() == ErrorCode::DiskFull;
            file.header.reset();
            file.error = staged.error();
            return;
        }
        file.header->location = staged->hash;
        file.header->bytes = staged->bytes;
        file.staged = std::move(*staged);
    }

    void gather(std::vector<ReadFile> files)
    {
        for (ReadFile &file : files) {
            if (file.error && file.error->code() == ErrorCode::Cancelled)
                continue;
            if (m_received && file.isMediaDirectory) {
                // Nobody sends a directory: its lists would decide what complete means.
                file = refusedDirectory(std::move(file));
            }
            m_batchBytes += file.staged ? file.staged->bytes : 0;
            m_batch.push_back(std::move(file));
        }
        if (m_batch.size() >= kBatchFiles || m_batchBytes >= kBatchBytes)
            flush();
    }

    void flush()
    {
        if (m_batch.empty())
            return;
        waitForWriter();
        auto batch = std::make_shared<std::vector<ReadFile>>(std::exchange(m_batch, {}));
        m_batchBytes = 0;
        m_admitting = m_cache.m_writerThread->post([this, batch] {
            admit(*batch);
            m_cache.changed();
        });
    }

    void waitForWriter()
    {
        if (m_admitting.valid())
            m_admitting.get();
    }

    /// On the writer thread.
    void admit(std::vector<ReadFile> &batch)
    {
        std::vector<std::optional<IndexWriter::Outcome>> outcomes(batch.size());
        std::vector<std::string> placed;
        auto result = guarded([&] { return admitAll(batch, outcomes, placed); });
        if (!result) {
            m_cache.m_index->writer.forget();
            for (const std::string &hash : placed)
                if (const auto removed = m_cache.m_store->removeObject(hash); !removed)
                    base::log(base::LogLevel::Warning, "cache", removed.error().describe());
            m_full = m_full || result.error().code() == ErrorCode::DiskFull;
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch[i].staged)
                m_cache.m_store->discard(batch[i].staged->temporary);
            if (batch[i].isMediaDirectory && !batch[i].error)
                m_report.skip();
            else
                m_report.take(batch[i], result ? outcomes[i] : std::nullopt,
                              result ? nullptr : &result.error());
        }
    }

    base::Status admitAll(std::vector<ReadFile> &batch,
                          std::vector<std::optional<IndexWriter::Outcome>> &outcomes,
                          std::vector<std::string> &placed)
    {
        ObjectStore &store = *m_cache.m_store;
        IndexWriter &writer = m_cache.m_index->writer;
        std::vector<const StagedFile *> staged;
        for (ReadFile &file : batch) {
            if (!file.staged)
                continue;
            file.header->admitted = m_cache.nextAdmission();
            store.stamp(*file.staged, file.header->admitted);
            staged.push_back(&*file.staged);
        }
        if (!staged.empty())
            TRY_DO(store.sync(staged));
        crashPoint("admit.filesSynced");
        for (const ReadFile &file : batch)
            for (const AnnouncedSeries &series : file.announced)
                TRY_DO(m_cache.m_side->announce(series));

        SQLite::Transaction transaction(m_cache.m_index->connection->database(),
                                        SQLite::TransactionBehavior::IMMEDIATE);
        // What is imported again after it was deleted is wanted again.
        std::vector<base::StudyUid> studies;
        for (const ReadFile &file : batch)
            if ((file.staged || file.known) && (studies.empty() || studies.back() != file.header->study.uid))
                studies.push_back(file.header->study.uid);
        TRY_DO(m_cache.untrash(studies));
        for (std::size_t i = 0; i < batch.size(); ++i) {
            for (const AnnouncedSeries &series : batch[i].announced)
                writer.announce(series);
            if (!batch[i].staged && !batch[i].known)
                continue;
            outcomes[i] = writer.add(*batch[i].header);
            if (!batch[i].staged)
                continue;
            // What is there already is placed too: the object may have been lost or damaged since.
            TRY(const bool isNew, store.place(*batch[i].staged));
            if (isNew && *outcomes[i] != IndexWriter::Outcome::AlreadyThere)
                placed.push_back(batch[i].staged->hash);
        }
        crashPoint("admit.allRenamed");
        TRY_DO(store.syncFolders());
        crashPoint("admit.foldersSynced");
        writer.finishBatch();
        transaction.commit();
        crashPoint("admit.committed");
        return {};
    }

    static ReadFile refusedDirectory(ReadFile file)
    {
        file.isMediaDirectory = false;
        file.announced.clear();
        file.error = base::Error(ErrorCode::Malformed, "a directory is no object");
        return file;
    }

    Cache::Implementation &m_cache;
    std::stop_token m_stop;
    RunReport m_report;
    bool m_received = false;
    std::vector<ReadFile> m_batch;
    std::uint64_t m_batchBytes = 0;
    std::future<void> m_admitting;
    std::atomic<bool> m_full = false;
};

/// Indexes files where they lie, in memory.
class InPlaceRun
{
public:
    InPlaceRun(Cache::Implementation &cache, const std::function<void(const ImportProgress &)> &progress,
               std::stop_token stop)
        : m_cache(cache),
          m_stop(std::move(stop)),
          m_report(progress)
    {}

    base::Result<ImportReport> run(const std::vector<std::string> &paths)
    {
        TRY_DO(prepareIndex());
        std::vector<std::string> absolute;
        std::error_code ignored;
        for (const std::string &path : paths)
            absolute.push_back(std::filesystem::absolute(path, ignored).string());
        Intake intake(m_cache.m_reader,
                      {[&](const ListedFiles &sink) { listFiles(absolute, sink, m_stop); },
                       [](ReadFile &file) { file.header->location = file.source.path; },
                       [&](std::vector<ReadFile> files) {
                           index(files);
                           m_report.report(intake, false);
                       },
                       nullptr},
                      m_stop);
        intake.run();
        m_cache.changed();
        m_report.report(intake, true);
        if (m_error)
            return failure(*m_error);
        return m_report.finish(m_stop.stop_requested());
    }

private:
    base::Status prepareIndex()
    {
        const std::lock_guard lock(m_cache.m_inPlaceMutex);
        if (m_cache.m_inPlace)
            return {};
        TRY(auto connection, Connection::open(":memory:", Connection::Mode::Memory));
        TRY_DO(prepareSchema(*connection));
        m_cache.m_inPlace =
            std::make_unique<Index>(std::move(connection), [](const std::string &a, const std::string &b) {
                const auto one = ObjectStore::hashFile(a, {}), other = ObjectStore::hashFile(b, {});
                return one && other && *one == *other;
            });
        return {};
    }

    void index(std::vector<ReadFile> &files)
    {
        std::vector<std::optional<IndexWriter::Outcome>> outcomes(files.size());
        auto result = guarded([&]() -> base::Status {
            const std::lock_guard lock(m_cache.m_inPlaceMutex);
            SQLite::Transaction transaction(m_cache.m_inPlace->connection->database());
            IndexWriter &writer = m_cache.m_inPlace->writer;
            for (std::size_t i = 0; i < files.size(); ++i) {
                for (const AnnouncedSeries &series : files[i].announced)
                    writer.announce(series);
                if (files[i].header)
                    outcomes[i] = writer.add(*files[i].header);
            }
            writer.finishBatch();
            transaction.commit();
            return {};
        });
        if (!result) {
            const std::lock_guard lock(m_cache.m_inPlaceMutex);
            m_cache.m_inPlace->writer.forget();
            m_error = result.error();
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].error && files[i].error->code() == ErrorCode::Cancelled)
                continue;
            if (files[i].isMediaDirectory && !files[i].error)
                m_report.skip();
            else
                m_report.take(files[i], outcomes[i], nullptr);
        }
    }

    Cache::Implementation &m_cache;
    std::stop_token m_stop;
    RunReport m_report;
    std::optional<base::Error> m_error;
};

base::Result<ImportReport>
Cache::Implementation::import(const std::vector<std::string> &paths,
                              const std::function<void(const ImportProgress &)> &progress,
                              std::stop_token stop)
{
    return ImportRun(*this, progress, std::move(stop)).run(paths);
}

base::Result<ImportReport> Cache::Implementation::admit(const std::vector<std::string> &paths,
                                                        std::stop_token stop)
{
    return ImportRun(*this, {}, std::move(stop)).runReceived(paths);
}

base::Status Cache::Implementation::announce(const std::vector<AnnouncedSeries> &series)
{
    auto result = m_writerThread->run([&] {
        return guarded([&]() -> base::Status {
            for (const AnnouncedSeries &one : series)
                TRY_DO(m_side->announce(one));
            SQLite::Transaction transaction(m_index->connection->database());
            for (const AnnouncedSeries &one : series)
                m_index->writer.announce(one);
            m_index->writer.finishBatch();
            transaction.commit();
            return {};
        });
    });
    if (!result)
        m_writerThread->run([this] { m_index->writer.forget(); });
    changed();
    return result;
}

base::Result<ImportReport>
Cache::Implementation::openInPlace(const std::vector<std::string> &paths,
                                   const std::function<void(const ImportProgress &)> &progress,
                                   std::stop_token stop)
{
    return InPlaceRun(*this, progress, std::move(stop)).run(paths);
}

} // namespace negatoscope::cache
