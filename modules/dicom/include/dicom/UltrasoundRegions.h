#pragma once

#include <base/Coordinates.h>
#include <dicom/DataSet.h>

#include <optional>
#include <vector>

namespace negatoscope::dicom {

/// Physical units of an ultrasound region's axes, PS3.3 C.8.5.5.1.15.
enum class RegionUnit {
    None,
    Percent,
    Decibel,
    Centimetre,
    Second,
    Hertz,
    DecibelPerSecond,
    CentimetrePerSecond,
    SquareCentimetre,
    SquareCentimetrePerSecond,
    CubicCentimetre,
    CubicCentimetrePerSecond,
    Degree,
};

/// Region Spatial Format, PS3.3 C.8.5.5.1.1.
enum class RegionFormat { None, TwoD, MMode, Spectral, WaveForm, Graphics };

/// A calibrated part of an ultrasound picture (Sequence of Ultrasound Regions, PS3.3 C.8.5.5).
struct UltrasoundRegion
{
    int left = 0, top = 0, right = 0, bottom = 0; ///< image pixels from 0, all four inside the region
    RegionFormat format = RegionFormat::None;
    int dataType = 0; ///< C.8.5.5.1.2: 1 tissue, 2 colour flow, 3 PW, 4 CW Doppler ...
    bool lowPriority = false;
    RegionUnit unitX = RegionUnit::None, unitY = RegionUnit::None;
    double deltaX = 0, deltaY = 0;      ///< units per pixel to the right and down; 0: not calibrated
    std::optional<double> zeroX, zeroY; ///< image column and row where the axis reads 0

    bool contains(base::ImagePoint point) const;
    /// Pixels of tissue in centimetres along both axes.
    bool isTissue() const;
    std::optional<double> valueX(base::ImagePoint point) const;
    std::optional<double> valueY(base::ImagePoint point) const;
};

/// The regions in the object's order; those without a sane place are left out.
std::vector<UltrasoundRegion> ultrasoundRegionsOf(const DataSet &dataSet);

/// The region a point lies in; where several overlap the one of higher priority, then the first
/// (C.8.5.5.1.3).
const UltrasoundRegion *regionAt(const std::vector<UltrasoundRegion> &regions, base::ImagePoint point);

/// Millimetres per pixel that hold for the whole picture: every calibrated region is tissue with the same
/// spacing. Empty otherwise: a length is then only known inside a region.
struct TissueSpacing
{
    double rowMm = 0, columnMm = 0;
};
std::optional<TissueSpacing> tissueSpacing(const std::vector<UltrasoundRegion> &regions);

} // namespace negatoscope::dicom
