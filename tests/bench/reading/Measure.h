#pragma once

#include <Backend.h>
#include <session/ViewportPresenter.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QString>
#include <QtTest/QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

/// What the benchmarks of the whole program have in common: series from phantoms, waiting, printing a figure.
namespace negatoscope::bench {

constexpr int kLimitMs = 120'000;

[[noreturn]] inline void giveUp(const char *sentence)
{
    std::fprintf(stderr, "%s\n", sentence);
    std::exit(3);
}

/// Ends the run where what is measured does not come about.
template <typename Ready>
void waitFor(Ready ready, int limitMs = kLimitMs)
{
    if (!QTest::qWaitFor(ready, limitMs))
        giveUp("What was waited for did not come about.");
}

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

inline double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

inline double residentMiB()
{
    QFile status(QStringLiteral("/proc/self/statm"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toDouble() * 4096 / (1024 * 1024);
}

/// One line a figure.
inline void report(const char *figure, double ours, double yardstick, const char *unit, const char *bound)
{
    std::printf("%-34s %9.2f %-3s  yardstick %9.2f %-3s  ratio %5.2f  (reach %s)\n", figure, ours, unit,
                yardstick, unit, ours / yardstick, bound);
    std::fflush(stdout);
}

/// A study that a phantom became, its series in number order.
struct Study
{
    cache::StudyRecord study;
    std::vector<cache::SeriesRecord> series;
};

inline std::unique_ptr<app::Backend> startBackend(const QString &cacheFolder, std::size_t frameBudgetBytes)
{
    auto backend =
        app::Backend::start({cacheFolder, frameBudgetBytes, 0, QStringLiteral(NEGATOSCOPE_WORKER)});
    if (!backend)
        giveUp(backend.error().describe().c_str());
    return *std::move(backend);
}

inline Study importStudy(app::Backend &backend, const QString &folder)
{
    const auto report = backend.cache().import({folder.toStdString()}, {}, {});
    if (!report || report->studies.empty())
        giveUp("The phantom could not be imported.");
    const auto study = backend.cache().study(report->studies.front());
    return {*study, backend.cache().series(study->uid)};
}

inline bool isSettled(const session::ViewportPresenter &viewport)
{
    const auto &state = viewport.state();
    return !state.pending && state.countFinal && state.content == session::ViewportState::Content::Picture;
}

inline void waitSettled(const session::ViewportPresenter &viewport)
{
    waitFor([&] { return isSettled(viewport); });
}

} // namespace negatoscope::bench
