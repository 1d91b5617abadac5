#pragma once

#include <base/Result.h>
#include <dicom/DataSet.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace negatoscope::archive {

/// Identifiers of requests and answers: small data sets, coded little-endian.
///
/// Our own bounded reading (docs/decisions/0027): nesting to 8, lengths within what is there.
/// Writing : text in the smallest character set that holds all of it, which is then declared.
/// Reading : text by the declared set; an implicit element gets its VR where we know it, else UN.
/// Errors  : Malformed, LimitExceeded.
class Identifier
{
public:
    static std::string encode(const dicom::DataSet &dataSet, std::string_view transferSyntax);
    static base::Result<dicom::DataSet> decode(std::span<const std::uint8_t> bytes,
                                               std::string_view transferSyntax);
};

/// The syntaxes that identifiers may come in.
inline constexpr const char *kImplicitLittle = "1.2.840.10008.1.2", *kExplicitLittle = "1.2.840.10008.1.2.1";

} // namespace negatoscope::archive
