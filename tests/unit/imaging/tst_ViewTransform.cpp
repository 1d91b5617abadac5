#include <imaging/ViewTransform.h>

#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace negatoscope;
using namespace negatoscope::imaging;

namespace {

bool near(base::ViewPoint point, double x, double y)
{
    return std::abs(point.x - x) < 1e-9 && std::abs(point.y - y) < 1e-9;
}

} // namespace

class tst_ViewTransform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsEveryPixelOnOneDevicePixelAt1To1();
    void fitsAndCentres();
    void flipsBeforeItTurnsClockwise();
    void stretchesTheCoarserAxis();
    void invertsItself();
    void tellsWhereRightAndDownPoint();
    void staysFiniteForHostileNumbers();
};

void tst_ViewTransform::putsEveryPixelOnOneDevicePixelAt1To1()
{
    for (int image : {7, 8})
        for (int view : {20, 21})
            for (double pan : {0.0, 0.3, 2.5, -4.7})
                for (int turns = 0; turns < 4; ++turns)
                    for (bool flipped : {false, true}) {
                        const ViewTransform transform({image, image + 3}, {}, {view, view},
                                                      {turns, flipped, 1.0, pan, pan});
                        const auto point = transform.toImage({3.5, 5.5});
                        QCOMPARE(point.column, std::round(point.column));
                        QCOMPARE(point.row, std::round(point.row));
                    }
}

void tst_ViewTransform::fitsAndCentres()
{
    const ViewTransform transform({100, 50}, {}, {400, 400}, {});
    QCOMPARE(transform.zoom(), 4.0);
    QVERIFY(near(transform.toView({-0.5, -0.5}), 0, 100));
    QVERIFY(near(transform.toView({99.5, 49.5}), 400, 300));
    QCOMPARE(ViewTransform::fittingZoom({100, 50}, {}, {400, 400}, 1), 4.0);
    QCOMPARE(ViewTransform::fittingZoom({100, 50}, {}, {400, 100}, 1), 1.0);
}

void tst_ViewTransform::flipsBeforeItTurnsClockwise()
{
    // The first pixel of a 4x2 image at zoom 10: top left, then top right after a clockwise quarter turn.
    const auto first = [](int turns, bool flipped) {
        return ViewTransform({4, 2}, {}, {40, 40}, {turns, flipped, 10, 0, 0}).toView({0, 0});
    };
    QVERIFY(near(first(0, false), 5, 15));
    QVERIFY(near(first(1, false), 25, 5));
    QVERIFY(near(first(2, false), 35, 25));
    QVERIFY(near(first(3, false), 15, 35));
    QVERIFY(near(first(0, true), 35, 15));
    QVERIFY(near(first(1, true), 25, 35));
    QVERIFY(near(first(-3, true), 25, 35));
}

void tst_ViewTransform::stretchesTheCoarserAxis()
{
    const dicom::PixelSpacing spacing{2.0, 0.5, dicom::SpacingSource::Patient}; // rows 2 mm apart
    const ViewTransform transform({10, 10}, spacing, {100, 100}, {0, false, 2, 0, 0});
    QCOMPARE(transform.scaleColumn(), 2.0);
    QCOMPARE(transform.scaleRow(), 8.0);
    QCOMPARE(ViewTransform::fittingZoom({10, 10}, spacing, {80, 80}, 0), 2.0);
}

void tst_ViewTransform::invertsItself()
{
    for (int turns = 0; turns < 4; ++turns)
        for (bool flipped : {false, true}) {
            const ViewTransform transform({37, 91}, {0.7, 0.3, dicom::SpacingSource::Patient}, {200, 150},
                                          {turns, flipped, 1.37, 12.3, -4});
            const auto back = transform.toImage(transform.toView({5.25, 77.5}));
            QVERIFY(std::abs(back.column - 5.25) < 1e-9 && std::abs(back.row - 77.5) < 1e-9);
        }
}

void tst_ViewTransform::tellsWhereRightAndDownPoint()
{
    const auto directions = [](int turns, bool flipped) {
        const auto d = ViewTransform({4, 2}, {}, {40, 40}, {turns, flipped, 0, 0, 0}).directions();
        return std::array{d.rightColumn, d.rightRow, d.downColumn, d.downRow};
    };
    QVERIFY((directions(0, false) == std::array{1.0, 0.0, 0.0, 1.0}));
    QVERIFY((directions(1, false) == std::array{0.0, -1.0, 1.0, 0.0}));
    QVERIFY((directions(0, true) == std::array{-1.0, 0.0, 0.0, 1.0}));
    QVERIFY((directions(1, true) == std::array{0.0, -1.0, -1.0, 0.0}));
}

void tst_ViewTransform::staysFiniteForHostileNumbers()
{
    const double nan = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();
    for (double bad : {nan, infinity, -infinity, 1e300, -1.0, 0.0, 1e-300})
        for (int turns : {0, 1, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()}) {
            const ViewTransform transform({512, 512}, {bad, 1, dicom::SpacingSource::Patient}, {640, 480},
                                          {turns, true, bad, bad, bad});
            for (int i = 0; i < 6; ++i)
                QVERIFY(std::isfinite(transform.inverse()[i]));
            QVERIFY(transform.scaleColumn() > 0 && transform.scaleRow() > 0);
        }
    const ViewTransform empty({0, 0}, {}, {0, 0}, {});
    QVERIFY(std::isfinite(empty.inverse()[2]));
}

QTEST_APPLESS_MAIN(tst_ViewTransform)
#include "tst_ViewTransform.moc"
