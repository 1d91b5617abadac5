#include "pages/Pages.h"

#include "ArchiveFixture.h"
#include "Backend.h"
#include "DcmqrscpServer.h"
#include "FaultProxy.h"
#include "OrthancServer.h"
#include "Phantom.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/Archives.h>
#include <session/Settings.h>
#include <session/TransferQueue.h>

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace negatoscope;
using namespace negatoscope::test;
using State = session::Transfer::State;

namespace {

constexpr int kLimitMs = 60'000;
constexpr int kSlices = 60, kSize = 256;

} // namespace

/// A study that is only in an archive: asked for, read while it comes, its transfer seen and steered.
class tst_RemoteStudies : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    OrthancServer m_orthanc;
    std::unique_ptr<FaultProxy> m_proxy;
    session::RequestedStudy m_study; ///< of 60 slices
    int m_next = 0;

    struct Room
    {
        std::unique_ptr<app::Backend> backend;
        std::unique_ptr<session::Settings> settings;
        std::unique_ptr<ui::Workstation> workstation;

        ~Room()
        {
            if (backend)
                backend->cache().setChangedHandler({});
        }
        session::TransferQueue &transfers() const { return workstation->transfers(); }
        const session::Transfer *transfer(const session::RequestedStudy &study) const
        {
            return transfers().of(study.uid);
        }
    };

    std::unique_ptr<Room> makeRoom()
    {
        auto room = std::make_unique<Room>();
        const QString folder = m_folder.filePath(QStringLiteral("room%1").arg(++m_next));
        QDir().mkpath(folder);
        app::Backend::Options options{folder + QStringLiteral("/cache"), std::size_t(256 << 20), 0,
                                      QStringLiteral(NEGATOSCOPE_WORKER)};
        options.configFolder = folder;
        auto backend = app::Backend::start(options);
        if (!backend)
            return nullptr;
        room->backend = *std::move(backend);
        auto settings = settingsFor(m_orthanc.title, m_proxy->port);
        settings.name = "Hospital";
        settings.retrieveBy = archive::RetrieveBy::Get;
        if (!room->backend->archives().add(settings))
            return nullptr;
        room->settings = std::make_unique<session::Settings>(folder + QStringLiteral("/settings.ini"));
        ui::applyLook(*qApp, ui::lookFrom(*room->settings));
        room->workstation = std::make_unique<ui::Workstation>(room->backend->services(), *room->settings);
        room->backend->cache().setChangedHandler([windows = room->workstation.get()] {
            QMetaObject::invokeMethod(windows, &ui::Workstation::refreshStudies, Qt::QueuedConnection);
        });
        return room;
    }

    static QString textOf(const QWidget &window, const char *name)
    {
        const auto *label = window.findChild<QLabel *>(QLatin1String(name));
        return label != nullptr && label->isVisible() ? label->text() : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QGuiApplication::platformName() == QLatin1String("xcb") ||
                     qEnvironmentVariableIsSet("NEGATOSCOPE_ANY_PLATFORM"),
                 "needs an X server: tests/run.sh starts one");
        ui::initialiseResources();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        QVERIFY(m_orthanc.start());
        m_proxy = std::make_unique<FaultProxy>(m_orthanc.port);
        const QString folder = m_folder.filePath(QStringLiteral("study"));
        QVERIFY(makePhantom(folder, kSlices, {QStringLiteral("--size"), QString::number(kSize)}));
        std::vector<archive::Outgoing> files;
        for (const QString &name : QDir(folder).entryList(QDir::Files))
            files.push_back(outgoing(folder + u'/' + name));
        auto settings = settingsFor(m_orthanc.title, m_orthanc.port);
        const auto orthanc = archive::connectTo(settings);
        VERIFY_RESULT(orthanc);
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT((*orthanc)->store(files, results, {}, {}));
        VERIFY_RESULT((*orthanc)->findStudies({},
                                              [this](std::vector<archive::FoundStudy> found) {
                                                  for (const auto &study : found)
                                                      m_study =
                                                          session::RequestedStudy::of("Hospital", study);
                                              },
                                              {}));
        QVERIFY(!m_study.uid.isEmpty());
    }

    void init() { m_proxy->arm(FaultProxy::Fault::None, 0); }

    /// The line comes to a crawl after a few images: what is on screen by then was there before the last one.
    void theFirstImageIsThereBeforeTheLast()
    {
        const auto room = makeRoom();
        QVERIFY(room);
        m_proxy->arm(FaultProxy::Fault::Trickle, 5ULL * kSize * kSize * 2);
        auto &window = room->workstation->openRemote(m_study);
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        ReadingPage page(window);
        // At once: whose it is, and that it comes.
        QTRY_VERIFY(window.presenter().arriving() || window.presenter().study());
        QTRY_VERIFY(window.windowTitle().contains(QStringLiteral("Phantom Anna")));
        keepPicture(window, QStringLiteral("remote-01-asked"));
        QTRY_VERIFY_WITH_TIMEOUT(page.state().content == session::ViewportState::Content::Picture, kLimitMs);
        const auto *transfer = room->transfer(m_study);
        QVERIFY(transfer && transfer->state == State::Running);
        QVERIFY2(transfer->here < kSlices, qPrintable(QString::number(transfer->here)));
        QTRY_VERIFY_WITH_TIMEOUT(room->transfer(m_study)->expected == kSlices, kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page.state().expected == kSlices, kLimitMs);
        QVERIFY(page.state().instances < kSlices);
        QTRY_VERIFY(textOf(window, "transferText").contains(QStringLiteral("60")));
        QCOMPARE(room->workstation->json().value(QLatin1String("transfers")).toArray().size(), 1);
        keepPicture(window, QStringLiteral("remote-02-arriving"));

        // The line is good again: the rest comes, and what is read stays.
        const auto frame = page.state().frame;
        m_proxy->arm(FaultProxy::Fault::None, 0);
        room->transfers().pause(room->transfer(m_study)->number);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(window, "transferText").contains(QStringLiteral("Paused")), kLimitMs);
        room->transfers().resume(room->transfer(m_study)->number);
        QTRY_COMPARE_WITH_TIMEOUT(room->transfer(m_study)->state, State::Done, kLimitMs);
        QTRY_COMPARE_WITH_TIMEOUT(page.state().count, kSlices, kLimitMs);
        QCOMPARE(page.state().completeness, cache::Completeness::Complete);
        QCOMPARE(page.state().frame->key.instance, frame->key.instance);
        QTRY_VERIFY(textOf(window, "transferText").isEmpty()); // nothing comes any more
        keepPicture(window, QStringLiteral("remote-03-complete"));
    }

    void theTransfersWindowTellsAndSteers()
    {
        const auto room = makeRoom();
        QVERIFY(room);
        m_proxy->arm(FaultProxy::Fault::Trickle, 3ULL * kSize * kSize * 2);
        auto unknown = m_study;
        unknown.uid = base::StudyUid("1.2.3.4.5");
        unknown.description = "MR Brain";
        unknown.modalities = {"MR"};
        auto gone = unknown;
        gone.uid = base::StudyUid("1.2.3.4.6");
        gone.archive = "Old archive";
        room->workstation->fetch(m_study);
        room->workstation->fetch(unknown);
        room->workstation->fetch(gone);
        room->workstation->showStudyList();
        room->workstation->showTransfers();
        QWidget *window = nullptr;
        for (QWidget *top : QApplication::topLevelWidgets())
            if (top->objectName() == QLatin1String("transfersWindow"))
                window = top;
        QVERIFY(window && QTest::qWaitForWindowExposed(window));
        auto *table = window->findChild<QTableView *>(QStringLiteral("transferTable"));
        const auto button = [&](const char *name) {
            return window->findChild<QPushButton *>(QLatin1String(name));
        };
        QCOMPARE(table->model()->rowCount(), 3);
        QTRY_COMPARE_WITH_TIMEOUT(room->transfer(m_study)->state, State::Running, kLimitMs);
        QTRY_COMPARE_WITH_TIMEOUT(room->transfer(m_study)->expected, kSlices, kLimitMs);
        QTRY_COMPARE(room->transfer(gone)->state, State::Failed);
        QVERIFY(!button("pauseTransfer")->isEnabled());
        table->selectRow(0);
        QTRY_VERIFY(button("pauseTransfer")->isEnabled());
        keepPicture(*window, QStringLiteral("remote-04-transfers"));
        keepPicture(room->workstation->studyListWindow(), QStringLiteral("remote-05-list"));

        // With the keyboard alone.
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Space);
        QTRY_COMPARE(room->transfer(m_study)->state, State::Paused);
        QTRY_COMPARE(button("pauseTransfer")->text(), QStringLiteral("Resume"));
        // The other one has its turn: the archive has no such study.
        QTRY_COMPARE_WITH_TIMEOUT(room->transfer(unknown)->state, State::Failed, kLimitMs);
        QCOMPARE(room->transfer(unknown)->error->code(), base::ErrorCode::NotFound);
        keepPicture(*window, QStringLiteral("remote-06-paused"));
        m_proxy->arm(FaultProxy::Fault::None, 0);
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(room->transfer(m_study)->state, State::Done, kLimitMs);
        QTest::mouseClick(button("clearTransfers"), Qt::LeftButton);
        QTRY_COMPARE(table->model()->rowCount(), 0);
        keepPicture(*window, QStringLiteral("remote-07-nothing"));
        QTest::keyClick(window, Qt::Key_Escape);
        QTRY_VERIFY(!window->isVisible());
    }

    void anArchiveThatIsDownIsNamedAndTriedAgain()
    {
        const auto room = makeRoom();
        QVERIFY(room);
        auto down = settingsFor(QStringLiteral("DOWN"), freePort());
        down.name = "Clinic";
        QVERIFY(room->backend->archives().add(down));
        auto study = m_study;
        study.archive = "Clinic";
        auto &window = room->workstation->openRemote(study);
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY_WITH_TIMEOUT(room->transfer(study)->error.has_value(), kLimitMs);
        QTRY_VERIFY(textOf(window, "transferText").contains(QStringLiteral("Clinic")));
        QTRY_VERIFY(window.findChild<QPushButton *>(QStringLiteral("transferRetry"))->isVisible());
        keepPicture(window, QStringLiteral("remote-08-down"));
        // It is found at another place.
        auto up = settingsFor(m_orthanc.title, m_orthanc.port);
        up.name = "Clinic";
        QVERIFY(room->backend->archives().change("Clinic", up));
        QTRY_COMPARE_WITH_TIMEOUT(room->transfer(study)->state, State::Done, kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            ReadingPage(window).state().content == session::ViewportState::Content::Picture, kLimitMs);
    }

    void ctrlTOpensTheTransfers()
    {
        const auto room = makeRoom();
        QVERIFY(room);
        auto &window = room->workstation->openWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        ReadingPage(window).key(Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::activeWindow() &&
                    QApplication::activeWindow()->objectName() == QLatin1String("transfersWindow"));
    }
};

QTEST_MAIN(tst_RemoteStudies)
#include "tst_RemoteStudies.moc"
