// A folder opened in place, to the study list, against opening each file and reading 4 KiB of it. The reader
// here is the tests' own; it stands for the cost of the index alone.
//   bench_CacheInPlace [files] [rounds] [folder]

#include "CacheFixture.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>

#include <fcntl.h>
#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::test;

namespace {

constexpr int kFilesPerSeries = 200;

/// Hands out headers read beforehand, so that only the cache's own work is measured.
class RememberingReader final : public FakeFileReader
{
public:
    std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                             std::span<const dicom::Tag> wanted,
                                                             std::stop_token stop) override
    {
        std::vector<base::Result<dicom::ParsedFile>> result;
        for (const std::string &path : paths) {
            const auto known = m_headers.find(path);
            result.push_back(known != m_headers.end()
                                 ? base::Result<dicom::ParsedFile>(known->second)
                                 : FakeFileReader::readHeaders({&path, 1}, wanted, stop).front());
        }
        return result;
    }
    void remember(const std::string &path, std::span<const dicom::Tag> wanted)
    {
        m_headers.emplace(path, *FakeFileReader::readHeaders({&path, 1}, wanted, {}).front());
    }

private:
    std::map<std::string, dicom::ParsedFile> m_headers;
};

} // namespace

#include "FileHeader.h"

int main(int argc, char **argv)
{
    const int files = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const auto base =
        std::filesystem::absolute(std::filesystem::path(argc > 3 ? argv[3] : ".") / "bench-inplace");
    std::filesystem::remove_all(base);
    RememberingReader reader;
    std::vector<std::string> paths;
    for (int i = 0; i < files; ++i) {
        InstanceSpec spec;
        const int series = i / kFilesPerSeries;
        spec.study = "1.2.840.113619.2.5.1762583153.215519.978957063." + std::to_string(series / 5);
        spec.series = "1.2.840.113619.2.5.1762583153.215519.978957064." + std::to_string(series);
        spec.instance = "1.2.840.113619.2.5.1762583153.215519.978957065." + std::to_string(i);
        spec.instanceNumber = i % kFilesPerSeries;
        spec.z = spec.instanceNumber;
        spec.pixelBytes = 8192;
        const auto path = base / "source" / std::to_string(series) / std::to_string(i);
        writeInstance(path, spec);
        paths.push_back(path.string());
        reader.remember(paths.back(), cache::indexedTags());
    }
    auto cache = cache::Cache::open({(base / "cache").string(), 0, 0, false}, reader);
    if (!cache)
        return 1;

    double bestRead = 1e9, bestOpen = 1e9;
    std::size_t studies = 0;
    for (int round = 0; round < rounds; ++round) {
        auto start = std::chrono::steady_clock::now();
        char block[4096];
        for (const std::string &path : paths) {
            const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
            if (::read(file, block, sizeof block) <= 0)
                return 1;
            ::close(file);
        }
        const auto middle = std::chrono::steady_clock::now();
        cache->reset();
        auto reopened = cache::Cache::open({(base / "cache").string(), 0, 0, false}, reader);
        if (!reopened)
            return 1;
        *cache = std::move(*reopened);
        start = start + (std::chrono::steady_clock::now() - middle);
        bestRead = std::min(bestRead,
                            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        const auto begin = std::chrono::steady_clock::now();
        if (!(*cache)->openInPlace({(base / "source").string()}, {}, {}))
            return 1;
        studies = (*cache)->studies({}).size();
        bestOpen = std::min(bestOpen,
                            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    cache->reset();
    std::filesystem::remove_all(base);
    std::printf("{\"bench\": \"cacheInPlace\", \"files\": %d, \"studies\": %zu, \"readSeconds\": %.4f, "
                "\"indexSeconds\": %.4f, \"ratio\": %.2f, \"reach\": 4}\n",
                files, studies, bestRead, bestOpen, bestOpen / bestRead);
    return 0;
}
