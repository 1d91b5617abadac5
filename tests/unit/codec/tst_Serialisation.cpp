#include "Serialisation.h"

#include <QtTest>

#include <random>

using namespace negatoscope;
using namespace negatoscope::codec;

namespace {

dicom::ParsedFile sample()
{
    dicom::ParsedFile file;
    file.transferSyntax = dicom::TransferSyntax::of("1.2.840.10008.1.2.5");
    file.pixelData = {dicom::tags::PixelData, true, false, 1234, 99, 0};
    file.truncated = true;
    file.dataSet.setText(dicom::tags::Modality, "CS", "CT");
    file.dataSet.setUnsignedShort(dicom::tags::Rows, 512);
    dicom::DataSet item;
    item.setText(dicom::tags::SeriesDescription, "LO", "Thorax ü");
    file.dataSet.insert({dicom::tags::PixelMeasuresSequence, {{'S', 'Q'}}, false, 0, {}, {item, {}, item}});
    file.dataSet.insert({dicom::tags::PixelData, {{'O', 'B'}}, true, 99, {}, {}});
    return file;
}

std::string written(const dicom::ParsedFile &file)
{
    Writer writer;
    write(writer, file);
    return std::move(writer.bytes());
}

} // namespace

class tst_Serialisation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsADataSetThrough()
    {
        const std::string bytes = written(sample());
        Reader reader(bytes);
        const auto file = readParsedFile(reader, {});
        QVERIFY(file);
        QCOMPARE(reader.left(), 0U);
        QCOMPARE(file->transferSyntax.coding, dicom::PixelCoding::Rle);
        QCOMPARE(file->pixelData.offset, 1234U);
        QVERIFY(file->pixelData.encapsulated && file->truncated);
        QCOMPARE(file->dataSet.items(dicom::tags::PixelMeasuresSequence).size(), 3U);
        QCOMPARE(file->dataSet.integer(dicom::tags::Rows), std::int64_t(512));
        QVERIFY(file->dataSet.find(dicom::tags::PixelData)->valueOmitted);
        QCOMPARE(written(*file), bytes);
    }

    void refusesEveryCut()
    {
        const std::string bytes = written(sample());
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            Reader reader(std::string_view(bytes).substr(0, size));
            QVERIFY(!readParsedFile(reader, {}));
        }
    }

    void survivesAnyChange()
    {
        const std::string bytes = written(sample());
        const unsigned seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        unsigned changed = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string broken = bytes;
            for (int i = 0; i < 3; ++i)
                broken[random() % broken.size()] = static_cast<char>(random());
            Reader reader(broken);
            (void)readParsedFile(reader, {});
            changed += broken != bytes ? 1 : 0;
        }
        QVERIFY(changed > 0);
    }

    void readsManyElementsInDescendingOrder()
    {
        // Takes minutes, and with them the test's time, if every element moves those read before.
        constexpr std::uint32_t kElements = 400'000;
        Writer writer;
        const std::size_t countAt =
            writeHead(writer, dicom::TransferSyntax::of("1.2.840.10008.1.2.1"), {}, false);
        for (std::uint32_t key = kElements; key > 0; --key)
            write(writer, {dicom::tagOf(key), {{'L', 'O'}}, false, 1, key == 1 ? "old" : "x", {}});
        write(writer, {dicom::tagOf(1), {{'L', 'O'}}, false, 1, "new", {}});
        writer.replace(countAt, kElements + 1);
        Reader reader(writer.bytes());
        const auto file = readParsedFile(reader, {});
        QVERIFY(file);
        QCOMPARE(file->dataSet.elements().size(), std::size_t(kElements));
        QCOMPARE(file->dataSet.text(dicom::tagOf(1)), std::string("new"));
    }

    void refusesNestingAndItemsOverTheLimits()
    {
        Limits limits;
        limits.nesting = 0;
        const std::string bytes = written(sample());
        Reader deep(bytes);
        QVERIFY(!readParsedFile(deep, limits));
        limits = {};
        limits.items = 2;
        Reader many(bytes);
        QVERIFY(!readParsedFile(many, limits));
    }

    void cutsAndCleansErrorTexts()
    {
        Writer writer;
        write(writer, base::Error(base::ErrorCode::Malformed, "a\n\x1b[31m" + std::string(5000, 'x')));
        Reader reader(writer.bytes());
        const base::Error error = readError(reader);
        QCOMPARE(error.code(), base::ErrorCode::Malformed);
        QVERIFY(error.text().size() <= 300);
        QVERIFY(error.text().find('\x1b') == std::string::npos &&
                error.text().find('\n') == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(tst_Serialisation)
#include "tst_Serialisation.moc"
