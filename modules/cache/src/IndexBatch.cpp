#include "IndexWriter.h"
#include "SearchText.h"

#include <algorithm>

namespace negatoscope::cache {

namespace {

std::string personName(const dicom::PersonName &name)
{
    return name.alphabetic + '=' + name.ideographic + '=' + name.phonetic;
}

/// " CT MR ": sorted, without presentation states, key objects and reports where others exist.
std::string modalityList(std::vector<std::string> modalities)
{
    std::sort(modalities.begin(), modalities.end());
    const auto isCompanion = [](const std::string &m) { return m == "PR" || m == "KO" || m == "SR"; };
    if (!std::all_of(modalities.begin(), modalities.end(), isCompanion))
        std::erase_if(modalities, isCompanion);
    std::string list;
    for (const std::string &modality : modalities)
        if (!modality.empty())
            list += (list.empty() ? " " : "") + modality + ' ';
    return list;
}

} // namespace

void IndexWriter::announce(const AnnouncedSeries &series)
{
    Query(m_connection, "INSERT OR IGNORE INTO announced_series(series_uid, study_uid, modality, number)"
                        " VALUES(?, ?, ?, ?)")
        .bind(1, series.series.value())
        .bind(2, series.study.value())
        .bind(3, series.modality)
        .bind(4, series.number)
        .run();
    for (const base::InstanceUid &instance : series.instances)
        Query(m_connection, "INSERT OR IGNORE INTO announced(series_uid, uid) VALUES(?, ?)")
            .bind(1, series.series.value())
            .bind(2, instance.value())
            .run();
    if (findStudy(series.study))
        m_touchedStudies.insert(series.study);
    if (findSeries(series.series))
        m_touchedSeries.insert(series.series);
}

void IndexWriter::finishBatch()
{
    // A series of which nothing arrived is listed too: that it is missing must be seen.
    for (const base::StudyUid &uid : m_touchedStudies) {
        std::vector<SeriesRecord> absent;
        Query announced(m_connection,
                        "SELECT series_uid, modality, number FROM announced_series a WHERE study_uid = ?"
                        " AND NOT EXISTS(SELECT 1 FROM series s WHERE s.uid = a.series_uid)");
        announced.bind(1, uid.value());
        while (announced.next()) {
            SeriesRecord record;
            record.uid = base::SeriesUid(announced.text(0));
            record.study = uid;
            record.modality = announced.text(1);
            record.number = announced.maybeInteger(2);
            absent.push_back(std::move(record));
        }
        for (const SeriesRecord &record : absent) {
            insertSeries(record, findStudy(uid)->id);
            m_touchedSeries.insert(record.uid);
        }
    }
    for (const base::SeriesUid &uid : m_touchedSeries)
        if (Series *const series = findSeries(uid)) {
            writeSeries(*series);
            m_touchedStudies.insert(series->record.study);
        }
    for (const base::StudyUid &uid : m_touchedStudies)
        if (Study *const study = findStudy(uid))
            writeStudy(*study);
    m_touchedStudies.clear();
    m_touchedSeries.clear();
    constexpr std::size_t kMostAtHand = 20'000;
    if (m_series.size() > kMostAtHand)
        forget();
}

void IndexWriter::writeSeries(Series &series)
{
    SeriesRecord &record = series.record;
    Query counts(m_connection,
                 "SELECT count(*), sum(EXISTS(SELECT 1 FROM instance i WHERE i.uid = a.uid AND i.series = ?))"
                 " FROM announced a WHERE series_uid = ?");
    counts.bind(1, series.id).bind(2, record.uid.value()).next();
    std::optional<std::int64_t> expected, missing, extra;
    if (counts.integer(0) > 0) {
        expected = counts.integer(0);
        missing = *expected - counts.integer(1);
        extra = record.instances - counts.integer(1);
    }
    const auto first = record.displayable > 0 ? series.order.first() : series.first;
    Query(m_connection,
          "UPDATE series SET modality = ?, description = ?, body_part = ?, protocol = ?, laterality = ?,"
          " date = ?, time = ?, number = ?, instances = ?, frames = ?, displayable = ?, bytes = ?,"
          " rows = ?, columns = ?, transfer_syntax = ?, first = ?, expected = ?, missing = ?, extra = ?,"
          " conflicts = ? WHERE id = ?")
        .bind(1, record.modality)
        .bind(2, record.description)
        .bind(3, record.bodyPart)
        .bind(4, record.protocol)
        .bind(5, record.laterality)
        .bind(6, record.seriesDate)
        .bind(7, record.seriesTime)
        .bind(8, record.number)
        .bind(9, std::int64_t(record.instances))
        .bind(10, std::int64_t(record.frames))
        .bind(11, std::int64_t(record.displayable))
        .bind(12, std::int64_t(series.bytes))
        .bind(13, std::int64_t(record.rows))
        .bind(14, std::int64_t(record.columns))
        .bind(15, record.transferSyntax)
        .bind(16, first)
        .bind(17, expected)
        .bind(18, missing)
        .bind(19, extra)
        .bind(20, std::int64_t(record.conflicts))
        .bind(21, series.id)
        .run();
}

void IndexWriter::writeStudy(Study &study)
{
    Query sums(m_connection,
               "SELECT count(*), sum(instances), sum(bytes), sum(missing > 0),"
               " sum(expected IS NOT NULL AND missing = 0 AND extra = 0) FROM series WHERE study = ?");
    sums.bind(1, study.id).next();
    Completeness completeness = Completeness::Unknown;
    if (sums.integer(3) > 0)
        completeness = Completeness::Incomplete;
    else if (sums.integer(0) > 0 && sums.integer(4) == sums.integer(0))
        completeness = Completeness::Complete;

    std::vector<std::string> modalities;
    Query found(m_connection, "SELECT DISTINCT modality FROM series WHERE study = ?");
    found.bind(1, study.id);
    while (found.next())
        modalities.push_back(found.text(0));

    Query(m_connection,
          "UPDATE study SET series = ?, instances = ?, bytes = ?, completeness = ?, conflict = ?,"
          " modalities = ?, used = ? WHERE id = ?")
        .bind(1, sums.integer(0))
        .bind(2, sums.integer(1))
        .bind(3, sums.integer(2))
        .bind(4, std::int64_t(completeness))
        .bind(5, std::int64_t(study.record.identityConflict))
        .bind(6, modalityList(std::move(modalities)))
        .bind(7, nextSequence())
        .bind(8, study.id)
        .run();
    if (!std::exchange(study.changed, false))
        return;

    const StudyRecord &record = study.record;
    Query(m_connection, "INSERT INTO study_text(study_text, rowid, name, id, accession, description)"
                        " SELECT 'delete', id, find_name, find_id, find_accession, find_description"
                        " FROM study WHERE id = ?")
        .bind(1, study.id)
        .run();
    indexText(record, study.id);
    Query(m_connection,
          "UPDATE study SET name = ?, birth_date = ?, sex = ?, date = ?, time = ?, accession = ?,"
          " study_id = ?, description = ?, institution = ?, referring = ?, find_name = ?,"
          " find_accession = ?, find_description = ? WHERE id = ?")
        .bind(1, personName(record.patient.name))
        .bind(2, record.patient.birthDate)
        .bind(3, record.patient.sex)
        .bind(4, record.studyDate)
        .bind(5, record.studyTime)
        .bind(6, record.accession)
        .bind(7, record.studyId)
        .bind(8, record.description)
        .bind(9, record.institution)
        .bind(10, record.referringPhysician)
        .bind(11, searchWords(record.patient.name))
        .bind(12, searchWords(record.accession))
        .bind(13, searchWords(record.description))
        .bind(14, study.id)
        .run();
}

std::int64_t IndexWriter::nextSequence()
{
    Query(m_connection, "INSERT INTO meta(key, value) VALUES('sequence', 1)"
                        " ON CONFLICT(key) DO UPDATE SET value = value + 1")
        .run();
    Query value(m_connection, "SELECT value FROM meta WHERE key = 'sequence'");
    return value.next() ? value.integer(0) : 0;
}

void IndexWriter::setUsed(const base::StudyUid &study, std::int64_t sequence)
{
    Query(m_connection, "UPDATE study SET used = ? WHERE uid = ?")
        .bind(1, sequence)
        .bind(2, study.value())
        .run();
}

void IndexWriter::setPinned(const base::StudyUid &study, bool pinned)
{
    Query(m_connection, "UPDATE study SET pinned = ? WHERE uid = ?")
        .bind(1, std::int64_t(pinned))
        .bind(2, study.value())
        .run();
}

void IndexWriter::setTrashed(const base::StudyUid &study, std::optional<std::int64_t> since)
{
    if (since)
        Query(m_connection,
              "INSERT OR REPLACE INTO trash(study, since) SELECT id, ? FROM study WHERE uid = ?")
            .bind(1, *since)
            .bind(2, study.value())
            .run();
    else
        Query(m_connection, "DELETE FROM trash WHERE study = (SELECT id FROM study WHERE uid = ?)")
            .bind(1, study.value())
            .run();
}

std::vector<std::string> IndexWriter::remove(const base::StudyUid &uid)
{
    Study *const study = findStudy(uid);
    if (!study)
        return {};
    std::vector<std::string> locations;
    Query files(m_connection,
                "SELECT location FROM instance WHERE series IN (SELECT id FROM series WHERE study = ?1)"
                " UNION ALL SELECT location FROM aside WHERE study = ?1");
    files.bind(1, study->id);
    while (files.next())
        locations.push_back(files.text(0));
    for (const std::string &location : locations)
        Query(m_connection, "INSERT OR IGNORE INTO doomed(location) VALUES(?)").bind(1, location).run();
    for (const char *const sql :
         {"DELETE FROM instance WHERE series IN (SELECT id FROM series WHERE study = ?)",
          "DELETE FROM announced WHERE series_uid IN (SELECT uid FROM series WHERE study = ?)",
          "DELETE FROM announced_series WHERE series_uid IN (SELECT uid FROM series WHERE study = ?)",
          "DELETE FROM series WHERE study = ?", "DELETE FROM aside WHERE study = ?",
          "DELETE FROM trash WHERE study = ?",
          "INSERT INTO study_text(study_text, rowid, name, id, accession, description) SELECT 'delete', id,"
          " find_name, find_id, find_accession, find_description FROM study WHERE id = ?",
          "DELETE FROM study WHERE id = ?"})
        Query(m_connection, sql).bind(1, study->id).run();
    forget();
    return locations;
}

std::vector<std::string> IndexWriter::doomed()
{
    std::vector<std::string> locations;
    Query query(m_connection, "SELECT location FROM doomed");
    while (query.next())
        locations.push_back(query.text(0));
    return locations;
}

void IndexWriter::forgetDoomed(const std::string &location)
{
    Query(m_connection, "DELETE FROM doomed WHERE location = ?").bind(1, location).run();
}

} // namespace negatoscope::cache
