#include "CommandSet.h"

#include "ByteOrder.h"

#include <dicom/DataSet.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

CommandSet::CommandSet(Command field, std::uint16_t messageId)
{
    setNumber(command::Field, static_cast<std::uint16_t>(field));
    const bool isReply =
        (static_cast<std::uint16_t>(field) & 0x8000U) != 0 || field == Command::CancelRequest;
    setNumber(isReply ? command::MessageIdReplied : command::MessageId, messageId);
    setHasData(false);
}

void CommandSet::setNumber(std::uint16_t element, std::uint16_t value)
{
    std::string bytes;
    append16Little(bytes, value);
    m_elements[element] = std::move(bytes);
}

void CommandSet::setText(std::uint16_t element, std::string_view value)
{
    std::string bytes(value);
    // UIDs are padded with a NUL, titles with a space.
    const bool isTitle = element == command::Destination || element == command::MoveOriginator;
    if (bytes.size() % 2 != 0)
        bytes += isTitle ? ' ' : '\0';
    m_elements[element] = std::move(bytes);
}

void CommandSet::setHasData(bool hasData)
{
    setNumber(command::DataSetType, hasData ? 0x0001 : kNoData);
}

std::optional<std::uint16_t> CommandSet::number(std::uint16_t element) const
{
    const auto found = m_elements.find(element);
    if (found == m_elements.end() || found->second.size() < 2)
        return std::nullopt;
    return read16Little(reinterpret_cast<const std::uint8_t *>(found->second.data()));
}

std::string CommandSet::text(std::uint16_t element) const
{
    const auto found = m_elements.find(element);
    return found == m_elements.end() ? std::string() : std::string(dicom::trimmed(found->second));
}

std::string CommandSet::encode() const
{
    std::string elements;
    for (const auto &[element, value] : m_elements) {
        append16Little(elements, 0);
        append16Little(elements, element);
        append32Little(elements, static_cast<std::uint32_t>(value.size()));
        elements += value;
    }
    std::string out(4, '\0');
    append32Little(out, 4);
    append32Little(out, static_cast<std::uint32_t>(elements.size()));
    return out + elements;
}

base::Result<CommandSet> CommandSet::decode(std::span<const std::uint8_t> bytes)
{
    CommandSet set;
    while (!bytes.empty()) {
        if (bytes.size() < 8)
            return failure(ErrorCode::ProtocolViolated, "command: it ends too early");
        const std::uint32_t length = read32Little(&bytes[4]);
        if (read16Little(bytes.data()) != 0 || length > bytes.size() - 8)
            return failure(ErrorCode::ProtocolViolated, "command: an element that is none");
        const auto value = bytes.subspan(8, length);
        set.m_elements[read16Little(&bytes[2])] =
            std::string(reinterpret_cast<const char *>(value.data()), value.size());
        bytes = bytes.subspan(8 + length);
    }
    if (!set.number(command::Field))
        return failure(ErrorCode::ProtocolViolated, "command: it does not say what it is");
    return set;
}

base::Error errorOfStatus(const char *step, std::uint16_t status)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text = std::string(step) + ": status 0x";
    for (const unsigned shift : {12U, 8U, 4U, 0U})
        text += kDigits[(status >> shift) & 15U];
    switch (status) {
    case 0xfe00:
        return {ErrorCode::Cancelled, text};
    case 0xa801:
        return {ErrorCode::DestinationUnknown, text};
    case 0x0122: // SOP class not supported
    case 0x0211: // unrecognised operation
        return {ErrorCode::ServiceNotOffered, text};
    default:
        break;
    }
    const bool busy = (status & 0xff00U) == 0xa700U || status == 0x0213; // out of resources
    return {busy ? ErrorCode::ArchiveBusy : ErrorCode::RequestRefused, text};
}

} // namespace negatoscope::archive
