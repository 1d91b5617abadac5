#include "Kernels.h"

#include <QtTest/QTest>

#include <random>
#include <vector>

using namespace negatoscope::volume;

namespace {

constexpr std::int32_t kOne = 1 << ObliqueRun::kPlaceBits;

template <typename Voxel>
std::vector<Voxel> noise(std::size_t count, int low, int high)
{
    std::mt19937 random(11);
    std::uniform_int_distribution values(low, high);
    std::vector<Voxel> made(count);
    for (Voxel &value : made)
        value = static_cast<Voxel>(values(random));
    return made;
}

} // namespace

/// The portable loops and those for AVX2 must give the same bytes.
class TstVolumeKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreTheSame();
    void obliqueRunsAreTheSame();
    void roundingIsToNearest();
};

void TstVolumeKernels::linesAreTheSame()
{
    const auto voxels = noise<std::int16_t>(2048 * 8, -32768, 32767);
    const auto floats = noise<float>(4096, -30000, 30000);
    std::vector<std::int32_t> indices(4 * 333);
    std::vector<float> weights(4 * 333);
    std::mt19937 random(3);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        // Rising by parts of a voxel, then by several.
        const auto x = static_cast<std::int32_t>(i % 333), t = static_cast<std::int32_t>(i / 333);
        indices[i] = t + (x < 200 ? x * 3 / 5 : 120 + (x - 200) * 4);
        weights[i] = static_cast<float>(random() % 1000) / 999.0F - 0.3F;
    }
    for (const int taps : {1, 2, 4}) {
        const std::int16_t *lines[4] = {voxels.data(), voxels.data() + 16, voxels.data() + 256,
                                        voxels.data() + 272};
        const float *plain[4] = {floats.data(), floats.data() + 500, floats.data() + 1000,
                                 floats.data() + 1500};
        for (const auto blend : {Blend::Set, Blend::Maximum, Blend::Minimum, Blend::Sum}) {
            std::vector<float> a(333, 1.5F), b(333, 1.5F);
            portableKernels().blend(plain, weights.data(), taps, 333, blend, a.data());
            kernels().blend(plain, weights.data(), taps, 333, blend, b.data());
            QCOMPARE(a, b);
        }
        std::vector<float> a(333), b(333);
        portableKernels().combine16(lines, weights.data(), taps, 7, a.data());
        kernels().combine16(lines, weights.data(), taps, 7, b.data());
        QCOMPARE(a, b);
        portableKernels().resample(floats.data(), indices.data(), weights.data(), taps, 333, a.data());
        kernels().resample(floats.data(), indices.data(), weights.data(), taps, 333, b.data());
        QCOMPARE(a, b);
    }
}

void TstVolumeKernels::obliqueRunsAreTheSame()
{
    // 4 x 4 x 6 bricks.
    const auto voxels = noise<std::int16_t>(2048 * 4 * 4 * 6 + 2048, -32768, 32767);
    std::mt19937 random(17);
    const auto between = [&](std::int32_t low, std::int32_t high) {
        return std::uniform_int_distribution(low, high)(random);
    };
    for (int round = 0; round < 400; ++round) {
        ObliqueRun run;
        run.rowOfBricks = 4 * 2048;
        run.sliceOfBricks = 16 * 2048;
        run.samples = between(1, 12);
        for (int axis = 0; axis < 3; ++axis) {
            run.start[axis] = between(20 * kOne, 24 * kOne);
            run.pixel[axis] = between(-kOne / 6, kOne / 6);
            run.sample[axis] = between(-kOne / 2, kOne / 2);
        }
        const auto count = static_cast<std::size_t>(between(1, 64));
        for (const auto blend : {Blend::Maximum, Blend::Minimum, Blend::Sum}) {
            std::vector<float> a(count), b(count);
            portableObliqueKernels().linear16(voxels.data(), run, count, blend, a.data());
            obliqueKernels().linear16(voxels.data(), run, count, blend, b.data());
            QCOMPARE(a, b);
            portableObliqueKernels().cubic16(voxels.data(), run, count, blend, a.data());
            obliqueKernels().cubic16(voxels.data(), run, count, blend, b.data());
            QCOMPARE(a, b);
        }
    }
}

void TstVolumeKernels::roundingIsToNearest()
{
    const std::vector<float> values{-40000, -32768, -1.5F, -0.51F, -0.5F, -0.49F,
                                    0,      0.49F,  0.5F,  1.49F,  32767, 40000};
    const std::vector<std::int16_t> right{-32768, -32768, -1, -1, 0, 0, 0, 0, 1, 1, 32767, 32767};
    std::vector<std::int16_t> a(values.size()), b(values.size());
    portableKernels().toInt16(values.data(), values.size(), 1, a.data());
    kernels().toInt16(values.data(), values.size(), 1, b.data());
    QCOMPARE(a, right);
    QCOMPARE(b, right);
}

QTEST_APPLESS_MAIN(TstVolumeKernels)
#include "tst_VolumeKernels.moc"
