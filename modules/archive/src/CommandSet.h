#pragma once

#include <base/Result.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace negatoscope::archive {

/// What a message asks or answers, PS3.7 E.1.
enum class Command : std::uint16_t {
    StoreRequest = 0x0001,
    StoreReply = 0x8001,
    GetRequest = 0x0010,
    GetReply = 0x8010,
    FindRequest = 0x0020,
    FindReply = 0x8020,
    MoveRequest = 0x0021,
    MoveReply = 0x8021,
    EchoRequest = 0x0030,
    EchoReply = 0x8030,
    EventRequest = 0x0100,
    EventReply = 0x8100,
    ActionRequest = 0x0130,
    ActionReply = 0x8130,
    CancelRequest = 0x0fff,
};

/// Elements of group 0000, by their element number.
namespace command {
inline constexpr std::uint16_t AffectedSopClass = 0x0002, RequestedSopClass = 0x0003, Field = 0x0100,
                               MessageId = 0x0110, MessageIdReplied = 0x0120, Destination = 0x0600,
                               Priority = 0x0700, DataSetType = 0x0800, Status = 0x0900,
                               OffendingElement = 0x0901, Comment = 0x0902, AffectedInstance = 0x1000,
                               RequestedInstance = 0x1001, EventType = 0x1002, ActionType = 0x1008,
                               Remaining = 0x1020, Completed = 0x1021, Failed = 0x1022, Warning = 0x1023,
                               MoveOriginator = 0x1030, MoveMessageId = 0x1031;
}

/// A command set: group 0000 in implicit little endian, without sequences (PS3.7 6.3.1).
class CommandSet
{
public:
    CommandSet() = default;
    CommandSet(Command field, std::uint16_t messageId);

    void setNumber(std::uint16_t element, std::uint16_t value);
    void setText(std::uint16_t element, std::string_view value);
    void setHasData(bool hasData);

    std::optional<std::uint16_t> number(std::uint16_t element) const;
    /// Without padding; empty if absent.
    std::string text(std::uint16_t element) const;

    Command field() const { return static_cast<Command>(number(command::Field).value_or(0)); }
    bool hasData() const { return number(command::DataSetType).value_or(kNoData) != kNoData; }
    /// A message without a status has failed.
    std::uint16_t status() const { return number(command::Status).value_or(kProcessingFailure); }

    std::string encode() const;
    /// Errors: ProtocolViolated.
    static base::Result<CommandSet> decode(std::span<const std::uint8_t> bytes);

private:
    static constexpr std::uint16_t kNoData = 0x0101, kProcessingFailure = 0x0110;

    std::map<std::uint16_t, std::string> m_elements;
};

/// Pending, or pending with keys that are not matched (PS3.4 C.4.1.1.4).
constexpr bool isPending(std::uint16_t status)
{
    return status == 0xff00 || status == 0xff01;
}
constexpr bool isWarning(std::uint16_t status)
{
    return status == 0x0001 || status == 0x0107 || status == 0x0116 || (status & 0xf000U) == 0xb000U;
}

/// The error of a failure status: ArchiveBusy, DestinationUnknown, ServiceNotOffered, Cancelled or
/// RequestRefused; its text says the step and the status ("find: 0xA900"), never the archive's comment, which
/// may hold a name.
base::Error errorOfStatus(const char *step, std::uint16_t status);

} // namespace negatoscope::archive
