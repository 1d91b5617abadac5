#include "Listener.h"

#include "SopClasses.h"

#include <base/Log.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <poll.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr int kMostGuests = 8, kMostGuestsEver = 4096, kBacklog = 8;

/// Asked by careful archives before they send.
base::Status answerEcho(Association &association, const Message &message)
{
    CommandSet reply(Command::EchoReply, message.command.number(command::MessageId).value_or(0));
    reply.setText(command::AffectedSopClass, kVerification);
    reply.setNumber(command::Status, 0);
    return association.send(message.context, reply);
}

} // namespace

base::Result<std::unique_ptr<Listener>> Listener::open(const Settings &settings,
                                                       const std::string &ownAddress,
                                                       std::set<std::string> peers, TlsContext *tls,
                                                       Serve serve)
{
    std::unique_ptr<Listener> made(new Listener(settings));
    const std::string &where = settings.listenAddress.empty() ? ownAddress : settings.listenAddress;
    TRY(const auto addresses,
        lookUpHost(where, settings.listenPort, Clock::now() + settings.limits.connect, {}));
    const HostAddress &address = addresses.front();
    made->m_socket = ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(made->m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (made->m_socket < 0 || ::bind(made->m_socket, address.address(), address.length()) != 0 ||
        ::listen(made->m_socket, kBacklog) != 0)
        return failure(ErrorCode::Busy, std::string("the port for receiving: ") + std::strerror(errno));
    made->m_peers = std::move(peers);
    made->m_peers.insert(settings.mayConnect.begin(), settings.mayConnect.end());
    made->m_tls = tls;
    made->m_serve = std::move(serve);
    made->m_thread =
        std::jthread([listener = made.get()](const std::stop_token &stop) { listener->accept(stop); });
    return made;
}

Listener::~Listener()
{
    m_thread = {};
    m_guests.clear();
    if (m_socket >= 0)
        ::close(m_socket);
}

int Listener::turnedAway() const
{
    const std::lock_guard lock(m_mutex);
    return m_turnedAway;
}

void Listener::turnAway(const char *why)
{
    base::log(base::LogLevel::Warning, "archive", std::string("turned away: ") + why);
    const std::lock_guard lock(m_mutex);
    ++m_turnedAway;
}

void Listener::accept(const std::stop_token &stop)
{
    const StopSignal signal(stop);
    for (int guests = 0; guests < kMostGuestsEver && !stop.stop_requested();) {
        std::array<pollfd, 2> both{pollfd{m_socket, POLLIN, 0}, pollfd{signal.descriptor(), POLLIN, 0}};
        if (::poll(both.data(), both.size(), -1) < 0 && errno != EINTR)
            return;
        if (both[0].revents == 0)
            continue;
        sockaddr_storage peer{};
        socklen_t length = sizeof peer;
        const int socket =
            ::accept4(m_socket, reinterpret_cast<sockaddr *>(&peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        const HostAddress address(reinterpret_cast<const sockaddr *>(&peer), length);
        bool isFull = false;
        {
            const std::lock_guard lock(m_mutex);
            isFull = m_busy >= kMostGuests;
            m_busy += isFull ? 0 : 1;
        }
        if (isFull || !m_peers.contains(address.text())) {
            if (!isFull) {
                const std::lock_guard lock(m_mutex);
                --m_busy;
            }
            ::close(socket);
            turnAway(isFull ? "too many at once" : "an address that is not expected");
            continue;
        }
        ++guests;
        m_guests.emplace_back([this, socket](const std::stop_token &own) {
            serve(socket, own);
            const std::lock_guard lock(m_mutex);
            --m_busy;
        });
    }
}

void Listener::serve(int socket, const std::stop_token &stop)
{
    auto connection = Connection::accepted(socket, m_settings.limits, m_tls, stop);
    if (!connection)
        return turnAway("no TLS");
    Association::Terms terms;
    terms.calledTitle = m_settings.ourTitle;
    terms.callingTitles = {m_settings.theirTitle};
    terms.takes = [](const std::string &sopClass) {
        return sopClass == kVerification || sopClass == kStorageCommitment || isStorageClass(sopClass);
    };
    terms.reads = [](const std::string &syntax) { return isReceivable(syntax); };
    auto association = Association::accept(*std::move(connection), terms, m_settings.limits);
    if (!association)
        return turnAway("no association");
    while (true) {
        const auto message = (*association)->receive();
        if (!message || !*message)
            return;
        const auto served = (*message)->command.field() == Command::EchoRequest
                                ? answerEcho(**association, **message)
                                : m_serve(**association, **message);
        if (!served)
            return;
    }
}

} // namespace negatoscope::archive
