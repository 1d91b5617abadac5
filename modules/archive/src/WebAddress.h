#pragma once

#include <base/Result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace negatoscope::archive {

/// Where a DICOMweb service is (PS3.18 8.2): scheme, host, port and path of its base, taken apart strictly.
struct WebAddress
{
    bool secure = false;
    std::string host; ///< IPv6 without brackets
    std::uint16_t port = 0;
    std::string path; ///< "/dicom-web", without a slash at its end

    /// Errors: BadArgument with the reason; a user, a query and a fragment are none of it.
    static base::Result<WebAddress> parse(const std::string &url);
    /// "https://host:port".
    std::string origin() const;
};

/// The text as a value in a query: everything that may mean something there as %XX (RFC 3986 3.4). Wildcards
/// stay as they are: they may, and some archives do not decode them.
std::string percentEncoded(std::string_view text);

} // namespace negatoscope::archive
