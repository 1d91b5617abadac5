#include "Inflate.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr std::uint64_t kFreeExpansion = 1 << 20; // small outputs may expand at will

class InflateStream
{
public:
    explicit InflateStream(int windowBits) { m_ready = inflateInit2(&m_stream, windowBits) == Z_OK; }
    ~InflateStream()
    {
        if (m_ready)
            inflateEnd(&m_stream);
    }
    InflateStream(const InflateStream &) = delete;
    InflateStream &operator=(const InflateStream &) = delete;
    bool isReady() const { return m_ready; }
    z_stream &stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

base::Result<Inflated> inflateAs(int windowBits, const ByteSource &source, std::uint64_t offset,
                                 std::uint64_t maximum, const Limits &limits)
{
    InflateStream inflater(windowBits);
    if (!inflater.isReady())
        return failure(ErrorCode::Internal, "zlib does not start");
    z_stream &stream = inflater.stream();
    std::vector<std::uint8_t> input(kChunk);
    Inflated result;
    std::size_t filled = 0;
    std::uint64_t consumed = 0;
    int state = Z_OK;
    while (state == Z_OK) {
        if (stream.avail_in == 0) {
            const std::size_t got = source.read(offset + consumed, input);
            if (got == 0)
                break;
            consumed += got;
            stream.next_in = input.data();
            stream.avail_in = static_cast<uInt>(got);
        }
        if (filled == result.bytes.size())
            result.bytes.resize(
                std::min<std::uint64_t>(maximum + 1, std::max<std::uint64_t>(kChunk, filled * 2)));
        const auto space = static_cast<uInt>(std::min<std::size_t>(result.bytes.size() - filled, 1U << 30));
        stream.next_out = result.bytes.data() + filled;
        stream.avail_out = space;
        state = inflate(&stream, Z_NO_FLUSH);
        filled += space - stream.avail_out;
        const std::uint64_t used = consumed - stream.avail_in;
        if (filled > maximum)
            return failure(ErrorCode::LimitExceeded,
                           "deflated data expands beyond " + std::to_string(maximum) + " bytes");
        if (filled > kFreeExpansion && filled / limits.expansion > used)
            return failure(ErrorCode::LimitExceeded,
                           "deflated data expands more than " + std::to_string(limits.expansion) + " times");
    }
    result.truncated = state != Z_STREAM_END;
    result.bytes.resize(filled);
    return result;
}

} // namespace

base::Result<Inflated> inflateRest(const ByteSource &source, std::uint64_t offset, std::uint64_t maximum,
                                   const Limits &limits)
{
    auto raw = inflateAs(-MAX_WBITS, source, offset, maximum, limits);
    if (!raw || !raw->truncated)
        return raw;
    // A few writers put a zlib header before the raw stream; only then does this give more.
    std::array<std::uint8_t, 2> head{};
    if (source.read(offset, head) == 2 && (head[0] & 0x0fU) == 8 && (head[0] * 256 + head[1]) % 31 == 0) {
        auto wrapped = inflateAs(MAX_WBITS, source, offset, maximum, limits);
        if (!wrapped || wrapped->bytes.size() > raw->bytes.size())
            return wrapped;
    }
    if (raw->bytes.empty())
        return failure(ErrorCode::Malformed, "the deflated data set does not inflate");
    return raw;
}

} // namespace negatoscope::codec
