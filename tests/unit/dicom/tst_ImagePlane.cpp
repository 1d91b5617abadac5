#include <dicom/ImagePlane.h>

#include <QtTest/QTest>

#include <array>
#include <cmath>
#include <random>

using namespace negatoscope;
using base::ImagePoint;
using base::PatientPoint;
using base::PatientVector;
using dicom::ImagePlane;
using dicom::StackPlaces;

namespace {

ImagePlane plane(PatientPoint origin, PatientVector row, PatientVector column, double spacing = 1,
                 int size = 100)
{
    return {origin, row, column, spacing, spacing, size, size};
}

ImagePlane axial(double z)
{
    return plane({-50, -50, z}, {1, 0, 0}, {0, 1, 0});
}

dicom::Stack stackOf(const std::vector<PatientPoint> &places, PatientVector row, PatientVector column)
{
    dicom::Stack stack;
    for (std::size_t i = 0; i < places.size(); ++i) {
        dicom::StackFrame frame;
        frame.instance = base::InstanceUid("1." + std::to_string(i + 1));
        frame.position = places[i];
        frame.row = row;
        frame.column = column;
        stack.frames.push_back(frame);
    }
    return stack;
}

dicom::Stack axialStack(int slices, double first, double step)
{
    std::vector<PatientPoint> places;
    for (int i = 0; i < slices; ++i)
        places.push_back({0, 0, first + i * step});
    return stackOf(places, {1, 0, 0}, {0, 1, 0});
}

bool near(double a, double b, double tolerance = 1e-6)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class tst_ImagePlane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesToThePatientAndBack()
    {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> number(-1, 1);
        for (int i = 0; i < 500; ++i) {
            const PatientVector a{number(random), number(random), number(random)};
            const PatientVector b{number(random), number(random), number(random)};
            const PatientVector row = a * (1 / length(a));
            const PatientVector across = cross(row, b);
            if (length(across) < 0.1)
                continue;
            const PatientVector column = across * (1 / length(across));
            ImagePlane tilted{{number(random) * 100, number(random) * 100, number(random) * 100},
                              row,
                              column,
                              0.5,
                              0.8,
                              300,
                              200};
            const ImagePoint point{number(random) * 150, number(random) * 100};
            const PatientPoint there = tilted.toPatient(point);
            QVERIFY(near(tilted.distanceTo(there), 0));
            const ImagePoint back = tilted.toImage(there + tilted.normal() * 7.0);
            QVERIFY(near(back.column, point.column) && near(back.row, point.row));
            QVERIFY(near(tilted.distanceTo(there + tilted.normal() * 7.0), 7));
        }
    }

    void cutsAnAxialBySagittalAndCoronal()
    {
        // Sagittal at L 10: rows run to the back, columns to the feet.
        const ImagePlane sagittal = plane({10, -50, 50}, {0, 1, 0}, {0, 0, -1});
        const auto upright = dicom::intersectionOf(axial(0), sagittal);
        QVERIFY(upright);
        QVERIFY(near(upright->from.column, 60) && near(upright->to.column, 60));
        // Both reach from the front edge of the first pixel to the back edge of the last.
        QVERIFY(near(std::min(upright->from.row, upright->to.row), -0.5));
        QVERIFY(near(std::max(upright->from.row, upright->to.row), 99.5));
        const ImagePlane coronal = plane({-50, 20, 50}, {1, 0, 0}, {0, 0, -1});
        const auto level = dicom::intersectionOf(axial(0), coronal);
        QVERIFY(level);
        QVERIFY(near(level->from.row, 70) && near(level->to.row, 70));
    }

    void endsWhereTheOtherSliceEnds()
    {
        const ImagePlane small =
            plane({10, -20, 50}, {0, 1, 0}, {0, 0, -1}, 1, 80); // P -20.5 to 59.5, F 50 to -29
        const auto line = dicom::intersectionOf(axial(0), small);
        QVERIFY(line);
        QVERIFY(near(std::min(line->from.row, line->to.row), 29.5));
        QVERIFY(!dicom::intersectionOf(axial(-40), small)); // below the small slice
    }

    void parallelPlanesHaveNoLine()
    {
        QVERIFY(!dicom::intersectionOf(axial(0), axial(5)));
        const double half = 0.5 * 3.14159265358979323846 / 180;
        QVERIFY(!dicom::intersectionOf(axial(0),
                                       plane({-50, -50, 0}, {1, 0, 0}, {0, std::cos(half), std::sin(half)})));
    }

    /// Every point of the line is a point of both planes, for planes that lie anyhow.
    void everyPointOfTheLineIsInBothPlanes()
    {
        std::mt19937 random(7);
        std::normal_distribution<double> number(0, 1);
        const auto direction = [&] {
            const PatientVector v{number(random), number(random), number(random)};
            return v * (1 / length(v));
        };
        int met = 0;
        for (int i = 0; i < 2000; ++i) {
            const auto any = [&] {
                const PatientVector row = direction(), other = cross(row, direction());
                const PatientVector column = other * (1 / length(other));
                const PatientPoint origin =
                    PatientPoint{number(random) * 20, number(random) * 20, number(random) * 20} +
                    row * -50.0 + column * -50.0;
                return plane(origin, row, column);
            };
            const ImagePlane shown = any(), other = any();
            const auto line = dicom::intersectionOf(shown, other);
            // Independently: walk over the shown picture's edge and see on which side of the other plane it
            // is.
            bool above = false, below = false;
            for (const double column : {-0.5, 99.5})
                for (const double row : {-0.5, 99.5})
                    (other.distanceTo(shown.toPatient({column, row})) > 0 ? above : below) = true;
            if (!(above && below))
                QVERIFY(!line);
            if (!line)
                continue;
            ++met;
            for (const double part : {0.0, 0.3, 1.0}) {
                const ImagePoint at{line->from.column + (line->to.column - line->from.column) * part,
                                    line->from.row + (line->to.row - line->from.row) * part};
                const PatientPoint there = shown.toPatient(at);
                QVERIFY(near(other.distanceTo(there), 0, 1e-5));
                const ImagePoint elsewhere = other.toImage(there);
                QVERIFY(elsewhere.column > -0.51 && elsewhere.column < 99.51 && elsewhere.row > -0.51 &&
                        elsewhere.row < 99.51);
                QVERIFY(at.column > -0.51 && at.column < 99.51 && at.row > -0.51 && at.row < 99.51);
            }
        }
        QVERIFY2(met > 500, qPrintable(QString::number(met)));
    }

    void knowsWhatHasNoPlane()
    {
        dicom::FrameGeometry geometry;
        geometry.position = PatientPoint{};
        geometry.orientation.row = PatientVector{1, 0, 0};
        geometry.orientation.column = PatientVector{0, 1, 0};
        geometry.spacing = {0.5, 0.5, dicom::SpacingSource::Patient};
        QVERIFY(ImagePlane::of(geometry, 10, 10));
        auto detector = geometry;
        detector.spacing.source = dicom::SpacingSource::Detector;
        QVERIFY(!ImagePlane::of(detector, 10, 10));
        auto nowhere = geometry;
        nowhere.position.reset();
        QVERIFY(!ImagePlane::of(nowhere, 10, 10));
    }

    void tellsProjectionsFromSections()
    {
        dicom::DataSet scout;
        scout.setText(dicom::tags::ImageType, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER");
        scout.setText(dicom::tags::Modality, "CS", "CT");
        QVERIFY(dicom::isProjection(scout));
        scout.setText(dicom::tags::Modality, "CS", "MR");
        QVERIFY(!dicom::isProjection(scout));
        scout.setText(dicom::tags::ImageType, "CS", "DERIVED\\SECONDARY\\PROJECTION IMAGE");
        QVERIFY(dicom::isProjection(scout));
    }

    void nearlyParallelIsTenDegreesEitherWay()
    {
        const auto tilted = [](double degrees) {
            const double angle = degrees * 3.14159265358979323846 / 180;
            return PatientVector{0, std::sin(angle), std::cos(angle)};
        };
        QVERIFY(dicom::areNearlyParallel({0, 0, 1}, tilted(9.9)));
        QVERIFY(dicom::areNearlyParallel({0, 0, 1}, tilted(180)));
        QVERIFY(!dicom::areNearlyParallel({0, 0, 1}, tilted(10.1)));
        QVERIFY(!dicom::areNearlyParallel({0, 0, 1}, tilted(90)));
    }

    void findsTheNearestSliceWhateverTheSpacing()
    {
        const StackPlaces coarse(axialStack(20, 0, 5)), downwards(axialStack(40, 60, -2.5));
        for (double z = 0.1; z <= 95; z += 0.61803) { // never midway between two slices
            const auto slice = coarse.nearest({3, 4, z}, {0, 0, 1}, 0);
            QVERIFY(slice && !slice->outside);
            QCOMPARE(slice->index, static_cast<int>(std::lround(z / 5)));
            QVERIFY(near(slice->distanceMm, std::abs(z - slice->index * 5)));
        }
        const auto slice = downwards.nearest({0, 0, 50}, {0, 0, -1}, 0);
        QCOMPARE(slice->index, 4);
        QVERIFY(near(downwards.spacingAt(7), 2.5));
    }

    void saysWhenThePlaceIsBeyondTheEnds()
    {
        const StackPlaces places(axialStack(11, 0, 5));
        QVERIFY(!places.nearest({0, 0, 52.4}, {0, 0, 1}, 3)->outside);
        QVERIFY(places.nearest({0, 0, 52.6}, {0, 0, 1}, 3)->outside);
        QVERIFY(places.nearest({0, 0, -2.6}, {0, 0, 1}, 3)->outside);
        // A gap in the middle is no end.
        auto gap = axialStack(11, 0, 5);
        gap.frames.erase(gap.frames.begin() + 4, gap.frames.begin() + 7);
        QVERIFY(!StackPlaces(gap).nearest({0, 0, 25}, {0, 0, 1}, 0)->outside);
    }

    void neverFollowsACrossingStack()
    {
        const StackPlaces places(axialStack(11, 0, 5));
        QVERIFY(!places.nearest({0, 0, 10}, {1, 0, 0}, 3));
        QVERIFY(places.nearest({0, 0, 10}, 3)); // the 3D cursor may ask whatever the direction
    }

    void staysInTheVolumeTheReaderLooksAt()
    {
        // Two echoes one after the other, then a sagittal series.
        auto stack = axialStack(10, 0, 3);
        const auto second = axialStack(10, 0, 3);
        stack.frames.insert(stack.frames.end(), second.frames.begin(), second.frames.end());
        const auto sagittal = stackOf({{0, 0, 0}, {4, 0, 0}, {8, 0, 0}}, {0, 1, 0}, {0, 0, -1});
        stack.frames.insert(stack.frames.end(), sagittal.frames.begin(), sagittal.frames.end());
        const StackPlaces places(stack);
        QCOMPARE(*places.runOf(12), std::pair(10, 19));
        QCOMPARE(*places.runOf(21), std::pair(20, 22));
        QCOMPARE(places.nearest({0, 0, 15}, {0, 0, 1}, 2)->index, 5);
        QCOMPARE(places.nearest({0, 0, 15}, {0, 0, 1}, 17)->index, 15);
        // From the sagittal slices the axial volume nearest in the series.
        QCOMPARE(places.nearest({0, 0, 15}, {0, 0, 1}, 20)->index, 15);
        QCOMPARE(places.nearest({5, 0, 0}, {1, 0, 0}, 2)->index, 21);
    }

    void slicesAtOnePlaceKeepTheReadersSlice()
    {
        // Each position three times in a row, as some series are numbered.
        std::vector<PatientPoint> triples;
        for (int z = 0; z < 5; ++z)
            for (int i = 0; i < 3; ++i)
                triples.push_back({0, 0, z * 4.0});
        const StackPlaces places(stackOf(triples, {1, 0, 0}, {0, 1, 0}));
        QCOMPARE(places.nearest({0, 0, 8}, {0, 0, 1}, 7)->index, 7);
        QCOMPARE(places.nearest({0, 0, 8}, {0, 0, 1}, 14)->index, 8);
    }

    void withoutGeometryThereAreNoPlaces()
    {
        auto stack = axialStack(3, 0, 1);
        stack.frames[1].position.reset();
        const StackPlaces places(stack);
        QVERIFY(places.isEmpty());
        QVERIFY(!places.nearest({0, 0, 0}, {0, 0, 1}, 0));
    }
};

QTEST_APPLESS_MAIN(tst_ImagePlane)
#include "tst_ImagePlane.moc"
