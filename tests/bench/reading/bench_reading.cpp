// The reading figures of docs/performance.md, each against its yardstick in the same run and in turns with
// it: first image, scrolling in a real viewport, window drag in a real viewport, memory. Prints one line a
// figure.
//
// Usage: bench_reading [SLICES]   (default 6000; needs an X server, a few GB of disk in the temporary folder)
#include "Measure.h"

#include <Actions.h>
#include <GestureReader.h>
#include <Phantom.h>
#include <session/ReadingPresenter.h>
#include <session/StackLoader.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QEventLoop> // lint-allow(nested-loop): to measure without polling
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

#include <algorithm>

using namespace negatoscope;
using namespace negatoscope::bench;
using Content = session::ViewportState::Content;

namespace {

constexpr QSize kScreen{1920, 1080};
constexpr int kRounds = 7;

/// Decode and paint of the one frame that a series starts with, straight through the same engine.
double decodeAndPaint(app::Backend &backend, const Study &series, QImage &screen)
{
    const auto first = backend.cache().firstInstance(series.series.front().uid);
    QElapsedTimer timer;
    timer.start();
    const auto file = backend.decoder().readDataSet(first->path, codec::Purpose::Interactive);
    const auto format = dicom::ImageFormat::of(file->dataSet);
    auto pixels = std::make_shared<std::vector<std::byte>>(format->decodedFrameBytes());
    const auto decoded =
        backend.decoder().decodeFrame(first->path, *file, *format, 0, *pixels, codec::Purpose::Interactive);
    const auto attributes = imaging::DisplayAttributes::of(file->dataSet, *format, 0);
    const auto picture = imaging::Picture::make(pixels, *pixels, *format, decoded->photometric, attributes);
    imaging::RenderSettings settings;
    if (!attributes.choices.empty())
        settings.window = attributes.choices.front().window;
    imaging::Renderer().draw(picture, {picture->size(), {}, {screen.width(), screen.height()}, {}}, settings,
                             reinterpret_cast<std::uint32_t *>(screen.bits()),
                             std::size_t(screen.bytesPerLine()) / 4);
    return milliseconds(timer);
}

/// From the double click's openStudy() to the end of the first paint that shows a picture.
double openAndPaint(session::ReadingPresenter &reading, ui::ViewportWidget &widget, app::Backend &backend,
                    const Study &series)
{
    reading.closeStudy();
    backend.frames().store().clear();
    QCoreApplication::sendPostedEvents();
    // An event loop and no polling: qWaitFor() sleeps ten milliseconds between its looks.
    QEventLoop loop; // lint-allow(nested-loop): the only loop of this program
    const auto connection = QObject::connect(&widget, &ui::ViewportWidget::painted, &widget, [&] {
        if (reading.viewports().front()->state().content == Content::Picture)
            loop.quit();
    });
    QElapsedTimer timer;
    timer.start();
    reading.openStudy(series.study.uid, series.study.patient);
    loop.exec(); // lint-allow(nested-loop): see above
    const double time = milliseconds(timer);
    QObject::disconnect(connection);
    return time;
}

/// Lets what the reader did take effect, to the end of the painting: as the event loop would, at once.
void paintWhatChanged(ui::ViewportWidget &widget)
{
    bool painted = false;
    const auto connection =
        QObject::connect(&widget, &ui::ViewportWidget::painted, &widget, [&] { painted = true; });
    for (int turn = 0; turn < 3 && !painted; ++turn) // what changed, then the update that it asks for
        QCoreApplication::sendPostedEvents();
    QObject::disconnect(connection);
    if (!painted)
        giveUp("A change was not painted in its turn.");
}

/// One scroll step in the real widget, painted; against the bare imaging of the same decoded frame at the
/// same place: its picture made and drawn, without a widget, text or a window system.
void scrollInMemory(session::ReadingPresenter &reading, ui::ViewportWidget &widget)
{
    session::ViewportPresenter &viewport = *reading.viewports().front();
    const int reach = std::min(64, viewport.state().count);
    for (int i = 0; i < reach; ++i) {
        viewport.scrollTo(i);
        waitSettled(viewport);
    }
    imaging::Renderer bare;
    std::vector<std::uint32_t> rows(std::size_t(kScreen.width()) * std::size_t(kScreen.height()));
    std::vector<double> ours, yardstick;
    for (int step = 0; step < 400; ++step) {
        const int index = step % (2 * reach) < reach ? step % reach : reach - 1 - step % reach;
        viewport.setWindow({40.0 + step % 50, 400.0 + step % 100, imaging::VoiFunction::Linear});
        QElapsedTimer timer;
        timer.start();
        viewport.scrollTo(index);
        paintWhatChanged(widget);
        ours.push_back(milliseconds(timer));
        const auto &state = viewport.state();
        const auto &frame = *state.frame;
        const auto attributes =
            imaging::DisplayAttributes::of(frame.dataSet(), frame.format, frame.key.frame);
        timer.restart();
        const auto picture = imaging::Picture::make(state.frame, frame.pixels.bytes(), frame.format,
                                                    frame.photometric, attributes);
        bare.draw(picture, state.transform, state.render, rows.data(), std::size_t(kScreen.width()));
        yardstick.push_back(milliseconds(timer));
    }
    report("scroll 512x512 at 1920x1080", median(ours), median(yardstick), "ms", "1.5");
    std::printf("%-34s %9.0f frames/s\n", "  in the viewport", 1000 / median(ours));
}

/// Window drag in the real widget against one table pass over as many pixels as the picture covers.
void windowDrag(session::ReadingPresenter &reading, ui::ViewportWidget &widget, const char *name)
{
    session::ViewportPresenter &viewport = *reading.viewports().front();
    waitSettled(viewport);
    const auto &transform = viewport.state().transform;
    const double width = std::min<double>(kScreen.width(), transform.scaleColumn() * transform.image().width);
    const double height = std::min<double>(kScreen.height(), transform.scaleRow() * transform.image().height);
    const auto covered = static_cast<std::size_t>(width * height);
    std::vector<std::uint16_t> values(covered);
    for (std::size_t i = 0; i < covered; ++i)
        values[i] = static_cast<std::uint16_t>(i * 31 & 0xfff);
    std::vector<std::uint32_t> table(65536, 0xff808080), rows(covered);
    std::vector<double> ours, yardstick;
    for (int step = 0; step < 200; ++step) {
        QElapsedTimer timer;
        timer.start();
        viewport.dragWindow(step % 2 ? 5 : -5, step % 3 - 1);
        paintWhatChanged(widget);
        ours.push_back(milliseconds(timer));
        timer.restart();
        for (std::size_t i = 0; i < covered; ++i)
            rows[i] = table[values[i]];
        yardstick.push_back(milliseconds(timer));
        table[std::size_t(step)] = rows[std::size_t(step) % covered];
    }
    report(name, median(ours), median(yardstick), "ms", "2");
}

void memoryWhileScrolling(session::ReadingPresenter &reading, app::Backend &backend)
{
    session::ViewportPresenter &viewport = *reading.viewports().front();
    waitSettled(viewport);
    const double before = residentMiB();
    double peak = before;
    for (int i = 0; i < viewport.state().count; i += 1) {
        viewport.scrollTo(i);
        QCoreApplication::sendPostedEvents();
        if (i % 16 == 0) {
            waitSettled(viewport);
            peak = std::max(peak, residentMiB());
        }
    }
    const double budget = double(backend.frames().store().budgetBytes()) / (1 << 20);
    std::printf("%-34s %9.0f MiB  budget %.0f MiB + 256  (%d slices, %s)\n", "memory while scrolling", peak,
                budget, viewport.state().count, peak <= budget + 256 ? "within" : "OVER");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int slices = argc > 1 ? std::atoi(argv[1]) : 6000;
    ui::initialiseResources();
    ui::applyLook(application, {});
    QTemporaryDir folder;
    const QStringList full{QStringLiteral("--size"), QStringLiteral("512")};
    if (!test::makePhantom(folder.filePath(QStringLiteral("large")), slices, full) ||
        !test::makePhantom(folder.filePath(QStringLiteral("small")), 60,
                           full + QStringList{QStringLiteral("--patient"), QStringLiteral("SMALL^S"),
                                              QStringLiteral("--patient-id"), QStringLiteral("SMALL")}) ||
        !test::makeMammogram(folder.filePath(QStringLiteral("mammogram/1.dcm")))) {
        std::fprintf(stderr, "the phantoms could not be made\n");
        return 3;
    }
    constexpr std::size_t kBudget = std::size_t(512) << 20;
    const auto backend = startBackend(folder.filePath(QStringLiteral("cache")), kBudget);
    const Study large = importStudy(*backend, folder.filePath(QStringLiteral("large")));
    const Study small = importStudy(*backend, folder.filePath(QStringLiteral("small")));
    const Study mammogram = importStudy(*backend, folder.filePath(QStringLiteral("mammogram")));

    session::ReadingPresenter reading(backend->services());
    session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    const session::Bindings bindings(ui::bindables(), settings);
    const ui::GestureReader gestures(bindings, nullptr);
    ui::ViewportWidget widget(reading, *reading.viewports().front(), 0, gestures, nullptr);
    widget.setWindowFlag(Qt::FramelessWindowHint);
    widget.resize(kScreen);
    widget.show();
    if (!QTest::qWaitForWindowExposed(&widget))
        return 3;

    QImage screen(kScreen, QImage::Format_RGB32);
    std::vector<double> first, firstSmall, bare;
    for (int round = 0; round < kRounds; ++round) {
        first.push_back(openAndPaint(reading, widget, *backend, large));
        bare.push_back(decodeAndPaint(*backend, large, screen));
        firstSmall.push_back(openAndPaint(reading, widget, *backend, small));
    }
    std::printf("machine: %d cores\n", QThread::idealThreadCount());
    report("first image, large series", median(first), median(bare), "ms", "3");
    report("first image, large : small series", median(first), median(firstSmall), "ms", "1");

    openAndPaint(reading, widget, *backend, large);
    waitSettled(*reading.viewports().front());
    scrollInMemory(reading, widget);
    memoryWhileScrolling(reading, *backend);

    openAndPaint(reading, widget, *backend, mammogram);
    windowDrag(reading, widget, "window drag, 13 Mpixel, fit");
    reading.viewports().front()->oneToOne();
    windowDrag(reading, widget, "window drag, 13 Mpixel, 1:1");
    return 0;
}
