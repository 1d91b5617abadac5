#include "TestVolumes.h"

#include <rendering/VolumeRenderer.h>

#include <QtGui/QGuiApplication>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::rendering;
using base::PatientPoint;
using base::PatientVector;

namespace {

constexpr int kLimitMs = 60'000;
constexpr QSize kSize(240, 200);

VolumePreset maximum()
{
    VolumePreset preset;
    preset.id = "mip";
    preset.blending = VolumePreset::Blending::Maximum;
    preset.scale = VolumePreset::Scale::Window;
    preset.shaded = false;
    preset.opacity = {{0, 1}, {1, 1}};
    preset.colours = {{0, {0, 0, 0}}, {1, {1, 1, 1}}};
    return preset;
}

VolumePreset solid()
{
    VolumePreset preset;
    preset.id = "solid";
    preset.opacity = {{400, 0}, {500, 0.9}};
    preset.colours = {{0, {1, 0.5, 0.25}}};
    return preset;
}

/// A ball of 1000 about a point off the middle: to the patient's left, to his back, towards his head.
const PatientVector kOff{14, 9, 11};
constexpr double kRadius = 6;

std::shared_ptr<volume::Volume> ball(const volume::VolumeGeometry &geometry)
{
    const PatientPoint centre = geometry.centre() + kOff;
    return test::makeVolume(geometry, [&](int i, int j, int k) {
        const auto point = geometry.toPatient({double(i), double(j), double(k)});
        return length(point - centre) < kRadius ? 1000 : 0;
    });
}

/// The middle of what is not black, in pixels; empty if nothing is.
std::optional<QPointF> litMiddle(const QImage &image)
{
    double x = 0, y = 0, count = 0;
    for (int row = 0; row < image.height(); ++row)
        for (int column = 0; column < image.width(); ++column)
            if (qGray(image.pixel(column, row)) > 24) {
                x += column;
                y += row;
                ++count;
            }
    if (count == 0)
        return {};
    return QPointF(x / count, y / count);
}

std::vector<volume::VolumeGeometry> geometries()
{
    auto even = test::evenGeometry(80, 72, 70, 0.8, 0.8, 0.9);
    auto leftHanded = even;
    leftHanded.normal = -even.normal;
    auto tilted = even;
    tilted.drift = tilted.column * 0.25;
    auto oblique = even; // coronal slices, turned by 30 degrees
    oblique.row = test::unit({0.866, 0.5, 0});
    oblique.column = {0, 0, -1};
    oblique.normal = cross(oblique.row, oblique.column);
    return {even, leftHanded, tilted, oblique};
}

} // namespace

/// Volumes drawn by VTK: what lies where in the picture, what is drawn when, and what is said when nothing
/// can be.
class tst_VolumeRenderer : public QObject
{
    Q_OBJECT

private:
    /// The full picture of a scene; empty if it does not come.
    static std::optional<VolumePicture> drawn(VolumeRenderer &renderer, const VolumeScene &scene)
    {
        std::optional<VolumePicture> full;
        const auto connection =
            QObject::connect(&renderer, &VolumeRenderer::drawn, &renderer, [&](const VolumePicture &picture) {
                if (picture.isFull && picture.scene == scene)
                    full = picture;
            });
        renderer.draw(scene, kSize, false);
        (void)QTest::qWaitFor([&] { return full.has_value(); }, kLimitMs);
        QObject::disconnect(connection);
        return full;
    }

private Q_SLOTS:
    /// P5: left is left from every side, whatever way the slices lie.
    void whatIsDrawnLiesWhereTheViewSays_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<bool>("isSolid");
        for (const bool isSolid : {false, true}) {
            const char *how = isSolid ? "light" : "maximum";
            QTest::addRow("even, %s", how) << 0 << isSolid;
            QTest::addRow("left-handed, %s", how) << 1 << isSolid;
            QTest::addRow("tilted, %s", how) << 2 << isSolid;
            QTest::addRow("oblique, %s", how) << 3 << isSolid;
        }
    }
    void whatIsDrawnLiesWhereTheViewSays()
    {
        QFETCH(int, which);
        QFETCH(bool, isSolid);
        const auto geometry = geometries()[std::size_t(which)];
        const auto volume = ball(geometry);
        VolumeRenderer renderer(QStringLiteral(NEGATOSCOPE_VTK));
        renderer.setVolume(volume);
        VolumeScene scene;
        scene.look = isSolid ? solid() : maximum();
        scene.windowHigh = 1000;
        for (const Side side : {Side::Front, Side::Back, Side::Left, Side::Right, Side::Head, Side::Feet}) {
            for (const bool isTurned : {false, true}) {
                scene.camera = Camera::from(side, geometry, 1.2);
                if (isTurned) {
                    scene.camera.turn(23, -17);
                    scene.camera.roll(31);
                    scene.camera.heightMm *= 1.4;
                }
                const auto picture = drawn(renderer, scene);
                QVERIFY(picture);
                QCOMPARE(picture->image.size(), kSize);
                const auto view = scene.camera.plane(kSize.width(), kSize.height());
                const auto expected = view.toImage(geometry.centre() + kOff);
                const auto found = litMiddle(picture->image);
                QVERIFY(found);
                QVERIFY2(std::hypot(found->x() - expected.column, found->y() - expected.row) < 2.5,
                         qPrintable(QStringLiteral("side %1: at %2, %3 instead of %4, %5")
                                        .arg(int(side))
                                        .arg(found->x())
                                        .arg(found->y())
                                        .arg(expected.column)
                                        .arg(expected.row)));
                if (isSolid) {
                    const auto picked = pick(*volume, scene, view, {expected.column, expected.row});
                    QVERIFY(picked);
                    QVERIFY(std::abs(length(*picked - (geometry.centre() + kOff)) - kRadius) < 1.5);
                }
            }
        }
    }

    void maximaAreGreysOfTheWindow()
    {
        const auto geometry = test::evenGeometry(64, 64, 64);
        const auto volume = test::makeVolume(geometry, [](int, int, int k) { return k < 32 ? 500 : 1000; },
                                             volume::VoxelType::Int16, {0.5, -100, "HU"}); // 150 and 400
        VolumeRenderer renderer(QStringLiteral(NEGATOSCOPE_VTK));
        renderer.setVolume(volume);
        VolumeScene scene;
        scene.look = maximum();
        scene.camera = Camera::from(Side::Front, geometry, 1.2);
        for (const auto &[low, high] : {std::pair(0.0, 800.0), std::pair(100.0, 400.0)}) {
            scene.windowLow = low;
            scene.windowHigh = high;
            const auto picture = drawn(renderer, scene);
            QVERIFY(picture);
            const auto grey = [&](double value) {
                return std::clamp((value - low) / (high - low), 0.0, 1.0) * 255;
            };
            const int column = kSize.width() / 2, row = kSize.height() / 2;
            QVERIFY(std::abs(qGray(picture->image.pixel(column, row - 30)) - grey(150)) < 4);
            QVERIFY(std::abs(qGray(picture->image.pixel(column, row + 30)) - grey(400)) < 4);
        }
    }

    void whatIsCutAwayIsNotDrawn()
    {
        const auto geometry = test::evenGeometry(64, 64, 64);
        const auto volume = test::makeVolume(geometry, [](int, int, int) { return 1000; });
        VolumeRenderer renderer(QStringLiteral(NEGATOSCOPE_VTK));
        renderer.setVolume(volume);
        VolumeScene scene;
        scene.look = maximum();
        scene.windowHigh = 1000;
        scene.camera = Camera::from(Side::Front, geometry, 1.2);
        scene.crop.to[0] = 0.5; // his right half stays
        const auto picture = drawn(renderer, scene);
        QVERIFY(picture);
        const int middle = kSize.width() / 2, row = kSize.height() / 2;
        QVERIFY(qGray(picture->image.pixel(middle - 20, row)) > 200);
        QVERIFY(qGray(picture->image.pixel(middle + 20, row)) < 20);
    }

    void aPictureThatIsTurnedIsQuickAndIsReplacedByAFullOne()
    {
        const auto geometry = geometries()[0];
        VolumeRenderer renderer(QStringLiteral(NEGATOSCOPE_VTK));
        renderer.setVolume(ball(geometry));
        std::vector<VolumePicture> pictures;
        connect(&renderer, &VolumeRenderer::drawn, this,
                [&](const VolumePicture &picture) { pictures.push_back(picture); });
        VolumeScene scene;
        scene.look = solid();
        scene.camera = Camera::from(Side::Front, geometry, 1.2);
        for (int i = 0; i < 5; ++i) {
            scene.camera.turn(5, 2);
            const auto before = pictures.size();
            renderer.draw(scene, kSize, true);
            QTRY_VERIFY_WITH_TIMEOUT(pictures.size() > before, kLimitMs);
            QVERIFY(!pictures.back().isFull);
            QCOMPARE(pictures.back().scene, scene);
        }
        renderer.draw(scene, kSize, false);
        QTRY_VERIFY_WITH_TIMEOUT(pictures.back().isFull, kLimitMs);
        QCOMPARE(pictures.back().image.size(), kSize);
    }

    void moreThatArrivesIsDrawn()
    {
        const auto geometry = test::evenGeometry(48, 48, 48);
        const auto volume = test::emptyVolume(geometry);
        const auto put = [&](int from, int to) {
            for (int k = from; k < to; ++k)
                test::fillSlice<std::int16_t>(*volume, k, [](int i, int, int) { return i < 4 ? 0 : 1000; });
        };
        put(0, 24);
        VolumeRenderer renderer(QStringLiteral(NEGATOSCOPE_VTK));
        renderer.setVolume(volume);
        VolumeScene scene;
        scene.look = maximum();
        scene.windowHigh = 1000;
        scene.camera = Camera::from(Side::Front, geometry, 1.2);
        const auto half = drawn(renderer, scene);
        QVERIFY(half);
        put(24, 48);
        renderer.setVolume(volume);
        const auto whole = drawn(renderer, scene);
        QVERIFY(whole);
        const auto bright = [](const QImage &image) {
            int count = 0;
            for (int row = 0; row < image.height(); ++row)
                count += qGray(image.pixel(image.width() / 2, row)) > 128 ? 1 : 0;
            return count;
        };
        QVERIFY(bright(whole->image) > bright(half->image) + 40);
    }

    /// F19: the sentence is for the reader, the rest of the program goes on.
    void withoutItsLibraryItSaysSoOnce()
    {
        const auto geometry = test::evenGeometry(8, 8, 8);
        VolumeRenderer renderer(QStringLiteral("/nowhere/negatoscope-vtk.so"));
        std::vector<base::Error> failures;
        connect(&renderer, &VolumeRenderer::failed, this,
                [&](const base::Error &error) { failures.push_back(error); });
        renderer.setVolume(ball(geometry));
        VolumeScene scene;
        scene.look = maximum();
        scene.camera = Camera::from(Side::Front, geometry, 1);
        renderer.draw(scene, kSize, true);
        QTRY_COMPARE_WITH_TIMEOUT(failures.size(), std::size_t(1), kLimitMs);
        QCOMPARE(failures.front().code(), base::ErrorCode::RenderingUnavailable);
        renderer.draw(scene, kSize, false);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(failures.size(), std::size_t(1));
    }
};

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    tst_VolumeRenderer test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_VolumeRenderer.moc"
