// Cine against the clock: a 1024 x 1024 angiogram of 30 frames/s and a colour ultrasound loop at its own
// rate, side by side, for a minute. Drift is how much later the pictures come at the end than at the
// beginning.
//
// Usage: bench_cine [SECONDS]   (default 60; needs an X server)
#include "Measure.h"

#include <Actions.h>
#include <Phantom.h>
#include <session/ReadingPresenter.h>
#include <ui/ReadingWindow.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

using namespace negatoscope;
using namespace negatoscope::bench;

namespace {

/// What was painted of one film, and when.
class Watch final : public QObject
{
public:
    Watch(const ui::ViewportWidget &widget, const char *name, double frameTimeMs)
        : m_name(name),
          m_frameTimeMs(frameTimeMs),
          m_last(widget.presenter()->state().index),
          m_count(widget.presenter()->state().count)
    {
        m_clock.start();
        connect(&widget, &ui::ViewportWidget::painted, this,
                [this, &widget] { take(widget.presenter()->state().index); });
    }

    void print() const
    {
        if (m_lags.size() < 2)
            giveUp("The film did not play.");
        const std::size_t part = std::max<std::size_t>(1, m_lags.size() / 12);
        const std::vector<double> first(m_lags.begin(), m_lags.begin() + std::ptrdiff_t(part)),
            last(m_lags.end() - std::ptrdiff_t(part), m_lags.end());
        const double drift = median(last) - median(first);
        const double dropped = 100.0 * double(m_steps - std::int64_t(m_lags.size())) / double(m_steps);
        std::printf("%-34s %5.2f frames/s, drift %+.2f ms in %.0f s (a frame is %.1f ms), %.2f %% of %lld "
                    "frames dropped (reach 1 %%)\n",
                    m_name, 1000 / m_frameTimeMs, drift, milliseconds(m_clock) / 1000, m_frameTimeMs, dropped,
                    static_cast<long long>(m_steps));
    }

private:
    void take(int index)
    {
        if (index == m_last)
            return;
        m_steps += (index - m_last + m_count) % m_count;
        m_last = index;
        m_lags.push_back(milliseconds(m_clock) - double(m_steps) * m_frameTimeMs);
    }

    const char *m_name;
    double m_frameTimeMs;
    int m_last, m_count;
    std::int64_t m_steps = 0; ///< of the film
    std::vector<double> m_lags;
    QElapsedTimer m_clock;
};

/// In the event loop itself: QTest::qWait() sleeps between its looks.
void runFor(int ms)
{
    QTimer::singleShot(ms, qApp, [] { QCoreApplication::exit(); }); // quit() would close the window
    QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    ui::initialiseResources();
    ui::applyLook(application, {});
    QTemporaryDir folder;
    const auto film = [&](const char *kind, const QStringList &more) {
        if (!test::runGenerator(QStringList{QStringLiteral("film"), QStringLiteral("--kind"),
                                            QLatin1String(kind), QStringLiteral("--out"),
                                            folder.filePath(QStringLiteral("films/") + QLatin1String(kind))} +
                                more))
            giveUp("The films could not be made.");
    };
    constexpr double kUltrasoundMs = 43;
    film("XA", {});
    film("US", {QStringLiteral("--size"), QStringLiteral("768"), QStringLiteral("--frames"),
                QStringLiteral("60"), QStringLiteral("--frame-time"), QString::number(kUltrasoundMs)});
    const auto backend = startBackend(folder.filePath(QStringLiteral("cache")), std::size_t(1) << 30);
    const Study study = importStudy(*backend, folder.filePath(QStringLiteral("films")));

    session::ReadingPresenter reading(backend->services());
    session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    const session::Bindings bindings(ui::bindables(), settings);
    ui::ReadingWindow window(reading, settings, bindings);
    window.setWindowFlag(Qt::FramelessWindowHint);
    window.resize(1920, 1080);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        giveUp("The window did not come.");
    reading.openStudy(study.study.uid, study.study.patient);
    waitFor([&] { return !reading.isOpening(); });
    reading.setLayout({1, 2});
    for (int i = 0; i < 2; ++i)
        reading.showSeries(i, study.series.at(std::size_t(i)).uid);
    for (const auto &viewport : reading.viewports())
        waitSettled(*viewport);
    for (const auto &viewport : reading.viewports())
        if (!reading.cine().isPlaying(viewport.get()))
            reading.cine().toggle(*viewport);
    runFor(6000); // every frame has been decoded, and the pace is found
    const Watch angiogram(*window.viewports().at(0), "angiogram 1024x1024", 1000.0 / 30),
        ultrasound(*window.viewports().at(1), "colour ultrasound 768x768", kUltrasoundMs);
    runFor(seconds * 1000);
    angiogram.print();
    ultrasound.print();
    return 0;
}
