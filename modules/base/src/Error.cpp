#include <base/Error.h>

#include <array>
#include <utility>

namespace negatoscope::base {

namespace {

constexpr std::array kNames{
    std::pair{ErrorCode::Internal, std::string_view("internal")},
    std::pair{ErrorCode::BadArgument, std::string_view("badArgument")},
    std::pair{ErrorCode::Cancelled, std::string_view("cancelled")},
    std::pair{ErrorCode::NotFound, std::string_view("notFound")},
    std::pair{ErrorCode::CannotRead, std::string_view("cannotRead")},
    std::pair{ErrorCode::CannotWrite, std::string_view("cannotWrite")},
    std::pair{ErrorCode::DiskFull, std::string_view("diskFull")},
    std::pair{ErrorCode::NotDicom, std::string_view("notDicom")},
    std::pair{ErrorCode::Truncated, std::string_view("truncated")},
    std::pair{ErrorCode::Malformed, std::string_view("malformed")},
    std::pair{ErrorCode::LimitExceeded, std::string_view("limitExceeded")},
    std::pair{ErrorCode::MissingIdentity, std::string_view("missingIdentity")},
    std::pair{ErrorCode::InvalidIdentifier, std::string_view("invalidIdentifier")},
    std::pair{ErrorCode::UnsupportedTransferSyntax, std::string_view("unsupportedTransferSyntax")},
    std::pair{ErrorCode::UnsupportedPixelFormat, std::string_view("unsupportedPixelFormat")},
    std::pair{ErrorCode::NoPixelData, std::string_view("noPixelData")},
    std::pair{ErrorCode::CorruptPixelData, std::string_view("corruptPixelData")},
    std::pair{ErrorCode::WorkerDied, std::string_view("workerDied")},
    std::pair{ErrorCode::WorkerTimedOut, std::string_view("workerTimedOut")},
    std::pair{ErrorCode::WorkerUnavailable, std::string_view("workerUnavailable")},
    std::pair{ErrorCode::Quarantined, std::string_view("quarantined")},
    std::pair{ErrorCode::SandboxUnavailable, std::string_view("sandboxUnavailable")},
    std::pair{ErrorCode::IndexDamaged, std::string_view("indexDamaged")},
    std::pair{ErrorCode::HashMismatch, std::string_view("hashMismatch")},
    std::pair{ErrorCode::Conflict, std::string_view("conflict")},
    std::pair{ErrorCode::OtherVersion, std::string_view("otherVersion")},
    std::pair{ErrorCode::OtherPatient, std::string_view("otherPatient")},
    std::pair{ErrorCode::OtherStudy, std::string_view("otherStudy")},
    std::pair{ErrorCode::BurnedInIdentity, std::string_view("burnedInIdentity")},
    std::pair{ErrorCode::HostUnknown, std::string_view("hostUnknown")},
    std::pair{ErrorCode::ConnectionRefused, std::string_view("connectionRefused")},
    std::pair{ErrorCode::ConnectTimedOut, std::string_view("connectTimedOut")},
    std::pair{ErrorCode::ConnectionLost, std::string_view("connectionLost")},
    std::pair{ErrorCode::TlsFailed, std::string_view("tlsFailed")},
    std::pair{ErrorCode::CertificateUntrusted, std::string_view("certificateUntrusted")},
    std::pair{ErrorCode::CertificateExpired, std::string_view("certificateExpired")},
    std::pair{ErrorCode::CertificateNotYetValid, std::string_view("certificateNotYetValid")},
    std::pair{ErrorCode::CertificateOtherHost, std::string_view("certificateOtherHost")},
    std::pair{ErrorCode::CertificateRevoked, std::string_view("certificateRevoked")},
    std::pair{ErrorCode::CertificateNotPinned, std::string_view("certificateNotPinned")},
    std::pair{ErrorCode::CertificateUnfit, std::string_view("certificateUnfit")},
    std::pair{ErrorCode::OwnCertificateRefused, std::string_view("ownCertificateRefused")},
    std::pair{ErrorCode::CleartextForbidden, std::string_view("cleartextForbidden")},
    std::pair{ErrorCode::AssociationTimedOut, std::string_view("associationTimedOut")},
    std::pair{ErrorCode::AssociationRefused, std::string_view("associationRefused")},
    std::pair{ErrorCode::CallingTitleUnknown, std::string_view("callingTitleUnknown")},
    std::pair{ErrorCode::CalledTitleUnknown, std::string_view("calledTitleUnknown")},
    std::pair{ErrorCode::ServiceNotOffered, std::string_view("serviceNotOffered")},
    std::pair{ErrorCode::AnswerTimedOut, std::string_view("answerTimedOut")},
    std::pair{ErrorCode::ProtocolViolated, std::string_view("protocolViolated")},
    std::pair{ErrorCode::ArchiveBusy, std::string_view("archiveBusy")},
    std::pair{ErrorCode::DestinationUnknown, std::string_view("destinationUnknown")},
    std::pair{ErrorCode::RequestRefused, std::string_view("requestRefused")},
    std::pair{ErrorCode::RenderingUnavailable, std::string_view("renderingUnavailable")},
    std::pair{ErrorCode::Busy, std::string_view("busy")},
};

} // namespace

std::string_view nameOf(ErrorCode code)
{
    for (const auto &[candidate, name] : kNames)
        if (candidate == code)
            return name;
    return "internal";
}

ErrorCode errorCodeOf(std::string_view name)
{
    for (const auto &[code, candidate] : kNames)
        if (candidate == name)
            return code;
    return ErrorCode::Internal;
}

std::string Error::describe() const
{
    std::string result(nameOf(m_code));
    result += ": " + m_text;
    if (m_cause)
        result += " (because " + m_cause->describe() + ")";
    return result;
}

} // namespace negatoscope::base
