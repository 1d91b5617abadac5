#include "ArchiveFixture.h"
#include "FakeWebServer.h"
#include "FaultProxy.h"
#include "OrthancServer.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest>

#include <set>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

namespace {

const QString kFile = QStringLiteral(NEGATOSCOPE_TEST_DATA "/ts/ct/ile.dcm");

std::unique_ptr<archive::Archive> archiveAt(quint16 port)
{
    auto settings = webSettingsFor(port);
    settings.limits.idle = std::chrono::milliseconds(1500);
    return *archive::connectTo(settings);
}

/// Answers as pages of a list of so many studies; `most` a page, whatever is asked for.
QByteArray pageOf(const QByteArray &head, int studies, int most)
{
    const auto number = [&](const char *name) {
        const auto at = head.indexOf(name);
        return head.mid(at + qstrlen(name), 9).split('&').first().split(' ').first().toInt();
    };
    QByteArray rows;
    const int first = number("offset="), count = std::min(number("limit="), most);
    for (int i = first; i < std::min(first + count, studies); ++i)
        rows += (rows.isEmpty() ? "" : ",") + QByteArray(R"({"0020000D":{"vr":"UI","Value":["1.2.)") +
                QByteArray::number(i) + R"("]}})";
    return rows.isEmpty() ? FakeWebServer::reply("204 No Content") : FakeWebServer::json('[' + rows + ']');
}

/// A WADO-RS answer of parts.
QByteArray multipart(const std::vector<QByteArray> &parts, const QByteArray &type = "application/dicom")
{
    QByteArray body;
    for (const QByteArray &part : parts)
        body += "--b\r\nContent-Type: " + type + "\r\nContent-Location: /../../etc/passwd\r\n\r\n" + part +
                "\r\n";
    return FakeWebServer::reply("200 OK", "Content-Type: multipart/related; boundary=b\r\n",
                                body + "--b--\r\n");
}

archive::Wanted wholeStudy()
{
    archive::Wanted wanted;
    wanted.study = base::StudyUid("1.2.3");
    return wanted;
}

} // namespace

/// What networks and archives do to DICOMweb, up to what only hostile ones do.
class tst_WebFaults : public QObject
{
    Q_OBJECT

private:
    base::Result<archive::RetrieveReport> retrieveFrom(const QByteArray &answer, Staging &staging,
                                                       const archive::Wanted &wanted = wholeStudy())
    {
        FakeWebServer fake([&](const QByteArray &) { return answer; });
        return archiveAt(fake.port)->retrieve(wanted, staging.retrieval(), {});
    }

    OrthancServer m_orthanc;

private Q_SLOTS:
    void initTestCase()
    {
        m_orthanc.addWeb();
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
    }

    void readsEveryPage_data()
    {
        QTest::addColumn<int>("studies");
        QTest::addColumn<int>("page");
        for (const int studies : {0, 1, 49, 50, 51, 1234})
            for (const int page : {1000, 50, 7})
                QTest::addRow("%d by %d", studies, page) << studies << page;
    }
    void readsEveryPage()
    {
        QFETCH(int, studies);
        QFETCH(int, page);
        FakeWebServer fake([&](const QByteArray &head) { return pageOf(head, studies, page); });
        std::set<std::string> uids;
        const auto report = archiveAt(fake.port)->findStudies({},
                                                              [&](std::vector<archive::FoundStudy> rows) {
                                                                  for (const auto &row : rows)
                                                                      uids.insert(row.uid.value());
                                                              },
                                                              {});
        VERIFY_RESULT(report);
        QCOMPARE(report->rows, studies);
        QCOMPARE(int(uids.size()), studies);
        QVERIFY(!report->cutOff);
    }

    void rowsBeyondWhatWasAskedForAreCutOff()
    {
        FakeWebServer fake([&](const QByteArray &head) { return pageOf(head, 100'000, 1000); });
        archive::StudyQuery query;
        query.most = 120;
        int rows = 0;
        const auto report = archiveAt(fake.port)->findStudies(
            query, [&](std::vector<archive::FoundStudy> some) { rows += int(some.size()); }, {});
        VERIFY_RESULT(report);
        QVERIFY(report->cutOff);
        QCOMPARE(rows, 120);
        QVERIFY(fake.requests().size() < 5);
    }

    void anArchiveThatKnowsNoPagesDoesNotEndlesslyAnswer()
    {
        FakeWebServer fake([&](const QByteArray &) { return pageOf("offset=0&limit=50 ", 50, 50); });
        const auto report = archiveAt(fake.port)->findStudies({}, {}, {});
        VERIFY_RESULT(report);
        QCOMPARE(report->rows, 50);
        QVERIFY(report->cutOff);
        QCOMPARE(fake.requests().size(), std::size_t(2));
    }

    void questionsAreEncoded()
    {
        FakeWebServer fake([&](const QByteArray &) { return FakeWebServer::reply("204 No Content"); });
        archive::StudyQuery query;
        query.patientId = "a b&limit=9\r\nEvil: x#?\xc3\xa9";
        VERIFY_RESULT(archiveAt(fake.port)->findStudies(query, {}, {}));
        const QByteArray head = fake.requests().front();
        QVERIFY2(head.contains("00100020=a%20b%26limit%3D9%0D%0AEvil:%20x%23?%C3%A9"), head.constData());
        QVERIFY(!head.contains("\nEvil"));
    }

    void identifiersFromOutsideNeverMakeAPath()
    {
        FakeWebServer fake([&](const QByteArray &) { return FakeWebServer::reply("204 No Content"); });
        const auto archive = archiveAt(fake.port);
        Staging staging;
        for (const char *evil : {"../..", "1.2/../3", "1.2?x", "1.2 HTTP/1.1\r\nA: b", ""}) {
            archive::Wanted wanted;
            wanted.study = base::StudyUid(evil);
            QCOMPARE(archive->retrieve(wanted, staging.retrieval(), {}).error().code(),
                     ErrorCode::InvalidIdentifier);
            QCOMPARE(archive->listSeries(wanted.study, {}).error().code(), ErrorCode::InvalidIdentifier);
            wanted = wholeStudy();
            wanted.series = {{base::SeriesUid("1.2.3.4"), {{base::InstanceUid(evil), {}}}}};
            QCOMPARE(archive->retrieve(wanted, staging.retrieval(), {}).error().code(),
                     ErrorCode::InvalidIdentifier);
        }
        QCOMPARE(fake.requests().size(), std::size_t(0));
    }

    /// docs/safety.md S5.
    void redirectsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("status");
        for (const char *status :
             {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"})
            QTest::newRow(status) << QByteArray(status);
    }
    void redirectsAreRefused()
    {
        QFETCH(QByteArray, status);
        FakeWebServer other([](const QByteArray &) { return multipart({}); });
        for (const QByteArray &to : {"http://127.0.0.1:" + QByteArray::number(other.port) + "/x",
                                     QByteArray("file:///etc/passwd"), QByteArray("/elsewhere")}) {
            FakeWebServer fake(
                [&](const QByteArray &) { return FakeWebServer::reply(status, "Location: " + to + "\r\n"); });
            const auto archive = archiveAt(fake.port);
            QCOMPARE(archive->verify({}).error().code(), ErrorCode::ProtocolViolated);
            Staging staging;
            QCOMPARE(archive->retrieve(wholeStudy(), staging.retrieval(), {}).error().code(),
                     ErrorCode::ProtocolViolated);
            QCOMPARE(fake.requests().size(), std::size_t(2));
        }
        QCOMPARE(other.requests().size(), std::size_t(0));
    }

    void proxiesOfTheEnvironmentAreNotAsked()
    {
        FakeWebServer proxy([](const QByteArray &) { return FakeWebServer::reply("204 No Content"); });
        FakeWebServer fake([](const QByteArray &) { return FakeWebServer::reply("204 No Content"); });
        qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port));
        const auto answer = archiveAt(fake.port)->verify({});
        qunsetenv("http_proxy");
        VERIFY_RESULT(answer);
        QCOMPARE(proxy.requests().size(), std::size_t(0));
        QCOMPARE(fake.requests().size(), std::size_t(1));
    }

    void statusesHaveCodes_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("code");
        const auto row = [](const char *status, ErrorCode code) {
            QTest::newRow(status) << QByteArray(status) << int(code);
        };
        row("400 Bad Request", ErrorCode::RequestRefused);
        row("401 Unauthorized", ErrorCode::RequestRefused);
        row("404 Not Found", ErrorCode::NotFound);
        row("406 Not Acceptable", ErrorCode::RequestRefused);
        row("500 Internal Server Error", ErrorCode::RequestRefused);
        row("507 Insufficient Storage", ErrorCode::ArchiveBusy);
    }
    void statusesHaveCodes()
    {
        QFETCH(QByteArray, status);
        QFETCH(int, code);
        FakeWebServer fake(
            [&](const QByteArray &) { return FakeWebServer::reply(status, {}, "<html>no</html>"); });
        const auto archive = archiveAt(fake.port);
        QCOMPARE(archive->verify({}).error().code(), ErrorCode(code));
        QCOMPARE(archive->findStudies({}, {}, {}).error().code(), ErrorCode(code));
        Staging staging;
        QCOMPARE(archive->retrieve(wholeStudy(), staging.retrieval(), {}).error().code(), ErrorCode(code));
        QVERIFY(staging.names().isEmpty());
    }

    void waitsAsLongAsABusyArchiveAsks()
    {
        for (const QByteArray &status : {QByteArray("503 Busy"), QByteArray("429 Slow")}) {
            std::atomic<int> asked = 0;
            FakeWebServer fake([&](const QByteArray &) {
                return ++asked == 1 ? FakeWebServer::reply(status, "Retry-After: 1\r\n")
                                    : FakeWebServer::reply("204 No Content");
            });
            QElapsedTimer timer;
            timer.start();
            VERIFY_RESULT(archiveAt(fake.port)->verify({}));
            QVERIFY(timer.elapsed() >= 1000 && timer.elapsed() < 4000);
            QCOMPARE(asked.load(), 2);
        }
    }

    void doesNotWaitForLong()
    {
        FakeWebServer fake(
            [](const QByteArray &) { return FakeWebServer::reply("503 Busy", "Retry-After: 100000\r\n"); });
        QCOMPARE(archiveAt(fake.port)->verify({}).error().code(), ErrorCode::ArchiveBusy);
        QCOMPARE(fake.requests().size(), std::size_t(1));
        FakeWebServer always(
            [](const QByteArray &) { return FakeWebServer::reply("503 Busy", "Retry-After: 0\r\n"); });
        QCOMPARE(archiveAt(always.port)->verify({}).error().code(), ErrorCode::ArchiveBusy);
        QCOMPARE(always.requests().size(), std::size_t(3));
    }

    void silenceEndsAtItsLimit()
    {
        FakeWebServer fake([](const QByteArray &) { return QByteArray(); });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(archiveAt(fake.port)->verify({}).error().code(), ErrorCode::AnswerTimedOut);
        QVERIFY2(timer.elapsed() < 3500, qPrintable(QString::number(timer.elapsed())));
    }

    void aStopEndsEveryWaitAtOnce()
    {
        for (const QByteArray &answer :
             {QByteArray(), FakeWebServer::reply("503 Busy", "Retry-After: 20\r\n")}) {
            std::stop_source stop;
            QElapsedTimer timer;
            FakeWebServer fake([&](const QByteArray &) {
                timer.start();
                stop.request_stop();
                return answer;
            });
            QCOMPARE(archiveAt(fake.port)->verify(stop.get_token()).error().code(), ErrorCode::Cancelled);
            QVERIFY(timer.elapsed() < 1000);
        }
    }

    void evilAnswersLeaveNoFile_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray file = contentOf(kFile), html = "Content-Type: text/html\r\n";
        const auto related = [](const QByteArray &parameters, const QByteArray &body) {
            return FakeWebServer::reply("200 OK", "Content-Type: multipart/related" + parameters + "\r\n",
                                        body);
        };
        QTest::newRow("not multipart") << FakeWebServer::reply("200 OK", html, "<html>");
        QTest::newRow("no boundary") << related("", "--b\r\n\r\nx\r\n--b--");
        QTest::newRow("endless boundary") << related("; boundary=" + QByteArray(100'000, 'b'), "--b");
        QTest::newRow("empty boundary") << related("; boundary=\"\"", "----");
        QTest::newRow("cut") << related("; boundary=b", "--b\r\n\r\n" + file.left(5000));
        QTest::newRow("another boundary") << related("; boundary=c", "--b\r\n\r\n" + file + "\r\n--b--");
        QTest::newRow("endless headers of a part")
            << related("; boundary=b", "--b\r\nX: " + QByteArray(1 << 20, 'x'));
        QTest::newRow("endless headers")
            << "HTTP/1.1 200 OK\r\n" + QByteArray("A: " + QByteArray(10'000, 'b') + "\r\n").repeated(1000);
        QTest::newRow("HTTP 0.9") << QByteArray("hello");
        QTest::newRow("garbage") << QByteArray(100'000, '\xff');
        QTest::newRow("a length that lies") << "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; "
                                               "boundary=b\r\nContent-Length: 99999999\r\n\r\n"
                                               "--b\r\n\r\n" +
                                                   file;
        QTest::newRow("a chunk that lies") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=b\r\nTransfer-Encoding: "
            "chunked\r\n\r\nffffffffffffffff\r\nx");
    }
    void evilAnswersLeaveNoFile()
    {
        QFETCH(QByteArray, answer);
        Staging staging;
        QVERIFY(!retrieveFrom(answer, staging));
        QVERIFY(staging.names().isEmpty());
    }

    void partsThatAreNoInstancesArePassedOver()
    {
        const QByteArray file = contentOf(kFile);
        QByteArray evil = file;
        const QByteArray uid = metaText(file, 0x0003);
        evil.replace(evil.indexOf(uid), uid.size(),
                     QByteArray("../../../../etc/x").leftJustified(uid.size(), 'x'));
        Staging staging;
        const auto report =
            retrieveFrom(multipart({evil, file.left(200), QByteArray(), QByteArray(5000, 'x'), file,
                                    QByteArray(128, '\0') + "DICM" + QByteArray("\2\0\2\0UI\xff\xff", 8) +
                                        QByteArray(70'000, 'x')}),
                         staging);
        VERIFY_RESULT(report);
        QCOMPARE(report->received, 1);
        QCOMPARE(report->failed, 5);
        QVERIFY(report->error.has_value());
        QCOMPARE(staging.names().size(), 1);
        QVERIFY(dataSetOf(staging.bytes.at(uid.toStdString())) == dataSetOf(file));
    }

    void anotherInstanceThanAskedForIsNotTaken()
    {
        archive::Wanted wanted = wholeStudy();
        wanted.series = {{base::SeriesUid("1.2.3.4"), {{base::InstanceUid("1.2.3.4.5"), {}}}}};
        Staging staging;
        const auto report = retrieveFrom(multipart({contentOf(kFile)}), staging, wanted);
        VERIFY_RESULT(report);
        QCOMPARE(report->received, 0);
        QCOMPARE(report->failed, 1);
        QVERIFY(staging.names().isEmpty());
    }

    void aListThatIsNotWholeIsAnError()
    {
        const auto list = [](const QByteArray &body) {
            FakeWebServer fake([&](const QByteArray &) { return FakeWebServer::json(body); });
            return archiveAt(fake.port)->listInstances(base::StudyUid("1.2.3"), {}, {});
        };
        QCOMPARE(list(R"([{"00080018":{"vr":"UI","Value":["../x"]}}])").error().code(), ErrorCode::Malformed);
        QCOMPARE(list("[1]").error().code(), ErrorCode::ProtocolViolated);
        QCOMPARE(list("<html>").error().code(), ErrorCode::ProtocolViolated);
        QCOMPARE(list(QByteArray(1 << 20, '[')).error().code(), ErrorCode::LimitExceeded);
        QCOMPARE(list('[' + QByteArray(65 << 20, ' ') + ']').error().code(), ErrorCode::LimitExceeded);
    }

    /// docs/safety.md F1: whatever is cut, an error says so, and what is whole is whole.
    void cutsAtRandomOffsetsAreTold()
    {
        constexpr int kCuts = 30;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        const auto direct = archiveAt(m_orthanc.httpPort);
        const std::vector files{outgoing(kFile)};
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(direct->store(files, results, {}, {}));
        archive::Wanted wanted;
        VERIFY_RESULT(direct->findStudies(
            {}, [&](std::vector<archive::FoundStudy> rows) { wanted.study = rows.front().uid; }, {}));
        const auto size = QFileInfo(kFile).size();
        int cut = 0;
        for (int i = 0; i < kCuts; ++i) {
            FaultProxy proxy(m_orthanc.httpPort);
            const auto fault = std::array{FaultProxy::Fault::Reset, FaultProxy::Fault::Close,
                                          FaultProxy::Fault::Stall}[std::size_t(i) % 3];
            proxy.arm(fault, std::uint64_t(random.bounded(int(size))));
            const auto archive = archiveAt(proxy.port);
            Staging staging;
            QElapsedTimer timer;
            timer.start();
            const auto report = archive->retrieve(wanted, staging.retrieval(), {});
            QVERIFY(timer.elapsed() < 4000);
            cut += proxy.injected;
            QVERIFY2(!report, qPrintable(QString::number(seed)));
            QVERIFY2(report.error().code() == ErrorCode::ConnectionLost ||
                         report.error().code() == ErrorCode::AnswerTimedOut,
                     report.error().describe().c_str());
            QVERIFY(staging.names().isEmpty());
        }
        QCOMPARE(cut, kCuts);
        Staging staging;
        VERIFY_RESULT(direct->retrieve(wanted, staging.retrieval(), {}));
        QVERIFY(dataSetOf(staging.bytes.begin()->second) == dataSetOf(contentOf(kFile)));
    }
};

QTEST_GUILESS_MAIN(tst_WebFaults)
#include "tst_WebFaults.moc"
