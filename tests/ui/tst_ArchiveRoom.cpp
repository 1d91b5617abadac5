#include "pages/ArchivePeers.h"
#include "pages/Pages.h"
#include "pages/SettingsPage.h"
#include "pages/Texts.h"

#include "Backend.h"
#include "DcmqrscpServer.h"
#include "OrthancServer.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/SavedSearches.h>
#include <session/Settings.h>
#include <session/StudyListModel.h>
#include <session/StudySearch.h>

#include <QtCore/QSettings>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeWidget>

using namespace negatoscope;
using test::keepPicture;
using test::named;
using test::send;
using test::settingsOf;
using test::SettingsPage;
using test::StudyListPage;

namespace {
constexpr int kLimitMs = 30000;
constexpr int kArchivesPage = 6;
} // namespace

/// Archives as a reader and an administrator meet them: configured, tried out, searched; with real ones.
class tst_ArchiveRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ui::initialiseResources();
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
        QVERIFY2(m_qrscp.start({QStringLiteral("+xt")}), m_qrscp.log().constData());
        send(settingsOf(m_orthanc), NEGATOSCOPE_SAMPLES);
        send(settingsOf(m_qrscp), NEGATOSCOPE_SAMPLES "/brain-mr");
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        const auto report = m_backend->cache().import({NEGATOSCOPE_SAMPLES "/brain-mr"}, {}, {});
        QVERIFY(report && report->studies.size() == 1);
    }

    void init()
    {
        m_settings->places().clear();
        m_settings->reset(session::Setting::SavedSearches);
        QVERIFY(m_backend->archives().replaceAll({}));
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        ui::applyLook(*qApp, {});
    }
    void cleanupTestCase() { m_backend.reset(); }

    // --- Settings ---

    void anArchiveIsAddedTriedOutAndForgotten_data() { looks(); }
    void anArchiveIsAddedTriedOutAndForgotten()
    {
        QFETCH(QString, language);
        QFETCH(bool, bright);
        dress(language, bright);
        ui::Workstation workstation(m_backend->services(), *m_settings);
        SettingsPage page(workstation);
        page.turnTo(kArchivesPage);
        QVERIFY(QTest::qWaitForWindowActive(&page.window()));
        const QString name = language + (bright ? QStringLiteral("-bright-") : QStringLiteral("-dark-"));
        keepPicture(page.window(), name + QStringLiteral("archives-none"));

        page.click("addArchive");
        fill(page, "archiveName", QStringLiteral("CHU"));
        fill(page, "archiveHost", QStringLiteral("127.0.0.1"));
        fill(page, "archiveTitle", m_orthanc.title);
        page.get<QSpinBox>("archivePort").setValue(m_orthanc.port);
        // Neither TLS nor the word for clear text: said at its field, and not kept.
        QVERIFY(page.get<QLabel>("allowCleartextProblem").isVisible());
        QVERIFY(m_backend->archives().all().empty());
        QVERIFY(!page.get<QPushButton>("testEcho").isEnabled());
        page.get<QCheckBox>("allowCleartext").click();
        QCOMPARE(m_backend->archives().all().size(), std::size_t(1));
        QCOMPARE(m_backend->archives().all().front().port, m_orthanc.port);
        QVERIFY(page.get<QLabel>("unprotectedWarning").isVisible());

        for (const char *button : {"testEcho", "testFind", "testStore"}) {
            page.click(button);
            QTRY_VERIFY_WITH_TIMEOUT(page.get<QPushButton>(button).isEnabled(), kLimitMs);
            const QString says = page.get<QLabel>("testSays").text();
            QVERIFY2(page.get<QLabel>("testSays").property("role") == QLatin1String("secondary"),
                     qPrintable(says));
        }
        QCOMPARE(page.get<QLabel>("testSays").text().count(u'\n'), 2); // three steps
        const QStringList clipped = test::clippedTexts(page.window());
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'|')));
        keepPicture(page.window(), name + QStringLiteral("archives-tested"));

        page.click("removeArchive");
        QVERIFY(m_backend->archives().all().empty());
        page.click("undoArchives");
        QCOMPARE(m_backend->archives().all().size(), std::size_t(1));
    }

    void whatIsWrongIsSaidAtItsField()
    {
        QVERIFY(m_backend->archives().add(named(settingsOf(m_orthanc), "CHU")));
        QVERIFY(m_backend->archives().add(named(settingsOf(m_qrscp), "REGION")));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        SettingsPage page(workstation);
        page.turnTo(kArchivesPage);
        const auto before = m_backend->archives().all();
        const auto isSaid = [&](const char *field, const QString &value, const char *problem) {
            const QString old = page.get<QLineEdit>(field).text();
            fill(page, field, value);
            const bool said =
                page.get<QLabel>(problem).isVisible() && !page.get<QLabel>(problem).text().isEmpty() &&
                m_backend->archives().all() == before && !page.get<QPushButton>("testEcho").isEnabled();
            fill(page, field, old);
            return said && !page.get<QLabel>(problem).isVisible();
        };
        QVERIFY(isSaid("archiveName", QString(), "archiveNameProblem"));
        QVERIFY(isSaid("archiveName", QStringLiteral("REGION"), "archiveNameProblem"));
        QVERIFY(isSaid("archiveHost", QStringLiteral("a b"), "archiveHostProblem"));
        QVERIFY(isSaid("archiveTitle", QStringLiteral("BACK\\SLASH"), "archiveTitleProblem"));
        page.get<QCheckBox>("archiveTls").click();
        QVERIFY(!page.get<QLabel>("unprotectedWarning").isVisible());
        QVERIFY(m_backend->archives().all().front().tls.on);
        fill(page, "fingerprint", QStringLiteral("abc"));
        QVERIFY(page.get<QLabel>("fingerprintProblem").isVisible());
        keepPicture(page.window(), QStringLiteral("archives-wrong"));
        page.click("undoArchives");
        QCOMPARE(m_backend->archives().all(), before);
    }

    void aTestOfAnArchiveThatIsDownSaysWhy()
    {
        auto down = named(settingsOf(m_orthanc), "DOWN");
        down.port = test::freePort();
        QVERIFY(m_backend->archives().add(down));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        SettingsPage page(workstation);
        page.turnTo(kArchivesPage);
        page.click("testStore");
        QTRY_VERIFY_WITH_TIMEOUT(page.get<QPushButton>("testStore").isEnabled(), kLimitMs);
        const QString says = page.get<QLabel>("testSays").text();
        QVERIFY2(says.contains(QStringLiteral("DOWN")) && !says.contains(u'\n'), qPrintable(says));
        QCOMPARE(page.get<QLabel>("testSays").property("role").toString(), QStringLiteral("error"));
    }

    void theListGoesToAFileAndComesBack()
    {
        QVERIFY(m_backend->archives().add(named(settingsOf(m_orthanc), "CHU")));
        const auto before = m_backend->archives().all();
        ui::Workstation workstation(m_backend->services(), *m_settings);
        SettingsPage page(workstation);
        page.turnTo(kArchivesPage);
        const QString file = m_folder.filePath(QStringLiteral("list.json"));
        page.click("exportArchives");
        choose("exportArchivesDialog", file);
        QTRY_VERIFY(QFile::exists(file));
        QVERIFY(m_backend->archives().replaceAll({}));
        page.click("importArchives");
        choose("importArchivesDialog", file);
        QTRY_COMPARE(m_backend->archives().all(), before);
    }

    // --- Search ---

    void findsInEveryArchiveAndNamesWhatIsDown_data() { looks(); }
    void findsInEveryArchiveAndNamesWhatIsDown()
    {
        QFETCH(QString, language);
        QFETCH(bool, bright);
        dress(language, bright);
        auto down = named(settingsOf(m_orthanc), "RÉGION");
        down.port = test::freePort();
        useArchives({named(settingsOf(m_orthanc), "CHU"), named(settingsOf(m_qrscp), "CLINIQUE"), down});
        Room room(*this);
        room.window.setPlace({session::SearchPlace::Kind::Everywhere, {}});
        const QString name = language + (bright ? QStringLiteral("-bright-") : QStringLiteral("-dark-"));
        keepPicture(room.window, name + QStringLiteral("search-empty"));
        room.click<QPushButton>("searchAnyway"); // there is no question yet
        QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered(), kLimitMs);
        auto &search = room.windows.search();
        QVERIFY(search.rowCount() >= 4);
        const QString problems = room.find<QLabel>("searchProblems")->text();
        QVERIFY2(problems.contains(QStringLiteral("RÉGION")) && !problems.contains(QStringLiteral("CHU")),
                 qPrintable(problems));
        int everywhere = 0, remote = 0;
        for (int row = 0; row < search.rowCount(); ++row) {
            everywhere += search.archivesOf(search.rowAt(row)).size() == 2 && search.rowAt(row).local ? 1 : 0;
            remote += search.rowAt(row).whereabouts() == session::Whereabouts::Remote ? 1 : 0;
            QVERIFY(!search.rowAt(row).conflict);
        }
        QCOMPARE(everywhere, 1); // brain-mr
        QVERIFY(remote >= 3);
        room.table().selectRow(0);
        QTest::keyClick(&room.table(), Qt::Key_Down);
        QTRY_VERIFY(room.find<QPushButton>("openButton")->isEnabled());
        const QStringList clipped = test::clippedTexts(room.window);
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'|')));
        keepPicture(room.window, name + QStringLiteral("search-found"));
    }

    void aWholeArchiveIsAskedForOnlyOnTheReadersWord()
    {
        useArchives({named(settingsOf(m_orthanc), "CHU")});
        Room room(*this);
        room.window.setPlace({session::SearchPlace::Kind::Everywhere, {}});
        room.type(QStringLiteral("p"));
        QTest::keyClick(room.find<QWidget>("searchField"), Qt::Key_Return);
        QVERIFY(room.find<QPushButton>("searchAnyway")->isVisible());
        QVERIFY(room.windows.search().sources().empty());
        keepPicture(room.window, QStringLiteral("search-too-broad"));
        room.type(QStringLiteral("no such patient"));
        QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered(), kLimitMs); // by itself, after a pause
        QCOMPARE(room.windows.search().rowCount(), 0);
        QVERIFY(room.find<QWidget>("searchHint")->isVisible());
        // Back at this workstation the list is as it was.
        QTest::keyClick(room.find<QWidget>("searchField"), Qt::Key_Escape);
        room.window.setPlace({});
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), 1, kLimitMs);
    }

    void aSearchIsSavedAsAWorklist()
    {
        useArchives({named(settingsOf(m_orthanc), "CHU")});
        {
            Room room(*this);
            room.window.setPlace({session::SearchPlace::Kind::Archive, QStringLiteral("CHU")});
            room.find<QAction>("modalityMR")->trigger();
            room.find<QAction>("saveSearch")->trigger();
            auto *window = room.find<QWidget>("worklistWindow");
            QVERIFY(window != nullptr);
            window->findChild<QLineEdit *>(QStringLiteral("worklistName"))->setText(QStringLiteral("Neuro"));
            window->findChild<QSpinBox *>(QStringLiteral("worklistMinutes"))->setValue(5);
            keepPicture(*window, QStringLiteral("worklist-save"));
            QTest::mouseClick(window->findChild<QPushButton *>(QStringLiteral("worklistKeep")),
                              Qt::LeftButton);
            // It is asked at once: the reader has said so.
            QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered(), kLimitMs);
            QVERIFY(room.windows.search().rowCount() >= 1);
            QCOMPARE(room.window.json().value(QLatin1String("worklist")).toString(), QStringLiteral("Neuro"));
        }
        Room room(*this);
        room.window.setPlace({});
        room.click<QPushButton>("clearAllFilters");
        auto *places = room.find<QTreeWidget>("places");
        const auto found = places->findItems(QStringLiteral("Neuro"), Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        places->setCurrentItem(found.front());
        QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered(), kLimitMs);
        QTRY_COMPARE(places->findItems(QStringLiteral("Neuro"), Qt::MatchExactly).front()->text(1),
                     QString::number(room.windows.search().rowCount()));
        keepPicture(room.window, QStringLiteral("worklist-shown"));
        room.windows.worklists().remove(QStringLiteral("Neuro"));
        QVERIFY(places->findItems(QStringLiteral("Neuro"), Qt::MatchExactly).isEmpty());
        room.windows.worklists().undoRemove();
        QCOMPARE(places->findItems(QStringLiteral("Neuro"), Qt::MatchExactly).size(), 1);
    }

    void asksByEachFieldAlone()
    {
        useArchives({named(settingsOf(m_orthanc), "CHU")});
        Room room(*this);
        room.window.setPlace({session::SearchPlace::Kind::Everywhere, {}});
        room.click<QPushButton>("searchAnyway");
        QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered(), kLimitMs);
        const auto row = room.windows.search().rowAt(0);
        room.click<QToolButton>("moreFilters");
        auto *field = room.find<QLineEdit>("filterPatientId");
        QTRY_VERIFY(field->isVisible());
        QTest::keyClicks(field, QString::fromStdString(row.study.patient.id));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered() && room.windows.search().rowCount() > 0, kLimitMs);
        for (int at = 0; at < room.windows.search().rowCount(); ++at)
            QCOMPARE(room.windows.search().rowAt(at).study.patient.id, row.study.patient.id);
        keepPicture(room.window, QStringLiteral("search-more"));
        // The same fields narrow this workstation.
        room.window.setPlace({});
        field->setText(QStringLiteral("nobody"));
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), 0, kLimitMs);
    }

    void sendsStudiesOfThisWorkstation()
    {
        useArchives({named(settingsOf(m_qrscp), "CLINIQUE")});
        Room room(*this);
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), 1, kLimitMs);
        room.find<QAction>("sendStudy")->trigger();
        auto *menu = room.find<QMenu>("sendMenu");
        for (QAction *action : menu->actions())
            if (action->text() == QLatin1String("CLINIQUE"))
                action->trigger();
        menu->close();
        auto *text = room.find<QLabel>("sendText");
        QTRY_VERIFY_WITH_TIMEOUT(room.find<QWidget>("sendDismiss")->isVisible(), kLimitMs);
        const int images = room.windows.studies().studyAt(0).instances;
        QVERIFY2(text->text().startsWith(QStringLiteral("%1 of %1 image").arg(images)),
                 qPrintable(text->text()));
        keepPicture(room.window, QStringLiteral("sent"));
        // One that is down says so, and nothing is said to be sent.
        auto down = named(settingsOf(m_qrscp), "DOWN");
        down.port = test::freePort();
        useArchives({down});
        room.find<QAction>("sendStudy")->trigger();
        for (QAction *action : room.find<QMenu>("sendMenu")->actions())
            if (action->text() == QLatin1String("DOWN"))
                action->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(text->text().startsWith(QLatin1String("0 of ")), kLimitMs);
        QCOMPARE(text->property("role").toString(), QStringLiteral("error"));
    }

    void anUnreadableListIsSaidAndNotWrittenOver()
    {
        QVERIFY(m_backend->archives().add(named(settingsOf(m_orthanc), "CHU")));
        const QString path = m_folder.filePath(QStringLiteral("cache/archives.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray good = file.readAll();
        const QByteArray damaged = "{ oops";
        QVERIFY(file.resize(0) && file.seek(0) && file.write(damaged) == damaged.size());
        file.close();
        ui::Workstation workstation(m_backend->services(), *m_settings);
        SettingsPage page(workstation);
        page.turnTo(kArchivesPage);
        QTRY_VERIFY(!page.get<QLabel>("archivesMessage").text().isEmpty());
        keepPicture(page.window(), QStringLiteral("archives-unreadable"));
        page.click("removeArchive");
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), damaged);
        file.close();
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(good), good.size());
    }

    /// The last one: what it opens and fetches comes into the cache.
    void opensWhatIsHereAndAsksForWhatIsNot()
    {
        useArchives({named(settingsOf(m_orthanc), "CHU")});
        Room room(*this);
        room.window.setPlace({session::SearchPlace::Kind::Archive, QStringLiteral("CHU")});
        room.click<QPushButton>("searchAnyway");
        QTRY_VERIFY_WITH_TIMEOUT(room.isAnswered(), kLimitMs);
        auto &search = room.windows.search();
        QSignalSpy here(&room.window, &ui::StudyListWindow::openRequested);
        QSignalSpy remote(&room.window, &ui::StudyListWindow::openRemoteRequested);
        QSignalSpy fetched(&room.window, &ui::StudyListWindow::fetchRequested);
        std::vector<session::FoundRow> theirs;
        session::FoundRow ours;
        for (int row = 0; row < search.rowCount(); ++row)
            if (search.rowAt(row).local)
                ours = search.rowAt(row);
            else
                theirs.push_back(search.rowAt(row));
        QVERIFY(ours.local && theirs.size() >= 2);
        const auto press = [&](const session::FoundRow &row, Qt::Key key, Qt::KeyboardModifiers modifiers) {
            room.window.activateWindow();
            QTRY_VERIFY(room.window.isActiveWindow());
            room.table().setFocus();
            room.table().selectRow(search.rowOf(row.study.uid, row.study.patient));
            QTest::keyClick(&room.table(), key, modifiers);
        };
        press(theirs[0], Qt::Key_D, Qt::ControlModifier);
        QTRY_COMPARE(fetched.count(), 1);
        press(theirs[1], Qt::Key_Return, Qt::NoModifier);
        QTRY_COMPARE(remote.count(), 1);
        const auto request = remote.front().front().value<session::RequestedStudy>();
        QCOMPARE(request.archive, std::string("CHU"));
        QCOMPARE(request.uid, theirs[1].study.uid);
        QCOMPARE(request.patient, theirs[1].study.patient);
        QCOMPARE(here.count(), 0);
        press(ours, Qt::Key_Return, Qt::NoModifier);
        QTRY_COMPARE(here.count(), 1);
        QCOMPARE(remote.count(), 1);
    }

private:
    static void looks()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("bright");
        QTest::newRow("English, dark") << QStringLiteral("en_GB") << false;
        QTest::newRow("French, bright") << QStringLiteral("fr_FR") << true;
    }
    static void dress(const QString &language, bool bright)
    {
        ui::setLanguage(*qApp, QLocale(language));
        ui::Look look;
        look.theme = bright ? ui::Look::Theme::Bright : ui::Look::Theme::Dark;
        ui::applyLook(*qApp, look);
    }
    void useArchives(const std::vector<archive::Settings> &archives)
    {
        QVERIFY(m_backend->archives().replaceAll(archives));
    }
    /// Types into a field and leaves it.
    static void fill(SettingsPage &page, const char *field, const QString &value)
    {
        auto &edit = page.get<QLineEdit>(field);
        edit.setText(value);
        edit.setModified(true);
        Q_EMIT edit.editingFinished();
    }
    static void choose(const char *dialogName, const QString &path)
    {
        QFileDialog *dialog = nullptr;
        for (QWidget *widget : QApplication::allWidgets())
            if (widget->objectName() == QLatin1String(dialogName))
                dialog = qobject_cast<QFileDialog *>(widget);
        QVERIFY(dialog != nullptr);
        dialog->selectFile(path);
        dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setText(path);
        QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    }

    /// The windows with the list shown.
    struct Room
    {
        explicit Room(tst_ArchiveRoom &test) : windows(test.m_backend->services(), *test.m_settings)
        {
            windows.showStudyList();
            if (!QTest::qWaitForWindowActive(&window))
                QTest::qFail("the list is not shown", __FILE__, __LINE__);
        }
        template <typename Type>
        Type *find(const char *name)
        {
            return window.findChild<Type *>(QLatin1String(name));
        }
        template <typename Type>
        void click(const char *name)
        {
            QTest::mouseClick(find<Type>(name), Qt::LeftButton);
        }
        void type(const QString &text)
        {
            find<QLineEdit>("searchField")->clear();
            QTest::keyClicks(find<QLineEdit>("searchField"), text);
        }
        bool isAnswered() { return !windows.search().isAsking() && windows.search().answeredAt().isValid(); }
        QTableView &table() { return *find<QTableView>("foundTable"); }

        ui::Workstation windows;
        ui::StudyListWindow &window = windows.studyListWindow();
        StudyListPage page{window};
    };

    QTemporaryDir m_folder;
    test::OrthancServer m_orthanc;
    test::DcmqrscpServer m_qrscp;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
};

int main(int argc, char **argv)
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_ArchiveRoom test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ArchiveRoom.moc"
