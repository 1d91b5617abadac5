#pragma once

#include "CommandSet.h"
#include "Connection.h"
#include "Pdu.h"

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace negatoscope::archive {

/// What the implementation calls itself (PS3.7 D.3.3.2); the root is one of UUIDs (PS3.5 B.2).
inline constexpr const char *kImplementationClass = "2.25.190514216306422150842178431837158413217";
inline constexpr const char *kImplementationVersion = "NEGATOSCOPE_01";

/// A command that came, and where its data set will come.
struct Message
{
    std::uint8_t context = 0;
    CommandSet command;
};

/// An association of the upper layer (PS3.8), and messages on it (PS3.7).
///
/// Our own reading of both (docs/decisions/0027): every length is bounded before anything is allocated, every
/// unit has to come whole within the idle limit, and a stop interrupts each wait.
/// Threads : one at a time.
/// Errors  : those of Connection; AssociationRefused and its kin; ProtocolViolated; ConnectionLost also when
///           the other side aborts.
class Association
{
public:
    using Sink = std::function<base::Status(std::span<const std::uint8_t>)>;

    /// Whom the other side of an accepted association may be, and what for.
    struct Terms
    {
        std::string calledTitle;             ///< ours
        std::set<std::string> callingTitles; ///< theirs; empty: any
        std::function<bool(const std::string &sopClass)> takes;
        std::function<bool(const std::string &transferSyntax)> reads;
    };

    /// Proposes; succeeds also when no context is accepted (find() then says so).
    static base::Result<std::unique_ptr<Association>> request(std::unique_ptr<Connection> connection,
                                                              AssociatePdu proposal, const Limits &limits);
    /// Waits for a proposal and answers it. Errors: also AssociationRefused, when the terms were not met.
    static base::Result<std::unique_ptr<Association>> accept(std::unique_ptr<Connection> connection,
                                                             const Terms &terms, const Limits &limits);
    /// Ends without ceremony where release() was not called.
    ~Association();

    /// The accepted context of a SOP class, in this transfer syntax or in any; null if there is none.
    const PresentationContext *find(std::string_view sopClass, std::string_view transferSyntax = {}) const;
    const PresentationContext *context(std::uint8_t id) const;
    const std::string &peerImplementation() const { return m_peerImplementation; }
    Connection &connection() { return *m_connection; }
    std::uint16_t nextMessageId() { return ++m_messageId; }

    base::Status send(std::uint8_t context, CommandSet command, const std::string *dataSet = nullptr);
    /// With the data set that lies in a file from `offset` to its end.
    base::Status sendFile(std::uint8_t context, CommandSet command, int descriptor, std::uint64_t offset);

    /// The next command; nothing when the other side has released the association, which is then over.
    base::Result<std::optional<Message>> receive();
    base::Result<std::optional<Message>> receive(Deadline deadline);
    /// The data set of the command just received, piece by piece as it comes.
    base::Status receiveData(const Sink &sink);
    /// In memory. Errors: LimitExceeded.
    base::Result<std::vector<std::uint8_t>> receiveData(std::size_t most);

    /// Asks the other side to stop what it does for this request, waits a moment for it to agree, and goes.
    void cancel(std::uint8_t context, std::uint16_t messageId);
    /// Says good-bye.
    void release();
    void abort();

private:
    Association(std::unique_ptr<Connection> connection, const Limits &limits);
    base::Result<PduType> readPdu(Deadline deadline);
    base::Status fill(std::size_t count, Deadline deadline);
    base::Status writeText(std::string_view bytes);
    base::Status sendFragments(std::uint8_t context, bool isCommand, std::string_view bytes, bool isEnd);
    base::Status nextFragment(Deadline deadline, bool &released);
    base::Status readUnit(Deadline deadline, bool &released);
    base::Error aborted() const;
    Deadline idleDeadline() const { return Clock::now() + m_limits.idle; }

    std::unique_ptr<Connection> m_connection;
    Limits m_limits;
    std::vector<PresentationContext> m_contexts; ///< accepted; with their abstract syntax
    std::string m_peerImplementation;
    std::uint32_t m_largestFragment = 0;
    std::uint16_t m_messageId = 0;
    bool m_open = false;
    // The unit under way; a read that was interrupted goes on where it was.
    std::vector<std::uint8_t> m_unit;
    std::size_t m_have = 0;
    std::span<const std::uint8_t> m_rest; ///< of the fragments of a whole unit
    Fragment m_fragment;
    bool m_hasFragment = false;
};

} // namespace negatoscope::archive
