// Storage commitment, push model (PS3.4 J): the archive answers on this association or on one of its own.

#include "DimseArchive.h"
#include "Identifier.h"
#include "Listener.h"
#include "QueryTags.h"

#include <condition_variable>
#include <random>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;

namespace {

constexpr std::size_t kMostEvent = 16U << 20U;
constexpr std::uint16_t kRequestCommitment = 1;

/// "2.25." and a random number of 96 bits.
std::string freshUid()
{
    std::random_device device;
    std::string uid = "2.25.1";
    for (int i = 0; i < 3; ++i) {
        std::string digits = std::to_string(device());
        uid += std::string(10 - digits.size(), '0') + digits;
    }
    return uid;
}

DataSet requestFor(const std::string &transaction, std::span<const Reference> instances)
{
    dicom::Element list{tags::ReferencedSopSequence, dicom::Vr{{'S', 'Q'}}, false, 0, {}, {}};
    for (const Reference &reference : instances) {
        DataSet item;
        item.setText(tags::ReferencedSopClassUid, "UI", reference.sopClass);
        item.setText(dicom::tags::ReferencedSopInstanceUid, "UI", reference.instance.value());
        list.items.push_back(std::move(item));
    }
    DataSet request;
    request.setText(tags::TransactionUid, "UI", transaction);
    request.insert(std::move(list));
    return request;
}

CommitReport reportOf(const DataSet &event)
{
    CommitReport report;
    for (const DataSet &item : event.items(tags::ReferencedSopSequence))
        report.committed.emplace_back(item.text(dicom::tags::ReferencedSopInstanceUid));
    for (const DataSet &item : event.items(tags::FailedSopSequence))
        report.failed.push_back({base::InstanceUid(item.text(dicom::tags::ReferencedSopInstanceUid)),
                                 static_cast<int>(item.integer(tags::FailureReason).value_or(0))});
    return report;
}

/// Where the answer arrives, whichever way it comes.
class Answer
{
public:
    explicit Answer(std::string transaction) : m_transaction(std::move(transaction)) {}

    /// Takes an N-EVENT-REPORT and confirms it; the answer to another question is confirmed and forgotten.
    base::Status take(Association &association, const Message &message)
    {
        if (message.command.field() != Command::EventRequest || !message.command.hasData())
            return failure(ErrorCode::ProtocolViolated, "commitment: not what was asked for");
        TRY(const auto bytes, association.receiveData(kMostEvent));
        const PresentationContext *const context = association.context(message.context);
        if (!context)
            return failure(ErrorCode::ProtocolViolated, "commitment: no context");
        TRY(const DataSet event, Identifier::decode(bytes, context->transferSyntaxes.front()));
        CommandSet reply(Command::EventReply, message.command.number(command::MessageId).value_or(0));
        reply.setText(command::AffectedSopClass, kStorageCommitment);
        reply.setText(command::AffectedInstance, kStorageCommitmentInstance);
        reply.setNumber(command::EventType, message.command.number(command::EventType).value_or(1));
        reply.setNumber(command::Status, 0);
        TRY_DO(association.send(message.context, reply));
        if (event.text(tags::TransactionUid) != m_transaction)
            return {};
        {
            const std::lock_guard lock(m_mutex);
            m_report = reportOf(event);
        }
        m_arrived.notify_all();
        m_wake.request_stop();
        return {};
    }

    std::optional<CommitReport> report() const
    {
        const std::lock_guard lock(m_mutex);
        return m_report;
    }

    void wait(Deadline deadline, const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        m_arrived.wait_until(lock, stop, deadline, [this] { return m_report.has_value(); });
    }

    /// Stops whoever waits elsewhere once the answer is here.
    std::stop_source &wake() { return m_wake; }

private:
    std::string m_transaction;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_arrived;
    std::optional<CommitReport> m_report;
    std::stop_source m_wake;
};

} // namespace

base::Result<CommitReport> DimseArchive::commit(std::span<const Reference> instances, std::stop_token stop)
{
    const std::string transaction = freshUid();
    Answer answer(transaction);
    const std::stop_callback forward(stop, [&answer] { answer.wake().request_stop(); });
    std::vector<PresentationContext> contexts;
    addContext(contexts, kStorageCommitment, {kExplicitLittle, kImplicitLittle});
    TRY(auto association, associate(std::move(contexts), {}, answer.wake().get_token()));
    const PresentationContext *const context = association->find(kStorageCommitment);
    if (!context)
        return failure(ErrorCode::ServiceNotOffered, "commitment: no presentation context accepted");
    std::unique_lock<std::timed_mutex> door;
    std::unique_ptr<Listener> listener;
    if (m_settings.listenPort != 0 && (!m_client || m_server)) {
        TRY(door, lockDoor(stop));
        TRY(auto peers, peerAddresses(stop));
        TRY(listener, Listener::open(m_settings, association->connection().ownAddress(), std::move(peers),
                                     m_server.get(), [&](Association &guest, const Message &message) {
                                         return answer.take(guest, message);
                                     }));
    }
    CommandSet request(Command::ActionRequest, association->nextMessageId());
    request.setText(command::RequestedSopClass, kStorageCommitment);
    request.setText(command::RequestedInstance, kStorageCommitmentInstance);
    request.setNumber(command::ActionType, kRequestCommitment);
    const std::string data =
        Identifier::encode(requestFor(transaction, instances), context->transferSyntaxes.front());
    TRY_DO(association->send(context->id, request, &data));
    const Deadline deadline = Clock::now() + m_settings.limits.commitment;
    bool isAgreed = false;
    // The reply to the request first; then, or even before it, the event.
    while (!answer.report()) {
        const auto message =
            association->receive(isAgreed ? deadline : Clock::now() + m_settings.limits.idle);
        if (!message || !*message) {
            if (!isAgreed && !answer.report())
                return failure(message
                                   ? base::Error(ErrorCode::ConnectionLost, "commitment: the archive left")
                                   : message.error());
            break;
        }
        if ((*message)->command.field() == Command::ActionReply) {
            if ((*message)->command.hasData())
                TRY_DO(association->receiveData(kMostEvent));
            if ((*message)->command.status() != 0)
                return failure(errorOfStatus("commitment", (*message)->command.status()));
            isAgreed = true;
        } else {
            TRY_DO(answer.take(*association, **message));
        }
    }
    association->release();
    if (listener)
        answer.wait(deadline, stop);
    if (const auto report = answer.report())
        return *report;
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "stopped");
    return failure(ErrorCode::AnswerTimedOut, "commitment: no answer within the limit");
}

} // namespace negatoscope::archive
