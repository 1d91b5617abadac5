#include <imaging/DisplayAttributes.h>

namespace negatoscope::imaging {

using dicom::DataSet;
using dicom::Tag;
namespace tags = dicom::tags;

namespace {

/// A byte per pixel is made of each bit: what a 16 MB value may hold, and no more.
constexpr std::uint64_t kMostPixels = 128ULL << 20;

struct Description
{
    std::uint32_t rows = 0, columns = 0;
    std::uint64_t plane = 0; ///< of this image frame, in Overlay Data
};

/// Which plane of the overlay belongs to the image frame; empty if none does or the sizes are unusable.
std::optional<Description> describe(const DataSet &dataSet, std::uint16_t group, std::uint32_t frame)
{
    const auto integer = [&](Tag tag, std::int64_t absent) {
        return dataSet.integer(tags::overlay(group, tag)).value_or(absent);
    };
    const auto rows = integer(tags::OverlayRows, 0), columns = integer(tags::OverlayColumns, 0);
    if (rows <= 0 || columns <= 0 || rows > 65535 || columns > 65535 ||
        static_cast<std::uint64_t>(rows * columns) > kMostPixels)
        return std::nullopt;
    Description description{static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(columns), 0};
    // Without a number of frames the one plane belongs to every frame of the image (PS3.3 C.9.2).
    if (const auto planes = dataSet.integer(tags::overlay(group, tags::NumberOfFramesInOverlay))) {
        const std::int64_t origin = integer(tags::ImageFrameOrigin, 1);
        if (origin < 1 || std::int64_t(frame) + 1 < origin || std::int64_t(frame) + 1 - origin >= *planes)
            return std::nullopt;
        description.plane = static_cast<std::uint64_t>(std::int64_t(frame) + 1 - origin);
    }
    return description;
}

Overlay labelled(const DataSet &dataSet, std::uint16_t group)
{
    Overlay overlay;
    overlay.group = group;
    const Tag origin = tags::overlay(group, tags::OverlayOrigin);
    const auto place = [&](std::size_t index) {
        const auto value = dataSet.integer(origin, index).value_or(1);
        return value >= -65535 && value <= 65535 ? static_cast<int>(value) : 1;
    };
    overlay.originRow = place(0);
    overlay.originColumn = place(1);
    overlay.type = dataSet.text(tags::overlay(group, tags::OverlayType));
    overlay.label = dataSet.text(tags::overlay(group, tags::OverlayLabel));
    if (overlay.label.empty())
        overlay.label = dataSet.text(tags::overlay(group, tags::OverlayDescription));
    return overlay;
}

} // namespace

std::vector<Overlay> overlaysOf(const DataSet &dataSet, std::uint32_t frame,
                                std::span<const dicom::EmbeddedOverlay> embedded)
{
    std::vector<Overlay> overlays;
    for (std::uint16_t group = 0x6000; group <= 0x601e; group += 2) {
        const std::string_view data = dataSet.bytes(tags::overlay(group, tags::OverlayData));
        const auto description = data.empty() ? std::nullopt : describe(dataSet, group, frame);
        if (!description)
            continue;
        const std::uint64_t pixels = std::uint64_t(description->rows) * description->columns;
        // The plane number is at most 2^32 and a plane at most 2^27 pixels: no overflow.
        const std::uint64_t first = description->plane * pixels;
        if (first + pixels > std::uint64_t(data.size()) * 8)
            continue;
        Overlay overlay = labelled(dataSet, group);
        overlay.rows = description->rows;
        overlay.columns = description->columns;
        overlay.bits.resize(pixels);
        for (std::uint64_t i = 0; i < pixels; ++i)
            overlay.bits[i] = (static_cast<unsigned char>(data[(first + i) / 8]) >> ((first + i) % 8)) & 1U;
        overlays.push_back(std::move(overlay));
    }
    const auto rows = dataSet.integer(tags::Rows).value_or(0),
               columns = dataSet.integer(tags::Columns).value_or(0);
    for (const dicom::EmbeddedOverlay &hidden : embedded) {
        if (rows <= 0 || columns <= 0 || rows > 65535 || columns > 65535 ||
            hidden.bits.size() != static_cast<std::size_t>(rows * columns))
            continue;
        Overlay overlay = labelled(dataSet, hidden.group);
        overlay.rows = static_cast<std::uint32_t>(rows);
        overlay.columns = static_cast<std::uint32_t>(columns);
        overlay.bits = hidden.bits;
        overlays.push_back(std::move(overlay));
    }
    return overlays;
}

} // namespace negatoscope::imaging
