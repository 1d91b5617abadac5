#pragma once

#include <dicom/DataSet.h>
#include <dicom/ImageFormat.h>
#include <imaging/ColourTable.h>
#include <imaging/DisplayAttributes.h>
#include <imaging/ViewTransform.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace negatoscope::imaging {

enum class Interpolation { Nearest, Bilinear, Bicubic }; ///< for enlargement; reduction always averages areas

/// A decoded frame ready to be drawn: grey values, or colours already converted to 8-bit RGB.
///
/// Keeps a reference to the decoded bytes (`owner`), copies them only where a conversion needs it.
/// Threads : immutable once made; may be drawn from any thread.
class Picture
{
public:
    /// `pixels` as codec::DecodeService delivers them, `photometric` as it reported. `owner` keeps them
    /// alive. Null if `pixels` holds less than `format` asks for.
    static std::shared_ptr<const Picture> make(std::shared_ptr<const void> owner,
                                               std::span<const std::byte> pixels,
                                               const dicom::ImageFormat &format,
                                               dicom::Photometric photometric,
                                               const DisplayAttributes &attributes);

    bool isColour() const;
    Size size() const;
    /// Smallest and largest modality value, padding left out.
    struct Range
    {
        double low = 0, high = 0;
    };
    Range valueRange() const;
    /// The modality value (grey) of a pixel; empty for colour, padding or outside.
    std::optional<double> valueAt(int column, int row) const;
    /// The colour of a pixel, 0xRRGGBB; empty for grey or outside.
    std::optional<std::uint32_t> colourAt(int column, int row) const;

    struct Data;
    const Data &data() const { return *m_data; }
    explicit Picture(std::unique_ptr<const Data> data);
    ~Picture();

private:
    std::unique_ptr<const Data> m_data;
};

/// What a window drag or a key changes.
struct RenderSettings
{
    std::optional<Window> window;                ///< else `lut`, else the whole value range
    std::optional<Lut> lut;                      ///< a VOI LUT of the object
    bool inverted = false;                       ///< on top of the object's own inversion
    ColourTable colourTable = ColourTable::Grey; ///< of grey pictures, after the inversion
    Interpolation interpolation = Interpolation::Bilinear;
    bool shutter = true;
    std::uint32_t background = 0xff000000;
    bool operator==(const RenderSettings &) const = default;
};

/// A rectangle of a viewport in device pixels.
struct ViewPart
{
    int left = 0, top = 0, width = 0, height = 0;
};

/// Draws pictures into 32-bit rows, in two steps: sample at the size of the viewport, then map values to
/// grey. The first step's result is kept, so that dragging the window maps only what is on screen.
///
/// Pixels  : 0xffRRGGBB, row-major, `stride` pixels per row; every pixel of the part is written, no other.
/// Threads : one object per viewport and thread; rows are spread over base::ComputePool::shared().
class Renderer
{
public:
    Renderer();
    ~Renderer();
    void draw(const std::shared_ptr<const Picture> &picture, const ViewTransform &transform,
              const RenderSettings &settings, std::uint32_t *pixels, std::size_t stride);
    /// A part of the viewport only; `pixels` is still where the viewport's first pixel lies.
    void draw(const std::shared_ptr<const Picture> &picture, const ViewTransform &transform,
              const RenderSettings &settings, std::uint32_t *pixels, std::size_t stride,
              const ViewPart &part);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Modality value -> display value 0..255 as `settings` and the picture's own attributes ask (PS3.3 C.11):
/// the exact function that draw() tabulates, for tests, probes and curves.
std::uint8_t displayValue(const Picture &picture, const RenderSettings &settings, double modalityValue);

} // namespace negatoscope::imaging
