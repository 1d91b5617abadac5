#include "Connection.h"

#include "HostLookup.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

int millisecondsUntil(Deadline deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left + 1, 0, 3'600'000));
}

std::string systemText(const char *step, int code)
{
    std::array<char, 128> text{};
    return std::string(step) + ": " + ::strerror_r(code, text.data(), text.size());
}

/// Small commands wait for their answer: Nagle's algorithm would hold each back for 40 ms. A peer that is
/// gone without a word is noticed by the idle limit.
void prepareSocket(int socket)
{
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

} // namespace

Connection::Connection(int socket, const std::stop_token &stop) : m_socket(socket), m_stop(stop)
{}

Connection::~Connection()
{
    m_ssl.reset();
    if (m_socket >= 0)
        ::close(m_socket);
}

base::Status Connection::checkEnd(Deadline deadline) const
{
    if (m_heedsStop && m_stop.isRequested())
        return failure(ErrorCode::Cancelled, "stopped");
    if (Clock::now() >= deadline)
        return failure(ErrorCode::AnswerTimedOut, "no answer within the limit");
    return {};
}

base::Status Connection::wait(short events, Deadline deadline)
{
    while (true) {
        std::array<pollfd, 2> both{pollfd{m_socket, events, 0},
                                   pollfd{m_heedsStop ? m_stop.descriptor() : -1, POLLIN, 0}};
        const int ready = ::poll(both.data(), both.size(), millisecondsUntil(deadline));
        if (ready < 0 && errno == EINTR)
            continue;
        if (both[1].revents != 0)
            return failure(ErrorCode::Cancelled, "stopped");
        if (both[0].revents != 0)
            return {};
        return failure(ErrorCode::AnswerTimedOut, "no answer within the limit");
    }
}

base::Result<std::unique_ptr<Connection>> Connection::connect(const std::string &host, std::uint16_t port,
                                                              const Limits &limits, TlsContext *tls,
                                                              const std::stop_token &stop)
{
    const Deadline deadline = Clock::now() + limits.connect;
    TRY(const auto addresses, lookUpHost(host, port, deadline, stop));
    base::Error last(ErrorCode::HostUnknown, "the name of the host leads to no address");
    for (const HostAddress &address : addresses) {
        const int socket =
            ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
        std::unique_ptr<Connection> connection(new Connection(socket, stop));
        if (socket < 0) {
            last = base::Error(ErrorCode::ConnectionRefused, systemText("socket", errno));
            continue;
        }
        prepareSocket(socket);
        int code = 0;
        if (::connect(socket, address.address(), address.length()) != 0)
            code = errno;
        if (code == EINPROGRESS) {
            if (const auto waited = connection->wait(POLLOUT, deadline); !waited) {
                if (waited.error().code() == ErrorCode::Cancelled)
                    return failure(waited.error());
                return failure(ErrorCode::ConnectTimedOut, "TCP: no connection within the limit");
            }
            socklen_t size = sizeof code;
            ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size);
        }
        if (code != 0) {
            last = base::Error(ErrorCode::ConnectionRefused, systemText("TCP", code));
            continue;
        }
        if (tls)
            TRY_DO(connection->handshake(*tls, false, host, Clock::now() + limits.association));
        return connection;
    }
    return failure(last);
}

base::Result<std::unique_ptr<Connection>> Connection::accepted(int socket, const Limits &limits,
                                                               TlsContext *tls, const std::stop_token &stop)
{
    std::unique_ptr<Connection> connection(new Connection(socket, stop));
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    prepareSocket(socket);
    if (tls)
        TRY_DO(connection->handshake(*tls, true, {}, Clock::now() + limits.association));
    return connection;
}

base::Status Connection::handshake(TlsContext &tls, bool isServer, const std::string &host, Deadline deadline)
{
    TRY(m_ssl, tls.open(m_socket, host));
    while (true) {
        ERR_clear_error();
        const int result = isServer ? SSL_accept(m_ssl.get()) : SSL_connect(m_ssl.get());
        if (result == 1)
            return tls.checkPin(m_ssl.get());
        const int reason = SSL_get_error(m_ssl.get(), result);
        if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)
            return failure(TlsContext::explain(m_ssl.get(), "TLS handshake"));
        const auto waited = wait(reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline);
        if (!waited && waited.error().code() == ErrorCode::AnswerTimedOut)
            return failure(ErrorCode::AssociationTimedOut, "TLS handshake: no answer within the limit");
        TRY_DO(waited);
    }
}

base::Error Connection::tlsError(int result) const
{
    const int reason = SSL_get_error(m_ssl.get(), result);
    if (reason == SSL_ERROR_SSL && ERR_GET_REASON(ERR_peek_error()) != SSL_R_UNEXPECTED_EOF_WHILE_READING)
        return TlsContext::explain(m_ssl.get(), "TLS");
    ERR_clear_error();
    // TLS 1.3 judges the client's certificate after the handshake; the reset often overtakes the reason.
    if (!m_hasReceived && TlsContext::wasAskedForCertificate(m_ssl.get()))
        return {ErrorCode::OwnCertificateRefused, "TLS: closed as soon as our certificate was seen"};
    return {ErrorCode::ConnectionLost, "TLS: the connection was closed"};
}

base::Result<std::size_t> Connection::read(std::span<std::uint8_t> into, Deadline deadline)
{
    // Whoever sends without end must not outrun a stop or the limit.
    while (true) {
        TRY_DO(checkEnd(deadline));
        if (m_ssl) {
            ERR_clear_error();
            const int got = SSL_read(m_ssl.get(), into.data(), static_cast<int>(into.size()));
            if (got > 0) {
                m_hasReceived = true;
                return static_cast<std::size_t>(got);
            }
            const int reason = SSL_get_error(m_ssl.get(), got);
            if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)
                return failure(tlsError(got));
            TRY_DO(wait(reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline));
            continue;
        }
        const ssize_t got = ::recv(m_socket, into.data(), into.size(), 0);
        if (got > 0)
            return static_cast<std::size_t>(got);
        if (got == 0)
            return failure(ErrorCode::ConnectionLost, "TCP: the connection was closed");
        if (errno != EAGAIN && errno != EINTR)
            return failure(ErrorCode::ConnectionLost, systemText("TCP", errno));
        TRY_DO(wait(POLLIN, deadline));
    }
}

base::Status Connection::write(std::span<const std::uint8_t> bytes, Deadline deadline)
{
    while (!bytes.empty()) {
        TRY_DO(checkEnd(deadline));
        if (m_ssl) {
            ERR_clear_error();
            const int put = SSL_write(m_ssl.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (put > 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(put));
                continue;
            }
            const int reason = SSL_get_error(m_ssl.get(), put);
            if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)
                return failure(tlsError(put));
            TRY_DO(wait(reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline));
            continue;
        }
        const ssize_t put = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (put > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        else if (put < 0 && errno != EAGAIN && errno != EINTR)
            return failure(ErrorCode::ConnectionLost, systemText("TCP", errno));
        else
            TRY_DO(wait(POLLOUT, deadline));
    }
    return {};
}

std::string Connection::protection() const
{
    return m_ssl ? SSL_get_version(m_ssl.get()) : std::string();
}

std::string Connection::ownAddress() const
{
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    std::array<char, NI_MAXHOST> text{};
    if (::getsockname(m_socket, reinterpret_cast<sockaddr *>(&own), &size) != 0 ||
        ::getnameinfo(reinterpret_cast<sockaddr *>(&own), size, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0)
        return {};
    return text.data();
}

} // namespace negatoscope::archive
