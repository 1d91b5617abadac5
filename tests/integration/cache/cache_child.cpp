// The victim of the tests here: does one job on a cache and writes a line for every step it has been told is
// done.
//
//   cache_child CACHE import PATH | open | rebuild | remove STUDY | pin STUDY

#include "FakeFileReader.h"

#include <cache/Cache.h>

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

using namespace negatoscope;

namespace {

/// At once and by one call of ours, so that a recorder sees it among the writes to the cache.
void say(const std::string &line)
{
    if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        std::abort();
}

} // namespace

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
    say("open\n");
    const std::string job = argv[2];
    if (job == "import") {
        // What the list shows is committed: from here on no kill may lose it.
        (*cache)->setChangedHandler([&] {
            int instances = 0;
            for (const auto &study : (*cache)->studies({}))
                instances += study.instances;
            say("committed " + std::to_string(instances) + "\n");
        });
        const auto report = (*cache)->import({argv[3]}, {}, {});
        return report && report->refused.empty() ? 0 : 1;
    }
    if (job == "open")
        return 0;
    if (job == "rebuild")
        return (*cache)->rebuild({}, {}) ? 0 : 1;
    if (job == "remove")
        return (*cache)->remove(base::StudyUid(argv[3])) ? 0 : 1;
    if (job == "pin")
        return (*cache)->setPinned(base::StudyUid(argv[3]), true) ? 0 : 1;
    return 2;
}
