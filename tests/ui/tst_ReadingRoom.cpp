#include "pages/Pages.h"

#include "Backend.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Walkthrough.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;
using test::StudyListPage;

namespace {

constexpr int kLimitMs = 30000;

/// The study with most images of a modality among those listed.
const cache::StudyRecord *studyOf(const session::StudyListModel &studies, const char *modality)
{
    const cache::StudyRecord *best = nullptr;
    for (int row = 0; row < studies.rowCount(); ++row) {
        const auto &study = studies.studyAt(row);
        const bool fits =
            std::find(study.modalities.begin(), study.modalities.end(), modality) != study.modalities.end();
        if (fits && (best == nullptr || study.instances > best->instances))
            best = &study;
    }
    return best;
}

} // namespace

/// The reader's main job, from an empty cache to a 2x2 layout, in both languages. After each step the state
/// that the program tells about itself is compared with what the step was to bring.
class tst_ReadingRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QGuiApplication::platformName() == QLatin1String("xcb") ||
                     qEnvironmentVariableIsSet("NEGATOSCOPE_ANY_PLATFORM"),
                 "needs an X server: tests/run.sh starts one");
        ui::initialiseResources();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(512 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
    }

    void cleanupTestCase() { m_backend.reset(); }

    void saysWhatToDoWhenThereIsNoStudy_data() { languages(); }
    void saysWhatToDoWhenThereIsNoStudy()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        StudyListPage list(workstation.studyListWindow());
        workstation.showStudyList();
        QTRY_VERIFY_WITH_TIMEOUT(list.isEmptyPageShown(), kLimitMs);
        keepPicture(list.window(), QStringLiteral("%1-01-empty").arg(language));
    }

    void importsAndListsRefusedFiles()
    {
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        StudyListPage list(workstation.studyListWindow());
        workstation.showStudyList();
        QSignalSpy finished(&workstation.imports(), &session::ImportPresenter::finished);
        workstation.importPaths({QStringLiteral(NEGATOSCOPE_SAMPLES)});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 4 * kLimitMs);
        const auto &report = workstation.imports().lastReport();
        QVERIFY(report && *report);
        QVERIFY((*report)->imported > 0);
        QVERIFY(!(*report)->refused.empty()); // the read-me among the samples is no DICOM file
        QTRY_VERIFY_WITH_TIMEOUT(list.listed() == static_cast<int>((*report)->studies.size()), kLimitMs);
        QVERIFY(!list.isEmptyPageShown());
        QTRY_VERIFY(!list.importText().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(workstation.preview().study().has_value(), kLimitMs);
        keepPicture(list.window(), QStringLiteral("en-02-imported"));

        auto *refused = list.window().findChild<QPushButton *>(QStringLiteral("refusedFilesButton"));
        QTest::mouseClick(refused, Qt::LeftButton);
        auto *window = list.window().findChild<QWidget *>(QStringLiteral("refusedFilesWindow"));
        QVERIFY(window != nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(window));
        auto *table = window->findChild<QTableWidget *>(QStringLiteral("refusedFilesTable"));
        QCOMPARE(table->rowCount(), static_cast<int>((*report)->refused.size()));
        QVERIFY(!table->item(0, 1)->text().isEmpty());
        keepPicture(*window, QStringLiteral("en-03-refused"));
        window->close();
    }

    void findsOpensAndReads_data() { languages(); }
    void findsOpensAndReads()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        auto &studies = workstation.studies();
        QAbstractItemModelTester tester(&studies);
        StudyListPage list(workstation.studyListWindow());
        workstation.showStudyList();
        QVERIFY(QTest::qWaitForWindowExposed(&list.window()));
        QTRY_VERIFY_WITH_TIMEOUT(list.listed() > 1, kLimitMs);
        const int all = list.listed();

        // Find.
        const auto *ct = studyOf(studies, "CT");
        QVERIFY(ct != nullptr);
        const cache::StudyRecord study = *ct;
        const QString name = QString::fromStdString(study.patient.id).left(6).toLower();
        list.search(name);
        QTRY_VERIFY_WITH_TIMEOUT(!studies.isSearching() && studies.question().words == name, kLimitMs);
        QVERIFY(list.listed() > 0 && list.listed() < all);
        QTRY_VERIFY_WITH_TIMEOUT(
            workstation.preview().study() && workstation.preview().series().rowCount() > 0, kLimitMs);
        keepPicture(list.window(), language + QStringLiteral("-04-found"));

        // Open.
        list.open(QString::fromStdString(study.uid.value()));
        QCOMPARE(workstation.readingWindows().size(), std::size_t(1));
        ReadingPage page(*workstation.readingWindows().front());
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QCOMPARE(page.tile().value(QLatin1String("studyInstanceUid")).toString(),
                 QString::fromStdString(study.uid.value()));
        QCOMPARE(page.tile().value(QLatin1String("content")).toString(), QStringLiteral("picture"));
        page.key(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.presenter().viewports().size() == 1, kLimitMs);
        keepPicture(page.window(), language + QStringLiteral("-05-open"));

        scrolls(page, language);
        windows(page, language);
        zooms(page, language);
        laysOut(page, workstation, language);
        m_settings->places().clear();
    }

    void showsEveryKindOfSample_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("modality");
        for (const char *language : {"en_GB", "fr_FR"}) {
            for (const char *modality : {"MR", "DX", "US"})
                QTest::addRow("%s %s", language, modality)
                    << QString::fromLatin1(language) << QString::fromLatin1(modality);
        }
    }
    void showsEveryKindOfSample()
    {
        QFETCH(QString, language);
        QFETCH(QString, modality);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        QTRY_VERIFY_WITH_TIMEOUT(workstation.studies().rowCount() > 0, kLimitMs);
        const auto *study = studyOf(workstation.studies(), qPrintable(modality));
        if (study == nullptr)
            QSKIP("no such sample");
        ReadingPage page(workstation.openStudy(*study));
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        for (const auto &viewport : page.presenter().viewports())
            QVERIFY(viewport->state().content != session::ViewportState::Content::Failed);
        keepPicture(page.window(), language + QStringLiteral("-10-") + modality);
    }

    void saysWhyAnImageCannotBeShown_data() { languages(); }
    void saysWhyAnImageCannotBeShown()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        QSignalSpy finished(&workstation.imports(), &session::ImportPresenter::finished);
        workstation.importPaths({QStringLiteral(NEGATOSCOPE_TEST_DATA "/ts/wg04/CT2_JPH")});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
        const auto &report = workstation.imports().lastReport();
        QVERIFY(report && *report && !(*report)->studies.empty());
        ReadingPage page(workstation.openStudy((*report)->studies.front()));
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QCOMPARE(page.tile().value(QLatin1String("content")).toString(), QStringLiteral("failed"));
        QCOMPARE(page.tile().value(QLatin1String("error")).toString(),
                 QStringLiteral("unsupportedTransferSyntax"));
        // Never plain black (P21): the tile is hatched.
        const QImage tile = page.viewport().grab().toImage();
        QSet<QRgb> colours;
        for (int x = 0; x < tile.width(); ++x)
            colours.insert(tile.pixel(x, tile.height() / 4));
        QVERIFY(colours.size() > 1 && !colours.contains(qRgb(0, 0, 0)));
        keepPicture(page.window(), language + QStringLiteral("-11-failed"));
    }

    void offersTheSameActionsInMenus()
    {
        ui::setLanguage(*qApp, QLocale(QStringLiteral("fr_FR")));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        QTRY_VERIFY_WITH_TIMEOUT(workstation.studies().rowCount() > 0, kLimitMs);
        const auto *study = studyOf(workstation.studies(), "CT");
        QVERIFY(study != nullptr);
        ReadingPage page(workstation.openStudy(*study));
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QTest::mouseClick(&page.viewport(), Qt::RightButton, {}, page.viewport().rect().center());
        auto *menu = page.window().findChild<QMenu *>(QStringLiteral("viewportMenu"));
        QVERIFY(menu != nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(menu));
        QVERIFY(menu->actions().contains(page.window().findChild<QAction *>(QStringLiteral("invert"))));
        keepPicture(*menu, QStringLiteral("fr_FR-12-context-menu"));
        menu->close();
        for (const char *name : {"layoutMenu", "presetMenu"}) {
            auto *popup = page.window().findChild<QMenu *>(QLatin1String(name));
            popup->popup(page.window().mapToGlobal(QPoint(200, 100)));
            QVERIFY(QTest::qWaitForWindowExposed(popup));
            keepPicture(*popup, QStringLiteral("fr_FR-13-%1").arg(QLatin1String(name)));
            popup->close();
        }
    }

    void walksThroughByItself()
    {
        QTemporaryDir folder;
        ui::setLanguage(*qApp, QLocale(QStringLiteral("fr_FR")));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::Walkthrough walk(workstation, folder.path());
        QSignalSpy finished(&walk, &ui::Walkthrough::finished);
        walk.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 3 * kLimitMs);
        if (finished.front().front().toInt() != 0)
            qWarning("%s", QJsonDocument(workstation.json()).toJson().constData());
        QVERIFY2(finished.front().front().toInt() == 0, qPrintable(finished.front().at(1).toString()));
        QVERIFY(walk.pictures().size() >= 10);
    }

private:
    static void languages()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }

    static void scrolls(ReadingPage &page, const QString &language)
    {
        const int first = page.state().index, count = page.state().count;
        QVERIFY(count > 10);
        page.key(Qt::Key_Home);
        QTRY_COMPARE_WITH_TIMEOUT(page.tile().value(QLatin1String("index")).toInt(), 1, kLimitMs);
        page.wheel(-5);
        QTRY_COMPARE_WITH_TIMEOUT(page.tile().value(QLatin1String("index")).toInt(), 6, kLimitMs);
        page.key(Qt::Key_Down);
        QTRY_COMPARE_WITH_TIMEOUT(page.tile().value(QLatin1String("index")).toInt(), 7, kLimitMs);
        page.key(Qt::Key_Up);
        page.key(Qt::Key_Up);
        QTRY_COMPARE_WITH_TIMEOUT(page.tile().value(QLatin1String("index")).toInt(), 5, kLimitMs);
        page.key(Qt::Key_End);
        QTRY_COMPARE_WITH_TIMEOUT(page.tile().value(QLatin1String("index")).toInt(), count, kLimitMs);
        page.key(Qt::Key_S);
        page.drag(Qt::LeftButton, {0, -40});
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.state().index < count - 1, kLimitMs);
        keepPicture(page.window(), language + QStringLiteral("-06-scrolled"));
        Q_UNUSED(first)
    }

    static void windows(ReadingPage &page, const QString &language)
    {
        page.key(Qt::Key_2); // Lung
        QTRY_COMPARE(
            page.tile().value(QLatin1String("window")).toObject().value(QLatin1String("width")).toDouble(),
            1500.0);
        QCOMPARE(
            page.tile().value(QLatin1String("window")).toObject().value(QLatin1String("center")).toDouble(),
            -600.0);
        keepPicture(page.window(), language + QStringLiteral("-07-lung"));
        page.drag(Qt::RightButton, {100, 0});
        QTRY_VERIFY(page.state().window->width > 1500.0);
        const double level = page.state().window->center;
        page.key(Qt::Key_W);
        page.drag(Qt::LeftButton, {0, 60});
        QTRY_VERIFY(page.state().window->center < level); // down brightens
        page.key(Qt::Key_N);
        QTRY_VERIFY(page.tile().value(QLatin1String("inverted")).toBool());
        page.key(Qt::Key_N);
        QTRY_VERIFY(!page.tile().value(QLatin1String("inverted")).toBool());
    }

    static void zooms(ReadingPage &page, const QString &language)
    {
        const double fitted = page.tile().value(QLatin1String("zoom")).toDouble();
        page.wheel(4, Qt::ControlModifier);
        QTRY_VERIFY(page.tile().value(QLatin1String("zoom")).toDouble() > fitted * 1.5);
        page.drag(Qt::MiddleButton, {60, 30});
        QTRY_VERIFY(page.tile().value(QLatin1String("pan")).toArray().at(0).toDouble() != 0);
        keepPicture(page.window(), language + QStringLiteral("-08-zoomed"));
        const auto left = page.tile()
                              .value(QLatin1String("orientation"))
                              .toObject()
                              .value(QLatin1String("left"))
                              .toString();
        page.key(Qt::Key_H);
        QTRY_VERIFY(page.tile()
                        .value(QLatin1String("orientation"))
                        .toObject()
                        .value(QLatin1String("right"))
                        .toString() == left);
        page.key(Qt::Key_BracketRight);
        QTRY_COMPARE(page.tile().value(QLatin1String("rotation")).toInt(), 90);
        page.key(Qt::Key_E);
        QTRY_COMPARE(page.tile().value(QLatin1String("zoom")).toDouble(), 1.0);
        const int index = page.state().index;
        page.key(Qt::Key_Escape);
        QTRY_VERIFY(page.tile().value(QLatin1String("fitted")).toBool());
        QCOMPARE(page.tile().value(QLatin1String("rotation")).toInt(), 0);
        QCOMPARE(page.state().index, index);
    }

    static void laysOut(ReadingPage &page, const ui::Workstation &workstation, const QString &language)
    {
        page.key(Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().viewports().size() == 4 && page.isSettled(), kLimitMs);
        QCOMPARE(workstation.json()
                     .value(QLatin1String("windows"))
                     .toArray()
                     .at(0)
                     .toObject()
                     .value(QLatin1String("layout"))
                     .toString(),
                 QStringLiteral("2x2"));
        keepPicture(page.window(), language + QStringLiteral("-09-layout-2x2"));
        page.doubleClick();
        QTRY_VERIFY(page.presenter().maximised().has_value());
        page.doubleClick();
        QTRY_VERIFY(!page.presenter().maximised().has_value());
        page.clickSeries(0);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        page.key(Qt::Key_I);
        QTRY_VERIFY(page.presenter().cornerText() == session::ReadingPresenter::CornerText::Minimal);
        page.key(Qt::Key_I);
        page.key(Qt::Key_I);
        QTRY_VERIFY(page.presenter().cornerText() == session::ReadingPresenter::CornerText::Full);
        page.key(Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(page.presenter().viewports().size(), std::size_t(1));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_ReadingRoom test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ReadingRoom.moc"
