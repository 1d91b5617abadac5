#include "Identity.h"

#include "SearchText.h"

namespace negatoscope::cache {

namespace {

/// Family, given and middle name of one component group, as search compares them.
std::string comparable(std::string_view group)
{
    std::size_t end = 0;
    for (int carets = 0; end < group.size(); ++end)
        if (group[end] == '^' && ++carets == 3)
            break;
    std::string words = searchWords(group.substr(0, end));
    // A name of signs only has no words to compare.
    return words.empty() ? std::string(group) : words;
}

enum class Verdict { Same, Different, Unknown };

Verdict compareNames(const dicom::PersonName &one, const dicom::PersonName &other)
{
    const std::pair<const std::string *, const std::string *> groups[] = {
        {&one.alphabetic, &other.alphabetic},
        {&one.ideographic, &other.ideographic},
        {&one.phonetic, &other.phonetic},
    };
    Verdict verdict = Verdict::Unknown;
    for (const auto &[a, b] : groups) {
        if (a->empty() || b->empty())
            continue;
        if (*a != *b && comparable(*a) != comparable(*b))
            return Verdict::Different;
        verdict = Verdict::Same;
    }
    return verdict;
}

Verdict compareDates(const std::string &one, const std::string &other)
{
    if (one.empty() || other.empty())
        return Verdict::Unknown;
    return one == other ? Verdict::Same : Verdict::Different;
}

} // namespace

bool mayJoin(const PatientIdentity &study, const PatientIdentity &object)
{
    if (study == object)
        return true;
    if (study.id != object.id)
        return false;
    const Verdict name = compareNames(study.name, object.name);
    const Verdict birth = compareDates(study.birthDate, object.birthDate);
    if (name == Verdict::Different || birth == Verdict::Different)
        return false;
    const bool certain = name == Verdict::Same && birth == Verdict::Same;
    if (study.issuer != object.issuer)
        return (study.issuer.empty() || object.issuer.empty()) && certain;
    // Without an id the traits are all there is: both must be on both sides, or on neither.
    if (study.id.empty())
        return study.name.isEmpty() == object.name.isEmpty() &&
               study.birthDate.empty() == object.birthDate.empty() &&
               (study.name.isEmpty() || name == Verdict::Same);
    return true;
}

bool isSamePatient(const PatientIdentity &one, const PatientIdentity &other)
{
    return !one.id.empty() && one.id == other.id && one.issuer == other.issuer;
}

bool contradict(const PatientIdentity &one, const PatientIdentity &other)
{
    const bool otherIssuer = !one.issuer.empty() && !other.issuer.empty() && one.issuer != other.issuer;
    return one.id != other.id || otherIssuer || compareNames(one.name, other.name) == Verdict::Different ||
           compareDates(one.birthDate, other.birthDate) == Verdict::Different;
}

bool differ(const dicom::PersonName &one, const dicom::PersonName &other)
{
    return compareNames(one, other) == Verdict::Different;
}

Person comparePatients(const PatientIdentity &one, const PatientIdentity &other)
{
    if (!isSamePatient(one, other))
        return Person::Other;
    return mayJoin(one, other) ? Person::Same : Person::Doubtful;
}

} // namespace negatoscope::cache
