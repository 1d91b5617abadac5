#include "DataSetBuilder.h"

#include <imaging/DisplayAttributes.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::imaging;
namespace tags = negatoscope::dicom::tags;
using dicom::DataSet;
using support::setItems;
using support::setNumbers;

namespace {

dicom::ImageFormat grey16(bool isSigned = false,
                          dicom::Photometric photometric = dicom::Photometric::Monochrome2)
{
    dicom::ImageFormat format;
    format.rows = format.columns = 4;
    format.bitsAllocated = format.bitsStored = 16;
    format.isSigned = isSigned;
    format.photometric = photometric;
    return format;
}

DisplayAttributes attributesOf(const DataSet &dataSet, const dicom::ImageFormat &format = grey16(),
                               std::uint32_t frame = 0)
{
    return DisplayAttributes::of(dataSet, format, frame);
}

DataSet ct(std::string_view slope, std::string_view intercept, std::string_view type = {})
{
    DataSet dataSet;
    dataSet.setText(tags::Modality, "CS", "CT");
    dataSet.setText(tags::RescaleSlope, "DS", slope);
    dataSet.setText(tags::RescaleIntercept, "DS", intercept);
    if (!type.empty())
        dataSet.setText(tags::RescaleType, "LO", type);
    return dataSet;
}

DataSet withText(dicom::Tag tag, const char (&vr)[3], std::string_view value)
{
    DataSet dataSet;
    dataSet.setText(tag, vr, value);
    return dataSet;
}

} // namespace

class tst_DisplayAttributes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRescaleAndUnit();
    void ignoresUnusableRescales_data();
    void ignoresUnusableRescales();
    void scalesDoses();
    void prefersTheFramesOwnGroups();
    void readsEveryWindowWithItsFunction();
    void dropsInvalidWindows_data();
    void dropsInvalidWindows();
    void invertsByShapeElseByPhotometric_data();
    void invertsByShapeElseByPhotometric();
    void readsPaddingWithThePixelsSign_data();
    void readsPaddingWithThePixelsSign();
    void readsFloatPadding();
    void readsShutters();
    void leavesDamagedShuttersOut();
};

void tst_DisplayAttributes::readsRescaleAndUnit()
{
    const auto plain = attributesOf(ct("1", "-1024 "));
    QCOMPARE(plain.rescaleSlope, 1.0);
    QCOMPARE(plain.rescaleIntercept, -1024.0);
    QCOMPARE(plain.unit, std::string("HU"));
    QCOMPARE(attributesOf(ct("1", "0", "US")).unit, std::string());
    QCOMPARE(attributesOf(ct("1", "0", "MGML")).unit, std::string("MGML"));
    QCOMPARE(attributesOf(DataSet()).unit, std::string());
    DataSet pet = ct("0.37", "0");
    pet.setText(tags::Modality, "CS", "PT");
    pet.setText(tags::Units, "CS", "BQML");
    QCOMPARE(attributesOf(pet).unit, std::string("BQML"));
    QCOMPARE(attributesOf(pet).rescaleSlope, 0.37);
}

void tst_DisplayAttributes::ignoresUnusableRescales_data()
{
    QTest::addColumn<QString>("slope");
    QTest::addColumn<QString>("intercept");
    QTest::addColumn<double>("effectiveIntercept");
    QTest::newRow("slope 0") << "0"
                             << "-1024" << 0.0;
    QTest::newRow("slope is no number") << "abc"
                                        << "5" << 5.0;
    QTest::newRow("slope is NaN") << "nan"
                                  << "5" << 5.0;
    QTest::newRow("slope is enormous") << "1e300"
                                       << "5" << 5.0;
    QTest::newRow("intercept is enormous") << "1"
                                           << "-1e300" << 0.0;
    QTest::newRow("intercept is infinite") << "1"
                                           << "inf" << 0.0;
}

void tst_DisplayAttributes::ignoresUnusableRescales()
{
    QFETCH(QString, slope);
    QFETCH(QString, intercept);
    QFETCH(double, effectiveIntercept);
    const auto attributes = attributesOf(ct(slope.toStdString(), intercept.toStdString()));
    QCOMPARE(attributes.rescaleSlope, 1.0);
    QCOMPARE(attributes.rescaleIntercept, effectiveIntercept);
    QCOMPARE(attributes.problems.size(), std::size_t(1));
    // A number that is not what the object meant must not carry a unit.
    QCOMPARE(attributes.unit, std::string());
}

void tst_DisplayAttributes::scalesDoses()
{
    DataSet dose = withText(tags::Modality, "CS", "RTDOSE");
    dose.setText(tags::DoseGridScaling, "DS", "2.5e-5");
    dose.setText(tags::DoseUnits, "CS", "GY");
    QCOMPARE(attributesOf(dose).rescaleSlope, 2.5e-5);
    QCOMPARE(attributesOf(dose).unit, std::string("GY"));
}

void tst_DisplayAttributes::prefersTheFramesOwnGroups()
{
    const auto groups = [](const char *intercept, const char *center) {
        DataSet transformation = withText(tags::RescaleIntercept, "DS", intercept);
        transformation.setText(tags::RescaleSlope, "DS", "2");
        transformation.setText(tags::RescaleType, "LO", "HU");
        DataSet voi = withText(tags::WindowCenter, "DS", center);
        voi.setText(tags::WindowWidth, "DS", "100");
        DataSet item;
        setItems(item, tags::PixelValueTransformationSequence, {transformation});
        setItems(item, tags::FrameVoiLutSequence, {voi});
        return item;
    };
    DataSet dataSet = ct("7", "7");
    setItems(dataSet, tags::SharedFunctionalGroupsSequence, {groups("-1", "10")});
    setItems(dataSet, tags::PerFrameFunctionalGroupsSequence, {DataSet(), groups("-2", "20")});
    QCOMPARE(attributesOf(dataSet, grey16(), 0).rescaleIntercept, -1.0);
    QCOMPARE(attributesOf(dataSet, grey16(), 1).rescaleIntercept, -2.0);
    QCOMPARE(attributesOf(dataSet, grey16(), 1).choices.at(0).window->center, 20.0);
    QCOMPARE(attributesOf(dataSet, grey16(), 9).rescaleIntercept, -1.0); // beyond the last frame: shared
    QCOMPARE(attributesOf(dataSet, grey16(), 0).unit, std::string("HU"));
}

void tst_DisplayAttributes::readsEveryWindowWithItsFunction()
{
    DataSet dataSet = withText(tags::WindowCenter, "DS", "40\\-600 ");
    dataSet.setText(tags::WindowWidth, "DS", "350\\1500");
    dataSet.setText(tags::WindowCenterWidthExplanation, "LO", "SOFT\\LUNG ");
    dataSet.setText(tags::VoiLutFunction, "CS", "SIGMOID");
    const auto choices = attributesOf(dataSet).choices;
    QCOMPARE(choices.size(), std::size_t(2));
    QVERIFY((choices[0].window == Window{40, 350, VoiFunction::Sigmoid}));
    QVERIFY((choices[1].window == Window{-600, 1500, VoiFunction::Sigmoid}));
    QCOMPARE(choices[1].explanation, std::string("LUNG"));
    dataSet.setText(tags::VoiLutFunction, "CS", "LINEAR_EXACT");
    QVERIFY(attributesOf(dataSet).choices[0].window->function == VoiFunction::LinearExact);
    dataSet.setText(tags::VoiLutFunction, "CS", "CUBIC");
    QVERIFY(attributesOf(dataSet).choices[0].window->function == VoiFunction::Linear);
    QCOMPARE(attributesOf(dataSet).problems.size(), std::size_t(1));
}

void tst_DisplayAttributes::dropsInvalidWindows_data()
{
    QTest::addColumn<QString>("center");
    QTest::addColumn<QString>("width");
    QTest::addColumn<QString>("function");
    QTest::addColumn<int>("kept");
    QTest::newRow("LINEAR width 1") << "5"
                                    << "1"
                                    << "LINEAR" << 1;
    QTest::newRow("LINEAR width 0.5") << "5"
                                      << "0.5"
                                      << "LINEAR" << 0;
    QTest::newRow("exact width 0.5") << "5"
                                     << "0.5"
                                     << "LINEAR_EXACT" << 1;
    QTest::newRow("exact width 0") << "5"
                                   << "0"
                                   << "LINEAR_EXACT" << 0;
    QTest::newRow("sigmoid width -1") << "5"
                                      << "-1"
                                      << "SIGMOID" << 0;
    QTest::newRow("enormous") << "1e300"
                              << "1e300"
                              << "LINEAR" << 0;
    QTest::newRow("no number") << "x\\40"
                               << "y\\400"
                               << "LINEAR" << 1;
    QTest::newRow("fewer widths") << "5\\6"
                                  << "100"
                                  << "LINEAR" << 1;
    QTest::newRow("empty") << ""
                           << ""
                           << "LINEAR" << 0;
}

void tst_DisplayAttributes::dropsInvalidWindows()
{
    QFETCH(QString, center);
    QFETCH(QString, width);
    QFETCH(QString, function);
    QFETCH(int, kept);
    DataSet dataSet = withText(tags::WindowCenter, "DS", center.toStdString());
    dataSet.setText(tags::WindowWidth, "DS", width.toStdString());
    dataSet.setText(tags::VoiLutFunction, "CS", function.toStdString());
    const auto attributes = attributesOf(dataSet);
    QCOMPARE(attributes.choices.size(), static_cast<std::size_t>(kept));
    const bool clean =
        QByteArray(QTest::currentDataTag()) == "empty" || (kept == 1 && !center.contains(QLatin1Char('\\')));
    QCOMPARE(attributes.problems.empty(), clean);
}

void tst_DisplayAttributes::invertsByShapeElseByPhotometric_data()
{
    QTest::addColumn<bool>("monochrome1");
    QTest::addColumn<QString>("shape");
    QTest::addColumn<bool>("inverse");
    QTest::addColumn<bool>("problem");
    QTest::newRow("MONOCHROME2") << false << "" << false << false;
    QTest::newRow("MONOCHROME1") << true << "" << true << false;
    QTest::newRow("MONOCHROME1 INVERSE is inverted once") << true << "INVERSE" << true << false;
    QTest::newRow("MONOCHROME2 IDENTITY") << false << "IDENTITY" << false << false;
    QTest::newRow("MONOCHROME2 INVERSE") << false << "INVERSE" << true << true;
    QTest::newRow("MONOCHROME1 IDENTITY") << true << "IDENTITY" << false << true;
    QTest::newRow("unknown shape") << true << "LIN OD" << true << false;
}

void tst_DisplayAttributes::invertsByShapeElseByPhotometric()
{
    QFETCH(bool, monochrome1);
    QFETCH(QString, shape);
    QFETCH(bool, inverse);
    QFETCH(bool, problem);
    DataSet dataSet;
    if (!shape.isEmpty())
        dataSet.setText(tags::PresentationLutShape, "CS", shape.toStdString());
    const auto attributes =
        attributesOf(dataSet, grey16(false, monochrome1 ? dicom::Photometric::Monochrome1
                                                        : dicom::Photometric::Monochrome2));
    QCOMPARE(attributes.inverse, inverse);
    QCOMPARE(!attributes.problems.empty(), problem);
}

void tst_DisplayAttributes::readsPaddingWithThePixelsSign_data()
{
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("vr");
    QTest::addColumn<int>("word");
    QTest::addColumn<double>("value");
    QTest::newRow("signed pixels, SS") << true << 16 << "SS" << 0xf830 << -2000.0;
    QTest::newRow("signed pixels, wrongly US") << true << 16 << "US" << 0xf830 << -2000.0;
    QTest::newRow("unsigned pixels, wrongly SS") << false << 16 << "SS" << 0xf830 << 63536.0;
    QTest::newRow("8 bits unsigned") << false << 8 << "US" << 0x00ff << 255.0;
    QTest::newRow("8 bits signed") << true << 8 << "US" << 0x00ff << -1.0;
    QTest::newRow("8 bits signed, as a 16-bit number") << true << 8 << "SS" << 0xffff << -1.0;
}

void tst_DisplayAttributes::readsPaddingWithThePixelsSign()
{
    QFETCH(bool, isSigned);
    QFETCH(int, bits);
    QFETCH(QString, vr);
    QFETCH(int, word);
    QFETCH(double, value);
    auto format = grey16(isSigned);
    format.bitsAllocated = format.bitsStored = static_cast<std::uint32_t>(bits);
    DataSet dataSet;
    const std::vector<std::uint16_t> words{static_cast<std::uint16_t>(word)};
    if (vr == QLatin1String("SS"))
        setNumbers(dataSet, tags::PixelPaddingValue, "SS", words);
    else
        setNumbers(dataSet, tags::PixelPaddingValue, "US", words);
    auto attributes = attributesOf(dataSet, format);
    QCOMPARE(attributes.paddingLow.value(), value);
    QCOMPARE(attributes.paddingHigh.value(), value);
    setNumbers(dataSet, tags::PixelPaddingRangeLimit, "US", std::vector<std::uint16_t>{10});
    attributes = attributesOf(dataSet, format);
    QCOMPARE(attributes.paddingLow.value(), std::min(value, 10.0));
    QCOMPARE(attributes.paddingHigh.value(), std::max(value, 10.0));
}

void tst_DisplayAttributes::readsFloatPadding()
{
    auto format = grey16();
    format.kind = dicom::SampleKind::Float;
    format.bitsAllocated = 32;
    DataSet dataSet;
    setNumbers(dataSet, tags::PixelPaddingValue, "US", std::vector<std::uint16_t>{3});
    QVERIFY(!attributesOf(dataSet, format).paddingLow); // that attribute is for integers
    setNumbers(dataSet, tags::FloatPixelPaddingValue, "FL", std::vector<float>{-5});
    setNumbers(dataSet, tags::FloatPixelPaddingRangeLimit, "FL", std::vector<float>{-9});
    QCOMPARE(attributesOf(dataSet, format).paddingLow.value(), -9.0);
    QCOMPARE(attributesOf(dataSet, format).paddingHigh.value(), -5.0);
}

void tst_DisplayAttributes::readsShutters()
{
    DataSet dataSet = withText(tags::ShutterShape, "CS", "RECTANGULAR\\CIRCULAR\\POLYGONAL");
    dataSet.setText(tags::ShutterLeftVerticalEdge, "IS", "2");
    dataSet.setText(tags::ShutterRightVerticalEdge, "IS", "30");
    dataSet.setText(tags::ShutterUpperHorizontalEdge, "IS", "4");
    dataSet.setText(tags::ShutterLowerHorizontalEdge, "IS", "50");
    dataSet.setText(tags::CenterOfCircularShutter, "IS", "20\\10");
    dataSet.setText(tags::RadiusOfCircularShutter, "IS", "7");
    dataSet.setText(tags::VerticesOfPolygonalShutter, "IS", "1\\2\\3\\4\\5\\6");
    dataSet.setUnsignedShort(tags::ShutterPresentationValue, 0x1234);
    const Shutter shutter = attributesOf(dataSet).shutter;
    QCOMPARE(shutter.rectangle->left, 2);
    QCOMPARE(shutter.rectangle->right, 30);
    QCOMPARE(shutter.rectangle->top, 4);
    QCOMPARE(shutter.rectangle->bottom, 50);
    QCOMPARE(shutter.circle->row, 20);
    QCOMPARE(shutter.circle->column, 10);
    QCOMPARE(shutter.circle->radius, 7);
    QCOMPARE(shutter.polygon.size(), std::size_t(3));
    QCOMPARE(shutter.polygon[1][0], 3);
    QCOMPARE(shutter.presentationValue, std::uint16_t(0x1234));

    // A shape that is not named does not count, whatever else is there.
    dataSet.setText(tags::ShutterShape, "CS", "CIRCULAR");
    QVERIFY(!attributesOf(dataSet).shutter.rectangle);

    DataSet bitmap = withText(tags::ShutterShape, "CS", "BITMAP");
    bitmap.setUnsignedShort(tags::ShutterOverlayGroup, 0x6002);
    bitmap.setUnsignedShort(tags::overlay(0x6002, tags::OverlayRows), 2);
    bitmap.setUnsignedShort(tags::overlay(0x6002, tags::OverlayColumns), 2);
    setNumbers(bitmap, tags::overlay(0x6002, tags::OverlayData), "OW", std::vector<std::uint16_t>{0b1001});
    QCOMPARE(attributesOf(bitmap).shutter.bitmap->bits, (std::vector<std::uint8_t>{1, 0, 0, 1}));
}

void tst_DisplayAttributes::leavesDamagedShuttersOut()
{
    DataSet dataSet = withText(tags::ShutterShape, "CS", "RECTANGULAR\\CIRCULAR\\POLYGONAL\\BITMAP\\STAR");
    dataSet.setText(tags::ShutterLeftVerticalEdge, "IS", "30");
    dataSet.setText(tags::ShutterRightVerticalEdge, "IS", "2");
    dataSet.setText(tags::ShutterUpperHorizontalEdge, "IS", "4");
    dataSet.setText(tags::ShutterLowerHorizontalEdge, "IS", "50");
    dataSet.setText(tags::CenterOfCircularShutter, "IS", "20");
    dataSet.setText(tags::RadiusOfCircularShutter, "IS", "-7");
    dataSet.setText(tags::VerticesOfPolygonalShutter, "IS", "1\\2\\3\\4");
    const auto attributes = attributesOf(dataSet);
    QVERIFY(!attributes.shutter.rectangle && !attributes.shutter.circle && !attributes.shutter.bitmap);
    QVERIFY(attributes.shutter.polygon.empty());
    QCOMPARE(attributes.problems.size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(tst_DisplayAttributes)
#include "tst_DisplayAttributes.moc"
