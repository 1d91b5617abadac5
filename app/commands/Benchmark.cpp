#include "Commands.h"
#include "VolumeBenchmark.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QImage>

#include <algorithm>

namespace negatoscope::app {

namespace {

constexpr imaging::Size kScreen{1920, 1080};
constexpr int kRuns = 5;
constexpr int kSteps = 200;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

double percentile95(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[std::min(values.size() - 1, values.size() * 95 / 100)];
}

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// The pixels of a viewport's state, as its widget draws them.
class Painter
{
public:
    Painter() : m_screen(kScreen.width, kScreen.height, QImage::Format_RGB32) {}
    void draw(const session::ViewportState &state)
    {
        m_renderer.draw(state.picture, state.transform, state.render,
                        reinterpret_cast<std::uint32_t *>(m_screen.bits()),
                        static_cast<std::size_t>(m_screen.bytesPerLine()) / sizeof(std::uint32_t));
    }

private:
    QImage m_screen;
    imaging::Renderer m_renderer;
};

/// From asking for the series to the first painted frame, nothing in memory.
base::Result<double> firstImage(const Source &source, Painter &painter)
{
    source.services().frames.store().clear();
    QElapsedTimer timer;
    timer.start();
    QuietViewport viewport(source, kScreen);
    const bool shown = viewport.waitFor([&] {
        const auto content = viewport.presenter().state().content;
        return content == session::ViewportState::Content::Picture ||
               content == session::ViewportState::Content::Failed;
    });
    if (const auto &error = viewport.presenter().state().error)
        return base::failure(*error);
    if (!shown)
        return base::failure(base::ErrorCode::WorkerTimedOut, "no picture came");
    painter.draw(viewport.presenter().state());
    return milliseconds(timer);
}

struct Load
{
    int slices = 0, failed = 0;
    double wallMs = 0;
};

/// Every frame of the series once, as prefetch brings them.
Load loadAll(QuietViewport &viewport)
{
    Load load;
    QElapsedTimer timer;
    timer.start();
    const int count = viewport.presenter().state().count;
    for (int i = 0; i < count; ++i) {
        if (viewport.goTo(i))
            ++load.slices;
        else
            ++load.failed;
    }
    load.wallMs = milliseconds(timer);
    return load;
}

} // namespace

int benchmark(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({base::ErrorCode::BadArgument, "benchmark needs one Study Instance UID."});
    const auto series = backend.cache().series(base::StudyUid(line.arguments.first().toStdString()));
    const auto largest = std::max_element(series.begin(), series.end(),
                                          [](const auto &a, const auto &b) { return a.frames < b.frames; });
    if (largest == series.end() || largest->frames == 0)
        return output.fail({base::ErrorCode::NotFound, "a series with pictures in that study"});
    const auto source = Source::find(line, backend, QString::fromStdString(largest->uid.value()));
    if (!source)
        return output.fail(source.error());

    Painter painter;
    std::vector<double> first;
    for (int run = 0; run < kRuns; ++run) {
        const auto time = firstImage(*source, painter);
        if (!time)
            return output.fail(time.error());
        first.push_back(*time);
    }

    QuietViewport viewport(*source, kScreen);
    if (const auto settled = viewport.settle(); !settled)
        return output.fail(settled.error());
    const Load load = loadAll(viewport);

    // Scroll and window what is in memory; the last frames loaded are, whatever the budget.
    session::ViewportPresenter &presenter = viewport.presenter();
    const int count = presenter.state().count;
    const int reach = std::min(count, 64);
    std::vector<double> scroll, window;
    for (int step = 0; step < kSteps; ++step) {
        if (const auto ready = viewport.goTo(count - 1 - step % reach); !ready)
            continue;
        QElapsedTimer timer;
        timer.start();
        presenter.scrollTo(count - 1 - (step + 1) % reach);
        painter.draw(presenter.state());
        scroll.push_back(milliseconds(timer));
    }
    for (int step = 0; step < kSteps; ++step) {
        QElapsedTimer timer;
        timer.start();
        presenter.dragWindow(step % 2 ? 3 : -3, step % 3 - 1);
        painter.draw(presenter.state());
        window.push_back(milliseconds(timer));
    }
    const auto rate = [](const std::vector<double> &times) {
        return times.empty() ? 0 : 1000 / std::max(1e-3, median(times));
    };
    const VolumeFigures planes = measureVolume(*source, line);
    QJsonObject json{
        {QStringLiteral("firstImageMs"), median(first)},
        {QStringLiteral("scroll"), QJsonObject{{QStringLiteral("framesPerSecond"), rate(scroll)},
                                               {QStringLiteral("p95Ms"), percentile95(scroll)}}},
        {QStringLiteral("window"), QJsonObject{{QStringLiteral("framesPerSecond"), rate(window)}}},
        {QStringLiteral("load"), QJsonObject{{QStringLiteral("slices"), load.slices},
                                             {QStringLiteral("failed"), load.failed},
                                             {QStringLiteral("wallMs"), load.wallMs},
                                             {QStringLiteral("peakRssMiB"), peakMemory()}}}};
    planes.insertInto(json);
    if (line.json) {
        output.json(json);
        return load.failed ? Partly : Done;
    }
    output.line(
        QStringLiteral(
            "first image   %1 ms\nscroll        %2 frames/s (95 % under %3 ms)\nwindow        %4 frames/s\n"
            "load          %5 pictures in %6 ms, %7 failed, peak memory %8 MiB")
            .arg(median(first), 0, 'f', 1)
            .arg(rate(scroll), 0, 'f', 0)
            .arg(percentile95(scroll), 0, 'f', 1)
            .arg(rate(window), 0, 'f', 0)
            .arg(load.slices)
            .arg(load.wallMs, 0, 'f', 0)
            .arg(load.failed)
            .arg(peakMemory(), 0, 'f', 0));
    planes.print(output);
    return load.failed ? Partly : Done;
}

} // namespace negatoscope::app
