#pragma once

#include <session/Priors.h>

#include <QtCore/QString>

namespace negatoscope::ui {

/// Why a prior is worth a look, as a part of a sentence: "same modality".
QString priorReasonText(session::PriorReason reason);
/// Why it is perhaps another person's: "the name is another one".
QString identityDoubtText(session::IdentityDoubt doubt);

} // namespace negatoscope::ui
