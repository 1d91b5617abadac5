// Several studies in a window and several windows on two screens, as a reader sees them. The screens are
// those of Qt's offscreen platform: their number does not depend on the machine.
#include "pages/Pages.h"

#include "Backend.h"
#include "StudyDrag.h"

#include <Phantom.h>
#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtGui/QScreen>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;
using test::StudyListPage;

namespace {

constexpr int kLimitMs = 30000;

/// Two screens side by side, before the application is made.
QByteArray twoScreens(const QTemporaryDir &folder)
{
    QJsonArray screens;
    for (int i = 0; i < 2; ++i)
        screens.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("SCREEN-%1").arg(i + 1)},
                                   {QStringLiteral("x"), 1600 * i},
                                   {QStringLiteral("y"), 0},
                                   {QStringLiteral("width"), 1600},
                                   {QStringLiteral("height"), 1000},
                                   {QStringLiteral("logicalDpi"), 96},
                                   {QStringLiteral("logicalBaseDpi"), 96},
                                   {QStringLiteral("dpr"), 1}});
    const QString path = folder.filePath(QStringLiteral("screens.json"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(QJsonObject{{QStringLiteral("screens"), screens}}).toJson());
    return "offscreen:configfile=" + path.toUtf8();
}

} // namespace

class tst_Windows : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;

    cache::StudyRecord studyOf(const QString &patientId, const QString &date = {}) const
    {
        for (const auto &study : m_backend->cache().studies({}))
            if (study.patient.id == patientId.toStdString() &&
                (date.isEmpty() || study.studyDate == date.toStdString()))
                return study;
        return {};
    }
    cache::StudyRecord now() const
    {
        return studyOf(QStringLiteral("PHANTOM-1"), QStringLiteral("20261122"));
    }
    cache::StudyRecord prior() const
    {
        return studyOf(QStringLiteral("PHANTOM-1"), QStringLiteral("20260811"));
    }
    cache::StudyRecord other() const { return studyOf(QStringLiteral("OTHER-7")); }

    template <typename Widget>
    static Widget &part(QWidget &window, const char *name)
    {
        return *window.findChild<Widget *>(QLatin1String(name));
    }

    /// Chooses a study of the list and presses a key on it.
    static void pressInList(ui::Workstation &workstation, const cache::StudyRecord &study, Qt::Key key,
                            Qt::KeyboardModifiers modifiers)
    {
        auto &list = workstation.studyListWindow();
        workstation.showStudyList();
        QVERIFY(QTest::qWaitForWindowActive(&list));
        QTRY_VERIFY_WITH_TIMEOUT(list.selectStudy(study.uid), kLimitMs);
        auto &table = part<QAbstractItemView>(list, "studyTable");
        table.setFocus();
        QTest::keyClick(&table, key, modifiers);
    }

    void openTwo(ui::Workstation &workstation) const
    {
        ui::ReadingWindow &first = workstation.openStudy(now());
        QVERIFY(QTest::qWaitForWindowActive(&first));
        ReadingPage(first).key(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(workstation.readingWindows().size(), std::size_t(2));
    }

    /// How much of the top edge of a viewport is red.
    static int redAtTop(QWidget &viewport)
    {
        const QImage image = viewport.grab().toImage();
        int red = 0;
        for (int x = 0; x < image.width(); ++x) {
            const QColor seen = image.pixelColor(x, 4);
            red += seen.red() > 150 && seen.green() < 90 && seen.blue() < 90;
        }
        return red;
    }

    static QString bannerOf(ui::ReadingWindow &window)
    {
        return part<QWidget>(window, "patientBanner").accessibleName();
    }
    static QString othersOf(ui::ReadingWindow &window)
    {
        return part<QWidget>(window, "patientBanner").accessibleDescription();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(QGuiApplication::screens().size(), 2);
        ui::initialiseResources();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        const auto head = [&](const char *name, const QStringList &more) {
            return test::runGenerator(
                QStringList{QStringLiteral("head"), QStringLiteral("--out"),
                            m_folder.filePath(QStringLiteral("data/") + QLatin1String(name)),
                            QStringLiteral("--only"), QStringLiteral("axial,sagittal")} +
                more);
        };
        QVERIFY(head("now", {}));
        QVERIFY(head("prior", {QStringLiteral("--study"), QStringLiteral("prior"), QStringLiteral("--date"),
                               QStringLiteral("20260811")}));
        QVERIFY(head("other", {QStringLiteral("--patient-id"), QStringLiteral("OTHER-7"),
                               QStringLiteral("--patient"), QStringLiteral("Durand^Paul")}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({m_folder.filePath(QStringLiteral("data"))}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
    }

    void cleanupTestCase() { m_backend.reset(); }
    void cleanup()
    {
        m_settings->places().clear();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
    }

    void opensThePriorBesideInTheSameWindow()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &window = workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        pressInList(workstation, prior(), Qt::Key_Return, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().besides().size() == 1 && page.isSettled(), kLimitMs);
        QCOMPARE(workstation.readingWindows().size(), std::size_t(1));
        QVERIFY(!part<QWidget>(window, "personQuestion").isVisible());
        QVERIFY(othersOf(window).isEmpty());
        QVERIFY(bannerOf(window).contains(QStringLiteral("2026")));
        // The banner follows the active viewport: another exam, another band.
        const QString banner = bannerOf(window);
        const int right = page.presenter().layout().columns - 1;
        QCOMPARE(page.presenter().viewportAt(right)->study()->uid, prior().uid);
        page.presenter().setActive(right);
        QTRY_VERIFY(bannerOf(window) != banner);
        keepPicture(window, QStringLiteral("windows-01-prior-beside"));
        page.key(Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(page.presenter().besides().empty());
        QTRY_COMPARE(bannerOf(window), banner);
    }

    void aStudyDroppedOnAViewportHangsBeside()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &window = workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        const auto drop = [&](const cache::StudyRecord &study, int viewport) {
            const ui::StudyDrag dragged(study);
            const QPoint at = page.viewportAt(viewport)->rect().center();
            QDragEnterEvent enter(at, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(page.viewportAt(viewport), &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent event(QPointF(page.viewportAt(viewport)->mapTo(&window, at)), Qt::CopyAction, &dragged,
                             Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&window, &event);
        };
        page.presenter().setLayout({1, 2});
        drop(prior(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().besides().size() == 1 && page.isSettled(), kLimitMs);
        QCOMPARE(page.presenter().viewportAt(0)->study()->uid, prior().uid); // where it was dropped
        QCOMPARE(page.presenter().viewportAt(1)->study()->uid, now().uid);
        page.presenter().closeBesides();
        drop(prior(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().besides().size() == 1 && page.isSettled(), kLimitMs);
        QCOMPARE(page.presenter().viewportAt(1)->study()->uid, prior().uid);
        drop(other(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().question(), kLimitMs);
        QCOMPARE(page.presenter().question()->asked.uid, other().uid);
        page.presenter().answer(session::ReadingPresenter::Answer::Beside);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().besides().size() == 2 && page.isSettled(), kLimitMs);
        QCOMPARE(page.presenter().viewportAt(0)->study()->uid, other().uid); // after the answer too
    }

    void filesDroppedOnAWindowTellThereHowFarTheyAre()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &window = workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QSignalSpy finished(&workstation.imports(), &session::ImportPresenter::finished);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(m_folder.filePath(QStringLiteral("data/now")))});
        QDragEnterEvent enter(window.rect().center(), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent event(QPointF(window.rect().center()), Qt::CopyAction, &files, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
        auto *strip = window.findChild<QWidget *>(QStringLiteral("importStrip"));
        QVERIFY(strip != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
        QTRY_VERIFY(strip->isVisible());
        auto &text = *strip->findChild<QLabel *>(QStringLiteral("importText"));
        QTRY_VERIFY2(text.text().contains(QLatin1String("already there")), qPrintable(text.text()));
        keepPicture(window, QStringLiteral("windows-08-import"));
        QTest::mouseClick(strip->findChild<QPushButton *>(QStringLiteral("importDismiss")), Qt::LeftButton);
        QTRY_VERIFY(window.findChild<QWidget *>(QStringLiteral("importStrip")) == nullptr);
    }

    // P2
    void asksBeforeTwoPersonsAreTogether_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void asksBeforeTwoPersonsAreTogether()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &window = workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        auto &question = part<QWidget>(window, "personQuestion");
        const auto ask = [&] {
            pressInList(workstation, other(), Qt::Key_Return, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(question.isVisible(), kLimitMs);
        };
        ask();
        // It names both, and takes no focus: the keys are still the pictures'.
        for (const char *name : {"personShown", "personAsked"}) {
            const QString text = part<QLabel>(window, name).text();
            const bool shown = QLatin1String(name) == QLatin1String("personShown");
            QVERIFY2(text.contains(shown ? QStringLiteral("PHANTOM-1") : QStringLiteral("OTHER-7")),
                     qPrintable(text));
            QVERIFY2(text.contains(shown ? QStringLiteral("Anna") : QStringLiteral("Paul")),
                     qPrintable(text));
            QVERIFY2(text.contains(QStringLiteral("1965")), qPrintable(text));
        }
        QVERIFY(!question.isAncestorOf(QApplication::focusWidget()));
        keepPicture(window, language + QStringLiteral("-windows-02-question"));
        const int place = page.presenter().active()->target();
        page.key(Qt::Key_Down);
        QTRY_COMPARE(page.presenter().active()->target(), place + 1);
        QVERIFY(question.isVisible());
        QVERIFY(page.presenter().besides().empty());

        page.key(Qt::Key_Escape);
        QTRY_VERIFY(!question.isVisible());
        QVERIFY(page.presenter().besides().empty());
        QCOMPARE(page.presenter().active()->target(), place + 1); // Esc answered, nothing else

        ask();
        part<QPushButton>(window, "personBoth").click();
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().besides().size() == 1 && page.isSettled(), kLimitMs);
        QVERIFY(!question.isVisible());
        const auto layout = page.presenter().layout();
        QTRY_VERIFY(othersOf(window).contains(QStringLiteral("Durand")));
        int banded = 0;
        for (int i = 0; i < layout.rows * layout.columns; ++i) {
            const auto *viewport = page.presenter().viewportAt(i);
            if (!viewport->study())
                continue;
            const bool others = viewport->study()->uid == other().uid;
            const int red = redAtTop(*page.viewportAt(i));
            QVERIFY2(others ? red > page.viewportAt(i)->width() / 4 : red == 0,
                     qPrintable(QString::number(red)));
            banded += others;
        }
        QVERIFY(banded > 0);
        keepPicture(window, language + QStringLiteral("-windows-03-two-persons"));
        page.presenter().setActive(layout.columns - 1);
        QTRY_VERIFY(bannerOf(window).contains(QStringLiteral("Durand")));
        QTRY_VERIFY(window.windowTitle().contains(QStringLiteral("Durand")));
        QVERIFY(othersOf(window).contains(QStringLiteral("Phantom"), Qt::CaseInsensitive));
        keepPicture(window, language + QStringLiteral("-windows-04-the-other-active"));
    }

    void aSecondWindowOpensOnTheNextScreen()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &first = workstation.openStudy(now());
        ReadingPage page(first);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        const QScreen *screen = first.screen();
        QVERIFY(screen != workstation.studyListWindow().screen()); // the list stays in sight
        page.key(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(workstation.readingWindows().size(), std::size_t(2));
        ui::ReadingWindow &second = *workstation.readingWindows().back();
        QTRY_VERIFY(second.screen() != screen);
        QVERIFY(second.screen()->geometry().contains(second.geometry().center()));
        QVERIFY(QTest::qWaitForWindowActive(&second));

        // What is opened from the list goes where the reader was last: its own layout and study.
        pressInList(workstation, prior(), Qt::Key_Return, Qt::NoModifier);
        ReadingPage secondPage(second);
        QTRY_VERIFY_WITH_TIMEOUT(secondPage.isSettled(), kLimitMs);
        QCOMPARE(secondPage.presenter().study()->uid, prior().uid);
        QCOMPARE(page.presenter().study()->uid, now().uid);
        const auto layout = page.presenter().layout();
        secondPage.key(Qt::Key_9, Qt::ControlModifier);
        QTRY_COMPARE(secondPage.presenter().layout(), (session::Layout{3, 3}));
        QCOMPARE(page.presenter().layout(), layout);

        const QJsonArray windows = workstation.json().value(QLatin1String("windows")).toArray();
        QCOMPARE(windows.size(), 2);
        QSet<QString> screens;
        for (int i = 0; i < 2; ++i) {
            const QJsonObject window = windows.at(i).toObject();
            QCOMPARE(window.value(QLatin1String("window")).toInt(), i + 1);
            screens << window.value(QLatin1String("screen")).toString();
            QVERIFY(!window.value(QLatin1String("viewports")).toArray().isEmpty());
        }
        QCOMPARE(screens.size(), 2);

        // Ctrl+M moves a window on, and round.
        secondPage.key(Qt::Key_M, Qt::ControlModifier);
        QTRY_VERIFY(second.screen() == screen);
        secondPage.key(Qt::Key_M, Qt::ControlModifier);
        QTRY_VERIFY(second.screen() != screen);

        second.close();
        QTRY_COMPARE(workstation.readingWindows().size(), std::size_t(1));
        QCOMPARE(workstation.readingWindows().front(), &first);
    }

    // P2
    void anotherPersonInTheOtherWindowIsAskedAboutAndSaid()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &first = workstation.openStudy(now());
        QTRY_VERIFY_WITH_TIMEOUT(ReadingPage(first).isSettled(), kLimitMs);
        pressInList(workstation, other(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(workstation.readingWindows().size(), std::size_t(2));
        ui::ReadingWindow &second = *workstation.readingWindows().back();
        auto &question = part<QWidget>(second, "personQuestion");
        QTRY_VERIFY_WITH_TIMEOUT(question.isVisible(), kLimitMs);
        QVERIFY(!second.presenter().study());
        keepPicture(second, QStringLiteral("windows-05-question-of-the-other-window"));
        part<QPushButton>(second, "personBoth").click();
        ReadingPage page(second);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QCOMPARE(page.presenter().study()->uid, other().uid);
        QTRY_VERIFY(othersOf(first).contains(QLatin1Char('2')));
        QTRY_VERIFY(othersOf(second).contains(QLatin1Char('1')));
        keepPicture(first, QStringLiteral("windows-06-said-in-the-first"));
        keepPicture(second, QStringLiteral("windows-07-said-in-the-second"));
        second.close();
        QTRY_VERIFY(othersOf(first).isEmpty());
    }

    void windowsComeBackWhereTheyWereWithTheseScreens()
    {
        QRect place;
        {
            ui::Workstation workstation(m_backend->services(), *m_settings);
            openTwo(workstation);
            QCOMPARE(workstation.readingWindows().size(), std::size_t(2));
            ui::ReadingWindow &second = *workstation.readingWindows().back();
            second.setGeometry(
                QRect(second.screen()->geometry().topLeft() + QPoint(120, 90), QSize(1100, 700)));
            place = second.geometry();
            second.close();
            QTRY_COMPARE(workstation.readingWindows().size(), std::size_t(1));
        }
        const auto keys = m_settings->places().allKeys();
        QVERIFY(std::any_of(keys.begin(), keys.end(), [](const QString &key) {
            return key.startsWith(QLatin1String("places/")) && key.endsWith(QLatin1String("/readingWindow2"));
        }));
        {
            ui::Workstation workstation(m_backend->services(), *m_settings);
            openTwo(workstation);
            QCOMPARE(workstation.readingWindows().size(), std::size_t(2));
            QCOMPARE(workstation.readingWindows().back()->geometry(), place);
            // Somewhere no screen is now: brought back to where it can be seen.
            workstation.readingWindows().back()->setGeometry(QRect(9000, 6000, 1100, 700));
            workstation.readingWindows().back()->close();
            QTRY_COMPARE(workstation.readingWindows().size(), std::size_t(1));
        }
        ui::Workstation workstation(m_backend->services(), *m_settings);
        openTwo(workstation);
        QCOMPARE(workstation.readingWindows().size(), std::size_t(2));
        const auto screens = QGuiApplication::screens();
        const QRect seen = workstation.readingWindows().back()->geometry();
        QVERIFY(std::any_of(screens.begin(), screens.end(), [&](const QScreen *screen) {
            return screen->geometry().contains(seen.center());
        }));
    }
};

int main(int argc, char **argv)
{
    const QTemporaryDir folder;
    qputenv("QT_QPA_PLATFORM", twoScreens(folder));
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_Windows test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Windows.moc"
