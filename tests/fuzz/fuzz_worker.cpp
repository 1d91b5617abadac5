#include "Mutator.h"

#include <codec/DecodeService.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include <sys/mman.h>
#include <unistd.h>

// fuzz_worker <files> [seed]: damaged copies of tests/data through headers, data set and first frame. Workers
// may die, which is counted; this program may not, and no call may outlast its limit.

using namespace negatoscope;
using namespace negatoscope::codec;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kLargestOriginal = 600'000;
constexpr std::chrono::milliseconds kFrameTime{2000};
constexpr std::chrono::milliseconds kSlack{3000}; // several waits of a busy machine on top of the watchdog

std::vector<std::string> originals()
{
    std::vector<std::string> all;
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(NEGATOSCOPE_TEST_DATA))
        if (entry.is_regular_file() && entry.file_size() < kLargestOriginal &&
            entry.path().extension() != ".md" && entry.path().extension() != ".csv")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end()); // the order of folders must not change what a seed means
    for (const auto &path : paths) {
        std::ostringstream bytes;
        bytes << std::ifstream(path, std::ios::binary).rdbuf();
        all.push_back(bytes.str());
    }
    return all;
}

/// A damaged file in memory, with a path for the service.
class MemoryFile
{
public:
    MemoryFile() : m_descriptor(memfd_create("fuzz", MFD_CLOEXEC)) {}
    ~MemoryFile() { ::close(m_descriptor); }
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }
    bool write(const std::string &bytes) const
    {
        return ::pwrite(m_descriptor, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
    }

private:
    int m_descriptor;
};

struct Tally
{
    std::mutex mutex;
    std::map<std::string, unsigned> outcomes;
    std::atomic<unsigned> files = 0, frames = 0;
    std::atomic<long long> longestMs = 0;

    void count(const std::string &outcome)
    {
        const std::lock_guard lock(mutex);
        ++outcomes[outcome];
    }
};

void tryFile(DecodeService &service, const std::string &path, Tally &tally)
{
    const std::vector paths{path};
    const std::vector wanted{dicom::tags::SopInstanceUid, dicom::tags::PatientName, dicom::tags::Rows};
    (void)service.readHeaders(paths, wanted, Purpose::Import);
    const auto file = service.readDataSet(path, Purpose::Visible);
    if (!file) {
        tally.count("data set: " + std::string(nameOf(file.error().code())));
        return;
    }
    const auto format = dicom::ImageFormat::of(file->dataSet);
    if (!format) {
        tally.count("format: " + std::string(nameOf(format.error().code())));
        return;
    }
    std::vector<std::byte> pixels(format->decodedFrameBytes());
    const auto frame = service.decodeFrame(path, *file, *format, 0, pixels, Purpose::Visible);
    tally.count(frame ? "frame: decoded" : "frame: " + std::string(nameOf(frame.error().code())));
    tally.frames += frame ? 1 : 0;
}

void run(DecodeService &service, test::Mutator mutator, unsigned files, Tally &tally)
{
    for (unsigned i = 0; i < files; ++i) {
        const MemoryFile file;
        if (!file.write(mutator.next()))
            continue;
        const auto begin = Clock::now();
        tryFile(service, file.path(), tally);
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
        long long longest = tally.longestMs;
        while (took > longest && !tally.longestMs.compare_exchange_weak(longest, took)) {}
        ++tally.files;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const unsigned files = argc > 1 ? static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)) : 1000;
    const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device{}();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    DecodeService::Options options;
    options.workerProgram = NEGATOSCOPE_WORKER;
    options.limits.frameTime = kFrameTime;
    const auto service = DecodeService::start(options);
    const auto sound = originals();
    if (!service || sound.empty()) {
        std::printf("no workers or no files to start from\n");
        return 1;
    }
    Tally tally;
    const auto begin = Clock::now();
    {
        const unsigned count = std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < count; ++i)
            threads.emplace_back(
                [&, i] { run(**service, test::Mutator(sound, seed + i), files / count, tally); });
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    for (const auto &[outcome, count] : tally.outcomes)
        std::printf("%8u  %s\n", count, outcome.c_str());
    const auto statistics = (*service)->statistics();
    std::printf("%u files from %zu originals in %.1f s; workers: %llu deaths, %llu time-outs, %llu replaced; "
                "longest wait for one file %lld ms\n",
                tally.files.load(), sound.size(), seconds, static_cast<unsigned long long>(statistics.deaths),
                static_cast<unsigned long long>(statistics.timeouts),
                static_cast<unsigned long long>(statistics.respawns), tally.longestMs.load());
    if (tally.files == 0 || tally.frames == 0) {
        std::printf("FAIL: nothing was injected, or nothing decoded\n");
        return 1;
    }
    if (std::chrono::milliseconds(tally.longestMs) > 3 * (kFrameTime + kSlack)) {
        std::printf("FAIL: a call outlasted its limit\n");
        return 1;
    }
    return 0;
}
