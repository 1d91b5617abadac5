#pragma once

#include <cache/Records.h>

namespace negatoscope::cache {

/// Whether two studies are of one person (docs/decisions/0009).
enum class Person {
    Same,     ///< issuer and id equal, id not empty, and name and date of birth do not speak against it
    Doubtful, ///< issuer and id equal, but the name or the date of birth is another
    Other,    ///< anything else: whoever wants both on screen must say so
};

Person comparePatients(const PatientIdentity &one, const PatientIdentity &other);

/// Whether two sources that tell of one study tell different patients: ids differ, or both tell an issuer, a
/// name or a date of birth, and these differ. What only one of them tells is no contradiction.
bool contradict(const PatientIdentity &one, const PatientIdentity &other);

/// Whether two names are of two people. Case, accents, punctuation, prefix and suffix make no other name, and
/// a component group that only one of them has says nothing.
bool differ(const dicom::PersonName &one, const dicom::PersonName &other);

} // namespace negatoscope::cache
