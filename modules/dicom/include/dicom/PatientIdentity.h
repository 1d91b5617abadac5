#pragma once

#include <dicom/PersonName.h>

#include <string>

namespace negatoscope::dicom {

/// A patient is (issuer, id), never the id alone; an empty id is nobody's (docs/decisions/0009).
/// Patient data: no stream operator; redacted() for logs.
struct PatientIdentity
{
    std::string issuer, id;
    PersonName name;
    std::string birthDate; ///< DA, "YYYYMMDD" or empty
    std::string sex;       ///< CS: M, F, O or empty

    std::string redacted() const { return "<patient>"; }
    bool operator==(const PatientIdentity &) const = default;
};

} // namespace negatoscope::dicom
