#pragma once

#include <cache/Patient.h>

namespace negatoscope::cache {

/// Whether an object that claims a study may join it (docs/safety.md F10).
///
/// The key is (issuer, id): another id, or an id on one side only, is another patient. So is another name or
/// another date of birth; case, accents, punctuation, prefix and suffix make no other name. An issuer on one
/// side only is tolerated where name and date of birth are both there and agree.
bool mayJoin(const PatientIdentity &study, const PatientIdentity &object);

/// Whether two studies are listed as the same patient's: issuer and id equal, id not empty.
bool isSamePatient(const PatientIdentity &one, const PatientIdentity &other);

} // namespace negatoscope::cache
