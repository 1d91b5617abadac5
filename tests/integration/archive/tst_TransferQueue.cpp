#include "CacheFixture.h"
#include "CapriciousArchive.h"

#include <session/TransferQueue.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtTest>

#include <condition_variable>

#include <poll.h>

using namespace negatoscope;
using namespace negatoscope::test;
using session::Purpose;
using session::Transfer;
using session::TransferQueue;
using State = session::Transfer::State;
using std::chrono::milliseconds;

namespace {

session::RequestedStudy study(const std::string &uid, const std::string &archive = "A")
{
    session::RequestedStudy study;
    study.archive = archive;
    study.uid = base::StudyUid(uid);
    study.patient = {"HOSP", "4711", dicom::PersonName::parse("MARTIN^Claire"), "19700101", "F"};
    return study;
}

/// Lets instances through by their number, and tells when somebody waits.
class Gate
{
public:
    void wait(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        const bool isAllowed = m_changed.wait(lock, stop, [this] { return m_allowed > 0; });
        --m_waiting;
        if (isAllowed && !stop.stop_requested())
            --m_allowed;
    }
    void allow(int count)
    {
        const std::lock_guard lock(m_mutex);
        m_allowed += count;
        m_changed.notify_all();
    }
    bool isSomebodyWaiting() const
    {
        const std::lock_guard lock(m_mutex);
        return m_waiting > 0 && m_allowed == 0;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    int m_allowed = 0, m_waiting = 0;
};

struct Room
{
    Room() { archives.emplace("A", std::make_shared<CapriciousArchive>()); }

    TransferQueue &open()
    {
        queue.reset();
        queue = std::make_unique<TransferQueue>(
            *fixture.cache,
            TransferQueue::Reach{
                [this](const std::string &name) {
                    return archives.contains(name) ? std::optional(associations) : std::nullopt;
                },
                [this](const std::string &name) -> base::Result<std::shared_ptr<archive::Archive>> {
                    return archives.at(name);
                }},
            TransferQueue::Patience{milliseconds(40), milliseconds(200)});
        return *queue;
    }
    CapriciousArchive &archive(const std::string &name = "A") { return *archives.at(name); }
    std::optional<State> state(const std::string &uid) const
    {
        const Transfer *transfer = queue->of(base::StudyUid(uid));
        return transfer ? std::optional(transfer->state) : std::nullopt;
    }
    session::TransferNumber number(const std::string &uid) const
    {
        return queue->of(base::StudyUid(uid))->number;
    }
    QString file() const
    {
        return QString::fromStdString(fixture.options.folder) + QStringLiteral("/transfers.json");
    }
    QJsonArray kept() const
    {
        QFile json(file());
        return json.open(QIODevice::ReadOnly)
                   ? QJsonDocument::fromJson(json.readAll())[QLatin1String("transfers")].toArray()
                   : QJsonArray();
    }

    CacheFixture fixture;
    std::map<std::string, std::shared_ptr<CapriciousArchive>> archives;
    int associations = 2;
    std::unique_ptr<TransferQueue> queue;
};

} // namespace

/// Studies that come from archives: in the order in which they are needed, and to their end.
class tst_TransferQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsWhatIsAskedFor()
    {
        Room room;
        QVERIFY(room.fixture.open());
        auto &queue = room.open();
        QSignalSpy finished(&queue, &TransferQueue::finished);
        queue.request(study("1.2.3"), Purpose::Prior);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
        QTRY_COMPARE(finished.size(), 1);
        const Transfer &transfer = *queue.of(base::StudyUid("1.2.3"));
        QCOMPARE(transfer.here, room.archive().instances);
        QCOMPARE(transfer.expected, room.archive().instances);
        QVERIFY(transfer.bytes > 0);
        QCOMPARE(room.fixture.cache->study(base::StudyUid("1.2.3"))->completeness,
                 cache::Completeness::Complete);
        queue.clearFinished();
        QVERIFY(queue.transfers().empty());
    }

    void oneStudyAtATimeFromEachArchive()
    {
        Room room;
        QVERIFY(room.fixture.open());
        room.archives.emplace("B", std::make_shared<CapriciousArchive>());
        for (const auto &[name, archive] : room.archives)
            archive->beforeEach = [](const auto &, int, const std::stop_token &) {
                ::poll(nullptr, 0, 1); // so long an image takes
            };
        auto &queue = room.open();
        for (int i = 1; i <= 3; ++i) {
            queue.request(study("1.2." + std::to_string(i), "A"), Purpose::Prefetch);
            queue.request(study("1.3." + std::to_string(i), "B"), Purpose::Prefetch);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!queue.isBusy(), 20000);
        for (const auto &transfer : queue.transfers())
            QCOMPARE(transfer.state, State::Done);
        QVERIFY(room.archive("A").mostAtWork <= room.associations);
        QVERIFY(room.archive("B").mostAtWork <= room.associations);
    }

    void whatIsOnScreenTakesThePlaceOfAPrefetch()
    {
        Gate gate; // outlives those who wait at it
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().beforeEach = [&](const base::StudyUid &asked, int, const std::stop_token &stop) {
            if (asked.value() == "1.2.1")
                gate.wait(stop);
        };
        auto &queue = room.open();
        queue.request(study("1.2.1"), Purpose::Prefetch);
        QTRY_VERIFY(gate.isSomebodyWaiting());
        gate.allow(10);
        QTRY_VERIFY(gate.isSomebodyWaiting());
        queue.request(study("1.2.2"), Purpose::OnScreen);
        QTRY_COMPARE(room.state("1.2.2"), std::optional(State::Done));
        QTRY_VERIFY(gate.isSomebodyWaiting()); // it goes on with the other
        QVERIFY(room.state("1.2.1") == State::Running);
        gate.allow(1000);
        QTRY_COMPARE(room.state("1.2.1"), std::optional(State::Done));
        // What had come stayed: nothing was fetched twice.
        QCOMPARE(room.archive().sent.load(), 2 * room.archive().instances);
    }

    void theImageOnScreenComesFirstAndAlone()
    {
        Gate gate; // outlives those who wait at it
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().instances = 400;
        room.archive().beforeEach = [&](const auto &, int, const std::stop_token &stop) { gate.wait(stop); };
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::OnScreen);
        QTRY_VERIFY(gate.isSomebodyWaiting());
        gate.allow(1);
        QTRY_VERIFY(room.fixture.cache->study(base::StudyUid("1.2.3")).has_value());
        QCOMPARE(room.archive().sent.load(), 1);
        QTRY_COMPARE(queue.of(base::StudyUid("1.2.3"))->expected, 400);
        // The reader looks at the last image of the second series: what follows comes from there.
        queue.setAttention(base::StudyUid("1.2.3"),
                           {{base::SeriesUid("1.2.3.2")}, base::InstanceUid("1.2.3.2.399")});
        QTRY_VERIFY(gate.isSomebodyWaiting());
        gate.allow(20);
        QTRY_VERIFY(room.archive().sent.load() >= 21);
        const auto sent = room.archive().sentNames();
        int near = 0;
        for (int number = 399; number > 399 - 2 * 12; number -= 2)
            near += int(std::count(sent.begin(), sent.end(), "1.2.3.2." + std::to_string(number)));
        QVERIFY2(near >= 10, qPrintable(QString::number(near)));
        gate.allow(1000);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
        QCOMPARE(room.archive().sent.load(), 400);
    }

    void aPrefetchThatIsOpenedFollowsTheReader()
    {
        Gate gate; // outlives those who wait at it
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().instances = 400;
        room.archive().beforeEach = [&](const auto &, int, const std::stop_token &stop) { gate.wait(stop); };
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prefetch);
        QTRY_VERIFY(gate.isSomebodyWaiting());
        queue.setOnScreen({base::StudyUid("1.2.3")});
        queue.setAttention(base::StudyUid("1.2.3"),
                           {{base::SeriesUid("1.2.3.1")}, base::InstanceUid("1.2.3.1.0")});
        QCOMPARE(queue.of(base::StudyUid("1.2.3"))->purpose, Purpose::OnScreen);
        gate.allow(4);
        QTRY_VERIFY(room.archive().sent.load() >= 4);
        const auto sent = room.archive().sentNames();
        QVERIFY(std::count(sent.begin(), sent.end(), "1.2.3.1.0") == 1);
        gate.allow(1000);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
    }

    void pausesAndGoesOn()
    {
        Gate gate; // outlives those who wait at it
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().beforeEach = [&](const auto &, int, const std::stop_token &stop) { gate.wait(stop); };
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prior);
        QTRY_VERIFY(gate.isSomebodyWaiting());
        gate.allow(10);
        QTRY_COMPARE(room.archive().sent.load(), 10);
        queue.pause(room.number("1.2.3"));
        QCOMPARE(room.state("1.2.3"), std::optional(State::Paused));
        QTRY_COMPARE(room.archive().atWork.load(), 0);
        QTRY_COMPARE(queue.of(base::StudyUid("1.2.3"))->here, 10);
        QCOMPARE(room.state("1.2.3"), std::optional(State::Paused));
        gate.allow(1000);
        queue.resume(room.number("1.2.3"));
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
        QCOMPARE(room.archive().sent.load(), room.archive().instances);
    }

    void cancelsAndKeepsWhatHasCome()
    {
        Gate gate; // outlives those who wait at it
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().beforeEach = [&](const auto &, int, const std::stop_token &stop) { gate.wait(stop); };
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prior);
        queue.request(study("1.2.4"), Purpose::Prior);
        QTRY_VERIFY(gate.isSomebodyWaiting());
        gate.allow(10);
        QTRY_COMPARE(room.archive().sent.load(), 10);
        queue.cancel(room.number("1.2.3"));
        QVERIFY(!room.state("1.2.3"));
        gate.allow(1000);
        QTRY_COMPARE(room.state("1.2.4"), std::optional(State::Done)); // its turn came
        QCOMPARE(room.fixture.cache->study(base::StudyUid("1.2.3"))->instances, 10);
        queue.request(study("1.2.3"), Purpose::Prior);
        queue.cancelAll();
        QVERIFY(queue.transfers().size() == 1);
        QTRY_COMPARE(room.kept().size(), 0);
    }

    void triesAgainByItselfAfterACut()
    {
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().failAfter = 15;
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prior);
        QTRY_VERIFY(queue.of(base::StudyUid("1.2.3"))->error.has_value());
        QTRY_VERIFY(queue.of(base::StudyUid("1.2.3"))->attempts >= 2);
        QCOMPARE(queue.of(base::StudyUid("1.2.3"))->error->code(), base::ErrorCode::ConnectionLost);
        room.archive().failAfter = -1;
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
        QVERIFY(!queue.of(base::StudyUid("1.2.3"))->error);
        QCOMPARE(room.archive().sent.load(), room.archive().instances);
    }

    void aRefusalWaitsForTheReader()
    {
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().refusal = base::Error(base::ErrorCode::CallingTitleUnknown, "who are you");
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prior);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Failed));
        QCOMPARE(queue.of(base::StudyUid("1.2.3"))->error->code(), base::ErrorCode::CallingTitleUnknown);
        room.archive().refusal.reset();
        queue.retryAll();
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
    }

    void anArchiveThatIsGoneIsSaid()
    {
        Room room;
        QVERIFY(room.fixture.open());
        auto &queue = room.open();
        queue.request(study("1.2.3", "nowhere"), Purpose::Prior);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Failed));
        QCOMPARE(queue.of(base::StudyUid("1.2.3"))->error->code(), base::ErrorCode::BadArgument);
    }

    /// docs/safety.md F8: the archive says success.
    void partialSuccessIsIncomplete()
    {
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().dropped = {3, 17};
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prior);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Incomplete));
        QCOMPARE(queue.of(base::StudyUid("1.2.3"))->here, room.archive().instances - 2);
        room.archive().dropped.clear();
        queue.retry(room.number("1.2.3"));
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
        QCOMPARE(room.archive().sent.load(), room.archive().instances);
    }

    void goesOnWithTheNextStart()
    {
        Gate gate; // outlives those who wait at it
        Room room;
        QVERIFY(room.fixture.open());
        room.archive().beforeEach = [&](const auto &, int, const std::stop_token &stop) { gate.wait(stop); };
        {
            auto &queue = room.open();
            queue.request(study("1.2.3"), Purpose::OnScreen);
            queue.request(study("1.2.4"), Purpose::Prefetch);
            QTRY_COMPARE(room.kept().size(), 2);
            queue.pause(room.number("1.2.4"));
            QTRY_VERIFY(gate.isSomebodyWaiting());
            gate.allow(10);
            QTRY_COMPARE(room.archive().sent.load(), 10);
        }
        auto &again = room.open();
        QTRY_COMPARE(again.transfers().size(), std::size_t(2));
        QCOMPARE(room.state("1.2.4"), std::optional(State::Paused));
        QVERIFY(again.of(base::StudyUid("1.2.3"))->study == study("1.2.3"));
        gate.allow(1000);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
        QCOMPARE(room.archive().sent.load(), room.archive().instances);
    }

    void aDamagedFileIsNoReasonNotToWork()
    {
        Room room;
        QVERIFY(room.fixture.open());
        QFile file(room.file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"version\":1,\"transfers\":[{\"stu");
        file.close();
        auto &queue = room.open();
        queue.request(study("1.2.3"), Purpose::Prior);
        QTRY_COMPARE(room.state("1.2.3"), std::optional(State::Done));
    }

    /// F1: kill -9 while it receives; the next start goes on by itself and brings what is missing.
    void killedItFetchesNextToNothingTwice()
    {
        constexpr int kInstances = 1000, kKills = 12;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("sent"));
        const QString kept = folder.filePath(QStringLiteral("cache/transfers.json"));
        const auto run = [&](const QString &what, int killAfter) {
            QProcess child;
            child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            child.start(QStringLiteral(TRANSFER_CHILD),
                        {folder.filePath(QStringLiteral("cache")), log, QString::number(kInstances), what});
            QElapsedTimer timer;
            timer.start();
            while (!QFile::exists(kept) && timer.elapsed() < 10000 && !child.waitForFinished(10))
                continue;
            if (killAfter > 0 && !child.waitForFinished(killAfter))
                child.kill();
            child.waitForFinished(60000);
            return child.exitStatus() == QProcess::NormalExit ? child.exitCode() : -1;
        };
        int kills = 0;
        kills += run(QStringLiteral("request"), 400) == -1 ? 1 : 0;
        for (int i = 1; i < kKills; ++i)
            kills += run(QStringLiteral("resume"), random.bounded(100, 350)) == -1 ? 1 : 0;
        QVERIFY2(kills >= kKills / 2, "nothing was killed in the middle");
        QCOMPARE(run(QStringLiteral("resume"), 0), 0);
        QFile sent(log);
        QVERIFY(sent.open(QIODevice::ReadOnly));
        const auto lines = sent.readAll().count('\n');
        QVERIFY2(lines >= kInstances && lines <= kInstances * 11 / 10,
                 qPrintable(QStringLiteral("%1 sent, seed %2").arg(lines).arg(seed)));
    }
};

QTEST_GUILESS_MAIN(tst_TransferQueue)
#include "tst_TransferQueue.moc"
