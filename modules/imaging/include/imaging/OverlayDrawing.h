#pragma once

#include <imaging/DisplayAttributes.h>
#include <imaging/ViewTransform.h>

#include <cstddef>
#include <cstdint>

namespace negatoscope::imaging {

/// Draws an overlay's bits in one colour (0xffRRGGBB) over the pixels of transform.view(), through the very
/// map that drew the picture. A device pixel is set if any bit under it is, so that thin lines survive
/// reduction.
void drawOverlay(const Overlay &overlay, const ViewTransform &transform, std::uint32_t colour,
                 std::uint32_t *pixels, std::size_t stride);

} // namespace negatoscope::imaging
