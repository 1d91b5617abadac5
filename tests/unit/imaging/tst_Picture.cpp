#include "TestPictures.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace negatoscope;
using namespace negatoscope::imaging;
using namespace negatoscope::imaging::testing;

namespace {

/// numerator / denominator, rounded half up and clamped, in whole numbers.
std::uint32_t byteOf(std::int64_t numerator, std::int64_t denominator)
{
    const std::int64_t twice = 2 * numerator + denominator, divisor = 2 * denominator;
    const std::int64_t quotient = twice >= 0 ? twice / divisor : -((-twice + divisor - 1) / divisor);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(quotient, 0, 255));
}

/// PS3.3 C.7.6.3.1.2 turned around. `light` stands for Y, the differences for Cb - 128 and Cr - 128, all in
/// 1 / unit: R = Y + 2 (1 - .299) Cr, B = Y + 2 (1 - .114) Cb, G is what remains of Y.
std::uint32_t fromDifferences(std::int64_t light, std::int64_t cb, std::int64_t cr, std::int64_t unit)
{
    const std::int64_t r = 1000 * light + 1402 * cr, b = 1000 * light + 1772 * cb; // in 1 / (1000 unit)
    const std::int64_t g = 1000 * (1000 * light) - 299 * r - 114 * b;              // 587 G
    return (byteOf(r, 1000 * unit) << 16) | (byteOf(g, 587 * 1000 * unit) << 8) | byteOf(b, 1000 * unit);
}

std::uint32_t fullRange(int y, int cb, int cr)
{
    return fromDifferences(y, cb - 128, cr - 128, 1);
}

/// Y from 16 to 235, differences of 224 steps.
std::uint32_t partialRange(int y, int cb, int cr)
{
    return fromDifferences((y - 16) * 255 * 224, (cb - 128) * 255 * 219, (cr - 128) * 255 * 219, 219 * 224);
}

} // namespace

class tst_Picture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesTooFewBytes();
    void readsPixelsAtOddAddresses();
    void keepsTheDecodedBytesAlive();
    void measuresTheRangeWithoutPadding_data();
    void measuresTheRangeWithoutPadding();
    void findsTheRangeOfLargePictures();
    void turnsEveryYbrFullColour();
    void turnsEveryYbrPartialColour();
    void bringsColoursToEightBits();
    void answersOutsideWithNothing();
};

void tst_Picture::refusesTooFewBytes()
{
    QVERIFY(!pictureOf<std::uint16_t>(3, 3, std::vector<std::uint16_t>(8)));
    QVERIFY(!pictureOf(formatOf<std::uint8_t>(3, 3, 3), std::vector<std::uint8_t>(26)));
    QVERIFY(!pictureOf<std::uint8_t>(0, 3, {}));
    QVERIFY(!pictureOf(formatOf<float>(1, 1, 3), std::vector<float>(3)));
}

void tst_Picture::readsPixelsAtOddAddresses()
{
    std::vector<std::byte> bytes(9);
    const std::int16_t values[] = {-5, 300, 7, -30000};
    std::memcpy(bytes.data() + 1, values, 8);
    const auto picture = Picture::make(nullptr, std::span(bytes).subspan(1), formatOf<std::int16_t>(2, 2),
                                       dicom::Photometric::Monochrome2, {});
    bytes.assign(9, std::byte(0)); // it had to copy
    QCOMPARE(picture->valueAt(1, 1).value(), -30000.0);
    QCOMPARE(picture->valueRange().high, 300.0);
}

void tst_Picture::keepsTheDecodedBytesAlive()
{
    auto owner = std::make_shared<std::vector<std::uint8_t>>(4, std::uint8_t(9));
    const std::weak_ptr<const std::vector<std::uint8_t>> watch = owner;
    const auto bytes = std::as_bytes(std::span(*owner));
    auto picture = Picture::make(std::move(owner), bytes, formatOf<std::uint8_t>(2, 2),
                                 dicom::Photometric::Monochrome2, {});
    QVERIFY(!watch.expired());
    picture.reset();
    QVERIFY(watch.expired());
}

void tst_Picture::measuresTheRangeWithoutPadding_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<double>("smallest");
    QTest::addColumn<double>("largest");
    QTest::newRow("no padding seen") << 500.0 << 600.0 << -300.0 << 200.0;
    QTest::newRow("lowest") << -300.0 << -300.0 << -50.0 << 200.0;
    QTest::newRow("range in the middle") << -60.0 << 150.0 << -300.0 << 200.0;
    QTest::newRow("all") << -1000.0 << 1000.0 << 0.0 << 0.0;
}

void tst_Picture::measuresTheRangeWithoutPadding()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(double, smallest);
    QFETCH(double, largest);
    DisplayAttributes attributes;
    attributes.paddingLow = low;
    attributes.paddingHigh = high;
    for (const auto &picture : {pictureOf<std::int16_t>(4, 1, {-300, -50, 150, 200}, attributes),
                                pictureOf<std::int32_t>(4, 1, {-300, -50, 150, 200}, attributes),
                                pictureOf<double>(4, 1, {-300, -50, 150, 200}, attributes)}) {
        QCOMPARE(picture->valueRange().low, smallest);
        QCOMPARE(picture->valueRange().high, largest);
    }
}

void tst_Picture::findsTheRangeOfLargePictures()
{
    // Larger than a chunk, extremes in the first and in the last one.
    std::vector<std::int16_t> samples(1000 * 1000, 5);
    samples.front() = -32768;
    samples.back() = 32767;
    const auto picture = pictureOf(1000, 1000, samples);
    QCOMPARE(picture->valueRange().low, -32768.0);
    QCOMPARE(picture->valueRange().high, 32767.0);
}

void tst_Picture::turnsEveryYbrFullColour()
{
    auto format = formatOf<std::uint8_t>(256, 256, 3);
    format.photometric = dicom::Photometric::YbrFull;
    for (int y : {0, 1, 16, 77, 128, 200, 254, 255}) {
        std::vector<std::uint8_t> samples;
        for (int cb = 0; cb < 256; ++cb)
            for (int cr = 0; cr < 256; ++cr)
                for (int sample : {y, cb, cr})
                    samples.push_back(static_cast<std::uint8_t>(sample));
        const auto picture = pictureOf(format, samples);
        for (int cb = 0; cb < 256; ++cb)
            for (int cr = 0; cr < 256; ++cr)
                if (picture->colourAt(cr, cb) != fullRange(y, cb, cr))
                    QFAIL(qPrintable(QStringLiteral("%1 %2 %3").arg(y).arg(cb).arg(cr)));
    }
}

void tst_Picture::turnsEveryYbrPartialColour()
{
    auto format = formatOf<std::uint8_t>(256, 256, 3);
    format.photometric = dicom::Photometric::YbrPartial422;
    for (int y = 0; y < 256; y += 5) {
        std::vector<std::uint8_t> samples;
        for (int cb = 0; cb < 256; ++cb)
            for (int cr = 0; cr < 256; ++cr)
                for (int sample : {y, cb, cr})
                    samples.push_back(static_cast<std::uint8_t>(sample));
        const auto picture = pictureOf(format, samples);
        for (int cb = 0; cb < 256; ++cb)
            for (int cr = 0; cr < 256; ++cr)
                if (picture->colourAt(cr, cb) != partialRange(y, cb, cr))
                    QFAIL(qPrintable(QStringLiteral("%1 %2 %3").arg(y).arg(cb).arg(cr)));
    }
}

void tst_Picture::bringsColoursToEightBits()
{
    auto twelve = formatOf<std::uint16_t>(1, 1, 3);
    twelve.bitsStored = 12;
    QCOMPARE(pictureOf(twelve, std::vector<std::uint16_t>{4095, 16, 15})->colourAt(0, 0).value(), 0xff0100U);
    auto five = formatOf<std::uint8_t>(1, 1, 3);
    five.bitsStored = 5;
    QCOMPARE(pictureOf(five, std::vector<std::uint8_t>{31, 1, 255})->colourAt(0, 0).value(), 0xff08ffU);
    QCOMPARE(pictureOf(formatOf<std::uint32_t>(1, 1, 3),
                       std::vector<std::uint32_t>{0xffffffff, 0x80000000, 0x00ffffff})
                 ->colourAt(0, 0)
                 .value(),
             0xff8000U);
}

void tst_Picture::answersOutsideWithNothing()
{
    const auto greyPicture = pictureOf<std::uint8_t>(2, 2, {1, 2, 3, 4});
    const auto colour = pictureOf(formatOf<std::uint8_t>(1, 1, 3), std::vector<std::uint8_t>{1, 2, 3});
    for (const int at : {-1, 2, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()}) {
        QVERIFY(!greyPicture->valueAt(at, 0) && !greyPicture->valueAt(0, at));
        QVERIFY(!colour->colourAt(at, 0) && !colour->colourAt(0, at));
    }
    QVERIFY(!greyPicture->colourAt(0, 0));
    QVERIFY(!colour->valueAt(0, 0));
    QCOMPARE(greyPicture->valueAt(1, 1).value(), 4.0);
}

QTEST_APPLESS_MAIN(tst_Picture)
#include "tst_Picture.moc"
