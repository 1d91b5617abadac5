#include "Inflate.h"
#include "PreScan.h"

#include <codec/DecodeService.h>

#include <DicomBytes.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <numeric>

#include <zlib.h>

using namespace negatoscope;
using namespace negatoscope::codec;
using base::ErrorCode;
using test::DicomBytes;

namespace {

std::span<const std::uint8_t> bytesOf(const std::string &text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

base::Result<Scan> scan(const std::string &bytes, const Limits &limits)
{
    return preScan(MemorySource(bytesOf(bytes)), {}, true, limits);
}

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

/// A ZIP of members without compression, all of `size` bytes.
std::string zipOf(unsigned members, std::size_t size)
{
    const std::string content(size, 'z');
    const auto sum = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef *>(content.data()), static_cast<uInt>(size)));
    DicomBytes files, directory;
    for (unsigned i = 0; i < members; ++i) {
        const std::string name(1, static_cast<char>('a' + i));
        const auto at = static_cast<std::uint32_t>(files.bytes().size());
        const auto length = static_cast<std::uint32_t>(size);
        files.raw(std::string("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0", 14)).u32(sum).u32(length).u32(length);
        files.u16(1).u16(0).raw(name).raw(content);
        directory.raw(std::string("PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0", 16))
            .u32(sum)
            .u32(length)
            .u32(length);
        directory.u16(1).u16(0).u16(0).u16(0).u16(0).u32(0).u32(at).raw(name);
    }
    DicomBytes end;
    end.raw(std::string("PK\x05\x06\0\0\0\0", 8)).u16(members).u16(members);
    end.u32(static_cast<std::uint32_t>(directory.bytes().size()));
    end.u32(static_cast<std::uint32_t>(files.bytes().size())).u16(0);
    return files.bytes() + directory.bytes() + end.bytes();
}

/// An RLE frame of zeros, in pairs of a run of 128.
std::string rleZeros(std::size_t samples, unsigned bytesPerSample)
{
    std::string segment;
    for (std::size_t i = 0; i < samples / 128; ++i)
        segment += std::string("\x81\0", 2);
    DicomBytes frame;
    frame.u32(bytesPerSample);
    for (unsigned i = 0; i < 15; ++i)
        frame.u32(i < bytesPerSample ? static_cast<std::uint32_t>(64 + i * segment.size()) : 0);
    std::string bytes = frame.bytes();
    for (unsigned i = 0; i < bytesPerSample; ++i)
        bytes += segment;
    return bytes;
}

} // namespace

/// Every limit of codec/Limits.h, at the limit and one beyond it (docs/safety.md S14). Nesting and items:
/// tst_PreScan; the decoded frame: tst_ImageFormat; the time of a request: tst_WorkerFaults.
class tst_Limits : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string written(const std::string &bytes)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())));
        const bool done = file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
                          file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size());
        return done ? file.fileName().toStdString() : std::string();
    }

    static std::unique_ptr<DecodeService> service(const Limits &limits)
    {
        auto started = DecodeService::start({NEGATOSCOPE_WORKER, 1, limits});
        return started ? *std::move(started) : nullptr;
    }

    static base::Status show(DecodeService &decoder, const std::string &path)
    {
        TRY(const auto file, decoder.readDataSet(path, Purpose::Visible));
        TRY(const auto format, dicom::ImageFormat::of(file.dataSet));
        std::vector<std::byte> pixels(format.decodedFrameBytes());
        TRY_DO(decoder.decodeFrame(path, file, format, 0, pixels, Purpose::Visible));
        return {};
    }

private Q_SLOTS:
    void valueBytes()
    {
        Limits limits;
        limits.valueBytes = 100;
        for (const std::size_t length : {100U, 101U}) {
            DicomBytes dicom;
            dicom.meta(test::kExplicit).element(0x00420011, "OB", std::string(length, 'x'));
            const auto found = scan(dicom.bytes(), limits);
            QVERIFY(found);
            QCOMPARE(found->omitted.size(), length == 100 ? 0U : 1U);
        }
    }

    void dataSetBytes()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit).image(1, 1, 8).element(0x00104000, "LT", std::string(1000, 'x'));
        const std::string path = written(dicom.bytes());
        const auto whole = scan(dicom.bytes(), {});
        QVERIFY(whole);
        const auto total = std::accumulate(
            whole->wholesome.begin(), whole->wholesome.end(), std::uint64_t(0),
            [](std::uint64_t sum, const ByteRange &range) { return sum + range.end - range.begin; });
        for (const bool fits : {true, false}) {
            Limits limits;
            limits.dataSetBytes = fits ? total : total - 1;
            const auto decoder = service(limits);
            QVERIFY(decoder);
            const auto file = decoder->readDataSet(path, Purpose::Visible);
            QCOMPARE(file.has_value(), fits);
            if (!fits)
                QCOMPARE(file.error().code(), ErrorCode::LimitExceeded);
        }
    }

    void fragments()
    {
        Limits limits;
        limits.items = 10;
        for (const unsigned count : {10U, 11U}) {
            DicomBytes dicom;
            dicom.meta("1.2.840.10008.1.2.5").image(1, 1, 8).header(0x7fe00010, "OB", 0xffffffffU).item(0);
            for (unsigned i = 0; i < count; ++i)
                dicom.item(2).raw("ab");
            dicom.endSequence();
            const auto found = scan(dicom.bytes(), limits);
            QCOMPARE(found.has_value(), count == 10);
            if (!found)
                QCOMPARE(found.error().code(), ErrorCode::LimitExceeded);
        }
    }

    void frameBytes()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.5").image(64, 64, 8).encapsulated(rleZeros(64 * 64, 1));
        const std::string path = written(dicom.bytes());
        for (const bool fits : {true, false}) {
            Limits limits;
            limits.frameBytes = fits ? 64 * 64 : 64 * 64 - 1;
            const auto decoder = service(limits);
            QVERIFY(decoder);
            const auto shown = show(*decoder, path);
            QVERIFY2(shown.has_value() == fits, shown ? "decoded" : shown.error().describe().c_str());
            if (!fits)
                QCOMPARE(shown.error().code(), ErrorCode::LimitExceeded);
        }
    }

    void inflatedBytes()
    {
        const std::string small = deflated("twelve bytes");
        for (const std::uint64_t maximum : {12U, 11U}) {
            const auto inflated = inflateRest(MemorySource(bytesOf(small)), 0, maximum, {});
            QCOMPARE(inflated.has_value(), maximum == 12);
            if (!inflated)
                QCOMPARE(inflated.error().code(), ErrorCode::LimitExceeded);
        }
        const std::string zip = written(zipOf(1, 4000));
        for (const std::uint64_t maximum : {4000U, 3999U}) {
            Limits limits;
            limits.inflatedBytes = maximum;
            const auto decoder = service(limits);
            QVERIFY(decoder);
            QFile out(m_folder.filePath(QStringLiteral("member")));
            QVERIFY(out.open(QIODevice::ReadWrite | QIODevice::Truncate));
            const auto extracted = decoder->extractEntry(zip, 0, out.handle());
            QCOMPARE(extracted.has_value(), maximum == 4000);
            if (!extracted)
                QCOMPARE(extracted.error().code(), ErrorCode::LimitExceeded);
        }
    }

    void expansion()
    {
        // 16 MB of zeros in about a thousandth of that: what is allowed must be found between just below and
        // just above what it is.
        constexpr std::uint64_t kBytes = 16 << 20;
        const std::string bomb = deflated(std::string(kBytes, '\0'));
        const auto inflates = [&](std::uint32_t times) {
            Limits limits;
            limits.expansion = times;
            return inflateRest(MemorySource(bytesOf(bomb)), 0, kBytes, limits).has_value();
        };
        const auto times = static_cast<std::uint32_t>(kBytes / bomb.size());
        QVERIFY(times > 900);
        QVERIFY(inflates(times + times / 20));
        QVERIFY(!inflates(times - 1));
        QVERIFY(!inflates(Limits().expansion));
        // A megabyte may come of anything.
        const std::string free = deflated(std::string(1 << 20, '\0'));
        QVERIFY(inflateRest(MemorySource(bytesOf(free)), 0, kBytes, {}).has_value());
    }

    void archiveEntries()
    {
        Limits limits;
        limits.archiveEntries = 3;
        const auto decoder = service(limits);
        QVERIFY(decoder);
        for (const unsigned members : {3U, 4U}) {
            const auto entries = decoder->listArchive(written(zipOf(members, 10)));
            QCOMPARE(entries.has_value(), members == 3);
            if (entries)
                QCOMPARE(entries->size(), 3U);
            else
                QCOMPARE(entries.error().code(), ErrorCode::LimitExceeded);
        }
    }

    void workerMemoryBytes()
    {
#ifdef NEGATOSCOPE_SANITIZED
        QSKIP("a sanitizer's shadow memory knows no limit");
#endif
        DicomBytes large;
        large.meta("1.2.840.10008.1.2.5").image(4096, 4096, 16).encapsulated(rleZeros(4096 * 4096, 2));
        const std::string path = written(large.bytes());
        for (const bool fits : {true, false}) {
            Limits limits;
            limits.workerMemoryBytes = fits ? 512ULL << 20 : 16ULL << 20;
            const auto decoder = service(limits);
            QVERIFY(decoder);
            const auto shown = show(*decoder, path);
            QVERIFY2(shown.has_value() == fits, shown ? "decoded" : shown.error().describe().c_str());
            if (!fits)
                QCOMPARE(shown.error().code(), ErrorCode::LimitExceeded);
        }
    }

    void startTime()
    {
        QFile silent(m_folder.filePath(QStringLiteral("silent")));
        QVERIFY(silent.open(QIODevice::WriteOnly) && silent.write("#!/bin/sh\nexec sleep 60\n") > 0);
        QVERIFY(silent.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        silent.close();
        Limits limits;
        limits.startTime = std::chrono::milliseconds(300);
        QElapsedTimer timer;
        timer.start();
        const auto started = DecodeService::start({silent.fileName().toStdString(), 1, limits});
        QVERIFY(!started);
        QCOMPARE(started.error().code(), ErrorCode::WorkerUnavailable);
        QVERIFY2(timer.elapsed() >= 290 && timer.elapsed() < 5000,
                 qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_APPLESS_MAIN(tst_Limits)
#include "tst_Limits.moc"
