// P14 of docs/safety.md: what is on screen for every stored value, for 200 windows, against the standard's
// formulas.

#include "NaiveRenderer.h"

#include <QtTest/QTest>

#include <random>

using namespace negatoscope;
using namespace negatoscope::imaging;

namespace {

constexpr int kSide = 64; // 64 x 64 = every value of 12 bits

dicom::ImageFormat twelveBits()
{
    dicom::ImageFormat format;
    format.rows = format.columns = kSide;
    format.bitsAllocated = 16;
    format.bitsStored = 12;
    format.photometric = dicom::Photometric::Monochrome2;
    return format;
}

std::shared_ptr<const Picture> everyValue(double slope, double intercept, bool inverse)
{
    auto samples = std::make_shared<std::vector<std::uint16_t>>(kSide * kSide);
    for (std::size_t i = 0; i < samples->size(); ++i)
        (*samples)[i] = static_cast<std::uint16_t>(i);
    DisplayAttributes attributes;
    attributes.rescaleSlope = slope;
    attributes.rescaleIntercept = intercept;
    attributes.inverse = inverse;
    return Picture::make(samples, std::as_bytes(std::span(*samples)), twelveBits(),
                         dicom::Photometric::Monochrome2, attributes);
}

std::vector<std::uint32_t> shown(Renderer &renderer, const std::shared_ptr<const Picture> &picture,
                                 const RenderSettings &settings)
{
    std::vector<std::uint32_t> pixels(kSide * kSide);
    renderer.draw(picture, ViewTransform({kSide, kSide}, {}, {kSide, kSide}, {0, false, 1, 0, 0}), settings,
                  pixels.data(), kSide);
    return pixels;
}

} // namespace

class tst_WindowGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheStandardsExamples();
    void showsEveryValueFor200Windows();
};

/// By hand from the formulas: (window), value, grey.
void tst_WindowGolden::showsTheStandardsExamples()
{
    struct Row
    {
        Window window;
        double value;
        int grey;
    };
    using enum VoiFunction;
    const Row rows[] = {
        {{2048, 4096, Linear}, 0, 0},    {{2048, 4096, Linear}, 4095, 255}, {{2048, 4096, Linear}, 2048, 128},
        {{2048, 1, Linear}, 2047, 0},    {{2048, 1, Linear}, 2048, 255},    {{0, 100, Linear}, 0, 129},
        {{0, 100, Linear}, -50, 0},      {{0, 100, Linear}, 49, 255},       {{0, 100, LinearExact}, 0, 128},
        {{0, 100, LinearExact}, -50, 0}, {{0, 100, LinearExact}, 50, 255},  {{0, 100, LinearExact}, 49, 252},
        {{40, 400, Linear}, 40, 128},    {{40, 400, Sigmoid}, 40, 128},     {{40, 400, Sigmoid}, 240, 225},
        {{40, 400, Sigmoid}, -160, 30},
    };
    const auto picture = everyValue(1, 0, false);
    for (const Row &row : rows) {
        RenderSettings settings;
        settings.window = row.window;
        const int actual = displayValue(*picture, settings, row.value);
        QVERIFY2(actual == row.grey, qPrintable(QStringLiteral("c %1 w %2 x %3: %4 instead of %5")
                                                    .arg(row.window.center)
                                                    .arg(row.window.width)
                                                    .arg(row.value)
                                                    .arg(actual)
                                                    .arg(row.grey)));
    }
}

void tst_WindowGolden::showsEveryValueFor200Windows()
{
    std::mt19937 random(11);
    std::uniform_real_distribution<double> center(-1500, 3500), width(1, 3000);
    Renderer renderer;
    for (int i = 0; i < 200; ++i) {
        const double slope = i % 4 == 3 ? 0.37 : 1, intercept = i % 2 ? -1024 : 0;
        const bool inverse = i % 5 == 0;
        const auto picture = everyValue(slope, intercept, inverse);
        RenderSettings settings;
        settings.window = Window{center(random), width(random), static_cast<VoiFunction>(i % 3)};
        if (i % 7 == 0)
            settings.window = Window{std::floor(settings.window->center), std::floor(settings.window->width),
                                     settings.window->function};
        const auto pixels = shown(renderer, picture, settings);
        for (std::size_t stored = 0; stored < pixels.size(); ++stored) {
            const double value = slope * static_cast<double>(stored) + intercept;
            const std::uint32_t grey = naive::grey(value, *settings.window, inverse);
            QCOMPARE(pixels[stored], 0xff000000U | grey * 0x010101U);
            QCOMPARE(displayValue(*picture, settings, value), static_cast<std::uint8_t>(grey));
        }
    }
}

QTEST_APPLESS_MAIN(tst_WindowGolden)
#include "tst_WindowGolden.moc"
