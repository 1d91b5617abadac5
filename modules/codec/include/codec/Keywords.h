#pragma once

#include <dicom/Tag.h>

#include <string>

namespace negatoscope::codec {

/// The PS3.6 keyword of an attribute ("PatientName"); empty for private and unknown ones.
/// Threads : any.
std::string keywordOf(dicom::Tag tag);

} // namespace negatoscope::codec
