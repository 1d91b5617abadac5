#include <Backend.h>
#include <Phantom.h>
#include <imaging/RegionStatistics.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>

#include <algorithm>

using namespace negatoscope;
using session::Layout;
using session::ReadingPresenter;
using session::ViewportPresenter;
using Content = session::ViewportState::Content;

namespace {

constexpr int kSlices = 40;
constexpr int kLimitMs = 20'000;

} // namespace

/// Tiles of one series, magnifier, window by region, true size and cine, on presenters with real workers.
class TestViewportTools final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    cache::StudyRecord m_study;

    static bool settled(const ReadingPresenter &reading)
    {
        if (reading.isOpening() || !reading.study())
            return false;
        return std::all_of(reading.viewports().begin(), reading.viewports().end(), [](const auto &viewport) {
            const auto &state = viewport->state();
            return state.content != Content::Waiting && !state.pending &&
                   (state.content == Content::Empty || state.countFinal);
        });
    }
    void open(ReadingPresenter &reading) const
    {
        reading.openStudy(m_study.uid);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        for (const auto &viewport : reading.viewports())
            viewport->setViewSize({400, 300});
    }
    static std::vector<int> places(const ReadingPresenter &reading)
    {
        std::vector<int> result;
        for (const auto &viewport : reading.viewports())
            result.push_back(viewport->state().content == Content::Empty ? -1 : viewport->state().index);
        return result;
    }
    static std::vector<int> consecutive(int first, int count)
    {
        std::vector<int> result;
        for (int i = 0; i < count; ++i)
            result.push_back(first + i);
        return result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString phantom = m_folder.filePath(QStringLiteral("phantom"));
        QVERIFY(test::makePhantom(phantom, kSlices));
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")), std::size_t(64 << 20),
                                            0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        QVERIFY(m_backend->cache().import({phantom.toStdString()}, {}, {}));
        m_study = m_backend->cache().studies({}).at(0);
    }

    void gridsGoToFourByFour()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading);
        reading.setLayout({4, 4});
        QCOMPARE(reading.viewports().size(), std::size_t(16));
        reading.setLayout({9, 9});
        QCOMPARE(reading.layout(), (Layout{4, 4}));
    }

    void tilesShowConsecutiveImagesAndScrollTogether()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading);
        reading.active()->scrollTo(5);
        reading.setLayout({4, 4});
        reading.toggleTiles();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && places(reading) == consecutive(5, 16), kLimitMs);
        reading.setActive(3);
        reading.active()->scrollBy(1);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && places(reading) == consecutive(6, 16), kLimitMs);
        reading.scrollPage(1);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && places(reading) == consecutive(22, 16), kLimitMs);
        reading.scrollPage(1); // there are only forty
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && places(reading) == consecutive(24, 16), kLimitMs);
        reading.active()->scrollTo(0);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && places(reading) == consecutive(0, 16), kLimitMs);
        for (const auto &viewport : reading.viewports()) {
            const auto signature = test::signatureOf(*viewport->state().picture);
            QVERIFY(signature);
            QCOMPARE(signature->uidDigest, test::digestOf(viewport->state().facts.instance.value()));
        }
        // The active tile's window and zoom are those of all.
        reading.active()->setWindow({10, 77});
        reading.active()->zoomAt({100, 100}, 2);
        QTRY_COMPARE(reading.viewports().back()->viewing(), reading.active()->viewing());
        QCOMPARE(reading.viewports().back()->state().window->width, 77.0);
        QVERIFY(reading.json().value(QLatin1String("tiles")).toBool());
        reading.toggleTiles();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QVERIFY(!reading.tiles().isOn());
        QCOMPARE(reading.active()->state().index, 3); // the image that was read
    }

    void oneViewportBecomesFourTiles()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading);
        reading.toggleTiles();
        QCOMPARE(reading.layout(), (Layout{2, 2}));
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && places(reading) == consecutive(0, 4), kLimitMs);
    }

    void theMagnifierShowsTheValuesOfTheProbe()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading);
        ViewportPresenter &viewport = *reading.active();
        viewport.setInterpolation(imaging::Interpolation::Nearest);
        viewport.rotate(1);
        QRandomGenerator random(5);
        std::vector<std::uint32_t> pixels(200 * 200);
        imaging::Renderer renderer;
        int checked = 0;
        for (int i = 0; i < 200; ++i) {
            const base::ViewPoint at{random.bounded(400.0), random.bounded(300.0)};
            const base::ViewPoint inLens{random.bounded(200.0), random.bounded(200.0)};
            const auto transform = viewport.magnified(at, {200, 200}, inLens, 1.5 + random.bounded(8.0));
            const auto &state = viewport.state();
            renderer.draw(state.picture, transform, state.render, pixels.data(), 200);
            // The lens lies on whole pixels: what it shows is asked of its own map.
            const int x = static_cast<int>(inLens.x), y = static_cast<int>(inLens.y);
            const auto point = transform.toImage({x + 0.5, y + 0.5});
            const auto value = state.picture->valueAt(static_cast<int>(std::floor(point.column + 0.5)),
                                                      static_cast<int>(std::floor(point.row + 0.5)));
            const auto probe = viewport.probe(at);
            const auto there = state.transform.toImage(at);
            QVERIFY(std::abs(point.column - there.column) * transform.zoom() < 2);
            QVERIFY(std::abs(point.row - there.row) * transform.zoom() < 2);
            if (!value || !probe)
                continue;
            ++checked;
            const std::uint32_t grey = imaging::displayValue(*state.picture, state.render, *value);
            QCOMPARE(pixels[static_cast<std::size_t>(y) * 200 + static_cast<std::size_t>(x)],
                     0xff000000U | grey * 0x010101U);
        }
        QVERIFY(checked > 50);
    }

    void aWindowOverARegionSpansTheValuesInIt()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading);
        ViewportPresenter &viewport = *reading.active();
        const auto &state = viewport.state();
        const auto corner = state.transform.toView({30, 40}), opposite = state.transform.toView({70, 90});
        const session::Tool before = reading.tool();
        reading.setTool(session::Tool::WindowRegion);
        QVERIFY(viewport.windowOver(opposite, corner));
        std::vector<double> values;
        for (int row = 40; row <= 90; ++row)
            for (int column = 30; column <= 70; ++column)
                values.push_back(*state.picture->valueAt(column, row));
        std::sort(values.begin(), values.end());
        const std::size_t out = values.size() / 100;
        const auto expected = session::windowSpanning(values[out], values[values.size() - 1 - out]);
        QVERIFY(viewport.state().window == expected);
        const auto statistics = imaging::regionStatistics(*state.picture, {30, 40, 70, 90});
        QCOMPARE(statistics->count, values.size());
        QCOMPARE(statistics->low, values.front());
        QCOMPARE(statistics->high, values.back());
        QVERIFY(reading.cancel());
        QCOMPARE(reading.tool(), before);
        QVERIFY(!reading.cancel());
        QVERIFY(!viewport.windowOver({-50, -50}, {-20, -20}));
    }

    void trueSizeIsTheSizeInThePatient()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading);
        ViewportPresenter &viewport = *reading.active();
        const auto spacing = viewport.state().spacing;
        QCOMPARE(spacing.source, dicom::SpacingSource::Patient);
        QVERIFY(!viewport.trueSize(4));
        QVERIFY(viewport.state().trueSize);
        const auto &transform = viewport.state().transform;
        QVERIFY(std::abs(transform.scaleColumn() / spacing.column - 4) < 1e-9);
        viewport.zoomAt({1, 1}, 1.1);
        QVERIFY(!viewport.state().trueSize);
        QCOMPARE(viewport.trueSize(0), std::optional(ViewportPresenter::TrueSizeRefusal::NoScreen));
    }

    void cinePlaysInRealTimeAndStopsWhenTheReaderScrolls()
    {
        // A clock of our own: what is on screen follows it, however long the machine takes.
        CineClock clock;
        session::CineControl cine(nullptr, [&] { return clock.now; });
        ReadingPresenter reading(m_backend->services());
        open(reading);
        ViewportPresenter &viewport = *reading.active();
        QTRY_COMPARE_WITH_TIMEOUT(viewport.marks().count(session::FrameMark::Loaded), kSlices, kLimitMs);
        QVERIFY(session::CineControl::canPlay(viewport));
        cine.toggle(viewport);
        QVERIFY(cine.isPlaying(&viewport));
        QCOMPARE(cine.rateOf(viewport), 10.0); // CT that says nothing
        clock.now += std::chrono::milliseconds(1050);
        QTRY_COMPARE(viewport.state().index, 10);
        QVERIFY(viewport.state().cine->dropped >= 9);
        QVERIFY(
            viewport.json().value(QLatin1String("cine")).toObject().value(QLatin1String("playing")).toBool());
        viewport.scrollBy(3);
        QVERIFY(!cine.isPlaying(&viewport));
        QVERIFY(!viewport.state().cine);
        cine.changeRate(viewport, 1);
        QCOMPARE(cine.rateOf(viewport), 12.5);
    }

private:
    struct CineClock
    {
        session::CinePlayer::Time now{0};
    };
};

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    TestViewportTools test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ViewportTools.moc"
