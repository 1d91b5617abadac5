#include "TestVolumes.h"
#include "VolumeGrid.h"

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::rendering;
using base::PatientPoint;
using base::PatientVector;

namespace {

double rampAt(PatientPoint p)
{
    return 500 + 3 * p.x - 2 * p.y + 4 * p.z;
}

std::shared_ptr<volume::Volume> ramp(const volume::VolumeGeometry &geometry)
{
    return test::makeVolume(
        geometry,
        [&](int i, int j, int k) {
            return rampAt(geometry.toPatient({double(i), double(j), double(k)}));
        },
        volume::VoxelType::Float);
}

/// The worst difference from the ramp over boxes that lie inside the volume by a box.
double worstOf(const VolumeGrid &grid, const volume::VolumeGeometry &geometry)
{
    double worst = 0;
    int inside = 0;
    for (int k = 0; k < grid.slices; ++k)
        for (int j = 0; j < grid.rows; ++j)
            for (int i = 0; i < grid.columns; ++i) {
                const PatientPoint point = grid.origin + grid.row * (i * grid.spacing[0]) +
                                           grid.column * (j * grid.spacing[1]) +
                                           grid.normal * (k * grid.spacing[2]);
                const auto at = geometry.toVolume(point);
                const double margin = grid.reduction;
                if (at.i < margin || at.j < margin || at.k < margin || at.i > geometry.columns - 1 - margin ||
                    at.j > geometry.rows - 1 - margin || at.k > geometry.slices() - 1 - margin)
                    continue;
                ++inside;
                const std::size_t index =
                    (std::size_t(k) * std::size_t(grid.rows) + std::size_t(j)) * std::size_t(grid.columns) +
                    std::size_t(i);
                worst = std::max(worst, std::abs(double(grid.real[index]) - rampAt(point)));
            }
    return inside > 200 ? worst : 1e9;
}

volume::VolumeGeometry tilted()
{
    auto geometry = test::evenGeometry(40, 36, 30, 0.8, 0.8, 1.1);
    geometry.drift = geometry.column * 0.3;
    return geometry;
}

volume::VolumeGeometry uneven()
{
    auto geometry = test::evenGeometry(40, 36, 30);
    geometry.spacing.reset();
    for (int k = 15; k < 30; ++k)
        geometry.places[std::size_t(k)] += 0.5;
    return geometry;
}

volume::VolumeGeometry leftHanded()
{
    auto geometry = test::evenGeometry(40, 36, 30);
    geometry.normal = -geometry.normal;
    return geometry;
}

} // namespace

/// Any volume as equal boxes at true places.
class tst_VolumeGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void liesWhereTheVolumeLies_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<int>("most");
        for (const int most : {1 << 20, 20'000, 3'000}) {
            QTest::addRow("even, %d", most) << 0 << most;
            QTest::addRow("tilted, %d", most) << 1 << most;
            QTest::addRow("uneven, %d", most) << 2 << most;
            QTest::addRow("left-handed, %d", most) << 3 << most;
        }
    }
    void liesWhereTheVolumeLies()
    {
        QFETCH(int, which);
        QFETCH(int, most);
        const std::array geometries{test::evenGeometry(40, 36, 30), tilted(), uneven(), leftHanded()};
        const auto &geometry = geometries[std::size_t(which)];
        const auto made = ramp(geometry);
        const auto grid = VolumeGrid::of(*made, std::uint64_t(most), {});
        QVERIFY2(grid.has_value(), grid ? "" : grid.error().describe().c_str());
        QVERIFY(grid->columns * grid->rows * grid->slices <= most);
        QVERIFY(length(cross(grid->row, grid->column) - grid->normal) < 1e-9);
        QVERIFY2(worstOf(*grid, geometry) < 0.02, qPrintable(QString::number(worstOf(*grid, geometry))));
    }

    void whatHasNotArrivedIsLightest()
    {
        const auto geometry = test::evenGeometry(16, 16, 64);
        const auto made = test::emptyVolume(geometry, volume::VoxelType::Int16, {2, -1000, "HU"});
        for (int k = 0; k < 24; ++k)
            test::fillSlice<std::int16_t>(*made, k, [](int i, int, int) { return 100 + i; });
        const auto grid = VolumeGrid::of(*made, 1 << 20, {});
        QVERIFY(grid.has_value());
        QCOMPARE(grid->reduction, 1);
        QCOMPARE(grid->whole.size(), std::size_t(16 * 16 * 64));
        QCOMPARE(*std::min_element(grid->whole.begin(), grid->whole.end()), std::int16_t(100));
        QCOMPARE(std::count(grid->whole.begin(), grid->whole.end(), std::int16_t(110)), 24 * 16);
    }

    void isGivenUpWhenItIsStopped()
    {
        const auto made = ramp(test::evenGeometry(16, 16, 16));
        std::stop_source stop;
        stop.request_stop();
        const auto grid = VolumeGrid::of(*made, 1 << 20, stop.get_token());
        QVERIFY(!grid);
        QCOMPARE(grid.error().code(), base::ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(tst_VolumeGrid)
#include "tst_VolumeGrid.moc"
