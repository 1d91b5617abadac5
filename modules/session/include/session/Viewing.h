#pragma once

#include <imaging/Picture.h>
#include <imaging/ViewTransform.h>

#include <QtCore/QString>

#include <optional>

namespace negatoscope::session {

/// How the reader looks at a series, apart from the place in it: what tiles of one series share.
struct Viewing
{
    std::optional<imaging::Window> window; ///< the reader's own; else the object's
    QString windowName;
    int voiChoice = 0;
    bool inverted = false;
    imaging::ViewSettings view;
    bool overlays = true, shutter = true;
    imaging::Turn hungTurn; ///< part of `view` that was not the reader's
    imaging::ColourTable colourTable = imaging::ColourTable::Grey;
    bool clampAtZero = false;
    bool operator==(const Viewing &) const = default;
};

/// The window that shows all of a range: LINEAR counts in whole values, so that fine scales need
/// LINEAR_EXACT.
imaging::Window windowSpanning(double low, double high);

} // namespace negatoscope::session
