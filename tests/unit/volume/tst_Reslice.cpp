#include "TestVolumes.h"

#include <QtTest/QTest>

#include <algorithm>
#include <numeric>
#include <thread>

using namespace negatoscope;
using namespace negatoscope::test;
using namespace negatoscope::volume;
using base::PatientVector;

namespace {

const PatientVector kLeft{1, 0, 0}, kBack{0, 1, 0}, kFeet{0, 0, -1};

/// Values that grow evenly along all three axes of the patient: linear interpolation gives them exactly.
double rampAt(base::PatientPoint p)
{
    return 500 + 3 * p.x - 2 * p.y + 4 * p.z;
}

std::shared_ptr<Volume> ramp(const VolumeGeometry &geometry, VoxelType type = VoxelType::Float)
{
    return makeVolume(
        geometry,
        [&](int i, int j, int k) {
            return rampAt(geometry.toPatient({double(i), double(j), double(k)}));
        },
        type);
}

/// The worst difference from the ramp over pixels whose samples lie inside the volume by a voxel.
double worstOnRamp(const Volume &made, const dicom::ImagePlane &plane, const ResliceSettings &settings)
{
    std::vector<float> pixels(pixelsOf(plane));
    if (!reslice(made, plane, settings, pixels))
        return 1e9;
    const VolumeGeometry &geometry = made.geometry();
    double worst = 0;
    int inside = 0;
    for (int y = 0; y < plane.rows; ++y)
        for (int x = 0; x < plane.columns; ++x) {
            const auto point = plane.toPatient({double(x), double(y)});
            const auto at = geometry.toVolume(point);
            if (at.i < 1 || at.j < 1 || at.k < 1 || at.i > geometry.columns - 2 || at.j > geometry.rows - 2 ||
                at.k > geometry.slices() - 2)
                continue;
            const double value = pixels[std::size_t(y) * std::size_t(plane.columns) + std::size_t(x)];
            worst = std::max(worst, std::abs(value - rampAt(point)));
            ++inside;
        }
    return inside > 500 ? worst : 1e9;
}

std::vector<dicom::ImagePlane> planesThrough(const VolumeGeometry &geometry)
{
    std::vector<dicom::ImagePlane> planes;
    for (const auto &[row, column] :
         {std::pair(kLeft, kBack), std::pair(kLeft, kFeet), std::pair(kBack, kFeet), std::pair(kFeet, kLeft),
          std::pair(-kBack, kLeft), std::pair(PatientVector{1, 1, 0}, kFeet),
          std::pair(PatientVector{1, 0.4, -0.3}, PatientVector{0, 1, -1})})
        planes.push_back(planeAround(geometry.centre(), row, column, 90, 110, 0.45, 0.5));
    return planes;
}

} // namespace

class TstReslice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reproducesARampInEveryPlane();
    void takesUnevenSlicesAtTheirPlaces();
    void shearsTiltedSlicesBack();
    void doesNotBridgeAWideGap();
    void showsOrientation_data();
    void showsOrientation();
    void bridgesSlicesThatAreStillToCome();
    void slicesThatFailedAreMissing();
    void emptyVolumeIsBackground();
    void slabTakesTheWholeThickness();
    void meanCountsSamplesInsideOnly();
    void wholeNumbersAreStoredValues();
    void refusesWhatDoesNotFit();
    void drawsWhileSlicesArrive();
};

void TstReslice::reproducesARampInEveryPlane()
{
    const auto geometry = evenGeometry(70, 60, 80);
    const auto made = ramp(geometry);
    for (const auto interpolation : {Interpolation::Linear, Interpolation::Cubic})
        for (const auto &plane : planesThrough(geometry)) {
            ResliceSettings settings;
            settings.interpolation = interpolation;
            const double worst = worstOnRamp(*made, plane, settings);
            QVERIFY2(worst < 0.01, qPrintable(QString::number(worst)));
        }
}

void TstReslice::takesUnevenSlicesAtTheirPlaces()
{
    auto geometry = evenGeometry(70, 60, 60);
    geometry.spacing.reset();
    for (std::size_t k = 1; k < geometry.places.size(); ++k)
        geometry.places[k] = geometry.places[k - 1] + (k < 30 ? 0.5 : 0.8 + 0.1 * double(k % 3));
    const auto made = ramp(geometry);
    for (const auto &plane : planesThrough(geometry)) {
        const double worst = worstOnRamp(*made, plane, {});
        QVERIFY2(worst < 0.01, qPrintable(QString::number(worst)));
    }
    // Taken for even, the same slices are wrong by millimetres.
    auto even = geometry;
    even.spacing = even.usualSpacing = geometry.places.back() / (geometry.slices() - 1);
    for (int k = 0; k < even.slices(); ++k)
        even.places[std::size_t(k)] = k * *even.spacing;
    const auto wrong = makeVolume(
        even,
        [&](int i, int j, int k) {
            return rampAt(geometry.toPatient({double(i), double(j), double(k)}));
        },
        VoxelType::Float);
    QVERIFY(worstOnRamp(*wrong, planesThrough(geometry)[1], {}) > 4);
}

void TstReslice::shearsTiltedSlicesBack()
{
    auto geometry = evenGeometry(70, 60, 80);
    geometry.drift = {0, std::tan(0.3), 0};
    const auto made = ramp(geometry);
    for (const auto &plane : planesThrough(geometry)) {
        const double worst = worstOnRamp(*made, plane, {});
        QVERIFY2(worst < 0.01, qPrintable(QString::number(worst)));
    }
}

void TstReslice::doesNotBridgeAWideGap()
{
    auto geometry = evenGeometry(40, 40, 40, 1, 1, 1);
    geometry.spacing.reset();
    for (std::size_t k = 20; k < 40; ++k)
        geometry.places[k] += 6;
    const auto made = makeVolume(geometry, [](int, int, int) { return 100; });
    const auto plane = planeAround(geometry.centre(), kLeft, kFeet, 20, 40, 1, 1);
    ResliceSettings settings;
    settings.background = -7;
    std::vector<std::int16_t> pixels(pixelsOf(plane));
    std::vector<PixelState> states(pixelsOf(plane));
    QVERIFY(reslice(*made, plane, settings, pixels));
    QVERIFY(resliceStates(*made, plane, settings, states));
    int missing = 0;
    for (int y = 0; y < plane.rows; ++y) {
        const auto at = std::size_t(y) * 20 + 10;
        QCOMPARE(pixels[at] == -7, states[at] != PixelState::Exact);
        missing += states[at] == PixelState::Missing;
    }
    QVERIFY2(missing >= 5 && missing <= 7, qPrintable(QString::number(missing)));
}

void TstReslice::showsOrientation_data()
{
    QTest::addColumn<int>("arrangement");
    for (int arrangement = 0; arrangement < 48; ++arrangement)
        QTest::addRow("%d", arrangement) << arrangement;
}

/// Each voxel says where it is (towards left, back and head), whatever the arrangement of slices: so does
/// each pixel of each plane, and a slab of one value through it.
void TstReslice::showsOrientation()
{
    QFETCH(int, arrangement);
    constexpr int kSize = 16;
    std::array<int, 3> order{0, 1, 2};
    for (int n = 0; n < arrangement % 6; ++n)
        std::next_permutation(order.begin(), order.end());
    const std::array axes{PatientVector{1, 0, 0}, PatientVector{0, 1, 0}, PatientVector{0, 0, 1}};
    const auto direction = [&](int n) {
        return axes[std::size_t(order[std::size_t(n)])] * ((arrangement / 6) >> n & 1 ? -1.0 : 1.0);
    };
    std::vector<SlicePlace> slices;
    const base::PatientPoint corner =
        base::PatientPoint{} + (direction(0) + direction(1) + direction(2)) * -7.5;
    for (int k = 0; k < kSize; ++k) {
        SlicePlace slice;
        slice.row = direction(0);
        slice.column = direction(1);
        slice.position = corner + direction(2) * k;
        slice.rowSpacing = slice.columnSpacing = 1;
        slice.rows = slice.columns = kSize;
        slices.push_back(slice);
    }
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry && fitted.findings.empty());
    const auto made = emptyVolume(*fitted.geometry);
    const auto codeAt = [](base::PatientPoint p) {
        const auto part = [](double mm) { return static_cast<int>(std::lround(mm + 7.5)); };
        return part(p.x) << 8 | part(p.y) << 4 | part(p.z);
    };
    for (int k = 0; k < kSize; ++k) {
        // As the slice itself says, not as the fitted geometry does.
        const SlicePlace &slice = slices[fitted.order[std::size_t(k)]];
        fillSlice<std::int16_t>(*made, k, [&](int i, int j, int) {
            return codeAt(*slice.position + *slice.row * double(i) + *slice.column * double(j));
        });
    }
    int compared = 0;
    for (int x = 0; x < 3; ++x)
        for (int y = 0; y < 3; ++y)
            for (const double flip : {1.0, -1.0})
                for (const int samples : {1, 3}) {
                    if (x == y)
                        continue;
                    // Through the middles of voxels, which lie half a millimetre beside whole ones.
                    const auto middle = base::PatientPoint{} + axes[std::size_t(3 - x - y)] * 0.5;
                    const auto plane =
                        planeAround(middle, axes[std::size_t(x)] * flip, axes[std::size_t(y)], 14, 14, 1, 1);
                    ResliceSettings settings;
                    settings.slab = {Projection::Mean, samples, 1.0};
                    std::vector<std::int16_t> pixels(pixelsOf(plane));
                    QVERIFY(reslice(*made, plane, settings, pixels));
                    for (int r = 0; r < 14; ++r)
                        for (int c = 0; c < 14; ++c)
                            compared += pixels[std::size_t(r * 14 + c)] ==
                                        codeAt(plane.toPatient({double(c), double(r)}));
                }
    QCOMPARE(compared, 24 * 14 * 14);
}

void TstReslice::bridgesSlicesThatAreStillToCome()
{
    const auto geometry = evenGeometry(40, 40, 65, 1, 1, 1);
    const auto made = emptyVolume(geometry, VoxelType::Float);
    const auto values = [&](int i, int j, int k) {
        return rampAt(geometry.toPatient({double(i), double(j), double(k)}));
    };
    for (int k = 0; k <= 32; k += 8)
        fillSlice<float>(*made, k, values);
    const auto plane = planeAround(geometry.centre(), kLeft, kFeet, 30, 65, 1, 1);
    std::vector<float> pixels(pixelsOf(plane));
    std::vector<PixelState> states(pixelsOf(plane));
    QVERIFY(reslice(*made, plane, {}, pixels));
    QVERIFY(resliceStates(*made, plane, {}, states));
    const auto at = [&](int row) { return std::size_t(row) * 30 + 15; };
    for (int row = 1; row < 32; ++row) {
        QCOMPARE(states[at(row)], PixelState::Coarse);
        QVERIFY(std::abs(pixels[at(row)] - rampAt(plane.toPatient({15, double(row)}))) < 0.01);
    }
    for (int row = 34; row < 64; ++row) {
        QCOMPARE(states[at(row)], PixelState::Missing);
        QCOMPARE(pixels[at(row)], 0.0F);
    }
    for (int k = 0; k < 65; ++k)
        if (!made->isArrived(k))
            fillSlice<float>(*made, k, values);
    QVERIFY(made->isWhole());
    QVERIFY(resliceStates(*made, plane, {}, states));
    QVERIFY(std::all_of(states.begin(), states.end(), [](PixelState s) { return s == PixelState::Exact; }));
}

void TstReslice::slicesThatFailedAreMissing()
{
    const auto geometry = evenGeometry(40, 40, 30, 1, 1, 1);
    const auto made = emptyVolume(geometry);
    for (int k = 0; k < 30; ++k) {
        if (k == 12)
            made->setFailed(k);
        else
            fillSlice<std::int16_t>(*made, k, [](int, int, int) { return 50; });
    }
    const auto plane = planeAround(geometry.toPatient({20, 20, 12}), kLeft, kFeet, 10, 5, 1, 1);
    std::vector<std::int16_t> pixels(pixelsOf(plane));
    std::vector<PixelState> states(pixelsOf(plane));
    QVERIFY(reslice(*made, plane, {}, pixels));
    QVERIFY(resliceStates(*made, plane, {}, states));
    QCOMPARE(states[25], PixelState::Missing);
    QCOMPARE(pixels[25], std::int16_t(0));
    QCOMPARE(states[5], PixelState::Exact);
    QCOMPARE(pixels[5], std::int16_t(50));
}

void TstReslice::emptyVolumeIsBackground()
{
    const auto made = emptyVolume(evenGeometry(20, 20, 20), VoxelType::Int16, {2, -1000, "HU"});
    const auto plane = planeAround(made->geometry().centre(), kLeft, kFeet, 9, 9, 1, 1);
    ResliceSettings settings;
    settings.background = -1024;
    std::vector<float> pixels(pixelsOf(plane));
    QVERIFY(reslice(*made, plane, settings, pixels));
    QVERIFY(std::all_of(pixels.begin(), pixels.end(), [](float value) { return value == -1024.0F; }));
}

void TstReslice::slabTakesTheWholeThickness()
{
    // One bright row of voxels, 4 mm behind the middle.
    const auto geometry = evenGeometry(41, 41, 41, 1, 1, 1);
    const auto made = makeVolume(geometry, [](int, int j, int) {
        return j == 24 ? 900 : j == 10 ? -500 : 0;
    });
    const auto plane = planeAround(geometry.centre(), kLeft, kFeet, 20, 20, 1, 1);
    const auto middleOf = [&](Projection projection, double thickness) {
        ResliceSettings settings;
        settings.slab = Slab::ofThickness(projection, thickness, geometry, plane.normal());
        std::vector<std::int16_t> pixels(pixelsOf(plane));
        return reslice(*made, plane, settings, pixels) ? pixels[210] : std::int16_t(-1);
    };
    QCOMPARE(Slab::ofThickness(Projection::Maximum, 9, geometry, plane.normal()).count, 9);
    QCOMPARE(middleOf(Projection::Maximum, 9), std::int16_t(900));
    QCOMPARE(middleOf(Projection::Maximum, 7), std::int16_t(0));
    QCOMPARE(middleOf(Projection::Minimum, 21), std::int16_t(-500));
    QCOMPARE(middleOf(Projection::Mean, 9), std::int16_t(100));
}

void TstReslice::meanCountsSamplesInsideOnly()
{
    const auto geometry = evenGeometry(20, 20, 20, 1, 1, 1);
    const auto made = makeVolume(geometry, [](int, int, int) { return 80; });
    for (const PatientVector row : {kLeft, PatientVector{1, 0, 0.2}}) {
        const auto plane = planeAround(geometry.toPatient({9.5, 0, 9.5}), row, kFeet, 5, 5, 1, 1);
        ResliceSettings settings;
        settings.slab = {Projection::Mean, 9, 1};
        std::vector<std::int16_t> pixels(pixelsOf(plane));
        QVERIFY(reslice(*made, plane, settings, pixels));
        QCOMPARE(pixels[12], std::int16_t(80));
    }
}

void TstReslice::wholeNumbersAreStoredValues()
{
    const auto geometry = evenGeometry(20, 20, 20);
    const auto made =
        makeVolume(geometry, [](int, int, int) { return 77; }, VoxelType::Int16, {2, -1000, "HU"});
    const auto plane = planeAround(geometry.centre(), kLeft, kBack, 3, 3, 1, 1);
    std::vector<std::int16_t> stored(9);
    std::vector<float> values(9);
    QVERIFY(reslice(*made, plane, {}, stored));
    QVERIFY(reslice(*made, plane, {}, values));
    QCOMPARE(stored[4], std::int16_t(77));
    QCOMPARE(values[4], -846.0F);
}

void TstReslice::refusesWhatDoesNotFit()
{
    const auto geometry = evenGeometry(20, 20, 20);
    const auto whole = makeVolume(geometry, [](int, int, int) { return 1; });
    const auto floating = makeVolume(
        geometry, [](int, int, int) { return 1; }, VoxelType::Float);
    auto plane = planeAround(geometry.centre(), kLeft, kBack, 3, 3, 1, 1);
    std::vector<std::int16_t> pixels(9), few(8);
    QVERIFY(!reslice(*whole, plane, {}, few));
    QVERIFY(!reslice(*floating, plane, {}, pixels));
    ResliceSettings settings;
    settings.slab.count = 0;
    QVERIFY(!reslice(*whole, plane, settings, pixels));
    plane.column = plane.row;
    QVERIFY(!reslice(*whole, plane, {}, pixels));
}

void TstReslice::drawsWhileSlicesArrive()
{
    const auto geometry = evenGeometry(64, 64, 64);
    const auto made = emptyVolume(geometry);
    std::jthread filling([&] {
        for (int k = 0; k < 64; ++k)
            fillSlice<std::int16_t>(*made, k, [](int, int, int) { return 9; });
    });
    const auto plane = planeAround(geometry.centre(), kLeft, kFeet, 64, 64, 0.7, 0.6);
    std::vector<std::int16_t> pixels(pixelsOf(plane));
    while (!made->isWhole()) {
        QVERIFY(reslice(*made, plane, {}, pixels));
        QVERIFY(std::all_of(pixels.begin(), pixels.end(), [](std::int16_t v) { return v == 0 || v == 9; }));
    }
}

QTEST_APPLESS_MAIN(TstReslice)
#include "tst_Reslice.moc"
