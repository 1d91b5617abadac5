#include "WebAddress.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::uint16_t kHttp = 80, kHttps = 443;
constexpr std::string_view kPlainInQuery = "-._~*?/:@";
constexpr std::size_t kMostHost = 253, kMostPath = 1024;

bool isOf(std::string_view text, std::string_view others)
{
    return std::all_of(text.begin(), text.end(), [&](unsigned char c) {
        return (c < 0x80 && std::isalnum(c) != 0) || others.find(static_cast<char>(c)) != others.npos;
    });
}

} // namespace

base::Result<WebAddress> WebAddress::parse(const std::string &url)
{
    const auto unfit = [](const char *why) { return failure(ErrorCode::BadArgument, why); };
    WebAddress address;
    std::string_view rest = url;
    address.secure = rest.starts_with("https://");
    if (!address.secure && !rest.starts_with("http://"))
        return unfit("the URL begins neither with https:// nor with http://");
    rest.remove_prefix(address.secure ? 8 : 7);
    const auto slash = std::min(rest.find('/'), rest.size());
    std::string_view authority = rest.substr(0, slash);
    std::string_view path = rest.substr(slash);
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == authority.npos)
            return unfit("the host of the URL is neither a name nor an address");
        address.host = authority.substr(1, end - 1);
        port = authority.substr(end + 1);
        if (!isOf(address.host, ":."))
            return unfit("the host of the URL is neither a name nor an address");
    } else {
        const auto colon = std::min(authority.find(':'), authority.size());
        address.host = authority.substr(0, colon);
        port = authority.substr(colon);
        if (!isOf(address.host, "-._"))
            return unfit("the host of the URL is neither a name nor an address");
    }
    if (address.host.empty() || address.host.size() > kMostHost)
        return unfit("the host of the URL is neither a name nor an address");
    address.port = address.secure ? kHttps : kHttp;
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), address.port);
        if (port.front() != ':' || error != std::errc() || end != port.data() + port.size() ||
            address.port == 0)
            return unfit("the port of the URL is not between 1 and 65535");
    }
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (path.size() > kMostPath || !isOf(path, "/-._~%!$&'()*+,;=:@") || path.find("/../") != path.npos ||
        path.ends_with("/.."))
        return unfit("the path of the URL holds what no path may");
    address.path = path;
    return address;
}

std::string WebAddress::origin() const
{
    std::string text = secure ? "https://" : "http://";
    text += host.find(':') == std::string::npos ? host : '[' + host + ']';
    return text + ':' + std::to_string(port);
}

std::string percentEncoded(std::string_view text)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isOf(std::string_view(&c, 1), kPlainInQuery)) {
            out += c;
        } else {
            out += '%';
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 15U];
        }
    }
    return out;
}

} // namespace negatoscope::archive
