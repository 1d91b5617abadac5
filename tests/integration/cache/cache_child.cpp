// The victim of tst_CacheKilled: does one job on a cache and writes a line for every step it has been told is
// done.
//
//   cache_child CACHE import PATH | rebuild | remove STUDY | pin STUDY | trash STUDY

#include "FakeFileReader.h"

#include <cache/Cache.h>

#include <cstdio>

using namespace negatoscope;

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    test::FakeFileReader reader;
    auto cache = cache::Cache::open({argv[1], 0, 0, false}, reader);
    if (!cache) {
        std::fprintf(stderr, "%s\n", cache.error().describe().c_str());
        return 3;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::puts("open");
    const std::string job = argv[2];
    if (job == "import") {
        // What the list shows is committed: from here on no kill may lose it.
        (*cache)->setChangedHandler([&] {
            int instances = 0;
            for (const auto &study : (*cache)->studies({}))
                instances += study.instances;
            std::printf("committed %d\n", instances);
        });
        const auto report = (*cache)->import({argv[3]}, {}, {});
        return report && report->refused.empty() ? 0 : 1;
    }
    if (job == "rebuild")
        return (*cache)->rebuild({}, {}) ? 0 : 1;
    if (job == "remove")
        return (*cache)->remove(base::StudyUid(argv[3])) ? 0 : 1;
    if (job == "pin")
        return (*cache)->setPinned(base::StudyUid(argv[3]), true) ? 0 : 1;
    if (job == "trash") {
        const std::vector studies{base::StudyUid(argv[3])};
        return (*cache)->moveToTrash(studies) && (*cache)->restore(studies) ? 0 : 1;
    }
    return 2;
}
