#include <base/ComputePool.h>

#include <QtTest/QTest>

#include <atomic>
#include <numeric>

using namespace negatoscope::base;

class tst_ComputePool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void visitsEveryIndexOnce_data();
    void visitsEveryIndexOnce();
    void runsNestedCallsInPlace();
    void servesSeveralCallers();
    void endsWhileIdle();
};

void tst_ComputePool::visitsEveryIndexOnce_data()
{
    QTest::addColumn<unsigned>("threads");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("grain");
    for (const unsigned threads : {1U, 2U, 5U})
        for (const int count : {0, 1, 7, 1000, 4097})
            for (const int grain : {0, 1, 16, 5000})
                QTest::addRow("%u threads, %d by %d", threads, count, grain) << threads << count << grain;
}

void tst_ComputePool::visitsEveryIndexOnce()
{
    QFETCH(unsigned, threads);
    QFETCH(int, count);
    QFETCH(int, grain);
    ComputePool pool(threads);
    QCOMPARE(pool.threads(), threads);
    std::vector<std::atomic<int>> visits(static_cast<std::size_t>(count));
    for (int round = 1; round <= 5; ++round) {
        pool.parallelFor(visits.size(), static_cast<std::size_t>(grain),
                         [&](std::size_t begin, std::size_t end) {
                             for (std::size_t i = begin; i < end; ++i)
                                 ++visits[i];
                         });
        for (const auto &visit : visits)
            QCOMPARE(visit.load(), round);
    }
}

void tst_ComputePool::runsNestedCallsInPlace()
{
    ComputePool pool(3);
    std::atomic<int> sum = 0;
    pool.parallelFor(50, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            pool.parallelFor(20, 1,
                             [&](std::size_t from, std::size_t to) { sum += static_cast<int>(to - from); });
    });
    QCOMPARE(sum.load(), 1000);
}

void tst_ComputePool::servesSeveralCallers()
{
    ComputePool pool(3);
    std::atomic<int> sum = 0;
    {
        std::vector<std::jthread> callers;
        for (int caller = 0; caller < 4; ++caller)
            callers.emplace_back([&] {
                for (int round = 0; round < 200; ++round)
                    pool.parallelFor(64, 4, [&](std::size_t begin, std::size_t end) {
                        sum += static_cast<int>(end - begin);
                    });
            });
    }
    QCOMPARE(sum.load(), 4 * 200 * 64);
}

void tst_ComputePool::endsWhileIdle()
{
    for (int i = 0; i < 200; ++i) {
        ComputePool pool(4);
        if (i % 2)
            pool.parallelFor(8, 1, [](std::size_t, std::size_t) {});
    }
    QVERIFY(ComputePool::shared().threads() >= 1);
}

QTEST_APPLESS_MAIN(tst_ComputePool)
#include "tst_ComputePool.moc"
