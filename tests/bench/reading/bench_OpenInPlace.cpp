// A folder of CT slices opened in place by the whole program (sandboxed workers, index, list of studies),
// against opening each file and reading 4 KiB of it.
//   bench_OpenInPlace [files] [rounds]

#include "Backend.h"
#include "Phantom.h"

#include <cache/Cache.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

using namespace negatoscope;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kStudies = 10;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double readEachHead(const std::vector<std::string> &paths)
{
    const auto begin = Clock::now();
    char block[4096];
    for (const std::string &path : paths) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (::read(file, block, sizeof block) <= 0)
            return 0;
        ::close(file);
    }
    return secondsSince(begin);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int files = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 7;
    QTemporaryDir folder;
    for (int i = 0; i < kStudies; ++i)
        if (!test::makePhantom(folder.filePath(QStringLiteral("source/%1").arg(i)), files / kStudies,
                               {QStringLiteral("--size"), QStringLiteral("128"),
                                QStringLiteral("--patient-id"), QStringLiteral("P%1").arg(i)}))
            return 3;
    const std::string source = folder.filePath(QStringLiteral("source")).toStdString();
    std::vector<std::string> paths;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(source))
        if (entry.is_regular_file())
            paths.push_back(entry.path().string());

    std::vector<double> ratios, ours, yardstick;
    for (int round = 0; round < rounds; ++round) {
        // A cache of its own each round: what was opened in place is kept until the program ends.
        auto backend = app::Backend::start({folder.filePath(QStringLiteral("cache%1").arg(round)),
                                            std::size_t(64) << 20, 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        if (!backend)
            return 3;
        const double read = readEachHead(paths);
        const auto begin = Clock::now();
        const auto report = (*backend)->cache().openInPlace({source}, {}, {});
        const auto studies = (*backend)->cache().studies({});
        const double opened = secondsSince(begin);
        if (!report || report->instances != static_cast<int>(paths.size()) || studies.size() != kStudies) {
            std::fprintf(stderr, "not all files were opened\n");
            return 1;
        }
        ours.push_back(opened);
        yardstick.push_back(read);
        ratios.push_back(opened / read);
    }
    std::printf("%zu files in place: %.3f s   4 KiB of each: %.3f s   ratio %.2f (reach 4)\n", paths.size(),
                median(ours), median(yardstick), median(ratios));
    return 0;
}
