#include "TestPictures.h"

#include <imaging/FirstWindow.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::imaging;

class tst_FirstWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeRangeShowsEveryValue();
    void robustIgnoresAFewHotPixels();
    void fromZeroBeginsAtZero();
    void isNeverOfNoWidth();
    void leavesPaddingOut();
    void looksAtLargePicturesInSteps();
};

void tst_FirstWindow::wholeRangeShowsEveryValue()
{
    const auto picture = testing::pictureOf<std::int16_t>(3, 1, {-100, 0, 300});
    const Window window = firstWindow(*picture, FirstWindow::WholeRange);
    RenderSettings settings;
    settings.window = window;
    QCOMPARE(int(displayValue(*picture, settings, -100)), 0);
    QCOMPARE(int(displayValue(*picture, settings, 300)), 255);
}

void tst_FirstWindow::robustIgnoresAFewHotPixels()
{
    std::vector<std::uint16_t> pixels(10'000);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint16_t>(i % 1000);
    for (std::size_t i = 0; i < 20; ++i)
        pixels[i * 317] = 65535; // clips, markers
    const auto picture = testing::pictureOf(100, 100, pixels);
    const Window window = firstWindow(*picture, FirstWindow::Robust);
    QVERIFY(window.center + window.width / 2 < 1010);
    QVERIFY(window.center - window.width / 2 < 20);
}

void tst_FirstWindow::fromZeroBeginsAtZero()
{
    std::vector<std::int16_t> pixels(1000, 5);
    pixels[0] = -30;
    for (std::size_t i = 1; i < 20; ++i)
        pixels[i] = 800;
    const auto picture = testing::pictureOf(100, 10, pixels);
    const Window window = firstWindow(*picture, FirstWindow::FromZero);
    QCOMPARE(window.center - window.width / 2, 0.0);
    QCOMPARE(window.width, 800.0);
}

void tst_FirstWindow::isNeverOfNoWidth()
{
    for (const FirstWindow rule : {FirstWindow::WholeRange, FirstWindow::Robust, FirstWindow::FromZero})
        for (const std::int16_t value : {0, 7, -7}) {
            const auto picture = testing::pictureOf(8, 8, std::vector<std::int16_t>(64, value));
            QVERIFY(firstWindow(*picture, rule).width > 0);
        }
}

void tst_FirstWindow::leavesPaddingOut()
{
    DisplayAttributes attributes;
    attributes.paddingLow = attributes.paddingHigh = 4095;
    std::vector<std::uint16_t> pixels(100, 4095);
    for (std::size_t i = 0; i < 50; ++i)
        pixels[i] = static_cast<std::uint16_t>(i);
    const auto picture = testing::pictureOf(10, 10, pixels, attributes);
    const Window window = firstWindow(*picture, FirstWindow::Robust);
    QVERIFY(window.center + window.width / 2 < 52);
}

void tst_FirstWindow::looksAtLargePicturesInSteps()
{
    std::vector<std::uint16_t> pixels(3000 * 2000, 100);
    for (std::size_t i = 0; i < pixels.size() / 2; ++i)
        pixels[i] = 900;
    const auto picture = testing::pictureOf(3000, 2000, pixels);
    const Window window = firstWindow(*picture, FirstWindow::Robust);
    QCOMPARE(window.center, 500.5);
    QCOMPARE(window.width, 801.0);
}

QTEST_GUILESS_MAIN(tst_FirstWindow)
#include "tst_FirstWindow.moc"
