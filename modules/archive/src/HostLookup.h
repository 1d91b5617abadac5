#pragma once

#include <base/Result.h>

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace negatoscope::archive {

/// An address and port to connect to.
class HostAddress
{
public:
    HostAddress(const sockaddr *address, socklen_t length);

    int family() const { return m_storage.ss_family; }
    const sockaddr *address() const { return reinterpret_cast<const sockaddr *>(&m_storage); }
    socklen_t length() const { return m_length; }
    /// Without the port, as text: "192.0.2.1".
    std::string text() const;

private:
    sockaddr_storage m_storage{};
    socklen_t m_length;
};

/// Every address of a name. A resolver that does not answer keeps nobody waiting beyond the deadline.
/// Errors: HostUnknown, ConnectTimedOut, Cancelled.
base::Result<std::vector<HostAddress>> lookUpHost(const std::string &host, std::uint16_t port,
                                                  std::chrono::steady_clock::time_point deadline,
                                                  const std::stop_token &stop);

} // namespace negatoscope::archive
