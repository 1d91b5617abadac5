#include "ModalityText.h"

#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>
#include <QtGui/QColor>

#include <cmath>

namespace negatoscope::ui {

namespace {

class Modality
{
    Q_DECLARE_TR_FUNCTIONS(Modality)
};

using dicom::RegionFormat;
using dicom::RegionUnit;

/// Symbols, the same in every language.
QString unitText(RegionUnit unit)
{
    switch (unit) {
    case RegionUnit::None:
        break;
    case RegionUnit::Percent:
        return QStringLiteral("%");
    case RegionUnit::Decibel:
        return QStringLiteral("dB");
    case RegionUnit::Centimetre:
        return QStringLiteral("cm");
    case RegionUnit::Second:
        return QStringLiteral("s");
    case RegionUnit::Hertz:
        return QStringLiteral("Hz");
    case RegionUnit::DecibelPerSecond:
        return QStringLiteral("dB/s");
    case RegionUnit::CentimetrePerSecond:
        return QStringLiteral("cm/s");
    case RegionUnit::SquareCentimetre:
        return QStringLiteral("cm²");
    case RegionUnit::SquareCentimetrePerSecond:
        return QStringLiteral("cm²/s");
    case RegionUnit::CubicCentimetre:
        return QStringLiteral("cm³");
    case RegionUnit::CubicCentimetrePerSecond:
        return QStringLiteral("cm³/s");
    case RegionUnit::Degree:
        return QStringLiteral("°");
    }
    return {};
}

QString regionName(RegionFormat format)
{
    switch (format) {
    case RegionFormat::TwoD:
        return Modality::tr("2D region");
    case RegionFormat::MMode:
        return Modality::tr("M-mode region");
    case RegionFormat::Spectral:
        return Modality::tr("Doppler region");
    case RegionFormat::WaveForm:
        return Modality::tr("curve region");
    case RegionFormat::Graphics:
    case RegionFormat::None:
        break;
    }
    return Modality::tr("other region");
}

QString regionText(const dicom::UltrasoundRegion &region, base::ImagePoint point)
{
    QStringList values;
    const auto add = [&](std::optional<double> value, RegionUnit unit) {
        if (value)
            values << words::numberText(*value, 2) + QStringLiteral("\u00a0") + unitText(unit);
    };
    add(region.valueX(point), region.unitX);
    add(region.valueY(point), region.unitY);
    const QString name = regionName(region.format);
    return values.isEmpty() ? name : name + QStringLiteral(": ") + values.join(QStringLiteral("; "));
}

/// "2 up, 1.5 right": how far a mask is moved.
QString shiftText(double rows, double columns)
{
    QStringList parts;
    const auto amount = [](double value) { return words::numberText(std::abs(value), 2); };
    if (rows != 0)
        parts << (rows > 0 ? Modality::tr("%1 down") : Modality::tr("%1 up")).arg(amount(rows));
    if (columns != 0)
        parts << (columns > 0 ? Modality::tr("%1 right") : Modality::tr("%1 left")).arg(amount(columns));
    return parts.join(QStringLiteral(", "));
}

} // namespace

QStringList imageModalities()
{
    QStringList modalities;
    for (const char *code :
         {"CT", "MR", "CR", "DX", "MG", "US", "XA", "RF", "NM", "PT", "IO", "PX", "ES", "XC", "OP", "OT"})
        modalities << QLatin1String(code);
    return modalities;
}

QString phaseText(const session::ViewportState &state)
{
    const dicom::StackPhase &phase = state.phase;
    if (phase.count < 2)
        return {};
    const QLocale locale;
    const QString place =
        QStringLiteral("%1/%2").arg(locale.toString(phase.index + 1), locale.toString(phase.count));
    QStringList values;
    if (phase.bValue)
        values << QStringLiteral("b\u00a0") + words::numberText(*phase.bValue, 0);
    if (phase.echoTime)
        values << QStringLiteral("TE\u00a0") + words::numberText(*phase.echoTime, 1);
    if (values.isEmpty())
        return Modality::tr("Phase %1", "time, echo or kind of image: 3/20").arg(place);
    return values.join(QStringLiteral("  ")) + QStringLiteral(" (%1)").arg(place);
}

QString nuclearText(const dicom::NuclearPlace &place)
{
    const auto axisText = [](dicom::NuclearPlace::Axis axis) {
        using enum dicom::NuclearPlace::Axis;
        switch (axis) {
        case EnergyWindow:
            return Modality::tr("energy window %1", "nuclear medicine: 1/2");
        case Detector:
            return Modality::tr("detector %1", "nuclear medicine: 1/2");
        case Phase:
            return Modality::tr("phase %1", "nuclear medicine: 1/2");
        case Rotation:
            return Modality::tr("rotation %1", "nuclear medicine: 1/2");
        case RRInterval:
            return Modality::tr("R-R interval %1", "nuclear medicine: 1/2");
        case TimeSlot:
            return Modality::tr("time slot %1", "nuclear medicine: 1/16");
        case AngularView:
            return Modality::tr("view %1", "nuclear medicine: angular view 1/60");
        case TimeSlice:
            break;
        }
        return Modality::tr("time slice %1", "nuclear medicine: 1/5");
    };
    const QLocale locale;
    QStringList parts;
    for (const auto &step : place.steps) {
        QString part = axisText(step.axis).arg(
            QStringLiteral("%1/%2").arg(locale.toString(step.number), locale.toString(step.count)));
        if (!step.name.empty())
            part += QStringLiteral(" (%1)").arg(words::text(step.name));
        parts << part;
    }
    return parts.join(QStringLiteral(", "));
}

QString subtractionText(const session::ViewportState &state)
{
    const session::SubtractionState &subtraction = state.subtraction;
    if (!subtraction.wanted)
        return {};
    if (!subtraction.shown)
        return Modality::tr("Not subtracted: there is no mask for this image.");
    QStringList masks;
    for (const int mask : subtraction.masks)
        masks << QLocale().toString(mask);
    QString text = masks.size() == 1
                       ? Modality::tr("Subtracted, mask %1").arg(masks.front())
                       : Modality::tr("Subtracted, masks %1").arg(masks.join(QStringLiteral(", ")));
    const QString shift = shiftText(subtraction.shiftRows, subtraction.shiftColumns);
    if (!shift.isEmpty())
        text = Modality::tr("%1, moved %2", "subtracted, mask 1; 2 up, 1 right").arg(text, shift);
    return text;
}

QString missingSideText(const session::PictureFacts &facts)
{
    if (facts.modality != QLatin1String("MG"))
        return {};
    if (facts.laterality.isEmpty())
        return facts.viewPosition.isEmpty() ? Modality::tr("The image does not say its side and view.")
                                            : Modality::tr("The image does not say its side.");
    return facts.viewPosition.isEmpty() ? Modality::tr("The image does not say its view.") : QString();
}

QString colourTableName(imaging::ColourTable table)
{
    switch (table) {
    case imaging::ColourTable::Grey:
        return Modality::tr("Grey");
    case imaging::ColourTable::HotIron:
        return Modality::tr("Hot iron");
    case imaging::ColourTable::Pet:
        return Modality::tr("PET");
    case imaging::ColourTable::HotMetalBlue:
        return Modality::tr("Hot metal blue");
    case imaging::ColourTable::Pet20Step:
        return Modality::tr("PET, 20 steps");
    case imaging::ColourTable::Spring:
        return Modality::tr("Spring");
    case imaging::ColourTable::Summer:
        return Modality::tr("Summer");
    case imaging::ColourTable::Fall:
        return Modality::tr("Fall");
    case imaging::ColourTable::Winter:
        return Modality::tr("Winter");
    }
    return {};
}

QString probeText(const session::ViewportPresenter::Probe &probe)
{
    QString text = Modality::tr("column %1, row %2").arg(probe.column).arg(probe.row);
    if (probe.value) {
        text += QStringLiteral(":  ") + words::numberText(*probe.value, 2);
        if (!probe.unit.isEmpty())
            text += u' ' + probe.unit;
    } else if (probe.colour) {
        const QColor colour = QColor::fromRgb(*probe.colour);
        text += QStringLiteral(":  ") + Modality::tr("red %1, green %2, blue %3")
                                            .arg(colour.red())
                                            .arg(colour.green())
                                            .arg(colour.blue());
    }
    if (probe.region)
        text += QStringLiteral("  ") + regionText(*probe.region, probe.point);
    return text;
}

} // namespace negatoscope::ui
