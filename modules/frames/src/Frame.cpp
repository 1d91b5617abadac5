#include <frames/Frame.h>

#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace negatoscope::frames {

namespace {
constexpr std::size_t kHugePage = 2 * 1024 * 1024;
} // namespace

PixelBuffer::PixelBuffer(std::size_t size) : m_size(size) {
    const std::size_t alignment = size >= kHugePage ? kHugePage : 64;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    m_data.reset(static_cast<std::byte *>(std::aligned_alloc(alignment, rounded ? rounded : alignment)));
    if (!m_data)
        throw std::bad_alloc();
    if (alignment == kHugePage)
        madvise(m_data.get(), rounded, MADV_HUGEPAGE);
}

void PixelBuffer::Free::operator()(std::byte *data) const {
    std::free(data);
}

} // namespace negatoscope::frames
