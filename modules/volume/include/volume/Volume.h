#pragma once

#include <base/Result.h>
#include <volume/Geometry.h>
#include <volume/Storage.h>
#include <volume/VoxelLayout.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace negatoscope::volume {

/// What a voxel's number means: modality value = slope * voxel + intercept.
struct ValueScale
{
    double slope = 1, intercept = 0;
    std::string unit; ///< "HU"; empty if unknown
    bool operator==(const ValueScale &) const = default;
};

/// How voxels are kept. Int16: stored values as they are, or where they are unsigned and need all 16 bits
/// less 32768, with the intercept adjusted. Float: modality values, where each slice has its own slope (PET)
/// or the pixels are floating point or wider than 16 bits.
enum class VoxelType { Int16, Float };

constexpr std::size_t bytesOf(VoxelType type)
{
    return type == VoxelType::Int16 ? 2 : 4;
}

/// The voxels of a volume in one block, and where they lie in the patient.
///
/// Voxels  : in bricks (VoxelLayout); slices go in and out by put() and copySlice(); k as in VolumeGeometry.
/// Threads : each slice is put by one thread; others read slices that isArrived() only. What has not arrived
///           is never read, so that filling and reformatting need no lock.
/// Owns    : its memory, given back with the last holder of the volume.
class Volume
{
public:
    enum class SliceState : std::uint8_t { Waiting, Arrived, Failed };

    /// Errors: BadArgument (a geometry without voxels), those of VoxelBlock::create().
    static base::Result<std::shared_ptr<Volume>> create(VolumeGeometry geometry, VoxelType type,
                                                        ValueScale scale, const StoragePlan &storage);

    const VolumeGeometry &geometry() const { return m_geometry; }
    VoxelType voxelType() const { return m_type; }
    const ValueScale &scale() const { return m_scale; }
    const StoragePlan &storage() const { return m_storage; }

    const VoxelLayout &layout() const { return m_layout; }
    const std::byte *voxels() const { return m_block.bytes().data(); }
    std::size_t sliceBytes() const
    {
        return std::size_t(m_geometry.columns) * std::size_t(m_geometry.rows) * bytesOf(m_type);
    }

    /// Puts a slice in its place: row-major, sliceBytes() of voxels. It has then arrived.
    void put(int k, std::span<const std::byte> rows);
    /// Takes one out: row-major. Only of slices that have arrived.
    void copySlice(int k, std::span<std::byte> rows) const;
    void setFailed(int k) { setState(k, SliceState::Failed); }
    SliceState stateOf(int k) const { return m_states[std::size_t(k)].load(std::memory_order_acquire); }
    bool isArrived(int k) const { return stateOf(k) == SliceState::Arrived; }
    int arrived() const { return m_arrived.load(std::memory_order_acquire); }
    int failed() const { return m_failed.load(std::memory_order_acquire); }
    /// Every slice is there.
    bool isWhole() const { return arrived() == m_geometry.slices(); }
    /// Nothing more will come.
    bool isSettled() const { return arrived() + failed() == m_geometry.slices(); }

    /// The modality value of the voxel; empty outside, or while its slice is not there.
    std::optional<double> valueAt(base::VolumeIndex index) const;

private:
    Volume(VolumeGeometry geometry, VoxelType type, ValueScale scale, const StoragePlan &storage,
           VoxelBlock block);
    void setState(int k, SliceState state);

    const VolumeGeometry m_geometry;
    const VoxelType m_type;
    const ValueScale m_scale;
    const StoragePlan m_storage;
    VoxelBlock m_block;
    const VoxelLayout m_layout;
    std::vector<std::atomic<SliceState>> m_states;
    std::atomic<int> m_arrived{0}, m_failed{0};
};

} // namespace negatoscope::volume
