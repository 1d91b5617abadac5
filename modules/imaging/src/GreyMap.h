#pragma once

#include "PictureData.h"

#include <cmath>

namespace negatoscope::imaging {

/// Modality value -> 0..255: the VOI transformation, then the inversion (PS3.3 C.11.2, C.11.6).
///
/// The one definition that displayValue(), the tables and the direct path share. Written so that the same
/// numbers come out on every machine: doubles in a fixed order, never fused, rounded half up once.
class GreyMap
{
public:
    GreyMap(const Picture::Data &data, const RenderSettings &settings);

    std::uint8_t operator()(double modalityValue) const
    {
        switch (m_form) {
        case Form::Ramp:
            return ramp(modalityValue);
        case Form::Sigmoid:
            return sigmoid(modalityValue);
        case Form::Table:
            break;
        }
        return table(modalityValue);
    }

    /// grey[i] = the value of slope * (first + i * step) + intercept.
    void tabulate(double slope, double intercept, double first, double step, std::size_t count,
                  std::uint8_t *grey) const;

private:
    enum class Form { Ramp, Sigmoid, Table };

    static std::uint8_t rounded(double grey)
    {
        return grey > 0 ? static_cast<std::uint8_t>(static_cast<int>((grey < 255 ? grey : 255.0) + 0.5)) : 0;
    }
    std::uint8_t finished(std::uint8_t grey) const { return grey ^ m_flip; }
    std::uint8_t ramp(double x) const
    {
        const double inside = ((x - m_centre) / m_width + 0.5) * 255;
        return finished(rounded(x <= m_from ? 0.0 : x > m_to ? 255.0 : inside));
    }
    std::uint8_t sigmoid(double x) const
    {
        return finished(rounded(255 / (1 + std::exp(-4 * (x - m_centre) / m_width))));
    }
    std::uint8_t table(double x) const;

    Form m_form = Form::Ramp;
    double m_centre = 0, m_width = 1, m_from = 0, m_to = 0;
    std::uint8_t m_flip = 0;
    const Lut *m_lut = nullptr; ///< of the settings, which must outlive this object
};

} // namespace negatoscope::imaging
