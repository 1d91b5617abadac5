// Building a volume from the files of a folder, through the sandboxed workers, beside its yardstick: the bare
// reading of the same pixels, with as many threads and no program around it, into a block like ours.
//
// bench_VolumeLoad FOLDER [rounds]; the folder holds one series of tools/make_phantom.py ct. For compressed
// files the yardstick is the workers' decoding alone, into a buffer. Prints medians, the ratio, and the peak
// memory of the building.

#include <frames/VolumeBuilder.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace negatoscope;
using Clock = std::chrono::steady_clock;

namespace {

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double peakMiB()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    double kilobytes = 0;
    while (status >> word)
        if (word == "VmHWM:")
            status >> kilobytes;
    return kilobytes / 1024;
}

void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

std::vector<frames::VolumeSlice> slicesOf(const std::vector<std::string> &paths,
                                          codec::DecodeService &decoder)
{
    namespace tags = dicom::tags;
    const std::array wanted{tags::SopInstanceUid, tags::ImagePositionPatient, tags::ImageOrientationPatient,
                            tags::Rows, tags::Columns};
    const auto headers = decoder.readHeaders(paths, wanted, codec::Purpose::Import);
    std::vector<frames::VolumeSlice> slices;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!headers[i])
            continue;
        const auto geometry = dicom::FrameGeometry::of(headers[i]->dataSet, 0);
        frames::VolumeSlice slice;
        slice.path = paths[i];
        slice.frame.instance = base::InstanceUid(headers[i]->dataSet.text(tags::SopInstanceUid));
        slice.frame.position = geometry.position;
        slice.frame.row = geometry.orientation.row;
        slice.frame.column = geometry.orientation.column;
        slices.push_back(slice);
    }
    return slices;
}

/// Threads that take numbers until there are no more.
void inParallel(std::size_t count, const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back([&] {
            for (std::size_t n = next++; n < count; n = next++)
                work(n);
        });
}

/// A virtual machine gives memory away two seconds after it was freed, and the next touch waits for the host:
/// seconds that belong to neither side. So both begin when that has happened and the memory was fetched
/// again.
void touchMemory(std::uint64_t bytes)
{
    // lint-allow(sleep): nobody tells when the host has taken it
    std::this_thread::sleep_for(std::chrono::seconds(3));
    volume::StoragePlan storage;
    storage.bytes = bytes;
    const auto block = volume::VoxelBlock::create(storage);
    if (!block)
        return;
    constexpr std::size_t kStep = 2U << 20;
    inParallel(block->bytes().size() / kStep,
               [&](std::size_t n) { block->bytes()[n * kStep] = std::byte{1}; });
}

double yardstick(const frames::VolumePlan &plan, codec::DecodeService &decoder)
{
    const bool native = plan.sources.front().file->transferSyntax.coding == dicom::PixelCoding::Native;
    const auto start = Clock::now();
    const std::size_t bytes = plan.sources.front().format.decodedFrameBytes();
    volume::StoragePlan storage;
    storage.bytes = bytes * (native ? plan.sources.size() : 4);
    const auto block = volume::VoxelBlock::create(storage);
    if (!block)
        std::exit(1);
    inParallel(plan.sources.size(), [&](std::size_t n) {
        const auto &source = plan.sources[n];
        const auto into = block->bytes().subspan((native ? n : n % 4) * bytes, bytes);
        if (!native) {
            if (!decoder.decodeFrame(source.path, *source.file, source.format, 0, into,
                                     codec::Purpose::Prefetch))
                std::exit(1);
            return;
        }
        const int file = ::open(source.path.c_str(), O_RDONLY | O_CLOEXEC);
        if (::pread(file, into.data(), into.size(), off_t(source.file->pixelData.offset)) !=
            ssize_t(into.size()))
            std::exit(1);
        ::close(file);
    });
    return secondsSince(start);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_VolumeLoad FOLDER [rounds]\n");
        return 2;
    }
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    std::vector<std::string> paths;
    for (const auto &entry : std::filesystem::directory_iterator(argv[1]))
        paths.push_back(entry.path().string());
    auto decoder = codec::DecodeService::start({NEGATOSCOPE_WORKER, 0, {}, true});
    if (!decoder) {
        std::fprintf(stderr, "%s\n", decoder.error().describe().c_str());
        return 1;
    }
    const auto slices = slicesOf(paths, **decoder);
    const auto scaleOf = [](const dicom::DataSet &dataSet, const dicom::ImageFormat &, std::uint32_t) {
        return std::optional(volume::ValueScale{dataSet.decimal(dicom::tags::RescaleSlope).value_or(1),
                                                dataSet.decimal(dicom::tags::RescaleIntercept).value_or(0),
                                                "HU"});
    };
    const auto budget = volume::StorageBudget::ofThisProcess({});
    std::vector<double> ours, theirs, plans, coarse;
    double peak = 0;
    std::uint64_t voxels = 0;
    for (int round = 0; round <= rounds; ++round) {
        if (voxels > 0)
            touchMemory(voxels);
        forgetPeak();
        const double before = peakMiB();
        const auto start = Clock::now();
        auto plan = frames::planVolume(**decoder, slices, budget, scaleOf, codec::Purpose::Visible);
        if (!plan || plan->isRefused()) {
            std::fprintf(stderr, "no volume\n");
            return 1;
        }
        const double planned = secondsSince(start);
        const auto bare = *plan;
        voxels = plan->storage.bytes;
        frames::VolumeBuilder::Options options;
        const int eighth = plan->geometry->slices() / 8;
        std::atomic<int> count{0};
        std::atomic<double> coarseAt{0};
        options.arrived = [&](int) {
            if (++count == eighth)
                coarseAt = secondsSince(start);
        };
        auto builder = frames::VolumeBuilder::start(**decoder, *std::move(plan), options);
        if (!builder) {
            std::fprintf(stderr, "%s\n", builder.error().describe().c_str());
            return 1;
        }
        (*builder)->wait();
        const double whole = secondsSince(start);
        if (!(*builder)->volume()->isWhole()) {
            std::fprintf(stderr, "slices failed\n");
            return 1;
        }
        peak = std::max(peak, peakMiB() - before);
        builder->reset();
        touchMemory(voxels);
        const double other = yardstick(bare, **decoder);
        // The first round fills the page cache.
        if (round == 0)
            continue;
        ours.push_back(whole);
        theirs.push_back(other);
        plans.push_back(planned);
        coarse.push_back(coarseAt);
    }
    std::printf("%zu slices: median %.2f s (headers %.2f s, coarse volume at %.2f s)   yardstick median %.2f "
                "s   ratio %.2f\n",
                slices.size(), median(ours), median(plans), median(coarse), median(theirs),
                median(ours) / median(theirs));
    std::printf("peak memory of the building %.0f MiB, voxels %.0f MiB\n", peak, double(voxels) / (1 << 20));
    return 0;
}
