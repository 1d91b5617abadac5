#include "TransferList.h"

#include <QtTest>

using namespace negatoscope;
using namespace negatoscope::session;
using State = Transfer::State;
using std::chrono::milliseconds;

namespace {

RequestedStudy study(const std::string &uid, const std::string &archive = "A")
{
    RequestedStudy study;
    study.archive = archive;
    study.uid = base::StudyUid(uid);
    return study;
}

RetrievalReport reportOf(int here, int expected)
{
    RetrievalReport report;
    report.expected = expected;
    report.here = report.arrived = here;
    report.missing.resize(std::size_t(expected - here));
    report.completeness = here == expected ? cache::Completeness::Complete : cache::Completeness::Incomplete;
    return report;
}

} // namespace

/// Whose turn it is, and what becomes of an attempt.
class tst_TransferList : public QObject
{
    Q_OBJECT

    TransferList m_list{{milliseconds(1000), milliseconds(8000)}};
    const TransferList::Clock::time_point m_now = TransferList::Clock::now();

    std::string next(const std::string &archive = "A")
    {
        const auto all = m_list.next(m_now);
        const auto at = all.find(archive);
        return at == all.end() ? std::string() : at->second->transfer.study.uid.value();
    }
    Transfer &transfer(const std::string &uid) { return m_list.find(base::StudyUid(uid))->transfer; }
    TransferList::Entry &entry(const std::string &uid) { return *m_list.find(base::StudyUid(uid)); }

private Q_SLOTS:
    void init()
    {
        m_list.remove([](const auto &) { return true; });
    }

    void theMostUrgentComesFirst()
    {
        m_list.request(study("1.1"), Purpose::Prefetch);
        m_list.request(study("1.2"), Purpose::Prior);
        m_list.request(study("1.3"), Purpose::Asked);
        m_list.request(study("1.4"), Purpose::Prior);
        QCOMPARE(next(), std::string("1.3"));
        m_list.request(study("1.5"), Purpose::OnScreen);
        QCOMPARE(next(), std::string("1.5"));
        std::vector<std::string> order;
        for (const auto &shown : m_list.shown(m_now))
            order.push_back(shown.study.uid.value());
        QCOMPARE(order, (std::vector<std::string>{"1.5", "1.3", "1.2", "1.4", "1.1"}));
    }

    void whatWasOpenedLastIsLookedAtNow()
    {
        m_list.request(study("1.1"), Purpose::OnScreen);
        m_list.request(study("1.2"), Purpose::OnScreen);
        QCOMPARE(next(), std::string("1.2"));
    }

    void everyArchiveHasItsOwnTurns()
    {
        m_list.request(study("1.1", "A"), Purpose::Prefetch);
        m_list.request(study("1.2", "B"), Purpose::Prior);
        QCOMPARE(next("A"), std::string("1.1"));
        QCOMPARE(next("B"), std::string("1.2"));
    }

    void aStudyAskedForTwiceIsOneTransfer()
    {
        m_list.request(study("1.1"), Purpose::Prefetch);
        m_list.request(study("1.1"), Purpose::Prior);
        m_list.request(study("1.1"), Purpose::Prefetch);
        QCOMPARE(m_list.entries().size(), std::size_t(1));
        QCOMPARE(transfer("1.1").purpose, Purpose::Prior);
    }

    void whatIsClosedGivesWayToWhatIsOpen()
    {
        m_list.request(study("1.1"), Purpose::OnScreen);
        m_list.request(study("1.2"), Purpose::Prior);
        m_list.setOnScreen({base::StudyUid("1.1"), base::StudyUid("1.2")});
        QCOMPARE(transfer("1.2").purpose, Purpose::OnScreen);
        m_list.setOnScreen({base::StudyUid("1.2")});
        QCOMPARE(next(), std::string("1.2"));
        QCOMPARE(transfer("1.1").purpose, Purpose::Asked);
        m_list.setOnScreen({});
        QCOMPARE(transfer("1.2").purpose, Purpose::Prior);
    }

    void aPausedOneWaitsForTheReader()
    {
        m_list.request(study("1.1"), Purpose::Prior);
        TransferList::pause(entry("1.1"));
        QCOMPARE(next(), std::string());
        m_list.request(study("1.1"), Purpose::Prefetch); // not by itself
        QCOMPARE(transfer("1.1").state, State::Paused);
        m_list.request(study("1.1"), Purpose::OnScreen);
        QCOMPARE(next(), std::string("1.1"));
    }

    void aFailureOfTheLineIsTriedAgainLaterAndLater()
    {
        m_list.request(study("1.1"), Purpose::Prior);
        const base::Error lost(base::ErrorCode::ConnectionRefused, "nobody listens");
        double before = 0;
        for (int attempt = 1; attempt <= 3; ++attempt) {
            m_list.judge(entry("1.1"), base::failure(lost), false);
            QCOMPARE(transfer("1.1").state, State::Waiting);
            QCOMPARE(transfer("1.1").attempts, attempt);
            const auto wait =
                std::chrono::duration<double, std::milli>(*entry("1.1").retryAt - TransferList::Clock::now())
                    .count();
            const double full = 1000 * (1 << (attempt - 1));
            QVERIFY2(wait > 0.7 * full && wait <= 1.25 * full, qPrintable(QString::number(wait)));
            QVERIFY(wait > before);
            before = wait * 0.7;
        }
        QCOMPARE(next(), std::string());
        for (int attempt = 0; attempt < 40; ++attempt)
            m_list.judge(entry("1.1"), base::failure(lost), false);
        QVERIFY(*entry("1.1").retryAt - TransferList::Clock::now() <= milliseconds(10'000));
        QVERIFY(m_list.next(m_now + milliseconds(20'000)).contains("A"));
        TransferList::retry(entry("1.1"));
        QCOMPARE(next(), std::string("1.1"));
        QCOMPARE(transfer("1.1").attempts, 0);
    }

    void whatComesOnDoesNotWaitLonger()
    {
        m_list.request(study("1.1"), Purpose::Prior);
        auto report = reportOf(3, 10);
        report.error = base::Error(base::ErrorCode::ConnectionLost, "cut");
        for (int i = 0; i < 5; ++i)
            m_list.judge(entry("1.1"), report, false);
        QCOMPARE(transfer("1.1").attempts, 1);
        QCOMPARE(transfer("1.1").here, 3);
    }

    void aRefusalIsNotTriedAgain()
    {
        m_list.request(study("1.1"), Purpose::Prior);
        m_list.judge(entry("1.1"),
                     base::failure(base::ErrorCode::CalledTitleUnknown, "the title is not known"), false);
        QCOMPARE(transfer("1.1").state, State::Failed);
        QCOMPARE(next(), std::string());
        QVERIFY(transfer("1.1").error.has_value());
    }

    void successWithInstancesMissingIsIncomplete()
    {
        m_list.request(study("1.1"), Purpose::Prior);
        m_list.judge(entry("1.1"), reportOf(9, 10), false);
        QCOMPARE(transfer("1.1").state, State::Incomplete);
        m_list.judge(entry("1.1"), reportOf(0, 10), false);
        QCOMPARE(transfer("1.1").state, State::Incomplete);
    }

    void whatCameWhileItWasStoppedCounts()
    {
        m_list.request(study("1.1"), Purpose::Prior);
        TransferList::begin(entry("1.1"));
        TransferList::pause(entry("1.1"));
        m_list.judge(entry("1.1"), reportOf(4, 10), true);
        QCOMPARE(transfer("1.1").state, State::Paused);
        QCOMPARE(transfer("1.1").here, 4);
        m_list.judge(entry("1.1"), reportOf(10, 10), true);
        QCOMPARE(transfer("1.1").state, State::Done);
    }

    void aNewRequestStartsAnEndedOneAgain()
    {
        m_list.request(study("1.1", "A"), Purpose::Prior);
        TransferList::fail(entry("1.1"), base::Error(base::ErrorCode::NotFound, "gone"));
        m_list.request(study("1.1", "B"), Purpose::Prior);
        QCOMPARE(next("B"), std::string("1.1"));
    }

    void goesOnWithWhatAnEarlierRunLeft()
    {
        Transfer running, failed;
        running.study = study("1.1");
        running.purpose = Purpose::OnScreen;
        running.state = State::Running;
        failed.study = study("1.2");
        failed.state = State::Failed;
        m_list.request(study("1.1"), Purpose::Prefetch);
        m_list.takeKept({running, failed});
        QCOMPARE(m_list.entries().size(), std::size_t(2));
        m_list.remove([](const auto &) { return true; });
        m_list.takeKept({running, failed});
        QCOMPARE(transfer("1.1").state, State::Waiting);
        QCOMPARE(transfer("1.1").purpose, Purpose::Asked); // nothing of it is on screen now
        QCOMPARE(transfer("1.2").state, State::Failed);
    }

    void tellsSpeedAndTimeLeft()
    {
        TransferPace pace;
        const auto start = TransferPace::Clock::now();
        pace.start(start);
        QCOMPARE(pace.bytesPerSecond(start), 0.0);
        pace.take(0, 0, start);
        pace.take(2'000'000, 20, start + milliseconds(1000));
        QCOMPARE(pace.bytesPerSecond(start + milliseconds(1000)), 2'000'000.0);
        QCOMPARE(pace.secondsFor(80, start + milliseconds(1000)), std::optional(4));
        // A stall makes it slower.
        QVERIFY(pace.bytesPerSecond(start + milliseconds(4000)) < 600'000);
        pace.stop();
        QCOMPARE(pace.bytesPerSecond(start), 0.0);
    }
};

QTEST_GUILESS_MAIN(tst_TransferList)
#include "tst_TransferList.moc"
