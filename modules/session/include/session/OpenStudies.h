#pragma once

#include <cache/Records.h>
#include <session/OpenStudy.h>
#include <session/Services.h>

#include <optional>
#include <utility>
#include <vector>

namespace negatoscope::session {

class SeriesStripModel;

/// The studies of one reading window: its own and those opened beside it, with their series and marks.
///
/// The strip shows what is here, and the cache knows that it is open (nothing open is evicted).
class OpenStudies
{
public:
    OpenStudies(Services services, SeriesStripModel &strip);
    ~OpenStudies();
    OpenStudies(const OpenStudies &) = delete;
    OpenStudies &operator=(const OpenStudies &) = delete;

    void setOwn(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series);
    /// Under the lowest free band: colours do not run out by opening and closing.
    const OpenStudy &addBeside(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series,
                               bool otherPerson);
    /// False if it is not beside.
    bool removeBeside(const base::StudyUid &study);
    void clear();
    /// What the cache says now of a study that is here. False if it says nothing new.
    bool update(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series);

    const std::optional<cache::StudyRecord> &own() const { return m_own; }
    const std::vector<cache::SeriesRecord> &ownSeries() const { return m_series; }
    const std::vector<OpenStudy> &besides() const { return m_besides; }
    bool isOpen(const base::StudyUid &study) const;
    /// The window's own first.
    std::vector<cache::StudyRecord> all() const;
    /// How many images of a study are here, and of how many, while it is not complete.
    std::optional<std::pair<int, int>> arrived(const base::StudyUid &study) const;
    /// Without a band for the window's own, and for what is not here.
    StudyMark markOf(const base::StudyUid &study) const;
    /// Null where it is of none of the studies here; valid until one of them comes or goes.
    const cache::SeriesRecord *seriesOf(const base::SeriesUid &series) const;
    /// The study of a series that is here.
    const cache::StudyRecord &studyOf(const cache::SeriesRecord &series) const;

private:
    const OpenStudy *beside(const base::StudyUid &study) const;

    Services m_services;
    SeriesStripModel &m_strip;
    std::optional<cache::StudyRecord> m_own;
    std::vector<cache::SeriesRecord> m_series;
    std::vector<OpenStudy> m_besides;
};

} // namespace negatoscope::session
