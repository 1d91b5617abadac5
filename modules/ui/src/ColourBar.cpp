#include "ColourBar.h"

#include <imaging/Picture.h>
#include <ui/Words.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::ui {

namespace {

/// As many decimals as tell the ends of a range apart.
QString valueText(double value, double width)
{
    const int decimals = width >= 100 ? 0 : width >= 10 ? 1 : width >= 1 ? 2 : 4;
    return words::numberText(value, decimals);
}

} // namespace

ColourBar ColourBar::of(const session::ViewportState &state, int height)
{
    const bool counts =
        state.facts.modality == QLatin1String("PT") || state.facts.modality == QLatin1String("NM");
    const bool wanted = counts || state.render.colourTable != imaging::ColourTable::Grey;
    if (!wanted || !state.picture || state.picture->isColour() || !state.window || height < 32)
        return {};
    const imaging::Window &window = *state.window;
    const bool linear = window.function == imaging::VoiFunction::Linear;
    const double low = window.center - window.width / 2;
    const double high = window.center + window.width / 2 - (linear ? 1 : 0);
    ColourBar bar;
    bar.colours = QImage(1, height, QImage::Format_RGB32);
    const auto &entries = imaging::entriesOf(state.render.colourTable);
    for (int y = 0; y < height; ++y) {
        const double value = high - (high - low) * y / (height - 1);
        const std::uint8_t grey = imaging::displayValue(*state.picture, state.render, value);
        bar.colours.setPixel(0, y, entries[grey]);
    }
    const double width = std::max(high - low, 1e-9);
    bar.labels = {valueText(high, width), valueText((low + high) / 2, width), valueText(low, width)};
    if (!state.unit.isEmpty())
        bar.labels[0] += u' ' + state.unit;
    return bar;
}

} // namespace negatoscope::ui
