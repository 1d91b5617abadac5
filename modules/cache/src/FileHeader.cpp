#include "FileHeader.h"

#include <dicom/SopClass.h>

#include <algorithm>
#include <array>
#include <limits>

namespace negatoscope::cache {

using dicom::DataSet;
using dicom::Tag;
namespace tags = dicom::tags;

namespace {

constexpr std::size_t kLongestText = 1024;

constexpr std::array kIndexedTags{
    tags::FileSetId,
    tags::SopClassUid,
    tags::SopInstanceUid,
    tags::StudyDate,
    tags::SeriesDate,
    tags::StudyTime,
    tags::SeriesTime,
    tags::AccessionNumber,
    tags::Modality,
    tags::InstitutionName,
    tags::ReferringPhysicianName,
    tags::StudyDescription,
    tags::SeriesDescription,
    tags::PatientName,
    tags::PatientId,
    tags::IssuerOfPatientId,
    tags::PatientBirthDate,
    tags::PatientSex,
    tags::BodyPartExamined,
    tags::EchoTime,
    tags::ProtocolName,
    tags::DiffusionBValue,
    tags::StudyInstanceUid,
    tags::SeriesInstanceUid,
    tags::StudyId,
    tags::SeriesNumber,
    tags::AcquisitionNumber,
    tags::InstanceNumber,
    tags::PatientOrientation,
    tags::ImagePositionPatient,
    tags::ImageOrientationPatient,
    tags::FrameOfReferenceUid,
    tags::Laterality,
    tags::ImageLaterality,
    tags::TemporalPositionIdentifier,
    tags::NumberOfFrames,
    tags::Rows,
    tags::Columns,
};
static_assert(std::is_sorted(kIndexedTags.begin(), kIndexedTags.end()));

/// A text for the list: cut at a character's border; the whole value is in the file.
std::string shortened(std::string text)
{
    if (text.size() <= kLongestText)
        return text;
    std::size_t end = kLongestText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;
    text.resize(end);
    return text;
}

/// Descriptions may hold a backslash; everything else is the first value.
std::string description(const DataSet &data, Tag tag)
{
    return shortened(std::string(dicom::trimmed(data.bytes(tag))));
}

std::string shortText(const DataSet &data, Tag tag)
{
    return shortened(data.text(tag));
}

base::Result<std::string> uidOf(const DataSet &data, Tag tag)
{
    std::string uid = data.text(tag);
    if (uid.empty())
        return base::failure(base::ErrorCode::MissingIdentity, "no " + dicom::toString(tag));
    constexpr std::size_t kLongestUid = 64;
    if (uid.size() > kLongestUid)
        return base::failure(base::ErrorCode::InvalidIdentifier, dicom::toString(tag) + " is longer than " +
                                                                     std::to_string(kLongestUid) +
                                                                     " characters");
    if (!base::isValidUid(uid))
        return base::failure(base::ErrorCode::InvalidIdentifier, dicom::toString(tag) + " is no UID");
    return uid;
}

base::Result<PatientIdentity> patientOf(const DataSet &data)
{
    // What decides who the patient is must not be cut: two long identifiers could become one.
    for (const Tag tag :
         {tags::PatientName, tags::PatientId, tags::IssuerOfPatientId, tags::PatientBirthDate})
        if (data.bytes(tag).size() > kLongestText)
            return base::failure(base::ErrorCode::InvalidIdentifier,
                                 dicom::toString(tag) + " is longer than " + std::to_string(kLongestText) +
                                     " characters");
    PatientIdentity patient;
    patient.issuer = data.text(tags::IssuerOfPatientId);
    patient.id = data.text(tags::PatientId);
    patient.name = dicom::PersonName::parse(data.text(tags::PatientName));
    patient.birthDate = data.text(tags::PatientBirthDate);
    patient.sex = shortText(data, tags::PatientSex);
    return patient;
}

dicom::StackFrame stackFrameOf(const DataSet &data, const base::InstanceUid &instance)
{
    dicom::StackFrame frame;
    frame.instance = instance;
    const auto geometry = dicom::FrameGeometry::of(data, 0);
    frame.position = geometry.position;
    frame.row = geometry.orientation.row;
    frame.column = geometry.orientation.column;
    frame.instanceNumber = data.integer(tags::InstanceNumber);
    frame.acquisitionNumber = data.integer(tags::AcquisitionNumber);
    frame.temporalPosition = data.integer(tags::TemporalPositionIdentifier);
    frame.echoTime = data.decimal(tags::EchoTime);
    frame.bValue = data.decimal(tags::DiffusionBValue);
    const auto size = [&](Tag tag) {
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>(data.integer(tag).value_or(0), 0, 65535));
    };
    frame.rows = size(tags::Rows);
    frame.columns = size(tags::Columns);
    const std::string reference = data.text(tags::FrameOfReferenceUid);
    if (base::isValidUid(reference))
        frame.frameOfReference = base::FrameOfReferenceUid(reference);
    return frame;
}

StudyRecord studyOf(const DataSet &data, PatientIdentity patient, std::string uid)
{
    StudyRecord study;
    study.uid = base::StudyUid(std::move(uid));
    study.patient = std::move(patient);
    study.studyDate = shortText(data, tags::StudyDate);
    study.studyTime = shortText(data, tags::StudyTime);
    study.accession = shortText(data, tags::AccessionNumber);
    study.studyId = shortText(data, tags::StudyId);
    study.description = description(data, tags::StudyDescription);
    study.institution = description(data, tags::InstitutionName);
    study.referringPhysician = description(data, tags::ReferringPhysicianName);
    return study;
}

SeriesRecord seriesOf(const DataSet &data, const base::StudyUid &study, std::string uid)
{
    SeriesRecord series;
    series.uid = base::SeriesUid(std::move(uid));
    series.study = study;
    series.modality = shortText(data, tags::Modality);
    series.description = description(data, tags::SeriesDescription);
    series.bodyPart = shortText(data, tags::BodyPartExamined);
    series.protocol = description(data, tags::ProtocolName);
    series.laterality = shortText(data, tags::Laterality);
    if (series.laterality.empty())
        series.laterality = shortText(data, tags::ImageLaterality);
    series.seriesDate = shortText(data, tags::SeriesDate);
    series.seriesTime = shortText(data, tags::SeriesTime);
    series.number = data.integer(tags::SeriesNumber);
    return series;
}

} // namespace

std::span<const Tag> indexedTags()
{
    return kIndexedTags;
}

bool isMediaDirectory(const dicom::ParsedFile &file)
{
    return file.dataSet.contains(tags::FileSetId) || file.dataSet.contains(tags::DirectoryRecordSequence) ||
           dicom::SopClass::of(file.dataSet.text(tags::SopClassUid)).kind == dicom::ObjectKind::Directory;
}

base::Result<IndexedFile> indexedFileOf(const dicom::ParsedFile &file)
{
    const DataSet &data = file.dataSet;
    TRY(std::string studyUid, uidOf(data, tags::StudyInstanceUid));
    TRY(std::string seriesUid, uidOf(data, tags::SeriesInstanceUid));
    TRY(std::string instanceUid, uidOf(data, tags::SopInstanceUid));
    TRY(PatientIdentity patient, patientOf(data));

    IndexedFile result;
    result.study = studyOf(data, std::move(patient), std::move(studyUid));
    result.series = seriesOf(data, result.study.uid, std::move(seriesUid));
    InstanceRecord &instance = result.instance;
    instance.uid = base::InstanceUid(std::move(instanceUid));
    instance.series = result.series.uid;
    instance.sopClass = shortText(data, tags::SopClassUid);
    instance.transferSyntax = shortened(file.transferSyntax.uid);
    if (file.pixelData.isPresent()) {
        const auto frames = data.integer(tags::NumberOfFrames).value_or(1);
        instance.frames =
            static_cast<int>(std::clamp<std::int64_t>(frames, 1, std::numeric_limits<int>::max()));
    }
    instance.patientOrientation =
        shortened(std::string(dicom::trimmed(data.bytes(tags::PatientOrientation))));
    instance.stack = stackFrameOf(data, instance.uid);
    instance.truncated = file.truncated;
    return result;
}

} // namespace negatoscope::cache
