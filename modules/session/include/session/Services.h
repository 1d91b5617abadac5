#pragma once

namespace negatoscope::cache {
class Cache;
}
namespace negatoscope::codec {
class DecodeService;
}

namespace negatoscope::session {

class Archives;
class FrameDelivery;
class VolumeShelf;
class WindowPresets;

/// What presenters are built on. app owns all of it and outlives every presenter.
struct Services
{
    cache::Cache &cache;
    codec::DecodeService &decoder;
    FrameDelivery &frames;
    const WindowPresets &presets;
    Archives &archives;
    VolumeShelf &volumes;
};

} // namespace negatoscope::session
