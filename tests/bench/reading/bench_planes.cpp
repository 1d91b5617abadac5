// One linked drag of the cursor through three planes of 900 x 900 with their annotations: frames a second,
// and against reslicing alone. Prints one line a figure.
//
// Usage: bench_planes [SLICES]   (needs an X server)
#include "Measure.h"

#include <Actions.h>
#include <Phantom.h>
#include <session/PlanesPresenter.h>
#include <session/ReadingPresenter.h>
#include <ui/ReadingWindow.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>
#include <volume/Reslice.h>

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

#include <array>
#include <cmath>

using namespace negatoscope;
using namespace negatoscope::bench;

namespace {

constexpr int kSide = 900;

/// Reslicing alone of what the three viewports show.
double reslicingOfAll(const session::ReadingPresenter &reading, std::vector<std::int16_t> &pixels)
{
    const auto &volume = *reading.planes()->volume().volume()->volume;
    QElapsedTimer timer;
    timer.start();
    for (int plane = 0; plane < session::kPlanes; ++plane) {
        const auto raster = reading.planes()->planes().raster(plane);
        pixels.resize(std::size_t(raster.columns) * std::size_t(raster.rows));
        if (!volume::reslice(volume, raster, {}, pixels))
            giveUp("A plane could not be drawn.");
    }
    return milliseconds(timer);
}

/// Without the pauses of waitFor(), which are longer than what is measured.
template <typename Ready>
void waitAtOnce(const Ready &ready)
{
    QElapsedTimer timer;
    timer.start();
    while (!ready()) {
        QCoreApplication::processEvents(); // lint-allow(process-events): what is measured
        if (timer.elapsed() > kLimitMs)
            giveUp("The planes did not come.");
    }
}

/// Drags the cross round in the axial plane; a step is done when all three viewports have been painted with
/// the planes of that step.
void linkedDrag(const char *figure, ui::ReadingWindow &window)
{
    auto &reading = window.presenter();
    auto &planes = *reading.planes();
    std::array<int, session::kPlanes> painted{};
    QObject context;
    for (int plane = 0; plane < session::kPlanes; ++plane)
        QObject::connect(window.viewports()[std::size_t(plane)], &ui::ViewportWidget::painted, &context,
                         [&painted, plane] { ++painted[std::size_t(plane)]; });
    std::vector<double> ours, yardstick;
    std::vector<std::int16_t> pixels;
    const auto size = reading.viewportAt(0)->state().transform.view();
    int coarse = 0;
    for (int step = 0; step < 200; ++step) {
        const auto before = painted;
        std::array<std::shared_ptr<const imaging::Picture>, session::kPlanes> shown;
        for (int plane = 0; plane < session::kPlanes; ++plane)
            shown[std::size_t(plane)] = reading.viewportAt(plane)->state().picture;
        const double angle = 0.4 + step * 0.13; // no step along an axis: all planes move
        QElapsedTimer timer;
        timer.start();
        planes.moveCross(0,
                         {size.width / 2.0 + 90 * std::cos(angle), size.height / 2.0 + 90 * std::sin(angle)});
        // The axial plane stays where it is: its lines move.
        waitAtOnce([&] {
            for (int plane = 0; plane < session::kPlanes; ++plane) {
                const auto at = std::size_t(plane);
                const bool isNew = plane == 0 || reading.viewportAt(plane)->state().picture != shown[at];
                if (painted[at] == before[at] || !isNew)
                    return false;
            }
            return true;
        });
        ours.push_back(milliseconds(timer));
        coarse += reading.viewportAt(1)->state().plane->coarser > 1;
        yardstick.push_back(reslicingOfAll(reading, pixels));
    }
    report(figure, median(ours), median(yardstick), "ms", "33 ms");
    std::printf("%-34s %9.0f frames/s of all three, %d of 200 coarser\n", "  in the window",
                1000 / median(ours), coarse);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::initialiseResources();
    ui::applyLook(application, {});
    QTemporaryDir folder;
    const int slices = argc > 1 ? std::atoi(argv[1]) : 400;
    if (!test::makePhantom(folder.filePath(QStringLiteral("ct")), slices,
                           {QStringLiteral("--size"), QStringLiteral("512"), QStringLiteral("--spacing-z"),
                            QStringLiteral("1")}))
        giveUp("The CT could not be made.");
    const auto backend = startBackend(folder.filePath(QStringLiteral("cache")), std::size_t(1) << 30);
    const Study ct = importStudy(*backend, folder.filePath(QStringLiteral("ct")));
    session::ReadingPresenter reading(backend->services());
    session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    const session::Bindings bindings(ui::bindables(), settings);
    ui::ReadingWindow window(reading, settings, bindings);
    window.setWindowFlag(Qt::FramelessWindowHint);
    window.resize(3000, 1300);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        giveUp("The window did not come.");
    reading.openStudy(ct.study.uid, ct.study.patient);
    waitFor([&] { return !reading.isOpening() && reading.active()->series(); });
    waitSettled(*reading.active());
    QElapsedTimer timer;
    timer.start();
    reading.togglePlanes();
    waitFor([&] { return reading.viewportAt(2)->state().picture != nullptr; });
    std::printf("machine: %d cores\nfirst planes of %d slices after %.0f ms\n", QThread::idealThreadCount(),
                slices, milliseconds(timer));
    waitFor([&] { return reading.planes()->isSettled(); });
    std::printf("whole after %.0f ms\n", milliseconds(timer));
    for (auto *viewport : window.viewports())
        viewport->resize(kSide, kSide);
    waitFor([&] { return reading.planes()->isSettled(); });
    linkedDrag("linked drag, three planes 900x900", window);
    const auto size = reading.viewportAt(0)->state().transform.view();
    reading.planes()->drag(0, {session::CrossHold::Part::End, 1}, {size.width - 100.0, size.height / 2.0},
                           {size.width - 140.0, size.height / 2.0 + 200});
    waitFor([&] { return reading.planes()->isSettled(); });
    linkedDrag("the same, two of them oblique", window);
    return 0;
}
