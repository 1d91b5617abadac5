// Search in an index of 100,000 studies: the slowest of several queries of each kind must stay under 30 ms.
//   bench_CacheSearch [studies] [folder]

#include "CacheFixture.h"
#include "LargeIndex.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace negatoscope;
using namespace negatoscope::test;

int main(int argc, char **argv)
{
    const int studies = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const auto base =
        std::filesystem::absolute(std::filesystem::path(argc > 2 ? argv[2] : ".") / "bench-search");
    std::filesystem::remove_all(base);
    std::filesystem::create_directories(base);
    if (!fillIndex((base / "index.sqlite").string(), studies))
        return 1;
    FakeFileReader reader;
    auto cache = cache::Cache::open({base.string(), 0, 0, false}, reader);
    if (!cache)
        return 1;
    const auto query = [](std::string text, std::vector<std::string> modalities = {}, std::string from = {},
                          std::string to = {}) {
        cache::StudyQuery result;
        result.text = std::move(text);
        result.modalities = std::move(modalities);
        result.dateFrom = std::move(from);
        result.dateTo = std::move(to);
        return result;
    };
    const std::vector<std::pair<const char *, cache::StudyQuery>> queries = {
        {"everything", query("")},
        {"full name", query("martin claire")},
        {"name without accents", query("muller zoe")},
        {"one letter", query("m")},
        {"two letters", query("be")},
        {"two broad words", query("m c")},
        {"three broad words", query("m c 1")},
        {"id", query("1234")},
        {"accession", query("acc12345")},
        {"every accession", query("acc")},
        {"description", query("thorax")},
        {"description, two words", query("whole body")},
        {"nothing", query("zzzz")},
        {"day", query("", {}, "20200101", "20200101")},
        {"year and modality", query("", {"XA"}, "20200101", "20201231")},
        {"one letter in a month", query("m", {}, "20200101", "20200131")},
        {"one letter, modality", query("m", {"MG"})},
        {"one letter, modality that is none", query("m", {"OT"})},
        {"modality that is none", query("", {"OT"})},
        {"words that never meet", query("brain whole")},
    };
    double slowest = 0;
    for (const auto &[name, one] : queries) {
        double best = 1e9;
        std::size_t found = 0;
        for (int round = 0; round < 5; ++round) {
            const auto start = std::chrono::steady_clock::now();
            found = (*cache)->studies(one).size();
            best = std::min(
                best,
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        std::printf("%-36s %7.2f ms, %zu found\n", name, best, found);
        slowest = std::max(slowest, best);
    }
    cache->reset();
    std::filesystem::remove_all(base);
    std::printf("{\"bench\": \"cacheSearch\", \"studies\": %d, \"slowestMs\": %.1f, \"reachMs\": 30}\n",
                studies, slowest);
    return 0;
}
