#include "Reception.h"

#include "SopClasses.h"

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::uint16_t kSuccess = 0, kOutOfResources = 0xa700, kInvalidInstance = 0x0117,
                        kClassNotSupported = 0x0122;

CommandSet replyTo(const CommandSet &request, std::uint16_t status)
{
    CommandSet reply(Command::StoreReply, request.number(command::MessageId).value_or(0));
    reply.setText(command::AffectedSopClass, request.text(command::AffectedSopClass));
    reply.setText(command::AffectedInstance, request.text(command::AffectedInstance));
    reply.setNumber(command::Status, status);
    return reply;
}

base::Status drop(std::span<const std::uint8_t>)
{
    return {};
}

} // namespace

base::Result<ReceivedDataSet> Reception::open(const PresentationContext &context,
                                              const CommandSet &command) const
{
    return ReceivedDataSet::create(m_retrieval.stagingFolder,
                                   {command.text(command::AffectedSopClass),
                                    base::InstanceUid(command.text(command::AffectedInstance)),
                                    context.transferSyntaxes.front(), m_sourceTitle});
}

base::Status Reception::take(Association &association, const Message &request)
{
    const PresentationContext *const context = association.context(request.context);
    if (!context || !request.command.hasData())
        return failure(ErrorCode::ProtocolViolated, "store: a request without a context or a data set");
    const std::string sopClass = request.command.text(command::AffectedSopClass);
    const bool isValid = base::isValidUid(request.command.text(command::AffectedInstance));
    if (!isValid || !isStorageClass(sopClass) || sopClass != context->abstractSyntax) {
        TRY_DO(association.receiveData(drop));
        return association.send(request.context,
                                replyTo(request.command, isValid ? kClassNotSupported : kInvalidInstance));
    }
    auto file = open(*context, request.command);
    std::optional<base::Error> broken;
    if (!file)
        broken = file.error();
    // The data set is read to its end in any case: the answer comes after it.
    TRY_DO(association.receiveData([&](std::span<const std::uint8_t> bytes) -> base::Status {
        if (!broken)
            if (const auto written = file->write(bytes); !written)
                broken = written.error();
        return {};
    }));
    base::Result<ReceivedFile> finished = broken ? failure(*broken) : file->finish();
    if (!finished) {
        {
            const std::lock_guard lock(m_mutex);
            m_broken = finished.error();
        }
        (void)association.send(request.context, replyTo(request.command, kOutOfResources));
        return failure(finished.error());
    }
    {
        const std::lock_guard lock(m_mutex);
        ++m_report.received;
        m_lastTaken = Clock::now();
        m_report.bytes += finished->bytes;
        m_progress.received = m_report.received;
        m_progress.bytes = m_report.bytes;
        if (m_retrieval.sink)
            m_retrieval.sink(*std::move(finished));
        if (m_retrieval.progress)
            m_retrieval.progress(m_progress);
    }
    return association.send(request.context, replyTo(request.command, kSuccess));
}

void Reception::count(const CommandSet &reply)
{
    const std::lock_guard lock(m_mutex);
    const int failed = reply.number(command::Failed).value_or(0);
    if (const auto remaining = reply.number(command::Remaining))
        m_progress.remaining = *remaining;
    m_progress.failed = m_report.failed + failed;
    if (!isPending(reply.status())) {
        m_report.failed += failed;
        m_report.warnings += reply.number(command::Warning).value_or(0);
    }
    if (m_retrieval.progress)
        m_retrieval.progress(m_progress);
}

void Reception::noteFailed(std::vector<base::InstanceUid> failed)
{
    const std::lock_guard lock(m_mutex);
    m_report.failedInstances.insert(m_report.failedInstances.end(), failed.begin(), failed.end());
}

std::optional<base::Error> Reception::broken() const
{
    const std::lock_guard lock(m_mutex);
    return m_broken;
}

Clock::time_point Reception::lastTaken() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastTaken;
}

RetrieveReport Reception::report() const
{
    const std::lock_guard lock(m_mutex);
    return m_report;
}

} // namespace negatoscope::archive
