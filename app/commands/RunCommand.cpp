#include "Commands.h"

#include <array>

namespace negatoscope::app {

namespace {

using Run = int (*)(const CommandLine &, Backend &, const Output &);

constexpr std::array kRuns{
    std::pair{"import", Run(importFiles)},  std::pair{"studies", Run(listStudies)},
    std::pair{"series", Run(listSeries)},   std::pair{"dump", Run(dump)},
    std::pair{"render", Run(render)},       std::pair{"probe", Run(probe)},
    std::pair{"export", Run(exportImages)}, std::pair{"retrieve", Run(retrieve)},
    std::pair{"priors", Run(priors)},       std::pair{"send", Run(send)},
    std::pair{"verify", Run(verify)},       std::pair{"benchmark", Run(benchmark)},
    std::pair{"reslice", Run(reslice)},
};

} // namespace

std::optional<int> runWithoutCache(const CommandLine &line, const Output &output)
{
    if (line.command == QLatin1String("archives"))
        return archives(line, output);
    if (line.command == QLatin1String("find"))
        return findStudies(line, output);
    return std::nullopt;
}

int runCommand(const CommandLine &line, Backend &backend, const Output &output)
{
    for (const auto &[name, run] : kRuns)
        if (line.command == QLatin1String(name))
            return run(line, backend, output);
    return output.fail({base::ErrorCode::BadArgument, "There is no such command. See negatoscope --help."});
}

} // namespace negatoscope::app
