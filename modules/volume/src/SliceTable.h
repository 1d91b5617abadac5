#pragma once

#include <volume/Reslice.h>

#include <array>
#include <vector>

namespace negatoscope::volume {

/// The voxels along one axis that make a sample, and their weights. None where the sample lies outside.
struct Taps
{
    int count = 0;
    std::array<int, 4> index{};
    std::array<float, 4> weight{};

    bool isEmpty() const { return count == 0; }
};

/// Taps at `place` among `size` evenly spaced voxels; the outermost reach half a voxel out and are repeated.
Taps tapsAt(double place, int size, Interpolation interpolation);

/// The slices that may be read now, at their places: one look at what has arrived, for one plane.
class SliceTable
{
public:
    explicit SliceTable(const Volume &volume);

    /// Every slice is there and all gaps are alike: slice k lies at k * spacing().
    bool isRegular() const { return m_regular; }
    double spacing() const { return m_spacing; }
    int slices() const { return m_slices; }
    bool isEmpty() const { return m_places.empty(); }

    /// Taps at a place in mm along the normal; none outside and where slices are missing.
    Taps tapsAt(double placeMm, Interpolation interpolation) const;
    PixelState stateAt(double placeMm) const;

private:
    enum class Between : std::uint8_t {
        Neighbours,
        Waiting, ///< bridged, others will come
        Gap      ///< not bridged
    };
    struct Bracket
    {
        std::size_t before = 0, after = 0; ///< positions in m_places; the same beyond an end
        Between between = Between::Neighbours;
        bool outside = false; ///< beyond what the slices of the series reach
        bool reached = false; ///< by the half slice that the nearest one reaches
    };
    Bracket bracketOf(double placeMm) const;
    std::size_t firstAfter(double placeMm) const;

    bool m_regular = false;
    double m_spacing = 1, m_last = 0;
    int m_slices = 0;
    std::vector<double> m_places;
    std::vector<int> m_indices;
    std::vector<Between> m_between;    ///< of place p and p + 1
    std::vector<std::uint32_t> m_bins; ///< first place at or beyond bin * m_spacing
};

} // namespace negatoscope::volume
