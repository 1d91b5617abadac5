#include <dicom/ImagePlane.h>
#include <imaging/ViewTransform.h>

#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace negatoscope;
using base::ImagePoint;
using base::PatientPoint;
using base::PatientVector;
using base::ViewPoint;

namespace {

constexpr int kSize = 64;

PatientVector axis(int number, int sign)
{
    return {number == 0 ? double(sign) : 0, number == 1 ? double(sign) : 0, number == 2 ? double(sign) : 0};
}

/// A plane through `through`, its pixels spread evenly about it.
dicom::ImagePlane planeOf(PatientVector row, PatientVector column, PatientPoint through, double spacing)
{
    const double half = (kSize - 1) / 2.0 * spacing;
    return {through + row * -half + column * -half, row, column, spacing, spacing, kSize, kSize};
}

} // namespace

/// Reference lines as they lie on screen, in every orientation and view of the picture.
class tst_Guides : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Independently of intersectionOf(): each point of the screen is taken to the patient; those near the
    /// line must be near the other plane, and the other way round.
    void liesWhereTheOtherPlaneIsHoweverThePictureIsTurned()
    {
        int checked = 0;
        std::array axes{0, 1, 2};
        do {
            for (int signs = 0; signs < 8; ++signs) {
                const PatientVector row = axis(axes[0], signs & 1 ? 1 : -1);
                const PatientVector column = axis(axes[1], signs & 2 ? 1 : -1);
                const PatientVector across = axis(axes[2], signs & 4 ? 1 : -1);
                const auto shown = planeOf(row, column, {3, -5, 8}, 1.5);
                // Not square with the picture, so that a flip is seen: 30 degrees in it, 20 towards depth.
                const PatientVector along = row * std::cos(0.5) + column * std::sin(0.5);
                const PatientVector towards =
                    across * std::cos(0.35) +
                    (row * -std::sin(0.5) + column * std::cos(0.5)) * std::sin(0.35);
                const auto other =
                    planeOf(along, towards, PatientPoint{3, -5, 8} + column * 9.0 + row * -4.0, 2);
                const auto line = dicom::intersectionOf(shown, other);
                QVERIFY(line);
                for (int turns = 0; turns < 4; ++turns) {
                    for (const bool flipped : {false, true}) {
                        const imaging::ViewTransform transform({kSize, kSize},
                                                               {1.5, 1.5, dicom::SpacingSource::Patient},
                                                               {300, 260}, {turns, flipped, 3.3, 12, -7});
                        check(transform, shown, other, *line);
                        ++checked;
                    }
                }
            }
        } while (std::next_permutation(axes.begin(), axes.end()));
        QCOMPARE(checked, 48 * 8);
    }

private:
    static void check(const imaging::ViewTransform &transform, const dicom::ImagePlane &shown,
                      const dicom::ImagePlane &other, const dicom::ImageSegment &line)
    {
        const ViewPoint from = transform.toView(line.from), to = transform.toView(line.to);
        const double dx = to.x - from.x, dy = to.y - from.y, whole = std::hypot(dx, dy);
        QVERIFY(whole > 50);
        const double pixelsPerMm = transform.scaleColumn() / shown.columnSpacing;
        // A plane that lies askew is nearer than its line: by the sine of the angle between the planes.
        const double sine = length(cross(shown.normal(), other.normal()));
        for (int y = 0; y < 260; y += 13) {
            for (int x = 0; x < 300; x += 13) {
                const ImagePoint at = transform.toImage({double(x), double(y)});
                const double millimetres = other.distanceTo(shown.toPatient(at)) / sine;
                const double pixels = (dx * (y - from.y) - dy * (x - from.x)) / whole;
                QVERIFY2(
                    std::abs(std::abs(millimetres) * pixelsPerMm - std::abs(pixels)) < 1e-6,
                    qPrintable(
                        QStringLiteral("%1 %2: %3 mm, %4 px").arg(x).arg(y).arg(millimetres).arg(pixels)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(tst_Guides)
#include "tst_Guides.moc"
