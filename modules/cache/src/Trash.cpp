// Deleting that can be undone: a deleted study is out of sight, its files stay where they are.

#include "CrashPoint.h"
#include "Implementation.h"

#include <algorithm>
#include <chrono>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

namespace {

std::int64_t secondsNow()
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

base::Status Cache::Implementation::refuseOpen(const std::vector<base::StudyUid> &studies) const
{
    const std::lock_guard lock(m_stateMutex);
    for (const base::StudyUid &study : studies)
        if (m_openStudies.contains(study))
            return failure(ErrorCode::Busy, "a study is open");
    return {};
}

/// On the writer thread. The note beside the objects comes first: it is what a rebuild, and the next start,
/// go by.
base::Status Cache::Implementation::trashNow(const std::vector<base::StudyUid> &studies, std::int64_t since)
{
    return guarded([&]() -> base::Status {
        IndexReader reader(*m_index->connection);
        for (const base::StudyUid &study : studies)
            if (!reader.shownStudy(study) &&
                !readInPlace([&](IndexReader &inPlace) { return inPlace.shownStudy(study); }))
                return failure(ErrorCode::NotFound, "no such study in the cache");
        TRY_DO(refuseOpen(studies));
        for (const base::StudyUid &study : studies)
            if (reader.shownStudy(study))
                TRY_DO(m_side->setTrashed(study, since));
        crashPoint("trash.noted");
        SQLite::Transaction transaction(m_index->connection->database());
        for (const base::StudyUid &study : studies)
            m_index->writer.setTrashed(study, since);
        transaction.commit();
        const std::lock_guard lock(m_inPlaceMutex);
        for (const base::StudyUid &study : studies)
            if (m_inPlace)
                m_inPlace->writer.setTrashed(study, since);
        return {};
    });
}

base::Status Cache::Implementation::moveToTrash(const std::vector<base::StudyUid> &studies)
{
    auto result = m_writerThread->run([&] {
        // Later than every act before, whatever the clock says: undo goes back act by act.
        std::int64_t since = secondsNow();
        if (const auto before = trash(); !before.empty())
            since = std::max(since, before.front().since + 1);
        return trashNow(studies, since);
    });
    changed();
    return result;
}

base::Status Cache::Implementation::untrash(const std::vector<base::StudyUid> &studies)
{
    IndexReader reader(*m_index->connection);
    for (const base::StudyUid &study : studies) {
        if (const auto row = reader.study(study); !row || !reader.isTrashed(row->id))
            continue;
        TRY_DO(m_side->setTrashed(study, std::nullopt));
        crashPoint("trash.unnoted");
        m_index->writer.setTrashed(study, std::nullopt);
    }
    return {};
}

base::Status Cache::Implementation::restore(const std::vector<base::StudyUid> &studies)
{
    auto result = m_writerThread->run([&] {
        return guarded([&]() -> base::Status {
            TRY_DO(untrash(studies));
            const std::lock_guard lock(m_inPlaceMutex);
            for (const base::StudyUid &study : studies)
                if (m_inPlace)
                    m_inPlace->writer.setTrashed(study, std::nullopt);
            return {};
        });
    });
    changed();
    return result;
}

std::vector<TrashedStudy> Cache::Implementation::trash() const
{
    const auto read = [](IndexReader &reader) { return reader.trash(); };
    auto result = readCached(read);
    for (TrashedStudy &one : readInPlace(read)) {
        one.study.inPlace = true;
        const bool known = std::any_of(result.begin(), result.end(), [&](const TrashedStudy &other) {
            return other.study.uid == one.study.uid;
        });
        if (!known)
            result.push_back(std::move(one));
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const TrashedStudy &a, const TrashedStudy &b) { return a.since > b.since; });
    return result;
}

/// On the writer thread. Removes for good what has been in the trash for long enough.
void Cache::Implementation::emptyTrash()
{
    const std::int64_t now = secondsNow();
    for (const TrashedStudy &one : IndexReader(*m_index->connection).trash()) {
        if (now - one.since < m_options.trashSeconds)
            continue;
        if (const auto removed = removeNow(one.study.uid); !removed) {
            m_index->writer.forget();
            base::log(base::LogLevel::Warning, "cache", removed.error().describe());
        }
    }
}

} // namespace negatoscope::cache
