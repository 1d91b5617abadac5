#include <session/CinePlayer.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <set>

using negatoscope::session::CinePlayer;
using namespace std::chrono_literals;
using Time = CinePlayer::Time;

namespace {

/// A film in hand: what has been shown, and which frames are there.
struct Film
{
    std::vector<std::pair<Time, int>> shown;
    std::set<int> missing;
    Time now{0};

    CinePlayer::Reel reel(std::vector<Time> durations, int at = 0, bool sweep = false)
    {
        CinePlayer::Reel reel;
        reel.durations = std::move(durations);
        reel.at = at;
        reel.sweep = sweep;
        reel.isReady = [this](int frame) { return !missing.contains(frame); };
        reel.show = [this](int frame) { shown.emplace_back(now, frame); };
        return reel;
    }
    std::vector<int> frames() const
    {
        std::vector<int> result;
        for (const auto &[time, frame] : shown)
            result.push_back(frame);
        return result;
    }
};

std::vector<Time> even(int frames, Time each)
{
    return std::vector<Time>(static_cast<std::size_t>(frames), each);
}

/// Calls the player whenever it asked for, up to `end`.
void playUntil(CinePlayer &player, Film &film, Time end)
{
    while (film.now < end) {
        const Time next = player.advance(film.now);
        QVERIFY(next > film.now);
        film.now = std::min(next, end);
    }
    player.advance(film.now);
}

} // namespace

/// The cine player by a clock of its own: no case waits for real time.
class TestCinePlayer final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsEveryFrameInItsTurn()
    {
        CinePlayer player;
        Film film;
        player.add(film.reel(even(4, 100ms)), 0ns);
        playUntil(player, film, 950ms);
        QCOMPARE(film.frames(), (std::vector<int>{1, 2, 3, 0, 1, 2, 3, 0, 1}));
        for (std::size_t i = 0; i < film.shown.size(); ++i)
            QCOMPARE(film.shown[i].first, Time(100ms * (i + 1)));
    }

    void startsAtTheFrameOnScreen()
    {
        CinePlayer player;
        Film film;
        player.add(film.reel(even(5, 10ms), 3), 0ns);
        playUntil(player, film, 35ms);
        QCOMPARE(film.frames(), (std::vector<int>{4, 0, 1}));
    }

    void neverDriftsHoweverLateItIsCalled()
    {
        // Thirty frames a second for an hour, called late by up to 25 ms: what is on screen is always what
        // the clock says.
        CinePlayer player;
        Film film;
        const Time each(33'333'333);
        constexpr int kFrames = 70;
        const auto id = player.add(film.reel(even(kFrames, each)), 0ns);
        QRandomGenerator random(3);
        std::uint64_t wrong = 0;
        while (film.now < 1h) {
            film.now = std::max(film.now, player.advance(film.now)) + Time(1ms) * random.bounded(25);
            film.shown.clear();
            player.advance(film.now);
            const auto due = static_cast<int>(film.now / each % kFrames);
            if (!film.shown.empty())
                wrong += film.shown.back().second == due ? 0 : 1;
        }
        QCOMPARE(wrong, std::uint64_t(0));
        const auto progress = player.progress(id, film.now);
        QCOMPARE(progress->shown + progress->dropped, static_cast<std::uint64_t>(film.now / each));
    }

    void dropsFramesToKeepTheTime()
    {
        CinePlayer player;
        Film film;
        const auto id = player.add(film.reel(even(100, 10ms)), 0ns);
        for (int call = 1; call <= 20; ++call) { // a screen that takes 40 ms per picture
            film.now = Time(40ms) * call;
            player.advance(film.now);
        }
        QCOMPARE(film.shown.back().second, 80);
        const auto progress = player.progress(id, film.now);
        QCOMPARE(progress->shown, std::uint64_t(20));
        QCOMPARE(progress->dropped, std::uint64_t(60));
        QCOMPARE(progress->rate, 100.0);
        for (int call = 21; call <= 50; ++call) {
            film.now = Time(40ms) * call;
            player.advance(film.now);
        }
        QVERIFY(qAbs(player.progress(id, film.now)->achieved - 25) < 0.5);
    }

    void keepsTheTimesOfAVector()
    {
        CinePlayer player;
        Film film;
        const std::vector<Time> times{10ms, 50ms, 20ms};
        player.add(film.reel(times), 0ns);
        playUntil(player, film, 100ms);
        const std::vector<std::pair<Time, int>> expected{{10ms, 1}, {60ms, 2}, {80ms, 0}, {90ms, 1}};
        QCOMPARE(film.shown.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(film.shown[i].first, expected[i].first);
            QCOMPARE(film.shown[i].second, expected[i].second);
        }
    }

    void sweepsToAndFro()
    {
        CinePlayer player;
        Film film;
        const auto id = player.add(film.reel(even(4, 10ms), 0, true), 0ns);
        playUntil(player, film, 85ms);
        QCOMPARE(film.frames(), (std::vector<int>{1, 2, 3, 2, 1, 0, 1, 2}));
        // Round and round from here on, from the frame on screen.
        film.shown.clear();
        player.setSweep(id, false, film.now);
        playUntil(player, film, film.now + 25ms);
        QCOMPARE(film.frames(), (std::vector<int>{3, 0}));
    }

    void changesTheRateWithoutAJump()
    {
        CinePlayer player;
        Film film;
        const auto id = player.add(film.reel(even(10, 100ms)), 0ns);
        playUntil(player, film, 250ms); // in the middle of frame 2
        QCOMPARE(film.shown.back().second, 2);
        player.setSpeed(2, film.now);
        QCOMPARE(player.progress(id, film.now)->rate, 20.0);
        film.shown.clear();
        playUntil(player, film, 330ms);
        QCOMPARE(film.frames(), (std::vector<int>{3, 4}));
        QCOMPARE(film.shown[0].first, Time(275ms));
        QCOMPARE(film.shown[1].first, Time(325ms));
    }

    void holdsWhereAFrameIsMissingAndSaysHowManyAreThere()
    {
        CinePlayer player;
        Film film;
        film.missing = {5, 6, 7};
        const auto id = player.add(film.reel(even(20, 100ms)), 0ns);
        playUntil(player, film, 2s);
        QCOMPARE(film.shown.back().second, 4); // never past what is missing
        auto progress = player.progress(id, film.now);
        QVERIFY(progress->holding);
        QCOMPARE(progress->needed, 5); // half a second
        QCOMPARE(progress->ready, 2);
        QCOMPARE(progress->dropped, std::uint64_t(0)); // waiting is not dropping
        film.missing = {7};
        film.now += 1s;
        player.advance(film.now);
        QVERIFY(player.progress(id, film.now)->holding);
        film.missing.clear();
        film.shown.clear();
        player.advance(film.now);
        playUntil(player, film, film.now + 250ms);
        progress = player.progress(id, film.now);
        QVERIFY(!progress->holding);
        QCOMPARE(film.frames(), (std::vector<int>{5, 6, 7}));
        QCOMPARE(progress->dropped, std::uint64_t(0));
    }

    void aSmallMemoryDoesNotHoldForEver()
    {
        CinePlayer player;
        Film film;
        auto reel = film.reel(even(20, 10ms));
        reel.mostAhead = 2; // half a second would be fifty
        film.missing = {1, 4};
        const auto id = player.add(std::move(reel), 0ns);
        playUntil(player, film, 50ms);
        QVERIFY(player.progress(id, film.now)->holding);
        QCOMPARE(player.progress(id, film.now)->needed, 2);
        film.missing = {4};
        playUntil(player, film, 100ms);
        QVERIFY(film.shown.back().second >= 2);
    }

    void severalReelsStayInStep()
    {
        CinePlayer player;
        Film left, right;
        player.add(left.reel(even(8, 40ms)), 0ns);
        const auto second = player.add(right.reel(even(8, 40ms)), 0ns);
        right.missing = {3};
        const auto both = [&](Time end) {
            while (left.now < end) {
                const Time next = std::min(player.advance(left.now), end);
                left.now = right.now = next;
            }
            player.advance(left.now);
        };
        both(300ms);
        QVERIFY(player.progress(second, left.now)->holding);
        QCOMPARE(left.shown.back().second, right.shown.back().second); // one waits for the other
        QCOMPARE(left.shown.back().second, 2);
        right.missing.clear();
        both(5s);
        QCOMPARE(left.frames(), right.frames());
        for (std::size_t i = 0; i < left.shown.size(); ++i)
            QCOMPARE(left.shown[i].first, right.shown[i].first);
        // Both at twice the rate, still in step.
        player.setSpeed(2, left.now);
        both(6s);
        QCOMPARE(left.frames(), right.frames());
        player.remove(second, left.now);
        const auto count = right.shown.size();
        both(7s);
        QCOMPARE(right.shown.size(), count);
        QVERIFY(left.shown.size() > count);
    }

    void saysWhatComesNext()
    {
        CinePlayer player;
        Film film;
        const auto loop = player.add(film.reel(even(5, 10ms), 3), 0ns);
        QCOMPARE(player.upcoming(loop, 3), (std::vector<int>{4, 0, 1}));
        QCOMPARE(player.upcoming(loop, 99).size(), std::size_t(4)); // each frame once
        player.remove(loop, 0ns);
        const auto sweep = player.add(film.reel(even(4, 10ms), 2, true), 0ns);
        QCOMPARE(player.upcoming(sweep, 4), (std::vector<int>{3, 2, 1, 0}));
    }

    void aReelMayGoAwayWhileItIsShown()
    {
        CinePlayer player;
        Film film;
        CinePlayer::ReelId id = 0;
        auto reel = film.reel(even(5, 10ms));
        reel.show = [&](int) { player.remove(id, film.now); };
        id = player.add(std::move(reel), 0ns);
        film.now = 15ms;
        player.advance(film.now);
        QVERIFY(player.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCinePlayer)
#include "tst_CinePlayer.moc"
