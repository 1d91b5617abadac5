#include "DataSetBuilder.h"

#include <dicom/NuclearVectors.h>

#include <QtTest/QTest>

using namespace negatoscope;
using dicom::DataSet;
using dicom::NuclearPlace;
using Axis = NuclearPlace::Axis;

namespace {

void setVector(DataSet &object, std::uint16_t element, const std::vector<std::uint16_t> &values)
{
    support::setNumbers<std::uint16_t>(object, {0x0054, element}, "US", values);
}

/// A whole body in two energy windows and from two detectors (PS3.3 C.8.4.8.1.2).
DataSet wholeBody()
{
    DataSet object;
    object.setText(dicom::tags::NumberOfFrames, "IS", "4");
    setVector(object, 0x0010, {1, 1, 2, 2});
    setVector(object, 0x0020, {1, 2, 1, 2});
    DataSet technetium, scatter;
    technetium.setText({0x0054, 0x0018}, "SH", "Tc-99m ");
    scatter.setText({0x0054, 0x0018}, "SH", "Scatter");
    support::setItems(object, {0x0054, 0x0012}, {technetium, scatter});
    return object;
}

} // namespace

class tst_NuclearVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEnergyWindowAndDetectorOfEachFrame()
    {
        const DataSet object = wholeBody();
        const auto second = NuclearPlace::of(object, 1), third = NuclearPlace::of(object, 2);
        QCOMPARE(second.steps.size(), std::size_t(2));
        QVERIFY((second.steps[0] == NuclearPlace::Step{Axis::EnergyWindow, 1, 2, "Tc-99m"}));
        QVERIFY((second.steps[1] == NuclearPlace::Step{Axis::Detector, 2, 2, {}}));
        QVERIFY((third.steps[0] == NuclearPlace::Step{Axis::EnergyWindow, 2, 2, "Scatter"}));
        QVERIFY((third.steps[1] == NuclearPlace::Step{Axis::Detector, 1, 2, {}}));
    }

    void leavesOutWhatTheObjectHasOneOf()
    {
        DataSet object;
        object.setText(dicom::tags::NumberOfFrames, "IS", "3");
        setVector(object, 0x0010, {1, 1, 1});
        setVector(object, 0x0050, {1, 1, 1});
        setVector(object, 0x0090, {1, 2, 3});
        const auto place = NuclearPlace::of(object, 2);
        QCOMPARE(place.steps.size(), std::size_t(1));
        QVERIFY((place.steps[0] == NuclearPlace::Step{Axis::AngularView, 3, 3, {}}));
    }

    void saysNothingWhereTheVectorsDoNotMatchTheFrames()
    {
        DataSet object = wholeBody();
        setVector(object, 0x0010, {1, 2});          // too short
        setVector(object, 0x0020, {1, 2, 1, 2, 1}); // too long
        for (std::uint32_t frame = 0; frame < 6; ++frame)
            QVERIFY(NuclearPlace::of(object, frame).steps.empty());
        QVERIFY(NuclearPlace::of(wholeBody(), 9).steps.empty()); // no such frame
        QVERIFY(NuclearPlace::of(DataSet(), 0).steps.empty());
    }

    void aWindowWithoutANameHasItsNumber()
    {
        DataSet object = wholeBody();
        support::setItems(object, {0x0054, 0x0012}, {});
        QVERIFY(NuclearPlace::of(object, 0).steps[0].name.empty());
    }
};

QTEST_GUILESS_MAIN(tst_NuclearVectors)
#include "tst_NuclearVectors.moc"
