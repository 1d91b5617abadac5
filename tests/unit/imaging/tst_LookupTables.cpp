#include "DataSetBuilder.h"
#include "TestPictures.h"

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::imaging;
using namespace negatoscope::imaging::testing;
namespace tags = negatoscope::dicom::tags;
using dicom::DataSet;
using support::setBytes;
using support::setItems;
using support::setNumbers;

using Words = std::vector<std::uint16_t>;

namespace {

DataSet lutItem(const Words &descriptor, const Words &data, const char (&vr)[3] = "US")
{
    DataSet item;
    setNumbers(item, tags::LutDescriptor, vr, descriptor);
    setNumbers(item, tags::LutData, "OW", data);
    return item;
}

std::optional<Lut> modalityLut(const DataSet &item, bool isSigned = false)
{
    DataSet dataSet;
    setItems(dataSet, tags::ModalityLutSequence, {item});
    auto format = formatOf<std::uint16_t>(1, 1);
    format.isSigned = isSigned;
    const auto attributes = DisplayAttributes::of(dataSet, format, 0);
    // A damaged table is a problem, a good one is none.
    if (attributes.modalityLut.has_value() == !attributes.problems.empty())
        return Lut{-1, 99, {}, "problems and table contradict each other"};
    return attributes.modalityLut;
}

struct PaletteData
{
    Words descriptor, data;
    bool segmented = false;
};

std::optional<Palette> palette(const PaletteData &one, bool isSigned = false)
{
    DataSet dataSet;
    for (const auto tag :
         {tags::RedPaletteDescriptor, tags::GreenPaletteDescriptor, tags::BluePaletteDescriptor})
        setNumbers(dataSet, tag, "US", one.descriptor);
    if (one.segmented)
        for (const auto tag :
             {tags::SegmentedRedPaletteData, tags::SegmentedGreenPaletteData, tags::SegmentedBluePaletteData})
            setNumbers(dataSet, tag, "OW", one.data);
    else
        for (const auto tag : {tags::RedPaletteData, tags::GreenPaletteData, tags::BluePaletteData})
            setNumbers(dataSet, tag, "OW", one.data);
    auto format = formatOf<std::uint16_t>(1, 1);
    format.photometric = dicom::Photometric::PaletteColor;
    format.isSigned = isSigned;
    return DisplayAttributes::of(dataSet, format, 0).palette;
}

/// The red entries of a segmented 16-bit palette; empty if it is refused.
Words segments(std::uint16_t entries, const Words &data, std::uint16_t bits = 16)
{
    const auto made = palette({{entries, 0, bits}, data, true});
    Words red;
    if (made)
        for (const auto &entry : made->entries)
            red.push_back(entry[0]);
    return red;
}

} // namespace

class tst_LookupTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDescriptorQuirks();
    void refusesDamagedLuts_data();
    void refusesDamagedLuts();
    void appliesModalityLutBeforeTheWindow();
    void readsVoiLuts();
    void readsPalettes();
    void refusesUnequalPalettes();
    void colourPicturesThroughPalettes();
    void expandsSegments();
    void expandsSegmentsOfBytes();
    void refusesHostileSegments_data();
    void refusesHostileSegments();
};

void tst_LookupTables::readsDescriptorQuirks()
{
    QCOMPARE(modalityLut(lutItem({3, 5, 12}, {1, 2, 3}))->entries, (Words{1, 2, 3}));
    QCOMPARE(modalityLut(lutItem({3, 5, 12}, {1, 2, 3}))->first, 5);
    // 0 entries are 65,536.
    QCOMPARE(modalityLut(lutItem({0, 0, 16}, Words(65536, 7)))->entries.size(), std::size_t(65536));
    // The first input is signed with signed pixels, or if its VR says so.
    QCOMPARE(modalityLut(lutItem({1, 0xfff6, 16}, {9}), false)->first, 65526);
    QCOMPARE(modalityLut(lutItem({1, 0xfff6, 16}, {9}), true)->first, -10);
    QCOMPARE(modalityLut(lutItem({1, 0xfff6, 16}, {9}, "SS"), false)->first, -10);
    QCOMPARE(modalityLut(lutItem({40000, 0, 16}, Words(40000, 1), "SS"))->entries.size(), std::size_t(40000));
    // 8-bit entries, two to a word, the first one low; an odd count is padded.
    QCOMPARE(modalityLut(lutItem({3, 0, 8}, {0x0201, 0x0003}))->entries, (Words{1, 2, 3}));
    QCOMPARE(modalityLut(lutItem({3, 0, 8}, {1, 2, 3}))->entries, (Words{1, 2, 3}));
}

void tst_LookupTables::refusesDamagedLuts_data()
{
    QTest::addColumn<QList<int>>("descriptor");
    QTest::addColumn<int>("words");
    QTest::newRow("too little data") << QList<int>{4, 0, 16} << 3;
    QTest::newRow("65,536 entries, none there") << QList<int>{0, 0, 16} << 0;
    QTest::newRow("0 bits") << QList<int>{1, 0, 0} << 1;
    QTest::newRow("33 bits") << QList<int>{1, 0, 33} << 1;
    QTest::newRow("descriptor of two values") << QList<int>{1, 0} << 1;
    QTest::newRow("no descriptor") << QList<int>{} << 1;
}

void tst_LookupTables::refusesDamagedLuts()
{
    QFETCH(QList<int>, descriptor);
    QFETCH(int, words);
    Words numbers;
    for (const int number : descriptor)
        numbers.push_back(static_cast<std::uint16_t>(number));
    QVERIFY(!modalityLut(lutItem(numbers, Words(static_cast<std::size_t>(words), 1))));
}

void tst_LookupTables::appliesModalityLutBeforeTheWindow()
{
    DisplayAttributes attributes;
    attributes.modalityLut = Lut{10, 16, {1000, 0, 60000}, {}};
    attributes.rescaleSlope = 5; // the table wins
    const auto picture = pictureOf<std::uint8_t>(5, 1, {0, 10, 11, 12, 255}, attributes);
    QCOMPARE(picture->valueAt(0, 0).value(), 1000.0);
    QCOMPARE(picture->valueAt(2, 0).value(), 0.0);
    QCOMPARE(picture->valueAt(4, 0).value(), 60000.0);
    QCOMPARE(picture->valueRange().high, 60000.0);
    // Interpolation happens between modality values: half of 0 and 60000, not what 11.5 would give.
    RenderSettings settings;
    settings.window = Window{30000, 60000, VoiFunction::LinearExact};
    const auto pixels =
        draw(pictureOf<std::uint8_t>(2, 2, {11, 12, 12, 11}, attributes), {1, 1}, {}, settings);
    QCOMPARE(pixels, greys({128}));
    // Padding is told by stored values.
    attributes.paddingLow = attributes.paddingHigh = 12;
    QVERIFY(!pictureOf<std::uint8_t>(2, 1, {11, 12}, attributes)->valueAt(1, 0));
}

void tst_LookupTables::readsVoiLuts()
{
    DataSet item = lutItem({2, 0xffff, 12}, {0, 4095});
    item.setText(tags::LutExplanation, "LO", "NORMAL");
    DataSet dataSet;
    setItems(dataSet, tags::VoiLutSequence, {item, lutItem({9, 0, 12}, {1})});
    dataSet.setText(tags::WindowCenter, "DS", "1");
    dataSet.setText(tags::WindowWidth, "DS", "2");
    const auto of = [&](std::string_view intercept) {
        dataSet.setText(tags::RescaleIntercept, "DS", intercept);
        return DisplayAttributes::of(dataSet, formatOf<std::uint16_t>(1, 1), 0);
    };
    const auto attributes = of("0");
    QCOMPARE(attributes.choices.size(), std::size_t(2)); // the window, the good table
    QCOMPARE(attributes.choices[1].explanation, std::string("NORMAL"));
    QCOMPARE(attributes.choices[1].lut->first, 65535);
    QCOMPARE(attributes.problems.size(), std::size_t(1));
    // After a negative intercept its input may be negative.
    QCOMPARE(of("-1024").choices[1].lut->first, -1);
}

void tst_LookupTables::readsPalettes()
{
    const auto words = palette({{2, 0xfffe, 16}, {0x1234, 0xffff}}, true);
    QCOMPARE(words->first, -2);
    QCOMPARE(words->entries[0][1], std::uint16_t(0x1234));
    const auto bytes = palette({{4, 0, 8}, {0x8000, 0xff01}});
    QCOMPARE(bytes->entries[1][0], std::uint16_t(0x8080));
    QCOMPARE(bytes->entries[3][2], std::uint16_t(0xffff));
    // 16 bits announced, 8 used.
    QCOMPARE(palette({{2, 0, 16}, {0, 255}})->entries[1][0], std::uint16_t(0xffff));
}

void tst_LookupTables::refusesUnequalPalettes()
{
    DataSet dataSet;
    setNumbers(dataSet, tags::RedPaletteDescriptor, "US", Words{2, 0, 16});
    setNumbers(dataSet, tags::GreenPaletteDescriptor, "US", Words{3, 0, 16});
    setNumbers(dataSet, tags::BluePaletteDescriptor, "US", Words{2, 0, 16});
    for (const auto tag : {tags::RedPaletteData, tags::GreenPaletteData, tags::BluePaletteData})
        setNumbers(dataSet, tag, "OW", Words{1, 2, 3});
    auto format = formatOf<std::uint8_t>(1, 1);
    format.photometric = dicom::Photometric::PaletteColor;
    const auto attributes = DisplayAttributes::of(dataSet, format, 0);
    QVERIFY(!attributes.palette);
    QCOMPARE(attributes.problems.size(), std::size_t(1));
    QVERIFY(!pictureOf(format, std::vector<std::uint8_t>{3}, attributes)->isColour());
}

void tst_LookupTables::colourPicturesThroughPalettes()
{
    DisplayAttributes attributes;
    attributes.palette = Palette{-1, {{0x1000, 0x2000, 0x30ff}, {0xffff, 0, 0x8000}}};
    auto format = formatOf<std::int8_t>(4, 1);
    format.photometric = dicom::Photometric::PaletteColor;
    const auto picture = pictureOf(format, std::vector<std::int8_t>{-128, -1, 0, 127}, attributes);
    QVERIFY(picture->isColour());
    QCOMPARE(picture->colourAt(0, 0).value(), 0x102030U);
    QCOMPARE(picture->colourAt(1, 0).value(), 0x102030U);
    QCOMPARE(picture->colourAt(2, 0).value(), 0xff0080U);
    QCOMPARE(picture->colourAt(3, 0).value(), 0xff0080U);
}

void tst_LookupTables::expandsSegments()
{
    // Discrete 1000, 2000; linear in 4 steps to 4000.
    QCOMPARE(segments(6, {0, 2, 1000, 2000, 1, 4, 4000}), (Words{1000, 2000, 2500, 3000, 3500, 4000}));
    // Downwards, rounded half up: 1000 - 10/3, - 20/3, - 10; and 0 -> 1 in two steps.
    QCOMPARE(segments(4, {0, 1, 1000, 1, 3, 990}), (Words{1000, 997, 993, 990}));
    QCOMPARE(segments(3, {0, 1, 1000, 1, 2, 1001}), (Words{1000, 1001, 1001}));
    // Indirect: two segments from byte 0 once more; the linear one starts from the entry before it.
    QCOMPARE(segments(6, {0, 1, 1000, 1, 2, 2000, 2, 2, 0, 0}), (Words{1000, 1500, 2000, 1000, 1500, 2000}));
}

void tst_LookupTables::expandsSegmentsOfBytes()
{
    // Discrete 10, 20; linear in 2 steps to 40; indirect: one segment at byte 4 (32-bit offset in 4 bytes).
    const Words packed{0x0200, 0x140a, 0x0201, 0x0228, 0x0401, 0x0000, 0x0000};
    // 00 02 0a 14 | 01 02 28 | 02 01 04 00 00 00
    QCOMPARE(segments(6, packed, 8), (Words{10 * 257, 20 * 257, 30 * 257, 40 * 257, 40 * 257, 40 * 257}));
}

void tst_LookupTables::refusesHostileSegments_data()
{
    QTest::addColumn<QList<int>>("data");
    QTest::newRow("nothing") << QList<int>{};
    QTest::newRow("too few entries") << QList<int>{0, 1, 5};
    QTest::newRow("more than announced") << QList<int>{0, 3, 5, 6, 7, 1, 60000, 9};
    QTest::newRow("discrete beyond the data") << QList<int>{0, 65535, 1};
    QTest::newRow("linear first") << QList<int>{1, 4, 9};
    QTest::newRow("linear without value") << QList<int>{0, 1, 5, 1, 3};
    QTest::newRow("unknown code") << QList<int>{0, 1, 5, 3, 1, 5};
    QTest::newRow("jump to itself") << QList<int>{0, 1, 5, 2, 1, 6, 0};
    QTest::newRow("jump beyond the data") << QList<int>{0, 1, 5, 2, 1, 0xffff, 0xffff};
    QTest::newRow("jump to an odd byte") << QList<int>{0, 1, 5, 2, 1, 1, 0};
    QTest::newRow("jump without offset") << QList<int>{0, 1, 5, 2, 1, 0};
    QTest::newRow("endless empty segments") << QList<int>{0, 0, 2, 65535, 0, 0};
}

void tst_LookupTables::refusesHostileSegments()
{
    QFETCH(QList<int>, data);
    Words words;
    for (const int word : data)
        words.push_back(static_cast<std::uint16_t>(word));
    QVERIFY(segments(4, words).empty());
}

QTEST_APPLESS_MAIN(tst_LookupTables)
#include "tst_LookupTables.moc"
