#include "CrashPoint.h"

#ifdef NEGATOSCOPE_CRASH_POINTS

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace negatoscope::cache {

namespace {

constexpr std::array kNames{
    std::string_view("stage.created"),     std::string_view("stage.written"),
    std::string_view("admit.filesSynced"), std::string_view("admit.renamed"),
    std::string_view("admit.allRenamed"),  std::string_view("admit.foldersSynced"),
    std::string_view("admit.committed"),   std::string_view("side.written"),
    std::string_view("side.renamed"),      std::string_view("remove.committed"),
    std::string_view("remove.unlinked"),   std::string_view("rebuild.begun"),
    std::string_view("rebuild.filled"),    std::string_view("rebuild.exchanging"),
    std::string_view("upgrade.step"),      std::string_view("upgrade.written"),
    std::string_view("upgrade.committed"), std::string_view("trash.noted"),
    std::string_view("trash.unnoted"),
};

struct Target
{
    std::string name;
    std::atomic<int> left = 0;
    Target()
    {
        const char *const text = std::getenv("NEGATOSCOPE_CRASH_AT");
        if (!text)
            return;
        const std::string value = text;
        const auto colon = value.find(':');
        name = value.substr(0, colon);
        left = colon == std::string::npos ? 1 : std::atoi(value.c_str() + colon + 1);
    }
};

} // namespace

void crashPoint(std::string_view name)
{
    static Target target;
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end())
        std::abort();
    if (target.name == name && --target.left == 0)
        ::kill(::getpid(), SIGKILL);
}

std::span<const std::string_view> crashPointNames()
{
    return kNames;
}

} // namespace negatoscope::cache

#endif
