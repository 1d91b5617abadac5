#include <Backend.h>
#include <Phantom.h>
#include <session/ExportPresenter.h>
#include <session/OutputFile.h>

#include <QtCore/QDirIterator>
#include <QtCore/QRegularExpression>
#include <QtCore/QScopeGuard>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>
#include <sys/resource.h>

using namespace negatoscope;
using base::ErrorCode;
using session::ExportPresenter;
using session::ExportRequest;

namespace {

constexpr int kSlices = 12;
constexpr int kLimitMs = 60'000;

} // namespace

/// Studies that leave the workstation, from the cache to the folder.
class TestExport final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    cache::StudyRecord m_study;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    ExportRequest request(const QString &folder, ExportRequest::Format format) const
    {
        ExportRequest request;
        request.study = m_study.uid;
        request.folder = folder;
        request.format = format;
        // Which image it is, as bytes.
        request.encode = [](const session::ViewportState &state) -> base::Result<QByteArray> {
            return QByteArray::fromStdString(state.facts.instance.value());
        };
        return request;
    }

    base::Result<session::ExportReport> run(ExportRequest request)
    {
        ExportPresenter presenter(m_backend->services());
        QSignalSpy finished(&presenter, &ExportPresenter::finished);
        presenter.start(std::move(request));
        if (!finished.wait(kLimitMs))
            return base::failure(ErrorCode::WorkerTimedOut, "no end");
        return *presenter.lastReport();
    }

    static QStringList filesIn(const QString &folder)
    {
        QStringList files;
        QDirIterator all(folder, QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
        while (all.hasNext())
            files << all.next();
        files.sort();
        return files;
    }

    static bool isEmpty(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty();
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(test::makePhantom(path(QStringLiteral("phantom")), kSlices));
        auto backend = app::Backend::start(
            {path(QStringLiteral("cache")), std::size_t(64 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        QVERIFY(m_backend->cache().import({path(QStringLiteral("phantom")).toStdString()}, {}, {}));
        m_study = m_backend->cache().studies({}).at(0);
    }

    void copiesObjectsByteForByte()
    {
        const auto report = run(request(path(QStringLiteral("a")), ExportRequest::Format::Dicom));
        QVERIFY2(report, report ? "" : report.error().describe().c_str());
        QCOMPARE(report->files, kSlices);
        QVERIFY(report->failed.empty());
        QList<QByteArray> left, there;
        for (const QString &file : filesIn(report->folder))
            left << contentOf(file);
        for (const QString &file : filesIn(path(QStringLiteral("phantom"))))
            there << contentOf(file);
        std::sort(left.begin(), left.end());
        std::sort(there.begin(), there.end());
        QCOMPARE(left, there);
        // Nothing but letters, digits and dashes that we chose.
        const QString inside =
            QDir(path(QStringLiteral("a"))).relativeFilePath(filesIn(report->folder).first());
        static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z0-9-]+/[A-Za-z0-9-]+/\\d{5}\\.dcm$"));
        QVERIFY2(kPlain.match(inside).hasMatch(), qPrintable(inside));
    }

    void writesOnePicturePerImageInTheOrderOfReading()
    {
        auto wish = request(path(QStringLiteral("b")), ExportRequest::Format::Png);
        std::atomic<int> largest = 0;
        wish.encode = [&](const session::ViewportState &state) -> base::Result<QByteArray> {
            largest = std::max(largest.load(), state.transform.view().width);
            return QByteArray::number(state.index);
        };
        const auto report = run(std::move(wish));
        QVERIFY2(report, report ? "" : report.error().describe().c_str());
        QCOMPARE(report->files, kSlices);
        const QStringList files = filesIn(report->folder);
        QCOMPARE(files.size(), kSlices);
        for (int i = 0; i < kSlices; ++i)
            QCOMPARE(contentOf(files[i]), QByteArray::number(i));
        QVERIFY(largest >= 512); // small images are enlarged so that what is written on them can be read
    }

    void exportsOneImageAlone()
    {
        const auto series = m_backend->cache().series(m_study.uid).at(0);
        const auto instance = m_backend->cache().instances(series.uid).at(3).uid;
        for (const auto format : {ExportRequest::Format::Png, ExportRequest::Format::Dicom}) {
            auto wish = request(path(QStringLiteral("c")), format);
            wish.series = series.uid;
            wish.image = frames::FrameKey{instance, 0};
            const auto report = run(std::move(wish));
            QVERIFY2(report, report ? "" : report.error().describe().c_str());
            QCOMPARE(report->files, 1);
            QVERIFY(contentOf(filesIn(report->folder).at(0))
                        .contains(QByteArray::fromStdString(instance.value())));
        }
    }

    void replacesNothing()
    {
        const QString folder = path(QStringLiteral("d"));
        const auto first = run(request(folder, ExportRequest::Format::Dicom));
        const auto second = run(request(folder, ExportRequest::Format::Dicom));
        QVERIFY(first && second);
        QVERIFY(first->folder != second->folder);
        QCOMPARE(filesIn(folder).size(), 2 * kSlices);
    }

    void aFullDiskLeavesNothing()
    {
        // Files that may not grow are a disk that is full, for this process alone.
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit whole = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &whole), 0);
        rlimit small = whole;
        small.rlim_cur = 10'000;
        const QString folder = path(QStringLiteral("small"));
        QVERIFY(QDir().mkpath(folder));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto unlimited = qScopeGuard([&whole] { ::setrlimit(RLIMIT_FSIZE, &whole); });
        for (const auto format : {ExportRequest::Format::Dicom, ExportRequest::Format::Png}) {
            auto wish = request(folder, format);
            wish.encode = [](const session::ViewportState &state) -> base::Result<QByteArray> {
                return QByteArray(state.index < 3 ? 9'000 : 60'000, 'x');
            };
            const auto report = run(std::move(wish));
            QVERIFY(!report);
            QCOMPARE(report.error().code(), ErrorCode::DiskFull);
            QVERIFY(isEmpty(folder));
        }
        // Nor does a single picture that is saved.
        const auto saved =
            session::writeWhole(folder + QStringLiteral("/view.png"), QByteArray(400'000, 'x'));
        QVERIFY(!saved);
        QCOMPARE(saved.error().code(), ErrorCode::DiskFull);
        QVERIFY(isEmpty(folder));
    }

    void saysThatAFolderCannotBeWritten()
    {
        const QString file = path(QStringLiteral("file"));
        QVERIFY(session::writeWhole(file, "x"));
        for (const auto format : {ExportRequest::Format::Dicom, ExportRequest::Format::Jpeg}) {
            const auto report = run(request(file + QStringLiteral("/inside"), format));
            QVERIFY(!report);
            QCOMPARE(report.error().code(), ErrorCode::CannotWrite);
        }
        QCOMPARE(session::writeWhole(file + QStringLiteral("/a.png"), "x").error().code(),
                 ErrorCode::CannotWrite);
        QCOMPARE(contentOf(file), QByteArray("x"));
    }

    void cancelLeavesNothing()
    {
        int cancelled = 0;
        for (const auto format : {ExportRequest::Format::Dicom, ExportRequest::Format::Png})
            for (const int after : {0, 3}) {
                const QString folder = path(QStringLiteral("e%1").arg(cancelled));
                QVERIFY(QDir().mkpath(folder));
                ExportPresenter presenter(m_backend->services());
                QSignalSpy finished(&presenter, &ExportPresenter::finished);
                auto wish = request(folder, format);
                wish.encode = [&](const session::ViewportState &state) -> base::Result<QByteArray> {
                    if (state.index == after)
                        QMetaObject::invokeMethod(&presenter, &ExportPresenter::cancel);
                    return QByteArray("x");
                };
                presenter.start(std::move(wish));
                if (after == 0 || format == ExportRequest::Format::Dicom)
                    presenter.cancel();
                QVERIFY(finished.wait(kLimitMs));
                QVERIFY(!*presenter.lastReport());
                QCOMPARE(presenter.lastReport()->error().code(), ErrorCode::Cancelled);
                QVERIFY(isEmpty(folder));
                ++cancelled;
            }
        QCOMPARE(cancelled, 4);
    }

    void leavesOutADamagedObjectAndSaysSo()
    {
        const auto series = m_backend->cache().series(m_study.uid).at(0);
        const auto object = m_backend->cache().instances(series.uid).at(5);
        const QString file = QString::fromStdString(object.path);
        const QByteArray before = contentOf(file);
        const auto allowed = QFile::permissions(file);
        QFile::setPermissions(file, allowed | QFile::WriteOwner);
        QByteArray damaged = before;
        damaged[damaged.size() - 9] = static_cast<char>(damaged[damaged.size() - 9] ^ 0x55);
        QVERIFY(session::writeWhole(file, damaged));
        const auto report = run(request(path(QStringLiteral("f")), ExportRequest::Format::Dicom));
        QVERIFY(session::writeWhole(file, before));
        QVERIFY2(report, report ? "" : report.error().describe().c_str());
        QCOMPARE(report->files, kSlices - 1);
        QCOMPARE(report->failed.size(), std::size_t(1));
        QCOMPARE(report->failed.front().error.code(), ErrorCode::HashMismatch);
    }

    /// An ultrasound loop that does not say that its pixels name nobody.
    void keepsImagesThatMayShowANameOutOfADeidentifiedExport()
    {
        const auto imported = m_backend->cache().openInPlace(
            {QStringLiteral(NEGATOSCOPE_TEST_DATA "/us/cine30.dcm").toStdString()}, {}, {});
        QVERIFY(imported && !imported->studies.empty());
        auto wish = request(path(QStringLiteral("g")), ExportRequest::Format::Png);
        wish.study = imported->studies.front();
        wish.deidentified = true;
        const auto refused = run(wish);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::BurnedInIdentity);
        wish.study = m_study.uid; // a CT leaves
        const auto report = run(std::move(wish));
        QVERIFY2(report, report ? "" : report.error().describe().c_str());
        QCOMPARE(report->files, kSlices);
        QVERIFY(report->folder.contains(QStringLiteral("deidentified")));
    }
};

QTEST_MAIN(TestExport)
#include "tst_Export.moc"
