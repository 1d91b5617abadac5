#pragma once

#include <dicom/DataSet.h>
#include <dicom/ImageFormat.h>
#include <imaging/Window.h>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace negatoscope::imaging {

/// An overlay plane (group 60xx) of one frame as a bitmap: one byte per pixel, 0 or 1.
struct Overlay
{
    std::uint16_t group = 0x6000;
    int originRow = 1, originColumn = 1; ///< of its first pixel, in image pixels counted from 1
    std::uint32_t rows = 0, columns = 0;
    std::vector<std::uint8_t> bits;
    std::string label, type;
};

/// Display shutter of PS3.3 C.7.6.11, in image pixels counted from 1 as in the standard.
struct Shutter
{
    struct Rectangle
    {
        int left = 0, right = 0, top = 0, bottom = 0;
    };
    struct Circle
    {
        int row = 0, column = 0, radius = 0;
    };
    std::optional<Rectangle> rectangle;
    std::optional<Circle> circle;
    std::vector<std::array<int, 2>> polygon; ///< (row, column) vertices; empty: none
    std::optional<Overlay> bitmap;           ///< bits of 1 are covered
    std::uint16_t presentationValue = 0;     ///< P-value of what is covered; black if absent
};

/// One of the ways the object itself proposes to window the image.
struct VoiChoice
{
    std::optional<Window> window; ///< else `lut`
    std::optional<Lut> lut;
    std::string explanation;
};

/// A palette with 16-bit entries (PS3.3 C.7.6.3.1.5, C.7.9); 8-bit ones are widened, segmented ones expanded.
struct Palette
{
    std::int32_t first = 0;
    std::vector<std::array<std::uint16_t, 3>> entries;
};

/// How one frame wants to be shown: everything from its data set that decides about grey or colour.
///
/// Reads classic and functional-group attributes alike. Never fails: what is absent or unusable is left out,
/// and `problems` says so for the corner of the picture (without any text of the file).
///
/// Inversion: Presentation LUT Shape decides where it is present (INVERSE inverts, IDENTITY does not), else
/// MONOCHROME1 inverts. A MONOCHROME1 image with INVERSE is thus inverted once (PS3.3 C.7.6.3.1.2, C.8.11.1).
struct DisplayAttributes
{
    double rescaleSlope = 1, rescaleIntercept = 0;
    std::optional<Lut> modalityLut; ///< wins over the rescale
    std::string unit;               ///< "HU" for CT, Rescale Type or Units elsewhere; empty if unknown
    std::vector<VoiChoice> choices; ///< in the object's order; may be empty
    bool inverse = false;           ///< low values are light
    std::optional<double> paddingLow, paddingHigh; ///< stored values that are background (inclusive)
    std::optional<Palette> palette;
    Shutter shutter;
    std::vector<std::string> problems;

    static DisplayAttributes of(const dicom::DataSet &dataSet, const dicom::ImageFormat &format,
                                std::uint32_t frame);
};

/// Overlays of a frame, from (60xx,3000) or from bits of its pixels (`embedded`, as the codec found them).
std::vector<Overlay> overlaysOf(const dicom::DataSet &dataSet, std::uint32_t frame,
                                std::span<const dicom::EmbeddedOverlay> embedded);

} // namespace negatoscope::imaging
