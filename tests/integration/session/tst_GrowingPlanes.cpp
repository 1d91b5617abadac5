#include <Backend.h>
#include <Phantom.h>
#include <session/PlanesPresenter.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>

using namespace negatoscope;
using session::kPlanes;
using session::ReadingPresenter;

namespace {

constexpr int kLimitMs = 60'000;
constexpr int kSlices = 90, kFirst = 30, kAxial = 0;

} // namespace

/// Planes of a series of which more comes while they are read.
class TestGrowingPlanes final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::vector<std::string> m_files;

    void import(int from, int to)
    {
        const std::vector<std::string> some(m_files.begin() + from, m_files.begin() + to);
        const auto report = m_backend->cache().import(some, {}, {});
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->imported), to - from);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        QVERIFY(test::makePhantom(m_folder.filePath(QStringLiteral("ct")), kSlices,
                                  {QStringLiteral("--spacing-z"), QStringLiteral("2")}));
        QStringList files;
        QDirIterator all(m_folder.filePath(QStringLiteral("ct")), QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext())
            files << all.next();
        files.sort();
        for (const QString &file : files)
            m_files.push_back(file.toStdString());
        QCOMPARE(static_cast<int>(m_files.size()), kSlices);
    }

    void cleanupTestCase() { m_backend.reset(); }

    /// Slices that come on either side of those that are there: the planes stay where they are, and show
    /// more.
    void showWhatHasComeAndStayWhereTheyAre()
    {
        import(kFirst, 2 * kFirst);
        const auto study = m_backend->cache().studies({}).front();
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study.uid, study.patient);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.isOpening() && reading.active()->state().countFinal, kLimitMs);
        reading.togglePlanes();
        QVERIFY(reading.planes());
        for (const auto &viewport : reading.viewports())
            viewport->setViewSize({400, 400});
        QTRY_VERIFY_WITH_TIMEOUT(reading.planes()->isSettled(), kLimitMs);
        reading.viewportAt(kAxial)->scrollTo(7);
        QTRY_VERIFY_WITH_TIMEOUT(reading.planes()->isSettled(), kLimitMs);
        const auto cross = reading.planes()->planes().cross();
        const auto signature = test::signatureOf(*reading.viewportAt(kAxial)->state().picture);
        QVERIFY(signature);
        QCOMPARE(signature->slice, quint32(2 * kFirst - 1 - 7)); // counted from the feet

        import(0, kFirst);
        import(2 * kFirst, kSlices);
        reading.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(reading.viewportAt(kAxial)->state().count, kSlices, kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(reading.planes()->isSettled(), kLimitMs);
        QVERIFY(length(reading.planes()->planes().cross() - cross) < 1e-6);
        const auto &state = reading.viewportAt(kAxial)->state();
        QCOMPARE(state.index, kFirst + 7); // the same place, counted from the head
        QCOMPARE(test::signatureOf(*state.picture)->uidDigest, signature->uidDigest);
        QCOMPARE(state.plane->slices, kSlices);
        QCOMPARE(state.plane->arrived, kSlices);
    }
};

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    TestGrowingPlanes test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_GrowingPlanes.moc"
