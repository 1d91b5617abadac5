#include "NaiveRenderer.h"

#include <QtTest/QTest>

#include <cmath>
#include <cstring>
#include <random>

using namespace negatoscope;
using namespace negatoscope::imaging;

namespace {

constexpr std::uint32_t kBackground = 0xff203040;

struct Case
{
    naive::Image image;
    std::shared_ptr<const Picture> picture;
    ViewTransform transform;
    RenderSettings settings;
};

/// Decoded bytes of one sample type and the naive image of the same values.
template <typename Sample>
void fillSamples(std::mt19937 &random, Case &c, std::vector<std::byte> &bytes, int bits, bool isSigned)
{
    const std::int64_t low = isSigned ? -(std::int64_t(1) << (bits - 1)) : 0;
    std::uniform_int_distribution<std::int64_t> value(low, low + (std::int64_t(1) << bits) - 1);
    bytes.resize(c.image.stored.size() * sizeof(Sample));
    for (std::size_t i = 0; i < c.image.stored.size(); ++i) {
        const auto sample = static_cast<Sample>(value(random));
        std::memcpy(bytes.data() + i * sizeof(Sample), &sample, sizeof(Sample));
        c.image.stored[i] = static_cast<double>(sample);
    }
}

double pick(std::mt19937 &random, double low, double high)
{
    return std::uniform_real_distribution<double>(low, high)(random);
}

int pickInteger(std::mt19937 &random, int low, int high)
{
    return std::uniform_int_distribution<int>(low, high)(random);
}

/// A random image, view and window: every sample type, slope, padding, orientation, zoom and function.
Case randomCase(std::mt19937 &random)
{
    Case c;
    c.image.columns = pickInteger(random, 1, 40);
    c.image.rows = pickInteger(random, 1, 40);
    c.image.stored.resize(static_cast<std::size_t>(c.image.columns * c.image.rows));

    dicom::ImageFormat format;
    format.columns = static_cast<std::uint32_t>(c.image.columns);
    format.rows = static_cast<std::uint32_t>(c.image.rows);
    format.photometric = dicom::Photometric::Monochrome2;
    format.isSigned = pickInteger(random, 0, 1) == 1;
    const bool wide = pickInteger(random, 0, 1) == 1;
    format.bitsAllocated = wide ? 16 : 8;
    const int bits = wide ? pickInteger(random, 9, 16) : pickInteger(random, 1, 8);
    format.bitsStored = static_cast<std::uint32_t>(bits);
    auto bytes = std::make_shared<std::vector<std::byte>>();
    const int signedBits = format.isSigned ? std::max(2, bits) : bits;
    if (pickInteger(random, 0, 4) == 0) {
        // 32-bit and floating point pixels: double precision without rounding before the window.
        c.image.integers = false;
        format.bitsAllocated = format.bitsStored = 32;
        const int kind = pickInteger(random, 0, 2);
        if (kind == 0) {
            format.isSigned = true;
            fillSamples<std::int32_t>(random, c, *bytes, pickInteger(random, 2, 32), true);
        } else if (kind == 1) {
            format.isSigned = false;
            fillSamples<std::uint32_t>(random, c, *bytes, pickInteger(random, 1, 32), false);
        } else {
            format.kind = dicom::SampleKind::Float;
            fillSamples<float>(random, c, *bytes, pickInteger(random, 2, 20), true);
        }
    } else if (wide && format.isSigned)
        fillSamples<std::int16_t>(random, c, *bytes, signedBits, true);
    else if (wide)
        fillSamples<std::uint16_t>(random, c, *bytes, signedBits, false);
    else if (format.isSigned)
        fillSamples<std::int8_t>(random, c, *bytes, signedBits, true);
    else
        fillSamples<std::uint8_t>(random, c, *bytes, signedBits, false);

    DisplayAttributes attributes;
    attributes.rescaleSlope = c.image.slope = pickInteger(random, 0, 2) ? pick(random, -3, 3) : 1.0;
    attributes.rescaleIntercept = c.image.intercept = std::floor(pick(random, -2000, 2000));
    attributes.inverse = c.image.inverse = pickInteger(random, 0, 1) == 1;
    if (pickInteger(random, 0, 2) == 0) {
        const double low = c.image.stored[static_cast<std::size_t>(
            pickInteger(random, 0, static_cast<int>(c.image.stored.size()) - 1))];
        attributes.paddingLow = low;
        attributes.paddingHigh = low + std::floor(std::exp2(bits) * pick(random, 0, 0.4));
        c.image.padding.resize(c.image.stored.size());
        for (std::size_t i = 0; i < c.image.stored.size(); ++i)
            c.image.padding[i] = c.image.stored[i] >= low && c.image.stored[i] <= *attributes.paddingHigh;
        // Indices of 16 bits have no room left for padding then; values are kept in double precision.
        double smallest = 1e9, largest = -1e9;
        for (std::size_t i = 0; i < c.image.stored.size(); ++i)
            if (!c.image.padding[i]) {
                smallest = std::min(smallest, c.image.stored[i]);
                largest = std::max(largest, c.image.stored[i]);
            }
        c.image.integers = c.image.integers && largest - smallest + 2 <= 65535;
    }
    c.picture = Picture::make(bytes, *bytes, format, format.photometric, attributes);

    ViewSettings view;
    view.quarterTurns = pickInteger(random, 0, 3);
    view.flipped = pickInteger(random, 0, 1) == 1;
    const int zoomKind = pickInteger(random, 0, 3);
    view.zoom = zoomKind == 0   ? 0
                : zoomKind == 1 ? 1
                : zoomKind == 2 ? std::exp(pick(random, -2, 3))
                                : 1.0 / pickInteger(random, 1, 5);
    view.panX = pick(random, -10, 10);
    view.panY = pick(random, -10, 10);
    dicom::PixelSpacing spacing;
    if (pickInteger(random, 0, 1)) {
        spacing.row = pick(random, 0.2, 2);
        spacing.column = pick(random, 0.2, 2);
    }
    c.transform = ViewTransform({c.image.columns, c.image.rows}, spacing,
                                {pickInteger(random, 1, 40), pickInteger(random, 1, 30)}, view);

    Window window;
    window.function = static_cast<VoiFunction>(pickInteger(random, 0, 2));
    const auto range = c.picture->valueRange();
    window.center = pick(random, range.low - 10, range.high + 10);
    window.width = std::max(1.0, pick(random, 0, 1.3 * (range.high - range.low) + 2));
    if (pickInteger(random, 0, 1)) {
        window.center = std::floor(window.center);
        window.width = std::floor(window.width) + 1;
    }
    c.settings.window = window;
    c.settings.inverted = pickInteger(random, 0, 1) == 1;
    c.settings.interpolation = static_cast<Interpolation>(pickInteger(random, 0, 2));
    c.settings.background = kBackground;
    return c;
}

std::vector<std::uint32_t> drawn(Renderer &renderer, const Case &c)
{
    const Size view = c.transform.view();
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(view.width * view.height), 0x12345678);
    renderer.draw(c.picture, c.transform, c.settings, pixels.data(), static_cast<std::size_t>(view.width));
    return pixels;
}

std::vector<std::uint32_t> expected(const Case &c, const Window &window)
{
    return naive::draw(c.image, c.transform, window, c.settings.interpolation, c.settings.inverted,
                       kBackground);
}

} // namespace

class tst_RendererGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheNaiveRendererOnRandomParameters();
    void noticesAHalfValueShiftOfTheCentre();
};

void tst_RendererGolden::equalsTheNaiveRendererOnRandomParameters()
{
    std::mt19937 random(20240607);
    Renderer renderer;
    for (int i = 0; i < 5000; ++i) {
        const Case c = randomCase(random);
        const auto actual = drawn(renderer, c);
        const auto wanted = expected(c, *c.settings.window);
        for (std::size_t p = 0; p < wanted.size(); ++p)
            if (actual[p] != wanted[p]) {
                const int width = c.transform.view().width;
                QFAIL(
                    qPrintable(QStringLiteral("case %1 (%2x%3, interpolation %4, scale %5 x %6) at %7,%8: %9 "
                                              "instead of %10")
                                   .arg(i)
                                   .arg(c.image.columns)
                                   .arg(c.image.rows)
                                   .arg(static_cast<int>(c.settings.interpolation))
                                   .arg(c.transform.scaleColumn())
                                   .arg(c.transform.scaleRow())
                                   .arg(static_cast<int>(p) % width)
                                   .arg(static_cast<int>(p) / width)
                                   .arg(actual[p], 8, 16)
                                   .arg(wanted[p], 8, 16)));
            }
    }
}

/// The detector itself: a window whose centre is half a value off must not pass.
void tst_RendererGolden::noticesAHalfValueShiftOfTheCentre()
{
    std::mt19937 random(7);
    Renderer renderer;
    int noticed = 0;
    for (int i = 0; i < 50; ++i) {
        Case c = randomCase(random);
        c.settings.window->function = VoiFunction::Linear;
        c.settings.window->width = 20;
        Window wrong = *c.settings.window;
        wrong.center += 0.5;
        noticed += drawn(renderer, c) != expected(c, wrong);
    }
    QVERIFY2(noticed > 10, qPrintable(QString::number(noticed)));
}

QTEST_APPLESS_MAIN(tst_RendererGolden)
#include "tst_RendererGolden.moc"
