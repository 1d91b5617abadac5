#include "TestPictures.h"

#include <imaging/ColourTable.h>

#include <QtCore/QCryptographicHash>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::imaging;

/// The palettes as PS3.6 Annex B publishes them. The digests are of red, green, blue for each of the 256
/// entries, as other software reads them from the standard's Color Palette objects.
class tst_ColourTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheStandard_data();
    void equalsTheStandard();
    void greyIsGrey();
    void coloursGreyPicturesOnly();
    void coloursAfterWindowAndInversion();
    void coloursFloatingPointPicturesAlike();
};

void tst_ColourTable::equalsTheStandard_data()
{
    QTest::addColumn<ColourTable>("table");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("digest");
    const auto row = [](ColourTable table, const char *name, const char *digest) {
        QTest::newRow(name) << table << QString::fromLatin1(name) << QString::fromLatin1(digest);
    };
    row(ColourTable::HotIron, "HOT_IRON", "8bba464199e149c18cf501e8174289abf693e5af4a7db4c1602ad48dd4338dda");
    row(ColourTable::Pet, "PET", "bc03f513531e405c3535f0e0d42ab86fb4d7df84fc02f2cd96e75c364b460145");
    row(ColourTable::HotMetalBlue, "HOT_METAL_BLUE",
        "a421277b84abae409188b25c2fba742ad459dc30356a4aebd37ceb33a94718f9");
    row(ColourTable::Pet20Step, "PET_20_STEP",
        "6f4f77ec9646ab6c536f1abe9e755ab548dfd0a4e71c4bfe130be2bd355c54ac");
    row(ColourTable::Spring, "SPRING", "1936eccfa8b7e627543a378f2070b8552225e00dcc796baec58f747de1fbba69");
    row(ColourTable::Summer, "SUMMER", "645c151a04c5754b036900803eb824a42326a2b4a240f3795a29294e62cefa41");
    row(ColourTable::Fall, "FALL", "3b967a693980920ac26b92a9f59d43f2f60e54f434a8ccc23e47047c982ef5ac");
    row(ColourTable::Winter, "WINTER", "6c86dcf2f39314221ed176067825b02029deab5f4c57b1677d8dfd756633019f");
}

void tst_ColourTable::equalsTheStandard()
{
    QFETCH(ColourTable, table);
    QFETCH(QString, name);
    QFETCH(QString, digest);
    QByteArray bytes;
    for (const std::uint32_t entry : entriesOf(table)) {
        QCOMPARE(entry >> 24, 0xffU);
        for (const int shift : {16, 8, 0})
            bytes.append(static_cast<char>(entry >> shift & 0xffU));
    }
    QCOMPARE(QString::fromLatin1(nameOf(table).data()), name);
    QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()),
             digest);
}

void tst_ColourTable::greyIsGrey()
{
    for (std::size_t i = 0; i < 256; ++i)
        QCOMPARE(entriesOf(ColourTable::Grey)[i], testing::grey(static_cast<int>(i)));
}

void tst_ColourTable::coloursGreyPicturesOnly()
{
    RenderSettings settings = testing::asStored();
    settings.colourTable = ColourTable::HotIron;
    const auto picture = testing::pictureOf<std::uint8_t>(4, 1, {0, 64, 128, 255});
    const std::vector<std::uint32_t> expected{0xff000000, 0xff800000, 0xffff0000, 0xffffffff};
    QCOMPARE(testing::draw(picture, {4, 1}, {}, settings), expected);
    const auto colour =
        testing::pictureOf(testing::formatOf<std::uint8_t>(1, 1, 3), std::vector<std::uint8_t>{10, 20, 30});
    QCOMPARE(testing::draw(colour, {1, 1}, {}, settings), std::vector<std::uint32_t>{0xff0a141e});
}

void tst_ColourTable::coloursAfterWindowAndInversion()
{
    RenderSettings settings;
    settings.window = Window{50, 100, VoiFunction::LinearExact};
    settings.interpolation = Interpolation::Nearest;
    settings.colourTable = ColourTable::Pet20Step;
    for (const bool inverted : {false, true}) {
        settings.inverted = inverted;
        for (int value = 0; value < 256; value += 5) {
            const auto picture = testing::pictureOf<std::uint16_t>(1, 1, {static_cast<std::uint16_t>(value)});
            const std::uint8_t grey = displayValue(*picture, settings, value);
            QCOMPARE(testing::draw(picture, {1, 1}, {}, settings).front(),
                     entriesOf(ColourTable::Pet20Step)[grey]);
        }
    }
}

void tst_ColourTable::coloursFloatingPointPicturesAlike()
{
    RenderSettings settings;
    settings.window = Window{0.5, 1, VoiFunction::LinearExact};
    settings.interpolation = Interpolation::Nearest;
    settings.colourTable = ColourTable::HotMetalBlue;
    const auto picture = testing::pictureOf<float>(3, 1, {0.0F, 0.5F, 1.0F});
    const auto pixels = testing::draw(picture, {3, 1}, {}, settings);
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(pixels[i],
                 entriesOf(ColourTable::HotMetalBlue)[displayValue(*picture, settings, 0.5 * double(i))]);
}

QTEST_GUILESS_MAIN(tst_ColourTable)
#include "tst_ColourTable.moc"
