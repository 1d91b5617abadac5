#include "pages/Pages.h"

#include "Backend.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>
#include <session/StudyKeeping.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>

#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QDropEvent>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace negatoscope;
using test::keepPicture;
using test::StudyListPage;

namespace {
constexpr int kLimitMs = 30000;
}

/// The study list as a reader works with it: order, columns, filters, deleting and bringing back, keeping.
class tst_StudyList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ui::initialiseResources();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        const auto report = m_backend->cache().import({NEGATOSCOPE_SAMPLES}, {}, {});
        QVERIFY(report && report->studies.size() > 2);
        m_studies = static_cast<int>(report->studies.size());
    }

    void init()
    {
        m_settings->places().clear();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
    }

    void cleanupTestCase() { m_backend.reset(); }

    void sortsAndRemembersColumns()
    {
        {
            Room room(*this);
            QAbstractItemModelTester tester(&room.windows.studies());
            room.table().sortByColumn(session::StudyListModel::Patient, Qt::AscendingOrder);
            QTRY_VERIFY_WITH_TIMEOUT(!room.windows.studies().isSearching(), kLimitMs);
            QStringList names = room.names(), sorted = names;
            std::sort(sorted.begin(), sorted.end());
            QCOMPARE(names, sorted);
            room.table().sortByColumn(session::StudyListModel::Patient, Qt::DescendingOrder);
            QTRY_VERIFY_WITH_TIMEOUT(!room.windows.studies().isSearching(), kLimitMs);
            QVERIFY(room.names().first() > room.names().last());
            Q_EMIT room.table().horizontalHeader()->customContextMenuRequested(QPoint(10, 10));
            auto *menu = room.table().findChild<QMenu *>(QStringLiteral("columnMenu"));
            QVERIFY(menu != nullptr);
            keepPicture(*menu, QStringLiteral("list-columns"));
            menu->findChild<QAction *>(QStringLiteral("column%1").arg(session::StudyListModel::Bytes))
                ->trigger();
            menu->close();
            QVERIFY(!room.table().isColumnHidden(session::StudyListModel::Bytes));
            keepPicture(room.page.window(), QStringLiteral("list-sorted"));
        }
        Room again(*this);
        QVERIFY(!again.table().isColumnHidden(session::StudyListModel::Bytes));
        QCOMPARE(again.table().horizontalHeader()->sortIndicatorSection(),
                 int(session::StudyListModel::Patient));
        QVERIFY(again.names().first() > again.names().last());
    }

    void combinesFiltersAndClearsThemByEsc()
    {
        Room room(*this);
        room.click<QToolButton>("datesToday");
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), 0, kLimitMs);
        QVERIFY(room.page.isEmptyPageShown());
        QTest::keyClick(room.find<QWidget>("searchField"), Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), m_studies, kLimitMs);
        room.find<QAction>("modalityCT")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(room.page.listed() > 0 && room.page.listed() < m_studies, kLimitMs);
        const QString count = room.find<QLabel>("studyCount")->text();
        QVERIFY2(count.contains(QStringLiteral(" of %1").arg(m_studies)), qPrintable(count));
        Room again(*this);
        QTRY_VERIFY_WITH_TIMEOUT(again.page.listed() > 0 && again.page.listed() < m_studies, kLimitMs);
        again.click<QPushButton>("clearAllFilters");
        QTRY_COMPARE_WITH_TIMEOUT(again.page.listed(), m_studies, kLimitMs);
    }

    void deletesAndBringsBack_data() { languages(); }
    void deletesAndBringsBack()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        Room room(*this);
        const base::StudyUid study = room.windows.studies().studyAt(1).uid;
        QVERIFY(room.windows.studyListWindow().selectStudy(study));
        room.table().setFocus(); // elsewhere Del means text
        QTest::keyClick(&room.table(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), m_studies - 1, kLimitMs);
        QCOMPARE(room.windows.studies().rowOf(study), -1);
        QTRY_VERIFY(room.find<QWidget>("noticeBar")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(room.find<QWidget>("trashButton")->isVisible(), kLimitMs);
        keepPicture(room.page.window(), language + QStringLiteral("-list-deleted"));
        QTest::keyClick(&room.table(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), m_studies, kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!room.find<QWidget>("trashButton")->isVisible(), kLimitMs);
        QVERIFY(room.windows.studies().rowOf(study) >= 0);
    }

    void doesNotDeleteWhatIsOnScreen()
    {
        Room room(*this);
        const cache::StudyRecord study = room.windows.studies().studyAt(0);
        m_backend->cache().setOpen(study.uid, true);
        QVERIFY(room.windows.studyListWindow().selectStudy(study.uid));
        room.table().setFocus(); // elsewhere Del means text
        QTest::keyClick(&room.table(), Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(room.find<QLabel>("errorLine")->isVisible(), kLimitMs);
        m_backend->cache().setOpen(study.uid, false);
        QCOMPARE(room.page.listed(), m_studies);
    }

    void keepsSeveralAtOnce()
    {
        Room room(*this);
        room.table().selectAll();
        room.find<QAction>("keepStudy")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(room.windows.studies().studyAt(m_studies - 1).pinned, kLimitMs);
        QVERIFY(room.windows.studies().studyAt(0).pinned);
        keepPicture(room.page.window(), QStringLiteral("list-kept"));
        room.find<QAction>("doNotKeepStudy")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!room.windows.studies().studyAt(m_studies - 1).pinned, kLimitMs);
    }

    void keepsTheSelectionWhileTheListRefreshes()
    {
        Room room(*this);
        const base::StudyUid study = room.windows.studies().studyAt(2).uid;
        QVERIFY(room.windows.studyListWindow().selectStudy(study));
        const base::StudyUid other = room.windows.studies().studyAt(0).uid;
        QVERIFY(m_backend->cache().moveToTrash({other}));
        room.windows.studies().refresh();
        QTRY_COMPARE_WITH_TIMEOUT(room.page.listed(), m_studies - 1, kLimitMs);
        QCOMPARE(room.windows.studies().studyAt(room.table().currentIndex().row()).uid, study);
        QVERIFY(m_backend->cache().restore({other}));
    }

    void copiesAndTellsSigns()
    {
        Room room(*this);
        const cache::StudyRecord study = room.windows.studies().studyAt(0);
        QVERIFY(room.windows.studyListWindow().selectStudy(study.uid));
        room.find<QAction>("copyStudyUid")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(study.uid.value()));
        room.click<QToolButton>("legendButton");
        auto *legend = room.find<QWidget>("studyLegend");
        QVERIFY(legend != nullptr && QTest::qWaitForWindowExposed(legend));
        keepPicture(*legend, QStringLiteral("list-legend"));
        legend->close();
    }

    void importsWhatIsDropped()
    {
        Room room(*this);
        QSignalSpy finished(&room.windows.imports(), &session::ImportPresenter::finished);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral(NEGATOSCOPE_SAMPLES)),
                      QUrl::fromLocalFile(QStringLiteral(NEGATOSCOPE_TEST_DATA "/ct"))});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        QCoreApplication::sendEvent(&room.page.window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                        Qt::NoModifier);
        QCoreApplication::sendEvent(&room.page.window(), &drop);
        QVERIFY(drop.isAccepted());
        QCOMPARE(drop.dropAction(), Qt::CopyAction);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
        const auto &report = room.windows.imports().lastReport();
        QVERIFY(report && *report && (*report)->alreadyThere > 0 && (*report)->imported > 0);
    }

private:
    static void languages()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }

    /// The windows with the list shown and filled.
    struct Room
    {
        explicit Room(tst_StudyList &test) : windows(test.m_backend->services(), *test.m_settings)
        {
            windows.showStudyList();
            if (!QTest::qWaitForWindowActive(&page.window()))
                QTest::qFail("the list is not shown", __FILE__, __LINE__);
            if (!QTest::qWaitFor([&] { return !windows.studies().isSearching(); }, kLimitMs))
                QTest::qFail("the list is not filled", __FILE__, __LINE__);
        }
        template <typename Type>
        Type *find(const char *name)
        {
            return page.window().findChild<Type *>(QLatin1String(name));
        }
        template <typename Type>
        void click(const char *name)
        {
            QTest::mouseClick(find<Type>(name), Qt::LeftButton);
        }
        QTableView &table() { return *find<QTableView>("studyTable"); }
        QStringList names()
        {
            QStringList names;
            for (int row = 0; row < page.listed(); ++row)
                names << QString::fromStdString(windows.studies().studyAt(row).patient.name.display())
                             .toLower();
            return names;
        }

        ui::Workstation windows;
        StudyListPage page{windows.studyListWindow()};
    };

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    int m_studies = 0;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_StudyList test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_StudyList.moc"
