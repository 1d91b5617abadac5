#include <frames/Frame.h>

#include <cstdlib>
#include <malloc.h>
#include <string>
#include <sys/mman.h>

namespace negatoscope::frames {

namespace {
constexpr std::size_t kHugePage = 2 * 1024 * 1024;
constexpr int kMapped = 256 * 1024;
} // namespace

base::Result<PixelBuffer> PixelBuffer::create(std::size_t size)
{
    // Frames come from several threads and go from others: left to its arenas, malloc keeps three times the
    // budget. With a fixed threshold every frame is a mapping of its own and goes back to the system when it
    // goes.
    static const bool mapped = mallopt(M_MMAP_THRESHOLD, kMapped) == 1;
    static_cast<void>(mapped);
    const std::size_t alignment = size >= kHugePage ? kHugePage : 64;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    auto *data = static_cast<std::byte *>(std::aligned_alloc(alignment, rounded ? rounded : alignment));
    if (!data)
        return base::failure(base::ErrorCode::LimitExceeded,
                             "no memory for a frame of " + std::to_string(size) + " bytes");
    if (alignment == kHugePage)
        madvise(data, rounded, MADV_HUGEPAGE);
    return PixelBuffer(data, size);
}

void PixelBuffer::Free::operator()(std::byte *data) const
{
    std::free(data);
}

} // namespace negatoscope::frames
