#pragma once

#include <dicom/DataSet.h>

namespace negatoscope::codec {

/// Loads DCMTK's data dictionary and makes its parser patient; the sandbox forbids that later.
/// False if the dictionary is not installed.
bool prepareDcmtk();

/// VR of a public attribute in the dictionary (PS3.6), UN if it is unknown.
dicom::Vr dictionaryVr(dicom::Tag tag);

} // namespace negatoscope::codec
