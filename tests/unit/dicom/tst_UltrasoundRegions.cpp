#include "DataSetBuilder.h"

#include <dicom/Geometry.h>
#include <dicom/UltrasoundRegions.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::dicom;

namespace {

struct Wish
{
    int format = 1, unitX = 3, unitY = 3;
    std::uint32_t left = 10, top = 20, right = 109, bottom = 219;
    double deltaX = 0.05, deltaY = 0.05;
    std::uint32_t flags = 0;
    std::optional<std::int32_t> referenceX, referenceY;
    double valueX = 0, valueY = 0;
};

DataSet regionOf(const Wish &wish)
{
    DataSet item;
    const auto shortNumber = [&](std::uint16_t element, int value) {
        item.setUnsignedShort({0x0018, element}, static_cast<std::uint16_t>(value));
    };
    shortNumber(0x6012, wish.format);
    shortNumber(0x6014, 1);
    support::setNumbers<std::uint32_t>(item, {0x0018, 0x6016}, "UL", {wish.flags});
    support::setNumbers<std::uint32_t>(item, {0x0018, 0x6018}, "UL", {wish.left});
    support::setNumbers<std::uint32_t>(item, {0x0018, 0x601a}, "UL", {wish.top});
    support::setNumbers<std::uint32_t>(item, {0x0018, 0x601c}, "UL", {wish.right});
    support::setNumbers<std::uint32_t>(item, {0x0018, 0x601e}, "UL", {wish.bottom});
    if (wish.referenceX)
        support::setNumbers<std::int32_t>(item, {0x0018, 0x6020}, "SL", {*wish.referenceX});
    if (wish.referenceY)
        support::setNumbers<std::int32_t>(item, {0x0018, 0x6022}, "SL", {*wish.referenceY});
    shortNumber(0x6024, wish.unitX);
    shortNumber(0x6026, wish.unitY);
    support::setNumbers<double>(item, {0x0018, 0x6028}, "FD", {wish.valueX});
    support::setNumbers<double>(item, {0x0018, 0x602a}, "FD", {wish.valueY});
    support::setNumbers<double>(item, {0x0018, 0x602c}, "FD", {wish.deltaX});
    support::setNumbers<double>(item, {0x0018, 0x602e}, "FD", {wish.deltaY});
    return item;
}

DataSet objectOf(const std::vector<Wish> &wishes)
{
    DataSet object;
    std::vector<DataSet> items;
    for (const Wish &wish : wishes)
        items.push_back(regionOf(wish));
    support::setItems(object, {0x0018, 0x6011}, std::move(items));
    return object;
}

} // namespace

class tst_UltrasoundRegions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheRegionUnderThePointer();
    void takesTheHigherPriority();
    void readsValuesFromTheReferencePixel();
    void givesOneSpacingOnlyWhereAllRegionsAgree();
    void neverTakesAnotherSpacingForThePicture();
    void leavesOutRegionsWithoutASanePlace();
};

void tst_UltrasoundRegions::findsTheRegionUnderThePointer()
{
    Wish spectral;
    spectral.format = 3;
    spectral.unitX = 4;
    spectral.unitY = 7;
    spectral.left = 200;
    spectral.right = 400;
    const auto regions = ultrasoundRegionsOf(objectOf({Wish(), spectral}));
    QCOMPARE(regions.size(), std::size_t(2));
    QCOMPARE(regionAt(regions, {10, 20}), &regions[0]);
    QCOMPARE(regionAt(regions, {109.4, 219.4}), &regions[0]);
    QCOMPARE(regionAt(regions, {110, 100}), nullptr);
    QCOMPARE(regionAt(regions, {9, 100}), nullptr);
    QCOMPARE(regionAt(regions, {300, 100}), &regions[1]);
    QCOMPARE(int(regions[1].unitX), int(RegionUnit::Second));
    QCOMPARE(int(regions[1].unitY), int(RegionUnit::CentimetrePerSecond));
}

void tst_UltrasoundRegions::takesTheHigherPriority()
{
    Wish low, high;
    low.flags = 1;
    const auto regions = ultrasoundRegionsOf(objectOf({low, high, high}));
    QCOMPARE(regionAt(regions, {50, 50}), &regions[1]);
}

void tst_UltrasoundRegions::readsValuesFromTheReferencePixel()
{
    Wish wish;
    wish.referenceX = 40; // 40 pixels from the region's left edge it is 0 s
    wish.referenceY = 100;
    wish.valueY = 1.5;
    wish.deltaY = -0.1;
    const auto regions = ultrasoundRegionsOf(objectOf({wish, Wish()}));
    QCOMPARE(regions[0].valueX({50, 0}), std::optional(0.0));
    QCOMPARE(regions[0].valueX({70, 0}), std::optional(1.0));
    QVERIFY(qAbs(*regions[0].valueY({0, 120}) - 1.5) < 1e-12);
    QVERIFY(qAbs(*regions[0].valueY({0, 130}) - 0.5) < 1e-12);
    QVERIFY(!regions[1].valueX({50, 0})); // without a reference pixel there are lengths but no place
}

void tst_UltrasoundRegions::givesOneSpacingOnlyWhereAllRegionsAgree()
{
    Wish near = Wish(), far = Wish(), spectral = Wish(), uncalibrated = Wish(), percent = Wish();
    near.deltaX = 0.05001;
    far.deltaY = 0.06;
    spectral.format = 3;
    spectral.unitX = 4;
    spectral.unitY = 7;
    uncalibrated.deltaX = uncalibrated.deltaY = 0;
    percent.unitX = 1;
    const auto spacing = [](const std::vector<Wish> &wishes) {
        return tissueSpacing(ultrasoundRegionsOf(objectOf(wishes)));
    };
    QVERIFY(spacing({Wish()}));
    QCOMPARE(spacing({Wish()})->rowMm, 0.5);
    QVERIFY(spacing({Wish(), near}));
    QVERIFY(spacing({Wish(), uncalibrated}));
    QVERIFY(!spacing({Wish(), far}));
    QVERIFY(!spacing({Wish(), spectral}));
    QVERIFY(!spacing({percent}));
    QVERIFY(!spacing({uncalibrated}));
}

void tst_UltrasoundRegions::neverTakesAnotherSpacingForThePicture()
{
    Wish far;
    far.deltaY = 0.06;
    DataSet object = objectOf({Wish(), far});
    object.setText(tags::PixelSpacing, "DS", "0.1\\0.1");
    QVERIFY(!FrameGeometry::of(object, 0).spacing.inMillimetres());
    object = objectOf({Wish()});
    object.setText(tags::PixelSpacing, "DS", "0.1\\0.1");
    const PixelSpacing spacing = FrameGeometry::of(object, 0).spacing;
    QCOMPARE(int(spacing.source), int(SpacingSource::Region));
    QCOMPARE(spacing.column, 0.5);
}

void tst_UltrasoundRegions::leavesOutRegionsWithoutASanePlace()
{
    Wish reversed, huge;
    reversed.right = 5;
    huge.bottom = 70'000;
    QVERIFY(ultrasoundRegionsOf(objectOf({reversed, huge})).empty());
    QVERIFY(ultrasoundRegionsOf(DataSet()).empty());
}

QTEST_APPLESS_MAIN(tst_UltrasoundRegions)
#include "tst_UltrasoundRegions.moc"
