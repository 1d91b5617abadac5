#include <frames/FrameStore.h>

#include <QtTest/QTest>

using namespace negatoscope;
using frames::FrameKey;

namespace {

FrameKey key(int number)
{
    return {base::InstanceUid("1.2." + std::to_string(number)), 0};
}

frames::FrameResult frameOf(std::size_t bytes)
{
    auto frame = std::make_shared<frames::Frame>();
    frame->pixels = frames::PixelBuffer::create(bytes).value();
    return frames::FramePointer(std::move(frame));
}

} // namespace

class TestFrameStore final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatWasInserted()
    {
        frames::FrameStore store(1 << 20);
        QVERIFY(!store.find(key(1)));
        store.insert(key(1), frameOf(1000));
        const auto found = store.find(key(1));
        QVERIFY(found && *found);
        QCOMPARE((**found)->pixels.bytes().size(), std::size_t(1000));
    }

    void staysWithinItsBudgetAndGivesUpTheLeastRecentlyUsed()
    {
        frames::FrameStore store(350'000);
        for (int i = 0; i < 3; ++i)
            store.insert(key(i), frameOf(100'000));
        QVERIFY(store.find(key(0))); // used: 1 is now the oldest
        store.insert(key(3), frameOf(100'000));
        QVERIFY(store.usedBytes() <= 350'000);
        QVERIFY(store.contains(key(0)));
        QVERIFY(!store.contains(key(1)));
        QVERIFY(store.contains(key(3)));
    }

    void keepsAFrameThatIsAloneOverTheBudget()
    {
        frames::FrameStore store(1000);
        store.insert(key(1), frameOf(100'000));
        QVERIFY(store.contains(key(1)));
        store.insert(key(2), frameOf(10));
        QVERIFY(!store.contains(key(1)));
    }

    void aFrameInUseOutlivesItsPlaceInTheStore()
    {
        frames::FrameStore store(150'000);
        store.insert(key(1), frameOf(100'000));
        const frames::FramePointer held = *store.find(key(1)).value();
        store.insert(key(2), frameOf(100'000));
        QVERIFY(!store.contains(key(1)));
        QCOMPARE(held->pixels.bytes().size(), std::size_t(100'000));
    }

    void replacingAFrameDoesNotCountItTwice()
    {
        frames::FrameStore store(1 << 20);
        store.insert(key(1), frameOf(100'000));
        const auto once = store.usedBytes();
        store.insert(key(1), frameOf(100'000));
        QCOMPARE(store.usedBytes(), once);
    }

    void remembersFailuresUntilToldToForget()
    {
        frames::FrameStore store(1 << 20);
        store.insert(key(1), frames::FrameResult(base::failure(base::ErrorCode::CorruptPixelData, "test")));
        const auto found = store.find(key(1));
        QVERIFY(found);
        QVERIFY(!*found);
        QCOMPARE(found->error().code(), base::ErrorCode::CorruptPixelData);
        store.insert(key(2), frameOf(10));
        store.forgetFailures();
        QVERIFY(!store.contains(key(1)));
        QVERIFY(store.contains(key(2)));
    }

    void aSmallerBudgetTakesEffectAtOnce()
    {
        frames::FrameStore store(1 << 20);
        for (int i = 0; i < 5; ++i)
            store.insert(key(i), frameOf(100'000));
        store.setBudgetBytes(250'000);
        QVERIFY(store.usedBytes() <= 250'000);
        QVERIFY(store.contains(key(4)));
    }
};

QTEST_GUILESS_MAIN(TestFrameStore)
#include "tst_FrameStore.moc"
