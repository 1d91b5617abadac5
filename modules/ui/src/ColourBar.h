#pragma once

#include <session/ViewportState.h>

#include <QtCore/QString>
#include <QtGui/QImage>

#include <array>

namespace negatoscope::ui {

/// The scale of a viewport in false colours or counts: which colour means which value.
struct ColourBar
{
    QImage colours;                ///< one pixel wide, top row first
    std::array<QString, 3> labels; ///< at the top, in the middle, at the bottom, with the unit at the top

    /// Empty image where a bar would say nothing: colour pictures, plain greys of other modalities than
    /// PET and NM, pictures without a window.
    static ColourBar of(const session::ViewportState &state, int height);
};

} // namespace negatoscope::ui
