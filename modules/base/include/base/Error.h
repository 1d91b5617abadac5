#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace negatoscope::base {

/// What went wrong. The names are stable: scripts read them (docs/cli.md), ui/ErrorSentences has the words.
enum class ErrorCode {
    Internal,
    BadArgument,
    Cancelled,
    NotFound,
    CannotRead,
    CannotWrite,
    DiskFull,
    NotDicom,
    Truncated,
    Malformed,
    LimitExceeded,
    MissingIdentity,   ///< no Study, Series or SOP Instance UID
    InvalidIdentifier, ///< one that is no UID, or longer than any text may be
    UnsupportedTransferSyntax,
    UnsupportedPixelFormat,
    NoPixelData,
    CorruptPixelData,
    WorkerDied,
    WorkerTimedOut,
    WorkerUnavailable,
    Quarantined,
    SandboxUnavailable,
    IndexDamaged,
    HashMismatch,
    Conflict,
    OtherVersion,      ///< kept aside: another content of an instance that is here
    OtherPatient,      ///< kept aside: its patient is not its study's
    OtherStudy,        ///< kept aside: its series or instance belongs to another study
    BurnedInIdentity,  ///< the pixels may name the patient
    HostUnknown,       ///< of an archive: its name leads to no address
    ConnectionRefused, ///< nobody listens there, or no way leads there
    ConnectTimedOut,
    ConnectionLost,
    TlsFailed,            ///< no common version, or the other side does not speak TLS
    CertificateUntrusted, ///< of no authority that is known here
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOtherHost,
    CertificateRevoked,
    CertificateNotPinned,  ///< another one than the one that was agreed on
    CertificateUnfit,      ///< too weak, or not made for this
    OwnCertificateRefused, ///< the archive does not take ours, or wants one
    CleartextForbidden,
    AssociationTimedOut,
    AssociationRefused,
    CallingTitleUnknown, ///< the archive does not know our AE title
    CalledTitleUnknown,  ///< the archive has another AE title
    ServiceNotOffered,   ///< no presentation context accepted
    AnswerTimedOut,
    ProtocolViolated,
    ArchiveBusy,          ///< out of resources, congested
    DestinationUnknown,   ///< of C-MOVE
    RequestRefused,       ///< any other failure status
    RenderingUnavailable, ///< no OpenGL, or no library, to draw volumes with
    Busy,
};

/// Stable lower-camel name of a code, e.g. "unsupportedTransferSyntax".
std::string_view nameOf(ErrorCode code);

/// The code of a stable name; Internal for an unknown one.
ErrorCode errorCodeOf(std::string_view name);

/// An error as a value: a code for programs, a text for developers, the error that caused it.
///
/// The text never holds patient data: no name, identifier, date of birth or free text from a file.
class Error
{
public:
    Error(ErrorCode code, std::string text) : m_code(code), m_text(std::move(text)) {}
    Error(ErrorCode code, std::string text, Error cause)
        : m_code(code),
          m_text(std::move(text)),
          m_cause(std::make_shared<const Error>(std::move(cause)))
    {}

    ErrorCode code() const { return m_code; }
    const std::string &text() const { return m_text; }
    const Error *cause() const { return m_cause.get(); }

    /// "code: text (because code: text)" for logs.
    std::string describe() const;

    /// Same code and text; the cause is not compared.
    friend bool operator==(const Error &a, const Error &b)
    {
        return a.m_code == b.m_code && a.m_text == b.m_text;
    }

private:
    ErrorCode m_code;
    std::string m_text;
    std::shared_ptr<const Error> m_cause;
};

} // namespace negatoscope::base
