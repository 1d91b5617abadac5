#pragma once

#include <archive/Records.h>
#include <cache/Records.h>

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

namespace negatoscope::session {

/// Where the images of a found study are.
enum class Whereabouts {
    Here,   ///< in the cache, as many as any archive tells, none of the listed missing
    Partly, ///< some are in the cache
    Remote, ///< only in archives
};

/// A study as it was found: one row, whatever the number of its sources.
struct FoundRow
{
    /// What one archive tells that may differ from the others.
    struct Told
    {
        int archive = 0; ///< as the search numbers them
        dicom::PatientIdentity patient;
        std::optional<int> instances;

        bool operator==(const Told &) const = default;
    };

    archive::FoundStudy study; ///< as its first source told it; what that left out, from the others
    std::optional<cache::StudyRecord> local;
    std::vector<Told> archives;
    bool conflict = false; ///< another row of this Study Instance UID tells another patient (F10)

    Whereabouts whereabouts() const;
    bool isToldBy(int archive) const;
    archive::FoundStudy asToldBy(const Told &told) const;
};

/// What the cache and archives tell, merged by Study Instance UID. Two sources that tell different patients
/// for one are two rows, both marked: nothing is merged silently (docs/safety.md F10).
class FoundStudies
{
public:
    const std::vector<FoundRow> &rows() const { return m_rows; }
    /// The row that the study is told in now. Told twice by one archive it stays one telling.
    std::size_t add(int archive, archive::FoundStudy study);
    std::size_t addLocal(cache::StudyRecord study);
    /// The rows without what the cache knew, to be added anew.
    FoundStudies withoutLocal() const;

private:
    std::size_t rowFor(const base::StudyUid &study, const dicom::PatientIdentity &patient);

    std::vector<FoundRow> m_rows;
    std::unordered_map<base::StudyUid, std::vector<std::size_t>> m_places;
};

} // namespace negatoscope::session
