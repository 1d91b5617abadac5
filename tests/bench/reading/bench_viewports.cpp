// Four viewports of one window at work, each figure of docs/performance.md against its yardstick in turns:
// linked scrolling of four CT series, window drag over the four views of a mammography. Prints one line a
// figure.
//
// Usage: bench_viewports   (needs an X server)
#include "Measure.h"

#include <Actions.h>
#include <Phantom.h>
#include <session/ReadingPresenter.h>
#include <ui/ReadingWindow.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

using namespace negatoscope;
using namespace negatoscope::bench;

namespace {

constexpr QSize kScreen{1920, 1080};
constexpr int kTiles = 4, kSlices = 64;

void hang(ui::ReadingWindow &window, const Study &study)
{
    auto &reading = window.presenter();
    reading.openStudy(study.study.uid, study.study.patient);
    waitFor([&] { return !reading.isOpening(); });
    reading.setLayout({2, 2});
    for (int i = 0; i < kTiles; ++i)
        reading.showSeries(i, study.series.at(std::size_t(i)).uid);
    reading.setActive(0);
    for (const auto &viewport : reading.viewports())
        waitSettled(*viewport);
    QCoreApplication::processEvents(); // lint-allow(process-events): what else the opening has asked for
}

/// Lets what the reader did take effect until every viewport has been painted: as the event loop would, at
/// once.
void paintAll(ui::ReadingWindow &window)
{
    std::vector<bool> painted(kTiles, false);
    QObject context;
    for (const auto *widget : window.viewports())
        QObject::connect(widget, &ui::ViewportWidget::painted, &context,
                         [&painted, at = std::size_t(widget->index())] { painted[at] = true; });
    for (int turn = 0; turn < 4; ++turn) {
        QCoreApplication::sendPostedEvents();
        if (std::find(painted.begin(), painted.end(), false) == painted.end())
            return;
    }
    giveUp("A viewport was not painted in its turn.");
}

/// The bare imaging of what the four viewports show: each picture made from its decoded frame and drawn.
double imagingOfAll(const session::ReadingPresenter &reading, imaging::Renderer &bare,
                    std::vector<std::uint32_t> &rows)
{
    QElapsedTimer timer;
    timer.start();
    for (const auto &viewport : reading.viewports()) {
        const auto &state = viewport->state();
        const auto &frame = *state.frame;
        const auto attributes =
            imaging::DisplayAttributes::of(frame.dataSet(), frame.format, frame.key.frame);
        const auto picture = imaging::Picture::make(state.frame, frame.pixels.bytes(), frame.format,
                                                    frame.photometric, attributes);
        bare.draw(picture, state.transform, state.render, rows.data(),
                  std::size_t(state.transform.view().width));
    }
    return milliseconds(timer);
}

void linkedScroll(ui::ReadingWindow &window)
{
    auto &reading = window.presenter();
    const int reach = reading.active()->state().count;
    for (const auto &viewport : reading.viewports())
        for (int i = 0; i < reach; ++i) {
            viewport->scrollTo(i);
            waitSettled(*viewport);
        }
    imaging::Renderer bare;
    std::vector<std::uint32_t> rows(std::size_t(kScreen.width()) * std::size_t(kScreen.height()));
    std::vector<double> ours, yardstick;
    reading.active()->scrollTo(0);
    paintAll(window);
    for (int step = 1; step < 300; ++step) {
        const int at = step % (2 * reach - 2);
        QElapsedTimer timer;
        timer.start();
        reading.active()->scrollTo(at < reach ? at : 2 * reach - 2 - at);
        paintAll(window);
        ours.push_back(milliseconds(timer));
        for (const auto &viewport : reading.viewports())
            if (viewport->state().index != reading.active()->state().index)
                giveUp("A linked viewport did not follow.");
        yardstick.push_back(imagingOfAll(reading, bare, rows));
    }
    report("linked scroll, 2x2 of 512x512", median(ours), median(yardstick), "ms", "1.5");
    std::printf("%-34s %9.0f frames/s of all four\n", "  in the window", 1000 / median(ours));
}

/// Window drag over four views whose windows are linked, against one table pass over as many pixels as the
/// pictures cover.
void windowDrag(ui::ReadingWindow &window)
{
    auto &reading = window.presenter();
    std::size_t covered = 0;
    for (const auto &viewport : reading.viewports()) {
        const auto &transform = viewport->state().transform;
        const auto visible = [](double shown, int room) { return std::min<double>(shown, room); };
        covered +=
            std::size_t(visible(transform.scaleColumn() * transform.image().width, transform.view().width) *
                        visible(transform.scaleRow() * transform.image().height, transform.view().height));
    }
    std::vector<std::uint16_t> values(covered);
    for (std::size_t i = 0; i < covered; ++i)
        values[i] = static_cast<std::uint16_t>(i * 31 & 0xfff);
    std::vector<std::uint32_t> table(65536, 0xff808080), rows(covered);
    std::vector<double> ours, yardstick;
    for (int step = 0; step < 200; ++step) {
        QElapsedTimer timer;
        timer.start();
        for (const auto &viewport : reading.viewports())
            viewport->dragWindow(step % 2 ? 5 : -5, step % 3 - 1);
        paintAll(window);
        ours.push_back(milliseconds(timer));
        timer.restart();
        for (std::size_t i = 0; i < covered; ++i)
            rows[i] = table[values[i]];
        yardstick.push_back(milliseconds(timer));
        table[std::size_t(step)] = rows[std::size_t(step) % covered];
    }
    report("window drag, four mammograms", median(ours), median(yardstick), "ms", "2");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::initialiseResources();
    ui::applyLook(application, {});
    QTemporaryDir folder;
    for (int series = 1; series <= kTiles; ++series)
        if (!test::makePhantom(folder.filePath(QStringLiteral("ct/%1").arg(series)), kSlices,
                               {QStringLiteral("--size"), QStringLiteral("512"), QStringLiteral("--series"),
                                QString::number(series)}))
            giveUp("The CT could not be made.");
    for (const char *view : {"RCC", "LCC", "RMLO", "LMLO"})
        if (!test::makeMammogram(folder.filePath(QStringLiteral("mg/%1.dcm").arg(QLatin1String(view))),
                                 {QStringLiteral("--view"), QLatin1String(view)}))
            giveUp("The mammograms could not be made.");
    const auto backend = startBackend(folder.filePath(QStringLiteral("cache")), std::size_t(1) << 30);
    const Study ct = importStudy(*backend, folder.filePath(QStringLiteral("ct")));
    const Study mammography = importStudy(*backend, folder.filePath(QStringLiteral("mg")));

    session::ReadingPresenter reading(backend->services());
    session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    const session::Bindings bindings(ui::bindables(), settings);
    ui::ReadingWindow window(reading, settings, bindings);
    window.setWindowFlag(Qt::FramelessWindowHint);
    window.resize(kScreen);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        giveUp("The window did not come.");
    std::printf("machine: %d cores\n", QThread::idealThreadCount());
    hang(window, ct);
    linkedScroll(window);
    hang(window, mammography);
    windowDrag(window);
    return 0;
}
