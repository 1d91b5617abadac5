#pragma once

#include <QtCore/QtGlobal>

#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace negatoscope::test {

inline sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

/// Listens on a free port of 127.0.0.1; each connection is served in a thread of its own, which gets the
/// socket and closes it. The destructor stops and waits for all of them.
class LoopbackListener
{
public:
    static constexpr int kTickMs = 20; ///< so often a wait looks whether it is to stop
    using Serve = std::function<void(int client, const std::stop_token &stop)>;

    explicit LoopbackListener(Serve serve) : m_serve(std::move(serve))
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(0);
        socklen_t length = sizeof address;
        ::bind(m_socket, reinterpret_cast<sockaddr *>(&address), length);
        ::listen(m_socket, 16);
        ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this](const std::stop_token &stop) { accept(stop); });
    }
    ~LoopbackListener()
    {
        m_thread = {};
        m_guests.clear();
        ::close(m_socket);
    }
    Q_DISABLE_COPY_MOVE(LoopbackListener)

    quint16 port() const { return m_port; }

private:
    void accept(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            pollfd one{m_socket, POLLIN, 0};
            if (::poll(&one, 1, kTickMs) <= 0)
                continue;
            const int client = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (client >= 0)
                m_guests.emplace_back([this, client](const std::stop_token &own) { m_serve(client, own); });
        }
    }

    const Serve m_serve;
    int m_socket = -1;
    quint16 m_port = 0;
    std::vector<std::jthread> m_guests; // of m_thread, while it runs
    std::jthread m_thread;
};

} // namespace negatoscope::test
