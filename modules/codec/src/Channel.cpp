#include "Channel.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;

namespace {

struct Head
{
    std::uint32_t kind;
    std::uint32_t payloadBytes;
};

tl::unexpected<base::Error> gone()
{
    return failure(ErrorCode::WorkerDied, "the worker is gone");
}

std::vector<Descriptor> descriptorsOf(msghdr &message)
{
    std::vector<Descriptor> descriptors;
    for (cmsghdr *control = CMSG_FIRSTHDR(&message); control; control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number;
            std::memcpy(&number, CMSG_DATA(control) + i * sizeof(int), sizeof(int));
            descriptors.emplace_back(number);
        }
    }
    return descriptors;
}

} // namespace

Status Channel::pollFor(short events, std::optional<Clock::time_point> deadline, int wake)
{
    while (true) {
        int milliseconds = -1;
        if (deadline) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
            if (left <= 0)
                return failure(ErrorCode::WorkerTimedOut, "the worker does not answer in time");
            milliseconds = static_cast<int>(std::min<long long>(left, 1'000'000));
        }
        std::array<pollfd, 2> watched{pollfd{m_socket.number(), events, 0}, pollfd{wake, POLLIN, 0}};
        const int ready = ::poll(watched.data(), wake >= 0 ? 2 : 1, milliseconds);
        if (ready < 0 && errno != EINTR)
            return gone();
        if (ready <= 0)
            continue;
        if (watched[0].revents != 0)
            return {};
        return failure(ErrorCode::Cancelled, "cancelled");
    }
}

Status Channel::send(MessageKind kind, std::string_view payload, std::span<const int> descriptors,
                     std::optional<Clock::time_point> deadline)
{
    const Head head{static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(payload.size())};
    const std::size_t total = sizeof head + payload.size();
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kMaximumDescriptors)> control{};
    std::size_t sent = 0;
    while (sent < total) {
        const std::size_t headLeft = sizeof head - std::min(sent, sizeof head);
        const std::size_t payloadAt = sent - (sizeof head - headLeft);
        std::array<iovec, 2> parts{
            iovec{const_cast<char *>(reinterpret_cast<const char *>(&head)) + (sizeof head - headLeft),
                  headLeft},
            iovec{const_cast<char *>(payload.data()) + payloadAt, payload.size() - payloadAt}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        if (sent == 0 && !descriptors.empty()) { // they travel with the first byte
            message.msg_control = control.data();
            message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
            auto *rights = reinterpret_cast<cmsghdr *>(control.data());
            rights->cmsg_level = SOL_SOCKET;
            rights->cmsg_type = SCM_RIGHTS;
            rights->cmsg_len = CMSG_LEN(descriptors.size_bytes());
            std::memcpy(CMSG_DATA(rights), descriptors.data(), descriptors.size_bytes());
        }
        const ssize_t done =
            ::sendmsg(m_socket.number(), &message, MSG_NOSIGNAL | (deadline ? MSG_DONTWAIT : 0));
        if (done > 0) {
            sent += static_cast<std::size_t>(done);
        } else if (done < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            TRY_DO(pollFor(POLLOUT, deadline, -1));
        } else if (done == 0 || errno != EINTR) {
            return gone();
        }
    }
    return {};
}

Status Channel::await(std::optional<Clock::time_point> deadline, int wake)
{
    return pollFor(POLLIN, deadline, wake);
}

Status Channel::receiveRest(char *into, std::size_t count, std::optional<Clock::time_point> deadline)
{
    while (count > 0) {
        const ssize_t got = ::recv(m_socket.number(), into, count, deadline ? MSG_DONTWAIT : 0);
        if (got > 0) {
            into += got;
            count -= static_cast<std::size_t>(got);
        } else if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            TRY_DO(pollFor(POLLIN, deadline, -1));
        } else if (got == 0 || errno != EINTR) {
            return gone();
        }
    }
    return {};
}

base::Result<Message> Channel::receive(std::size_t maximumPayload, std::optional<Clock::time_point> deadline)
{
    if (deadline)
        TRY_DO(await(deadline));
    Head head{};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kMaximumDescriptors)> control{};
    iovec part{&head, sizeof head};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t got = 0;
    do
        got = ::recvmsg(m_socket.number(), &header, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    Message message;
    message.descriptors = descriptorsOf(header);
    if (got <= 0)
        return gone();
    const auto first = static_cast<std::size_t>(got);
    TRY_DO(receiveRest(reinterpret_cast<char *>(&head) + first, sizeof head - first, deadline));
    if (head.kind > static_cast<std::uint32_t>(MessageKind::Failed) || head.payloadBytes > maximumPayload)
        return failure(ErrorCode::WorkerDied, "the worker's answer is no message");
    message.kind = static_cast<MessageKind>(head.kind);
    message.payload.resize(head.payloadBytes);
    TRY_DO(receiveRest(message.payload.data(), message.payload.size(), deadline));
    return message;
}

} // namespace negatoscope::codec
