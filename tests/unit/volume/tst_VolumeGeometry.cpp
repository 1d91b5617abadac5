// Safety P7: phantoms of every kind of geometry. Lengths right to a thousandth, or refused with the reason.
#include "TestVolumes.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace negatoscope;
using namespace negatoscope::test;
using namespace negatoscope::volume;
using base::PatientPoint;
using base::PatientVector;
using Code = Finding::Code;
using Effect = Finding::Effect;

namespace {

constexpr double kLargestError = 1e-3;

/// Slices at these places towards the head, of 100 x 120 pixels.
std::vector<SlicePlace> slicesAt(const std::vector<double> &places, PatientVector drift = {})
{
    std::vector<SlicePlace> slices;
    for (const double place : places) {
        SlicePlace slice;
        slice.position = PatientPoint{-100, -90, 0} + (PatientVector{0, 0, 1} + drift) * place;
        slice.row = PatientVector{1, 0, 0};
        slice.column = PatientVector{0, 1, 0};
        slice.rowSpacing = slice.columnSpacing = 0.8;
        slice.columns = 100;
        slice.rows = 120;
        slices.push_back(slice);
    }
    return slices;
}

std::vector<double> evenly(int count, double spacing)
{
    std::vector<double> places;
    for (int k = 0; k < count; ++k)
        places.push_back(k * spacing);
    return places;
}

const Finding *finding(const FittedGeometry &fitted, Code code)
{
    const auto at = std::find_if(fitted.findings.begin(), fitted.findings.end(),
                                 [code](const Finding &f) { return f.code == code; });
    return at == fitted.findings.end() ? nullptr : &*at;
}

/// The worst relative error of a length between voxels of any two slices, as the slices themselves say it.
double worstLengthError(const FittedGeometry &fitted, const std::vector<SlicePlace> &slices)
{
    const VolumeGeometry &geometry = *fitted.geometry;
    const auto truth = [&](double i, double j, std::size_t k) {
        const SlicePlace &slice = slices[fitted.order[k]];
        return *slice.position + *slice.row * (i * *slice.columnSpacing) +
               *slice.column * (j * *slice.rowSpacing);
    };
    double worst = 0;
    const auto count = fitted.order.size();
    for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = a + 1; b < count; b += 1 + count / 20) {
            const double true_ = length(truth(10, 20, a) - truth(70, 95, b));
            const double ours =
                length(geometry.toPatient({10, 20, double(a)}) - geometry.toPatient({70, 95, double(b)}));
            worst = std::max(worst, std::abs(ours - true_) / true_);
        }
    return worst;
}

} // namespace

class TstVolumeGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evenSlicesAreEven();
    void reversedSlicesAreReadInReadingDirection();
    void shuffledSlicesAreSorted();
    void roundedPositionsAreEven();
    void missingSlicesAreNamedAndTakenAtTheirPlaces();
    void duplicateSlicesAreLeftOut();
    void unevenSlicesKeepTheirPlaces();
    void tiltedSlicesAreSheared();
    void nonSquarePixelsKeepTheirProportions();
    void obliqueSlicesAreMeasuredAlongTheirNormal();
    void mixedOrientationsAreRefused();
    void mixedSizesAreRefused();
    void mixedPixelSpacingsAreRefused();
    void slicesWithoutPlaceAreRefused();
    void slicesBesideTheirLineAreRefused();
    void oneSliceIsRefused();
    void slicesInOnePlaneAreRefused();
    void detectorMillimetresAreNone();
    void patientAndVoxelAreInverse();
    void coarserVoxelsLieInTheMiddleOfThoseTheyStandFor();
};

void TstVolumeGeometry::evenSlicesAreEven()
{
    const auto slices = slicesAt(evenly(200, 0.6));
    const auto fitted = fitGeometry(slices);
    QVERIFY(!fitted.isRefused());
    QVERIFY(fitted.findings.empty());
    QVERIFY(fitted.geometry->spacing);
    QVERIFY(std::abs(*fitted.geometry->spacing - 0.6) < 1e-9);
    QVERIFY(worstLengthError(fitted, slices) < 1e-9);
}

void TstVolumeGeometry::reversedSlicesAreReadInReadingDirection()
{
    auto slices = slicesAt(evenly(50, 2));
    const auto forward = fitGeometry(slices);
    std::reverse(slices.begin(), slices.end());
    const auto backward = fitGeometry(slices);
    QVERIFY(!forward.isRefused());
    QVERIFY(*forward.geometry == *backward.geometry);
    // Axial: from head to feet.
    QCOMPARE(forward.geometry->normal.z, -1.0);
    QCOMPARE(forward.geometry->origin.z, 98.0);
    QCOMPARE(backward.order.front(), std::size_t(0));
}

void TstVolumeGeometry::shuffledSlicesAreSorted()
{
    auto slices = slicesAt(evenly(80, 1.5));
    std::shuffle(slices.begin(), slices.end(), std::mt19937(5));
    const auto fitted = fitGeometry(slices);
    QVERIFY(!fitted.isRefused() && fitted.findings.empty());
    for (std::size_t k = 1; k < fitted.order.size(); ++k)
        QVERIFY(slices[fitted.order[k]].position->z < slices[fitted.order[k - 1]].position->z);
    QVERIFY(worstLengthError(fitted, slices) < 1e-9);
}

void TstVolumeGeometry::roundedPositionsAreEven()
{
    auto places = evenly(300, 1.0 / 3);
    for (double &place : places)
        place = std::round(place * 100) / 100;
    const auto slices = slicesAt(places);
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry && fitted.geometry->spacing);
    QVERIFY(fitted.findings.empty());
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::missingSlicesAreNamedAndTakenAtTheirPlaces()
{
    auto places = evenly(100, 1.2);
    places.erase(places.begin() + 40, places.begin() + 43);
    const auto slices = slicesAt(places);
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry && !fitted.geometry->spacing);
    const Finding *missing = finding(fitted, Code::MissingSlices);
    QVERIFY(missing);
    QCOMPARE(missing->effect, Effect::Corrected);
    QCOMPARE(missing->count, 3);
    QVERIFY(std::abs(missing->from - 39 * 1.2) < 1e-6 && std::abs(missing->to - 43 * 1.2) < 1e-6);
    QVERIFY(!finding(fitted, Code::UnevenSpacing));
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::duplicateSlicesAreLeftOut()
{
    auto places = evenly(60, 1);
    places.insert(places.begin() + 30, 30.0);
    places.push_back(5.002);
    const auto slices = slicesAt(places);
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry);
    QCOMPARE(fitted.geometry->slices(), 60);
    const Finding *duplicates = finding(fitted, Code::DuplicateSlices);
    QVERIFY(duplicates);
    QCOMPARE(duplicates->count, 2);
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::unevenSlicesKeepTheirPlaces()
{
    std::vector<double> places{0};
    for (int k = 1; k < 90; ++k)
        places.push_back(places.back() + (k < 45 ? 1.0 : 2.5 + 0.3 * (k % 3)));
    const auto slices = slicesAt(places);
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry && !fitted.geometry->spacing);
    const Finding *uneven = finding(fitted, Code::UnevenSpacing);
    QVERIFY(uneven);
    QCOMPARE(uneven->effect, Effect::Corrected);
    QVERIFY(std::abs(uneven->from - 1.0) < 1e-6 && std::abs(uneven->to - 3.1) < 1e-6);
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::tiltedSlicesAreSheared()
{
    const double degrees = 18;
    const auto slices = slicesAt(evenly(40, 5), {0, std::tan(degrees * M_PI / 180), 0});
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry && fitted.geometry->spacing);
    const Finding *tilt = finding(fitted, Code::GantryTilt);
    QVERIFY(tilt);
    QCOMPARE(tilt->effect, Effect::Corrected);
    QVERIFY(std::abs(tilt->from - degrees) < 1e-6);
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::nonSquarePixelsKeepTheirProportions()
{
    auto slices = slicesAt(evenly(40, 3));
    for (SlicePlace &slice : slices)
        slice.rowSpacing = 1.3;
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry);
    const Finding *pixels = finding(fitted, Code::NonSquarePixels);
    QVERIFY(pixels);
    QCOMPARE(pixels->effect, Effect::Noted);
    QCOMPARE(pixels->from, 1.3);
    QCOMPARE(pixels->to, 0.8);
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::obliqueSlicesAreMeasuredAlongTheirNormal()
{
    const PatientVector row = unit({0.9, 0.3, -0.1}), column = unit(cross(row, {0.2, -0.1, 0.9}));
    const PatientVector normal = cross(row, column);
    auto slices = slicesAt(evenly(70, 0.9));
    for (std::size_t k = 0; k < slices.size(); ++k) {
        slices[k].row = row;
        slices[k].column = column;
        slices[k].position = PatientPoint{3, -40, 17} + normal * (0.9 * double(k));
    }
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.geometry && fitted.findings.empty());
    QVERIFY(std::abs(*fitted.geometry->spacing - 0.9) < 1e-9);
    QVERIFY(worstLengthError(fitted, slices) < kLargestError);
}

void TstVolumeGeometry::mixedOrientationsAreRefused()
{
    auto slices = slicesAt(evenly(40, 3));
    slices[20].row = unit({1, 0.02, 0});
    slices[20].column = unit({-0.02, 1, 0});
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.isRefused());
    const Finding *mixed = finding(fitted, Code::MixedOrientations);
    QVERIFY(mixed);
    QCOMPARE(mixed->effect, Effect::Refused);
    QVERIFY(std::abs(mixed->from - 1.1458) < 1e-3);
}

void TstVolumeGeometry::mixedSizesAreRefused()
{
    auto slices = slicesAt(evenly(40, 3));
    slices[7].rows = 121;
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.isRefused());
    QCOMPARE(finding(fitted, Code::MixedSizes)->count, 2);
}

void TstVolumeGeometry::mixedPixelSpacingsAreRefused()
{
    auto slices = slicesAt(evenly(40, 3));
    slices[7].rowSpacing = slices[7].columnSpacing = 0.9;
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.isRefused());
    QCOMPARE(finding(fitted, Code::MixedPixelSpacings)->from, 0.8);
    QCOMPARE(finding(fitted, Code::MixedPixelSpacings)->to, 0.9);
}

void TstVolumeGeometry::slicesWithoutPlaceAreRefused()
{
    auto slices = slicesAt(evenly(40, 3));
    slices[3].position.reset();
    slices[4].rowSpacing.reset();
    slices[5].row.reset();
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.isRefused());
    QCOMPARE(finding(fitted, Code::NoPlaces)->count, 3);
}

void TstVolumeGeometry::slicesBesideTheirLineAreRefused()
{
    auto slices = slicesAt(evenly(40, 3));
    slices[11].position->x += 7;
    const auto fitted = fitGeometry(slices);
    QVERIFY(fitted.isRefused());
    QVERIFY(std::abs(finding(fitted, Code::ScatteredSlices)->from - 7) < 0.5);
}

void TstVolumeGeometry::oneSliceIsRefused()
{
    QVERIFY(finding(fitGeometry(slicesAt({4.0})), Code::TooFewSlices));
    QVERIFY(fitGeometry({}).isRefused());
}

void TstVolumeGeometry::slicesInOnePlaneAreRefused()
{
    const auto fitted = fitGeometry(slicesAt({4, 4, 4}));
    QVERIFY(fitted.isRefused());
    QCOMPARE(finding(fitted, Code::TooFewSlices)->count, 1);
}

void TstVolumeGeometry::detectorMillimetresAreNone()
{
    dicom::FrameGeometry geometry;
    geometry.spacing = {0.2, 0.2, dicom::SpacingSource::Detector};
    QVERIFY(!SlicePlace::of(geometry, 10, 10).rowSpacing);
    geometry.spacing.source = dicom::SpacingSource::Patient;
    QCOMPARE(SlicePlace::of(geometry, 10, 10).rowSpacing, std::optional(0.2));
}

void TstVolumeGeometry::patientAndVoxelAreInverse()
{
    std::vector<double> places{0, 1, 2, 4.5, 5, 9};
    const auto fitted = fitGeometry(slicesAt(places, {0.1, -0.3, 0}));
    QVERIFY(fitted.geometry);
    for (const double k : {-2.0, -0.4, 0.0, 0.7, 2.5, 3.0, 4.9, 5.0, 6.5}) {
        const auto back = fitted.geometry->toVolume(fitted.geometry->toPatient({3.25, -7.5, k}));
        QVERIFY(std::abs(back.i - 3.25) < 1e-9 && std::abs(back.j + 7.5) < 1e-9 &&
                std::abs(back.k - k) < 1e-9);
    }
}

void TstVolumeGeometry::coarserVoxelsLieInTheMiddleOfThoseTheyStandFor()
{
    const auto whole = evenGeometry(100, 80, 60);
    const auto coarse = coarser(whole, 4);
    QCOMPARE(coarse.columns, 25);
    QCOMPARE(coarse.rows, 20);
    QCOMPARE(coarse.slices(), 15);
    QVERIFY(coarse.spacing && std::abs(*coarse.spacing - 2.4) < 1e-9);
    for (const int n : {0, 3, 14}) {
        const auto ours = coarse.toPatient({double(n), double(n), double(n)});
        const auto middle = whole.toPatient({n * 4 + 1.5, n * 4 + 1.5, n * 4 + 1.5});
        QVERIFY(length(ours - middle) < 1e-9);
    }
}

QTEST_APPLESS_MAIN(TstVolumeGeometry)
#include "tst_VolumeGeometry.moc"
