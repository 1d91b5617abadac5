#include <volume/Volume.h>

#include <algorithm>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace negatoscope::volume {

using base::ErrorCode;
using base::failure;

Volume::Volume(VolumeGeometry geometry, VoxelType type, ValueScale scale, const StoragePlan &storage,
               VoxelBlock block)
    : m_geometry(std::move(geometry)),
      m_type(type),
      m_scale(std::move(scale)),
      m_storage(storage),
      m_block(std::move(block)),
      m_layout(m_geometry.columns, m_geometry.rows, m_geometry.slices()),
      m_states(m_geometry.places.size())
{}

base::Result<std::shared_ptr<Volume>> Volume::create(VolumeGeometry geometry, VoxelType type,
                                                     ValueScale scale, const StoragePlan &storage)
{
    if (geometry.columns < 1 || geometry.rows < 1 || geometry.slices() < 1)
        return failure(ErrorCode::BadArgument, "a volume without voxels");
    const VoxelLayout layout(geometry.columns, geometry.rows, geometry.slices());
    if (layout.voxels() * bytesOf(type) != storage.bytes)
        return failure(ErrorCode::BadArgument, "the plan is for another volume");
    TRY(VoxelBlock block, VoxelBlock::create(storage));
    return std::shared_ptr<Volume>(
        new Volume(std::move(geometry), type, std::move(scale), storage, std::move(block)));
}

namespace {

/// The columns of a brick in 16 bits.
constexpr std::size_t kWhole = VoxelLayout::kColumns * sizeof(std::int16_t);

/// Past the caches: the block is written once, from beginning to end of each brick's row, and read much
/// later.
void putPiece(std::byte *to, const std::byte *from)
{
#if defined(__SSE2__)
    static_assert(kWhole == 2 * sizeof(__m128i));
    const auto *const in = reinterpret_cast<const __m128i *>(from);
    auto *const out = reinterpret_cast<__m128i *>(to);
    _mm_stream_si128(out, _mm_loadu_si128(in));
    _mm_stream_si128(out + 1, _mm_loadu_si128(in + 1));
#else
    std::memcpy(to, from, kWhole);
#endif
}

/// Calls part(voxels of a row, how many, their place in the block, their place in the picture) for all pieces
/// of rows that lie within a brick, brick after brick.
template <typename Part>
void forEachPiece(const VolumeGeometry &geometry, const VoxelLayout &layout, int k, const Part &part)
{
    const std::ptrdiff_t slice = layout.slice(k);
    for (int top = 0; top < geometry.rows; top += VoxelLayout::kRows) {
        const int bottom = std::min(geometry.rows, top + VoxelLayout::kRows);
        for (int left = 0; left < geometry.columns; left += VoxelLayout::kColumns) {
            const int width = std::min(VoxelLayout::kColumns, geometry.columns - left);
            for (int j = top; j < bottom; ++j)
                part(width, slice + layout.offset(left, j, 0), std::ptrdiff_t(j) * geometry.columns + left);
        }
    }
}

} // namespace

void Volume::put(int k, std::span<const std::byte> rows)
{
    const auto size = static_cast<std::ptrdiff_t>(bytesOf(m_type));
    std::byte *const block = m_block.bytes().data();
    forEachPiece(m_geometry, m_layout, k, [&](int width, std::ptrdiff_t inBlock, std::ptrdiff_t inPicture) {
        std::byte *const to = block + inBlock * size;
        const std::byte *const from = rows.data() + inPicture * size;
        if (const std::size_t bytes = std::size_t(width) * std::size_t(size); bytes == kWhole)
            putPiece(to, from);
        else
            std::memcpy(to, from, bytes);
    });
#if defined(__SSE2__)
    // Writes past the caches are in no order with others until this.
    _mm_sfence();
#endif
    setState(k, SliceState::Arrived);
}

void Volume::copySlice(int k, std::span<std::byte> rows) const
{
    const auto size = static_cast<std::ptrdiff_t>(bytesOf(m_type));
    forEachPiece(m_geometry, m_layout, k, [&](int width, std::ptrdiff_t inBlock, std::ptrdiff_t inPicture) {
        std::memcpy(rows.data() + inPicture * size, voxels() + inBlock * size,
                    std::size_t(width) * std::size_t(size));
    });
}

void Volume::setState(int k, SliceState state)
{
    const SliceState before = m_states[std::size_t(k)].exchange(state, std::memory_order_acq_rel);
    if (before == state)
        return;
    if (state == SliceState::Arrived)
        m_arrived.fetch_add(1, std::memory_order_acq_rel);
    if (state == SliceState::Failed)
        m_failed.fetch_add(1, std::memory_order_acq_rel);
}

std::optional<double> Volume::valueAt(base::VolumeIndex index) const
{
    if (index.i < 0 || index.j < 0 || index.k < 0 || index.i >= m_geometry.columns ||
        index.j >= m_geometry.rows || index.k >= m_geometry.slices() || !isArrived(index.k))
        return std::nullopt;
    const auto at = static_cast<std::size_t>(m_layout.offset(index.i, index.j, index.k));
    if (m_type == VoxelType::Float) {
        float value = 0;
        std::memcpy(&value, voxels() + at * sizeof value, sizeof value);
        return m_scale.slope * static_cast<double>(value) + m_scale.intercept;
    }
    std::int16_t value = 0;
    std::memcpy(&value, voxels() + at * sizeof value, sizeof value);
    return m_scale.slope * value + m_scale.intercept;
}

} // namespace negatoscope::volume
