#pragma once

#include <frames/VolumePlan.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace negatoscope::frames {

/// Fills a volume with the slices of its plan, on threads of its own.
///
/// Every eighth slice comes first, then the others, each round from the middle outwards: what has arrived can
/// be reformatted from the first moment (volume/Reslice bridges what has not). Frames are decoded by the
/// workers and go from their memory, or for uncompressed ones from the file, through one slice's buffer into
/// their bricks.
/// Threads : start() and the functions may be called from any thread; `arrived` is called on the builder's.
/// Owns    : a share of the volume, which lives on without the builder.
class VolumeBuilder
{
public:
    struct Options
    {
        codec::Purpose purpose = codec::Purpose::Prefetch;
        /// Says whether an instance's file is still what was stored; asked once per instance.
        std::function<base::Status(const base::InstanceUid &, std::stop_token)> check;
        /// A slice of the block arrived or failed.
        std::function<void(int slice)> arrived;
        unsigned threads = 0; ///< 0: one per core, one more where workers decode
        /// A volume that has some of the slices already, the frames of its own slices in order: they are
        /// copied from it, first of all, and not decoded again.
        std::shared_ptr<const volume::Volume> known;
        std::vector<FrameKey> knownFrames;
    };
    struct Failure
    {
        FrameKey key;
        base::Error error;
    };

    /// `decoder` must outlive the builder. Errors: BadArgument (a refused plan), those of Volume::create().
    static base::Result<std::unique_ptr<VolumeBuilder>> start(codec::DecodeService &decoder, VolumePlan plan,
                                                              Options options);
    /// Cancels what is not done, and waits for its threads.
    ~VolumeBuilder();
    VolumeBuilder(const VolumeBuilder &) = delete;
    VolumeBuilder &operator=(const VolumeBuilder &) = delete;

    const std::shared_ptr<volume::Volume> &volume() const { return m_volume; }
    const VolumePlan &plan() const { return m_plan; }
    /// Waits until every slice has arrived or failed, or the building was cancelled.
    void wait();
    void cancel() { m_stop.request_stop(); }
    /// Frames that could not be had: their slices are missing.
    std::vector<Failure> failures() const;

private:
    struct Buffers;

    VolumeBuilder(codec::DecodeService &decoder, VolumePlan plan, Options options,
                  std::shared_ptr<volume::Volume> volume);
    void serve();
    void findKnown();
    bool build(int slice, Buffers &buffers);
    base::Status decode(const VolumePlan::Source &source, Buffers &buffers);
    void putWhole(int slice, const VolumePlan::Source &source, Buffers &buffers);
    bool putMean(int slice, Buffers &buffers);
    void fail(const VolumePlan::Source &source, const base::Error &error);

    codec::DecodeService &m_decoder;
    const VolumePlan m_plan;
    const Options m_options;
    const std::shared_ptr<volume::Volume> m_volume;
    std::vector<int> m_order; ///< slices of the block, as they are to come
    std::vector<int> m_known; ///< of each slice of the block the one in Options::known, or -1; empty: none
    std::atomic<std::size_t> m_next{0};
    std::stop_source m_stop;
    mutable std::mutex m_mutex;
    std::vector<Failure> m_failures;
    std::vector<std::jthread> m_threads; ///< last: they use everything above
};

} // namespace negatoscope::frames
