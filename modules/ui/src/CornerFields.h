#pragma once

#include "CornerText.h"

namespace negatoscope::ui {

/// What a field of the corner text says of a viewport; nothing where there is nothing to say in this mode.
std::vector<CornerLine> linesOf(session::CornerField field, const session::ViewportState &state,
                                session::ReadingPresenter::CornerText mode);

/// What a field is called where it can be chosen.
QString cornerFieldText(session::CornerField field);

} // namespace negatoscope::ui
