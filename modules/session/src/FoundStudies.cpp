#include <session/FoundStudies.h>

#include <cache/Patient.h>

#include <algorithm>

namespace negatoscope::session {

namespace {

void fill(std::string &text, const std::string &other)
{
    if (text.empty())
        text = other;
}

void fill(std::optional<int> &count, std::optional<int> other)
{
    if (other && (!count || *count < *other))
        count = other;
}

void fill(dicom::PatientIdentity &patient, const dicom::PatientIdentity &other)
{
    fill(patient.issuer, other.issuer);
    fill(patient.birthDate, other.birthDate);
    fill(patient.sex, other.sex);
    fill(patient.name.alphabetic, other.name.alphabetic);
    fill(patient.name.ideographic, other.name.ideographic);
    fill(patient.name.phonetic, other.name.phonetic);
}

/// Takes from `other` what `study` does not say.
void fill(archive::FoundStudy &study, const archive::FoundStudy &other)
{
    fill(study.patient, other.patient);
    if (study.studyDate.empty() || study.studyDate == other.studyDate)
        fill(study.studyTime, other.studyTime);
    fill(study.studyDate, other.studyDate);
    for (const auto text :
         {&archive::FoundStudy::accession, &archive::FoundStudy::studyId, &archive::FoundStudy::description,
          &archive::FoundStudy::institution, &archive::FoundStudy::referringPhysician})
        fill(study.*text, other.*text);
    if (study.modalities.empty())
        study.modalities = other.modalities;
    fill(study.series, other.series);
    fill(study.instances, other.instances);
}

archive::FoundStudy foundOf(const cache::StudyRecord &record)
{
    archive::FoundStudy study;
    study.uid = record.uid;
    study.patient = record.patient;
    study.studyDate = record.studyDate;
    study.studyTime = record.studyTime;
    study.accession = record.accession;
    study.studyId = record.studyId;
    study.description = record.description;
    study.institution = record.institution;
    study.referringPhysician = record.referringPhysician;
    study.modalities = record.modalities;
    study.series = record.series;
    study.instances = record.instances;
    return study;
}

bool contradicts(const FoundRow &row, const dicom::PatientIdentity &patient)
{
    return (row.local && cache::contradict(row.local->patient, patient)) ||
           std::any_of(row.archives.begin(), row.archives.end(),
                       [&](const FoundRow::Told &told) { return cache::contradict(told.patient, patient); });
}

} // namespace

Whereabouts FoundRow::whereabouts() const
{
    if (!local)
        return Whereabouts::Remote;
    const bool moreElsewhere = std::any_of(archives.begin(), archives.end(), [this](const Told &told) {
        return told.instances && *told.instances > local->instances;
    });
    return moreElsewhere || local->completeness == cache::Completeness::Incomplete ? Whereabouts::Partly
                                                                                   : Whereabouts::Here;
}

bool FoundRow::isToldBy(int archive) const
{
    return std::any_of(archives.begin(), archives.end(),
                       [archive](const Told &told) { return told.archive == archive; });
}

archive::FoundStudy FoundRow::asToldBy(const Told &told) const
{
    archive::FoundStudy as = study;
    as.patient = told.patient;
    as.instances = told.instances;
    return as;
}

std::size_t FoundStudies::rowFor(const base::StudyUid &study, const dicom::PatientIdentity &patient)
{
    auto &places = m_places[study];
    for (const std::size_t place : places)
        if (!contradicts(m_rows[place], patient))
            return place;
    places.push_back(m_rows.size());
    m_rows.emplace_back();
    if (places.size() > 1)
        for (const std::size_t place : places)
            m_rows[place].conflict = true;
    return places.back();
}

std::size_t FoundStudies::add(int archive, archive::FoundStudy study)
{
    const std::size_t place = rowFor(study.uid, study.patient);
    FoundRow &row = m_rows[place];
    if (row.isToldBy(archive))
        return place;
    row.archives.push_back({archive, study.patient, study.instances});
    if (row.study.uid.isEmpty())
        row.study = std::move(study);
    else
        fill(row.study, study);
    return place;
}

std::size_t FoundStudies::addLocal(cache::StudyRecord study)
{
    const std::size_t place = rowFor(study.uid, study.patient);
    FoundRow &row = m_rows[place];
    if (row.study.uid.isEmpty())
        row.study = foundOf(study);
    else
        fill(row.study, foundOf(study));
    row.local = std::move(study);
    return place;
}

FoundStudies FoundStudies::withoutLocal() const
{
    FoundStudies rest;
    for (const FoundRow &row : m_rows)
        for (const FoundRow::Told &told : row.archives)
            rest.add(told.archive, row.asToldBy(told));
    return rest;
}

} // namespace negatoscope::session
