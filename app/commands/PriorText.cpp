#include "PriorText.h"

#include "StudyText.h"

namespace negatoscope::app {

using session::IdentityDoubt;
using session::PriorReason;

namespace {

QString nameOf(PriorReason reason)
{
    switch (reason) {
    case PriorReason::SameRegion:
        return QStringLiteral("sameRegion");
    case PriorReason::PartOfRegion:
        return QStringLiteral("partOfRegion");
    case PriorReason::SameModality:
        return QStringLiteral("sameModality");
    case PriorReason::LikeModality:
        return QStringLiteral("likeModality");
    case PriorReason::SameSide:
        return QStringLiteral("sameSide");
    case PriorReason::OtherSide:
        return QStringLiteral("otherSide");
    case PriorReason::Recent:
        return QStringLiteral("recent");
    }
    return {};
}

QString nameOf(IdentityDoubt doubt)
{
    switch (doubt) {
    case IdentityDoubt::OtherId:
        return QStringLiteral("otherId");
    case IdentityDoubt::IssuerUntold:
        return QStringLiteral("issuerUntold");
    case IdentityDoubt::OtherName:
        return QStringLiteral("otherName");
    case IdentityDoubt::OtherBirthDate:
        return QStringLiteral("otherBirthDate");
    case IdentityDoubt::TraitsMissing:
        return QStringLiteral("traitsMissing");
    case IdentityDoubt::SourcesDisagree:
        return QStringLiteral("sourcesDisagree");
    }
    return {};
}

} // namespace

QStringList sourcesOf(const session::Exam &exam)
{
    QStringList sources;
    if (exam.local)
        sources << QStringLiteral("local");
    for (const std::string &archive : exam.archives)
        sources << QString::fromStdString(archive);
    return sources;
}

QJsonObject jsonOf(const session::Prior &prior)
{
    const auto &exam = prior.exam;
    const auto count = [](std::optional<int> number) { return number ? QJsonValue(*number) : QJsonValue(); };
    QJsonArray modalities, reasons, doubts;
    for (const std::string &modality : exam.modalities)
        modalities.append(visible(modality));
    for (const auto reason : prior.reasons)
        reasons.append(nameOf(reason));
    for (const auto doubt : prior.doubts)
        doubts.append(nameOf(doubt));
    return {{QStringLiteral("studyInstanceUid"), visible(exam.uid.value())},
            {QStringLiteral("patientName"), visible(exam.patient.name.display())},
            {QStringLiteral("patientId"), visible(exam.patient.id)},
            {QStringLiteral("issuer"), visible(exam.patient.issuer)},
            {QStringLiteral("birthDate"), isoDate(exam.patient.birthDate)},
            {QStringLiteral("studyDate"), isoDate(exam.date)},
            {QStringLiteral("accession"), visible(exam.accession)},
            {QStringLiteral("description"), visible(exam.description)},
            {QStringLiteral("modalities"), modalities},
            {QStringLiteral("series"), count(exam.series)},
            {QStringLiteral("instances"), count(exam.instances)},
            {QStringLiteral("relevance"), prior.relevance},
            {QStringLiteral("reasons"), reasons},
            {QStringLiteral("samePerson"), prior.isSamePerson()},
            {QStringLiteral("doubts"), doubts},
            {QStringLiteral("later"), prior.later},
            {QStringLiteral("completeness"), QString::fromStdString(std::string(cache::nameOf(
                                                 exam.local.value_or(cache::Completeness::Unknown))))},
            {QStringLiteral("sources"), QJsonArray::fromStringList(sourcesOf(exam))}};
}

} // namespace negatoscope::app
