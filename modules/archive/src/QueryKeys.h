#pragma once

#include <archive/Records.h>
#include <dicom/DataSet.h>

namespace negatoscope::archive {

/// A question as matching keys (PS3.4 C.2.2.2), with an empty key for everything else that is to be told: the
/// same for DIMSE and DICOMweb.
dicom::DataSet patientKeys(const StudyQuery &query);
/// One modality at a time, or none: a list of them is no key that archives agree on (PS3.4 C.2.2.2).
dicom::DataSet studyKeys(const StudyQuery &query, const std::string &modality);
dicom::DataSet seriesKeys();

/// What an answer says.
FoundPatient patientRowOf(const dicom::DataSet &answer);
FoundStudy studyOf(const dicom::DataSet &answer);
FoundSeries seriesOf(const dicom::DataSet &answer, const base::StudyUid &study);

/// Archives ignore keys that they do not know; false for what plainly is not meant.
bool mayBeMeant(const FoundStudy &study, const StudyQuery &query, const std::string &modality);

} // namespace negatoscope::archive
