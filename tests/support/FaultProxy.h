#pragma once

#include "LoopbackListener.h"

#include <atomic>
#include <cstdint>
#include <limits>
#include <mutex>
#include <stop_token>
#include <vector>

#include <poll.h>

namespace negatoscope::test {

/// A TCP proxy on a free port of 127.0.0.1 that does to connections what networks do: cuts them after so many
/// bytes of the server, stops passing on, or lets one byte through at a time. It counts what it did.
class FaultProxy
{
public:
    enum class Fault { None, Reset, Close, Stall, Trickle };

    explicit FaultProxy(quint16 serverPort) : m_server(serverPort) { port = m_listener.port(); }
    Q_DISABLE_COPY_MOVE(FaultProxy)

    /// For the connections that come from now on: after this many bytes from the server.
    void arm(Fault fault, std::uint64_t afterBytes)
    {
        m_after = afterBytes;
        m_fault = fault;
    }

    quint16 port = 0;
    std::atomic<int> injected = 0, connections = 0;
    std::atomic<std::uint64_t> bytesFromServer = 0, bytesFromClient = 0;

private:
    static constexpr int kTickMs = LoopbackListener::kTickMs;

    void forward(int client, const std::stop_token &stop)
    {
        ++connections;
        const Fault fault = m_fault;
        std::uint64_t left =
            fault == Fault::None ? std::numeric_limits<std::uint64_t>::max() : m_after.load();
        const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(m_server);
        std::vector<char> buffer(64 << 10);
        bool open = ::connect(server, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
        bool stalled = false;
        while (open && !stop.stop_requested()) {
            pollfd both[] = {{client, POLLIN, 0}, {stalled ? -1 : server, POLLIN, 0}};
            ::poll(both, 2, kTickMs);
            if (both[0].revents != 0)
                open = pass(client, server, buffer, buffer.size(), bytesFromClient) > 0;
            if (!open || both[1].revents == 0)
                continue;
            const bool trickles = fault == Fault::Trickle && left == 0;
            const std::size_t most = trickles ? 1 : std::min<std::uint64_t>(buffer.size(), left);
            const ssize_t passed = most == 0 ? 0 : pass(server, client, buffer, most, bytesFromServer);
            open = passed > 0 || most == 0;
            left -= trickles ? 0 : std::uint64_t(std::max<ssize_t>(passed, 0));
            if (trickles)
                ::poll(nullptr, 0, kTickMs);
            if (left != 0 || (fault == Fault::Trickle && trickles))
                continue;
            ++injected;
            stalled = fault == Fault::Stall;
            open = stalled || fault == Fault::Trickle;
            if (fault == Fault::Reset) {
                const linger hard{1, 0};
                ::setsockopt(client, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
            }
        }
        ::close(client);
        ::close(server);
    }

    static ssize_t pass(int from, int to, std::vector<char> &buffer, std::size_t most,
                        std::atomic<std::uint64_t> &counter)
    {
        const ssize_t got = ::recv(from, buffer.data(), most, 0);
        if (got <= 0 || ::send(to, buffer.data(), std::size_t(got), MSG_NOSIGNAL) != got)
            return -1;
        counter += std::uint64_t(got);
        return got;
    }

    quint16 m_server;
    std::atomic<Fault> m_fault = Fault::None;
    std::atomic<std::uint64_t> m_after = 0;
    // Last: it ends before what its connections use.
    LoopbackListener m_listener{[this](int client, const std::stop_token &stop) { forward(client, stop); }};
};

} // namespace negatoscope::test
