#include "ArchiveSentences.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace negatoscope::ui {

namespace {

class Archives
{
    Q_DECLARE_TR_FUNCTIONS(Archives)
};

/// "0xA900", if an error text names a status.
QString statusIn(const base::Error &error)
{
    static const QRegularExpression pattern(QStringLiteral("\\b0x[0-9A-F]{4}\\b"));
    for (const base::Error *at = &error; at != nullptr; at = at->cause()) {
        const auto match = pattern.match(QString::fromStdString(at->text()));
        if (match.hasMatch())
            return match.captured(0);
    }
    return {};
}

QString refused(const base::Error &error, const QString &archive)
{
    const QString status = statusIn(error);
    if (status.isEmpty())
        return Archives::tr("%1 refused the request; ask its administrator.").arg(archive);
    return Archives::tr("%1 refused the request with status %2; ask its administrator.").arg(archive, status);
}

QString connectionSentence(base::ErrorCode code)
{
    using Code = base::ErrorCode;
    switch (code) {
    case Code::HostUnknown:
        return Archives::tr("The host of %1 is not known; check its name and the network.");
    case Code::ConnectionRefused:
        return Archives::tr(
            "%1 cannot be reached: nobody answers at its host and port; check both, and that it runs.");
    case Code::ConnectTimedOut:
        return Archives::tr(
            "%1 did not answer the connection in time; check its host, the network and the VPN.");
    case Code::ConnectionLost:
        return Archives::tr("The connection to %1 was lost; try again, what has arrived is kept.");
    case Code::TlsFailed:
        return Archives::tr(
            "No secure connection to %1: it offers no TLS 1.2 or 1.3 with strong ciphers at this "
            "port.");
    case Code::CertificateUntrusted:
        return Archives::tr(
            "The certificate of %1 comes from an authority that is not trusted here; check the "
            "authority in its settings.");
    case Code::CertificateExpired:
        return Archives::tr("The certificate of %1 has expired; its administrator must renew it.");
    case Code::CertificateNotYetValid:
        return Archives::tr("The certificate of %1 is not valid yet; check the clock of this computer.");
    case Code::CertificateOtherHost:
        return Archives::tr(
            "The certificate of %1 belongs to another host; check the host in its settings, and "
            "tell its administrator.");
    case Code::CertificateRevoked:
        return Archives::tr(
            "The certificate of %1 has been revoked; do not connect, and tell its administrator.");
    case Code::CertificateNotPinned:
        return Archives::tr(
            "The certificate of %1 is not the one that was agreed on; do not connect before its "
            "administrator has confirmed the change.");
    case Code::CertificateUnfit:
        return Archives::tr(
            "The certificate of %1 is too weak or not made for a server; its administrator must "
            "replace it.");
    case Code::OwnCertificateRefused:
        return Archives::tr(
            "%1 does not accept the certificate of this workstation, or wants one; check it in "
            "the settings of the archive.");
    case Code::CleartextForbidden:
        return Archives::tr("%1 is neither set to TLS nor allowed in clear text; nothing was sent.");
    default:
        return {};
    }
}

QString serviceSentence(base::ErrorCode code)
{
    using Code = base::ErrorCode;
    switch (code) {
    case Code::AssociationTimedOut:
        return Archives::tr(
            "%1 accepted the connection but did not negotiate in time; check its port and TLS.");
    case Code::AssociationRefused:
        return Archives::tr("%1 refused the association; ask its administrator whether this workstation may "
                            "connect.");
    case Code::CallingTitleUnknown:
        return Archives::tr(
            "%1 does not know the AE title of this workstation; its administrator must add it.");
    case Code::CalledTitleUnknown:
        return Archives::tr("%1 has another AE title than the one in its settings; correct it there.");
    case Code::ServiceNotOffered:
        return Archives::tr("%1 does not offer this service or does not take this kind of object.");
    case Code::AnswerTimedOut:
        return Archives::tr("%1 stopped answering; try again later.");
    case Code::ProtocolViolated:
        return Archives::tr("%1 answered in a way that is not DICOM; check its port.");
    case Code::ArchiveBusy:
        return Archives::tr("%1 is busy or out of resources; try again later.");
    case Code::DestinationUnknown:
        return Archives::tr(
            "%1 does not know where to send to: its administrator must add the AE title, host and "
            "port of this workstation.");
    default:
        return {};
    }
}

} // namespace

QString archiveSentence(const base::Error &error, const QString &archive)
{
    if (error.code() == base::ErrorCode::RequestRefused)
        return refused(error, archive);
    const QString connection = connectionSentence(error.code());
    const QString sentence = connection.isEmpty() ? serviceSentence(error.code()) : connection;
    return sentence.isEmpty() ? sentence : sentence.arg(archive);
}

} // namespace negatoscope::ui
