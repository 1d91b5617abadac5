#pragma once

#include "StopSignal.h"
#include "TlsContext.h"

#include <archive/Settings.h>
#include <base/Result.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

namespace negatoscope::archive {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

/// One TCP connection, in clear or under TLS, on which no wait is for ever.
///
/// Waits   : until the deadline of the call or the stop of the connection, whichever comes first.
/// Threads : one at a time.
/// Errors  : those of the name, the connection and the certificate; Cancelled; AnswerTimedOut.
class Connection
{
public:
    /// Tries every address of the host within limits.connect; the TLS handshake within limits.association.
    static base::Result<std::unique_ptr<Connection>> connect(const std::string &host, std::uint16_t port,
                                                             const Limits &limits, TlsContext *tls,
                                                             const std::stop_token &stop);
    /// Takes over a socket that accept() gave.
    static base::Result<std::unique_ptr<Connection>> accepted(int socket, const Limits &limits,
                                                              TlsContext *tls, const std::stop_token &stop);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// At least one byte. ConnectionLost at the end.
    base::Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline);
    base::Status write(std::span<const std::uint8_t> bytes, Deadline deadline);

    /// From now on a stop interrupts nothing: for taking leave.
    void ignoreStop() { m_heedsStop = false; }

    /// "TLSv1.3", or empty in clear.
    std::string protection() const;
    /// The address on this side, as text.
    std::string ownAddress() const;

private:
    Connection(int socket, const std::stop_token &stop);
    base::Status handshake(TlsContext &tls, bool isServer, const std::string &host, Deadline deadline);
    base::Status checkEnd(Deadline deadline) const;
    base::Status wait(short events, Deadline deadline);
    base::Error tlsError(int result) const;

    int m_socket;
    StopSignal m_stop;
    bool m_heedsStop = true;
    bool m_hasReceived = false;
    TlsContext *m_tls = nullptr;
    std::unique_ptr<ssl_st, SslFree> m_ssl;
};

} // namespace negatoscope::archive
