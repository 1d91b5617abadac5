#include <frames/VolumeBuilder.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <unordered_map>

namespace negatoscope::frames {

using base::ErrorCode;
using base::failure;
using base::Result;
using dicom::ImageFormat;
using volume::VoxelType;

/// What one thread needs for a slice, kept from one to the next.
struct VolumeBuilder::Buffers
{
    std::vector<std::byte> pixels; ///< of one frame, as decoded
    std::vector<float> values;     ///< of one frame, or of a mean
    std::vector<std::int16_t> whole;
};

namespace {

constexpr int kCoarse = 8;

/// The numbers 0, step, 2 step ... below `count`, the middle one first, then from there outwards.
void fromTheMiddle(int count, int step, const std::function<void(int)> &take)
{
    const int last = (count - 1) / step;
    const int middle = last / 2;
    for (int away = 0; away <= last; ++away) {
        if (middle + away <= last)
            take((middle + away) * step);
        if (away > 0 && middle - away >= 0)
            take((middle - away) * step);
    }
}

std::vector<int> coarseFirst(int count)
{
    std::vector<int> order;
    order.reserve(static_cast<std::size_t>(count));
    fromTheMiddle(count, kCoarse, [&](int k) { order.push_back(k); });
    fromTheMiddle(count, 1, [&](int k) {
        if (k % kCoarse != 0)
            order.push_back(k);
    });
    return order;
}

/// Calls work(samples) with the frame's pixels as what they are.
template <typename Work>
void withSamples(const ImageFormat &format, std::span<const std::byte> pixels, const Work &work)
{
    const std::size_t count = std::size_t(format.rows) * format.columns;
    const auto as = [&](auto sample) {
        using Sample = decltype(sample);
        work(std::span(reinterpret_cast<const Sample *>(pixels.data()), count));
    };
    if (format.kind == dicom::SampleKind::Float)
        return as(float{});
    if (format.kind == dicom::SampleKind::Double)
        return as(double{});
    switch (format.bytesPerSample()) {
    case 1:
        return format.isSigned ? as(std::int8_t{}) : as(std::uint8_t{});
    case 2:
        return format.isSigned ? as(std::int16_t{}) : as(std::uint16_t{});
    case 4:
        return format.isSigned ? as(std::int32_t{}) : as(std::uint32_t{});
    default:
        return format.isSigned ? as(std::int64_t{}) : as(std::uint64_t{});
    }
}

std::int16_t rounded(float value)
{
    return static_cast<std::int16_t>(std::clamp(std::floor(value + 0.5F), -32768.0F, 32767.0F));
}

} // namespace

VolumeBuilder::VolumeBuilder(codec::DecodeService &decoder, VolumePlan plan, Options options,
                             std::shared_ptr<volume::Volume> volume)
    : m_decoder(decoder),
      m_plan(std::move(plan)),
      m_options(std::move(options)),
      m_volume(std::move(volume)),
      m_order(coarseFirst(m_volume->geometry().slices()))
{
    findKnown();
}

/// Slices can be copied where their numbers mean the same and lie in rows of the same length.
void VolumeBuilder::findKnown()
{
    const volume::Volume *known = m_options.known.get();
    if (known == nullptr || m_plan.storage.reduction > 1 || known->storage().reduction > 1 ||
        known->voxelType() != m_plan.type || known->scale() != m_plan.scale ||
        known->sliceBytes() != m_volume->sliceBytes() ||
        known->geometry().columns != m_volume->geometry().columns ||
        m_options.knownFrames.size() != static_cast<std::size_t>(known->geometry().slices()))
        return;
    std::unordered_map<FrameKey, int> places;
    for (std::size_t i = 0; i < m_options.knownFrames.size(); ++i)
        places.emplace(m_options.knownFrames[i], static_cast<int>(i));
    for (const VolumePlan::Source &source : m_plan.sources) {
        const auto at = places.find(source.key);
        m_known.push_back(at != places.end() && known->isArrived(at->second) ? at->second : -1);
    }
    std::stable_partition(m_order.begin(), m_order.end(),
                          [this](int k) { return m_known[static_cast<std::size_t>(k)] >= 0; });
}

Result<std::unique_ptr<VolumeBuilder>> VolumeBuilder::start(codec::DecodeService &decoder, VolumePlan plan,
                                                            Options options)
{
    if (plan.isRefused())
        return failure(ErrorCode::BadArgument, "the slices make no volume");
    TRY(auto volume, volume::Volume::create(*plan.geometry, plan.type, plan.scale, plan.storage));
    auto builder = std::unique_ptr<VolumeBuilder>(
        new VolumeBuilder(decoder, std::move(plan), std::move(options), std::move(volume)));
    unsigned threads = builder->m_options.threads;
    if (threads == 0) {
        const auto &sources = builder->m_plan.sources;
        const bool workers =
            std::any_of(sources.begin(), sources.end(), [](const VolumePlan::Source &source) {
                return source.file && source.file->transferSyntax.coding != dicom::PixelCoding::Native;
            });
        // While workers decode, one thread more copies and delivers.
        threads = std::max(1U, std::thread::hardware_concurrency()) + (workers ? 1 : 0);
    }
    for (unsigned i = 0; i < threads; ++i)
        builder->m_threads.emplace_back([raw = builder.get()] { raw->serve(); });
    return builder;
}

VolumeBuilder::~VolumeBuilder()
{
    cancel();
    m_threads.clear();
}

void VolumeBuilder::wait()
{
    for (auto &thread : m_threads)
        if (thread.joinable())
            thread.join();
}

std::vector<VolumeBuilder::Failure> VolumeBuilder::failures() const
{
    const std::lock_guard lock(m_mutex);
    return m_failures;
}

void VolumeBuilder::fail(const VolumePlan::Source &source, const base::Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_failures.push_back({source.key, error});
}

void VolumeBuilder::serve()
{
    Buffers buffers;
    while (!m_stop.stop_requested()) {
        const std::size_t at = m_next.fetch_add(1);
        if (at >= m_order.size())
            return;
        const int slice = m_order[at];
        const bool there = build(slice, buffers);
        if (m_stop.stop_requested() && !there)
            return;
        if (!there)
            m_volume->setFailed(slice);
        if (m_options.arrived)
            m_options.arrived(slice);
    }
}

bool VolumeBuilder::build(int slice, Buffers &buffers)
{
    if (m_plan.storage.reduction > 1)
        return putMean(slice, buffers);
    if (const int at = m_known.empty() ? -1 : m_known[static_cast<std::size_t>(slice)]; at >= 0) {
        buffers.pixels.resize(m_volume->sliceBytes());
        m_options.known->copySlice(at, buffers.pixels);
        m_volume->put(slice, buffers.pixels);
        return true;
    }
    const VolumePlan::Source &source = m_plan.sources[static_cast<std::size_t>(slice)];
    if (const auto decoded = decode(source, buffers); !decoded) {
        if (decoded.error().code() != ErrorCode::Cancelled)
            fail(source, decoded.error());
        return false;
    }
    putWhole(slice, source, buffers);
    return true;
}

base::Status VolumeBuilder::decode(const VolumePlan::Source &source, Buffers &buffers)
{
    if (source.problem)
        return failure(*source.problem);
    if (m_options.check)
        TRY_DO(m_options.check(source.key.instance, m_stop.get_token()));
    buffers.pixels.resize(source.format.decodedFrameBytes());
    auto decoded = m_decoder.decodeFrame(source.path, *source.file, source.format, source.key.frame,
                                         buffers.pixels, m_options.purpose, m_stop.get_token());
    if (!decoded)
        return failure(decoded.error());
    return {};
}

void VolumeBuilder::putWhole(int slice, const VolumePlan::Source &source, Buffers &buffers)
{
    const ImageFormat &format = source.format;
    if (m_plan.type == VoxelType::Int16 && format.bytesPerSample() == 2) {
        // As they are; unsigned ones of 16 bits less 32768, which is the other first bit.
        if (!format.isSigned && format.bitsStored == 16)
            for (std::size_t i = 1; i < buffers.pixels.size(); i += 2)
                buffers.pixels[i] ^= std::byte{0x80};
        m_volume->put(slice, buffers.pixels);
        return;
    }
    withSamples(format, buffers.pixels, [&](auto samples) {
        if (m_plan.type == VoxelType::Int16) {
            buffers.whole.resize(samples.size());
            std::transform(samples.begin(), samples.end(), buffers.whole.begin(),
                           [](auto sample) { return static_cast<std::int16_t>(sample); });
            m_volume->put(slice, std::as_bytes(std::span(buffers.whole)));
            return;
        }
        buffers.values.resize(samples.size());
        std::transform(samples.begin(), samples.end(), buffers.values.begin(), [&](auto sample) {
            return static_cast<float>(source.scale.slope * static_cast<double>(sample) +
                                      source.scale.intercept);
        });
        m_volume->put(slice, std::as_bytes(std::span(buffers.values)));
    });
}

/// A slice of a coarser copy: the mean of as many slices, rows and columns; of those that are there at the
/// edges. It fails with the first of its slices that does: half a mean would lie elsewhere.
bool VolumeBuilder::putMean(int slice, Buffers &buffers)
{
    const int n = m_plan.storage.reduction;
    const volume::VolumeGeometry &geometry = m_volume->geometry();
    const auto columns = static_cast<std::size_t>(geometry.columns),
               rows = static_cast<std::size_t>(geometry.rows);
    const auto first = static_cast<std::size_t>(slice) * static_cast<std::size_t>(n);
    const std::size_t end = std::min(m_plan.sources.size(), first + static_cast<std::size_t>(n));
    std::vector<double> sums(columns * rows, 0.0);
    std::vector<int> counts(columns * rows, 0);
    for (std::size_t at = first; at < end; ++at) {
        const VolumePlan::Source &source = m_plan.sources[at];
        if (const auto decoded = decode(source, buffers); !decoded) {
            if (decoded.error().code() != ErrorCode::Cancelled)
                fail(source, decoded.error());
            return false;
        }
        // In modality values, so that slices with scales of their own may be mixed.
        withSamples(source.format, buffers.pixels, [&](auto samples) {
            for (std::size_t j = 0; j < source.format.rows; ++j)
                for (std::size_t i = 0; i < source.format.columns; ++i) {
                    const std::size_t to = j / std::size_t(n) * columns + i / std::size_t(n);
                    const auto sample = static_cast<double>(samples[j * source.format.columns + i]);
                    sums[to] += source.scale.slope * sample + source.scale.intercept;
                    ++counts[to];
                }
        });
    }
    buffers.values.resize(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i)
        buffers.values[i] =
            static_cast<float>((sums[i] / counts[i] - m_plan.scale.intercept) / m_plan.scale.slope);
    if (m_plan.type == VoxelType::Float) {
        m_volume->put(slice, std::as_bytes(std::span(buffers.values)));
        return true;
    }
    buffers.whole.resize(sums.size());
    std::transform(buffers.values.begin(), buffers.values.end(), buffers.whole.begin(), rounded);
    m_volume->put(slice, std::as_bytes(std::span(buffers.whole)));
    return true;
}

} // namespace negatoscope::frames
