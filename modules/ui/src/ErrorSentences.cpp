#include <ui/ErrorSentences.h>

#include "ArchiveSentences.h"

#include <dicom/TransferSyntax.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

#include <optional>

namespace negatoscope::ui {

namespace {

class Errors
{
    Q_DECLARE_TR_FUNCTIONS(Errors)
};

/// The transfer syntax that an error text speaks of, if any; its UID stands for an unknown name.
std::optional<dicom::TransferSyntax> transferSyntaxIn(const base::Error &error)
{
    static const QRegularExpression uidPattern(QStringLiteral("\\b[0-2](?:\\.\\d+){4,}"));
    for (const base::Error *at = &error; at != nullptr; at = at->cause()) {
        const auto match = uidPattern.match(QString::fromStdString(at->text()));
        if (match.hasMatch())
            return dicom::TransferSyntax::of(match.captured(0).toStdString());
    }
    return std::nullopt;
}

QString unsupportedTransferSyntax(const base::Error &error)
{
    const auto syntax = transferSyntaxIn(error);
    if (!syntax)
        return Errors::tr(
            "The image is coded in a way that this version cannot show; open it with another viewer.");
    const QString name =
        syntax->name.empty()
            ? QString::fromStdString(syntax->uid)
            : QString::fromUtf8(syntax->name.data(), static_cast<qsizetype>(syntax->name.size()));
    if (syntax->coding == dicom::PixelCoding::Mpeg)
        return Errors::tr("This is a video coded as %1, which this version cannot play yet; open it with "
                          "another viewer.")
            .arg(name);
    return Errors::tr(
               "The image is coded as %1, which this version cannot show; open it with another viewer.")
        .arg(name);
}

/// The first attribute that an error text names, as "(gggg,eeee)", in DICOM's words.
QString identifierIn(const base::Error &error)
{
    static const std::pair<const char *, QString> kIdentifiers[] = {
        {"(0020,000d)", QStringLiteral("Study Instance UID")},
        {"(0020,000e)", QStringLiteral("Series Instance UID")},
        {"(0008,0018)", QStringLiteral("SOP Instance UID")},
        {"(0010,0010)", QStringLiteral("Patient Name")},
        {"(0010,0020)", QStringLiteral("Patient ID")},
        {"(0010,0021)", QStringLiteral("Issuer of Patient ID")},
        {"(0010,0030)", QStringLiteral("Patient Birth Date")},
    };
    const QString text = QString::fromStdString(error.text());
    for (const auto &[tag, name] : kIdentifiers)
        if (text.contains(QLatin1String(tag), Qt::CaseInsensitive))
            return name;
    return {};
}

QString missingIdentity(const base::Error &error)
{
    const QString name = identifierIn(error);
    if (name.isEmpty())
        return Errors::tr(
            "The file does not say which study, series or object it is, so it cannot be filed.");
    return Errors::tr("The file has no %1, so it cannot be filed.").arg(name);
}

QString invalidIdentifier(const base::Error &error)
{
    const QString name = identifierIn(error);
    if (name.isEmpty())
        return Errors::tr("An identifier of the file is not valid, so it cannot be filed.");
    static const QRegularExpression limitPattern(QStringLiteral("longer than (\\d+)"));
    const auto limit = limitPattern.match(QString::fromStdString(error.text()));
    if (limit.hasMatch())
        return Errors::tr(
                   "The %1 of the file is longer than %2 characters, which is not valid; the file cannot "
                   "be filed.")
            .arg(name, limit.captured(1));
    return Errors::tr("The %1 of the file is not made of digits and dots as it must be; the file cannot be "
                      "filed.")
        .arg(name);
}

/// What concerns files and their content.
QString fileSentence(base::ErrorCode code)
{
    using Code = base::ErrorCode;
    switch (code) {
    case Code::NotFound:
        return Errors::tr("It is no longer there; refresh the list or import it again.");
    case Code::CannotRead:
        return Errors::tr(
            "The file cannot be read; check that the medium is there and that you may read it.");
    case Code::CannotWrite:
        return Errors::tr("The local cache cannot be written; check the rights of its folder.");
    case Code::DiskFull:
        return Errors::tr("The disk is full; free some space and import again.");
    case Code::NotDicom:
        return Errors::tr("This is not a DICOM file.");
    case Code::Truncated:
        return Errors::tr(
            "The file ends too early: a part of it is missing; fetch it again from its source.");
    case Code::Malformed:
        return Errors::tr("The file does not keep to the DICOM standard and cannot be understood.");
    case Code::LimitExceeded:
        return Errors::tr("The file asks for more than the safety limits allow and was not opened.");
    case Code::Conflict:
        return Errors::tr("It contradicts what is known here and is not shown.");
    case Code::OtherVersion:
        return Errors::tr("It is another version of an image that is here: the one that came first is shown, "
                          "this one is kept aside.");
    case Code::OtherPatient:
        return Errors::tr("Its patient is not the one of its study: it is kept aside and not shown.");
    case Code::OtherStudy:
        return Errors::tr("Its series or image belongs to another study here: it is kept aside and not "
                          "shown.");
    case Code::HashMismatch:
        return Errors::tr(
            "The file has changed since it was imported and is not shown; import it again from its source.");
    case Code::IndexDamaged:
        return Errors::tr(
            "The index of the local cache is damaged; restart the program to rebuild it from the files.");
    default:
        return {};
    }
}

/// What concerns pixels and the programs that decode them.
QString pixelSentence(base::ErrorCode code)
{
    using Code = base::ErrorCode;
    switch (code) {
    case Code::UnsupportedPixelFormat:
        return Errors::tr(
            "The pixels are stored in a form that this version cannot show; open it with another viewer.");
    case Code::NoPixelData:
        return Errors::tr("This object has no image to show.");
    case Code::CorruptPixelData:
        return Errors::tr("The image is damaged and cannot be decoded; fetch it again from its source.");
    case Code::WorkerDied:
        return Errors::tr(
            "The decoder failed on this image and was restarted; the other images are not affected.");
    case Code::WorkerTimedOut:
        return Errors::tr("Decoding this image took too long and was stopped.");
    case Code::WorkerUnavailable:
        return Errors::tr("No decoder could be started; restart the program.");
    case Code::Quarantined:
        return Errors::tr("The decoder failed on this image twice; it is set aside and not tried again.");
    case Code::RenderingUnavailable:
        return Errors::tr(
            "Volumes cannot be drawn in 3D on this computer: OpenGL 3.2 is missing. Everything else works.");
    case Code::SandboxUnavailable:
        return Errors::tr(
            "The decoder's protection could not be set up on this system, so no file is opened.");
    default:
        return {};
    }
}

} // namespace

QString sentenceFor(const base::Error &error)
{
    using Code = base::ErrorCode;
    switch (error.code()) {
    case Code::Internal:
        return Errors::tr("Something went wrong inside the program; please report it with the log.");
    case Code::BadArgument:
        return Errors::tr("This request cannot be carried out as it was asked.");
    case Code::Cancelled:
        return Errors::tr("It was cancelled.");
    case Code::BurnedInIdentity:
        return Errors::tr("The pixels of this image may show a name; it does not leave as de-identified.");
    case Code::Busy:
        return Errors::tr("It is in use at the moment; close it elsewhere or try again later.");
    case Code::UnsupportedTransferSyntax:
        return unsupportedTransferSyntax(error);
    case Code::MissingIdentity:
        return missingIdentity(error);
    case Code::InvalidIdentifier:
        return invalidIdentifier(error);
    default:
        break;
    }
    for (const QString &sentence : {fileSentence(error.code()), pixelSentence(error.code())})
        if (!sentence.isEmpty())
            return sentence;
    QString sentence = archiveSentence(error, Errors::tr("the archive"));
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

QString sentenceFor(const base::Error &error, const QString &archive)
{
    const QString sentence = archiveSentence(error, archive);
    return sentence.isEmpty() ? sentenceFor(error) : sentence;
}

} // namespace negatoscope::ui
