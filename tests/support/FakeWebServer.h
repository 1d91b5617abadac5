#pragma once

#include "LoopbackListener.h"

#include <QtCore/QByteArray>

#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

#include <poll.h>

namespace negatoscope::test {

/// An HTTP server on a free port of 127.0.0.1 that answers each request with the bytes of a function, right
/// or wrong, and then closes the connection. It keeps what it was asked.
class FakeWebServer
{
public:
    /// From the head of a request (its body is read and dropped) to everything that is sent.
    using Answer = std::function<QByteArray(const QByteArray &head)>;

    explicit FakeWebServer(Answer answer) : m_answer(std::move(answer)) { port = m_listener.port(); }
    Q_DISABLE_COPY_MOVE(FakeWebServer)

    quint16 port = 0;

    /// The heads of all requests until now.
    std::vector<QByteArray> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

    static QByteArray reply(const QByteArray &status, const QByteArray &headers = {},
                            const QByteArray &body = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }
    static QByteArray json(const QByteArray &body)
    {
        return reply("200 OK", "Content-Type: application/dicom+json\r\n", body);
    }

private:
    static constexpr int kTickMs = LoopbackListener::kTickMs;

    static bool waitFor(int socket, short events, const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            pollfd one{socket, events, 0};
            if (::poll(&one, 1, kTickMs) > 0)
                return true;
        }
        return false;
    }

    void serve(int client, const std::stop_token &stop)
    {
        QByteArray text;
        qsizetype end = -1, length = 0;
        std::vector<char> buffer(64 << 10);
        while ((end < 0 || text.size() < end + 4 + length) && waitFor(client, POLLIN, stop)) {
            const ssize_t got = ::recv(client, buffer.data(), buffer.size(), 0);
            if (got <= 0)
                break;
            text.append(buffer.data(), got);
            end = text.indexOf("\r\n\r\n");
            const qsizetype at = text.toLower().indexOf("content-length: ");
            if (end >= 0 && at >= 0 && at < end)
                length = text.mid(at + 16, text.indexOf('\r', at) - at - 16).toLongLong();
        }
        if (end >= 0) {
            const QByteArray head = text.left(end);
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(head);
            }
            const QByteArray answer = m_answer(head);
            // Nothing to be said: it waits in silence for the other side to leave.
            if (answer.isEmpty())
                waitFor(client, POLLIN, stop);
            for (qsizetype sent = 0; sent < answer.size() && waitFor(client, POLLOUT, stop);) {
                const ssize_t put = ::send(client, answer.constData() + sent,
                                           std::size_t(answer.size() - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
                if (put <= 0)
                    break;
                sent += put;
            }
        }
        ::shutdown(client, SHUT_WR);
        ::close(client);
    }

    Answer m_answer;
    mutable std::mutex m_mutex;
    std::vector<QByteArray> m_requests;
    // Last: it ends before what its connections use.
    LoopbackListener m_listener{[this](int client, const std::stop_token &stop) { serve(client, stop); }};
};

} // namespace negatoscope::test
