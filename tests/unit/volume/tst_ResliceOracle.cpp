#include "TestVolumes.h"

#include <VtkReslice.h>

#include <QtTest/QTest>

#include <random>

using namespace negatoscope;
using namespace negatoscope::test;
using namespace negatoscope::volume;

namespace {

/// A pixel whose sample lies this close to a face of the volume may fall on either side.
constexpr double kOnFace = 1e-4;
/// What places in 23 bits and sums in 24 may add to half a unit, where neighbours differ by up to 65,535.
constexpr double kRounding = 0.3;

struct Case
{
    std::shared_ptr<Volume> volume;
    dicom::ImagePlane plane;
    ResliceSettings settings;
};

class Random
{
public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    double between(double low, double high) { return std::uniform_real_distribution(low, high)(m_engine); }
    int whole(int low, int high) { return std::uniform_int_distribution(low, high)(m_engine); }
    base::PatientVector direction()
    {
        base::PatientVector v;
        do
            v = {between(-1, 1), between(-1, 1), between(-1, 1)};
        while (length(v) < 0.1 || length(v) > 1);
        return unit(v);
    }

private:
    std::mt19937 m_engine;
};

VolumeGeometry randomGeometry(Random &random)
{
    auto geometry = evenGeometry(random.whole(3, 70), random.whole(3, 70), random.whole(2, 90),
                                 random.between(0.3, 1.5), random.between(0.3, 1.5), random.between(0.2, 4));
    geometry.row = random.direction();
    geometry.column = unit(cross(geometry.row, random.direction()));
    geometry.normal = cross(geometry.row, geometry.column) * (random.whole(0, 1) ? 1.0 : -1.0);
    return geometry;
}

/// A plane near the middle of the volume; every third runs along its axes.
dicom::ImagePlane randomPlane(Random &random, const VolumeGeometry &geometry)
{
    const std::array axes{geometry.row, geometry.column, geometry.normal};
    base::PatientVector row = random.direction(), column = random.direction();
    if (random.whole(0, 2) == 0) {
        const int first = random.whole(0, 2), second = (first + random.whole(1, 2)) % 3;
        row = axes[std::size_t(first)] * (random.whole(0, 1) ? 1.0 : -1.0);
        column = axes[std::size_t(second)] * (random.whole(0, 1) ? 1.0 : -1.0);
    }
    const base::PatientVector aside{random.between(-9, 9), random.between(-9, 9), random.between(-9, 9)};
    return planeAround(geometry.centre() + aside, row, column, random.whole(1, 150), random.whole(1, 150),
                       random.between(0.1, 2), random.between(0.1, 2));
}

Case randomCase(Random &random, VoxelType type)
{
    Case made;
    const auto geometry = randomGeometry(random);
    std::mt19937 noise(static_cast<unsigned>(random.whole(1, 1 << 30)));
    // The whole range for some, that of a CT for others.
    const int top = random.whole(0, 3) == 0 ? 32767 : 2000;
    std::uniform_int_distribution values(type == VoxelType::Int16 ? -top - 1 : -2000, top);
    made.volume = makeVolume(
        geometry, [&](int, int, int) { return values(noise); }, type);
    made.plane = randomPlane(random, geometry);
    made.settings.background = random.whole(-3000, 3000);
    made.settings.interpolation = static_cast<Interpolation>(random.whole(0, 2));
    if (random.whole(0, 1)) {
        made.settings.slab.projection = static_cast<Projection>(random.whole(0, 2));
        made.settings.slab.count = random.whole(2, 20);
        made.settings.slab.stepMm = random.between(0.1, 2);
    }
    return made;
}

/// Whether a sample of the pixel lies on a face of the volume, or, for the nearest voxel, between two.
bool isOnEdge(const Case &c, int x, int y)
{
    const VolumeGeometry &geometry = c.volume->geometry();
    const base::PatientVector normal = c.plane.normal();
    for (int m = 0; m < c.settings.slab.count; ++m) {
        const double across = (m - (c.settings.slab.count - 1) / 2.0) * c.settings.slab.stepMm;
        const auto at = geometry.toVolume(c.plane.toPatient({double(x), double(y)}) + normal * across);
        const auto near = [&](double place, int size) {
            const bool face = std::abs(place + 0.5) < kOnFace || std::abs(place - (size - 0.5)) < kOnFace;
            const bool between = c.settings.interpolation == Interpolation::Nearest &&
                                 std::abs(place + 0.5 - std::round(place + 0.5)) < kOnFace;
            return face || between;
        };
        if (near(at.i, geometry.columns) || near(at.j, geometry.rows) || near(at.k, geometry.slices()))
            return true;
    }
    return false;
}

struct AxisWeights
{
    std::array<int, 4> index{};
    std::array<double, 4> weight{};
    bool inside = false;
};

AxisWeights weightsAt(double place, int size, Interpolation interpolation)
{
    AxisWeights axis;
    axis.inside = place >= -0.5 && place < size - 0.5;
    const int below = static_cast<int>(std::floor(place));
    const double t = place - below;
    for (int n = 0; n < 4; ++n)
        axis.index[std::size_t(n)] = std::clamp(below - 1 + n, 0, size - 1);
    if (interpolation == Interpolation::Nearest)
        axis.weight = {0, t < 0.5 ? 1.0 : 0.0, t < 0.5 ? 0.0 : 1.0, 0};
    else if (interpolation == Interpolation::Linear)
        axis.weight = {0, 1 - t, t, 0};
    else
        axis.weight = {((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1,
                       ((-1.5 * t + 2) * t + 0.5) * t, (0.5 * t - 0.5) * t * t};
    return axis;
}

/// The value of a pixel by the definition, in double precision: who is right where two engines differ.
double definition(const Case &c, int x, int y)
{
    const VolumeGeometry &geometry = c.volume->geometry();
    const Slab &slab = c.settings.slab;
    double result = c.settings.background;
    int inside = 0;
    for (int m = 0; m < slab.count; ++m) {
        const double across = slab.count > 1 ? (m - (slab.count - 1) / 2.0) * slab.stepMm : 0;
        const auto at =
            geometry.toVolume(c.plane.toPatient({double(x), double(y)}) + c.plane.normal() * across);
        const auto i = weightsAt(at.i, geometry.columns, c.settings.interpolation);
        const auto j = weightsAt(at.j, geometry.rows, c.settings.interpolation);
        const auto k = weightsAt(at.k, geometry.slices(), c.settings.interpolation);
        if (!i.inside || !j.inside || !k.inside)
            continue;
        double value = 0;
        for (std::size_t d = 0; d < 4; ++d)
            for (std::size_t b = 0; b < 4; ++b)
                for (std::size_t a = 0; a < 4; ++a)
                    if (const double weight = i.weight[a] * j.weight[b] * k.weight[d]; weight != 0)
                        value += weight * *c.volume->valueAt({i.index[a], j.index[b], k.index[d]});
        if (inside == 0)
            result = value;
        else
            result = slab.projection == Projection::Maximum   ? std::max(result, value)
                     : slab.projection == Projection::Minimum ? std::min(result, value)
                                                              : result + value;
        ++inside;
    }
    return inside > 0 && slab.projection == Projection::Mean ? result / inside : result;
}

} // namespace

class TstResliceOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsWhatVtkDraws_data();
    void drawsWhatVtkDraws();
    void drawsFloatsThatVtkDraws();
};

void TstResliceOracle::drawsWhatVtkDraws_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TstResliceOracle::drawsWhatVtkDraws()
{
    QFETCH(unsigned, seed);
    Random random(seed);
    qsizetype compared = 0, beyondRounding = 0, inside = 0;
    for (int round = 0; round < 40; ++round) {
        const Case c = randomCase(random, VoxelType::Int16);
        QVERIFY(c.volume);
        std::vector<std::int16_t> ours(pixelsOf(c.plane));
        QVERIFY(reslice(*c.volume, c.plane, c.settings, ours));
        VtkReslice vtk(*c.volume);
        const auto *theirs = static_cast<const short *>(vtk.draw(c.plane, c.settings)->GetScalarPointer());
        for (int y = 0; y < c.plane.rows; ++y)
            for (int x = 0; x < c.plane.columns; ++x) {
                const std::size_t at = std::size_t(y) * std::size_t(c.plane.columns) + std::size_t(x);
                ++compared;
                inside += theirs[at] != short(c.settings.background);
                if (ours[at] == theirs[at] || isOnEdge(c, x, y))
                    continue;
                // VTK rounds places, and lays slabs along exact axes half a step aside: the definition
                // decides.
                const double right = definition(c, x, y);
                QVERIFY2(
                    std::abs(ours[at] - right) < 0.5 + kRounding,
                    qPrintable(QStringLiteral("round %1, pixel %2, %3: %4, VTK %5, right %6; samples %7, "
                                              "mode %8, interpolation %9")
                                   .arg(round)
                                   .arg(x)
                                   .arg(y)
                                   .arg(ours[at])
                                   .arg(theirs[at])
                                   .arg(right)
                                   .arg(c.settings.slab.count)
                                   .arg(int(c.settings.slab.projection))
                                   .arg(int(c.settings.interpolation))));
                beyondRounding += std::abs(int(ours[at]) - int(theirs[at])) > 1;
            }
    }
    QVERIFY(inside > 10'000);
    QVERIFY2(beyondRounding * 100 < compared, qPrintable(QString::number(beyondRounding)));
}

void TstResliceOracle::drawsFloatsThatVtkDraws()
{
    Random random(77);
    qsizetype inside = 0;
    for (int round = 0; round < 80; ++round) {
        const Case c = randomCase(random, VoxelType::Float);
        QVERIFY(c.volume);
        std::vector<float> ours(pixelsOf(c.plane));
        QVERIFY(reslice(*c.volume, c.plane, c.settings, ours));
        VtkReslice vtk(*c.volume);
        const auto *theirs = static_cast<const float *>(vtk.draw(c.plane, c.settings)->GetScalarPointer());
        for (int y = 0; y < c.plane.rows; ++y)
            for (int x = 0; x < c.plane.columns; ++x) {
                const std::size_t at = std::size_t(y) * std::size_t(c.plane.columns) + std::size_t(x);
                inside += theirs[at] != float(c.settings.background);
                if (std::abs(ours[at] - theirs[at]) < 0.5F || isOnEdge(c, x, y))
                    continue;
                QVERIFY2(std::abs(double(ours[at]) - definition(c, x, y)) < 0.5,
                         qPrintable(QStringLiteral("round %1, pixel %2, %3: %4, VTK %5")
                                        .arg(round)
                                        .arg(x)
                                        .arg(y)
                                        .arg(double(ours[at]))
                                        .arg(double(theirs[at]))));
            }
    }
    QVERIFY(inside > 10'000);
}

QTEST_APPLESS_MAIN(TstResliceOracle)
#include "tst_ResliceOracle.moc"
