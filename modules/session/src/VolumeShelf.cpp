#include <cache/Cache.h>
#include <session/VolumeShelf.h>

#include <algorithm>

namespace negatoscope::session {

VolumeShelf::VolumeShelf(codec::DecodeService &decoder, cache::Cache &cache, Options options)
    : m_decoder(decoder),
      m_cache(cache),
      m_options(std::move(options))
{}

VolumeShelf::~VolumeShelf() = default;

volume::StorageBudget VolumeShelf::budget() const
{
    return m_options.budget ? m_options.budget() : volume::StorageBudget::ofThisProcess(m_options.folder);
}

base::Result<VolumeShelf::Opened> VolumeShelf::open(const std::vector<frames::VolumeSlice> &slices,
                                                    const SeriesVolumePointer &known,
                                                    const std::stop_token &stop)
{
    if (auto there = find(keysOf(slices)))
        return Opened{there, there->findings};
    const auto plan = [&] {
        return frames::planVolume(m_decoder, slices, budget(), valueScaleOf, m_options.purpose, stop);
    };
    auto planned = plan();
    const bool isShort =
        planned ? !planned->isRefused() && (planned->storage.reduction > 1 ||
                                            planned->storage.kind != volume::StoragePlan::Kind::Memory)
                : planned.error().code() == base::ErrorCode::LimitExceeded;
    if (isShort && keptBytes() > 0) {
        clear();
        planned = plan();
    }
    if (!planned)
        return base::failure(planned.error());
    if (planned->isRefused())
        return Opened{nullptr, std::move(planned->findings)};

    frames::VolumeBuilder::Options options;
    options.purpose = m_options.purpose;
    options.check = [&cache = m_cache](const base::InstanceUid &instance,
                                       const std::stop_token &given) -> base::Status {
        auto status = cache.check(instance, given);
        // What is opened in place has no hash to be held against.
        if (!status && status.error().code() == base::ErrorCode::NotFound)
            return {};
        return status;
    };
    TRY(auto made, startVolume(m_decoder, *std::move(planned), keysOf(slices), std::move(options), known));
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_made, [](const auto &one) { return one.expired(); });
    m_made.push_back(made);
    return Opened{made, made->findings};
}

SeriesVolumePointer VolumeShelf::find(const std::vector<frames::FrameKey> &slices)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &one : m_made)
        if (auto there = one.lock(); there && there->slices == slices)
            return there;
    return nullptr;
}

SeriesVolumePointer VolumeShelf::keep(const SeriesVolumePointer &volume)
{
    const std::lock_guard lock(m_mutex);
    SeriesVolumePointer kept = volume;
    if (volume->builder) {
        auto finished = std::make_shared<SeriesVolume>(*volume);
        finished->builder.reset();
        kept = std::move(finished);
        m_made.push_front(kept); // who asks from now on gets this one
    }
    // A part of what came later of the same series will not be asked for again.
    std::erase_if(m_kept, [&](const SeriesVolumePointer &other) {
        return other->volume == kept->volume || other->slices.front() == kept->slices.front();
    });
    m_kept.push_front(kept);
    drop();
    return kept;
}

void VolumeShelf::drop()
{
    std::uint64_t bytes = 0;
    std::erase_if(m_kept, [&](const SeriesVolumePointer &kept) {
        bytes += kept->volume->storage().bytes;
        return bytes > m_options.keptBytes;
    });
}

void VolumeShelf::clear()
{
    const std::lock_guard lock(m_mutex);
    m_kept.clear();
}

std::uint64_t VolumeShelf::keptBytes() const
{
    const std::lock_guard lock(m_mutex);
    std::uint64_t bytes = 0;
    for (const auto &kept : m_kept)
        bytes += kept->volume->storage().bytes;
    return bytes;
}

void VolumeShelf::setKeptBytes(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_options.keptBytes = bytes;
    drop();
}

} // namespace negatoscope::session
