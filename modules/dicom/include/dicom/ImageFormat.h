#pragma once

#include <base/Result.h>
#include <dicom/DataSet.h>
#include <dicom/TransferSyntax.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace negatoscope::dicom {

enum class Photometric {
    Monochrome1,
    Monochrome2,
    PaletteColor,
    Rgb,
    YbrFull,
    YbrFull422,
    YbrPartial422,
    YbrPartial420,
    YbrIct,
    YbrRct,
    Unknown,
};

Photometric photometricOf(std::string_view definedTerm);
bool isMonochrome(Photometric photometric);

enum class SampleKind { Integer, Float, Double };

/// What the Image Pixel module says of the frames (PS3.3 C.7.6.3), checked.
///
/// After decoding a frame is rows x columns pixels, top row first, samples interleaved, each sample in
/// bytesPerSample() bytes of this machine's order. 1-bit samples are unpacked to one byte each.
/// Limits: rows and columns 1..65535, a decoded frame at most 512 MB (docs/safety.md S14).
struct ImageFormat
{
    std::uint32_t rows = 0, columns = 0;
    std::uint32_t samples = 1;
    std::uint32_t bitsAllocated = 8, bitsStored = 8, highBit = 7;
    bool isSigned = false;
    bool planar = false; ///< Planar Configuration 1, in the file
    SampleKind kind = SampleKind::Integer;
    Photometric photometric = Photometric::Unknown;
    std::uint32_t frames = 1;

    static constexpr std::uint64_t kMaximumFrameBytes = 512ULL * 1024 * 1024;

    /// Errors: NoPixelData (no rows or columns), UnsupportedPixelFormat, LimitExceeded.
    static base::Result<ImageFormat> of(const DataSet &dataSet);

    std::uint32_t bytesPerSample() const
    {
        return bitsAllocated <= 8 ? 1 : bitsAllocated <= 16 ? 2 : bitsAllocated <= 32 ? 4 : 8;
    }
    std::size_t decodedFrameBytes() const { return std::size_t(rows) * columns * samples * bytesPerSample(); }
    /// Bits of one frame in native (uncompressed) Pixel Data; frames of 1-bit images need not start on a
    /// byte.
    std::uint64_t nativeFrameBits() const;

    bool operator==(const ImageFormat &) const = default;
};

/// An overlay that hides in bits of the pixels above the High Bit or below the stored ones (retired in 2004,
/// PS3.3 C.9.2): one byte per pixel, 0 or 1, of the image's size.
struct EmbeddedOverlay
{
    std::uint16_t group = 0x6000;
    std::vector<std::uint8_t> bits;
};

} // namespace negatoscope::dicom
