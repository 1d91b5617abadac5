#pragma once

#include <dicom/DataSet.h>

namespace negatoscope::archive {

/// The VR of what stands in identifiers and events, for implicit coding; UN for anything else.
dicom::Vr vrOf(dicom::Tag tag);

/// Attributes of queries that no image needs, by their PS3.6 keyword.
namespace tags {
inline constexpr dicom::Tag InstanceAvailability{0x0008, 0x0056};
inline constexpr dicom::Tag FailedSopInstanceUidList{0x0008, 0x0058};
inline constexpr dicom::Tag QueryRetrieveLevel{0x0008, 0x0052};
inline constexpr dicom::Tag ModalitiesInStudy{0x0008, 0x0061};
inline constexpr dicom::Tag ReferencedSopClassUid{0x0008, 0x1150};
inline constexpr dicom::Tag TransactionUid{0x0008, 0x1195};
inline constexpr dicom::Tag WarningReason{0x0008, 0x1196};
inline constexpr dicom::Tag FailureReason{0x0008, 0x1197};
inline constexpr dicom::Tag FailedSopSequence{0x0008, 0x1198};
inline constexpr dicom::Tag ReferencedSopSequence{0x0008, 0x1199};
inline constexpr dicom::Tag NumberOfPatientRelatedStudies{0x0020, 0x1200};
inline constexpr dicom::Tag NumberOfStudyRelatedSeries{0x0020, 0x1206};
inline constexpr dicom::Tag NumberOfStudyRelatedInstances{0x0020, 0x1208};
} // namespace tags

} // namespace negatoscope::archive
