#include <imaging/ViewTransform.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::imaging {

namespace {

constexpr double kSmallestZoom = 1e-5, kLargestZoom = 1e4, kLargestPan = 1e7;
/// No scanner makes pixels this long; such a spacing is an error in the file and would only hide the picture.
constexpr double kLargestAspect = 100;

struct Aspect
{
    double column = 1, row = 1; ///< stretch along each axis, 1 for the finer one
};

Aspect aspectOf(dicom::PixelSpacing spacing)
{
    const double finer = std::min(spacing.column, spacing.row);
    const double coarser = std::max(spacing.column, spacing.row);
    const bool usable = spacing.column > 0 && spacing.row > 0 && coarser <= kLargestAspect * finer;
    if (!usable || !std::isfinite(coarser))
        return {};
    return {spacing.column / finer, spacing.row / finer};
}

int turnsOf(int quarterTurns)
{
    return ((quarterTurns % 4) + 4) % 4;
}

} // namespace

Turn Turn::after(Turn first) const
{
    // A clockwise turn seen through a mirror is a turn the other way.
    const int before = flipped ? -turnsOf(first.quarterTurns) : turnsOf(first.quarterTurns);
    return {turnsOf(quarterTurns + before), flipped != first.flipped};
}

Turn Turn::inverse() const
{
    return {flipped ? turnsOf(quarterTurns) : turnsOf(-quarterTurns), flipped};
}

double ViewTransform::fittingZoom(Size image, dicom::PixelSpacing spacing, Size view, int quarterTurns)
{
    if (image.width <= 0 || image.height <= 0 || view.width <= 0 || view.height <= 0)
        return 1;
    const Aspect aspect = aspectOf(spacing);
    double width = image.width * aspect.column, height = image.height * aspect.row;
    if (turnsOf(quarterTurns) % 2 == 1)
        std::swap(width, height);
    return std::clamp(std::min(view.width / width, view.height / height), kSmallestZoom, kLargestZoom);
}

ViewTransform::ViewTransform(Size image, dicom::PixelSpacing spacing, Size view, const ViewSettings &settings)
    : m_image(image),
      m_view(view)
{
    const int turns = turnsOf(settings.quarterTurns);
    m_zoom = settings.zoom > 0 && std::isfinite(settings.zoom)
                 ? std::clamp(settings.zoom, kSmallestZoom, kLargestZoom)
                 : fittingZoom(image, spacing, view, turns);
    const Aspect aspect = aspectOf(spacing);
    m_scaleColumn = m_zoom * aspect.column;
    m_scaleRow = m_zoom * aspect.row;

    // Where a step along columns and along rows leads on screen: the flip first, then clockwise turns.
    double column[2] = {settings.flipped ? -1.0 : 1.0, 0}, row[2] = {0, 1};
    for (int turn = 0; turn < turns; ++turn)
        for (double *step : {column, row}) {
            const double x = step[0];
            step[0] = -step[1];
            step[1] = x;
        }

    const bool turned = turns % 2 == 1;
    const double extentX = turned ? image.height * m_scaleRow : image.width * m_scaleColumn;
    const double extentY = turned ? image.width * m_scaleColumn : image.height * m_scaleRow;
    const auto centre = [](int size, double pan, double extent, HorizontalAlign align) {
        double shift = std::isfinite(pan) ? std::clamp(pan, -kLargestPan, kLargestPan) : 0;
        if (align != HorizontalAlign::Centre)
            shift += (align == HorizontalAlign::Left ? extent - size : size - extent) / 2;
        // The corner lies on a whole device pixel: at 1:1 every image pixel is then exactly one of the
        // screen's.
        return std::floor(size / 2.0 + shift - extent / 2 + 0.5) + extent / 2;
    };
    const double centreX = centre(view.width, settings.panX, extentX, settings.align);
    const double centreY = centre(view.height, settings.panY, extentY, HorizontalAlign::Centre);
    const double middleColumn = (image.width - 1) / 2.0, middleRow = (image.height - 1) / 2.0;

    m_forward[0] = column[0] * m_scaleColumn;
    m_forward[1] = row[0] * m_scaleRow;
    m_forward[2] = centreX - m_forward[0] * middleColumn - m_forward[1] * middleRow;
    m_forward[3] = column[1] * m_scaleColumn;
    m_forward[4] = row[1] * m_scaleRow;
    m_forward[5] = centreY - m_forward[3] * middleColumn - m_forward[4] * middleRow;

    m_inverse[0] = column[0] / m_scaleColumn;
    m_inverse[1] = column[1] / m_scaleColumn;
    m_inverse[2] = middleColumn - m_inverse[0] * centreX - m_inverse[1] * centreY;
    m_inverse[3] = row[0] / m_scaleRow;
    m_inverse[4] = row[1] / m_scaleRow;
    m_inverse[5] = middleRow - m_inverse[3] * centreX - m_inverse[4] * centreY;
}

base::ViewPoint ViewTransform::toView(base::ImagePoint point) const
{
    return {m_forward[0] * point.column + m_forward[1] * point.row + m_forward[2],
            m_forward[3] * point.column + m_forward[4] * point.row + m_forward[5]};
}

base::ImagePoint ViewTransform::toImage(base::ViewPoint point) const
{
    return {m_inverse[0] * point.x + m_inverse[1] * point.y + m_inverse[2],
            m_inverse[3] * point.x + m_inverse[4] * point.y + m_inverse[5]};
}

dicom::ViewDirections ViewTransform::directions() const
{
    const auto sign = [](double value) { return value > 0 ? 1.0 : value < 0 ? -1.0 : 0.0; };
    return {sign(m_inverse[0]), sign(m_inverse[3]), sign(m_inverse[1]), sign(m_inverse[4])};
}

} // namespace negatoscope::imaging
