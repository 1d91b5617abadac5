#pragma once

#include <base/Result.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::archive {

/// The types of the protocol data units of the upper layer, PS3.8 9.3.
enum class PduType : std::uint8_t {
    AssociateRequest = 1,
    AssociateAccept = 2,
    AssociateReject = 3,
    Data = 4,
    ReleaseRequest = 5,
    ReleaseReply = 6,
    Abort = 7,
};

inline constexpr std::size_t kPduHeader = 6;
/// What we take in one unit; more is refused before it is read (docs/safety.md S14).
inline constexpr std::uint32_t kLargestPdu = 256U << 10U;
inline constexpr std::uint32_t kLargestAssociatePdu = 1U << 20U;

/// A presentation context as proposed, or as answered: then with the one syntax accepted, if it was.
struct PresentationContext
{
    std::uint8_t id = 0; ///< odd
    std::string abstractSyntax;
    std::vector<std::string> transferSyntaxes;
    std::uint8_t result = 0; ///< of an answer: 0 accepted

    bool operator==(const PresentationContext &) const = default;
};

/// Which roles the requester of the association may take for a SOP class, PS3.7 D.3.3.4.
struct RoleSelection
{
    std::string sopClass;
    bool scu = false, scp = false;

    bool operator==(const RoleSelection &) const = default;
};

/// A-ASSOCIATE-RQ and -AC.
struct AssociatePdu
{
    PduType type = PduType::AssociateRequest;
    std::string calledTitle, callingTitle;
    std::vector<PresentationContext> contexts;
    std::vector<RoleSelection> roles;
    std::uint32_t largestPdu = 0; ///< what the sender takes; 0: anything
    std::string implementationClass, implementationVersion;

    bool operator==(const AssociatePdu &) const = default;
};

struct RejectPdu
{
    std::uint8_t result = 1, source = 1, reason = 1;
};

/// One presentation data value: a fragment of a command or of a data set.
struct Fragment
{
    std::uint8_t context = 0;
    bool isCommand = false, isLast = false;
    std::span<const std::uint8_t> bytes;
};

std::string encode(const AssociatePdu &pdu);
std::string encode(const RejectPdu &pdu);
std::string encodeRelease(PduType type);
std::string encodeAbort(std::uint8_t source, std::uint8_t reason);
/// The header of a P-DATA-TF with one fragment of `size` bytes: its bytes follow.
std::string encodeFragmentHeader(std::uint8_t context, bool isCommand, bool isLast, std::uint32_t size);

/// Bodies, without the header. Errors: ProtocolViolated.
base::Result<AssociatePdu> decodeAssociate(PduType type, std::span<const std::uint8_t> body);
base::Result<RejectPdu> decodeReject(std::span<const std::uint8_t> body);
/// The next fragment of a P-DATA-TF; takes its bytes from `body`.
base::Result<Fragment> takeFragment(std::span<const std::uint8_t> &body);

/// The error of a rejected association.
base::Error errorOf(const RejectPdu &reject);

} // namespace negatoscope::archive
