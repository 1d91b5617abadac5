#pragma once

#include "Descriptor.h"

#include <base/Result.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::codec {

enum class MessageKind : std::uint32_t {
    Configure,
    Headers,
    DataSet,
    Frame,
    ListArchive,
    ExtractEntry,
    Done,
    Failed
};

struct Message
{
    MessageKind kind = MessageKind::Failed;
    std::string payload;
    std::vector<Descriptor> descriptors;
};

/// Messages with descriptors over one end of a socket pair, between the program and a worker.
///
/// Errors : WorkerDied (the other end is gone or sends nonsense), WorkerTimedOut, Cancelled (`wake` became
/// readable).
class Channel
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::size_t kMaximumDescriptors = 64;

    explicit Channel(Descriptor socket) : m_socket(std::move(socket)) {}

    int number() const { return m_socket.number(); }

    base::Status send(MessageKind kind, std::string_view payload, std::span<const int> descriptors,
                      std::optional<Clock::time_point> deadline);
    /// Waits until a message begins to arrive.
    base::Status await(std::optional<Clock::time_point> deadline, int wake = -1);
    base::Result<Message> receive(std::size_t maximumPayload, std::optional<Clock::time_point> deadline);

private:
    base::Status receiveRest(char *into, std::size_t count, std::optional<Clock::time_point> deadline);
    base::Status pollFor(short events, std::optional<Clock::time_point> deadline, int wake);

    Descriptor m_socket;
};

} // namespace negatoscope::codec
