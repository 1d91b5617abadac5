#include "PlanesFixture.h"

#include <QtGui/QGuiApplication>

#include <cmath>

using namespace negatoscope;
using base::PatientPoint;
using base::PatientVector;
using session::CrossHold;
using session::kPlanes;
using session::ReadingPresenter;
using session::ViewportPresenter;
using test::kAxial;
using test::kCoronal;
using test::kLimitMs;
using test::kSagittal;
using test::withoutMarks;

namespace {

constexpr int kCube = 16;

/// What the orientation phantom holds at a place: left, posterior and head counted from 0 in each four bits.
/// Linear in the place, so that interpolation gives it exactly.
double cubeValueAt(PatientPoint point)
{
    const double middle = (kCube - 1) / 2.0;
    return 256 * (point.x + middle) + 16 * (point.y + middle) + (point.z + middle);
}

bool isWellWithin(PatientPoint point)
{
    const double reach = (kCube - 1) / 2.0 - 0.01;
    return std::abs(point.x) < reach && std::abs(point.y) < reach && std::abs(point.z) < reach;
}

/// The letters of the way along which the values of the picture grow from one point of the view to another,
/// read from the pixels alone. The plane must be straight.
std::string letterBetween(const ViewportPresenter &viewport, base::ViewPoint from, base::ViewPoint to)
{
    const auto at = [&](base::ViewPoint point) {
        const auto probe = viewport.probe(point);
        return static_cast<int>(std::lround(probe && probe->value ? *probe->value : -1));
    };
    const int a = at(from), b = at(to);
    if (a < 0 || b < 0)
        return "nothing";
    const int left = (b >> 8) - (a >> 8), back = (b >> 4 & 15) - (a >> 4 & 15), head = (b & 15) - (a & 15);
    std::string letters;
    if (left != 0)
        letters += left > 0 ? "L" : "R";
    if (back != 0)
        letters += back > 0 ? "P" : "A";
    if (head != 0)
        letters += head > 0 ? "H" : "F";
    return letters;
}

} // namespace

/// Planes of a series as a reading window shows them.
class TestPlanes final : public test::PlanesFixture
{
    Q_OBJECT
private:
    /// Every pixel of a plane of the cube tells where it is.
    static int compareWithCube(const ReadingPresenter &reading, int plane, double within)
    {
        const auto &state = reading.viewportAt(plane)->state();
        int compared = 0;
        for (int row = 0; row < state.picture->size().height; ++row)
            for (int column = 0; column < state.picture->size().width; ++column) {
                const PatientPoint point =
                    reading.viewportAt(plane)->state().plane->raster.toPatient({double(column), double(row)});
                if (!isWellWithin(point))
                    continue;
                const auto value = state.picture->valueAt(column, row);
                if (!value || std::abs(*value - cubeValueAt(point)) > within)
                    return -1;
                ++compared;
            }
        return compared;
    }

    static void turn(ReadingPresenter &reading, int plane, double degrees)
    {
        const auto &state = reading.viewportAt(plane)->state();
        const auto centre = state.transform.toView(state.guides.planes.at(0).through);
        const double angle = degrees * 3.14159265358979323846 / 180;
        const CrossHold hold{CrossHold::Part::End, state.guides.planes.at(0).plane};
        reading.planes()->drag(plane, hold, {centre.x + 100, centre.y},
                               {centre.x + 100 * std::cos(angle), centre.y + 100 * std::sin(angle)});
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
    }

private Q_SLOTS:
    void initTestCase() { fill(); }
    void cleanupTestCase() { m_backend.reset(); }

    /// Rows, columns and slices along the body's axes in any order and direction: the planes are those of the
    /// body all the same, and their letters those of their pixels; also through oblique ones.
    void planesOfAnyArrangementAreThoseOfTheBody()
    {
        ReadingPresenter reading(m_backend->services());
        const auto study = studyOf("Phantom orientations");
        reading.openStudy(study.uid, study.patient);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        const auto series = m_backend->cache().series(study.uid);
        QCOMPARE(series.size(), 48U);
        for (const auto &one : series) {
            reading.setLayout({1, 1});
            reading.showSeries(0, one.uid);
            resize(reading);
            QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
            beginPlanes(reading);
            for (int plane = 0; plane < kPlanes; ++plane)
                for (const int place : {4, 8}) // to the middle of voxels
                    reading.viewportAt(plane)->scrollTo(place);
            QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
            for (int plane = 0; plane < kPlanes; ++plane) {
                ViewportPresenter &viewport = *reading.viewportAt(plane);
                QVERIFY2(compareWithCube(reading, plane, 0) == 14 * 14, one.description.c_str());
                for (int turns = 0; turns < 8; ++turns) {
                    const auto &letters = viewport.state().letters;
                    QCOMPARE(letters.right, letterBetween(viewport, {120, 200}, {280, 200}));
                    QCOMPARE(letters.left, letterBetween(viewport, {280, 200}, {120, 200}));
                    QCOMPARE(letters.bottom, letterBetween(viewport, {200, 120}, {200, 280}));
                    QCOMPARE(letters.top, letterBetween(viewport, {200, 280}, {200, 120}));
                    turns % 4 == 3 ? viewport.flip() : viewport.rotate(1);
                }
                viewport.reset();
            }
            turn(reading, kAxial, 30);
            turn(reading, kCoronal, -25);
            QVERIFY(reading.planes()->planes().isOblique(kAxial));
            for (int plane = 0; plane < kPlanes; ++plane) {
                // Two roundings at most: that of the plane and that of a sum of three.
                QVERIFY2(compareWithCube(reading, plane, 1) > 100, one.description.c_str());
                const auto &raster = reading.viewportAt(plane)->state().plane->raster;
                const auto &letters = reading.viewportAt(plane)->state().letters;
                QCOMPARE(letters.right, dicom::directionLetters(raster.row));
                QCOMPARE(letters.top, dicom::directionLetters(-raster.column));
                QVERIFY(letters.right.size() > 1 || letters.top.size() > 1);
            }
            reading.togglePlanes();
        }
    }

    /// An axial plane where a slice lies is that slice, to the last pixel; words and picture go together.
    void axialPlanesAreTheSlices()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom body");
        reading.active()->scrollTo(17);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        const auto slice = reading.active()->state().picture;
        const auto facts = reading.active()->state().facts;
        const double position = *reading.active()->state().facts.slicePositionMm;
        beginPlanes(reading);
        const auto &state = reading.viewportAt(kAxial)->state();
        QCOMPARE(state.index, 17); // where the reader was
        QCOMPARE(state.count, 60);
        QCOMPARE(*state.facts.slicePositionMm, position);
        QVERIFY(state.facts.instance.isEmpty() && !state.frame);
        // Whose it is, from an object of the series.
        QVERIFY(!facts.patientName.isEmpty());
        QCOMPARE(state.facts.patientName, facts.patientName);
        QCOMPARE(state.facts.patientId, facts.patientId);
        QCOMPARE(state.facts.study, facts.study);
        QCOMPARE(state.facts.series, facts.series);
        QCOMPARE(state.facts.studyDate, facts.studyDate);
        QCOMPARE(state.unit, QStringLiteral("HU"));
        QCOMPARE(state.picture->size().width, slice->size().width);
        for (int row = 0; row < slice->size().height; ++row)
            for (int column = 0; column < slice->size().width; ++column)
                QCOMPARE(state.picture->valueAt(column, row), slice->valueAt(column, row));
        reading.viewportAt(kAxial)->scrollBy(5);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        QCOMPARE(reading.viewportAt(kAxial)->state().index, 22);
        QCOMPARE(test::signatureOf(*reading.viewportAt(kAxial)->state().picture)->slice,
                 59U - 22); // counted from the feet
    }

    void comesBackToExactlyWhatHung()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom head", "axial");
        reading.setLayout({2, 2});
        resize(reading);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        reading.setActive(2);
        reading.active()->scrollTo(5);
        reading.active()->zoomAt({100, 100}, 1.7);
        reading.active()->dragWindow(30, 20);
        reading.viewportAt(1)->rotate(1);
        reading.toggleMaximised(2);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        reading.links().update();
        const QJsonObject before = withoutMarks(reading.json());
        const auto *third = reading.viewportAt(2);
        beginPlanes(reading);
        QCOMPARE(reading.json().value(QLatin1String("viewports")).toArray().size(), 3);
        reading.viewportAt(kCoronal)->scrollBy(9);
        reading.viewportAt(kCoronal)->zoomAt({10, 10}, 3);
        reading.togglePlanes();
        QVERIFY(!reading.planes());
        QCOMPARE(reading.viewportAt(2), third);
        QTRY_COMPARE(withoutMarks(reading.json()), before);
    }

    void sharesWindowAndScale()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom body");
        reading.active()->setWindow({-600, 1500});
        beginPlanes(reading);
        for (int plane = 0; plane < kPlanes; ++plane)
            QCOMPARE(reading.viewportAt(plane)->state().window->center, -600.0); // as it was looked at
        reading.viewportAt(kCoronal)->dragWindow(40, -20);
        const auto window = reading.viewportAt(kCoronal)->state().window;
        QVERIFY(window->center != -600);
        reading.viewportAt(kSagittal)->zoomAt({150, 150}, 2);
        const auto scale = [&](int plane) {
            const auto &state = reading.viewportAt(plane)->state();
            return state.transform.scaleColumn() / state.spacing.column;
        };
        for (int plane = 0; plane < kPlanes; ++plane) {
            QCOMPARE(reading.viewportAt(plane)->state().window, window);
            QVERIFY(std::abs(scale(plane) - scale(kSagittal)) < 1e-9 * scale(plane));
        }
        reading.viewportAt(kAxial)->applyPreset(2);
        QCOMPARE(reading.viewportAt(kSagittal)->state().windowName,
                 reading.viewportAt(kAxial)->state().windowName);
    }

    /// The head has a bright ball: the cross put on it in one plane shows it in the others.
    void movesTheCrossWhereTheReaderPoints()
    {
        constexpr PatientPoint kBall{25, -10, 35};
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom head", "axial-thin");
        beginPlanes(reading);
        const auto viewOf = [&](int plane, PatientPoint point) {
            const auto &state = reading.viewportAt(plane)->state();
            return state.transform.toView(state.plane->raster.toImage(point));
        };
        reading.placeCursor(kAxial, viewOf(kAxial, kBall));
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        reading.placeCursor(kCoronal, viewOf(kCoronal, kBall));
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        QVERIFY(length(reading.planes()->planes().cross() - kBall) < 0.7);
        for (int plane = 0; plane < kPlanes; ++plane) {
            const auto probe = reading.viewportAt(plane)->probe(viewOf(plane, kBall));
            QVERIFY(probe && probe->value && *probe->value > 900);
            QCOMPARE(reading.viewportAt(plane)->state().guides.planes.size(), 2U);
        }
        // The coronal plane's line, taken in the axial one and moved to the front.
        const auto from = viewOf(kAxial, kBall);
        reading.planes()->drag(kAxial, {CrossHold::Part::Line, kCoronal}, from, {from.x + 30, from.y - 50});
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        const auto moved = reading.planes()->planes().cross();
        QVERIFY(moved.y < kBall.y - 10 && std::abs(moved.x - kBall.x) < 0.7);
    }

    void drawsSlabs()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom head", "axial-thin");
        beginPlanes(reading);
        auto &planes = *reading.planes();
        const auto &state = reading.viewportAt(kAxial)->state();
        const auto thin = state.picture;
        planes.setSlabThickness(kAxial, 9);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        QCOMPARE(state.plane->slab.thicknessMm, 9.0);
        QCOMPARE(*state.facts.sliceThicknessMm, 9.0);
        const auto highest = state.picture;
        planes.setProjection(volume::Projection::Minimum);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        const auto lowest = state.picture;
        planes.setProjection(volume::Projection::Mean);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        int apart = 0;
        for (int row = 0; row < thin->size().height; ++row)
            for (int column = 0; column < thin->size().width; ++column) {
                const double mean = *state.picture->valueAt(column, row);
                QVERIFY(*lowest->valueAt(column, row) <= *thin->valueAt(column, row));
                QVERIFY(*highest->valueAt(column, row) >= *thin->valueAt(column, row));
                QVERIFY(mean >= *lowest->valueAt(column, row) && mean <= *highest->valueAt(column, row));
                apart += *highest->valueAt(column, row) > *lowest->valueAt(column, row);
            }
        QVERIFY(apart > 1000);
        planes.setSlabThickness(kAxial, 0.4); // less than a voxel
        QCOMPARE(planes.slab(kAxial).thicknessMm, 0.0);
        planes.thicken(kSagittal, 3);
        QVERIFY(planes.slab(kSagittal).thicknessMm > 2);
        planes.thicken(kSagittal, -9);
        QCOMPARE(planes.slab(kSagittal).thicknessMm, 0.0);
    }

    void leavesThePlanesForAnotherLayoutOrSeries()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom head", "axial");
        beginPlanes(reading);
        reading.setLayout({1, 2});
        QVERIFY(!reading.planes());
        QCOMPARE(reading.viewports().size(), 2U);
        QVERIFY(reading.viewportAt(0)->series()->description == "axial");
        beginPlanes(reading);
        reading.stepSeries(1);
        QVERIFY(!reading.planes());
        QVERIFY(reading.viewportAt(0)->series()->description != "axial");
        beginPlanes(reading);
        reading.closeStudy();
        QVERIFY(!reading.planes());
    }
};

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    TestPlanes test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Planes.moc"
