#include "QueryKeys.h"

#include "QueryTags.h"

#include <algorithm>

namespace negatoscope::archive {

using dicom::DataSet;
namespace attribute = dicom::tags;

namespace {

bool hasWildcard(std::string_view text)
{
    return text.find_first_of("*?") != std::string_view::npos;
}

/// "claire martin" as the key "claire*martin*": words in this order, whatever separates them.
std::string wordsKey(const std::string &text, bool anywhere)
{
    if (text.empty() || hasWildcard(text))
        return text;
    std::string key = anywhere ? "*" : "";
    bool gap = false;
    for (const char c : text) {
        const bool isSpace = c == ' ' || c == ',' || c == '\t';
        if (!isSpace) {
            if (gap && key.size() > (anywhere ? 1U : 0U))
                key += '*';
            key += c;
        }
        gap = isSpace;
    }
    return key + '*';
}

std::string dateKey(const StudyQuery &query)
{
    if (query.dateFrom.empty() && query.dateTo.empty())
        return {};
    return query.dateFrom == query.dateTo ? query.dateFrom : query.dateFrom + '-' + query.dateTo;
}

void setPatientKeys(DataSet &keys, const StudyQuery &query)
{
    keys.setText(attribute::PatientName, "PN", wordsKey(query.patientName, false));
    keys.setText(attribute::PatientId, "LO", query.patientId);
    keys.setText(attribute::IssuerOfPatientId, "LO", query.issuer);
    keys.setText(attribute::PatientBirthDate, "DA", query.birthDate);
    keys.setText(attribute::PatientSex, "CS", "");
}

dicom::PatientIdentity patientOf(const DataSet &answer)
{
    dicom::PatientIdentity patient;
    patient.name = dicom::PersonName::parse(answer.text(attribute::PatientName));
    patient.id = answer.text(attribute::PatientId);
    patient.issuer = answer.text(attribute::IssuerOfPatientId);
    patient.birthDate = answer.text(attribute::PatientBirthDate);
    patient.sex = answer.text(attribute::PatientSex);
    return patient;
}

std::optional<int> countOf(const DataSet &answer, dicom::Tag tag)
{
    const auto number = answer.integer(tag);
    return number && *number >= 0 && *number < 1'000'000'000 ? std::optional(static_cast<int>(*number))
                                                             : std::nullopt;
}

} // namespace

DataSet patientKeys(const StudyQuery &query)
{
    DataSet keys;
    setPatientKeys(keys, query);
    keys.setText(tags::NumberOfPatientRelatedStudies, "IS", "");
    return keys;
}

DataSet studyKeys(const StudyQuery &query, const std::string &modality)
{
    DataSet keys;
    setPatientKeys(keys, query);
    keys.setText(attribute::StudyInstanceUid, "UI", query.study.value());
    keys.setText(attribute::StudyDate, "DA", dateKey(query));
    keys.setText(attribute::StudyTime, "TM", "");
    keys.setText(attribute::AccessionNumber, "SH", query.accession);
    keys.setText(attribute::StudyId, "SH", "");
    keys.setText(attribute::StudyDescription, "LO", wordsKey(query.description, true));
    keys.setText(attribute::ReferringPhysicianName, "PN", wordsKey(query.referringPhysician, false));
    keys.setText(attribute::InstitutionName, "LO", wordsKey(query.institution, true));
    keys.setText(tags::ModalitiesInStudy, "CS", modality);
    keys.setText(tags::NumberOfStudyRelatedSeries, "IS", "");
    keys.setText(tags::NumberOfStudyRelatedInstances, "IS", "");
    return keys;
}

DataSet seriesKeys()
{
    DataSet keys;
    keys.setText(attribute::SeriesInstanceUid, "UI", "");
    keys.setText(attribute::Modality, "CS", "");
    keys.setText(attribute::SeriesNumber, "IS", "");
    keys.setText(attribute::SeriesDescription, "LO", "");
    keys.setText(attribute::BodyPartExamined, "CS", "");
    keys.setText(attribute::SeriesDate, "DA", "");
    keys.setText(attribute::SeriesTime, "TM", "");
    keys.setText(attribute::NumberOfSeriesRelatedInstances, "IS", "");
    return keys;
}

FoundPatient patientRowOf(const DataSet &answer)
{
    return {patientOf(answer), countOf(answer, tags::NumberOfPatientRelatedStudies)};
}

FoundStudy studyOf(const DataSet &answer)
{
    FoundStudy study;
    study.uid = base::StudyUid(answer.text(attribute::StudyInstanceUid));
    study.patient = patientOf(answer);
    study.studyDate = answer.text(attribute::StudyDate);
    study.studyTime = answer.text(attribute::StudyTime);
    study.accession = answer.text(attribute::AccessionNumber);
    study.studyId = answer.text(attribute::StudyId);
    study.description = answer.text(attribute::StudyDescription);
    study.institution = answer.text(attribute::InstitutionName);
    study.referringPhysician = answer.text(attribute::ReferringPhysicianName);
    study.modalities = answer.texts(tags::ModalitiesInStudy);
    std::sort(study.modalities.begin(), study.modalities.end());
    std::erase(study.modalities, std::string());
    study.series = countOf(answer, tags::NumberOfStudyRelatedSeries);
    study.instances = countOf(answer, tags::NumberOfStudyRelatedInstances);
    return study;
}

FoundSeries seriesOf(const DataSet &answer, const base::StudyUid &study)
{
    FoundSeries series;
    series.study = study;
    series.uid = base::SeriesUid(answer.text(attribute::SeriesInstanceUid));
    series.modality = answer.text(attribute::Modality);
    series.description = answer.text(attribute::SeriesDescription);
    series.bodyPart = answer.text(attribute::BodyPartExamined);
    series.seriesDate = answer.text(attribute::SeriesDate);
    series.seriesTime = answer.text(attribute::SeriesTime);
    series.number = answer.integer(attribute::SeriesNumber);
    series.instances = countOf(answer, attribute::NumberOfSeriesRelatedInstances);
    return series;
}

bool mayBeMeant(const FoundStudy &study, const StudyQuery &query, const std::string &modality)
{
    const auto differs = [](const std::string &wanted, const std::string &found) {
        return !wanted.empty() && !hasWildcard(wanted) && !found.empty() && wanted != found;
    };
    if (!modality.empty() && !study.modalities.empty() &&
        std::find(study.modalities.begin(), study.modalities.end(), modality) == study.modalities.end())
        return false;
    return !differs(query.issuer, study.patient.issuer) &&
           !differs(query.birthDate, study.patient.birthDate) &&
           !differs(query.study.value(), study.uid.value());
}

} // namespace negatoscope::archive
