#include "DataSetBuilder.h"

#include <imaging/OverlayDrawing.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::imaging;
namespace tags = negatoscope::dicom::tags;
using dicom::DataSet;
using support::setBytes;
using support::setNumbers;

using Bits = std::vector<std::uint8_t>;

namespace {

DataSet overlay(std::uint16_t group, int rows, int columns, std::string bytes)
{
    DataSet dataSet;
    dataSet.setUnsignedShort(tags::overlay(group, tags::OverlayRows), static_cast<std::uint16_t>(rows));
    dataSet.setUnsignedShort(tags::overlay(group, tags::OverlayColumns), static_cast<std::uint16_t>(columns));
    setBytes(dataSet, tags::overlay(group, tags::OverlayData), "OW", std::move(bytes));
    return dataSet;
}

QString drawn(const Overlay &one, Size image, Size view, const ViewSettings &settings)
{
    std::vector<std::uint32_t> pixels(std::size_t(view.width) * std::size_t(view.height));
    drawOverlay(one, ViewTransform(image, {}, view, settings), 0xffffffff, pixels.data(),
                std::size_t(view.width));
    QString result;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        if (i > 0 && i % std::size_t(view.width) == 0)
            result += QLatin1Char(' ');
        result += pixels[i] ? QLatin1Char('#') : QLatin1Char('.');
    }
    return result;
}

} // namespace

class tst_Overlays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unpacksBitsFromTheLowestOn();
    void readsOriginTypeAndLabel();
    void givesEachFrameItsPlane();
    void takesEmbeddedOnes();
    void leavesUnusableOnesOut_data();
    void leavesUnusableOnesOut();
    void drawsThroughTheSameTransform();
    void keepsThinLinesWhenReducing();
    void drawsNothingOutside();
};

void tst_Overlays::unpacksBitsFromTheLowestOn()
{
    const auto overlays = overlaysOf(overlay(0x6004, 2, 5, "\x15\x03"), 0, {});
    QCOMPARE(overlays.size(), std::size_t(1));
    QCOMPARE(overlays[0].group, std::uint16_t(0x6004));
    QCOMPARE(overlays[0].bits, (Bits{1, 0, 1, 0, 1, 0, 0, 0, 1, 1}));
}

void tst_Overlays::readsOriginTypeAndLabel()
{
    DataSet dataSet = overlay(0x6000, 1, 1, std::string("\x01\x00", 2));
    setNumbers(dataSet, tags::OverlayOrigin, "SS", std::vector<std::int16_t>{-3, 12});
    dataSet.setText(tags::OverlayType, "CS", "R");
    dataSet.setText(tags::OverlayDescription, "LO", "region");
    auto one = overlaysOf(dataSet, 0, {}).at(0);
    QCOMPARE(one.originRow, -3);
    QCOMPARE(one.originColumn, 12);
    QCOMPARE(one.type, std::string("R"));
    QCOMPARE(one.label, std::string("region"));
    dataSet.setText(tags::OverlayLabel, "LO", "heart");
    QCOMPARE(overlaysOf(dataSet, 0, {}).at(0).label, std::string("heart"));
}

void tst_Overlays::givesEachFrameItsPlane()
{
    // Two planes of 3 pixels without padding between, for the image's frames 2 and 3.
    DataSet dataSet = overlay(0x6000, 1, 3, std::string("\x29\x00", 2)); // 100 101
    QCOMPARE(overlaysOf(dataSet, 7, {}).at(0).bits, (Bits{1, 0, 0}));    // one plane for all frames
    dataSet.setText(tags::NumberOfFramesInOverlay, "IS", "2");
    dataSet.setUnsignedShort(tags::ImageFrameOrigin, 2);
    QVERIFY(overlaysOf(dataSet, 0, {}).empty());
    QCOMPARE(overlaysOf(dataSet, 1, {}).at(0).bits, (Bits{1, 0, 0}));
    QCOMPARE(overlaysOf(dataSet, 2, {}).at(0).bits, (Bits{1, 0, 1}));
    QVERIFY(overlaysOf(dataSet, 3, {}).empty());
}

void tst_Overlays::takesEmbeddedOnes()
{
    DataSet dataSet;
    dataSet.setUnsignedShort(tags::Rows, 1);
    dataSet.setUnsignedShort(tags::Columns, 3);
    const std::vector<dicom::EmbeddedOverlay> embedded{{0x6002, {0, 1, 1}}, {0x6004, {1}}};
    const auto overlays = overlaysOf(dataSet, 0, embedded);
    QCOMPARE(overlays.size(), std::size_t(1)); // the second is not of the image's size
    QCOMPARE(overlays[0].bits, (Bits{0, 1, 1}));
    QCOMPARE(overlays[0].columns, 3U);
}

void tst_Overlays::leavesUnusableOnesOut_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("frames");
    QTest::addColumn<int>("origin");
    QTest::newRow("no rows") << 0 << 8 << 10 << "" << 1;
    QTest::newRow("data too short") << 3 << 3 << 1 << "" << 1;
    QTest::newRow("enormous") << 65535 << 65535 << 10 << "" << 1;
    QTest::newRow("frames beyond the data") << 8 << 8 << 8 << "2000000000" << -1;
    QTest::newRow("negative frames") << 1 << 1 << 8 << "-1" << 1;
    QTest::newRow("origin 0") << 1 << 1 << 8 << "5" << 0;
}

void tst_Overlays::leavesUnusableOnesOut()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(int, bytes);
    QFETCH(QString, frames);
    QFETCH(int, origin);
    DataSet dataSet = overlay(0x6000, rows, columns, std::string(static_cast<std::size_t>(bytes), '\xff'));
    if (!frames.isEmpty())
        dataSet.setText(tags::NumberOfFramesInOverlay, "IS", frames.toStdString());
    if (origin >= 0)
        dataSet.setUnsignedShort(tags::ImageFrameOrigin, static_cast<std::uint16_t>(origin));
    QVERIFY(overlaysOf(dataSet, 3, {}).empty());
}

void tst_Overlays::drawsThroughTheSameTransform()
{
    const Overlay one{0x6000, 1, 2, 1, 2, {1, 0}, {}, {}}; // one set pixel: row 1, column 2
    const Size image{3, 2};
    QCOMPARE(drawn(one, image, {3, 2}, {0, false, 1, 0, 0}), QStringLiteral(".#. ..."));
    QCOMPARE(drawn(one, image, {6, 4}, {0, false, 2, 0, 0}), QStringLiteral("..##.. ..##.. ...... ......"));
    QCOMPARE(drawn(one, image, {2, 3}, {1, false, 1, 0, 0}), QStringLiteral(".. .# .."));
    const Overlay left{0x6000, 2, 1, 1, 1, {1}, {}, {}};
    QCOMPARE(drawn(left, image, {3, 2}, {0, true, 1, 0, 0}), QStringLiteral("... ..#"));
    QCOMPARE(drawn(left, image, {2, 3}, {1, true, 1, 0, 0}), QStringLiteral(".. .. #."));
}

void tst_Overlays::keepsThinLinesWhenReducing()
{
    Overlay line{0x6000, 1, 1, 8, 8, Bits(64), {}, {}};
    for (std::size_t row = 0; row < 8; ++row)
        line.bits[row * 8 + 5] = 1;
    QCOMPARE(drawn(line, {8, 8}, {2, 2}, {}), QStringLiteral(".# .#"));
}

void tst_Overlays::drawsNothingOutside()
{
    const Overlay far{0x6000, -65535, 65535, 1, 1, {1}, {}, {}};
    QCOMPARE(drawn(far, {2, 2}, {4, 2}, {}), QStringLiteral(".... ...."));
    const Overlay wide{0x6000, 0, 0, 4, 4, Bits(16, 1), {}, {}}; // reaches beyond the image on every side
    QCOMPARE(drawn(wide, {2, 2}, {4, 2}, {0, false, 1, 0, 0}), QStringLiteral(".##. .##."));
    const Overlay broken{0x6000, 1, 1, 2, 2, {1}, {}, {}};
    QCOMPARE(drawn(broken, {2, 2}, {2, 2}, {}), QStringLiteral(".. .."));
}

QTEST_APPLESS_MAIN(tst_Overlays)
#include "tst_Overlays.moc"
