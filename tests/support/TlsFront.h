#pragma once

#include "LoopbackListener.h"

#include <QtCore/QString>

#include <openssl/ssl.h>

#include <memory>
#include <vector>

#include <poll.h>

namespace negatoscope::test {

/// TLS on a free port of 127.0.0.1 in front of a server that speaks in clear; with an authority, clients need
/// a certificate of it.
class TlsFront
{
public:
    TlsFront(quint16 serverPort, const QString &certificate, const QString &key,
             const QString &clientAuthority = {})
        : m_server(serverPort),
          m_context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free)
    {
        SSL_CTX *const context = m_context.get();
        SSL_CTX_use_certificate_chain_file(context, certificate.toLocal8Bit().constData());
        SSL_CTX_use_PrivateKey_file(context, key.toLocal8Bit().constData(), SSL_FILETYPE_PEM);
        if (!clientAuthority.isEmpty()) {
            SSL_CTX_load_verify_file(context, clientAuthority.toLocal8Bit().constData());
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        }
        port = m_listener.port();
    }
    Q_DISABLE_COPY_MOVE(TlsFront)

    quint16 port = 0;

private:
    static constexpr int kTickMs = LoopbackListener::kTickMs;
    static constexpr int kBufferBytes = 64 << 10;

    void serve(int client, const std::stop_token &stop)
    {
        const timeval limit{10, 0};
        ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(m_context.get()), &SSL_free);
        SSL_set_fd(ssl.get(), client);
        const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(m_server);
        if (SSL_accept(ssl.get()) == 1 &&
            ::connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
            forward(*ssl, client, server, stop);
        SSL_shutdown(ssl.get());
        ::close(server);
        ::close(client);
    }

    static void forward(SSL &ssl, int client, int server, const std::stop_token &stop)
    {
        std::vector<char> buffer(kBufferBytes);
        while (!stop.stop_requested()) {
            pollfd both[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
            if (SSL_pending(&ssl) == 0)
                ::poll(both, 2, kTickMs);
            if (SSL_pending(&ssl) > 0 || both[0].revents != 0) {
                const int got = SSL_read(&ssl, buffer.data(), kBufferBytes);
                if (got <= 0 || ::send(server, buffer.data(), std::size_t(got), MSG_NOSIGNAL) != got)
                    return;
            }
            if (both[1].revents != 0) {
                const ssize_t got = ::recv(server, buffer.data(), buffer.size(), 0);
                if (got <= 0 || SSL_write(&ssl, buffer.data(), int(got)) != got)
                    return;
            }
        }
    }

    quint16 m_server;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> m_context;
    // Last: it ends before what its connections use.
    LoopbackListener m_listener{[this](int client, const std::stop_token &stop) { serve(client, stop); }};
};

} // namespace negatoscope::test
