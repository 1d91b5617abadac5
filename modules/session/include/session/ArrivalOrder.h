#pragma once

#include <archive/Records.h>

#include <cstddef>
#include <span>
#include <vector>

namespace negatoscope::session {

/// What a reader looks at in a study while it arrives.
struct Attention
{
    std::vector<base::SeriesUid> series; ///< on screen, the one in hand first; empty: none yet
    base::InstanceUid image;             ///< on screen in the first of them; empty: none yet

    bool operator==(const Attention &) const = default;
};

/// So many images around the one on screen come before anything else.
constexpr std::size_t kNearImages = 16;

/// The order in which the instances of a study are to come, as places in `listed`: those around the image on
/// screen (without one: around the middle of the series in hand), then one of each other series, then the
/// rest of the series in hand, of the others on screen, of their neighbours and of what is further away, each
/// from the image on screen or its middle outwards. Objects without pixels come last.
std::vector<std::size_t> arrivalOrder(std::span<const archive::FoundInstance> listed,
                                      const Attention &attention);

/// Whether instances of this modality are pictures.
bool hasPictures(std::string_view modality);

} // namespace negatoscope::session
