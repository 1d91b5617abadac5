#include <volume/Volume.h>

#include <cstring>
#include <utility>

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
      m_sliceVoxels(std::size_t(m_geometry.columns) * std::size_t(m_geometry.rows)),
      m_states(m_geometry.places.size())
{}

base::Result<std::shared_ptr<Volume>> Volume::create(VolumeGeometry geometry, VoxelType type,
                                                     ValueScale scale, const StoragePlan &storage)
{
    if (geometry.columns < 1 || geometry.rows < 1 || geometry.slices() < 1)
        return failure(ErrorCode::BadArgument, "a volume without voxels");
    const std::uint64_t voxels = std::uint64_t(geometry.columns) * std::uint64_t(geometry.rows) *
                                 std::uint64_t(geometry.slices());
    if (voxels * bytesOf(type) != storage.bytes)
        return failure(ErrorCode::BadArgument, "the plan is for another volume");
    TRY(VoxelBlock block, VoxelBlock::create(storage));
    return std::shared_ptr<Volume>(
        new Volume(std::move(geometry), type, std::move(scale), storage, std::move(block)));
}

std::span<std::byte> Volume::slice(int k)
{
    const std::size_t bytes = m_sliceVoxels * bytesOf(m_type);
    return m_block.bytes().subspan(std::size_t(k) * bytes, bytes);
}

std::span<const std::byte> Volume::slice(int k) const
{
    const std::size_t bytes = m_sliceVoxels * bytesOf(m_type);
    return std::span<const std::byte>(m_block.bytes()).subspan(std::size_t(k) * bytes, bytes);
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
    const std::size_t at = std::size_t(index.j) * std::size_t(m_geometry.columns) + std::size_t(index.i);
    if (m_type == VoxelType::Float) {
        float value = 0;
        std::memcpy(&value, slice(index.k).data() + at * sizeof value, sizeof value);
        return m_scale.slope * static_cast<double>(value) + m_scale.intercept;
    }
    std::int16_t value = 0;
    std::memcpy(&value, slice(index.k).data() + at * sizeof value, sizeof value);
    return m_scale.slope * value + m_scale.intercept;
}

} // namespace negatoscope::volume
