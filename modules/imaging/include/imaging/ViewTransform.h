#pragma once

#include <base/Coordinates.h>
#include <dicom/Geometry.h>

namespace negatoscope::imaging {

struct Size
{
    int width = 0, height = 0;
    bool operator==(const Size &) const = default;
};

/// Which edge of the viewport a picture leans on before it is panned.
enum class HorizontalAlign { Centre, Left, Right };

/// How a viewport shows an image: the user's choices, independent of sizes.
struct ViewSettings
{
    int quarterTurns = 0;      ///< clockwise, 0..3; applied after the flip
    bool flipped = false;      ///< left-right flip of the image
    double zoom = 0;           ///< device pixels per image pixel (along the finer axis); 0: fit
    double panX = 0, panY = 0; ///< shift of the picture from its place, device pixels
    HorizontalAlign align = HorizontalAlign::Centre; ///< its place: in the middle, or at an edge
    bool operator==(const ViewSettings &) const = default;
};

/// A turn of the picture as ViewSettings describes it: the flip first, then clockwise quarter turns.
struct Turn
{
    int quarterTurns = 0;
    bool flipped = false;
    bool operator==(const Turn &) const = default;

    /// This turn after `first`.
    Turn after(Turn first) const;
    Turn inverse() const;
};

/// The affine map between image and viewport, from which pixels, letters, overlays and probes are all drawn.
///
/// Image pixels that are not square are stretched along their coarser axis so that shapes are true.
class ViewTransform
{
public:
    ViewTransform() = default;
    ViewTransform(Size image, dicom::PixelSpacing spacing, Size view, const ViewSettings &settings);

    base::ViewPoint toView(base::ImagePoint point) const;
    base::ImagePoint toImage(base::ViewPoint point) const;
    /// Device pixels per image pixel along columns and rows.
    double scaleColumn() const { return m_scaleColumn; }
    double scaleRow() const { return m_scaleRow; }
    /// The zoom that is in force (ViewSettings::zoom, or the fitting one).
    double zoom() const { return m_zoom; }
    dicom::ViewDirections directions() const;
    Size view() const { return m_view; }
    Size image() const { return m_image; }
    bool operator==(const ViewTransform &) const = default;

    static double fittingZoom(Size image, dicom::PixelSpacing spacing, Size view, int quarterTurns);

    /// toImage as a matrix: column = m[0]*x + m[1]*y + m[2], row = m[3]*x + m[4]*y + m[5].
    const double *inverse() const { return m_inverse; }

private:
    Size m_image, m_view;
    double m_zoom = 1, m_scaleColumn = 1, m_scaleRow = 1;
    double m_forward[6] = {1, 0, 0, 0, 1, 0};
    double m_inverse[6] = {1, 0, 0, 0, 1, 0};
};

} // namespace negatoscope::imaging
