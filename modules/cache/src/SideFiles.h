#pragma once

#include "IndexWriter.h"

#include <base/Result.h>

#include <string>
#include <vector>

namespace negatoscope::cache {

/// What the objects themselves do not tell and a rebuild must find again, as small files beside them: pins/
/// (one per pinned study), trash/ (one per deleted study) and lists/ (the announced instances of one series).
/// Named by the hash of the UID, written to the disk before the index is.
///
/// Threads : the writer's.
/// Errors  : CannotWrite, DiskFull.
class SideFiles
{
public:
    static base::Result<SideFiles> open(const std::string &folder);

    base::Status setPinned(const base::StudyUid &study, bool pinned);
    std::vector<base::StudyUid> pinned() const;

    /// Since when (seconds), or nothing: not deleted.
    base::Status setTrashed(const base::StudyUid &study, std::optional<std::int64_t> since);
    std::vector<std::pair<base::StudyUid, std::int64_t>> trashed() const;

    /// Joins the list with what was announced before.
    base::Status announce(const AnnouncedSeries &series);
    std::vector<AnnouncedSeries> announced() const;
    base::Status forget(const base::SeriesUid &series);

private:
    explicit SideFiles(std::string folder) : m_folder(std::move(folder)) {}
    std::string m_folder;
};

} // namespace negatoscope::cache
