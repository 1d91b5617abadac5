#pragma once

#include <session/SeriesVolume.h>

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::cache {
class Cache;
}

namespace negatoscope::session {

/// The volumes of a running program: makes them within the memory there is, shares one that is read twice,
/// and keeps those read lately, so that coming back to one is instant.
///
/// Memory  : what is kept and not on screen takes no more than Options::keptBytes, and goes first where a new
///           volume needs the room.
/// Threads : any.
class VolumeShelf
{
public:
    struct Options
    {
        std::uint64_t keptBytes = 0;
        std::string folder; ///< where voxels may go into a file if memory is short; empty: nowhere
        /// What a new volume may take; empty: volume::StorageBudget::ofThisProcess(folder).
        std::function<volume::StorageBudget()> budget = {};
        codec::Purpose purpose = codec::Purpose::Visible;
    };
    /// `decoder` and `cache` must outlive all volumes.
    VolumeShelf(codec::DecodeService &decoder, cache::Cache &cache, Options options);
    ~VolumeShelf();
    VolumeShelf(const VolumeShelf &) = delete;
    VolumeShelf &operator=(const VolumeShelf &) = delete;

    /// What slices make: a volume that fills, or the findings that refuse it.
    struct Opened
    {
        SeriesVolumePointer volume;
        std::vector<volume::Finding> findings;
    };
    /// Blocks while headers are read. `known` has slices that need not be decoded again. Errors: those of
    /// frames::planVolume() and startVolume().
    base::Result<Opened> open(const std::vector<frames::VolumeSlice> &slices,
                              const SeriesVolumePointer &known, const std::stop_token &stop);
    /// The volume of exactly these slices, if there is one.
    SeriesVolumePointer find(const std::vector<frames::FrameKey> &slices);
    /// Once it has settled it may be wanted again. The same without what was needed to fill it.
    SeriesVolumePointer keep(const SeriesVolumePointer &volume);
    /// Gives up all that is kept.
    void clear();

    std::uint64_t keptBytes() const;
    void setKeptBytes(std::uint64_t bytes);

private:
    void drop();
    volume::StorageBudget budget() const;

    codec::DecodeService &m_decoder;
    cache::Cache &m_cache;
    Options m_options;
    mutable std::mutex m_mutex;
    std::list<SeriesVolumePointer> m_kept;               ///< the one read last comes first
    std::list<std::weak_ptr<const SeriesVolume>> m_made; ///< also those that are being read
};

} // namespace negatoscope::session
