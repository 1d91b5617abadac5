#include <session/OpenStudy.h>

namespace negatoscope::session {

cache::Person compareStudies(const cache::StudyRecord &one, const cache::StudyRecord &other)
{
    if (one.uid == other.uid)
        return cache::Person::Same;
    const auto person = cache::comparePatients(one.patient, other.patient);
    const bool unsure = one.identityConflict || other.identityConflict;
    return person == cache::Person::Same && unsure ? cache::Person::Doubtful : person;
}

PersonQuestion::Reason PersonQuestion::reasonFor(const cache::StudyRecord &shown,
                                                 const cache::StudyRecord &asked)
{
    if (shown.patient.id.empty())
        return Reason::ShownIdMissing;
    if (asked.patient.id.empty())
        return Reason::AskedIdMissing;
    if (compareStudies(shown, asked) == cache::Person::Other)
        return Reason::OtherPatient;
    return shown.identityConflict || asked.identityConflict ? Reason::IdentityConflicts
                                                            : Reason::TraitsDiffer;
}

} // namespace negatoscope::session
