#pragma once

#include <string>
#include <string_view>

namespace negatoscope::dicom {

/// How a frame is coded inside Pixel Data.
enum class PixelCoding {
    Native, ///< uncompressed
    Rle,
    JpegDct, ///< baseline, extended, and the retired spectral and progressive ones
    JpegLossless,
    JpegLs,
    Jpeg2000,
    DeflatedFrame, ///< 1.2.840.10008.1.2.8.1
    Htj2k,
    Mpeg,
    Other,
};

/// A transfer syntax of PS3.6 A-1, or an unknown one.
struct TransferSyntax
{
    std::string uid;
    std::string_view name; ///< PS3.6 name without the word "Transfer Syntax"; empty if unknown
    PixelCoding coding = PixelCoding::Other;
    bool bigEndian = false;
    bool explicitVr = true;
    bool deflated = false;
    bool encapsulated = false;
    bool lossy = false; ///< the coding cannot be lossless
    bool known = false;

    /// Whether this program decodes pixels in it.
    bool isDecodable() const;

    static TransferSyntax of(std::string_view uid);
};

} // namespace negatoscope::dicom
