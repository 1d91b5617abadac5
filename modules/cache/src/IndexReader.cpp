#include "IndexReader.h"

#define NEGATOSCOPE_STUDY_COLUMNS                                                                            \
    "SELECT uid, issuer, patient_id, name, birth_date, sex, date, time, accession, study_id, description,"   \
    " institution, referring, modalities, series, instances, completeness, pinned, conflict, bytes, id "     \
    "FROM study "
#define NEGATOSCOPE_SERIES_COLUMNS                                                                           \
    "SELECT s.uid, st.uid, s.modality, s.description, s.body_part, s.protocol, s.date, s.time, s.number,"    \
    " s.instances, s.frames, s.displayable, s.rows, s.columns, s.transfer_syntax, s.expected, s.missing, "   \
    "s.extra,"                                                                                               \
    " s.conflicts, s.laterality, s.id, s.study, s.bytes FROM series s JOIN study st ON st.id = s.study "
#define NEGATOSCOPE_INSTANCE_COLUMNS                                                                         \
    "SELECT i.uid, s.uid, i.location, i.sop_class, i.transfer_syntax, i.frames, i.orientation, i.px, i.py, " \
    "i.pz,"                                                                                                  \
    " i.rx, i.ry, i.rz, i.cx, i.cy, i.cz, i.number, i.acquisition, i.temporal, i.echo, i.bvalue, i.rows,"    \
    " i.columns, i.frame_of_reference, i.truncated, i.id FROM instance i JOIN series s ON s.id = i.series "

namespace negatoscope::cache {

namespace {

int wholeNumber(std::int64_t value)
{
    return static_cast<int>(value);
}

std::vector<std::string> wordsOf(std::string_view list)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        if (end > at)
            words.emplace_back(list.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

StudyRecord readStudy(const Query &row)
{
    StudyRecord study;
    study.uid = base::StudyUid(row.text(0));
    study.patient = {row.text(1), row.text(2), dicom::PersonName::parse(row.view(3)), row.text(4),
                     row.text(5)};
    study.studyDate = row.text(6);
    study.studyTime = row.text(7);
    study.accession = row.text(8);
    study.studyId = row.text(9);
    study.description = row.text(10);
    study.institution = row.text(11);
    study.referringPhysician = row.text(12);
    study.modalities = wordsOf(row.view(13));
    study.series = wholeNumber(row.integer(14));
    study.instances = wholeNumber(row.integer(15));
    study.completeness = static_cast<Completeness>(row.integer(16));
    study.pinned = row.integer(17) != 0;
    study.identityConflict = row.integer(18) != 0;
    study.bytes = static_cast<std::uint64_t>(row.integer(19));
    study.number = row.integer(20);
    return study;
}

SeriesRecord readSeries(const Query &row)
{
    SeriesRecord series;
    series.uid = base::SeriesUid(row.text(0));
    series.study = base::StudyUid(row.text(1));
    series.modality = row.text(2);
    series.description = row.text(3);
    series.bodyPart = row.text(4);
    series.protocol = row.text(5);
    series.seriesDate = row.text(6);
    series.seriesTime = row.text(7);
    series.number = row.maybeInteger(8);
    series.instances = wholeNumber(row.integer(9));
    series.frames = wholeNumber(row.integer(10));
    series.displayable = wholeNumber(row.integer(11));
    series.rows = static_cast<std::uint32_t>(row.integer(12));
    series.columns = static_cast<std::uint32_t>(row.integer(13));
    series.transferSyntax = row.text(14);
    if (const auto expected = row.maybeInteger(15)) {
        series.expected = wholeNumber(*expected);
        // More than was announced: the list does not describe this series any more.
        series.completeness = row.integer(16) > 0   ? Completeness::Incomplete
                              : row.integer(17) > 0 ? Completeness::Unknown
                                                    : Completeness::Complete;
    }
    series.conflicts = wholeNumber(row.integer(18));
    series.laterality = row.text(19);
    return series;
}

template <typename Point>
std::optional<Point> readPoint(const Query &row, int column)
{
    const auto x = row.maybeDecimal(column), y = row.maybeDecimal(column + 1),
               z = row.maybeDecimal(column + 2);
    if (!x || !y || !z)
        return std::nullopt;
    return Point{*x, *y, *z};
}

InstanceRecord readInstance(const Query &row)
{
    InstanceRecord instance;
    instance.uid = base::InstanceUid(row.text(0));
    instance.series = base::SeriesUid(row.text(1));
    instance.path = row.text(2);
    instance.sopClass = row.text(3);
    instance.transferSyntax = row.text(4);
    instance.frames = wholeNumber(row.integer(5));
    instance.patientOrientation = row.text(6);
    dicom::StackFrame &stack = instance.stack;
    stack.instance = instance.uid;
    stack.position = readPoint<base::PatientPoint>(row, 7);
    stack.row = readPoint<base::PatientVector>(row, 10);
    stack.column = readPoint<base::PatientVector>(row, 13);
    stack.instanceNumber = row.maybeInteger(16);
    stack.acquisitionNumber = row.maybeInteger(17);
    stack.temporalPosition = row.maybeInteger(18);
    stack.echoTime = row.maybeDecimal(19);
    stack.bValue = row.maybeDecimal(20);
    stack.rows = static_cast<std::uint32_t>(row.integer(21));
    stack.columns = static_cast<std::uint32_t>(row.integer(22));
    stack.frameOfReference = base::FrameOfReferenceUid(row.text(23));
    instance.truncated = row.integer(24) != 0;
    return instance;
}

} // namespace

std::optional<IndexReader::Row<StudyRecord>> IndexReader::study(const base::StudyUid &uid)
{
    Query query(m_connection, NEGATOSCOPE_STUDY_COLUMNS "WHERE uid = ?");
    if (!query.bind(1, uid.value()).next())
        return std::nullopt;
    const std::int64_t id = query.integer(20);
    return Row<StudyRecord>{readStudy(query), id, id, 0};
}

std::optional<StudyRecord> IndexReader::studyOfRow(std::int64_t id)
{
    Query query(m_connection, NEGATOSCOPE_STUDY_COLUMNS "WHERE id = ?");
    if (!query.bind(1, id).next())
        return std::nullopt;
    return readStudy(query);
}

std::optional<StudyRecord> IndexReader::shownStudy(const base::StudyUid &uid)
{
    auto row = study(uid);
    if (!row || isTrashed(row->id))
        return std::nullopt;
    return std::move(row->record);
}

bool IndexReader::isTrashed(std::int64_t id)
{
    return Query(m_connection, "SELECT 1 FROM trash WHERE study = ?").bind(1, id).next();
}

std::vector<TrashedStudy> IndexReader::trash()
{
    std::vector<TrashedStudy> result;
    Query query(m_connection, "SELECT study, since FROM trash ORDER BY since DESC, study");
    while (query.next())
        if (auto record = studyOfRow(query.integer(0)))
            result.push_back({std::move(*record), query.integer(1)});
    return result;
}

std::vector<StudyRecord> IndexReader::studiesOf(const std::string &issuer, const std::string &id)
{
    std::vector<StudyRecord> result;
    Query query(m_connection,
                NEGATOSCOPE_STUDY_COLUMNS "WHERE patient_id = ? AND issuer = ? AND id NOT IN (SELECT study "
                                          "FROM trash) ORDER BY date DESC, time DESC, id DESC");
    query.bind(1, id).bind(2, issuer);
    while (query.next())
        result.push_back(readStudy(query));
    return result;
}

std::vector<SeriesRecord> IndexReader::series(const base::StudyUid &study)
{
    std::vector<SeriesRecord> result;
    Query query(m_connection, NEGATOSCOPE_SERIES_COLUMNS
                "WHERE st.uid = ? ORDER BY s.number IS NULL, s.number, s.date, s.time, s.uid");
    query.bind(1, study.value());
    while (query.next())
        result.push_back(readSeries(query));
    return result;
}

std::optional<IndexReader::Row<SeriesRecord>> IndexReader::seriesRow(const base::SeriesUid &uid)
{
    Query query(m_connection, NEGATOSCOPE_SERIES_COLUMNS "WHERE s.uid = ?");
    if (!query.bind(1, uid.value()).next())
        return std::nullopt;
    return Row<SeriesRecord>{readSeries(query), query.integer(20), query.integer(21),
                             static_cast<std::uint64_t>(query.integer(22))};
}

std::vector<InstanceRecord> IndexReader::instances(const base::SeriesUid &series)
{
    std::vector<InstanceRecord> result;
    Query query(m_connection, NEGATOSCOPE_INSTANCE_COLUMNS "WHERE s.uid = ?");
    query.bind(1, series.value());
    while (query.next())
        result.push_back(readInstance(query));
    return result;
}

void IndexReader::forEachInstance(std::int64_t series,
                                  const std::function<void(const InstanceRecord &, std::int64_t)> &take)
{
    Query query(m_connection, NEGATOSCOPE_INSTANCE_COLUMNS "WHERE i.series = ?");
    query.bind(1, series);
    while (query.next())
        take(readInstance(query), query.integer(25));
}

std::optional<InstanceRecord> IndexReader::firstInstance(const base::SeriesUid &series)
{
    Query query(m_connection, NEGATOSCOPE_INSTANCE_COLUMNS "WHERE s.uid = ? AND i.id = s.first");
    if (!query.bind(1, series.value()).next())
        return std::nullopt;
    return readInstance(query);
}

std::optional<InstanceRecord> IndexReader::instance(const base::InstanceUid &uid)
{
    Query query(m_connection, NEGATOSCOPE_INSTANCE_COLUMNS "WHERE i.uid = ?");
    if (!query.bind(1, uid.value()).next())
        return std::nullopt;
    return readInstance(query);
}

std::vector<AsideRecord> IndexReader::setAside(const base::StudyUid &study)
{
    std::vector<AsideRecord> result;
    Query query(m_connection,
                "SELECT a.uid, a.location, a.reason, a.issuer, a.patient_id, a.name, a.birth_date, a.sex"
                " FROM aside a JOIN study s ON s.id = a.study WHERE s.uid = ? ORDER BY a.admitted");
    query.bind(1, study.value());
    while (query.next())
        result.push_back({base::InstanceUid(query.text(0)),
                          query.text(1),
                          static_cast<AsideReason>(query.integer(2)),
                          {query.text(3), query.text(4), dicom::PersonName::parse(query.view(5)),
                           query.text(6), query.text(7)}});
    return result;
}

std::vector<IndexReader::StoredFile> IndexReader::files()
{
    std::vector<StoredFile> result;
    Query query(m_connection,
                "SELECT location, bytes FROM instance UNION ALL SELECT location, bytes FROM aside");
    while (query.next())
        result.push_back({query.text(0), static_cast<std::uint64_t>(query.integer(1))});
    return result;
}

std::int64_t IndexReader::largestAdmission()
{
    Query query(m_connection, "SELECT max((SELECT coalesce(max(admitted), 0) FROM instance),"
                              " (SELECT coalesce(max(admitted), 0) FROM aside))");
    return query.next() ? query.integer(0) : 0;
}

std::uint64_t IndexReader::totalBytes()
{
    Query query(m_connection, "SELECT (SELECT coalesce(sum(bytes), 0) FROM series) +"
                              " (SELECT coalesce(sum(bytes), 0) FROM aside)");
    return query.next() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

std::vector<base::StudyUid> IndexReader::leastRecentlyUsed()
{
    std::vector<base::StudyUid> result;
    // What was deleted goes first.
    Query query(m_connection, "SELECT uid FROM study LEFT JOIN trash ON trash.study = study.id"
                              " WHERE pinned = 0 OR trash.study IS NOT NULL"
                              " ORDER BY trash.study IS NULL, used");
    while (query.next())
        result.emplace_back(query.text(0));
    return result;
}

std::vector<base::StudyUid> IndexReader::pinned()
{
    std::vector<base::StudyUid> result;
    Query query(m_connection, "SELECT uid FROM study WHERE pinned = 1");
    while (query.next())
        result.emplace_back(query.text(0));
    return result;
}

} // namespace negatoscope::cache
