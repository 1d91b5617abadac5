#pragma once

#include <cstddef>
#include <cstdint>

namespace negatoscope::volume {

/// How voxels follow each other in memory: in bricks of 16 x 16 x 8, which are a page of 4 KiB where voxels
/// have 16 bits (docs/decisions/0032). In a brick columns come first, then rows, then slices; bricks follow
/// each other in the same order. The offset of a voxel is the sum of what its three numbers add.
class VoxelLayout
{
public:
    static constexpr int kColumns = 16, kRows = 16, kSlices = 8;
    static constexpr int kColumnBits = 4, kRowBits = 4, kSliceBits = 3;
    static constexpr int kBrick = kColumns * kRows * kSlices;

    VoxelLayout(int columns, int rows, int slices)
        : m_acrossRow(parts(columns, kColumns) * kBrick),
          m_acrossSlice(m_acrossRow * parts(rows, kRows)),
          m_all(static_cast<std::uint64_t>(m_acrossSlice) *
                static_cast<std::uint64_t>(parts(slices, kSlices)))
    {}

    std::ptrdiff_t column(int i) const
    {
        return std::ptrdiff_t(i >> kColumnBits) * kBrick + (i & (kColumns - 1));
    }
    std::ptrdiff_t row(int j) const { return (j >> kRowBits) * m_acrossRow + (j & (kRows - 1)) * kColumns; }
    std::ptrdiff_t slice(int k) const
    {
        return (k >> kSliceBits) * m_acrossSlice + (k & (kSlices - 1)) * kColumns * kRows;
    }
    std::ptrdiff_t offset(int i, int j, int k) const { return column(i) + row(j) + slice(k); }

    std::ptrdiff_t rowOfBricks() const { return m_acrossRow; }     ///< voxels from a brick to the one below
    std::ptrdiff_t sliceOfBricks() const { return m_acrossSlice; } ///< voxels from a brick to the one behind
    std::uint64_t voxels() const { return m_all; }                 ///< with those that fill up bricks

private:
    static std::ptrdiff_t parts(int count, int part) { return (std::ptrdiff_t(count) + part - 1) / part; }

    std::ptrdiff_t m_acrossRow, m_acrossSlice;
    std::uint64_t m_all;
};

} // namespace negatoscope::volume
