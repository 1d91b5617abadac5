#pragma once

#include "Connection.h"
#include "FileHeader.h"
#include "SeriesOrder.h"

#include <functional>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace negatoscope::cache {

/// All changes of an index, cached or in memory. What it knows of studies and series it keeps at hand, so
/// that an instance costs one insert.
///
/// Threads : one at a time (the writer's).
/// Errors  : functions throw SQLite::Exception; after one, and after a rollback, call forget().
class IndexWriter
{
public:
    enum class Outcome { Added, AlreadyThere, OtherVersion, OtherPatient, OtherStudy };
    /// Whether two locations hold the same bytes.
    using SameBytes = std::function<bool(const std::string &, const std::string &)>;

    IndexWriter(Connection &connection, SameBytes sameBytes)
        : m_connection(connection),
          m_sameBytes(std::move(sameBytes))
    {}

    Outcome add(const IndexedFile &file);
    /// Adds to what is already announced of the series.
    void announce(const AnnouncedSeries &series);
    /// Writes the counts of every study and series touched since the last call. Part of the transaction.
    void finishBatch();
    /// Forgets what is kept at hand.
    void forget();

    std::int64_t nextSequence();
    void setUsed(const base::StudyUid &study, std::int64_t sequence);
    void setPinned(const base::StudyUid &study, bool pinned);
    /// Since when, or nothing: out of the trash.
    void setTrashed(const base::StudyUid &study, std::optional<std::int64_t> since);
    /// Removes a study's rows; the locations of its files are entered as doomed and returned.
    std::vector<std::string> remove(const base::StudyUid &study);
    std::vector<std::string> doomed();
    void forgetDoomed(const std::string &location);

private:
    struct Study
    {
        StudyRecord record;
        std::int64_t id = 0;
        bool changed = false; ///< a field was filled
        bool fresh = false;
    };
    struct Series
    {
        SeriesRecord record;
        std::int64_t id = 0, study = 0;
        std::uint64_t bytes = 0;
        SeriesOrder order;
        std::optional<std::int64_t> first;
    };

    Study *findStudy(const base::StudyUid &uid);
    Study &insertStudy(const StudyRecord &record);
    Series *findSeries(const base::SeriesUid &uid);
    Series &insertSeries(const SeriesRecord &record, std::int64_t study);
    void loadOrder(Series &series);
    bool isAside(const std::string &location);
    Outcome setAside(const IndexedFile &file, AsideReason reason, std::int64_t study,
                     std::optional<std::int64_t> series);
    std::optional<Outcome> checkKnown(const IndexedFile &file, std::int64_t study);
    bool insertInstance(const IndexedFile &file, Series &series);
    void fill(Study &study, const StudyRecord &from);
    static void fill(SeriesRecord &series, const SeriesRecord &from);
    void writeSeries(Series &series);
    void writeStudy(Study &study);
    void indexText(const StudyRecord &record, std::int64_t id);

    Connection &m_connection;
    SameBytes m_sameBytes;
    std::unordered_map<base::StudyUid, Study> m_studies;
    std::unordered_map<base::SeriesUid, Series> m_series;
    std::unordered_set<base::StudyUid> m_touchedStudies;
    std::unordered_set<base::SeriesUid> m_touchedSeries;
    std::optional<bool> m_hasAside;
};

} // namespace negatoscope::cache
