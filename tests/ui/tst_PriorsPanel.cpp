#include "pages/Pages.h"
#include "pages/Texts.h"

#include "ArchiveFixture.h"
#include "Backend.h"
#include "OrthancServer.h"
#include "Phantom.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Walkthrough.h>
#include <ui/Workstation.h>

#include <cache/Cache.h>
#include <session/Archives.h>
#include <session/Settings.h>
#include <session/TransferQueue.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;

namespace {

constexpr int kLimitMs = 30'000;

struct Made
{
    const char *name, *date, *patient;
};
/// One is on this workstation, the others are in the archive: last year's, an old one, and one that has the
/// same number under another name.
constexpr Made kNow{"now", "20261101", nullptr}, kLast{"last", "20251101", nullptr},
    kOld{"old", "20181101", nullptr}, kStranger{"stranger", "20261001", "Durand^Paul"};

} // namespace

/// The patient's other exams in a reading window, with a real archive.
class tst_PriorsPanel : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    test::OrthancServer m_orthanc;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;

    QString folderOf(const Made &made) const { return m_folder.filePath(QLatin1String(made.name)); }
    bool make(const Made &made) const
    {
        QStringList words{QStringLiteral("head"),   QStringLiteral("--out"),  folderOf(made),
                          QStringLiteral("--only"), QStringLiteral("axial"),  QStringLiteral("--study"),
                          QLatin1String(made.name), QStringLiteral("--date"), QLatin1String(made.date)};
        if (made.patient != nullptr)
            words << QStringLiteral("--patient") << QLatin1String(made.patient);
        return test::runGenerator(words);
    }
    bool start(const Made &here)
    {
        m_backend.reset();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache-%1").arg(m_starts++)),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        if (!backend)
            return false;
        m_backend = *std::move(backend);
        const auto report = m_backend->cache().import({folderOf(here).toStdString()}, {}, {});
        return report && report->studies.size() == 1 && m_backend->archives().replaceAll({archive()});
    }
    archive::Settings archive() const
    {
        auto settings = test::settingsFor(m_orthanc.title, m_orthanc.port);
        settings.name = "CHU";
        return settings;
    }
    cache::StudyRecord now() const
    {
        for (const auto &study : m_backend->cache().studies({}))
            if (study.studyDate == kNow.date)
                return study;
        return {};
    }
    bool isHere(const Made &made) const
    {
        const auto studies = m_backend->cache().studies({});
        return std::any_of(studies.begin(), studies.end(),
                           [&](const auto &study) { return study.studyDate == made.date; });
    }
    /// The windows, told of changes of the cache as the program tells them.
    struct Room
    {
        explicit Room(tst_PriorsPanel &test)
            : backend(*test.m_backend),
              workstation(backend.services(), *test.m_settings)
        {
            backend.cache().setChangedHandler([windows = &workstation] {
                QMetaObject::invokeMethod(windows, &ui::Workstation::refreshStudies, Qt::QueuedConnection);
            });
        }
        ~Room() { backend.cache().setChangedHandler({}); }

        app::Backend &backend;
        ui::Workstation workstation;
    };

    static QListView &listOf(ui::ReadingWindow &window)
    {
        return *window.findChild<QListView *>(QStringLiteral("priorsList"));
    }
    static QStringList rowsOf(ui::ReadingWindow &window)
    {
        QStringList rows;
        const auto *model = listOf(window).model();
        for (int row = 0; row < model->rowCount(); ++row)
            rows << model->index(row, 0).data(Qt::ToolTipRole).toString();
        return rows;
    }
    static void click(ui::ReadingWindow &window, int row)
    {
        auto &list = listOf(window);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                          list.visualRect(list.model()->index(row, 0)).center());
    }

    int m_starts = 0;

private Q_SLOTS:
    void initTestCase()
    {
        ui::initialiseResources();
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
        for (const Made &made : {kNow, kLast, kOld, kStranger})
            QVERIFY(make(made));
        for (const Made &made : {kNow, kLast, kOld, kStranger})
            QVERIFY(test::sendFolder(test::settingsFor(m_orthanc.title, m_orthanc.port), folderOf(made)));
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
    }
    void init()
    {
        m_settings->places().clear();
        m_settings->set(session::Setting::PriorsFetched, 0);
        QVERIFY(start(kNow));
    }
    void cleanup()
    {
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        ui::applyLook(*qApp, {});
    }
    void cleanupTestCase() { m_backend.reset(); }

    void listsTheArchivesExamsAndOpensOneBeside_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("bright");
        QTest::newRow("English, dark") << QStringLiteral("en_GB") << false;
        QTest::newRow("French, bright") << QStringLiteral("fr_FR") << true;
    }
    void listsTheArchivesExamsAndOpensOneBeside()
    {
        QFETCH(QString, language);
        QFETCH(bool, bright);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Look look;
        look.theme = bright ? ui::Look::Theme::Bright : ui::Look::Theme::Dark;
        ui::applyLook(*qApp, look);
        Room room(*this);
        ui::ReadingWindow &window = room.workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(window).size(), 3, kLimitMs);
        const QStringList rows = rowsOf(window);
        QVERIFY2(rows[0].contains(QStringLiteral("2025")) && rows[0].contains(QStringLiteral("CHU")),
                 qPrintable(rows[0]));
        QVERIFY(rows[1].contains(QStringLiteral("2018")));
        QVERIFY(rows[2].contains(QStringLiteral("DURAND"), Qt::CaseInsensitive));
        QVERIFY(!isHere(kLast));
        const QStringList clipped = test::clippedTexts(window);
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'|')));
        keepPicture(window, language + QStringLiteral("-priors-found"));

        const auto instance = page.state().facts.instance;
        click(window, 0);
        QTRY_COMPARE_WITH_TIMEOUT(page.presenter().besides().size(), std::size_t(1), kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QCOMPARE(page.presenter().besides().front().study.studyDate, std::string(kLast.date));
        QCOMPARE(page.state().facts.instance, instance); // nothing moved under the reader
        QTRY_VERIFY_WITH_TIMEOUT(!rowsOf(window)[0].contains(tr("Only")), kLimitMs);
        keepPicture(window, language + QStringLiteral("-priors-beside"));
    }

    void whatIsPerhapsAnotherPersonsIsAskedAbout()
    {
        m_settings->set(session::Setting::PriorsFetched, 3);
        Room room(*this);
        ui::ReadingWindow &window = room.workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(window).size(), 3, kLimitMs);
        // The others come by themselves, this one does not.
        QTRY_VERIFY_WITH_TIMEOUT(isHere(kLast), kLimitMs);
        QVERIFY(!isHere(kStranger));
        click(window, 2);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().question().has_value(), kLimitMs);
        QVERIFY(page.presenter().besides().empty());
        keepPicture(window, QStringLiteral("priors-question"));
        page.presenter().answer(session::ReadingPresenter::Answer::No);
        QVERIFY(page.presenter().besides().empty());
    }

    void oneKeyOpensTheMostRelevant()
    {
        Room room(*this);
        ui::ReadingWindow &window = room.workstation.openStudy(now());
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(window).size(), 3, kLimitMs);
        page.key(Qt::Key_H, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(page.presenter().besides().size(), std::size_t(1), kLimitMs);
        QCOMPARE(page.presenter().besides().front().study.studyDate, std::string(kLast.date));
    }

    /// Of MR alone: what a step before it still tells makes no picture of a step that was left out.
    void theWalkFindsReadsAndComparesFromTheArchive()
    {
        Room room(*this);
        const QString folder = m_folder.filePath(QStringLiteral("walk"));
        ui::Walkthrough walk(room.workstation, folder);
        QSignalSpy finished(&walk, &ui::Walkthrough::finished);
        walk.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 4 * kLimitMs);
        QVERIFY2(finished.front().front().toInt() == 0, qPrintable(finished.front().at(1).toString()));
        QStringList steps;
        for (const QString &path : walk.pictures())
            steps << QFileInfo(path).completeBaseName().mid(3);
        QCOMPARE(steps,
                 (QStringList{QStringLiteral("study-list"), QStringLiteral("mr-series"),
                              QStringLiteral("archives-found"), QStringLiteral("study-of-an-archive"),
                              QStringLiteral("priors-of-an-archive"), QStringLiteral("prior-beside")}));
        // The list again, all of it, though a reading window had come over it.
        const auto part = [&](int step, const QRect &rect) {
            return QImage(walk.pictures().at(step)).convertToFormat(QImage::Format_RGB32).copy(rect);
        };
        const QRect buttons(1200, 0, 400, 36), rows(300, 150, 800, 500);
        QCOMPARE(part(2, buttons), part(0, buttons));
        QVERIFY(part(2, rows) != part(1, rows));
        QCOMPARE(part(2, rows).pixel(400, 480), part(0, rows).pixel(400, 480));
    }

    void anArchiveThatIsDownIsNamed()
    {
        auto down = archive();
        down.name = "RÉGION";
        down.port = test::freePort();
        QVERIFY(m_backend->archives().add(down));
        Room room(*this);
        ui::ReadingWindow &window = room.workstation.openStudy(now());
        auto *problems = window.findChild<QLabel *>(QStringLiteral("priorsProblems"));
        QTRY_VERIFY_WITH_TIMEOUT(problems->isVisible(), kLimitMs);
        QVERIFY2(problems->text().contains(QStringLiteral("RÉGION")), qPrintable(problems->text()));
        QCOMPARE(rowsOf(window).size(), 3);
        const QStringList clipped = test::clippedTexts(window);
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'|')));
        keepPicture(window, QStringLiteral("priors-archive-down"));
    }
};

QTEST_MAIN(tst_PriorsPanel)
#include "tst_PriorsPanel.moc"
