#include "Pdu.h"

#include "ByteOrder.h"

#include <dicom/DataSet.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::string_view kApplicationContext = "1.2.840.10008.3.1.1.1";
constexpr std::size_t kTitleLength = 16;
constexpr std::size_t kAssociateFixed = 68; ///< version, reserved, titles, reserved
constexpr std::size_t kMostContexts = 128;
constexpr std::size_t kMostSyntaxes = 256;

enum Item : std::uint8_t {
    ApplicationContext = 0x10,
    ProposedContext = 0x20,
    AnsweredContext = 0x21,
    AbstractSyntax = 0x30,
    TransferSyntax = 0x40,
    UserInformation = 0x50,
    MaximumLength = 0x51,
    ImplementationClass = 0x52,
    Role = 0x54,
    ImplementationVersion = 0x55,
};

tl::unexpected<base::Error> broken(const char *what)
{
    return failure(ErrorCode::ProtocolViolated, std::string("association: ") + what);
}

std::string item(Item type, std::string_view body)
{
    std::string out;
    out += static_cast<char>(type);
    out += '\0';
    append16(out, static_cast<std::uint16_t>(body.size()));
    out += body;
    return out;
}

std::string pdu(PduType type, std::string_view body)
{
    std::string out;
    out += static_cast<char>(type);
    out += '\0';
    append32(out, static_cast<std::uint32_t>(body.size()));
    out += body;
    return out;
}

std::string padded(std::string_view title)
{
    std::string out(title.substr(0, kTitleLength));
    out.resize(kTitleLength, ' ');
    return out;
}

std::string encodeContext(const PresentationContext &context, bool isRequest)
{
    std::string body;
    body += static_cast<char>(context.id);
    body += '\0';
    body += isRequest ? '\0' : static_cast<char>(context.result);
    body += '\0';
    if (isRequest)
        body += item(AbstractSyntax, context.abstractSyntax);
    for (const std::string &syntax : context.transferSyntaxes)
        body += item(TransferSyntax, syntax);
    return item(isRequest ? ProposedContext : AnsweredContext, body);
}

std::string encodeRole(const RoleSelection &role)
{
    std::string body;
    append16(body, static_cast<std::uint16_t>(role.sopClass.size()));
    body += role.sopClass;
    body += static_cast<char>(role.scu ? 1 : 0);
    body += static_cast<char>(role.scp ? 1 : 0);
    return item(Role, body);
}

/// Takes items one by one: type, reserved, length (16 bits), body.
class Items
{
public:
    explicit Items(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    bool next()
    {
        if (m_bytes.empty())
            return false;
        if (m_bytes.size() < 4 || 4U + read16(&m_bytes[2]) > m_bytes.size()) {
            m_broken = true;
            return false;
        }
        type = m_bytes[0];
        body = m_bytes.subspan(4, read16(&m_bytes[2]));
        m_bytes = m_bytes.subspan(4 + body.size());
        return true;
    }
    bool isBroken() const { return m_broken; }

    std::uint8_t type = 0;
    std::span<const std::uint8_t> body;

private:
    std::span<const std::uint8_t> m_bytes;
    bool m_broken = false;
};

std::string text(std::span<const std::uint8_t> bytes)
{
    return std::string(dicom::trimmed({reinterpret_cast<const char *>(bytes.data()), bytes.size()}));
}

base::Result<PresentationContext> decodeContext(std::span<const std::uint8_t> body)
{
    if (body.size() < 4)
        return broken("a presentation context ends too early");
    PresentationContext context;
    context.id = body[0];
    context.result = body[2];
    Items items(body.subspan(4));
    while (items.next()) {
        if (items.type == AbstractSyntax)
            context.abstractSyntax = text(items.body);
        else if (items.type == TransferSyntax && context.transferSyntaxes.size() < kMostSyntaxes)
            context.transferSyntaxes.push_back(text(items.body));
    }
    if (items.isBroken())
        return broken("an item is longer than its presentation context");
    return context;
}

base::Status decodeUserInformation(std::span<const std::uint8_t> body, AssociatePdu &pdu)
{
    Items items(body);
    while (items.next()) {
        if (items.type == MaximumLength && items.body.size() >= 4) {
            pdu.largestPdu = read32(items.body.data());
        } else if (items.type == ImplementationClass) {
            pdu.implementationClass = text(items.body);
        } else if (items.type == ImplementationVersion) {
            pdu.implementationVersion = text(items.body);
        } else if (items.type == Role) {
            if (items.body.size() < 4 || read16(items.body.data()) + 4U > items.body.size())
                return broken("a role selection ends too early");
            const std::size_t length = read16(items.body.data());
            pdu.roles.push_back({text(items.body.subspan(2, length)), items.body[2 + length] != 0,
                                 items.body[3 + length] != 0});
        }
    }
    if (items.isBroken())
        return broken("an item is longer than the user information");
    return {};
}

} // namespace

std::string encode(const AssociatePdu &associate)
{
    const bool isRequest = associate.type == PduType::AssociateRequest;
    std::string body;
    append16(body, 1);
    append16(body, 0);
    body += padded(associate.calledTitle);
    body += padded(associate.callingTitle);
    body.append(32, '\0');
    body += item(ApplicationContext, kApplicationContext);
    for (const PresentationContext &context : associate.contexts)
        body += encodeContext(context, isRequest);
    std::string user, length;
    append32(length, associate.largestPdu);
    user += item(MaximumLength, length);
    user += item(ImplementationClass, associate.implementationClass);
    for (const RoleSelection &role : associate.roles)
        user += encodeRole(role);
    user += item(ImplementationVersion, associate.implementationVersion);
    body += item(UserInformation, user);
    return pdu(associate.type, body);
}

std::string encode(const RejectPdu &reject)
{
    const char body[] = {'\0', static_cast<char>(reject.result), static_cast<char>(reject.source),
                         static_cast<char>(reject.reason)};
    return pdu(PduType::AssociateReject, {body, sizeof body});
}

std::string encodeRelease(PduType type)
{
    return pdu(type, std::string(4, '\0'));
}

std::string encodeAbort(std::uint8_t source, std::uint8_t reason)
{
    const char body[] = {'\0', '\0', static_cast<char>(source), static_cast<char>(reason)};
    return pdu(PduType::Abort, {body, sizeof body});
}

std::string encodeFragmentHeader(std::uint8_t context, bool isCommand, bool isLast, std::uint32_t size)
{
    std::string out;
    out += static_cast<char>(PduType::Data);
    out += '\0';
    append32(out, size + 6);
    append32(out, size + 2);
    out += static_cast<char>(context);
    out += static_cast<char>((isCommand ? 1 : 0) | (isLast ? 2 : 0));
    return out;
}

base::Result<AssociatePdu> decodeAssociate(PduType type, std::span<const std::uint8_t> body)
{
    if (body.size() < kAssociateFixed)
        return broken("the unit ends too early");
    AssociatePdu associate;
    associate.type = type;
    associate.calledTitle = text(body.subspan(4, kTitleLength));
    associate.callingTitle = text(body.subspan(4 + kTitleLength, kTitleLength));
    Items items(body.subspan(kAssociateFixed));
    while (items.next()) {
        if (items.type == ProposedContext || items.type == AnsweredContext) {
            TRY(auto context, decodeContext(items.body));
            if (associate.contexts.size() >= kMostContexts)
                return broken("more than 128 presentation contexts");
            associate.contexts.push_back(std::move(context));
        } else if (items.type == UserInformation) {
            TRY_DO(decodeUserInformation(items.body, associate));
        }
    }
    if (items.isBroken())
        return broken("an item is longer than the unit");
    return associate;
}

base::Result<RejectPdu> decodeReject(std::span<const std::uint8_t> body)
{
    if (body.size() < 4)
        return broken("the rejection ends too early");
    return RejectPdu{body[1], body[2], body[3]};
}

base::Result<Fragment> takeFragment(std::span<const std::uint8_t> &body)
{
    if (body.size() < 6)
        return broken("a fragment ends too early");
    const std::uint32_t length = read32(body.data());
    if (length < 2 || length > body.size() - 4)
        return broken("a fragment is longer than its unit");
    Fragment fragment;
    fragment.context = body[4];
    fragment.isCommand = (body[5] & 1U) != 0;
    fragment.isLast = (body[5] & 2U) != 0;
    fragment.bytes = body.subspan(6, length - 2);
    body = body.subspan(4 + length);
    return fragment;
}

base::Error errorOf(const RejectPdu &reject)
{
    // PS3.8 9.3.4: source 1 is the service user, 2 and 3 the service provider.
    const std::string text = "association: rejected, result " + std::to_string(reject.result) + ", source " +
                             std::to_string(reject.source) + ", reason " + std::to_string(reject.reason);
    if (reject.source == 1 && reject.reason == 3)
        return {ErrorCode::CallingTitleUnknown, text};
    if (reject.source == 1 && reject.reason == 7)
        return {ErrorCode::CalledTitleUnknown, text};
    if (reject.source == 3 || reject.result == 2)
        return {ErrorCode::ArchiveBusy, text};
    return {ErrorCode::AssociationRefused, text};
}

} // namespace negatoscope::archive
