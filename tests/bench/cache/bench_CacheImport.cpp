// Import of CT slices, hashed and synced as decided, against `cp -r` of the same files plus `sync`.
//   bench_CacheImport [files] [rounds] [folder]

#include "CacheFixture.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::test;

namespace {

constexpr std::size_t kSliceBytes = 526 * 1024;

void writeSlices(const std::filesystem::path &folder, int files)
{
    std::mt19937 random(1);
    for (int i = 1; i <= files; ++i) {
        InstanceSpec spec;
        spec.instance = "1.7." + std::to_string(i);
        spec.instanceNumber = i;
        spec.z = i;
        FakeDicomFile file = fakeDicom(spec);
        file.pixels.resize(kSliceBytes);
        for (std::size_t at = 0; at + 4 <= file.pixels.size(); at += 4) {
            const auto word = static_cast<std::uint32_t>(random());
            std::memcpy(file.pixels.data() + at, &word, 4);
        }
        writeFile(folder / std::to_string(i), file.bytes());
    }
}

/// The yardstick: `cp -r`, with arguments that no shell reads.
bool copyFolder(const std::filesystem::path &from, const std::filesystem::path &to)
{
    std::string words[] = {"cp", "-r", from.string(), to.string()};
    char *const arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    pid_t child = 0;
    int status = 0;
    return ::posix_spawnp(&child, "cp", nullptr, nullptr, arguments, environ) == 0 &&
           ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

template <typename Work>
double secondsOf(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

int main(int argc, char **argv)
{
    const int files = argc > 1 ? std::atoi(argv[1]) : 1500;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const std::filesystem::path base = std::filesystem::path(argc > 3 ? argv[3] : ".") / "bench-import";
    std::filesystem::remove_all(base);
    writeSlices(base / "source", files);
    ::sync();

    double bestCopy = 1e9, bestImport = 1e9;
    for (int round = 0; round < rounds; ++round) {
        bool hasCopied = false;
        const double copied = secondsOf([&] {
            hasCopied = copyFolder(base / "source", base / "copy");
            ::sync();
        });
        std::filesystem::remove_all(base / "copy");
        ::sync();
        FakeFileReader reader;
        auto cache = cache::Cache::open({(base / "cache").string(), 0, 0, false}, reader);
        if (!cache || !hasCopied)
            return 1;
        int imported = 0;
        const double taken = secondsOf([&] {
            const auto report = (*cache)->import({(base / "source").string()}, {}, {});
            imported = report ? report->imported : 0;
        });
        cache->reset();
        std::filesystem::remove_all(base / "cache");
        ::sync();
        if (imported != files)
            return 1;
        std::printf("round %d: cp -r + sync %.3f s, import %.3f s\n", round + 1, copied, taken);
        bestCopy = std::min(bestCopy, copied);
        bestImport = std::min(bestImport, taken);
    }
    std::filesystem::remove_all(base);
    std::printf("{\"bench\": \"cacheImport\", \"files\": %d, \"copySeconds\": %.3f, \"importSeconds\": %.3f, "
                "\"ratio\": %.2f, \"reach\": 1.5}\n",
                files, bestCopy, bestImport, bestImport / bestCopy);
    return 0;
}
