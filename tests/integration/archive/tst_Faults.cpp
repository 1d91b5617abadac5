#include "ArchiveFixture.h"
#include "FakeArchive.h"
#include "FaultProxy.h"
#include "OrthancServer.h"
#include "QueryTags.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest>

#include <future>
#include <set>

using namespace negatoscope;
using namespace negatoscope::test;
using archive::Association;
using archive::Command;
using archive::Message;
using base::ErrorCode;
using base::Status;

namespace {

const QString kData = QStringLiteral(NEGATOSCOPE_TEST_DATA);
constexpr const char *kCt = "1.2.840.10008.5.1.4.1.1.2";
constexpr qint64 kGraceMs = 2000;

dicom::DataSet studyRow(const std::string &uid)
{
    dicom::DataSet row;
    row.setText(dicom::tags::StudyInstanceUid, "UI", uid);
    row.setText(dicom::tags::PatientId, "LO", "4711");
    return row;
}

/// Identifiers that must not get anywhere (docs/safety.md F26).
std::vector<std::string> evilIdentifiers()
{
    std::vector<std::string> evil{"../../../evil",
                                  "/tmp/evil",
                                  "1.2/../../3",
                                  std::string("1.2\0.3", 6),
                                  "1.2.3\n4",
                                  "1.2.3'; DROP TABLE studies;--",
                                  "%n%n%s",
                                  "<img src=x>",
                                  "\u202e1.2.3",
                                  ".",
                                  "..",
                                  "",
                                  std::string(65, '1'),
                                  std::string(60'000, '9')};
    for (int byte = 1; byte < 256; ++byte)
        if (byte != '.' && (byte < '0' || byte > '9') && byte != ' ')
            evil.push_back("1.2." + std::string(1, char(byte)) + ".3");
    return evil;
}

} // namespace

class tst_Faults : public QObject
{
    Q_OBJECT

private:
    archive::Settings settings(const FakeArchive &fake) const { return settingsFor(fake.title, fake.port); }

    static Status findNothing(Association &association, const Message &message)
    {
        TRY_DO(FakeArchive::drop(association, message));
        return association.send(message.context, FakeArchive::reply(Command::FindReply, message, 0));
    }

    OrthancServer m_orthanc;
    base::StudyUid m_study;
    std::vector<std::string> m_classes;
    std::map<std::string, QByteArray> m_sent;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
        std::vector<archive::Outgoing> files;
        const QDir folder(kData + QStringLiteral("/mr/aniso"));
        for (const QString &name : folder.entryList(QDir::Files)) {
            files.push_back(outgoing(folder.filePath(name)));
            m_classes.push_back(files.back().sopClass);
            m_sent[files.back().instance.value()] = dataSetOf(contentOf(folder.filePath(name)));
        }
        QVERIFY(files.size() >= 3);
        const auto archive = *archive::connectTo(settingsFor(m_orthanc.title, m_orthanc.port));
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(archive->store(files, results, {}, {}));
        for (const auto &result : results)
            QVERIFY(!result.error);
        VERIFY_RESULT(archive->findStudies(
            {}, [&](std::vector<archive::FoundStudy> rows) { m_study = rows.front().uid; }, {}));
    }

    void everyCutEndsWithinItsLimitAndLeavesOnlyWholeFiles_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("times");
        QTest::newRow("reset") << int(FaultProxy::Fault::Reset) << 30;
        QTest::newRow("closed") << int(FaultProxy::Fault::Close) << 30;
        QTest::newRow("stalled") << int(FaultProxy::Fault::Stall) << 4;
        QTest::newRow("a byte at a time") << int(FaultProxy::Fault::Trickle) << 4;
    }
    void everyCutEndsWithinItsLimitAndLeavesOnlyWholeFiles()
    {
        QFETCH(int, fault);
        QFETCH(int, times);
        constexpr int kIdleMs = 700;
        FaultProxy proxy(m_orthanc.port);
        auto how = settingsFor(m_orthanc.title, proxy.port);
        how.limits.idle = how.limits.association = std::chrono::milliseconds(kIdleMs);
        const auto archive = *archive::connectTo(how);
        archive::Wanted wanted;
        wanted.study = m_study;
        wanted.sopClasses = m_classes;
        Staging whole;
        const auto first = archive->retrieve(wanted, whole.retrieval(), {});
        VERIFY_RESULT(first);
        QCOMPARE(whole.files.size(), m_sent.size());
        const quint64 bytes = proxy.bytesFromServer;
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u, %llu bytes", seed, bytes);
        QRandomGenerator random(seed);
        for (int i = 0; i < times; ++i) {
            proxy.arm(FaultProxy::Fault(fault), random.bounded(qint64(bytes - 64)));
            Staging staging;
            QElapsedTimer timer;
            timer.start();
            const auto report = archive->retrieve(wanted, staging.retrieval(), {});
            QVERIFY(!report);
            QVERIFY2(timer.elapsed() < 2 * kIdleMs + kGraceMs, qPrintable(QString::number(timer.elapsed())));
            const auto code = report.error().code();
            QVERIFY2(code == ErrorCode::ConnectionLost || code == ErrorCode::AnswerTimedOut ||
                         code == ErrorCode::AssociationTimedOut,
                     report.error().describe().c_str());
            QCOMPARE(staging.names().size(), qsizetype(staging.files.size()));
            for (const auto &[uid, file] : staging.bytes)
                QVERIFY(dataSetOf(file) == m_sent.at(uid));
        }
        QCOMPARE(proxy.injected.load(), times);
    }

    void saysThatNobodyListens()
    {
        const auto archive = *archive::connectTo(settingsFor(QStringLiteral("X"), freePort()));
        QCOMPARE(archive->verify({}).error().code(), ErrorCode::ConnectionRefused);
    }

    void saysThatTheConnectionTookTooLong()
    {
        // A full queue: the kernel lets further connections wait.
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        QVERIFY(::bind(socket, reinterpret_cast<sockaddr *>(&address), length) == 0 &&
                ::listen(socket, 0) == 0);
        ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length);
        std::vector<int> waiting;
        for (int i = 0; i < 4; ++i) {
            waiting.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            (void)::connect(waiting.back(), reinterpret_cast<sockaddr *>(&address), length);
        }
        auto how = settingsFor(QStringLiteral("X"), ntohs(address.sin_port));
        how.limits.connect = std::chrono::milliseconds(300);
        QElapsedTimer timer;
        timer.start();
        const auto verified = (*archive::connectTo(how))->verify({});
        QCOMPARE(verified.error().code(), ErrorCode::ConnectTimedOut);
        QVERIFY(timer.elapsed() < 300 + kGraceMs);
        for (const int one : waiting)
            ::close(one);
        ::close(socket);
    }

    void saysThatTheAssociationTookTooLong()
    {
        FaultProxy proxy(m_orthanc.port);
        proxy.arm(FaultProxy::Fault::Stall, 1);
        auto how = settingsFor(m_orthanc.title, proxy.port);
        how.limits.association = std::chrono::milliseconds(300);
        QCOMPARE((*archive::connectTo(how))->verify({}).error().code(), ErrorCode::AssociationTimedOut);
    }

    void mapsEveryStatusToACode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        const auto row = [](int status, ErrorCode code) {
            QTest::addRow("0x%04x", status) << status << int(code);
        };
        for (const int busy : {0xa700, 0xa701, 0xa702, 0x0213})
            row(busy, ErrorCode::ArchiveBusy);
        row(0xa801, ErrorCode::DestinationUnknown);
        row(0x0122, ErrorCode::ServiceNotOffered);
        row(0x0211, ErrorCode::ServiceNotOffered);
        row(0xfe00, ErrorCode::Cancelled);
        for (const int refused : {0xa900, 0xc000, 0xc123, 0x0110, 0x0112, 0x0117, 0x0124, 0x0210, 0x0212})
            row(refused, ErrorCode::RequestRefused);
    }
    void mapsEveryStatusToACode()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        FakeArchive fake([&](Association &association, const Message &message) -> Status {
            TRY_DO(FakeArchive::drop(association, message));
            return association.send(message.context,
                                    FakeArchive::reply(Command::FindReply, message, std::uint16_t(status)));
        });
        const auto report = (*archive::connectTo(settings(fake)))->findStudies({}, {}, {});
        QVERIFY(!report);
        QVERIFY2(int(report.error().code()) == code, report.error().describe().c_str());
    }

    void cancelsAFloodOfAnswersWithinASecond()
    {
        constexpr int kAnswers = 100'000;
        std::atomic<int> sent = 0;
        FakeArchive fake([&](Association &association, const Message &message) -> Status {
            TRY_DO(FakeArchive::drop(association, message));
            for (int i = 0; i < kAnswers; ++i, ++sent)
                TRY_DO(FakeArchive::pending(association, message, studyRow("1.2.3." + std::to_string(i))));
            return association.send(message.context, FakeArchive::reply(Command::FindReply, message, 0));
        });
        const auto archive = *archive::connectTo(settings(fake));
        std::stop_source stop;
        QElapsedTimer timer;
        archive::StudyQuery query;
        query.most = kAnswers;
        int rows = 0;
        const auto report = archive->findStudies(
            query,
            [&](std::vector<archive::FoundStudy> batch) {
                rows += int(batch.size());
                if (rows > 500 && !timer.isValid()) {
                    timer.start();
                    stop.request_stop();
                }
            },
            stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().code(), ErrorCode::Cancelled);
        QVERIFY(rows > 500 && rows < kAnswers);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));

        // Without a stop the guard cuts it off.
        query.most = 2000;
        rows = 0;
        const auto cut = archive->findStudies(
            query, [&](std::vector<archive::FoundStudy> batch) { rows += int(batch.size()); }, {});
        VERIFY_RESULT(cut);
        QVERIFY(cut->cutOff);
        QCOMPARE(rows, 2000);
        QVERIFY(sent > 2000);
    }

    void cancelsAWaitForAnArchiveThatSaysNothing()
    {
        FakeArchive fake([&](Association &association, const Message &message) {
            return FakeArchive::drop(association, message);
        });
        std::stop_source stop;
        QElapsedTimer timer;
        const auto archive = *archive::connectTo(settings(fake));
        std::packaged_task<base::Result<archive::FindReport>()> question(
            [&] { return archive->findStudies({}, {}, stop.get_token()); });
        auto waiting = question.get_future();
        const std::jthread asking(std::move(question));
        QCOMPARE(waiting.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
        timer.start();
        stop.request_stop();
        QCOMPARE(waiting.get().error().code(), ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 1000);
    }

    void successWithInstancesMissingIsNoCompleteStudy()
    {
        FakeArchive fake([&](Association &association, const Message &message) -> Status {
            if (message.command.field() == Command::FindRequest) {
                TRY(const auto bytes, association.receiveData(1U << 20U));
                TRY(const auto keys,
                    archive::Identifier::decode(
                        bytes, association.context(message.context)->transferSyntaxes.front()));
                const bool isSeries = keys.text(archive::tags::QueryRetrieveLevel) == "SERIES";
                for (int i = 0; i < (isSeries ? 1 : 5); ++i) {
                    dicom::DataSet row;
                    row.setText(dicom::tags::SeriesInstanceUid, "UI", "1.2.3.1");
                    if (!isSeries) {
                        row.setText(dicom::tags::SopInstanceUid, "UI", "1.2.3.1." + std::to_string(i));
                        row.setText(dicom::tags::SopClassUid, "UI", kCt);
                    }
                    TRY_DO(FakeArchive::pending(association, message, row));
                }
                return association.send(message.context, FakeArchive::reply(Command::FindReply, message, 0));
            }
            TRY_DO(FakeArchive::drop(association, message));
            for (int i = 0; i < 3; ++i)
                TRY_DO(FakeArchive::store(association, kCt, "1.2.3.1." + std::to_string(i), "12345678"));
            return association.send(message.context, FakeArchive::reply(Command::GetReply, message, 0));
        });
        const auto archive = *archive::connectTo(settings(fake));
        const auto listed = archive->listInstances(base::StudyUid("1.2.3"), {}, {});
        VERIFY_RESULT(listed);
        QCOMPARE(listed->size(), std::size_t(5));
        archive::Wanted wanted;
        wanted.study = base::StudyUid("1.2.3");
        Staging staging;
        const auto report = archive->retrieve(wanted, staging.retrieval(), {});
        VERIFY_RESULT(report);
        QCOMPARE(report->received, 3);
        int missing = 0;
        for (const auto &instance : *listed)
            missing += staging.bytes.contains(instance.uid.value()) ? 0 : 1;
        QCOMPARE(missing, 2);
    }

    void evilIdentifiersWriteNothing()
    {
        const auto evil = evilIdentifiers();
        std::atomic<int> offered = 0, refused = 0;
        FakeArchive fake([&](Association &association, const Message &message) -> Status {
            if (message.command.field() == Command::FindRequest)
                return findNothing(association, message);
            TRY_DO(FakeArchive::drop(association, message));
            for (const std::string &uid : evil) {
                TRY(const auto status, FakeArchive::store(association, kCt, uid, "12345678"));
                ++offered;
                refused += status != 0 ? 1 : 0;
            }
            return association.send(message.context, FakeArchive::reply(Command::GetReply, message, 0));
        });
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("a/b/staging")));
        const QString staging = folder.filePath(QStringLiteral("a/b/staging"));
        archive::Wanted wanted;
        wanted.study = base::StudyUid("1.2.3");
        wanted.sopClasses = {kCt};
        int received = 0;
        const auto report =
            (*archive::connectTo(settings(fake)))
                ->retrieve(wanted,
                           {staging.toStdString(), [&](const archive::ReceivedFile &) { ++received; }, {}},
                           {});
        VERIFY_RESULT(report);
        QCOMPARE(offered.load(), int(evil.size()));
        QCOMPARE(refused.load(), int(evil.size()));
        QCOMPARE(received, 0);
        QDirIterator all(folder.path(), QDir::Files | QDir::Hidden | QDir::System,
                         QDirIterator::Subdirectories);
        QVERIFY(!all.hasNext());
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/evil")));
    }

    void rowsWithEvilIdentifiersAreLeftOut()
    {
        const auto evil = evilIdentifiers();
        FakeArchive fake([&](Association &association, const Message &message) -> Status {
            TRY_DO(FakeArchive::drop(association, message));
            for (const std::string &uid : evil)
                TRY_DO(FakeArchive::pending(association, message, studyRow(uid)));
            TRY_DO(FakeArchive::pending(association, message, studyRow("1.2.3")));
            return association.send(message.context, FakeArchive::reply(Command::FindReply, message, 0));
        });
        std::vector<archive::FoundStudy> found;
        const auto report = (*archive::connectTo(settings(fake)))
                                ->findStudies({},
                                              [&](std::vector<archive::FoundStudy> rows) {
                                                  found.insert(found.end(), rows.begin(), rows.end());
                                              },
                                              {});
        VERIFY_RESULT(report);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(report->unusable, int(evil.size()));
    }

    void theDoorTurnsStrangersAway()
    {
        const quint16 door = freePort();
        std::atomic<int> turnedAway = 0, tried = 0;
        const auto knock = [&](const char *from, const char *calling, const char *called) {
            ++tried;
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in own{}, there{};
            own.sin_family = there.sin_family = AF_INET;
            ::inet_pton(AF_INET, from, &own.sin_addr);
            there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            there.sin_port = htons(door);
            if (::bind(socket, reinterpret_cast<sockaddr *>(&own), sizeof own) != 0 ||
                ::connect(socket, reinterpret_cast<sockaddr *>(&there), sizeof there) != 0) {
                ::close(socket);
                return false;
            }
            auto connection = archive::Connection::accepted(socket, {}, nullptr, {});
            archive::AssociatePdu proposal;
            proposal.callingTitle = calling;
            proposal.calledTitle = called;
            archive::addContext(proposal.contexts, kCt, {archive::kExplicitLittle});
            auto association = Association::request(*std::move(connection), proposal, {});
            turnedAway += association ? 0 : 1;
            return association && (*association)->find(kCt);
        };
        bool expected = false;
        FakeArchive fake([&](Association &association, const Message &message) -> Status {
            TRY_DO(FakeArchive::drop(association, message));
            knock("127.0.0.2", "FAKE", "NEGATOSCOPE");
            knock("127.0.0.1", "STRANGER", "NEGATOSCOPE");
            knock("127.0.0.1", "FAKE", "OTHER");
            expected = knock("127.0.0.1", "FAKE", "NEGATOSCOPE");
            return association.send(message.context, FakeArchive::reply(Command::MoveReply, message, 0));
        });
        auto how = settings(fake);
        how.retrieveBy = archive::RetrieveBy::Move;
        how.listenPort = door;
        archive::Wanted wanted;
        wanted.study = base::StudyUid("1.2.3");
        Staging staging;
        VERIFY_RESULT((*archive::connectTo(how))->retrieve(wanted, staging.retrieval(), {}));
        QCOMPARE(tried.load(), 4);
        QCOMPARE(turnedAway.load(), 3);
        QVERIFY(expected);
        QVERIFY(!isListening(door));
    }
};

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_Faults.moc"
