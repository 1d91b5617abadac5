#include "DataSetBuilder.h"

#include <dicom/MaskModule.h>

#include <QtTest/QTest>

using namespace negatoscope::dicom;

namespace {

using Frames = std::vector<std::uint32_t>;

DataSet itemOf(const char *operation, const std::vector<std::uint16_t> &masks = {},
               const std::vector<std::uint16_t> &range = {})
{
    DataSet item;
    item.setText({0x0028, 0x6101}, "CS", operation);
    if (!masks.empty())
        support::setNumbers(item, {0x0028, 0x6110}, "US", masks);
    if (!range.empty())
        support::setNumbers(item, {0x0028, 0x6102}, "US", range);
    return item;
}

DataSet objectOf(std::vector<DataSet> items, const char *mode = nullptr)
{
    DataSet object;
    support::setItems(object, {0x0028, 0x6100}, std::move(items));
    if (mode)
        object.setText({0x0028, 0x1090}, "CS", mode);
    return object;
}

} // namespace

class tst_MaskModule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void averagesTheMasksOfItsFrames();
    void movesTheMaskAsWritten();
    void averagesContrastFrames();
    void followsTimeIntervals();
    void runsBackwards();
    void subtractsNothingOutsideItsRanges();
    void isAbsentWhereUnusable();
    void knowsWhatItsPixelsMean();
};

void tst_MaskModule::averagesTheMasksOfItsFrames()
{
    const auto module = MaskModule::of(objectOf({itemOf("AVG_SUB", {2, 3})}, "SUB"), 20);
    QVERIFY(module);
    QVERIFY(module->isRecommended());
    QCOMPARE(module->planFor(9).masks, (Frames{1, 2}));
    QCOMPARE(module->planFor(9).contrast, (Frames{9}));
    QVERIFY(!MaskModule::of(objectOf({itemOf("AVG_SUB", {2})}, "NAT"), 20)->isRecommended());
}

void tst_MaskModule::movesTheMaskAsWritten()
{
    DataSet item = itemOf("AVG_SUB", {1});
    support::setNumbers<float>(item, {0x0028, 0x6114}, "FL", {1.5F, -2.25F});
    const auto plan = MaskModule::of(objectOf({item}), 5)->planFor(3);
    QCOMPARE(plan.shiftRows, 1.5);
    QCOMPARE(plan.shiftColumns, -2.25);
}

void tst_MaskModule::averagesContrastFrames()
{
    DataSet item = itemOf("AVG_SUB", {1}, {3, 6});
    item.setUnsignedShort({0x0028, 0x6112}, 3);
    const auto module = MaskModule::of(objectOf({item}), 10);
    QCOMPARE(module->planFor(2).contrast, (Frames{2, 3, 4}));
    QCOMPARE(module->planFor(4).contrast, (Frames{4, 5})); // not beyond the range
}

void tst_MaskModule::followsTimeIntervals()
{
    DataSet item = itemOf("TID");
    support::setNumbers<std::int16_t>(item, {0x0028, 0x6120}, "SS", {3});
    const auto module = MaskModule::of(objectOf({item}), 10);
    QCOMPARE(module->planFor(7).masks, (Frames{4}));
    QVERIFY(module->planFor(2).masks.empty()); // there is no frame -1
    QCOMPARE(MaskModule::of(objectOf({itemOf("TID")}), 10)->planFor(7).masks, (Frames{6}));
}

void tst_MaskModule::runsBackwards()
{
    DataSet item = itemOf("REV_TID", {}, {11, 15});
    support::setNumbers<std::int16_t>(item, {0x0028, 0x6120}, "SS", {1});
    const auto module = MaskModule::of(objectOf({item}), 20);
    QCOMPARE(module->planFor(10).masks, (Frames{9}));
    QCOMPARE(module->planFor(11).masks, (Frames{8}));
    QCOMPARE(module->planFor(14).masks, (Frames{5}));
}

void tst_MaskModule::subtractsNothingOutsideItsRanges()
{
    const auto module =
        MaskModule::of(objectOf({itemOf("AVG_SUB", {1}, {3, 5}), itemOf("NONE", {}, {6, 7})}), 10);
    QVERIFY(module->planFor(1).masks.empty());
    QCOMPARE(module->planFor(2).masks, (Frames{0}));
    QCOMPARE(module->planFor(4).masks, (Frames{0}));
    QVERIFY(module->planFor(5).masks.empty());
    QVERIFY(module->planFor(99).masks.empty());
}

void tst_MaskModule::isAbsentWhereUnusable()
{
    QVERIFY(!MaskModule::of(DataSet(), 10));
    QVERIFY(!MaskModule::of(objectOf({itemOf("AVG_SUB")}), 10));           // no mask named
    QVERIFY(!MaskModule::of(objectOf({itemOf("AVG_SUB", {11})}), 10));     // beyond the object
    QVERIFY(!MaskModule::of(objectOf({itemOf("AVG_SUB", {1}, {3})}), 10)); // half a range
    QVERIFY(!MaskModule::of(objectOf({itemOf("MAGIC", {1})}), 10));
}

void tst_MaskModule::knowsWhatItsPixelsMean()
{
    DataSet object;
    QVERIFY(!isLinearIntensity(object));
    object.setText(tags::PixelIntensityRelationship, "CS", "LOG");
    QVERIFY(!isLinearIntensity(object));
    object.setText(tags::PixelIntensityRelationship, "CS", "LIN");
    QVERIFY(isLinearIntensity(object));
    support::setItems(object, tags::ModalityLutSequence, {DataSet()});
    QVERIFY(!isLinearIntensity(object)); // the Modality LUT has made them logarithmic
}

QTEST_APPLESS_MAIN(tst_MaskModule)
#include "tst_MaskModule.moc"
