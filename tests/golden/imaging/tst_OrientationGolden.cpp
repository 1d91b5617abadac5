// P5 of docs/safety.md: what the letters say is what the pixels say. A phantom whose voxels carry their own
// place in the patient is laid in all 48 ways, cut, drawn with every flip and turn, and the letters are
// compared with the gradients of the drawn picture.

#include <dicom/Geometry.h>
#include <imaging/Picture.h>

#include <QtTest/QTest>

#include <array>
#include <cmath>

using namespace negatoscope;
using namespace negatoscope::imaging;
using base::PatientVector;

namespace {

constexpr int kSide = 24;
constexpr Size kView{64, 52};

/// The axes of a volume: along rows, along columns, and from slice to slice.
struct Orientation
{
    PatientVector row, column, stacking;
};

/// All 48 ways to lay a volume's axes along the patient's: 6 directions for rows, 4 for columns, 2 for
/// slices.
std::vector<Orientation> orientations()
{
    const std::array<PatientVector, 6> axes{
        PatientVector{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    std::vector<Orientation> all;
    for (const auto &row : axes)
        for (const auto &column : axes)
            if (dot(row, column) == 0)
                for (const auto &stacking : {cross(row, column), -cross(row, column)})
                    all.push_back({row, column, stacking});
    return all;
}

/// The middle slice of the phantom: the voxel at p holds its own coordinate along one axis of the patient.
std::shared_ptr<const Picture> slice(const Orientation &orientation, int axis)
{
    auto samples = std::make_shared<std::vector<std::int16_t>>();
    for (int row = 0; row < kSide; ++row)
        for (int column = 0; column < kSide; ++column) {
            const PatientVector place =
                orientation.row * column + orientation.column * row + orientation.stacking * (kSide / 2);
            samples->push_back(static_cast<std::int16_t>(axis == 0   ? place.x
                                                         : axis == 1 ? place.y
                                                                     : place.z));
        }
    dicom::ImageFormat format;
    format.rows = format.columns = kSide;
    format.bitsAllocated = format.bitsStored = 16;
    format.isSigned = true;
    format.photometric = dicom::Photometric::Monochrome2;
    return Picture::make(samples, std::as_bytes(std::span(*samples)), format, format.photometric, {});
}

/// How the coordinate grows on screen, to the right and downwards, from the middle half of the drawn picture.
std::array<double, 2> gradientOnScreen(Renderer &renderer, const std::shared_ptr<const Picture> &picture,
                                       const ViewTransform &transform)
{
    RenderSettings settings;
    settings.window = Window{0, 2.0 * kSide, VoiFunction::LinearExact};
    std::vector<std::uint32_t> pixels(std::size_t(kView.width) * kView.height);
    renderer.draw(picture, transform, settings, pixels.data(), kView.width);
    const auto at = [&](int x, int y) {
        return static_cast<double>(pixels[std::size_t(y) * kView.width + std::size_t(x)] & 0xffU);
    };
    const int x = kView.width / 2, y = kView.height / 2;
    return {at(x + 10, y) - at(x - 10, y), at(x, y + 10) - at(x, y - 10)};
}

dicom::FrameGeometry geometryOf(const Orientation &orientation)
{
    dicom::FrameGeometry geometry;
    geometry.orientation.row = orientation.row;
    geometry.orientation.column = orientation.column;
    geometry.spacing = {1, 1, dicom::SpacingSource::Patient};
    return geometry;
}

/// The letters that the pixels themselves spell, or nothing if no axis grows along a side.
dicom::EdgeLetters lettersFromPixels(Renderer &renderer, const Orientation &orientation,
                                     const ViewTransform &transform)
{
    constexpr const char *kPositive[] = {"L", "P", "H"};
    constexpr const char *kNegative[] = {"R", "A", "F"};
    dicom::EdgeLetters letters;
    for (int axis = 0; axis < 3; ++axis) {
        const auto [right, down] = gradientOnScreen(renderer, slice(orientation, axis), transform);
        if (std::abs(right) > 10) {
            letters.right += right > 0 ? kPositive[axis] : kNegative[axis];
            letters.left += right > 0 ? kNegative[axis] : kPositive[axis];
        }
        if (std::abs(down) > 10) {
            letters.bottom += down > 0 ? kPositive[axis] : kNegative[axis];
            letters.top += down > 0 ? kNegative[axis] : kPositive[axis];
        }
    }
    return letters;
}

QString joined(const dicom::EdgeLetters &letters)
{
    return QString::fromStdString(letters.left + "|" + letters.right + "|" + letters.top + "|" +
                                  letters.bottom);
}

} // namespace

class tst_OrientationGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersSayWhatThePixelsSay();
    void letterOnlyOrientationsAgreeWithVectors();
    void noticesAMirroredPicture();
};

void tst_OrientationGolden::lettersSayWhatThePixelsSay()
{
    Renderer renderer;
    int compared = 0;
    for (const Orientation &orientation : orientations())
        for (int turns = 0; turns < 4; ++turns)
            for (const bool flipped : {false, true}) {
                const ViewTransform transform({kSide, kSide}, {}, kView, {turns, flipped, 0, 0, 0});
                const auto letters = edgeLetters(geometryOf(orientation), transform.directions());
                const auto seen = lettersFromPixels(renderer, orientation, transform);
                QCOMPARE(joined(letters), joined(seen));
                QVERIFY(letters.left.size() == 1 && letters.top.size() == 1);
                ++compared;
            }
    QCOMPARE(compared, 48 * 4 * 2);
}

/// Radiographs have letters for their rows and columns and no vectors; they must turn alike.
void tst_OrientationGolden::letterOnlyOrientationsAgreeWithVectors()
{
    for (const Orientation &orientation : orientations())
        for (int turns = 0; turns < 4; ++turns)
            for (const bool flipped : {false, true}) {
                const ViewTransform transform({kSide, kSide}, {}, kView, {turns, flipped, 0, 0, 0});
                dicom::FrameGeometry projection;
                projection.orientation.rowLetters = dicom::directionLetters(orientation.row);
                projection.orientation.columnLetters = dicom::directionLetters(orientation.column);
                QCOMPARE(joined(edgeLetters(projection, transform.directions())),
                         joined(edgeLetters(geometryOf(orientation), transform.directions())));
            }
}

/// The detector itself: letters of the unflipped picture on a flipped one must be noticed.
void tst_OrientationGolden::noticesAMirroredPicture()
{
    Renderer renderer;
    int noticed = 0;
    for (const Orientation &orientation : orientations()) {
        const ViewTransform plain({kSide, kSide}, {}, kView, {}),
            mirrored({kSide, kSide}, {}, kView, {0, true, 0, 0, 0});
        const auto letters = edgeLetters(geometryOf(orientation), plain.directions());
        noticed += joined(letters) != joined(lettersFromPixels(renderer, orientation, mirrored));
    }
    QCOMPARE(noticed, 48);
}

QTEST_APPLESS_MAIN(tst_OrientationGolden)
#include "tst_OrientationGolden.moc"
