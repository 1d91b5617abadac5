#include "HostLookup.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>

#include <netdb.h>
#include <netinet/in.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

/// One question to the resolver; the resolver's thread may outlive whoever asked.
struct Question
{
    std::string host, service;
    addrinfo hints{};
    gaicb request{};

    Question(std::string name, std::uint16_t port) : host(std::move(name)), service(std::to_string(port))
    {
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV;
        request.ar_name = host.c_str();
        request.ar_service = service.c_str();
        request.ar_request = &hints;
    }
    ~Question()
    {
        if (request.ar_result)
            ::freeaddrinfo(request.ar_result);
    }
    Question(const Question &) = delete;
    Question &operator=(const Question &) = delete;
};

/// Keeps a question that could not be taken back until the resolver is done with it.
void setAside(std::unique_ptr<Question> question)
{
    static std::mutex mutex;
    static std::vector<std::unique_ptr<Question>> waiting;
    const std::lock_guard lock(mutex);
    std::erase_if(waiting, [](const auto &one) { return ::gai_error(&one->request) != EAI_INPROGRESS; });
    waiting.push_back(std::move(question));
}

std::vector<HostAddress> addressesOf(const addrinfo *list)
{
    std::vector<HostAddress> addresses;
    for (const addrinfo *at = list; at; at = at->ai_next)
        if (at->ai_family == AF_INET || at->ai_family == AF_INET6)
            addresses.emplace_back(at->ai_addr, at->ai_addrlen);
    return addresses;
}

} // namespace

HostAddress::HostAddress(const sockaddr *address, socklen_t length)
    : m_length(std::min<socklen_t>(length, sizeof m_storage))
{
    std::memcpy(&m_storage, address, m_length);
}

std::string HostAddress::text() const
{
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(address(), m_length, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return {};
    // An IPv4 address that came over an IPv6 socket is the same address.
    constexpr std::string_view kMapped = "::ffff:";
    const std::string_view whole(text.data());
    return std::string(whole.starts_with(kMapped) && whole.find('.') != std::string_view::npos
                           ? whole.substr(kMapped.size())
                           : whole);
}

base::Result<std::vector<HostAddress>> lookUpHost(const std::string &host, std::uint16_t port,
                                                  std::chrono::steady_clock::time_point deadline,
                                                  const std::stop_token &stop)
{
    auto question = std::make_unique<Question>(host, port);
    gaicb *list[] = {&question->request};
    if (::getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0)
        return failure(ErrorCode::HostUnknown, "the resolver cannot be asked");
    const gaicb *const waited[] = {&question->request};
    constexpr timespec kSlice{0, 50'000'000};
    int state = EAI_INPROGRESS;
    while ((state = ::gai_error(&question->request)) == EAI_INPROGRESS) {
        const bool stopped = stop.stop_requested();
        if (stopped || std::chrono::steady_clock::now() >= deadline) {
            if (::gai_cancel(&question->request) == EAI_NOTCANCELED)
                setAside(std::move(question));
            return stopped ? failure(ErrorCode::Cancelled, "stopped")
                           : failure(ErrorCode::ConnectTimedOut, "name: no answer within the limit");
        }
        ::gai_suspend(waited, 1, &kSlice);
    }
    auto addresses = state == 0 ? addressesOf(question->request.ar_result) : std::vector<HostAddress>();
    if (addresses.empty())
        return failure(ErrorCode::HostUnknown, "the name of the host leads to no address");
    return addresses;
}

} // namespace negatoscope::archive
