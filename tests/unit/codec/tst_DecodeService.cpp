#include <codec/DecodeService.h>

#include "Sandbox.h"

#include <DicomBytes.h>

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::codec;
using base::ErrorCode;
namespace tags = dicom::tags;

namespace {

QString dataFile(const QString &path)
{
    return QStringLiteral(NEGATOSCOPE_TEST_DATA "/") + path;
}

/// All frames of a file, one after the other.
base::Result<QByteArray> decodeAll(DecodeService &service, const std::string &path)
{
    TRY(const auto file, service.readDataSet(path, Purpose::Visible));
    TRY(const auto format, dicom::ImageFormat::of(file.dataSet));
    QByteArray all;
    std::vector<std::byte> pixels(format.decodedFrameBytes());
    for (std::uint32_t frame = 0; frame < format.frames; ++frame) {
        TRY_DO(service.decodeFrame(path, file, format, frame, pixels, Purpose::Visible));
        all.append(reinterpret_cast<const char *>(pixels.data()), static_cast<qsizetype>(pixels.size()));
    }
    return all;
}

} // namespace

class tst_DecodeService : public QObject
{
    Q_OBJECT

    std::unique_ptr<DecodeService> m_service;

    QString written(const QTemporaryDir &folder, const std::string &bytes)
    {
        QFile file(folder.filePath(QStringLiteral("file.dcm")));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
            return {};
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase()
    {
        DecodeService::Options options;
        options.workerProgram = NEGATOSCOPE_WORKER;
        auto service = DecodeService::start(options);
        QVERIFY2(service.has_value(), service ? "" : service.error().describe().c_str());
        m_service = std::move(*service);
    }

    void sandboxesItsWorkers()
    {
        QCOMPARE(QString::fromStdString(m_service->statistics().sandboxProblem), QString());
        QVERIFY(m_service->statistics().sandboxed);
    }

    void launchesWithoutWaitingAndServesOnceSandboxed()
    {
        DecodeService::Options options;
        options.workerProgram = NEGATOSCOPE_WORKER;
        options.sandboxRequired = true;
        const auto service = DecodeService::launch(std::move(options));
        QVERIFY(service);
        // A request that comes before the worker waits for it.
        const auto file = (*service)->readDataSet(dataFile(QStringLiteral("ts/ct/ile.dcm")).toStdString(),
                                                  Purpose::Interactive);
        QVERIFY2(file, file ? "" : file.error().describe().c_str());
        const auto ready = (*service)->waitUntilReady();
        QVERIFY2(ready, ready ? "" : ready.error().describe().c_str());
    }

    void noticesAMissingSandbox()
    {
        // The self-test without a sandbox must find every way out open, or it proves nothing.
        int ends[2];
        QCOMPARE(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            const std::string escaped = tryToEscape();
            _exit(write(ends[1], escaped.data(), escaped.size()) > 0 ? 0 : 1);
        }
        close(ends[1]);
        std::string escaped(4096, '\0');
        escaped.resize(
            static_cast<std::size_t>(std::max<ssize_t>(0, read(ends[0], escaped.data(), escaped.size()))));
        close(ends[0]);
        waitpid(child, nullptr, 0);
        for (const char *way :
             {"read a file", "network socket", "run a program", "fork", "signal its parent"})
            QVERIFY2(escaped.find(way) != std::string::npos, way);
    }

    void decodesLikeOtherDecoders_data()
    {
        QTest::addColumn<QByteArray>("expected");
        QFile table(QStringLiteral(NEGATOSCOPE_GOLDEN "/pixels.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        table.readLine();
        while (!table.atEnd()) {
            const auto columns = table.readLine().trimmed().split(',');
            QTest::newRow(columns[0].constData()) << columns[1];
        }
    }
    void decodesLikeOtherDecoders()
    {
        QFETCH(QByteArray, expected);
        const QString path = dataFile(QString::fromUtf8(QTest::currentDataTag()));
        const auto pixels = decodeAll(*m_service, path.toStdString());
        QVERIFY2(pixels.has_value(), pixels ? "" : pixels.error().describe().c_str());
        QCOMPARE(QCryptographicHash::hash(*pixels, QCryptographicHash::Sha256).toHex(), expected);
    }

    void readsTheSameHeadersAsDataSets()
    {
        // Two parsers read each file: ours and DCMTK. A patient or an image may not differ between them.
        std::vector<std::string> paths;
        QDirIterator files(dataFile({}), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths.push_back(files.next().toStdString());
        const std::vector wanted{tags::SopClassUid, tags::SopInstanceUid, tags::Modality, tags::PatientName,
                                 tags::PatientId,   tags::Rows,           tags::Columns,  tags::BitsStored};
        const auto headers = m_service->readHeaders(paths, wanted, Purpose::Import);
        QCOMPARE(headers.size(), paths.size());
        unsigned compared = 0;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            const auto whole = m_service->readDataSet(paths[i], Purpose::Visible);
            if (!whole || !headers[i])
                continue;
            for (const dicom::Tag tag : wanted)
                QVERIFY2(headers[i]->dataSet.bytes(tag) == whole->dataSet.bytes(tag), paths[i].c_str());
            QCOMPARE(headers[i]->pixelData.offset, whole->pixelData.offset);
            ++compared;
        }
        QVERIFY(compared > 100);
    }

    void readsNamesInEveryCharacterSet_data()
    {
        QTest::addColumn<QString>("expected");
        QTest::newRow("chrArab") << QStringLiteral("قباني^لنزار");
        QTest::newRow("chrGreek") << QStringLiteral("Διονυσιος");
        QTest::newRow("chrH32") << QStringLiteral("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
        QTest::newRow("chrI2") << QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동");
        QTest::newRow("chrRuss") << QStringLiteral("Люкceмбypг");
        QTest::newRow("chrX1") << QStringLiteral("Wang^XiaoDong=王^小東=");
        QTest::newRow("chrX2") << QStringLiteral("Wang^XiaoDong=王^小东=");
    }
    void readsNamesInEveryCharacterSet()
    {
        QFETCH(QString, expected);
        const QString path =
            dataFile(QStringLiteral("charset/%1.dcm").arg(QString::fromUtf8(QTest::currentDataTag())));
        const auto file = m_service->readDataSet(path.toStdString(), Purpose::Visible);
        QVERIFY(file);
        QCOMPARE(QString::fromStdString(file->dataSet.text(tags::PatientName)), expected);
    }

    void namesTheSyntaxItCannotDecode()
    {
        const std::string path = dataFile(QStringLiteral("ts/wg04/CT2_JPH")).toStdString();
        const auto pixels = decodeAll(*m_service, path);
        QVERIFY(!pixels);
        QCOMPARE(pixels.error().code(), ErrorCode::UnsupportedTransferSyntax);
        QVERIFY(QString::fromStdString(pixels.error().text())
                    .contains(QStringLiteral("1.2.840.10008.1.2.4.202")));
    }

    void refusesWhatIsNoFile()
    {
        const std::vector<std::string> paths{"/nonexistent/file", "/", "/dev/null"};
        const auto results = m_service->readHeaders(paths, {}, Purpose::Import);
        QCOMPARE(results[0].error().code(), ErrorCode::NotFound);
        QCOMPARE(results[1].error().code(), ErrorCode::CannotRead);
        QCOMPARE(results[2].error().code(), ErrorCode::CannotRead);
    }

    void refusesWrongFrameNumbersAndSizes()
    {
        const std::string path = dataFile(QStringLiteral("ts/ct/rle.dcm")).toStdString();
        const auto file = m_service->readDataSet(path, Purpose::Visible);
        QVERIFY(file);
        const auto format = dicom::ImageFormat::of(file->dataSet);
        std::vector<std::byte> pixels(format->decodedFrameBytes());
        const auto decode = [&](std::uint32_t frame, std::span<std::byte> into) {
            return m_service->decodeFrame(path, *file, *format, frame, into, Purpose::Visible);
        };
        QVERIFY(decode(0, pixels));
        QCOMPARE(decode(1, pixels).error().code(), ErrorCode::BadArgument);
        QCOMPARE(decode(0, std::span(pixels).first(10)).error().code(), ErrorCode::BadArgument);
    }

    void returnsSoonWhenCancelled()
    {
        const std::string path = dataFile(QStringLiteral("ts/ct/j2k90.dcm")).toStdString();
        const auto file = m_service->readDataSet(path, Purpose::Visible);
        QVERIFY(file);
        const auto format = dicom::ImageFormat::of(file->dataSet);
        std::stop_source stopped;
        stopped.request_stop();
        std::vector<std::byte> pixels(format->decodedFrameBytes());
        const auto before =
            m_service->decodeFrame(path, *file, *format, 0, pixels, Purpose::Visible, stopped.get_token());
        QCOMPARE(before.error().code(), ErrorCode::Cancelled);

        // Cancelled at any moment, the workers still give the right pixels to the next request.
        unsigned cancelled = 0;
        for (int round = 0; round < 20; ++round) {
            std::stop_source source;
            std::jthread killer([&source] { source.request_stop(); });
            const auto result = m_service->decodeFrame(path, *file, *format, 0, pixels, Purpose::Prefetch,
                                                       source.get_token());
            cancelled += result ? 0 : 1;
            QVERIFY(result || result.error().code() == ErrorCode::Cancelled);
        }
        QVERIFY(cancelled > 0);
        QVERIFY(m_service->decodeFrame(path, *file, *format, 0, pixels, Purpose::Visible));
        const auto raw = decodeAll(*m_service, dataFile(QStringLiteral("ts/ct/ile.dcm")).toStdString());
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(pixels.data()), qsizetype(pixels.size())), *raw);
    }

    void omitsValuesOverTheLimit()
    {
        const QTemporaryDir folder;
        test::DicomBytes dicom;
        dicom.meta(test::kExplicit)
            .image(1, 1, 8)
            .element(0x00420011, "OB", std::string((16 << 20) + 2, 'x'));
        const auto file =
            m_service->readDataSet(written(folder, dicom.bytes()).toStdString(), Purpose::Visible);
        QVERIFY(file);
        const dicom::Element *document = file->dataSet.find(tags::EncapsulatedDocument);
        QVERIFY(document && document->valueOmitted && document->value.empty());
        QCOMPARE(file->dataSet.integer(tags::Rows), std::int64_t(1));
    }

    void listsAndExtractsZipMembers()
    {
        const QTemporaryDir folder;
        const QString zip = folder.filePath(QStringLiteral("study.zip"));
        QProcess process;
        process.start(QStringLiteral("python3"),
                      {QStringLiteral("-c"),
                       QStringLiteral("import sys,zipfile\n"
                                      "z=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\n"
                                      "z.writestr('folder/','')\nz.writestr('../a.dcm','hello '*1000)\n"
                                      "z.writestr('bomb',b'\\0'*(64<<20))\n"),
                       zip});
        if (!process.waitForFinished() || process.exitCode() != 0)
            QSKIP("python3 is not here to write a ZIP file");
        const auto entries = m_service->listArchive(zip.toStdString());
        QVERIFY(entries);
        QCOMPARE(entries->size(), 2U);
        QCOMPARE(entries->front().name, std::string("../a.dcm"));
        QFile out(folder.filePath(QStringLiteral("out")));
        QVERIFY(out.open(QIODevice::ReadWrite));
        QVERIFY(m_service->extractEntry(zip.toStdString(), entries->front().index, out.handle()));
        QCOMPARE(out.size(), 6000);
        const auto bomb = m_service->extractEntry(zip.toStdString(), entries->back().index, out.handle());
        QVERIFY(!bomb);
        QCOMPARE(bomb.error().code(), ErrorCode::LimitExceeded);
        QVERIFY(!m_service->listArchive(dataFile(QStringLiteral("ts/ct/rle.dcm")).toStdString()));
    }
};

QTEST_APPLESS_MAIN(tst_DecodeService)
#include "tst_DecodeService.moc"
