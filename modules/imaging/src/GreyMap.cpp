#include "GreyMap.h"

#include "Kernels.h"

#include <algorithm>

namespace negatoscope::imaging {

GreyMap::GreyMap(const Picture::Data &data, const RenderSettings &settings)
{
    m_flip = data.inverse != settings.inverted ? 0xff : 0;
    if (!settings.window && settings.lut && !settings.lut->entries.empty()) {
        m_form = Form::Table;
        m_lut = &*settings.lut;
        return;
    }
    Window window;
    if (settings.window) {
        window = *settings.window;
    } else {
        // The whole range, as LINEAR_EXACT has it: the lowest value black, the highest white.
        const double a = data.slope * data.low + data.intercept, b = data.slope * data.high + data.intercept;
        window = {(a + b) / 2, std::abs(b - a), VoiFunction::LinearExact};
    }
    m_centre = window.center;
    m_width = window.width;
    if (window.function == VoiFunction::Sigmoid) {
        m_form = Form::Sigmoid;
        return;
    }
    if (window.function == VoiFunction::Linear) {
        // C.11.2.1.2.1 shifts the centre by half a value and makes the ramp one value narrower.
        m_centre -= 0.5;
        m_width -= 1;
    }
    m_width = std::max(m_width, 0.0);
    m_from = m_centre - m_width / 2;
    m_to = m_centre + m_width / 2;
}

std::uint8_t GreyMap::table(double x) const
{
    const auto &entries = m_lut->entries;
    const double at = std::floor(x + 0.5) - m_lut->first;
    const double last = static_cast<double>(entries.size() - 1);
    const std::uint16_t entry = entries[at > 0 ? static_cast<std::size_t>(std::min(at, last)) : 0];
    const double white = static_cast<double>((1U << std::clamp(m_lut->bits, 1U, 16U)) - 1);
    return finished(rounded(entry * 255 / white));
}

void GreyMap::tabulate(double slope, double intercept, double first, double step, std::size_t count,
                       std::uint8_t *grey) const
{
    if (m_form == Form::Ramp) {
        kernels().tabulateRamp({slope, intercept, first, step, m_centre, m_width, m_from, m_to, m_flip},
                               count, grey);
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        grey[i] = (*this)(slope * (first + static_cast<double>(i) * step) + intercept);
}

std::uint8_t displayValue(const Picture &picture, const RenderSettings &settings, double modalityValue)
{
    return GreyMap(picture.data(), settings)(modalityValue);
}

} // namespace negatoscope::imaging
