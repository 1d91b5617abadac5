#include "IndexWriter.h"

#include "Identity.h"
#include "IndexReader.h"
#include "SearchText.h"

#include <set>

namespace negatoscope::cache {

namespace {

/// What is kept at hand is bounded; beyond this it is forgotten and read again.
constexpr std::size_t kMostSeriesAtHand = 20'000;

std::string personName(const dicom::PersonName &name)
{
    return name.alphabetic + '=' + name.ideographic + '=' + name.phonetic;
}

bool fillText(std::string &field, const std::string &from)
{
    if (!field.empty() || from.empty())
        return false;
    field = from;
    return true;
}

void bindPoint(Query &query, int index, const auto &point)
{
    if (!point)
        return;
    query.bind(index, std::optional(point->x)).bind(index + 1, std::optional(point->y));
    query.bind(index + 2, std::optional(point->z));
}

} // namespace

IndexWriter::Study *IndexWriter::findStudy(const base::StudyUid &uid)
{
    if (const auto found = m_studies.find(uid); found != m_studies.end())
        return &found->second;
    IndexReader reader(m_connection);
    auto record = reader.study(uid);
    if (!record)
        return nullptr;
    Study study;
    study.record = std::move(record->record);
    study.id = record->id;
    return &m_studies.emplace(uid, std::move(study)).first->second;
}

void IndexWriter::indexText(const StudyRecord &record, std::int64_t id)
{
    Query(m_connection,
          "INSERT INTO study_text(rowid, name, id, accession, description) VALUES(?, ?, ?, ?, ?)")
        .bind(1, id)
        .bind(2, searchWords(record.patient.name))
        .bind(3, searchWords(record.patient.id))
        .bind(4, searchWords(record.accession))
        .bind(5, searchWords(record.description))
        .run();
}

IndexWriter::Study &IndexWriter::insertStudy(const StudyRecord &record)
{
    const PatientIdentity &patient = record.patient;
    Query(m_connection,
          "INSERT INTO study(uid, issuer, patient_id, name, birth_date, sex, date, time, accession,"
          " study_id, description, institution, referring, find_name, find_id, find_accession,"
          " find_description, used, pinned) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(1, record.uid.value())
        .bind(2, patient.issuer)
        .bind(3, patient.id)
        .bind(4, personName(patient.name))
        .bind(5, patient.birthDate)
        .bind(6, patient.sex)
        .bind(7, record.studyDate)
        .bind(8, record.studyTime)
        .bind(9, record.accession)
        .bind(10, record.studyId)
        .bind(11, record.description)
        .bind(12, record.institution)
        .bind(13, record.referringPhysician)
        .bind(14, searchWords(patient.name))
        .bind(15, searchWords(patient.id))
        .bind(16, searchWords(record.accession))
        .bind(17, searchWords(record.description))
        .bind(18, nextSequence())
        .bind(19, std::int64_t(record.pinned))
        .run();
    Study study;
    study.record = record;
    study.id = m_connection.database().getLastInsertRowid();
    indexText(record, study.id);
    return m_studies.insert_or_assign(record.uid, std::move(study)).first->second;
}

IndexWriter::Series *IndexWriter::findSeries(const base::SeriesUid &uid)
{
    if (const auto found = m_series.find(uid); found != m_series.end())
        return &found->second;
    IndexReader reader(m_connection);
    auto row = reader.seriesRow(uid);
    if (!row)
        return nullptr;
    Series series;
    series.record = std::move(row->record);
    series.id = row->id;
    series.study = row->study;
    series.bytes = row->bytes;
    loadOrder(series);
    return &m_series.emplace(uid, std::move(series)).first->second;
}

void IndexWriter::loadOrder(Series &series)
{
    IndexReader reader(m_connection);
    reader.forEachInstance(series.id, [&](const InstanceRecord &instance, std::int64_t row) {
        if (instance.frames > 0)
            series.order.add(instance.stack, row);
        else if (!series.first)
            series.first = row;
    });
}

IndexWriter::Series &IndexWriter::insertSeries(const SeriesRecord &record, std::int64_t study)
{
    Query(m_connection,
          "INSERT INTO series(uid, study, modality, description, body_part, protocol, laterality, date,"
          " time, number) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(1, record.uid.value())
        .bind(2, study)
        .bind(3, record.modality)
        .bind(4, record.description)
        .bind(5, record.bodyPart)
        .bind(6, record.protocol)
        .bind(7, record.laterality)
        .bind(8, record.seriesDate)
        .bind(9, record.seriesTime)
        .bind(10, record.number)
        .run();
    Series series;
    series.record = record;
    series.id = m_connection.database().getLastInsertRowid();
    series.study = study;
    return m_series.insert_or_assign(record.uid, std::move(series)).first->second;
}

bool IndexWriter::isAside(const std::string &location)
{
    if (!m_hasAside)
        m_hasAside = Query(m_connection, "SELECT 1 FROM aside LIMIT 1").next();
    return *m_hasAside &&
           Query(m_connection, "SELECT 1 FROM aside WHERE location = ?").bind(1, location).next();
}

IndexWriter::Outcome IndexWriter::setAside(const IndexedFile &file, AsideReason reason, std::int64_t study,
                                           std::optional<std::int64_t> series)
{
    m_hasAside = true;
    const PatientIdentity &patient = file.study.patient;
    Query(m_connection,
          "INSERT INTO aside(location, reason, uid, study, series, bytes, admitted, issuer, patient_id,"
          " name, birth_date, sex) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(1, file.location)
        .bind(2, std::int64_t(reason))
        .bind(3, file.instance.uid.value())
        .bind(4, study)
        .bind(5, series)
        .bind(6, std::int64_t(file.bytes))
        .bind(7, file.admitted)
        .bind(8, patient.issuer)
        .bind(9, patient.id)
        .bind(10, personName(patient.name))
        .bind(11, patient.birthDate)
        .bind(12, patient.sex)
        .run();
    switch (reason) {
    case AsideReason::OtherVersion:
        return Outcome::OtherVersion;
    case AsideReason::OtherPatient:
        return Outcome::OtherPatient;
    case AsideReason::OtherStudy:
        return Outcome::OtherStudy;
    }
    return Outcome::OtherVersion;
}

std::optional<IndexWriter::Outcome> IndexWriter::checkKnown(const IndexedFile &file, std::int64_t study)
{
    Query known(m_connection,
                "SELECT i.location, s.uid, s.study FROM instance i JOIN series s ON s.id = i.series"
                " WHERE i.uid = ?");
    if (!known.bind(1, file.instance.uid.value()).next())
        return std::nullopt;
    const std::string location = known.text(0);
    if (location == file.location || m_sameBytes(location, file.location))
        return Outcome::AlreadyThere;
    Series *const series = findSeries(base::SeriesUid(known.text(1)));
    const bool sameStudy = known.integer(2) == study;
    if (!series)
        return std::nullopt;
    ++series->record.conflicts;
    m_touchedSeries.insert(series->record.uid);
    return setAside(file, sameStudy ? AsideReason::OtherVersion : AsideReason::OtherStudy, series->study,
                    series->id);
}

IndexWriter::Outcome IndexWriter::add(const IndexedFile &file)
{
    if (isAside(file.location))
        return Outcome::AlreadyThere;
    Study *study = findStudy(file.study.uid);
    if (study && !mayJoin(study->record.patient, file.study.patient)) {
        // The very file that is shown may be handed in again after its study's identity was filled in.
        Query shown(m_connection, "SELECT 1 FROM instance WHERE uid = ? AND location = ?");
        if (shown.bind(1, file.instance.uid.value()).bind(2, file.location).next())
            return Outcome::AlreadyThere;
        study->record.identityConflict = true;
        m_touchedStudies.insert(study->record.uid);
        return setAside(file, AsideReason::OtherPatient, study->id, std::nullopt);
    }
    Series *series = findSeries(file.series.uid);
    if (!study || !series)
        if (const auto known = checkKnown(file, study ? study->id : 0))
            return *known;
    if (series && (!study || series->study != study->id)) {
        ++series->record.conflicts;
        m_touchedSeries.insert(series->record.uid);
        return setAside(file, AsideReason::OtherStudy, series->study, series->id);
    }
    if (!study)
        study = &insertStudy(file.study);
    if (!series)
        series = &insertSeries(file.series, study->id);
    if (!insertInstance(file, *series))
        return checkKnown(file, study->id).value_or(Outcome::AlreadyThere);
    fill(*study, file.study);
    fill(series->record, file.series);
    m_touchedSeries.insert(series->record.uid);
    m_touchedStudies.insert(study->record.uid);
    return Outcome::Added;
}

bool IndexWriter::insertInstance(const IndexedFile &file, Series &series)
{
    const InstanceRecord &instance = file.instance;
    const dicom::StackFrame &stack = instance.stack;
    Query insert(
        m_connection,
        "INSERT OR IGNORE INTO instance(uid, series, location, bytes, admitted, sop_class, transfer_syntax,"
        " frames, orientation, px, py, pz, rx, ry, rz, cx, cy, cz, number, acquisition, temporal, echo,"
        " bvalue, rows, columns, frame_of_reference, truncated)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, instance.uid.value())
        .bind(2, series.id)
        .bind(3, file.location)
        .bind(4, std::int64_t(file.bytes))
        .bind(5, file.admitted)
        .bind(6, instance.sopClass)
        .bind(7, instance.transferSyntax)
        .bind(8, std::int64_t(instance.frames))
        .bind(9, instance.patientOrientation);
    bindPoint(insert, 10, stack.position);
    bindPoint(insert, 13, stack.row);
    bindPoint(insert, 16, stack.column);
    insert.bind(19, stack.instanceNumber)
        .bind(20, stack.acquisitionNumber)
        .bind(21, stack.temporalPosition)
        .bind(22, stack.echoTime)
        .bind(23, stack.bValue)
        .bind(24, std::int64_t(stack.rows))
        .bind(25, std::int64_t(stack.columns))
        .bind(26, stack.frameOfReference.value())
        .bind(27, std::int64_t(instance.truncated));
    if (insert.run() == 0)
        return false;

    const std::int64_t row = m_connection.database().getLastInsertRowid();
    SeriesRecord &record = series.record;
    ++record.instances;
    series.bytes += file.bytes;
    if (instance.frames > 0) {
        if (record.displayable == 0) {
            record.rows = stack.rows;
            record.columns = stack.columns;
            record.transferSyntax = instance.transferSyntax;
        }
        ++record.displayable;
        record.frames += instance.frames;
        series.order.add(stack, row);
    } else if (!series.first) {
        series.first = row;
        if (record.transferSyntax.empty())
            record.transferSyntax = instance.transferSyntax;
    }
    return true;
}

void IndexWriter::fill(Study &study, const StudyRecord &from)
{
    StudyRecord &record = study.record;
    bool changed = fillText(record.studyDate, from.studyDate);
    changed = fillText(record.studyTime, from.studyTime) || changed;
    changed = fillText(record.accession, from.accession) || changed;
    changed = fillText(record.studyId, from.studyId) || changed;
    changed = fillText(record.description, from.description) || changed;
    changed = fillText(record.institution, from.institution) || changed;
    changed = fillText(record.referringPhysician, from.referringPhysician) || changed;
    changed = fillText(record.patient.birthDate, from.patient.birthDate) || changed;
    changed = fillText(record.patient.sex, from.patient.sex) || changed;
    changed = fillText(record.patient.name.alphabetic, from.patient.name.alphabetic) || changed;
    changed = fillText(record.patient.name.ideographic, from.patient.name.ideographic) || changed;
    changed = fillText(record.patient.name.phonetic, from.patient.name.phonetic) || changed;
    study.changed = study.changed || changed;
}

void IndexWriter::fill(SeriesRecord &series, const SeriesRecord &from)
{
    fillText(series.modality, from.modality);
    fillText(series.description, from.description);
    fillText(series.bodyPart, from.bodyPart);
    fillText(series.protocol, from.protocol);
    fillText(series.laterality, from.laterality);
    fillText(series.seriesDate, from.seriesDate);
    fillText(series.seriesTime, from.seriesTime);
    if (!series.number)
        series.number = from.number;
}

void IndexWriter::forget()
{
    m_studies.clear();
    m_series.clear();
    m_touchedStudies.clear();
    m_touchedSeries.clear();
    m_hasAside.reset();
}

} // namespace negatoscope::cache
