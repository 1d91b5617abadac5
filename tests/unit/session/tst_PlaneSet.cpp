#include <session/PlaneSet.h>

#include <QtTest/QTest>

#include <cmath>
#include <random>

using namespace negatoscope;
using base::PatientPoint;
using base::PatientVector;
using session::kPlanes;
using session::PlaneSet;

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kAxial = 0, kCoronal = 1, kSagittal = 2;

/// 100 x 80 pixels of 0.5 mm, 40 slices 2 mm apart from head to feet.
volume::VolumeGeometry boxOf()
{
    volume::VolumeGeometry geometry;
    geometry.origin = {-25, -20, 100};
    geometry.row = {1, 0, 0};
    geometry.column = {0, 1, 0};
    geometry.normal = {0, 0, -1};
    geometry.columnSpacing = geometry.rowSpacing = 0.5;
    geometry.columns = 100;
    geometry.rows = 80;
    for (int k = 0; k < 40; ++k)
        geometry.places.push_back(2.0 * k);
    geometry.spacing = geometry.usualSpacing = 2;
    return geometry;
}

bool isNear(PatientVector a, PatientVector b, double within = 1e-9)
{
    return length(a - b) < within;
}

} // namespace

/// Where the three planes of a volume are, and what turning and moving them does.
class tst_PlaneSet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void meetsInTheMiddleAtFirst()
    {
        const PlaneSet set(boxOf());
        QVERIFY(length(set.cross() - boxOf().centre()) < 1e-9);
        for (int plane = 0; plane < kPlanes; ++plane)
            QVERIFY(!set.isOblique(plane));
        // Seen from the feet, from the front, from the left.
        QVERIFY(isNear(set.frame(kAxial).row, {1, 0, 0}) && isNear(set.frame(kAxial).column, {0, 1, 0}));
        QVERIFY(isNear(set.frame(kCoronal).row, {1, 0, 0}) && isNear(set.frame(kCoronal).column, {0, 0, -1}));
        QVERIFY(isNear(set.frame(kSagittal).row, {0, 1, 0}) &&
                isNear(set.frame(kSagittal).column, {0, 0, -1}));
    }

    void axialPixelsLieOnVoxels()
    {
        PlaneSet set(boxOf());
        set.goTo(kAxial, 0);
        const auto plane = set.raster(kAxial);
        QCOMPARE(plane.columns, 100);
        QCOMPARE(plane.rows, 80);
        QVERIFY(length(plane.origin - boxOf().origin) < 1e-9);
    }

    void scrollsInReadingDirectionFromVoxelToVoxel()
    {
        PlaneSet set(boxOf());
        QCOMPARE(set.count(kAxial), 40);
        QCOMPARE(set.count(kCoronal), 80);
        QCOMPARE(set.count(kSagittal), 100);
        for (int k = 0; k < 40; ++k) {
            set.goTo(kAxial, k);
            QCOMPARE(set.index(kAxial), k);
            QVERIFY(std::abs(set.cross().z - (100 - 2.0 * k)) < 1e-9); // from the head down
        }
        set.goTo(kCoronal, 0);
        QVERIFY(std::abs(set.cross().y - -20) < 1e-9); // from the front
        set.goTo(kSagittal, 0);
        QVERIFY(std::abs(set.cross().x - -25) < 1e-9); // from the right
        set.setStepMm(5);
        QCOMPARE(set.count(kAxial), 16);
        set.goTo(kAxial, 3);
        QVERIFY(std::abs(set.cross().z - 85) < 1e-9);
    }

    void staysWithinTheVolume()
    {
        PlaneSet set(boxOf());
        set.moveCross({1000, -1000, 1000});
        QVERIFY(length(set.cross() - PatientPoint{24.5, -20, 100}) < 1e-9);
    }

    /// In one plane the others' lines turn; this plane stays as it is, and all stay perpendicular.
    void turnsTheOtherPlanes()
    {
        PlaneSet set(boxOf());
        const PatientPoint cross{3, 4, 61};
        set.moveCross(cross);
        set.turn(kAxial, kPi / 6);
        QVERIFY(!set.isOblique(kAxial));
        QVERIFY(set.isOblique(kCoronal) && set.isOblique(kSagittal));
        QVERIFY(isNear(set.frame(kAxial).row, {1, 0, 0}));
        // The coronal plane's line in the axial picture runs down to the right.
        QVERIFY(isNear(set.frame(kCoronal).row, {std::cos(kPi / 6), std::sin(kPi / 6), 0}));
        QVERIFY(isNear(set.frame(kCoronal).column, {0, 0, -1}));
        QVERIFY(length(set.cross() - cross) < 1e-9);
        set.straighten();
        QVERIFY(!set.isOblique(kCoronal));
        QVERIFY(length(set.cross() - cross) < 1e-9);
    }

    void staysPerpendicularAfterManyTurns()
    {
        PlaneSet set(boxOf());
        std::mt19937 random(7);
        for (int i = 0; i < 5000; ++i)
            set.turn(static_cast<int>(random() % 3), std::uniform_real_distribution(-0.2, 0.2)(random));
        for (int a = 0; a < kPlanes; ++a) {
            const auto &frame = set.frame(a);
            QVERIFY(std::abs(length(frame.row) - 1) < 1e-9 && std::abs(length(frame.column) - 1) < 1e-9);
            QVERIFY(std::abs(dot(frame.row, frame.column)) < 1e-9);
            for (int b = 0; b < a; ++b)
                QVERIFY(std::abs(dot(frame.normal(), set.frame(b).normal())) < 1e-6);
        }
    }

    /// However planes are turned, the raster holds the whole shadow and its middle is the volume's.
    void rasterCoversTheVolume()
    {
        PlaneSet set(boxOf());
        set.turn(kAxial, 0.5);
        set.turn(kCoronal, -0.8);
        for (int plane = 0; plane < kPlanes; ++plane) {
            const auto raster = set.raster(plane);
            QVERIFY(std::abs(dot(set.cross() - raster.origin, raster.normal())) < 1e-9);
            QVERIFY(std::abs(dot(raster.centre() - boxOf().centre(), raster.row)) < 1e-9);
            QVERIFY(std::abs(dot(raster.centre() - boxOf().centre(), raster.column)) < 1e-9);
            for (int corner = 0; corner < 8; ++corner) {
                const auto point =
                    boxOf().toPatient({corner & 1 ? 99.0 : 0, corner & 2 ? 79.0 : 0, corner & 4 ? 39.0 : 0});
                QVERIFY(raster.contains(raster.toImage(point)));
            }
            const auto coarse = set.raster(plane, 2);
            QVERIFY(length(coarse.centre() - raster.centre()) < 1e-9);
            QCOMPARE(coarse.columnSpacing, 2 * raster.columnSpacing);
        }
    }

    void keepsItsPlaceInALongerVolume()
    {
        PlaneSet set(boxOf());
        set.moveCross({1, 2, 50});
        set.turn(kSagittal, 0.3);
        const auto before = set.frame(kAxial);
        auto longer = boxOf();
        for (int k = 40; k < 60; ++k)
            longer.places.push_back(2.0 * k);
        set.setGeometry(longer);
        QVERIFY(length(set.cross() - PatientPoint{1, 2, 50}) < 1e-9);
        QVERIFY(isNear(set.frame(kAxial).row, before.row));
    }
};

QTEST_APPLESS_MAIN(tst_PlaneSet)
#include "tst_PlaneSet.moc"
