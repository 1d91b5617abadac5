#include "ByteSource.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace negatoscope::codec {

namespace {
// Nearly every single-frame header fits the first read; later reads are larger since the file is.
constexpr std::size_t kFirstRead = 8 * 1024;
constexpr std::size_t kLaterRead = 64 * 1024;
} // namespace

std::size_t FileSource::read(std::uint64_t offset, std::span<std::uint8_t> into) const
{
    std::size_t done = 0;
    while (done < into.size() && offset + done < m_size) {
        const auto wanted = std::min<std::uint64_t>(into.size() - done, m_size - offset - done);
        const ssize_t got =
            ::pread(m_descriptor, into.data() + done, wanted, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::size_t MemorySource::read(std::uint64_t offset, std::span<std::uint8_t> into) const
{
    if (offset >= m_bytes.size() || into.empty())
        return 0;
    const std::size_t count =
        std::min<std::size_t>(into.size(), m_bytes.size() - static_cast<std::size_t>(offset));
    std::memcpy(into.data(), m_bytes.data() + offset, count);
    return count;
}

const std::uint8_t *Window::at(std::uint64_t offset, std::size_t count)
{
    if (offset >= m_begin && offset - m_begin <= m_filled && count <= m_filled - (offset - m_begin))
        return m_bytes.data() + (offset - m_begin);
    const std::uint64_t size = m_source.size();
    if (offset > size || count > size - offset)
        return nullptr;
    const std::size_t chunk = m_bytes.empty() ? kFirstRead : kLaterRead;
    const auto length =
        static_cast<std::size_t>(std::min<std::uint64_t>(std::max(count, chunk), size - offset));
    if (m_bytes.size() < length)
        m_bytes.resize(length);
    m_begin = offset;
    m_filled = m_source.read(offset, std::span(m_bytes).first(length));
    return m_filled >= count ? m_bytes.data() : nullptr;
}

} // namespace negatoscope::codec
