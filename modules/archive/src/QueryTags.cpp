#include "QueryTags.h"

#include <array>

namespace negatoscope::archive {

namespace {

struct Row
{
    dicom::Tag tag;
    char vr[3];
};

constexpr std::array kRows{
    Row{dicom::tags::SpecificCharacterSet, "CS"},
    Row{dicom::tags::SopClassUid, "UI"},
    Row{dicom::tags::SopInstanceUid, "UI"},
    Row{dicom::tags::StudyDate, "DA"},
    Row{dicom::tags::SeriesDate, "DA"},
    Row{dicom::tags::StudyTime, "TM"},
    Row{dicom::tags::SeriesTime, "TM"},
    Row{dicom::tags::AccessionNumber, "SH"},
    Row{tags::QueryRetrieveLevel, "CS"},
    Row{{0x0008, 0x0054}, "AE"}, // Retrieve AE Title
    Row{tags::InstanceAvailability, "CS"},
    Row{tags::FailedSopInstanceUidList, "UI"},
    Row{dicom::tags::Modality, "CS"},
    Row{tags::ModalitiesInStudy, "CS"},
    Row{dicom::tags::InstitutionName, "LO"},
    Row{dicom::tags::ReferringPhysicianName, "PN"},
    Row{{0x0008, 0x0201}, "SH"}, // Timezone Offset From UTC
    Row{dicom::tags::StudyDescription, "LO"},
    Row{dicom::tags::SeriesDescription, "LO"},
    Row{tags::ReferencedSopClassUid, "UI"},
    Row{dicom::tags::ReferencedSopInstanceUid, "UI"},
    Row{tags::TransactionUid, "UI"},
    Row{tags::FailureReason, "US"},
    Row{tags::FailedSopSequence, "SQ"},
    Row{tags::ReferencedSopSequence, "SQ"},
    Row{dicom::tags::PatientName, "PN"},
    Row{dicom::tags::PatientId, "LO"},
    Row{dicom::tags::IssuerOfPatientId, "LO"},
    Row{dicom::tags::PatientBirthDate, "DA"},
    Row{dicom::tags::PatientSex, "CS"},
    Row{dicom::tags::BodyPartExamined, "CS"},
    Row{dicom::tags::StudyInstanceUid, "UI"},
    Row{dicom::tags::SeriesInstanceUid, "UI"},
    Row{dicom::tags::StudyId, "SH"},
    Row{dicom::tags::SeriesNumber, "IS"},
    Row{dicom::tags::InstanceNumber, "IS"},
    Row{tags::NumberOfPatientRelatedStudies, "IS"},
    Row{tags::NumberOfStudyRelatedSeries, "IS"},
    Row{tags::NumberOfStudyRelatedInstances, "IS"},
    Row{dicom::tags::NumberOfSeriesRelatedInstances, "IS"},
};

} // namespace

dicom::Vr vrOf(dicom::Tag tag)
{
    for (const Row &row : kRows)
        if (row.tag == tag)
            return {{row.vr[0], row.vr[1]}};
    return {};
}

} // namespace negatoscope::archive
