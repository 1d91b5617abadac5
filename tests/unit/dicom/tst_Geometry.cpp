#include "DataSetBuilder.h"

#include <dicom/Geometry.h>

#include <QtTest/QTest>

using namespace negatoscope::dicom;
using negatoscope::base::PatientVector;
using support::setItems;

namespace {

DataSet slice(std::string_view position, std::string_view orientation)
{
    DataSet dataSet;
    dataSet.setText(tags::ImagePositionPatient, "DS", position);
    dataSet.setText(tags::ImageOrientationPatient, "DS", orientation);
    return dataSet;
}

EdgeLetters lettersOf(const DataSet &dataSet, ViewDirections view = {})
{
    return edgeLetters(FrameGeometry::of(dataSet, 0), view);
}

QString joined(const EdgeLetters &letters)
{
    return QString::fromStdString(letters.left + "|" + letters.right + "|" + letters.top + "|" +
                                  letters.bottom);
}

constexpr ViewDirections kTurned{0, -1, 1, 0}; ///< a clockwise quarter turn
constexpr ViewDirections kFlipped{-1, 0, 0, 1};

} // namespace

class tst_Geometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersStandardPlanes_data();
    void lettersStandardPlanes();
    void lettersObliqueDirections();
    void turnsPatientOrientation_data();
    void turnsPatientOrientation();
    void inventsNoLetters_data();
    void inventsNoLetters();
    void takesTheFramesOwnGeometry();
    void leavesOutUnusablePositions();
    void tellsWhereSpacingComesFrom_data();
    void tellsWhereSpacingComesFrom();
};

void tst_Geometry::lettersStandardPlanes_data()
{
    QTest::addColumn<QByteArray>("orientation");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("turned");
    QTest::addColumn<QString>("flipped");
    QTest::newRow("axial") << QByteArray("1\\0\\0\\0\\1\\0") << "R|L|A|P"
                           << "P|A|R|L"
                           << "L|R|A|P";
    QTest::newRow("coronal") << QByteArray("1\\0\\0\\0\\0\\-1") << "R|L|H|F"
                             << "F|H|R|L"
                             << "L|R|H|F";
    QTest::newRow("sagittal") << QByteArray("0\\1\\0\\0\\0\\-1") << "A|P|H|F"
                              << "F|H|A|P"
                              << "P|A|H|F";
    QTest::newRow("prone") << QByteArray("-1\\0\\0\\0\\-1\\0") << "L|R|P|A"
                           << "A|P|L|R"
                           << "R|L|P|A";
}

void tst_Geometry::lettersStandardPlanes()
{
    QFETCH(QByteArray, orientation);
    QFETCH(QString, plain);
    QFETCH(QString, turned);
    QFETCH(QString, flipped);
    const DataSet dataSet = slice("0\\0\\0", orientation.toStdString());
    QCOMPARE(joined(lettersOf(dataSet)), plain);
    QCOMPARE(joined(lettersOf(dataSet, kTurned)), turned);
    QCOMPARE(joined(lettersOf(dataSet, kFlipped)), flipped);
}

void tst_Geometry::lettersObliqueDirections()
{
    QCOMPARE(directionLetters({0.8, 0.6, 0}), std::string("LP"));
    QCOMPARE(directionLetters({-0.1, 0.2, 5}), std::string("H"));
    QCOMPARE(directionLetters({-0.5, -0.6, -0.7}), std::string("FAR"));
    QCOMPARE(directionLetters({0, 0, 0}), std::string());
    QCOMPARE(directionLetters({std::nan(""), 0, 1}), std::string());
    QCOMPARE(oppositeLetters("LPH"), std::string("RAF"));
    QCOMPARE(oppositeLetters("LX"), std::string());
    QCOMPARE(oppositeLetters("CR"), std::string("CD"));
}

void tst_Geometry::turnsPatientOrientation_data()
{
    QTest::addColumn<QByteArray>("orientation");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("turned");
    QTest::addColumn<QString>("flipped");
    QTest::newRow("PA chest") << QByteArray("L\\F") << "R|L|H|F"
                              << "F|H|R|L"
                              << "L|R|H|F";
    QTest::newRow("left lateral") << QByteArray("A\\F") << "P|A|H|F"
                                  << "F|H|P|A"
                                  << "A|P|H|F";
    QTest::newRow("MLO mammogram") << QByteArray("P\\FL") << "A|P|HR|FL"
                                   << "FL|HR|A|P"
                                   << "P|A|HR|FL";
    QTest::newRow("quadruped") << QByteArray("CR\\V") << "CD|CR|D|V"
                               << "V|D|CD|CR"
                               << "CR|CD|D|V";
}

void tst_Geometry::turnsPatientOrientation()
{
    QFETCH(QByteArray, orientation);
    QFETCH(QString, plain);
    QFETCH(QString, turned);
    QFETCH(QString, flipped);
    DataSet dataSet;
    dataSet.setText(tags::PatientOrientation, "CS", orientation.toStdString());
    QCOMPARE(joined(lettersOf(dataSet)), plain);
    QCOMPARE(joined(lettersOf(dataSet, kTurned)), turned);
    QCOMPARE(joined(lettersOf(dataSet, kFlipped)), flipped);
    // Letters alone say nothing about other angles.
    QCOMPARE(joined(lettersOf(dataSet, {0.7, 0.7, -0.7, 0.7})), QStringLiteral("|||"));
}

void tst_Geometry::inventsNoLetters_data()
{
    QTest::addColumn<QByteArray>("orientation");
    QTest::addColumn<QByteArray>("letters");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("null vector") << QByteArray("0\\0\\0\\0\\1\\0") << QByteArray();
    QTest::newRow("not perpendicular") << QByteArray("1\\0\\0\\1\\0\\0") << QByteArray();
    QTest::newRow("not of length 1") << QByteArray("2\\0\\0\\0\\2\\0") << QByteArray();
    QTest::newRow("five numbers") << QByteArray("1\\0\\0\\0\\1") << QByteArray();
    QTest::newRow("one letter") << QByteArray() << QByteArray("L");
    QTest::newRow("unknown letter") << QByteArray() << QByteArray("L\\Q");
}

void tst_Geometry::inventsNoLetters()
{
    QFETCH(QByteArray, orientation);
    QFETCH(QByteArray, letters);
    DataSet dataSet = slice("0\\0\\0", orientation.toStdString());
    dataSet.setText(tags::PatientOrientation, "CS", letters.toStdString());
    QVERIFY(!FrameGeometry::of(dataSet, 0).orientation.isKnown());
    QCOMPARE(joined(lettersOf(dataSet)), QStringLiteral("|||"));
}

void tst_Geometry::takesTheFramesOwnGeometry()
{
    const auto groups = [](std::string_view position) {
        DataSet plane, item, measures;
        plane.setText(tags::ImagePositionPatient, "DS", position);
        setItems(item, tags::PlanePositionSequence, {plane});
        return item;
    };
    DataSet orientation, measures, shared, dataSet;
    orientation.setText(tags::ImageOrientationPatient, "DS", "0\\1\\0\\0\\0\\-1");
    measures.setText(tags::PixelSpacing, "DS", "0.5\\0.25");
    measures.setText(tags::SliceThickness, "DS", "3");
    setItems(shared, tags::PlaneOrientationSequence, {orientation});
    setItems(shared, tags::PixelMeasuresSequence, {measures});
    setItems(dataSet, tags::SharedFunctionalGroupsSequence, {shared});
    setItems(dataSet, tags::PerFrameFunctionalGroupsSequence, {groups("1\\2\\3"), groups("4\\5\\6")});
    const auto geometry = FrameGeometry::of(dataSet, 1);
    QCOMPARE(geometry.position->x, 4.0);
    QCOMPARE(geometry.orientation.row->y, 1.0);
    QCOMPARE(geometry.normal(), (PatientVector{-1, 0, 0}));
    QCOMPARE(geometry.spacing.row, 0.5);
    QCOMPARE(geometry.spacing.column, 0.25);
    QCOMPARE(geometry.spacing.source, SpacingSource::Patient);
    QCOMPARE(geometry.sliceThicknessMm.value(), 3.0);
    QVERIFY(!FrameGeometry::of(dataSet, 2).position);
}

void tst_Geometry::leavesOutUnusablePositions()
{
    for (const char *position : {"", "1\\2", "1\\2\\3\\4", "1\\2\\nan", "1\\2\\1e300", "-2e6\\0\\0"})
        QVERIFY2(!FrameGeometry::of(slice(position, "1\\0\\0\\0\\1\\0"), 0).position, position);
    QVERIFY(FrameGeometry::of(slice("-1234.5\\0\\1e3", "1\\0\\0\\0\\1\\0"), 0).position);
}

void tst_Geometry::tellsWhereSpacingComesFrom_data()
{
    QTest::addColumn<QByteArray>("pixel");
    QTest::addColumn<QByteArray>("imager");
    QTest::addColumn<QByteArray>("calibration");
    QTest::addColumn<QByteArray>("other"); // Nominal Scanned, or Aspect if it holds whole numbers
    QTest::addColumn<bool>("crossSection");
    QTest::addColumn<int>("source");
    QTest::addColumn<double>("row");
    const auto row = [](const char *name, const char *pixel, const char *imager, const char *calibration,
                        const char *other, bool crossSection, SpacingSource source, double spacing) {
        QTest::newRow(name) << QByteArray(pixel) << QByteArray(imager) << QByteArray(calibration)
                            << QByteArray(other) << crossSection << static_cast<int>(source) << spacing;
    };
    using enum SpacingSource;
    row("nothing", "", "", "", "", false, None, 1);
    row("CT", "0.7\\0.7", "", "", "", true, Patient, 0.7);
    row("radiograph, imager only", "", "0.143\\0.143", "", "", false, Detector, 0.143);
    row("radiograph, both equal", "0.143\\0.143", "0.143\\0.143", "", "", false, Detector, 0.143);
    row("radiograph, different", "0.13\\0.13", "0.143\\0.143", "", "", false, Calibrated, 0.13);
    row("radiograph, fiducial", "0.143\\0.143", "0.143\\0.143", "FIDUCIAL", "", false, Calibrated, 0.143);
    row("radiograph, Pixel Spacing alone", "0.143\\0.143", "", "", "", false, Detector, 0.143);
    row("film scan", "", "", "", "0.1\\0.1", false, NominalScanned, 0.1);
    row("aspect", "", "", "", "4\\3", false, AspectOnly, 4);
    row("zero", "0\\0", "", "", "", true, None, 1);
    row("negative", "-1\\1", "", "", "", true, None, 1);
    row("one value", "0.5", "", "", "", true, None, 1);
    row("enormous", "1e5\\1e5", "", "", "", true, None, 1);
}

void tst_Geometry::tellsWhereSpacingComesFrom()
{
    QFETCH(QByteArray, pixel);
    QFETCH(QByteArray, imager);
    QFETCH(QByteArray, calibration);
    QFETCH(QByteArray, other);
    QFETCH(bool, crossSection);
    QFETCH(int, source);
    QFETCH(double, row);
    DataSet dataSet = crossSection ? slice("0\\0\\0", "1\\0\\0\\0\\1\\0") : DataSet();
    const auto set = [&](Tag tag, const char(&vr)[3], const QByteArray &value) {
        if (!value.isEmpty())
            dataSet.setText(tag, vr, value.toStdString());
    };
    set(tags::PixelSpacing, "DS", pixel);
    set(tags::ImagerPixelSpacing, "DS", imager);
    set(tags::PixelSpacingCalibrationType, "CS", calibration);
    set(other.contains('.') ? tags::NominalScannedPixelSpacing : tags::PixelAspectRatio, "DS", other);
    const auto spacing = FrameGeometry::of(dataSet, 0).spacing;
    QCOMPARE(static_cast<int>(spacing.source), source);
    QCOMPARE(spacing.row, row);
}

QTEST_APPLESS_MAIN(tst_Geometry)
#include "tst_Geometry.moc"
