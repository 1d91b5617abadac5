#include <session/OpenStudy.h>

namespace negatoscope::session {

namespace {

QString visible(const std::string &text)
{
    return QString::fromStdString(dicom::visibleText(text));
}

QString nameOf(PersonQuestion::Reason reason)
{
    using enum PersonQuestion::Reason;
    switch (reason) {
    case OtherPatient:
        return QStringLiteral("otherPatient");
    case ShownIdMissing:
    case AskedIdMissing:
        return QStringLiteral("patientIdMissing");
    case TraitsDiffer:
        return QStringLiteral("traitsDiffer");
    case IdentityConflicts:
        return QStringLiteral("identityConflicts");
    }
    return {};
}

} // namespace

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

QJsonObject personJson(const cache::StudyRecord &study)
{
    return {{QStringLiteral("studyInstanceUid"), QString::fromStdString(study.uid.value())},
            {QStringLiteral("patientName"), visible(study.patient.name.display())},
            {QStringLiteral("patientId"), visible(study.patient.id)},
            {QStringLiteral("issuer"), visible(study.patient.issuer)},
            {QStringLiteral("birthDate"), visible(study.patient.birthDate)}};
}

QJsonObject jsonOf(const PersonQuestion &question)
{
    return {{QStringLiteral("reason"), nameOf(question.reason)},
            {QStringLiteral("window"), question.window},
            {QStringLiteral("shown"), personJson(question.shown)},
            {QStringLiteral("asked"), personJson(question.asked)}};
}

} // namespace negatoscope::session
