#include "TestPictures.h"

#include <imaging/Subtraction.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <cmath>
#include <functional>

using namespace negatoscope;
using namespace negatoscope::imaging;

namespace {

constexpr int kWidth = 23, kHeight = 17;

using Pixels = std::vector<std::uint16_t>;

Pixels randomPixels(QRandomGenerator &random, int top)
{
    Pixels pixels(kWidth * kHeight);
    for (auto &pixel : pixels)
        pixel = static_cast<std::uint16_t>(random.bounded(top + 1));
    return pixels;
}

/// The difference at a pixel by the definition, in fractions: empty where the mask does not reach.
std::optional<double> naive(const std::vector<Pixels> &contrast, const std::vector<Pixels> &masks,
                            double rows, double columns, int x, int y,
                            const std::function<double(double)> &value)
{
    double light = 0;
    for (const Pixels &frame : contrast)
        light += value(frame[static_cast<std::size_t>(y * kWidth + x)]);
    double dark = 0;
    const double fromX = x - columns, fromY = y - rows;
    for (const Pixels &frame : masks)
        for (int dy = 0; dy < 2; ++dy)
            for (int dx = 0; dx < 2; ++dx) {
                const int column = static_cast<int>(std::floor(fromX)) + dx;
                const int row = static_cast<int>(std::floor(fromY)) + dy;
                const double weight = (1 - std::abs(fromX - column)) * (1 - std::abs(fromY - row));
                if (weight <= 0)
                    continue;
                if (column < 0 || row < 0 || column >= kWidth || row >= kHeight)
                    return std::nullopt;
                dark += weight * value(frame[static_cast<std::size_t>(row * kWidth + column)]);
            }
    return light / static_cast<double>(contrast.size()) - dark / static_cast<double>(masks.size());
}

} // namespace

class tst_Subtraction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheDefinition_data();
    void equalsTheDefinition();
    void subtractsLogarithmsOfIntensities();
    void isZeroWhereNothingChanged();
    void leavesPaddingOut();
    void keepsWideValues();
    void refusesWhatDoesNotFit();
    void windowsAroundZero();
};

void tst_Subtraction::equalsTheDefinition_data()
{
    QTest::addColumn<int>("contrastFrames");
    QTest::addColumn<int>("maskFrames");
    QTest::addColumn<int>("top");
    QTest::addColumn<double>("rows");
    QTest::addColumn<double>("columns");
    QTest::newRow("one mask, 8 bits") << 1 << 1 << 255 << 0.0 << 0.0;
    QTest::newRow("whole pixels") << 1 << 1 << 255 << 3.0 << -2.0;
    QTest::newRow("half a pixel") << 1 << 1 << 1023 << 0.5 << -0.5;
    QTest::newRow("sixteenths") << 1 << 1 << 4095 << -1.0625 << 2.9375;
    QTest::newRow("three masks") << 1 << 3 << 1023 << 0.0 << 0.0;
    QTest::newRow("averaged, shifted") << 2 << 3 << 4095 << 0.25 << 1.75;
    QTest::newRow("16 bits") << 1 << 2 << 65535 << 0.0 << 0.0;
}

void tst_Subtraction::equalsTheDefinition()
{
    QFETCH(int, contrastFrames);
    QFETCH(int, maskFrames);
    QFETCH(int, top);
    QFETCH(double, rows);
    QFETCH(double, columns);
    QRandomGenerator random(20261124);
    std::vector<Pixels> contrast, masks;
    Subtraction wish;
    for (int i = 0; i < contrastFrames; ++i) {
        contrast.push_back(randomPixels(random, top));
        wish.contrast.push_back(testing::pictureOf(kWidth, kHeight, contrast.back()));
    }
    for (int i = 0; i < maskFrames; ++i) {
        masks.push_back(randomPixels(random, top));
        wish.masks.push_back(testing::pictureOf(kWidth, kHeight, masks.back()));
    }
    wish.shiftRows = rows;
    wish.shiftColumns = columns;
    const auto difference = subtracted(wish);
    QVERIFY(difference);
    int compared = 0, outside = 0;
    // The finest step that 16 bits hold; one value where even whole ones do not fit.
    double steps = 1;
    while (steps < 16 && top * steps * 2 <= 32767)
        steps *= 2;
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) {
            const auto exact = naive(contrast, masks, rows, columns, x, y, [](double v) { return v; });
            const auto value = difference->valueAt(x, y);
            QCOMPARE(value.has_value(), exact.has_value());
            if (!exact) {
                ++outside;
                continue;
            }
            // The definition's sums have denominators up to 1536: closer to a half than this is a half.
            QCOMPARE(*value, std::floor(*exact * steps + 0.5 + 1e-7) / steps);
            ++compared;
        }
    QVERIFY(compared > 0);
    QCOMPARE(outside > 0, rows != 0 || columns != 0);
}

void tst_Subtraction::subtractsLogarithmsOfIntensities()
{
    QRandomGenerator random(7);
    const Pixels contrast = randomPixels(random, 4095), mask = randomPixels(random, 4095);
    Subtraction wish;
    wish.contrast = {testing::pictureOf(kWidth, kHeight, contrast)};
    wish.masks = {testing::pictureOf(kWidth, kHeight, mask)};
    wish.logarithmic = true;
    const auto difference = subtracted(wish);
    QVERIFY(difference);
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) {
            const auto exact = naive({contrast}, {mask}, 0, 0, x, y,
                                     [](double v) { return std::floor(1000 * std::log1p(v) + 0.5); });
            QCOMPARE(*difference->valueAt(x, y) * 1000, *exact);
        }
    // A vessel that takes half of the intensity is as dark over bone as over lung.
    const auto depth = [](std::uint16_t background) {
        Subtraction vessel;
        vessel.contrast = {
            testing::pictureOf<std::uint16_t>(1, 1, {static_cast<std::uint16_t>(background / 2)})};
        vessel.masks = {testing::pictureOf<std::uint16_t>(1, 1, {background})};
        vessel.logarithmic = true;
        return *subtracted(vessel)->valueAt(0, 0);
    };
    QVERIFY(std::abs(depth(4000) - depth(1000)) < 0.003);
}

void tst_Subtraction::isZeroWhereNothingChanged()
{
    QRandomGenerator random(3);
    const auto picture = testing::pictureOf(kWidth, kHeight, randomPixels(random, 4095));
    const auto difference = subtracted({{picture}, {picture}, 0, 0, false});
    QVERIFY(difference);
    QCOMPARE(difference->valueRange().low, 0.0);
    QCOMPARE(difference->valueRange().high, 0.0);
}

void tst_Subtraction::leavesPaddingOut()
{
    DisplayAttributes attributes;
    attributes.paddingLow = attributes.paddingHigh = 9;
    const auto contrast = testing::pictureOf<std::uint8_t>(3, 1, {9, 5, 5}, attributes);
    const auto mask = testing::pictureOf<std::uint8_t>(3, 1, {1, 9, 1}, attributes);
    const auto difference = subtracted({{contrast}, {mask}, 0, 0, false});
    QVERIFY(difference);
    QVERIFY(!difference->valueAt(0, 0));
    QVERIFY(!difference->valueAt(1, 0));
    QCOMPARE(difference->valueAt(2, 0), std::optional(4.0));
}

void tst_Subtraction::keepsWideValues()
{
    const auto contrast = testing::pictureOf<std::uint16_t>(2, 1, {65535, 0});
    const auto mask = testing::pictureOf<std::uint16_t>(2, 1, {0, 65535});
    const auto difference = subtracted({{contrast}, {mask}, 0, 0, false});
    QVERIFY(difference);
    QCOMPARE(difference->valueAt(0, 0), std::optional(65535.0));
    QCOMPARE(difference->valueAt(1, 0), std::optional(-65535.0));
}

void tst_Subtraction::refusesWhatDoesNotFit()
{
    const auto grey = testing::pictureOf<std::uint8_t>(2, 1, {1, 2});
    const auto other = testing::pictureOf<std::uint8_t>(1, 2, {1, 2});
    const auto wide = testing::pictureOf<float>(2, 1, {1, 2});
    const auto colour =
        testing::pictureOf(testing::formatOf<std::uint8_t>(2, 1, 3), std::vector<std::uint8_t>(6));
    DisplayAttributes scaled;
    scaled.rescaleSlope = 2;
    const auto rescaled = testing::pictureOf<std::uint8_t>(2, 1, {1, 2}, scaled);
    for (const auto &mask : {other, wide, colour, rescaled, std::shared_ptr<const Picture>()})
        QVERIFY(!subtracted({{grey}, {mask}, 0, 0, false}));
    QVERIFY(!subtracted({{grey}, {}, 0, 0, false}));
    QVERIFY(!subtracted({{}, {grey}, 0, 0, false}));
}

void tst_Subtraction::windowsAroundZero()
{
    std::vector<std::uint8_t> before(400, 100), after(400, 100);
    for (std::size_t i = 0; i < 40; ++i)
        after[i] = 60; // a vessel
    const auto difference =
        subtracted({{testing::pictureOf(20, 20, after)}, {testing::pictureOf(20, 20, before)}, 0, 0, false});
    const Window window = subtractionWindow(*difference);
    QCOMPARE(window.center, 0.0);
    RenderSettings settings;
    settings.window = window;
    QCOMPARE(int(displayValue(*difference, settings, 0)), 128);
    QVERIFY(displayValue(*difference, settings, -40) < 8);
}

QTEST_GUILESS_MAIN(tst_Subtraction)
#include "tst_Subtraction.moc"
