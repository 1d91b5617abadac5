#include "FrameTable.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using dicom::PixelCoding;

namespace {

bool startsCodestream(const Fragment &fragment, PixelCoding coding, const ByteSource &source)
{
    std::array<std::uint8_t, 4> head{};
    if (source.read(fragment.offset, head) < head.size())
        return false;
    if (coding == PixelCoding::Jpeg2000)
        return (head[0] == 0xff && head[1] == 0x4f) ||
               (head[0] == 0 && head[1] == 0 && head[2] == 0 && head[3] == 0x0c);
    return head[0] == 0xff && head[1] == 0xd8;
}

/// Index of the first fragment of every frame by an offset table; empty if the table does not hold.
std::vector<std::size_t> firstsByOffsets(const FragmentList &list, const std::vector<std::uint64_t> &offsets,
                                         std::uint32_t frames)
{
    std::vector<std::size_t> firsts;
    if (offsets.size() != frames)
        return firsts;
    firsts.reserve(frames);
    std::size_t at = 0;
    for (const std::uint64_t offset : offsets) {
        while (at < list.fragments.size() && list.fragments[at].item < offset)
            ++at;
        if (at == list.fragments.size() || list.fragments[at].item != offset ||
            (firsts.empty() ? at != 0 : at <= firsts.back()))
            return {};
        firsts.push_back(at);
    }
    return firsts;
}

std::vector<std::size_t> firstsByMarkers(const FragmentList &list, std::uint32_t frames, PixelCoding coding,
                                         const ByteSource &source)
{
    std::vector<std::size_t> firsts;
    for (std::size_t i = 0; i < list.fragments.size() && firsts.size() <= frames; ++i)
        if (startsCodestream(list.fragments[i], coding, source))
            firsts.push_back(i);
    return firsts.size() == frames && firsts.front() == 0 ? firsts : std::vector<std::size_t>{};
}

bool isJpegFamily(PixelCoding coding)
{
    return coding == PixelCoding::JpegDct || coding == PixelCoding::JpegLossless ||
           coding == PixelCoding::JpegLs || coding == PixelCoding::Jpeg2000;
}

/// First and one past the last fragment of a frame.
base::Result<std::pair<std::size_t, std::size_t>> rangeOf(const FragmentList &list, std::uint32_t frame,
                                                          std::uint32_t frames, PixelCoding coding,
                                                          const ByteSource &source)
{
    const std::size_t count = list.fragments.size();
    auto firsts = firstsByOffsets(list, list.extendedOffsets, frames);
    if (firsts.empty())
        firsts = firstsByOffsets(list, list.basicOffsets, frames);
    if (firsts.empty() && frames == 1)
        return std::pair{std::size_t(0), count};
    if (firsts.empty() && count > frames && isJpegFamily(coding))
        firsts = firstsByMarkers(list, frames, coding, source);
    if (!firsts.empty())
        return std::pair{firsts[frame], frame + 1 < firsts.size() ? firsts[frame + 1] : count};
    if (count > frames)
        return failure(ErrorCode::CorruptPixelData, std::to_string(count) +
                                                        " fragments cannot be told apart into " +
                                                        std::to_string(frames) + " frames");
    if (frame >= count)
        return failure(ErrorCode::CorruptPixelData, "only " + std::to_string(count) + " of " +
                                                        std::to_string(frames) + " frames are there");
    return std::pair{std::size_t(frame), std::size_t(frame) + 1};
}

} // namespace

base::Result<std::vector<Fragment>> fragmentsOf(const FragmentList &list, std::uint32_t frame,
                                                std::uint32_t frames, PixelCoding coding,
                                                const ByteSource &source)
{
    if (list.fragments.empty())
        return failure(ErrorCode::CorruptPixelData, "encapsulated Pixel Data holds no fragment");
    TRY(const auto range, rangeOf(list, frame, frames, coding, source));
    const auto begin = list.fragments.begin();
    std::vector<Fragment> result(begin + static_cast<std::ptrdiff_t>(range.first),
                                 begin + static_cast<std::ptrdiff_t>(range.second));
    if (std::any_of(result.begin(), result.end(), [](const Fragment &fragment) { return fragment.cut; }))
        return failure(ErrorCode::Truncated, "the file ends inside this frame");
    return result;
}

} // namespace negatoscope::codec
