#include "Association.h"

#include "ByteOrder.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::size_t kMostCommand = 64U << 10U;
constexpr std::uint32_t kSmallestPdu = 256;
constexpr std::chrono::milliseconds kLeaveTaking{300};
constexpr std::uint8_t kUser = 0, kProvider = 2;
constexpr std::uint8_t kAccepted = 0, kUnknownAbstractSyntax = 3, kUnknownTransferSyntaxes = 4;

base::Error inAssociation(const base::Error &error)
{
    return error.code() == ErrorCode::AnswerTimedOut
               ? base::Error(ErrorCode::AssociationTimedOut, "association: no answer within the limit")
               : error;
}

/// What fits a unit beside the head of its fragment; fragments are of even length (PS3.8 annex E).
std::uint32_t largestFragment(std::uint32_t largestPdu)
{
    const std::uint32_t pdu =
        largestPdu == 0 ? kLargestPdu : std::clamp(largestPdu, kSmallestPdu, kLargestPdu);
    return (pdu - kPduHeader) & ~1U;
}

std::span<const std::uint8_t> bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

} // namespace

Association::Association(std::unique_ptr<Connection> connection, const Limits &limits)
    : m_connection(std::move(connection)),
      m_limits(limits)
{}

Association::~Association()
{
    abort();
}

base::Status Association::fill(std::size_t count, Deadline deadline)
{
    if (m_unit.size() < count)
        m_unit.resize(count);
    while (m_have < count) {
        TRY(const std::size_t got,
            m_connection->read(std::span(m_unit).subspan(m_have, count - m_have), deadline));
        m_have += got;
    }
    return {};
}

/// Reads a whole unit; its body is m_unit after the header.
base::Result<PduType> Association::readPdu(Deadline deadline)
{
    TRY_DO(fill(kPduHeader, deadline));
    const auto type = static_cast<PduType>(m_unit[0]);
    const std::uint32_t length = read32(&m_unit[2]);
    const bool associates = type == PduType::AssociateRequest || type == PduType::AssociateAccept;
    if (m_unit[0] < 1 || m_unit[0] > 7)
        return failure(ErrorCode::ProtocolViolated, "not a unit of DICOM's upper layer");
    if (length > (associates ? kLargestAssociatePdu : kLargestPdu))
        return failure(ErrorCode::ProtocolViolated, "a unit longer than was agreed on");
    TRY_DO(fill(kPduHeader + length, deadline));
    m_have = 0;
    m_rest = std::span(m_unit).subspan(kPduHeader, length);
    return type;
}

base::Status Association::writeText(std::string_view bytes)
{
    return m_connection->write(bytesOf(bytes), idleDeadline());
}

base::Result<std::unique_ptr<Association>> Association::request(std::unique_ptr<Connection> connection,
                                                                AssociatePdu proposal, const Limits &limits)
{
    std::unique_ptr<Association> made(new Association(std::move(connection), limits));
    const Deadline deadline = Clock::now() + limits.association;
    proposal.type = PduType::AssociateRequest;
    proposal.largestPdu = kLargestPdu;
    proposal.implementationClass = kImplementationClass;
    proposal.implementationVersion = kImplementationVersion;
    if (const auto sent = made->m_connection->write(bytesOf(encode(proposal)), deadline); !sent)
        return failure(inAssociation(sent.error()));
    const auto type = made->readPdu(deadline);
    if (!type)
        return failure(inAssociation(type.error()));
    if (*type == PduType::AssociateReject) {
        TRY(const RejectPdu reject, decodeReject(made->m_rest));
        return failure(errorOf(reject));
    }
    if (*type == PduType::Abort)
        return failure(ErrorCode::AssociationRefused, "association: aborted by the other side");
    if (*type != PduType::AssociateAccept)
        return failure(ErrorCode::ProtocolViolated, "association: an answer that is none");
    TRY(AssociatePdu answer, decodeAssociate(*type, std::exchange(made->m_rest, {})));
    made->m_open = true;
    made->m_peerImplementation = answer.implementationVersion;
    made->m_largestFragment = largestFragment(answer.largestPdu);
    for (PresentationContext &context : answer.contexts) {
        const auto proposed =
            std::find_if(proposal.contexts.begin(), proposal.contexts.end(),
                         [&](const PresentationContext &one) { return one.id == context.id; });
        if (context.result != kAccepted || proposed == proposal.contexts.end() ||
            context.transferSyntaxes.size() != 1)
            continue;
        const auto &offered = proposed->transferSyntaxes;
        if (std::find(offered.begin(), offered.end(), context.transferSyntaxes.front()) == offered.end())
            return failure(ErrorCode::ProtocolViolated, "association: a syntax that was not proposed");
        context.abstractSyntax = proposed->abstractSyntax;
        made->m_contexts.push_back(std::move(context));
    }
    return made;
}

base::Result<std::unique_ptr<Association>> Association::accept(std::unique_ptr<Connection> connection,
                                                               const Terms &terms, const Limits &limits)
{
    std::unique_ptr<Association> made(new Association(std::move(connection), limits));
    const Deadline deadline = Clock::now() + limits.association;
    const auto type = made->readPdu(deadline);
    if (!type)
        return failure(inAssociation(type.error()));
    if (*type != PduType::AssociateRequest)
        return failure(ErrorCode::ProtocolViolated, "association: a request that is none");
    TRY(AssociatePdu asked, decodeAssociate(*type, std::exchange(made->m_rest, {})));
    const auto refuse = [&](std::uint8_t reason, const char *why) {
        (void)made->writeText(encode(RejectPdu{1, 1, reason}));
        return failure(ErrorCode::AssociationRefused, why);
    };
    if (asked.calledTitle != terms.calledTitle)
        return refuse(7, "association: it calls for somebody else");
    if (!terms.callingTitles.empty() && !terms.callingTitles.contains(asked.callingTitle))
        return refuse(3, "association: a caller that is not expected");
    AssociatePdu answer = asked;
    answer.type = PduType::AssociateAccept;
    answer.largestPdu = kLargestPdu;
    answer.implementationClass = kImplementationClass;
    answer.implementationVersion = kImplementationVersion;
    answer.roles.clear();
    for (const RoleSelection &role : asked.roles)
        answer.roles.push_back({role.sopClass, role.scu, role.scp});
    for (PresentationContext &context : answer.contexts) {
        const auto readable = std::find_if(context.transferSyntaxes.begin(), context.transferSyntaxes.end(),
                                           [&](const std::string &one) { return terms.reads(one); });
        const bool isTaken = terms.takes(context.abstractSyntax);
        const bool isReadable = readable != context.transferSyntaxes.end();
        context.result = !isTaken     ? kUnknownAbstractSyntax
                         : isReadable ? kAccepted
                                      : kUnknownTransferSyntaxes;
        context.transferSyntaxes = {isReadable ? *readable : "1.2.840.10008.1.2"};
        if (context.result == kAccepted)
            made->m_contexts.push_back(context);
    }
    made->m_peerImplementation = asked.implementationVersion;
    made->m_largestFragment = largestFragment(asked.largestPdu);
    TRY_DO(made->writeText(encode(answer)));
    made->m_open = true;
    return made;
}

const PresentationContext *Association::find(std::string_view sopClass, std::string_view transferSyntax) const
{
    for (const PresentationContext &context : m_contexts)
        if (context.abstractSyntax == sopClass &&
            (transferSyntax.empty() || context.transferSyntaxes.front() == transferSyntax))
            return &context;
    return nullptr;
}

const PresentationContext *Association::context(std::uint8_t id) const
{
    for (const PresentationContext &context : m_contexts)
        if (context.id == id)
            return &context;
    return nullptr;
}

base::Status Association::sendFragments(std::uint8_t context, bool isCommand, std::string_view bytes,
                                        bool isEnd)
{
    std::string out;
    do {
        const std::string_view piece = bytes.substr(0, m_largestFragment);
        bytes.remove_prefix(piece.size());
        out += encodeFragmentHeader(context, isCommand, isEnd && bytes.empty(),
                                    static_cast<std::uint32_t>(piece.size()));
        out += piece;
    } while (!bytes.empty());
    return writeText(out);
}

base::Status Association::send(std::uint8_t context, CommandSet command, const std::string *dataSet)
{
    command.setHasData(dataSet != nullptr);
    TRY_DO(sendFragments(context, true, command.encode(), true));
    if (dataSet)
        TRY_DO(sendFragments(context, false, *dataSet, true));
    return {};
}

base::Status Association::sendFile(std::uint8_t context, CommandSet command, int descriptor,
                                   std::uint64_t offset)
{
    command.setHasData(true);
    TRY_DO(sendFragments(context, true, command.encode(), true));
    // One piece is kept back: the last one has to say that it is.
    std::string held, next(m_largestFragment, '\0');
    bool hasHeld = false;
    while (true) {
        std::size_t have = 0;
        while (have < m_largestFragment) {
            const ssize_t got = ::pread(descriptor, next.data() + have, m_largestFragment - have,
                                        static_cast<off_t>(offset + have));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return failure(ErrorCode::CannotRead, "the file that is sent");
            if (got == 0)
                break;
            have += static_cast<std::size_t>(got);
        }
        offset += have;
        if (have == 0)
            return sendFragments(context, false, held, true);
        if (hasHeld)
            TRY_DO(sendFragments(context, false, held, false));
        held.assign(next, 0, have);
        hasHeld = true;
    }
}

base::Error Association::aborted() const
{
    const bool byProvider = m_rest.size() >= 4 && m_rest[2] == kProvider;
    return {ErrorCode::ConnectionLost,
            byProvider ? "the other side aborted: it did not understand us" : "the other side aborted"};
}

/// Reads units until one has fragments.
base::Status Association::readUnit(Deadline deadline, bool &released)
{
    TRY(const PduType type, readPdu(deadline));
    switch (type) {
    case PduType::Data:
        return {};
    case PduType::ReleaseRequest:
        (void)writeText(encodeRelease(PduType::ReleaseReply));
        m_open = false;
        released = true;
        return {};
    case PduType::Abort:
        m_open = false;
        return failure(aborted());
    default:
        return failure(ErrorCode::ProtocolViolated, "a unit out of order");
    }
}

base::Status Association::nextFragment(Deadline deadline, bool &released)
{
    if (m_hasFragment)
        return {};
    while (m_rest.empty()) {
        TRY_DO(readUnit(deadline, released));
        if (released)
            return {};
    }
    TRY(m_fragment, takeFragment(m_rest));
    m_hasFragment = true;
    return {};
}

base::Result<std::optional<Message>> Association::receive()
{
    return receive(idleDeadline());
}

base::Result<std::optional<Message>> Association::receive(Deadline deadline)
{
    std::vector<std::uint8_t> bytes;
    while (true) {
        bool released = false;
        TRY_DO(nextFragment(deadline, released));
        if (released)
            return std::nullopt;
        if (!m_fragment.isCommand)
            return failure(ErrorCode::ProtocolViolated, "a data set that no command announced");
        if (bytes.size() + m_fragment.bytes.size() > kMostCommand)
            return failure(ErrorCode::ProtocolViolated, "a command that does not end");
        bytes.insert(bytes.end(), m_fragment.bytes.begin(), m_fragment.bytes.end());
        m_hasFragment = false;
        if (!m_fragment.isLast)
            continue;
        TRY(CommandSet command, CommandSet::decode(bytes));
        return Message{m_fragment.context, std::move(command)};
    }
}

base::Status Association::receiveData(const Sink &sink)
{
    while (true) {
        bool released = false;
        TRY_DO(nextFragment(idleDeadline(), released));
        if (released)
            return failure(ErrorCode::ConnectionLost, "the other side left within a data set");
        if (m_fragment.isCommand)
            return failure(ErrorCode::ProtocolViolated, "a command within a data set");
        TRY_DO(sink(m_fragment.bytes));
        m_hasFragment = false;
        if (m_fragment.isLast)
            return {};
    }
}

base::Result<std::vector<std::uint8_t>> Association::receiveData(std::size_t most)
{
    std::vector<std::uint8_t> bytes;
    TRY_DO(receiveData([&](std::span<const std::uint8_t> piece) -> base::Status {
        if (bytes.size() + piece.size() > most)
            return failure(ErrorCode::LimitExceeded, "an answer longer than any may be");
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        return {};
    }));
    return bytes;
}

void Association::cancel(std::uint8_t context, std::uint16_t messageId)
{
    m_connection->ignoreStop();
    const Deadline deadline = Clock::now() + kLeaveTaking;
    const CommandSet command(Command::CancelRequest, messageId);
    const std::string bytes = command.encode();
    if (!m_open ||
        !m_connection->write(
            bytesOf(encodeFragmentHeader(context, true, true, static_cast<std::uint32_t>(bytes.size())) +
                    bytes),
            deadline))
        return abort();
    while (m_open && Clock::now() < deadline) {
        if (!m_hasFragment && m_rest.empty()) {
            bool released = false;
            if (!readUnit(deadline, released) || released)
                break;
            continue;
        }
        m_hasFragment = false;
        const auto fragment = takeFragment(m_rest);
        const auto reply = fragment && fragment->isCommand ? CommandSet::decode(fragment->bytes)
                                                           : failure(ErrorCode::NotFound, "no command");
        if (!fragment)
            break;
        if (reply && reply->number(command::MessageIdReplied) == messageId && !isPending(reply->status()))
            return release();
    }
    abort();
}

void Association::release()
{
    if (!m_open)
        return;
    m_connection->ignoreStop();
    const Deadline deadline = Clock::now() + kLeaveTaking;
    if (m_connection->write(bytesOf(encodeRelease(PduType::ReleaseRequest)), deadline)) {
        m_rest = {};
        // Whatever comes now is nobody's business any more; only the reply is waited for.
        for (auto type = readPdu(deadline); type && *type == PduType::Data; type = readPdu(deadline))
            continue;
    }
    m_open = false;
}

void Association::abort()
{
    if (!m_open)
        return;
    m_open = false;
    m_connection->ignoreStop();
    (void)m_connection->write(bytesOf(encodeAbort(kUser, 0)), Clock::now() + kLeaveTaking);
}

} // namespace negatoscope::archive
