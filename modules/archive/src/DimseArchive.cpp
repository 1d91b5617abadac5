#include "DimseArchive.h"

#include "HostLookup.h"
#include "Identifier.h"

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

base::Result<std::unique_ptr<Archive>> DimseArchive::create(const Settings &settings)
{
    std::unique_ptr<TlsContext> client, server;
    if (settings.tls.on) {
        TRY(client, TlsContext::create(settings.tls, TlsContext::Side::Client));
        if (!settings.tls.certificateFile.empty()) {
            TRY(server, TlsContext::create(settings.tls, TlsContext::Side::Server));
        }
    }
    return std::make_unique<DimseArchive>(settings, std::move(client), std::move(server));
}

DimseArchive::Opened DimseArchive::associate(std::vector<PresentationContext> contexts,
                                             std::vector<RoleSelection> roles,
                                             const std::stop_token &stop) const
{
    TRY(auto connection,
        Connection::connect(m_settings.host, m_settings.port, m_settings.limits, m_client.get(), stop));
    AssociatePdu proposal;
    proposal.calledTitle = m_settings.theirTitle;
    proposal.callingTitle = m_settings.ourTitle;
    proposal.contexts = std::move(contexts);
    proposal.roles = std::move(roles);
    return Association::request(std::move(connection), std::move(proposal), m_settings.limits);
}

base::Result<std::set<std::string>> DimseArchive::peerAddresses(const std::stop_token &stop) const
{
    TRY(const auto addresses,
        lookUpHost(m_settings.host, m_settings.port, Clock::now() + m_settings.limits.connect, stop));
    std::set<std::string> texts;
    for (const HostAddress &address : addresses)
        texts.insert(address.text());
    return texts;
}

base::Result<std::unique_lock<std::timed_mutex>> DimseArchive::lockDoor(const std::stop_token &stop) const
{
    constexpr std::chrono::milliseconds kSlice{50};
    std::unique_lock lock(m_door, std::defer_lock);
    while (!lock.try_lock_for(kSlice))
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, "stopped");
    return lock;
}

base::Result<Verification> DimseArchive::verify(std::stop_token stop)
{
    const auto start = Clock::now();
    std::vector<PresentationContext> contexts;
    addContext(contexts, kVerification, {kExplicitLittle, kImplicitLittle});
    TRY(const auto association, associate(std::move(contexts), {}, stop));
    const PresentationContext *const context = association->find(kVerification);
    if (!context)
        return failure(ErrorCode::ServiceNotOffered, "verify: no presentation context accepted");
    CommandSet request(Command::EchoRequest, association->nextMessageId());
    request.setText(command::AffectedSopClass, kVerification);
    TRY_DO(association->send(context->id, request));
    TRY(const auto answer, association->receive());
    if (!answer || answer->command.field() != Command::EchoReply)
        return failure(ErrorCode::ProtocolViolated, "verify: an answer that is none");
    if (answer->command.status() != 0)
        return failure(errorOfStatus("verify", answer->command.status()));
    Verification result;
    result.implementation = association->peerImplementation();
    result.protection = association->connection().protection();
    association->release();
    result.time = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    return result;
}

} // namespace negatoscope::archive
