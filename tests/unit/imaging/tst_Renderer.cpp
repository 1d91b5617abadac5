#include "TestPictures.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace negatoscope;
using namespace negatoscope::imaging;
using namespace negatoscope::imaging::testing;

class tst_Renderer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesPixelsExactlyAt1To1();
    void keepsTheMeanWhenReducing();
    void averagesWholeBlocksExactly();
    void interpolatesFewValuesFinely();
    void invertsOnceOrTwice();
    void appliesVoiLuts();
    void showsTheWholeRangeWithoutWindow();
    void redrawsAfterEveryKindOfChange();
    void fillsTheBackgroundWithoutPicture();
    void showsPaddingAsBackgroundAndNeverMixesIt();
    void coversWhatAShutterCovers_data();
    void coversWhatAShutterCovers();
    void coversABitmapShutter();
    void drawsColourUnwindowed();
    void drawsFloatingPointPixels();
    void survivesHostileSettings();
};

void tst_Renderer::copiesPixelsExactlyAt1To1()
{
    std::vector<std::uint8_t> samples(37 * 23);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::uint8_t>(i * 7);
    const auto picture = pictureOf(37, 23, samples);
    for (const auto interpolation :
         {Interpolation::Nearest, Interpolation::Bilinear, Interpolation::Bicubic}) {
        const auto pixels = draw(picture, {40, 30}, {0, false, 1, 0, 0}, asStored(interpolation));
        // 40-37 and 30-23 are odd: corners are rounded to whole pixels, (2, 4).
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x) {
                const bool inside = x >= 2 && x < 39 && y >= 4 && y < 27;
                QCOMPARE(pixels[static_cast<std::size_t>(y * 40 + x)],
                         inside ? grey(samples[static_cast<std::size_t>((y - 4) * 37 + x - 2)])
                                : 0xff000000U);
            }
    }
}

void tst_Renderer::keepsTheMeanWhenReducing()
{
    // One white pixel of 12x12 drawn at a third and at 1/2.4: its light is spread, not lost.
    std::vector<std::uint8_t> samples(144);
    samples[5 * 12 + 4] = 240;
    const auto picture = pictureOf(12, 12, samples);
    for (const int side : {4, 5, 6}) {
        const auto pixels = draw(picture, {side, side}, {}, asStored());
        double sum = 0;
        for (const auto pixel : pixels)
            sum += pixel & 0xffU;
        const double mean = sum / (side * side);
        QVERIFY2(std::abs(mean - 240.0 / 144) <= 0.5 * 4 / (side * side), qPrintable(QString::number(mean)));
    }
}

void tst_Renderer::averagesWholeBlocksExactly()
{
    const auto picture =
        pictureOf<std::uint8_t>(6, 3, {1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60, 7, 8, 9, 70, 80, 91});
    QCOMPARE(draw(picture, {2, 1}, {}, asStored()), greys({5, 50})); // 45/9, 451/9 = 50.1
    // 1.75, told finely because there are few values.
    QCOMPARE(draw(pictureOf<std::uint8_t>(2, 2, {1, 2, 2, 2}), {1, 1}, {}, asStored()), greys({2}));
}

void tst_Renderer::interpolatesFewValuesFinely()
{
    // A nuclear medicine image counts to 2; enlarged it must be a ramp, not three steps.
    RenderSettings settings;
    settings.window = Window{1, 2, VoiFunction::LinearExact};
    settings.interpolation = Interpolation::Bilinear;
    const auto pixels = draw(pictureOf<std::uint16_t>(2, 1, {0, 2}), {64, 32}, {}, settings);
    std::set<std::uint32_t> shades(pixels.begin(), pixels.end());
    QVERIFY(shades.size() >= 32);
}

void tst_Renderer::invertsOnceOrTwice()
{
    DisplayAttributes inverse;
    inverse.inverse = true;
    const std::vector<std::uint8_t> samples{0, 100, 255};
    RenderSettings settings = asStored();
    const auto shown = [&](const DisplayAttributes &attributes) {
        return draw(pictureOf(3, 1, samples, attributes), {3, 1}, {}, settings);
    };
    QCOMPARE(shown({}), greys({0, 100, 255}));
    QCOMPARE(shown(inverse), greys({255, 155, 0}));
    settings.inverted = true;
    QCOMPARE(shown({}), greys({255, 155, 0}));
    QCOMPARE(shown(inverse), greys({0, 100, 255}));
}

void tst_Renderer::appliesVoiLuts()
{
    RenderSettings settings;
    settings.interpolation = Interpolation::Nearest;
    settings.lut = Lut{10, 12, {0, 4095, 2048, 9999}, {}}; // the last entry is beyond its 12 bits
    DisplayAttributes attributes;
    attributes.rescaleIntercept = 8;
    const auto picture = pictureOf<std::uint8_t>(6, 1, {0, 1, 2, 3, 4, 200}, attributes);
    // 8, 9: below the first input; 10, 11, 12; 208: beyond the last. 2048 * 255 / 4095 = 127.53
    QCOMPARE(draw(picture, {6, 1}, {}, settings), greys({0, 0, 0, 255, 128, 255}));
    settings.window = Window{128, 256, VoiFunction::Linear}; // a window wins
    QCOMPARE(draw(picture, {6, 1}, {}, settings), greys({8, 9, 10, 11, 12, 208}));
}

void tst_Renderer::showsTheWholeRangeWithoutWindow()
{
    DisplayAttributes attributes;
    attributes.rescaleSlope = -2;
    QCOMPARE(draw(pictureOf<std::int16_t>(3, 1, {-100, 0, 100}, attributes), {3, 1}), greys({255, 128, 0}));
    QCOMPARE(draw(pictureOf<std::int16_t>(2, 1, {7, 7}), {2, 1}), greys({0, 0}));
}

void tst_Renderer::redrawsAfterEveryKindOfChange()
{
    Renderer renderer;
    const auto one = pictureOf<std::uint8_t>(2, 2, {10, 20, 30, 40}),
               other = pictureOf<std::uint8_t>(2, 2, {1, 2, 3, 4});
    std::vector<std::uint32_t> pixels(4);
    const auto shown = [&](const auto &picture, const RenderSettings &settings, ViewSettings view = {}) {
        renderer.draw(picture, ViewTransform({2, 2}, {}, {2, 2}, view), settings, pixels.data(), 2);
        return pixels;
    };
    RenderSettings settings = asStored();
    QCOMPARE(shown(one, settings), greys({10, 20, 30, 40}));
    QCOMPARE(shown(other, settings), greys({1, 2, 3, 4}));
    QCOMPARE(shown(one, settings, {0, true, 0, 0, 0}), greys({20, 10, 40, 30}));
    QCOMPARE(shown(one, settings, {1, false, 0, 0, 0}), greys({30, 10, 40, 20}));
    settings.inverted = true;
    QCOMPARE(shown(one, settings, {1, false, 0, 0, 0}), greys({225, 245, 215, 235}));
    settings.window = Window{0, 1, VoiFunction::Linear};
    QCOMPARE(shown(one, settings), greys({0, 0, 0, 0}));
    settings.inverted = false;
    settings.background = 0xff00ff00;
    QCOMPARE(shown(one, settings, {0, false, 0, 1, 0}),
             (std::vector<std::uint32_t>{0xff00ff00, grey(255), 0xff00ff00, grey(255)}));
    settings.background = 0xff0000ff;
    QCOMPARE(shown(one, settings, {0, false, 0, 1, 0}),
             (std::vector<std::uint32_t>{0xff0000ff, grey(255), 0xff0000ff, grey(255)}));
}

void tst_Renderer::fillsTheBackgroundWithoutPicture()
{
    RenderSettings settings;
    settings.background = 0xff123456;
    Renderer renderer;
    std::vector<std::uint32_t> pixels(6, 1);
    renderer.draw(nullptr, ViewTransform({5, 5}, {}, {2, 2}, {}), settings, pixels.data(), 3);
    // Only the viewport's pixels are written, never the rest of a row.
    QCOMPARE(pixels, (std::vector<std::uint32_t>{0xff123456, 0xff123456, 1, 0xff123456, 0xff123456, 1}));
    // A transform made for another size is a mistake of the caller's: nothing of it is drawn.
    renderer.draw(pictureOf<std::uint8_t>(1, 1, {9}), ViewTransform({5, 5}, {}, {2, 2}, {}), settings,
                  pixels.data(), 3);
    QCOMPARE(pixels[0], 0xff123456U);
}

void tst_Renderer::showsPaddingAsBackgroundAndNeverMixesIt()
{
    DisplayAttributes attributes;
    attributes.paddingLow = attributes.paddingHigh = -2000;
    const auto picture = pictureOf<std::int16_t>(4, 1, {-2000, 100, 100, -2000}, attributes);
    QCOMPARE(picture->valueRange().low, 100.0);
    QVERIFY(!picture->valueAt(0, 0));
    RenderSettings settings = asStored();
    settings.background = 0xff010203;
    for (const auto interpolation : {Interpolation::Nearest, Interpolation::Bilinear, Interpolation::Bicubic})
        for (const double zoom : {1.0, 3.0, 7.5, 0.5, 0.66}) {
            settings.interpolation = interpolation;
            for (const auto pixel : draw(picture, {30, 10}, {0, false, zoom, 0, 0}, settings))
                QVERIFY(pixel == grey(100) || pixel == 0xff010203);
        }
    const auto nothing = pictureOf<std::int16_t>(2, 1, {-2000, -2000}, attributes);
    QCOMPARE(draw(nothing, {2, 1}, {}, settings), (std::vector<std::uint32_t>{0xff010203, 0xff010203}));
}

void tst_Renderer::coversWhatAShutterCovers_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("expected");
    // 5x5, '#' covered. Edges named by the attributes stay visible.
    QTest::newRow("rectangle 2..4 x 3..4") << 0 << QStringLiteral("##### ##### #...# #...# #####");
    QTest::newRow("circle of radius 2 at 3,3") << 1 << QStringLiteral("##.## #...# ..... #...# ##.##");
    QTest::newRow("triangle (1,1) (1,5) (5,3)") << 2 << QStringLiteral("..... #...# #...# ##.## ##.##");
    QTest::newRow("rectangle and circle") << 3 << QStringLiteral("##### ##### #...# #...# #####");
}

void tst_Renderer::coversWhatAShutterCovers()
{
    QFETCH(int, kind);
    QFETCH(QString, expected);
    DisplayAttributes attributes;
    Shutter &shutter = attributes.shutter;
    if (kind == 0 || kind == 3)
        shutter.rectangle = Shutter::Rectangle{2, 4, 3, 4};
    if (kind == 1 || kind == 3)
        shutter.circle = Shutter::Circle{3, 3, 2};
    if (kind == 2)
        shutter.polygon = {{1, 1}, {1, 5}, {5, 3}};
    shutter.presentationValue = 0x8080;
    const auto picture = pictureOf(5, 5, std::vector<std::uint8_t>(25, 200), attributes);
    const auto pixels = draw(picture, {5, 5}, {}, asStored());
    QString shown;
    for (std::size_t i = 0; i < 25; ++i) {
        if (i > 0 && i % 5 == 0)
            shown += QLatin1Char(' ');
        shown += pixels[i] == grey(0x80)  ? QLatin1Char('#')
                 : pixels[i] == grey(200) ? QLatin1Char('.')
                                          : QLatin1Char('?');
    }
    QCOMPARE(shown, expected);
    RenderSettings open = asStored();
    open.shutter = false;
    QCOMPARE(draw(picture, {5, 5}, {}, open), std::vector<std::uint32_t>(25, grey(200)));
    // The shutter's value is a P-value: inverting the image leaves it.
    RenderSettings inverted = asStored();
    inverted.inverted = true;
    const auto turned = draw(picture, {5, 5}, {1, false, 0, 0, 0}, inverted);
    QCOMPARE(std::count(turned.begin(), turned.end(), grey(0x80)), expected.count(QLatin1Char('#')));
}

void tst_Renderer::coversABitmapShutter()
{
    DisplayAttributes attributes;
    Overlay bitmap;
    bitmap.originRow = 0;
    bitmap.originColumn = 2;
    bitmap.rows = bitmap.columns = 2;
    bitmap.bits = {1, 1, 0, 1};
    attributes.shutter.bitmap = bitmap;
    const auto picture = pictureOf(3, 2, std::vector<std::uint8_t>(6, 200), attributes);
    // Its second row lies on the image's first, its columns on the second and third.
    QCOMPARE(draw(picture, {3, 2}, {}, asStored()), greys({200, 200, 0, 200, 200, 200}));
}

void tst_Renderer::drawsColourUnwindowed()
{
    const auto picture =
        pictureOf(formatOf<std::uint8_t>(2, 1, 3), std::vector<std::uint8_t>{1, 2, 3, 200, 100, 50});
    RenderSettings settings;
    settings.window = Window{10, 1, VoiFunction::Linear};
    QCOMPARE(draw(picture, {2, 1}, {}, settings), (std::vector<std::uint32_t>{0xff010203, 0xffc86432}));
    // Reduced: (1 + 200) / 2 = 100.5, (2 + 100) / 2 = 51, (3 + 50) / 2 = 26.5.
    const auto square = pictureOf(formatOf<std::uint8_t>(2, 2, 3),
                                  std::vector<std::uint8_t>{1, 2, 3, 200, 100, 50, 200, 100, 50, 1, 2, 3});
    QCOMPARE(draw(square, {1, 1}, {}, settings), (std::vector<std::uint32_t>{0xff65331b}));
    settings.inverted = true;
    QCOMPARE(draw(picture, {2, 1}, {}, settings), (std::vector<std::uint32_t>{0xfffefdfc, 0xff379bcd}));
}

void tst_Renderer::drawsFloatingPointPixels()
{
    const float nan = std::numeric_limits<float>::quiet_NaN(),
                infinity = std::numeric_limits<float>::infinity();
    const auto picture = pictureOf<float>(5, 1, {-0.5F, nan, 0.25F, infinity, 1.0F});
    QCOMPARE(picture->valueRange().low, -0.5);
    QCOMPARE(picture->valueRange().high, 1.0);
    RenderSettings settings;
    settings.background = 0xff0000ff;
    QCOMPARE(draw(picture, {5, 1}, {}, settings),
             (std::vector<std::uint32_t>{grey(0), 0xff0000ff, grey(128), 0xff0000ff, grey(255)}));
    // Finite, but no measurement.
    QVERIFY(!pictureOf<double>(2, 1, {1e300, 1})->valueAt(0, 0));
    // 32-bit integers keep every bit: a window of two values far from zero.
    settings.window = Window{4000000001.5, 2, VoiFunction::Linear};
    const auto large = pictureOf<std::uint32_t>(3, 1, {4000000000U, 4000000001U, 4000000002U});
    QCOMPARE(draw(large, {3, 1}, {}, settings), greys({0, 128, 255}));
}

void tst_Renderer::survivesHostileSettings()
{
    const double nan = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();
    DisplayAttributes attributes;
    attributes.rescaleSlope = 1e30;
    attributes.rescaleIntercept = -1e30;
    attributes.shutter.circle = Shutter::Circle{-1000000, 1000000, 1000000};
    attributes.shutter.polygon = {{-1000000, -1000000}, {5, 1000000}, {1000000, 3}};
    attributes.shutter.rectangle = Shutter::Rectangle{-1000000, 1000000, -1000000, 1000000};
    const auto picture = pictureOf<std::uint16_t>(3, 2, {0, 1, 65535, 4, 5, 6}, attributes);
    for (const double a : {nan, infinity, -infinity, 1e300, 0.0, -1.0})
        for (const double b : {nan, infinity, 1e300, 0.0, -5.0})
            for (int function = 0; function < 3; ++function)
                for (const double zoom : {0.0, 1e-9, 1e9, 3.3}) {
                    RenderSettings settings;
                    settings.window = Window{a, b, static_cast<VoiFunction>(function)};
                    settings.interpolation = Interpolation::Bicubic;
                    const auto pixels = draw(picture, {7, 5}, {1, true, zoom, b, a}, settings, {a, b, {}});
                    for (const auto pixel : pixels)
                        QVERIFY((pixel & 0xff000000U) == 0xff000000U);
                }
    QCOMPARE(displayValue(*picture, {}, nan), std::uint8_t(0));
}

QTEST_APPLESS_MAIN(tst_Renderer)
#include "tst_Renderer.moc"
