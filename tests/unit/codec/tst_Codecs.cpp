#include "FrameCodec.h"
#include "JpegMarkers.h"
#include "NativeFrame.h"
#include "StoredBits.h"

#include <QtTest>

#include <cstring>

using namespace negatoscope;
using namespace negatoscope::codec;
using base::ErrorCode;
using dicom::ImageFormat;
using dicom::Photometric;

namespace {

ImageFormat grey(std::uint32_t rows, std::uint32_t columns, std::uint32_t bits)
{
    ImageFormat format;
    format.rows = rows;
    format.columns = columns;
    format.bitsAllocated = format.bitsStored = bits;
    format.highBit = bits - 1;
    format.photometric = Photometric::Monochrome2;
    return format;
}

std::span<const std::uint8_t> bytesOf(const std::string &text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

std::string rleHeader(std::initializer_list<std::uint32_t> numbers)
{
    std::string header(64, '\0');
    std::size_t at = 0;
    for (const std::uint32_t number : numbers) {
        std::memcpy(header.data() + at, &number, 4);
        at += 4;
    }
    return header;
}

std::string textOf(const std::vector<std::byte> &pixels)
{
    return {reinterpret_cast<const char *>(pixels.data()), pixels.size()};
}

base::Result<std::string> native(const std::string &bytes, const ImageFormat &format, std::uint32_t frame,
                                 bool bigEndian = false, bool words = false)
{
    std::vector<std::byte> pixels(format.decodedFrameBytes());
    const MemorySource source(bytesOf(bytes));
    TRY_DO(readNativeFrame(source, {0, bytes.size(), bytes.size(), bigEndian, words}, format, frame, pixels));
    return textOf(pixels);
}

} // namespace

class tst_Codecs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unpacksRleWithHighBytesFirst()
    {
        // Two segments: 01 01 01 01 (run) and 10 20 30 40 (literal).
        const std::string bytes = rleHeader({2, 64, 66}) + "\xfd\x01" + "\x03\x10\x20\x30\x40";
        std::vector<std::byte> pixels(8);
        QVERIFY(decodeRle({bytesOf(bytes), grey(2, 2, 16)}, pixels));
        QCOMPARE(textOf(pixels), std::string("\x10\x01\x20\x01\x30\x01\x40\x01"));
    }

    void interleavesRlePlanes()
    {
        ImageFormat format = grey(1, 2, 8);
        format.samples = 3;
        format.photometric = Photometric::Rgb;
        const std::string bytes = rleHeader({3, 64, 67, 70}) + "\x01RS" + "\x01GH" +
                                  "\x01"
                                  "BC";
        std::vector<std::byte> pixels(6);
        QVERIFY(decodeRle({bytesOf(bytes), format}, pixels));
        QCOMPARE(textOf(pixels), std::string("RGBSHC"));
    }

    void refusesBrokenRle_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("no header", "abc");
        row("no segments", rleHeader({0}));
        row("too many segments", rleHeader({16, 64}));
        row("a segment missing", rleHeader({1, 64}) + "\xfd\x01");
        row("offset outside", rleHeader({2, 64, 4000}) + "\xfd\x01");
        row("offset in the header", rleHeader({2, 8, 64}) + "\xfd\x01");
        row("offsets backwards", rleHeader({2, 66, 64}) + "\xfd\x01\xfd\x01");
        row("short segment", rleHeader({2, 64, 66}) + "\xfd\x01\xfe\x01");
        row("cut literal", rleHeader({2, 64, 66}) + "\xfd\x01\x03\x01");
    }
    void refusesBrokenRle()
    {
        QFETCH(QByteArray, bytes);
        const std::string text = bytes.toStdString();
        std::vector<std::byte> pixels(8);
        const auto decoded = decodeRle({bytesOf(text), grey(2, 2, 16)}, pixels);
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code(), ErrorCode::CorruptPixelData);
    }

    void refusesCodestreamsOfAnotherSize()
    {
        QVERIFY(checkCodestream(grey(2, 3, 8), 2, 3, 1, 8));
        QVERIFY(!checkCodestream(grey(2, 3, 8), 3, 2, 1, 8));
        QVERIFY(!checkCodestream(grey(2, 3, 8), 2, 3, 3, 8));
        QVERIFY(!checkCodestream(grey(2, 3, 8), 2, 3, 1, 9));
        QVERIFY(!checkCodestream(grey(2, 3, 8), 2, 3, 1, 0));
    }

    void readsJpegMarkers()
    {
        const std::string bytes("\xff\xd8\xff\xee\x00\x0e"
                                "Adobe\0\0\0\0\0\0\x01\xff\xc0\x00\x11\x08\x00\x02\x00\x03\x03"
                                "R\x22\x00G\x11\x00"
                                "B\x11\x00\xff\xda\x00\x02",
                                41);
        const auto markers = JpegMarkers::of(bytesOf(bytes));
        QVERIFY(markers);
        QCOMPARE(markers->rows, 2U);
        QCOMPARE(markers->columns, 3U);
        QVERIFY(markers->namesRgb && markers->subsampled && markers->adobeTransform == 1);
        for (std::size_t size = 0; size < 37; ++size)
            QVERIFY(!JpegMarkers::of(bytesOf(bytes.substr(0, size))));
    }

    void unpacksBitsThatCrossBytes()
    {
        // Frames of 3 pixels: the second one starts at bit 3.
        const ImageFormat format = [] {
            ImageFormat f = grey(1, 3, 1);
            f.frames = 2;
            return f;
        }();
        QCOMPARE(*native(std::string("\x2d"), format, 0), std::string("\1\0\1", 3));
        QCOMPARE(*native(std::string("\x2d"), format, 1), std::string("\1\0\1", 3));
        QCOMPARE(native(std::string("\x2d"), grey(1, 9, 1), 0).error().code(), ErrorCode::Truncated);
    }

    void turnsBigEndianAround()
    {
        QCOMPARE(*native(std::string("\1\2\3\4"), grey(1, 2, 16), 0, true), std::string("\2\1\4\3"));
        QCOMPARE(*native(std::string("\1\2\3\4"), grey(1, 1, 32), 0, true), std::string("\4\3\2\1"));
        QCOMPARE(*native(std::string("\1\2\3\4"), grey(1, 4, 8), 0, true, false), std::string("\1\2\3\4"));
        QCOMPARE(*native(std::string("\1\2\3\4"), grey(1, 4, 8), 0, true, true), std::string("\2\1\4\3"));
    }

    void interleavesPlanes()
    {
        ImageFormat format = grey(1, 2, 8);
        format.samples = 3;
        format.planar = true;
        format.photometric = Photometric::Rgb;
        QCOMPARE(*native("RSGHBC", format, 0), std::string("RGBSHC"));
    }

    void repeatsHalvedChrominance()
    {
        ImageFormat format = grey(1, 2, 8);
        format.samples = 3;
        format.photometric = Photometric::YbrFull422;
        QCOMPARE(*native("YybR", format, 0), std::string("YbRybR"));
        // Some writers say 422 and store all samples.
        QCOMPARE(*native("YbRybR", format, 0), std::string("YbRybR"));
    }

    void tellsTruncatedFromAbsentFrames()
    {
        ImageFormat format = grey(2, 2, 8);
        format.frames = 3;
        QVERIFY(native("123456", format, 0));
        QCOMPARE(native("123456", format, 1).error().code(), ErrorCode::Truncated);
        QCOMPARE(native("123456", format, 2).error().code(), ErrorCode::CorruptPixelData);
    }

    void masksAndExtendsStoredBits()
    {
        ImageFormat format = grey(1, 2, 16);
        format.bitsStored = 12;
        format.highBit = 11;
        std::uint16_t words[] = {0xf801, 0x0fff};
        finishSamples(format, std::as_writable_bytes(std::span(words)));
        QCOMPARE(words[0], std::uint16_t(0x0801));
        format.isSigned = true;
        finishSamples(format, std::as_writable_bytes(std::span(words)));
        QCOMPARE(static_cast<std::int16_t>(words[0]), std::int16_t(-2047));
        QCOMPARE(static_cast<std::int16_t>(words[1]), std::int16_t(-1));
        format.isSigned = false;
        format.highBit = 15;
        words[0] = 0xabc7;
        finishSamples(format, std::as_writable_bytes(std::span(words)));
        QCOMPARE(words[0], std::uint16_t(0x0abc));
    }

    void takesOverlaysFromUnusedBits()
    {
        ImageFormat format = grey(1, 2, 16);
        format.bitsStored = 12;
        format.highBit = 11;
        dicom::DataSet dataSet;
        dataSet.setUnsignedShort({0x6000, 0x0010}, 1);
        dataSet.setUnsignedShort({0x6000, 0x0011}, 2);
        dataSet.setUnsignedShort({0x6000, 0x0100}, 16);
        dataSet.setUnsignedShort({0x6000, 0x0102}, 13);
        const auto bits = overlayBitsOf(dataSet, format);
        QCOMPARE(bits.size(), 1U);
        const std::uint16_t words[] = {0x2001, 0x1001};
        const auto planes = takeOverlays(bits, format, std::as_bytes(std::span(words)));
        QCOMPARE(planes[0].bits, (std::vector<std::uint8_t>{1, 0}));
        dataSet.setUnsignedShort({0x6000, 0x0102}, 5); // a bit of the pixels themselves is no overlay
        QVERIFY(overlayBitsOf(dataSet, format).empty());
    }
};

QTEST_APPLESS_MAIN(tst_Codecs)
#include "tst_Codecs.moc"
