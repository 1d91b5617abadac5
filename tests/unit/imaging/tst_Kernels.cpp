#include <Kernels.h>

#include <QtTest/QTest>

#include <algorithm>
#include <random>
#include <type_traits>
#include <vector>

using namespace negatoscope::imaging;

class tst_Kernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void loadsTheSameIndices();
    void addsTheSameSums();
    void blendsTheSameLines();
    void tabulatesTheSameRamp();
    void findsTheSameRange();
    void marksAndMeasuresTheSame();

private:
    static constexpr std::size_t kCount = 1003; ///< not a multiple of any vector
    std::mt19937 m_random{5};
    std::vector<std::uint16_t> m_words;
};

void tst_Kernels::initTestCase()
{
    if (&kernels() == &portableKernels())
        QSKIP("this processor has one variant only");
    for (std::size_t i = 0; i < kCount; ++i)
        m_words.push_back(static_cast<std::uint16_t>(m_random()));
}

void tst_Kernels::loadsTheSameIndices()
{
    std::vector<std::uint16_t> a(kCount), b(kCount);
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(m_words.data());
    const auto same = [&](const auto load, const auto *in, int low, int shift, int largest) {
        (kernels().*load)(in, kCount, low, shift, largest, a.data());
        (portableKernels().*load)(in, kCount, low, shift, largest, b.data());
        return a == b;
    };
    QVERIFY(same(&Kernels::loadU8, bytes, 3, 4, 4000));
    QVERIFY(same(&Kernels::loadI8, reinterpret_cast<const std::int8_t *>(bytes), -128, 2, 900));
    QVERIFY(same(&Kernels::loadU16, m_words.data(), 17, 0, 65000));
    QVERIFY(
        same(&Kernels::loadI16, reinterpret_cast<const std::int16_t *>(m_words.data()), -32768, 0, 65535));
    QCOMPARE(a[0], static_cast<std::uint16_t>(static_cast<std::int16_t>(m_words[0]) + 32768));
}

void tst_Kernels::addsTheSameSums()
{
    std::vector<std::uint32_t> a(kCount, 7), b(kCount, 7);
    kernels().accumulate(m_words.data(), kCount, 60000, a.data());
    portableKernels().accumulate(m_words.data(), kCount, 60000, b.data());
    QCOMPARE(a, b);
    std::vector<std::int64_t> c(kCount, -9), d(kCount, -9);
    kernels().accumulateWide(m_words.data(), kCount, -18, c.data());
    portableKernels().accumulateWide(m_words.data(), kCount, -18, d.data());
    QVERIFY(c == d);
}

void tst_Kernels::blendsTheSameLines()
{
    std::vector<std::uint32_t> one(kCount), other(kCount);
    std::vector<std::int32_t> lines[4];
    for (auto &line : lines)
        line.resize(kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
        one[i] = m_words[i] * 256U;
        other[i] = m_words[kCount - 1 - i] * 256U;
        for (std::size_t line = 0; line < 4; ++line)
            lines[line][i] = (m_words[(i + line * 11) % kCount] % 20001) * 256;
    }
    std::vector<std::uint16_t> a(kCount), b(kCount);
    kernels().blendTwo(one.data(), other.data(), kCount, 101, 155, a.data());
    portableKernels().blendTwo(one.data(), other.data(), kCount, 101, 155, b.data());
    QCOMPARE(a, b);
    const std::int32_t *in[4] = {lines[0].data(), lines[1].data(), lines[2].data(), lines[3].data()};
    const std::int32_t weights[4] = {-18, 222, 58, -6};
    kernels().blendFour(in, weights, kCount, 20000, a.data());
    portableKernels().blendFour(in, weights, kCount, 20000, b.data());
    QCOMPARE(a, b);
}

void tst_Kernels::tabulatesTheSameRamp()
{
    std::vector<std::uint8_t> a(kCount), b(kCount);
    std::uniform_real_distribution<double> number(-500, 500);
    for (int i = 0; i < 200; ++i) {
        const double centre = number(m_random), width = std::abs(number(m_random));
        const RampTable ramp{number(m_random) / 300,
                             number(m_random),
                             -100,
                             1.0 / 16,
                             centre,
                             width,
                             centre - width / 2,
                             centre + width / 2,
                             static_cast<std::uint8_t>(i % 2 ? 255 : 0)};
        kernels().tabulateRamp(ramp, kCount, a.data());
        portableKernels().tabulateRamp(ramp, kCount, b.data());
        QCOMPARE(a, b);
    }
}

void tst_Kernels::findsTheSameRange()
{
    const auto same = [&](const auto range, const auto *in) {
        std::remove_cv_t<std::remove_pointer_t<decltype(in)>> low[2], high[2];
        (kernels().*range)(in, kCount, &low[0], &high[0]);
        (portableKernels().*range)(in, kCount, &low[1], &high[1]);
        return low[0] == low[1] && high[0] == high[1] && low[0] == *std::min_element(in, in + kCount) &&
               high[0] == *std::max_element(in, in + kCount);
    };
    QVERIFY(same(&Kernels::rangeU8, reinterpret_cast<const std::uint8_t *>(m_words.data())));
    QVERIFY(same(&Kernels::rangeI8, reinterpret_cast<const std::int8_t *>(m_words.data())));
    QVERIFY(same(&Kernels::rangeU16, m_words.data()));
    QVERIFY(same(&Kernels::rangeI16, reinterpret_cast<const std::int16_t *>(m_words.data())));
}

void tst_Kernels::marksAndMeasuresTheSame()
{
    const auto same = [&](const auto mark, const auto *in, auto from, auto to) {
        using Sample = std::remove_cvref_t<decltype(*in)>;
        std::vector<std::uint8_t> masks[2] = {std::vector<std::uint8_t>(kCount),
                                              std::vector<std::uint8_t>(kCount)};
        Sample low[2], high[2];
        const bool any[2] = {
            (kernels().*mark)(in, kCount, from, to, masks[0].data(), &low[0], &high[0]),
            (portableKernels().*mark)(in, kCount, from, to, masks[1].data(), &low[1], &high[1])};
        std::vector<Sample> others;
        for (std::size_t i = 0; i < kCount; ++i) {
            const bool marked = in[i] >= from && in[i] <= to;
            if (!marked)
                others.push_back(in[i]);
            if (masks[0][i] != marked || masks[1][i] != marked)
                return false;
        }
        if (any[0] != any[1] || any[0] != (others.size() < kCount) || low[0] != low[1] || high[0] != high[1])
            return false;
        return others.empty() ? high[0] < low[0]
                              : low[0] == *std::min_element(others.begin(), others.end()) &&
                                    high[0] == *std::max_element(others.begin(), others.end());
    };
    const auto *const bytes = reinterpret_cast<const std::uint8_t *>(m_words.data());
    const auto *const signedBytes = reinterpret_cast<const std::int8_t *>(m_words.data());
    const auto *const signedWords = reinterpret_cast<const std::int16_t *>(m_words.data());
    QVERIFY(same(&Kernels::markU8, bytes, std::uint8_t(0), std::uint8_t(3)));
    QVERIFY(same(&Kernels::markU8, bytes, std::uint8_t(0), std::uint8_t(255)));
    QVERIFY(same(&Kernels::markI8, signedBytes, std::int8_t(-128), std::int8_t(-100)));
    QVERIFY(same(&Kernels::markU16, m_words.data(), std::uint16_t(60000), std::uint16_t(65535)));
    QVERIFY(same(&Kernels::markI16, signedWords, std::int16_t(-32768), std::int16_t(-2000)));
    QVERIFY(same(&Kernels::markI16, signedWords, std::int16_t(-32768), std::int16_t(32767)));
}

QTEST_APPLESS_MAIN(tst_Kernels)
#include "tst_Kernels.moc"
