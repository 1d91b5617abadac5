#pragma once

#include <base/Result.h>
#include <base/Uid.h>
#include <dicom/ImageFormat.h>
#include <dicom/ParsedFile.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace negatoscope::frames {

/// One frame of one instance; frames count from 0.
struct FrameKey
{
    base::InstanceUid instance;
    std::uint32_t frame = 0;
    auto operator<=>(const FrameKey &) const = default;
};

/// Uninitialised, 64-byte aligned memory for one frame; huge pages where they pay.
class PixelBuffer
{
public:
    PixelBuffer() = default;
    /// Errors: LimitExceeded where there is no memory.
    static base::Result<PixelBuffer> create(std::size_t size);
    std::span<std::byte> bytes() { return {m_data.get(), m_size}; }
    std::span<const std::byte> bytes() const { return {m_data.get(), m_size}; }

private:
    PixelBuffer(std::byte *data, std::size_t size) : m_data(data), m_size(size) {}

    struct Free
    {
        void operator()(std::byte *data) const;
    };
    std::unique_ptr<std::byte, Free> m_data;
    std::size_t m_size = 0;
};

/// A decoded frame together with the object it was read from: whoever shows the pixels takes every word about
/// them from here (docs/decisions/0007). Immutable once loaded.
///
/// Pixels : as codec::DecodeService::decodeFrame delivers them.
struct Frame
{
    FrameKey key;
    std::shared_ptr<const dicom::ParsedFile> file;
    dicom::ImageFormat format;
    dicom::Photometric photometric = dicom::Photometric::Unknown;
    bool irreversible = false;
    std::vector<dicom::EmbeddedOverlay> embeddedOverlays;
    PixelBuffer pixels;

    const dicom::DataSet &dataSet() const { return file->dataSet; }
};

using FramePointer = std::shared_ptr<const Frame>;
using FrameResult = base::Result<FramePointer>;

} // namespace negatoscope::frames

template <>
struct std::hash<negatoscope::frames::FrameKey>
{
    std::size_t operator()(const negatoscope::frames::FrameKey &key) const noexcept
    {
        return std::hash<negatoscope::base::InstanceUid>{}(key.instance) * 31 + key.frame;
    }
};
