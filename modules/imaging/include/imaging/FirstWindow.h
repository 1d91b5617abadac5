#pragma once

#include <imaging/Picture.h>

namespace negatoscope::imaging {

/// How a grey picture is windowed that brings no window of its own.
enum class FirstWindow {
    WholeRange, ///< from the smallest to the largest value
    Robust,   ///< without the lowest and the highest 0.5 percent of the pixels: one hot pixel decides nothing
    FromZero, ///< from 0 to the value that 99.9 percent of the pixels do not exceed (counts, activity, SUV)
};

/// Never of no width: a picture of one value gets a window around it. Padding is left out. Large pictures are
/// looked at in even steps of rows and columns.
Window firstWindow(const Picture &picture, FirstWindow rule);

/// The window from 0 to `top`: what a clamp at zero leaves to choose.
Window windowFromZero(double top);

} // namespace negatoscope::imaging
