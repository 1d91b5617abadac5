#include "TransferSentences.h"

#include <ui/ErrorSentences.h>
#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>

namespace negatoscope::ui::transferWords {

using session::Transfer;

namespace {

class Transfers
{
    Q_DECLARE_TR_FUNCTIONS(Transfers)
};

QString archiveOf(const Transfer &transfer)
{
    return words::text(transfer.study.archive);
}

QString errorSentence(const Transfer &transfer)
{
    using Code = base::ErrorCode;
    const QString archive = archiveOf(transfer);
    switch (transfer.error->code()) {
    case Code::NotFound:
        return Transfers::tr("%1 does not have this study any more.").arg(archive);
    case Code::BadArgument:
        return Transfers::tr("%1 is not set up on this workstation any more, or its settings cannot be used; "
                             "check the archives in the settings.")
            .arg(archive);
    default:
        return sentenceFor(*transfer.error, archive);
    }
}

QString missingSentence(const Transfer &transfer)
{
    const int missing = std::max(transfer.expected - transfer.here, 1);
    if (!transfer.error)
        return Transfers::tr("%1 says that it has sent everything, but %n image(s) of its own list did not "
                             "come; try again, else tell its administrator.",
                             nullptr, missing)
            .arg(archiveOf(transfer));
    return Transfers::tr("%n image(s) missing:", nullptr, missing) + u' ' + errorSentence(transfer);
}

} // namespace

QString patientOf(const Transfer &transfer)
{
    const QString name = words::text(transfer.study.patient.name.display());
    return name.isEmpty() ? Transfers::tr("no patient name") : name;
}

namespace {

/// "CT Thorax"; descriptions often begin with the modality.
QString examOf(const Transfer &transfer)
{
    const QString description = words::text(transfer.study.description);
    QStringList parts;
    for (const std::string &modality : transfer.study.modalities)
        if (const QString text = words::text(modality); !description.startsWith(text + u' '))
            parts << text;
    parts << description;
    parts.removeAll(QString());
    return parts.join(u' ');
}

} // namespace

QString studyOf(const Transfer &transfer)
{
    const QString date = words::dateText(words::text(transfer.study.studyDate));
    const QString what = examOf(transfer);
    return what.isEmpty() ? date : date.isEmpty() ? what : what + QStringLiteral(", ") + date;
}

QString amountOf(const Transfer &transfer)
{
    const QLocale locale;
    const int expected = transfer.expected > 0 ? transfer.expected : transfer.study.instances.value_or(0);
    if (expected > 0)
        return Transfers::tr("%1 of %2 images")
            .arg(locale.toString(std::min(transfer.here, expected)), locale.toString(expected));
    return transfer.here > 0 ? Transfers::tr("%n image(s) so far", nullptr, transfer.here) : QString();
}

QString speedOf(const Transfer &transfer)
{
    constexpr double kLeast = 100;
    if (transfer.bytesPerSecond < kLeast)
        return {};
    const double bytes = transfer.bytesPerSecond;
    return Transfers::tr("%1/s", "an amount of data per second")
        .arg(QLocale().formattedDataSize(static_cast<qint64>(bytes), bytes < 10e6 ? 1 : 0,
                                         QLocale::DataSizeTraditionalFormat));
}

QString leftOf(const Transfer &transfer)
{
    if (!transfer.secondsLeft)
        return {};
    constexpr int kMinute = 60, kHour = 3600;
    const int seconds = *transfer.secondsLeft;
    if (seconds < 2 * kMinute)
        return Transfers::tr("%n s left", nullptr, seconds);
    if (seconds < 2 * kHour)
        return Transfers::tr("%n min left", nullptr, (seconds + kMinute / 2) / kMinute);
    return Transfers::tr("%n h left", nullptr, (seconds + kHour / 2) / kHour);
}

QString stateOf(const Transfer &transfer)
{
    using State = Transfer::State;
    switch (transfer.state) {
    case State::Waiting:
        if (transfer.error && transfer.secondsToRetry)
            return errorSentence(transfer) + u' ' +
                   Transfers::tr("It is tried again in %n s.", nullptr, *transfer.secondsToRetry);
        return Transfers::tr("Waits for its turn.");
    case State::Running:
        return transfer.expected > 0 ? Transfers::tr("Arrives.")
                                     : Transfers::tr("Asks the archive what the study has.");
    case State::Paused:
        return Transfers::tr("Paused.");
    case State::Done:
        return Transfers::tr("Complete: every image that the archive lists is here.");
    case State::Incomplete:
        return missingSentence(transfer);
    case State::Failed:
        return transfer.error ? errorSentence(transfer) : Transfers::tr("It did not come.");
    }
    return {};
}

QString lineOf(const Transfer &transfer)
{
    const bool isMoving = transfer.state == Transfer::State::Running;
    QStringList parts{amountOf(transfer), speedOf(transfer), leftOf(transfer)};
    parts.removeAll(QString());
    QString tells = parts.join(QStringLiteral(", "));
    if (!isMoving || tells.isEmpty())
        tells += (tells.isEmpty() ? QString() : QStringLiteral(". ")) + stateOf(transfer);
    const QString exam = examOf(transfer);
    return Transfers::tr("%1 of %2: %3", "study of patient: how far it is")
        .arg(exam.isEmpty() ? studyOf(transfer) : exam, patientOf(transfer), tells);
}

} // namespace negatoscope::ui::transferWords
