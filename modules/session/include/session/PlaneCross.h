#pragma once

#include <session/ViewportState.h>

#include <array>
#include <vector>

namespace negatoscope::session {

/// A line of another plane as it lies in a viewport, with what can be taken hold of. In device pixels.
struct CrossLine
{
    int plane = 0; ///< the other one, whose line this is
    base::ViewPoint centre;
    double alongX = 1, alongY = 0; ///< unit vector
    /// How far the line reaches from the centre against and along it, within the viewport; and from where on
    /// it turns.
    double from = 0, to = 0;
    double halfSlab = 0; ///< distance of the slab's borders; 0: thin
    /// Where the slab's thickness is taken: two to either side of the centre.
    std::array<base::ViewPoint, 4> handles;
    std::array<base::ViewPoint, 2> ends; ///< where the line is turned

    base::ViewPoint at(double along, double aside = 0) const
    {
        return {centre.x + alongX * along - alongY * aside, centre.y + alongY * along + alongX * aside};
    }
};

/// The lines that `state` shows; `ratio` is device pixels in a device-independent one.
std::vector<CrossLine> crossLinesOf(const ViewportState &state, double ratio);

/// No line comes nearer to the point in which planes meet: it stays to be seen. Device-independent pixels.
inline constexpr double kCrossGap = 14;

/// What of the lines lies under the pointer.
struct CrossHold
{
    enum class Part {
        None,
        Centre, ///< moves both lines
        Line,   ///< moves the other plane
        End,    ///< turns the lines
        Slab    ///< makes the other plane's slab thicker or thinner
    };
    Part part = Part::None;
    int plane = 0; ///< the other plane; for the centre nothing
    bool operator==(const CrossHold &) const = default;
};
CrossHold holdAt(const ViewportState &state, base::ViewPoint at, double ratio);

} // namespace negatoscope::session
