#include <codec/DecodeService.h>

#include <DicomBytes.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <zlib.h>

using namespace negatoscope;
using namespace negatoscope::codec;
using base::ErrorCode;
using test::DicomBytes;

namespace {

constexpr qint64 kRefusedWithinMs = 1000;

std::string deflated(const std::string &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// SIZ and COD of a JPEG 2000 codestream whose tiles are as large as 32 bits allow; no data.
std::string hugeTiles(std::uint32_t rows, std::uint32_t columns)
{
    const auto big = [](std::uint32_t value, unsigned width) {
        std::string text;
        for (unsigned i = width; i-- > 0;)
            text += static_cast<char>(value >> (8 * i));
        return text;
    };
    std::string siz = big(0, 2) + big(columns, 4) + big(rows, 4) + big(0, 4) + big(0, 4) +
                      big(0xffffffff, 4) + big(0xffffffff, 4) + big(0, 4) + big(0, 4) + big(1, 2) +
                      big(7, 1) + big(1, 1) + big(1, 1);
    const std::string cod("\0\0\0\x01\0\x20\x08\x08\0\0", 10);
    return "\xff\x4f\xff\x51" + big(static_cast<std::uint32_t>(siz.size()) + 2, 2) + siz + "\xff\x52" +
           big(12, 2) + cod + std::string("\xff\x5c\x00\x04\x40\x40\xff\xd9", 8);
}

std::string nested(unsigned depth)
{
    DicomBytes dicom;
    dicom.meta(test::kExplicit).element(0x00080018, "UI", "1.2.3.4 ");
    for (unsigned i = 0; i < depth; ++i)
        dicom.header(0x00081140, "SQ", 0xffffffffU).item();
    for (unsigned i = 0; i < depth; ++i)
        dicom.endItem().endSequence();
    return dicom.image(1, 1, 8).element(0x7fe00010, "OB", "ab").bytes();
}

} // namespace

class tst_Bombs : public QObject
{
    Q_OBJECT

    std::unique_ptr<DecodeService> m_service;
    QTemporaryDir m_folder;

    std::string written(const std::string &bytes)
    {
        const QString path = m_folder.filePath(QString::fromUtf8(QTest::currentTestFunction()));
        QFile file(path);
        const bool done = file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
                          file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size());
        return done ? path.toStdString() : std::string();
    }

    /// The first error on the way to the pixels of frame 0.
    base::Status show(const std::string &path)
    {
        TRY(const auto file, m_service->readDataSet(path, Purpose::Visible));
        TRY(const auto format, dicom::ImageFormat::of(file.dataSet));
        // Not zeroed: hundreds of megabytes of that would be timed with the refusal.
        const auto pixels = std::make_unique_for_overwrite<std::byte[]>(format.decodedFrameBytes());
        TRY_DO(m_service->decodeFrame(path, file, format, 0, {pixels.get(), format.decodedFrameBytes()},
                                      Purpose::Visible));
        return {};
    }

    void refused(const std::string &bytes, std::initializer_list<ErrorCode> codes)
    {
        const std::string path = written(bytes);
        QElapsedTimer timer;
        timer.start();
        const auto status = show(path);
        const qint64 took = timer.elapsed();
        QVERIFY(!status);
        QVERIFY2(std::find(codes.begin(), codes.end(), status.error().code()) != codes.end(),
                 status.error().describe().c_str());
        QVERIFY2(took < kRefusedWithinMs, std::to_string(took).c_str());
        QCOMPARE(m_service->statistics().deaths + m_service->statistics().timeouts, 0U);
    }

private Q_SLOTS:
    void initTestCase()
    {
        DecodeService::Options options;
        options.workerProgram = NEGATOSCOPE_WORKER;
        options.workers = 1;
        auto service = DecodeService::start(options);
        QVERIFY(service);
        m_service = std::move(*service);
    }

    void imageOf65535Squared()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit).image(65535, 65535, 16).element(0x7fe00010, "OW", "abcd");
        refused(dicom.bytes(), {ErrorCode::LimitExceeded});
    }

    void twoThousandMillionFrames()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit).image(64, 64, 16, "2147483648").element(0x7fe00010, "OW", "abcd");
        refused(dicom.bytes(), {ErrorCode::LimitExceeded});
    }

    void compressedFrameOfAnotherSize()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.4.90").image(64, 64, 8).encapsulated(hugeTiles(60000, 60000));
        refused(dicom.bytes(), {ErrorCode::CorruptPixelData});
    }

    void jpeg2000WithHugeTiles()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.4.90").image(16000, 16000, 8).encapsulated(hugeTiles(16000, 16000));
        refused(dicom.bytes(), {ErrorCode::CorruptPixelData, ErrorCode::LimitExceeded});
    }

    void deflatedZeros()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.1.99").raw(deflated(std::string(512 << 20, '\0')));
        refused(dicom.bytes(), {ErrorCode::LimitExceeded});
    }

    void deflatedFrameOfZeros()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.8.1")
            .image(64, 64, 8)
            .encapsulated(deflated(std::string(512 << 20, '\0')));
        refused(dicom.bytes(), {ErrorCode::LimitExceeded, ErrorCode::CorruptPixelData});
    }

    void nesting_data()
    {
        QTest::addColumn<unsigned>("depth");
        for (const unsigned depth : {65U, 1'000U, 10'000U, 1'000'000U})
            QTest::addRow("%u", depth) << depth;
    }
    void nesting()
    {
        QFETCH(unsigned, depth);
        refused(nested(depth), {ErrorCode::LimitExceeded});
    }

    void nestingAtTheLimitIsRead() { QVERIFY(show(written(nested(64)))); }

    void tenMillionItems()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit).header(0x00081140, "SQ", 80'000'000);
        std::string items;
        DicomBytes item;
        item.item(0);
        items.reserve(80'000'000);
        for (int i = 0; i < 10'000'000; ++i)
            items += item.bytes();
        dicom.raw(items);
        refused(dicom.bytes(), {ErrorCode::LimitExceeded});
    }

    void rleThatExpandsForEver()
    {
        std::string rle(64, '\0');
        rle[0] = 1;
        rle[4] = 64;
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.5").image(64, 64, 8).encapsulated(rle + std::string(1 << 20, '\x81'));
        const std::string path = written(dicom.bytes());
        QVERIFY(show(path)); // runs of 128 bytes fill the frame exactly; the rest is not read
    }
};

QTEST_APPLESS_MAIN(tst_Bombs)
#include "tst_Bombs.moc"
