#pragma once

#include <base/Result.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace negatoscope::volume {

/// What a volume may take, decided before anything is allocated.
struct StorageBudget
{
    std::uint64_t memoryBytes = 0; ///< of main memory
    std::string folder;            ///< where a file may hold the voxels; empty: nowhere
    std::uint64_t fileBytes = 0;   ///< the largest such file

    /// Three quarters of what this process may still take: of the machine's memory, of its control group, of
    /// its address space. A file may take half of what is free on the folder's disk.
    static StorageBudget ofThisProcess(const std::string &folder);
};

/// Where the voxels of a volume go.
struct StoragePlan
{
    enum class Kind {
        Memory,
        MappedFile, ///< a nameless file in the folder, gone with the volume
    };
    Kind kind = Kind::Memory;
    /// A coarser copy keeps one voxel for this many along each axis, their mean; 1: all voxels.
    int reduction = 1;
    std::uint64_t bytes = 0;      ///< of the block
    std::uint64_t wholeBytes = 0; ///< of all voxels
    std::string folder;           ///< of the file

    bool operator==(const StoragePlan &) const = default;

    /// All voxels in memory; else all in a file; else a coarser copy in memory.
    /// Error: LimitExceeded where not even the coarsest (one in eight along each axis) fits.
    static base::Result<StoragePlan> of(int columns, int rows, int slices, std::size_t voxelBytes,
                                        const StorageBudget &budget);
};

/// One block of memory for voxels: huge pages, or a nameless file that is mapped. Zero until it is filled.
class VoxelBlock
{
public:
    VoxelBlock() = default;
    /// Errors: LimitExceeded (no memory), DiskFull, CannotWrite.
    static base::Result<VoxelBlock> create(const StoragePlan &plan);
    ~VoxelBlock();
    VoxelBlock(VoxelBlock &&other) noexcept;
    VoxelBlock &operator=(VoxelBlock &&other) noexcept;
    VoxelBlock(const VoxelBlock &) = delete;
    VoxelBlock &operator=(const VoxelBlock &) = delete;

    std::span<std::byte> bytes() const { return {m_data, m_size}; }

private:
    std::byte *m_data = nullptr;
    std::size_t m_size = 0, m_mapped = 0;
    void *m_mapping = nullptr;
};

} // namespace negatoscope::volume
