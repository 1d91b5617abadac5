#include <ui/Words.h>

#include <dicom/PersonName.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>

#include <array>
#include <cmath>

namespace negatoscope::ui::words {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr std::array kPresetNames{
    QT_TRANSLATE_NOOP("Words", "Abdomen"),     QT_TRANSLATE_NOOP("Words", "Lung"),
    QT_TRANSLATE_NOOP("Words", "Mediastinum"), QT_TRANSLATE_NOOP("Words", "Bone"),
    QT_TRANSLATE_NOOP("Words", "Brain"),       QT_TRANSLATE_NOOP("Words", "Stroke"),
    QT_TRANSLATE_NOOP("Words", "Subdural"),    QT_TRANSLATE_NOOP("Words", "Liver"),
    QT_TRANSLATE_NOOP("Words", "Angiography"),
};

QString ageInYears(int n)
{
    return Words::tr("%n year(s)", nullptr, n);
}
QString ageInMonths(int n)
{
    return Words::tr("%n month(s)", nullptr, n);
}
QString ageInDays(int n)
{
    return Words::tr("%n day(s)", nullptr, n);
}

/// The name of a defined term of Lossy Image Compression Method (0028,2114); names stand as they are.
QString methodText(const QString &method)
{
    if (method == QLatin1String("ISO_10918_1"))
        return QStringLiteral("JPEG");
    if (method == QLatin1String("ISO_14495_1"))
        return QStringLiteral("JPEG-LS");
    if (method == QLatin1String("ISO_15444_1"))
        return QStringLiteral("JPEG 2000");
    if (method == QLatin1String("ISO_13818_2"))
        return QStringLiteral("MPEG-2");
    if (method == QLatin1String("ISO_14496_10"))
        return QStringLiteral("H.264");
    if (method == QLatin1String("ISO_23008_2"))
        return QStringLiteral("H.265");
    return method;
}

/// Up to `decimals` places, without trailing zeros.
QString shortNumber(double value, int decimals)
{
    QString text = QLocale().toString(value, 'f', decimals);
    const QString point = QLocale().decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(QLocale().zeroDigit()))
            text.chop(1);
        if (text.endsWith(point))
            text.chop(point.size());
    }
    return text;
}

QString millimetres(double mm)
{
    return shortNumber(mm, 1);
}

} // namespace

QString text(const std::string &value)
{
    return QString::fromStdString(dicom::visibleText(value));
}

QDate date(const QString &da)
{
    const QString value = da.trimmed();
    if (value.size() == 10 && value[4] == u'.') // ACR-NEMA
        return QDate::fromString(value, QStringLiteral("yyyy.MM.dd"));
    return QDate::fromString(value.left(8), QStringLiteral("yyyyMMdd"));
}

QTime time(const QString &tm)
{
    QString digits = tm.trimmed().section(u'.', 0, 0);
    digits.remove(u':');
    if (digits.size() >= 6)
        return QTime::fromString(digits.left(6), QStringLiteral("HHmmss"));
    return QTime::fromString(digits.left(4), QStringLiteral("HHmm"));
}

QString dateText(const QDate &date)
{
    if (!date.isValid())
        return {};
    QString format = QLocale().dateFormat(QLocale::ShortFormat);
    if (!format.contains(QLatin1String("yyyy")))
        format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    return QLocale().toString(date, format);
}

QString dateText(const QString &da)
{
    const QDate value = date(da);
    return value.isValid() ? dateText(value) : da.trimmed();
}

QString dateTimeText(const QString &da, const QString &tm)
{
    const QTime clock = time(tm);
    const QString day = dateText(da);
    if (!clock.isValid() || day.isEmpty())
        return day;
    return QStringLiteral("%1 %2").arg(day, clock.toString(QStringLiteral("HH:mm")));
}

QString ageText(const QString &as)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*0*(\\d{1,3})([DWMY])\\s*$"));
    const auto match = pattern.match(as);
    if (!match.hasMatch())
        return as.trimmed();
    const int n = match.captured(1).toInt();
    switch (match.captured(2).front().unicode()) {
    case u'D':
        return ageInDays(n);
    case u'W':
        return Words::tr("%n week(s)", nullptr, n);
    case u'M':
        return ageInMonths(n);
    default:
        return ageInYears(n);
    }
}

QString ageText(const QDate &birth, const QDate &at)
{
    if (!birth.isValid() || !at.isValid() || birth > at)
        return {};
    int months = (at.year() - birth.year()) * 12 + at.month() - birth.month();
    if (at.day() < birth.day())
        --months;
    if (months >= 24)
        return ageInYears(months / 12);
    return months >= 2 ? ageInMonths(months) : ageInDays(static_cast<int>(birth.daysTo(at)));
}

QString sexText(const QString &cs)
{
    const QString value = cs.trimmed();
    if (value == QLatin1String("M"))
        return Words::tr("M", "sex: male");
    if (value == QLatin1String("F"))
        return Words::tr("F", "sex: female");
    if (value == QLatin1String("O"))
        return Words::tr("O", "sex: other");
    return value;
}

QString lateralityText(const QString &cs)
{
    const QString value = cs.trimmed();
    if (value == QLatin1String("R"))
        return Words::tr("right", "laterality");
    if (value == QLatin1String("L"))
        return Words::tr("left", "laterality");
    if (value == QLatin1String("B"))
        return Words::tr("both sides", "laterality");
    return value;
}

QString patientIdText(const QString &id, const QString &issuer)
{
    if (id.trimmed().isEmpty())
        return Words::tr("no patient ID");
    return issuer.trimmed().isEmpty() ? Words::tr("ID %1").arg(id) : Words::tr("ID %1 (%2)").arg(id, issuer);
}

QString imagesText(int count)
{
    return Words::tr("%n image(s)", nullptr, count);
}

QString completenessText(cache::Completeness completeness, int instances, std::optional<int> expected)
{
    switch (completeness) {
    case cache::Completeness::Complete:
        return Words::tr("complete");
    case cache::Completeness::Incomplete:
        if (expected)
            return Words::tr("INCOMPLETE: %1 of %2 images")
                .arg(QLocale().toString(instances), QLocale().toString(*expected));
        return Words::tr("INCOMPLETE");
    case cache::Completeness::Unknown:
        break;
    }
    return Words::tr("completeness unknown");
}

QString lossyText(const session::PictureFacts &facts)
{
    if (!facts.lossy)
        return {};
    const QString method =
        methodText(facts.lossyMethod.isEmpty() ? facts.transferSyntaxName : facts.lossyMethod);
    if (facts.lossyRatio && *facts.lossyRatio > 0) {
        const QString ratio = shortNumber(*facts.lossyRatio, *facts.lossyRatio < 10 ? 1 : 0);
        return method.isEmpty() ? Words::tr("lossy %1:1").arg(ratio)
                                : Words::tr("lossy %1:1, %2").arg(ratio, method);
    }
    return method.isEmpty() ? Words::tr("lossy, ratio unknown") : Words::tr("lossy, %1").arg(method);
}

QString presetName(const QString &name)
{
    for (const char *known : kPresetNames) {
        if (name == QLatin1String(known))
            return Words::tr(known);
    }
    return name;
}

QString windowText(const imaging::Window &window)
{
    // Three digits of narrow windows: parametric maps and PET may span a thousandth.
    const double width = std::abs(window.width);
    const int decimals = width >= 50 || !(width > 0) ? 0
                         : width >= 10               ? 1
                                       : std::min(2 - static_cast<int>(std::floor(std::log10(width))), 9);
    return Words::tr("W %1  L %2", "window width and level")
        .arg(shortNumber(window.width, decimals), shortNumber(window.center, decimals));
}

QString lengthText(double mm, dicom::SpacingSource source)
{
    const QString length = mm >= 10 ? Words::tr("%1 cm").arg(shortNumber(mm / 10, 1))
                                    : Words::tr("%1 mm").arg(shortNumber(mm, 2));
    switch (source) {
    case dicom::SpacingSource::Detector:
        return Words::tr("%1 at detector").arg(length);
    case dicom::SpacingSource::Calibrated:
        return Words::tr("%1 calibrated").arg(length);
    case dicom::SpacingSource::NominalScanned:
        return Words::tr("%1 on film").arg(length);
    case dicom::SpacingSource::Patient:
    case dicom::SpacingSource::Region:
    case dicom::SpacingSource::None:
    case dicom::SpacingSource::AspectOnly:
        break;
    }
    return length;
}

QString numberText(double value, int decimals)
{
    return shortNumber(value, decimals);
}

QString findingSentence(const dicom::GeometryFinding &finding)
{
    using Code = dicom::GeometryFinding::Code;
    switch (finding.code) {
    case Code::MissingSlices:
        return Words::tr("%n slice(s) are missing between %1 and %2 mm.", nullptr, finding.count)
            .arg(millimetres(finding.fromMm), millimetres(finding.toMm));
    case Code::UnevenSpacing:
        return Words::tr("Slices are unevenly spaced, from %1 to %2 mm.")
            .arg(shortNumber(finding.fromMm, 2), shortNumber(finding.toMm, 2));
    case Code::DuplicatePositions:
        return Words::tr("%n slice position(s) are there more than once.", nullptr, finding.count);
    case Code::GantryTilt:
        return Words::tr("The gantry was tilted by %1 degrees.").arg(millimetres(finding.fromMm));
    case Code::MixedOrientations:
        return Words::tr("The series holds slices of %n orientation(s).", nullptr, finding.count);
    case Code::MixedSizes:
        return Words::tr("The series holds pictures of %n size(s).", nullptr, finding.count);
    case Code::NoGeometry:
        return Words::tr("Slice positions are unknown: the order is that of the image numbers.");
    case Code::SeveralVolumes:
        return Words::tr("The series holds %n volume(s), one after the other.", nullptr, finding.count);
    }
    return {};
}

} // namespace negatoscope::ui::words
