#include "Output.h"

#include <ui/ErrorSentences.h>

#include <QtCore/QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace negatoscope::app {

void Output::json(const QJsonObject &object) const
{
    write(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

void Output::progress(const QString &text) const
{
    if (!quiet && isatty(STDERR_FILENO))
        complain("\r\x1b[K" + text.toUtf8());
}

int Output::fail(const base::Error &error) const
{
    return fail(error, {});
}

int Output::fail(const base::Error &error, const QString &archive) const
{
    using base::ErrorCode;
    progress({});
    // A wrong call is answered in the words of the command line; everything else in the program's sentences.
    warn(error.code() == ErrorCode::BadArgument ? QString::fromStdString(error.text())
         : archive.isEmpty()                    ? ui::sentenceFor(error)
                                                : ui::sentenceFor(error, archive));
    return exitCodeFor(error.code());
}

ExitCode exitCodeFor(base::ErrorCode code)
{
    using base::ErrorCode;
    switch (code) {
    case ErrorCode::BadArgument:
        return WrongUsage;
    case ErrorCode::Busy:
    case ErrorCode::CannotRead:
    case ErrorCode::CannotWrite:
    case ErrorCode::DiskFull:
    case ErrorCode::IndexDamaged:
    case ErrorCode::Internal:
    case ErrorCode::RenderingUnavailable:
    case ErrorCode::SandboxUnavailable:
    case ErrorCode::WorkerUnavailable:
    // The archive, and the way to it.
    case ErrorCode::HostUnknown:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimedOut:
    case ErrorCode::ConnectionLost:
    case ErrorCode::TlsFailed:
    case ErrorCode::CertificateUntrusted:
    case ErrorCode::CertificateExpired:
    case ErrorCode::CertificateNotYetValid:
    case ErrorCode::CertificateOtherHost:
    case ErrorCode::CertificateRevoked:
    case ErrorCode::CertificateNotPinned:
    case ErrorCode::CertificateUnfit:
    case ErrorCode::OwnCertificateRefused:
    case ErrorCode::CleartextForbidden:
    case ErrorCode::AssociationTimedOut:
    case ErrorCode::AssociationRefused:
    case ErrorCode::CallingTitleUnknown:
    case ErrorCode::CalledTitleUnknown:
    case ErrorCode::ServiceNotOffered:
    case ErrorCode::AnswerTimedOut:
    case ErrorCode::ProtocolViolated:
    case ErrorCode::ArchiveBusy:
    case ErrorCode::DestinationUnknown:
    case ErrorCode::RequestRefused:
        return SurroundingsFailed;
    default:
        return Partly;
    }
}

Output Output::terminal(bool quiet)
{
    Output output;
    output.quiet = quiet;
    output.write = [](const QByteArray &bytes) {
        std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
        std::fflush(stdout);
    };
    output.complain = [](const QByteArray &bytes) {
        std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stderr);
    };
    return output;
}

} // namespace negatoscope::app
