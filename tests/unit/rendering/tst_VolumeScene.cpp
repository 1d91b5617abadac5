#include "TestVolumes.h"

#include <dicom/Geometry.h>
#include <rendering/VolumeScene.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::rendering;
using base::PatientPoint;
using base::PatientVector;

namespace {

std::string letterOf(PatientVector direction)
{
    return dicom::directionLetters(direction);
}

bool isClose(PatientVector a, PatientVector b, double tolerance = 1e-9)
{
    return length(a - b) < tolerance;
}

VolumePreset steep(VolumePreset::Blending blending)
{
    VolumePreset preset;
    preset.blending = blending;
    preset.opacity = {{499, 0}, {500, 0.9}};
    preset.colours = {{0, {1, 1, 1}}};
    return preset;
}

} // namespace

/// Where the reader stands, and what he points at.
class tst_VolumeScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySideHasItsLetters_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<QByteArray>("rightAndDown");
        QTest::newRow("front") << int(Side::Front) << QByteArray("LF");
        QTest::newRow("back") << int(Side::Back) << QByteArray("RF");
        QTest::newRow("left") << int(Side::Left) << QByteArray("PF");
        QTest::newRow("right") << int(Side::Right) << QByteArray("AF");
        QTest::newRow("feet") << int(Side::Feet) << QByteArray("LP");
        QTest::newRow("head") << int(Side::Head) << QByteArray("RP");
    }
    void everySideHasItsLetters()
    {
        QFETCH(int, side);
        QFETCH(QByteArray, rightAndDown);
        const auto geometry = test::evenGeometry(64, 48, 80);
        const Camera camera = Camera::from(Side(side), geometry, 1.5);
        const auto plane = camera.plane(300, 200);
        QCOMPARE(QByteArray::fromStdString(letterOf(plane.row) + letterOf(plane.column)), rightAndDown);
        QVERIFY(isClose(plane.normal(), camera.into));
        // All of it is in the view.
        for (const auto &edge : edgesOf({}, geometry))
            for (const PatientPoint &corner : edge)
                QVERIFY(plane.contains(plane.toImage(corner)));
        const auto middle = plane.toImage(geometry.centre());
        QVERIFY(std::abs(middle.column - 149.5) < 1e-6 && std::abs(middle.row - 99.5) < 1e-6);
    }

    void theBodyTurnsWithTheHand()
    {
        const auto geometry = test::evenGeometry(64, 64, 64);
        Camera camera = Camera::from(Side::Front, geometry, 1);
        // What is nearest to the reader, the front of the body, goes with the hand.
        const PatientPoint nose = camera.focus + PatientVector{0, -50, 0};
        const auto before = camera.plane(200, 200).toImage(nose);
        Camera turned = camera;
        turned.turn(10, 0);
        QVERIFY(turned.plane(200, 200).toImage(nose).column > before.column + 1);
        turned = camera;
        turned.turn(0, 10);
        QVERIFY(turned.plane(200, 200).toImage(nose).row > before.row + 1);
        // A quarter to the right: his right side is in front.
        turned = camera;
        turned.turn(90, 0);
        QCOMPARE(letterOf(turned.into), letterOf({1, 0, 0}));
        // Rolled clockwise the head goes to the right.
        turned = camera;
        turned.roll(90);
        QVERIFY(isClose(turned.right(), PatientVector{0, 0, 1}));
    }

    void manyTurnsKeepItsAxesPerpendicular()
    {
        Camera camera;
        for (int i = 0; i < 100'000; ++i)
            camera.turn(i % 7 - 2.3, i % 5 - 1.7);
        QVERIFY(std::abs(length(camera.into) - 1) < 1e-9);
        QVERIFY(std::abs(length(camera.up) - 1) < 1e-9);
        QVERIFY(std::abs(dot(camera.into, camera.up)) < 1e-9);
    }

    void theFirstMatterOnTheWayIsPicked()
    {
        auto geometry = test::evenGeometry(40, 40, 40, 1, 1, 1);
        // Two plates across the view from the front, the nearer one thinner in value.
        const auto volume = test::makeVolume(geometry, [](int, int j, int) {
            return j >= 10 && j < 14 ? 600 : j >= 25 && j < 30 ? 900 : 0;
        });
        VolumeScene scene;
        scene.look = steep(VolumePreset::Blending::Composite);
        scene.camera = Camera::from(Side::Front, geometry, 1);
        const auto view = scene.camera.plane(100, 100);
        const auto depthOf = [&](const std::optional<PatientPoint> &point) {
            return point ? geometry.toVolume(*point).j : -1;
        };
        QVERIFY(std::abs(depthOf(pick(*volume, scene, view, {50, 50})) - 10) < 1.01);
        scene.look = steep(VolumePreset::Blending::Maximum);
        QVERIFY(depthOf(pick(*volume, scene, view, {50, 50})) >= 24);
        scene.look = steep(VolumePreset::Blending::Composite);
        scene.crop.from[1] = 0.5; // the first plate is cut away
        QVERIFY(std::abs(depthOf(pick(*volume, scene, view, {50, 50})) - 25) < 1.01);
        scene.crop.to[1] = 0.55;
        QVERIFY(!pick(*volume, scene, view, {50, 50}));
        QVERIFY(!pick(*volume, VolumeScene{scene.camera, scene.look, {}, 0, 1}, view, {-40, 50}));
    }

    void aBoxHasTwelveEdgesOfItsOwnLengths()
    {
        const auto geometry = test::evenGeometry(10, 20, 30, 1, 1, 1);
        double sum = 0;
        for (const auto &edge : edgesOf({}, geometry))
            sum += length(edge[1] - edge[0]);
        QVERIFY(std::abs(sum - 4 * (10 + 20 + 30)) < 1e-6);
        CropBox half;
        half.to = {0.5, 0.5, 0.5};
        sum = 0;
        for (const auto &edge : edgesOf(half, geometry))
            sum += length(edge[1] - edge[0]);
        QVERIFY(std::abs(sum - 2 * (10 + 20 + 30)) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(tst_VolumeScene)
#include "tst_VolumeScene.moc"
