#include <codec/DecodeService.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::codec;
using base::ErrorCode;
using namespace std::chrono_literals;

namespace {

/// Processes this one has started.
std::vector<pid_t> workerIds()
{
    std::vector<pid_t> result;
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile list(tasks.filePath(task + QStringLiteral("/children")));
        if (!list.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &number : list.readAll().simplified().split(' '))
            if (!number.isEmpty())
                result.push_back(number.toInt());
    }
    return result;
}

struct Image
{
    std::string path;
    dicom::ParsedFile file;
    dicom::ImageFormat format;
};

base::Result<Image> open(DecodeService &service, const std::string &path)
{
    TRY(auto file, service.readDataSet(path, Purpose::Visible));
    TRY(const auto format, dicom::ImageFormat::of(file.dataSet));
    return Image{path, std::move(file), format};
}

// More than a start takes, or nothing is ever decoded.
#ifdef NEGATOSCOPE_SANITIZED
constexpr auto kBetweenKills = 1500ms;
#else
constexpr auto kBetweenKills = 150ms;
#endif

std::string testFile(const char *name)
{
    return std::string(NEGATOSCOPE_TEST_DATA "/") + name;
}

} // namespace

class tst_WorkerFaults : public QObject
{
    Q_OBJECT

    std::unique_ptr<DecodeService> start(unsigned workers, std::chrono::milliseconds frameTime = 10s)
    {
        DecodeService::Options options;
        options.workerProgram = NEGATOSCOPE_WORKER;
        options.workers = workers;
        options.limits.frameTime = frameTime;
        auto service = DecodeService::start(options);
        return service ? std::move(*service) : nullptr;
    }

private Q_SLOTS:
    void saysWhenThereIsNoWorker()
    {
        DecodeService::Options options;
        options.workerProgram = "/nonexistent/negatoscope-decode";
        const auto service = DecodeService::start(options);
        QVERIFY(!service);
        QCOMPARE(service.error().code(), ErrorCode::WorkerUnavailable);
    }

    void saysWhenAWorkerIsNoWorker()
    {
        DecodeService::Options options;
        options.workerProgram = "/bin/true";
        const auto service = DecodeService::start(options);
        QVERIFY(!service);
        QCOMPARE(service.error().code(), ErrorCode::WorkerUnavailable);
    }

    void leavesNoProcessBehind()
    {
        auto service = start(2);
        QVERIFY(service);
        QCOMPARE(workerIds().size(), 2U);
        service.reset();
        QVERIFY(workerIds().empty());
    }

    void replacesAWorkerKilledWhileIdle()
    {
        const auto service = start(1);
        QVERIFY(service);
        const auto image = open(*service, testFile("ts/ct/rle.dcm"));
        QVERIFY(image);
        std::vector<std::byte> pixels(image->format.decodedFrameBytes());
        unsigned killed = 0;
        for (int round = 0; round < 10; ++round) {
            for (const pid_t worker : workerIds())
                killed += ::kill(worker, SIGKILL) == 0 ? 1 : 0;
            QElapsedTimer timer;
            timer.start();
            // A kill seen only in the exchange costs that request; the one after it gets the new worker.
            auto decoded =
                service->decodeFrame(image->path, image->file, image->format, 0, pixels, Purpose::Visible);
            if (!decoded && decoded.error().code() == ErrorCode::Quarantined)
                break;
            if (!decoded)
                decoded = service->decodeFrame(image->path, image->file, image->format, 0, pixels,
                                               Purpose::Visible);
            QVERIFY2(decoded || decoded.error().code() == ErrorCode::Quarantined, "no worker came back");
            qInfo("next frame after %lld ms", static_cast<long long>(timer.elapsed()));
        }
        QVERIFY(killed > 0);
        QVERIFY(service->statistics().deaths > 0);
        QVERIFY(service->statistics().respawns > 0);
    }

    void noticesTheIdleDeathOfAWorkerThatWasBusyWhenAnotherWasReplaced()
    {
        const auto service = start(2);
        QVERIFY(service);
        const auto image = open(*service, testFile("ts/ct/rle.dcm"));
        QVERIFY(image);
        QTRY_COMPARE(service->statistics().workers, 2U);
        const auto workers = workerIds();
        QCOMPARE(workers.size(), 2U);
        const pid_t idle = workers.front(), busy = workers.back(); // the last to be idle is the next to work
        QCOMPARE(::kill(busy, SIGSTOP), 0);
        const auto asked = service->statistics().requests;
        std::vector<std::byte> pixels(image->format.decodedFrameBytes());
        std::atomic<bool> decoded = false;
        std::jthread reader([&](const std::stop_token &) {
            decoded = bool(
                service->decodeFrame(image->path, image->file, image->format, 0, pixels, Purpose::Visible));
        });
        QTRY_VERIFY(service->statistics().requests > asked);
        QCOMPARE(::kill(idle, SIGKILL), 0);
        QTRY_COMPARE(service->statistics().respawns, 1U);
        QCOMPARE(::kill(busy, SIGCONT), 0);
        reader.join();
        QVERIFY(decoded);
        QCOMPARE(::kill(busy, SIGKILL), 0);
        QTRY_COMPARE(service->statistics().deaths, 2U); // without being asked again
        QTRY_COMPARE(service->statistics().respawns, 2U);
    }

    void survivesKillsWhileDecodingWithRightPixels()
    {
        const auto service = start(2);
        QVERIFY(service);
        const auto raw = open(*service, testFile("ts/ct/ile.dcm"));
        QVERIFY(raw);
        std::vector<std::byte> expected(raw->format.decodedFrameBytes());
        QVERIFY(service->decodeFrame(raw->path, raw->file, raw->format, 0, expected, Purpose::Visible));

        // Copies, so that quarantine by two deaths on one file does not end the test early.
        const QTemporaryDir folder;
        std::atomic<unsigned> kills = 0, lostInARow = 0;
        // A pace of its own, so that kills meet every moment of an exchange and not only chosen ones; slower
        // where a busy machine brings no frame home.
        std::jthread killer([&](const std::stop_token &stop) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any stopped;
            for (unsigned turn = 0; !stop.stop_requested(); ++turn) {
                const auto workers = workerIds();
                if (!workers.empty())
                    kills += ::kill(workers[turn % workers.size()], SIGKILL) == 0 ? 1 : 0;
                stopped.wait_for(lock, stop, kBetweenKills * (1 + lostInARow), [] { return false; });
            }
        });
        unsigned right = 0, lost = 0;
        for (int i = 0; i < 40; ++i) {
            const QString copy = folder.filePath(QStringLiteral("%1.dcm").arg(i));
            QVERIFY(QFile::copy(QString::fromStdString(testFile("ts/ct/j2k90.dcm")), copy));
            const auto image = open(*service, copy.toStdString());
            std::vector<std::byte> pixels(expected.size());
            const auto decoded = image ? service->decodeFrame(image->path, image->file, image->format, 0,
                                                              pixels, Purpose::Interactive)
                                       : base::Result<DecodedFrame>(base::failure(image.error()));
            if (!decoded) {
                QVERIFY2(decoded.error().code() == ErrorCode::WorkerDied ||
                             decoded.error().code() == ErrorCode::WorkerUnavailable ||
                             decoded.error().code() == ErrorCode::Quarantined,
                         decoded.error().describe().c_str());
                ++lost;
                ++lostInARow;
                continue;
            }
            QVERIFY(pixels == expected);
            ++right;
            lostInARow = 0;
        }
        killer.request_stop();
        killer.join();
        qInfo("%u kills, %u frames right, %u lost", kills.load(), right, lost);
        QVERIFY(kills > 0);
        QVERIFY(right > 0);
        QVERIFY(service->statistics().deaths > 0);
    }

    void stopsWaitingForAStoppedWorker()
    {
        const auto service = start(1, 500ms);
        QVERIFY(service);
        const auto image = open(*service, testFile("ts/ct/jls80.dcm"));
        QVERIFY(image);
        std::vector<std::byte> pixels(image->format.decodedFrameBytes());
        unsigned stopped = 0;
        for (const pid_t worker : workerIds())
            stopped += ::kill(worker, SIGSTOP) == 0 ? 1 : 0;
        QCOMPARE(stopped, 1U);
        QElapsedTimer timer;
        timer.start();
        const auto late =
            service->decodeFrame(image->path, image->file, image->format, 0, pixels, Purpose::Visible);
        QVERIFY(!late);
        QCOMPARE(late.error().code(), ErrorCode::WorkerTimedOut);
        QVERIFY(timer.elapsed() >= 450 && timer.elapsed() < 2000);
        timer.restart();
        QVERIFY(service->decodeFrame(image->path, image->file, image->format, 0, pixels, Purpose::Visible));
        QVERIFY(timer.elapsed() < 1000);
        QCOMPARE(service->statistics().timeouts, 1U);
    }

    void quarantinesAFileThatEndsTwoWorkers()
    {
        const auto service = start(1, 200ms);
        QVERIFY(service);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("guilty.dcm"));
        QVERIFY(QFile::copy(QString::fromStdString(testFile("ts/ct/jls80.dcm")), path));
        const auto image = open(*service, path.toStdString());
        QVERIFY(image);
        std::vector<std::byte> pixels(image->format.decodedFrameBytes());
        const auto decode = [&] {
            return service->decodeFrame(image->path, image->file, image->format, 0, pixels, Purpose::Visible);
        };
        unsigned injected = 0;
        for (int death = 0; death < 2; ++death) {
            QTRY_COMPARE(workerIds().size(), 1U);
            QVERIFY(service->readDataSet(testFile("ts/ct/rle.dcm"), Purpose::Visible)); // it is up
            injected += ::kill(workerIds().front(), SIGSTOP) == 0 ? 1 : 0;
            QCOMPARE(decode().error().code(), ErrorCode::WorkerTimedOut);
        }
        QCOMPARE(injected, 2U);
        QCOMPARE(decode().error().code(), ErrorCode::Quarantined);
        QCOMPARE(service->readDataSet(image->path, Purpose::Visible).error().code(), ErrorCode::Quarantined);
        QCOMPARE(service->statistics().quarantined, 1U);
        // Another file at the same path is not to blame.
        QVERIFY(QFile::remove(path));
        QVERIFY(QFile::copy(QString::fromStdString(testFile("ts/ct/jls81.dcm")), path));
        QVERIFY(service->readDataSet(image->path, Purpose::Visible));
    }

    void servesTheUrgentFirst()
    {
        const auto service = start(1);
        QVERIFY(service);
        const auto image = open(*service, testFile("ts/ct/j2k90.dcm"));
        QVERIFY(image);
        std::atomic<int> finished = 0;
        std::atomic<int> urgentAt = -1;
        const auto decode = [&](Purpose purpose) {
            std::vector<std::byte> pixels(image->format.decodedFrameBytes());
            const bool good =
                service->decodeFrame(image->path, image->file, image->format, 0, pixels, purpose).has_value();
            const int order = finished++;
            if (good && purpose == Purpose::Interactive)
                urgentAt = order;
        };
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back(decode, Purpose::Prefetch);
        while (finished == 0)
            std::this_thread::yield();
        threads.emplace_back(decode, Purpose::Interactive);
        threads.clear();
        QCOMPARE(finished.load(), 9);
        QVERIFY2(urgentAt >= 1 && urgentAt <= 4, "the urgent request waited behind the others");
    }
};

QTEST_APPLESS_MAIN(tst_WorkerFaults)
#include "tst_WorkerFaults.moc"
