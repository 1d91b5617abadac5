#pragma once

#include "Connection.h"

#include <cache/Cache.h>
#include <cache/Records.h>

#include <functional>
#include <optional>
#include <vector>

namespace negatoscope::cache {

/// Queries of an index. Threads: one at a time. Errors: functions throw SQLite::Exception.
class IndexReader
{
public:
    template <typename Record>
    struct Row
    {
        Record record;
        std::int64_t id = 0, study = 0;
        std::uint64_t bytes = 0;
    };
    struct StoredFile
    {
        std::string location;
        std::uint64_t bytes = 0;
    };

    explicit IndexReader(Connection &connection) : m_connection(connection) {}

    /// What is in the trash is not listed.
    StudyListing list(const StudyQuery &query);
    std::optional<StudyRecord> studyOfRow(std::int64_t id);
    /// Also in the trash.
    std::optional<Row<StudyRecord>> study(const base::StudyUid &uid);
    /// Unless it is in the trash.
    std::optional<StudyRecord> shownStudy(const base::StudyUid &uid);
    bool isTrashed(std::int64_t id);
    std::vector<TrashedStudy> trash();
    std::vector<StudyRecord> studiesOf(const std::string &issuer, const std::string &id);
    std::vector<SeriesRecord> series(const base::StudyUid &study);
    std::optional<Row<SeriesRecord>> seriesRow(const base::SeriesUid &uid);
    /// Paths are locations as the index has them.
    std::vector<InstanceRecord> instances(const base::SeriesUid &series);
    void forEachInstance(std::int64_t series,
                         const std::function<void(const InstanceRecord &, std::int64_t)> &take);
    std::optional<InstanceRecord> firstInstance(const base::SeriesUid &series);
    std::optional<InstanceRecord> instance(const base::InstanceUid &uid);
    std::vector<AsideRecord> setAside(const base::StudyUid &study);

    /// Every file of the index, shown or set aside.
    std::vector<StoredFile> files();
    std::int64_t largestAdmission();
    std::uint64_t totalBytes();
    std::vector<base::StudyUid> leastRecentlyUsed();
    std::vector<base::StudyUid> pinned();

private:
    Connection &m_connection;
};

} // namespace negatoscope::cache
