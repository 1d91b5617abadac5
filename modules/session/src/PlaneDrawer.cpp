#include "PlaneDrawer.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <span>
#include <utility>

namespace negatoscope::session {

namespace {

using volume::PixelState;

/// Values of the plane as voxels are kept, and a picture of them.
template <typename Value>
std::shared_ptr<const imaging::Picture> pictureOf(const PlaneWish &wish,
                                                  const volume::ResliceSettings &settings)
{
    const auto &raster = wish.state.raster;
    auto values =
        std::make_shared<std::vector<Value>>(std::size_t(raster.columns) * std::size_t(raster.rows));
    if (!volume::reslice(*wish.of->volume, raster, settings, *values))
        return nullptr;
    dicom::ImageFormat format = wish.of->format;
    format.columns = static_cast<std::uint32_t>(raster.columns);
    format.rows = static_cast<std::uint32_t>(raster.rows);
    const auto bytes = std::as_bytes(std::span(*values));
    return imaging::Picture::make(std::move(values), bytes, format, format.photometric, wish.of->attributes);
}

/// Null where nothing is bridged or missing.
std::shared_ptr<const std::vector<PixelState>> statesOf(const PlaneWish &wish,
                                                        const volume::ResliceSettings &settings)
{
    const auto &findings = wish.state.findings;
    const bool hasGaps = std::any_of(findings.begin(), findings.end(), [](const volume::Finding &finding) {
        return finding.code == volume::Finding::Code::MissingSlices;
    });
    if (wish.of->volume->isWhole() && !hasGaps)
        return nullptr;
    const auto &raster = wish.state.raster;
    auto states =
        std::make_shared<std::vector<PixelState>>(std::size_t(raster.columns) * std::size_t(raster.rows));
    if (!volume::resliceStates(*wish.of->volume, raster, settings, *states))
        return nullptr;
    const bool any = std::any_of(states->begin(), states->end(), [](PixelState state) {
        return state == PixelState::Coarse || state == PixelState::Missing;
    });
    return any ? states : nullptr;
}

} // namespace

DrawnPlane drawPlane(PlaneWish wish)
{
    const auto begin = std::chrono::steady_clock::now();
    const volume::Volume &volume = *wish.of->volume;
    // Before it is drawn: slices that come meanwhile are told of next time.
    wish.state.slices = volume.geometry().slices();
    wish.state.arrived = volume.arrived();
    wish.state.failed = volume.failed();
    volume::ResliceSettings settings;
    settings.interpolation = wish.state.interpolation;
    settings.slab = volume::Slab::ofThickness(wish.state.slab.projection, wish.state.slab.thicknessMm,
                                              volume.geometry(), wish.state.raster.normal());
    DrawnPlane drawn;
    if (volume.voxelType() == volume::VoxelType::Int16) {
        settings.background = volume.scale().slope * kNoVoxel + volume.scale().intercept;
        drawn.picture = pictureOf<std::int16_t>(wish, settings);
    } else {
        settings.background = std::numeric_limits<double>::quiet_NaN();
        drawn.picture = pictureOf<float>(wish, settings);
    }
    wish.state.states = statesOf(wish, settings);
    drawn.wish = std::move(wish);
    drawn.wallMs =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    return drawn;
}

PlaneDrawer::PlaneDrawer(std::function<void(Drawn)> done)
    : m_done(std::move(done)),
      m_thread([this](const std::stop_token &stop) { serve(stop); })
{}

PlaneDrawer::~PlaneDrawer() = default;

void PlaneDrawer::draw(Wishes wishes)
{
    const std::lock_guard lock(m_mutex);
    for (std::size_t i = 0; i < wishes.size(); ++i)
        if (wishes[i])
            m_wishes[i] = std::move(wishes[i]);
    m_wake.notify_one();
}

void PlaneDrawer::serve(const std::stop_token &stop)
{
    const auto isWished = [this] {
        return std::any_of(m_wishes.begin(), m_wishes.end(),
                           [](const auto &wish) { return wish.has_value(); });
    };
    while (!stop.stop_requested()) {
        Wishes wishes;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, isWished))
                return;
            wishes = std::exchange(m_wishes, {});
        }
        Drawn drawn;
        for (std::size_t i = 0; i < wishes.size() && !stop.stop_requested(); ++i)
            if (wishes[i])
                drawn[i] = drawPlane(*std::move(wishes[i]));
        if (!stop.stop_requested())
            m_done(std::move(drawn));
    }
}

} // namespace negatoscope::session
