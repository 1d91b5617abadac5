#include <ui/PriorWords.h>

#include <QtCore/QCoreApplication>

namespace negatoscope::ui {

using session::IdentityDoubt;
using session::PriorReason;

namespace {

class PriorWords
{
    Q_DECLARE_TR_FUNCTIONS(PriorWords)
};

} // namespace

QString priorReasonText(PriorReason reason)
{
    switch (reason) {
    case PriorReason::SameRegion:
        return PriorWords::tr("same part of the body");
    case PriorReason::PartOfRegion:
        return PriorWords::tr("some of the same part of the body");
    case PriorReason::SameModality:
        return PriorWords::tr("same modality");
    case PriorReason::LikeModality:
        return PriorWords::tr("like modality");
    case PriorReason::SameSide:
        return PriorWords::tr("same side");
    case PriorReason::OtherSide:
        return PriorWords::tr("the other side");
    case PriorReason::Recent:
        return PriorWords::tr("recent");
    }
    return {};
}

QString identityDoubtText(IdentityDoubt doubt)
{
    switch (doubt) {
    case IdentityDoubt::OtherId:
        return PriorWords::tr("the patient ID is another one");
    case IdentityDoubt::IssuerUntold:
        return PriorWords::tr("who issued the patient ID is not told");
    case IdentityDoubt::OtherName:
        return PriorWords::tr("the name is another one");
    case IdentityDoubt::OtherBirthDate:
        return PriorWords::tr("the date of birth is another one");
    case IdentityDoubt::TraitsMissing:
        return PriorWords::tr("name or date of birth is missing");
    case IdentityDoubt::SourcesDisagree:
        return PriorWords::tr("what is told of the patient disagrees");
    }
    return {};
}

} // namespace negatoscope::ui
