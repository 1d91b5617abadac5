#include "DataSetBuilder.h"

#include <dicom/ImageFormat.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::dicom;
using base::ErrorCode;
using support::setNumbers;

namespace {

DataSet image(std::uint16_t rows = 4, std::uint16_t columns = 5, std::uint16_t allocated = 16,
              std::string_view photometric = "MONOCHROME2")
{
    DataSet dataSet;
    dataSet.setUnsignedShort(tags::Rows, rows);
    dataSet.setUnsignedShort(tags::Columns, columns);
    dataSet.setUnsignedShort(tags::BitsAllocated, allocated);
    dataSet.setText(tags::PhotometricInterpretation, "CS", photometric);
    return dataSet;
}

void expectError(const DataSet &dataSet, ErrorCode code)
{
    const auto format = ImageFormat::of(dataSet);
    QVERIFY(!format);
    QCOMPARE(format.error().code(), code);
}

} // namespace

class tst_ImageFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAUsualImage();
    void fillsInWhatIsAbsent();
    void refusesWhatHasNoPicture();
    void refusesBitsThatContradict_data();
    void refusesBitsThatContradict();
    void refusesSamplesThatContradict();
    void refusesFramesOverTheLimit();
    void takesFloatingPointPixels();
    void countsNativeBits();
};

void tst_ImageFormat::readsAUsualImage()
{
    DataSet dataSet = image();
    dataSet.setUnsignedShort(tags::BitsStored, 12);
    dataSet.setUnsignedShort(tags::HighBit, 11);
    dataSet.setUnsignedShort(tags::PixelRepresentation, 1);
    dataSet.setText(tags::NumberOfFrames, "IS", "7");
    const auto format = ImageFormat::of(dataSet).value();
    QCOMPARE(format.rows, 4U);
    QCOMPARE(format.columns, 5U);
    QCOMPARE(format.bitsStored, 12U);
    QVERIFY(format.isSigned && !format.planar);
    QCOMPARE(format.frames, 7U);
    QCOMPARE(format.decodedFrameBytes(), std::size_t(40));
    QCOMPARE(format.photometric, Photometric::Monochrome2);
}

void tst_ImageFormat::fillsInWhatIsAbsent()
{
    DataSet dataSet = image();
    const auto format = ImageFormat::of(dataSet).value();
    QCOMPARE(format.samples, 1U);
    QCOMPARE(format.bitsStored, 16U);
    QCOMPARE(format.highBit, 15U);
    QCOMPARE(format.frames, 1U);
    dataSet.setText(tags::NumberOfFrames, "IS", "-3");
    QCOMPARE(ImageFormat::of(dataSet)->frames, 1U);
    // Planar Configuration means nothing with one sample.
    dataSet.setUnsignedShort(tags::PlanarConfiguration, 1);
    QVERIFY(!ImageFormat::of(dataSet)->planar);
}

void tst_ImageFormat::refusesWhatHasNoPicture()
{
    expectError(DataSet(), ErrorCode::NoPixelData);
    expectError(image(0, 5), ErrorCode::NoPixelData);
    DataSet dataSet = image();
    dataSet.setText(tags::Rows, "IS", "-4");
    expectError(dataSet, ErrorCode::NoPixelData);
    dataSet.setText(tags::Rows, "IS", "65536");
    expectError(dataSet, ErrorCode::LimitExceeded);
    dataSet = image();
    dataSet.setText(tags::PhotometricInterpretation, "CS", "");
    expectError(dataSet, ErrorCode::UnsupportedPixelFormat);
    expectError(image(4, 4, 8, "CMYK"), ErrorCode::UnsupportedPixelFormat);
}

void tst_ImageFormat::refusesBitsThatContradict_data()
{
    QTest::addColumn<int>("allocated");
    QTest::addColumn<int>("stored");
    QTest::addColumn<int>("high");
    QTest::addColumn<bool>("valid");
    QTest::newRow("1 bit") << 1 << 1 << 0 << true;
    QTest::newRow("12 in 16, shifted") << 16 << 12 << 15 << true;
    QTest::newRow("32 bits") << 32 << 32 << 31 << true;
    QTest::newRow("packed 12") << 12 << 12 << 11 << false;
    QTest::newRow("64 integers") << 64 << 64 << 63 << false;
    QTest::newRow("none allocated") << 0 << 0 << 0 << false;
    QTest::newRow("more stored than allocated") << 8 << 9 << 8 << false;
    QTest::newRow("none stored") << 8 << 0 << 7 << false;
    QTest::newRow("high bit above") << 16 << 12 << 16 << false;
    QTest::newRow("high bit too low") << 16 << 12 << 10 << false;
    QTest::newRow("enormous") << 65535 << 65535 << 65535 << false;
}

void tst_ImageFormat::refusesBitsThatContradict()
{
    QFETCH(int, allocated);
    QFETCH(int, stored);
    QFETCH(int, high);
    QFETCH(bool, valid);
    DataSet dataSet = image(4, 4, static_cast<std::uint16_t>(allocated));
    dataSet.setUnsignedShort(tags::BitsStored, static_cast<std::uint16_t>(stored));
    dataSet.setUnsignedShort(tags::HighBit, static_cast<std::uint16_t>(high));
    QCOMPARE(ImageFormat::of(dataSet).has_value(), valid);
}

void tst_ImageFormat::refusesSamplesThatContradict()
{
    for (const auto &[samples, photometric, valid] : {std::tuple{3, "RGB", true},
                                                      {1, "RGB", false},
                                                      {3, "MONOCHROME2", false},
                                                      {3, "PALETTE COLOR", false},
                                                      {1, "PALETTE COLOR", true},
                                                      {2, "RGB", false},
                                                      {4, "RGB", false},
                                                      {0, "RGB", false},
                                                      {3, "YBR_RCT", true},
                                                      {60000, "RGB", false}}) {
        DataSet dataSet = image(4, 4, 8, photometric);
        dataSet.setUnsignedShort(tags::SamplesPerPixel, static_cast<std::uint16_t>(samples));
        QCOMPARE(ImageFormat::of(dataSet).has_value(), valid);
    }
}

void tst_ImageFormat::refusesFramesOverTheLimit()
{
    // 512 MB exactly, and one row more.
    QVERIFY(ImageFormat::of(image(16384, 16384, 16)).has_value());
    expectError(image(16385, 16384, 16), ErrorCode::LimitExceeded);
    DataSet dataSet = image();
    dataSet.setText(tags::NumberOfFrames, "IS", "1000001");
    expectError(dataSet, ErrorCode::LimitExceeded);
}

void tst_ImageFormat::takesFloatingPointPixels()
{
    DataSet dataSet;
    dataSet.setUnsignedShort(tags::Rows, 2);
    dataSet.setUnsignedShort(tags::Columns, 2);
    setNumbers<float>(dataSet, tags::FloatPixelData, "OF", {});
    const auto format = ImageFormat::of(dataSet).value();
    QCOMPARE(format.kind, SampleKind::Float);
    QCOMPARE(format.bytesPerSample(), 4U);
    QCOMPARE(format.photometric, Photometric::Monochrome2);
    dataSet.setUnsignedShort(tags::BitsAllocated, 16);
    expectError(dataSet, ErrorCode::UnsupportedPixelFormat);
}

void tst_ImageFormat::countsNativeBits()
{
    ImageFormat format;
    format.rows = 3;
    format.columns = 5;
    format.bitsAllocated = 1;
    QCOMPARE(format.nativeFrameBits(), std::uint64_t(15));
    QCOMPARE(format.decodedFrameBytes(), std::size_t(15));
    format.bitsAllocated = 8;
    format.samples = 3;
    format.photometric = Photometric::Rgb;
    QCOMPARE(format.nativeFrameBits(), std::uint64_t(15 * 24));
    format.photometric = Photometric::YbrFull422;
    QCOMPARE(format.nativeFrameBits(), std::uint64_t(15 * 16));
}

QTEST_APPLESS_MAIN(tst_ImageFormat)
#include "tst_ImageFormat.moc"
