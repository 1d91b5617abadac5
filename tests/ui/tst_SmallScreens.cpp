#include "pages/Pages.h"
#include "pages/Texts.h"

#include "Backend.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;

namespace {

constexpr int kLimitMs = 30000;

template <typename T>
T &part(QWidget &window, const char *name)
{
    return *window.findChild<T *>(QLatin1String(name));
}

} // namespace

/// The reading window on the screens of laptops: nothing is cut off, nothing is out of reach.
class tst_SmallScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ui::initialiseResources();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        for (const auto &[sample, study] : {std::pair("/chest-ct", &m_ct), std::pair("/elbow-dx", &m_dx)}) {
            session::ImportPresenter imports(m_backend->services());
            QSignalSpy finished(&imports, &session::ImportPresenter::finished);
            imports.start({QStringLiteral(NEGATOSCOPE_SAMPLES) + QLatin1String(sample)},
                          session::ImportPresenter::Mode::Import);
            QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
            const auto &report = imports.lastReport();
            QVERIFY(report && *report && !(*report)->studies.empty());
            *study = (*report)->studies.front();
        }
    }

    void cleanupTestCase() { m_backend.reset(); }

    void cleanup()
    {
        m_settings->places().clear();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
    }

    void everythingIsThereOnASmallScreen_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("language");
        for (const QSize size : {QSize(1280, 720), QSize(1366, 768)})
            for (const char *language : {"en_GB", "fr_FR"})
                QTest::addRow("%dx%d %s", size.width(), size.height(), language)
                    << size << QString::fromLatin1(language);
    }
    void everythingIsThereOnASmallScreen()
    {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ui::ReadingWindow &window = workstation.openStudy(m_ct);
        window.resize(size);
        ReadingPage page(window);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        workstation.openStudy(m_dx, true);
        auto &question = part<QWidget>(window, "personQuestion");
        QTRY_VERIFY_WITH_TIMEOUT(question.isVisible(), kLimitMs);
        QTRY_COMPARE(window.size(), size); // nothing makes it larger
        for (const char *name :
             {"purposeNotice", "helpButton", "settingsButton", "personNo", "personBoth", "personInstead"}) {
            auto &widget = part<QWidget>(window, name);
            QVERIFY2(widget.isVisible() &&
                         window.rect().contains(QRect(widget.mapTo(&window, QPoint()), widget.size())),
                     name);
        }
        const QStringList clipped = test::clippedTexts(window);
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'|')));
        keepPicture(window, QStringLiteral("%1-small-%2").arg(language).arg(size.width()));

        // What has no room in the toolbar is in the menu at its end, in words.
        auto &bar = part<QToolBar>(window, "readingToolBar");
        auto &more = part<QToolButton>(window, "qt_toolbar_ext_button");
        int hidden = 0;
        for (QAction *action : bar.actions()) {
            const QWidget *button = bar.widgetForAction(action);
            if (button != nullptr && !button->isVisible() && !action->isSeparator()) {
                ++hidden;
                QVERIFY(!action->text().isEmpty());
            }
        }
        QCOMPARE(more.isVisible(), hidden > 0);
        QVERIFY(more.isVisible());
        QVERIFY(more.menu() != nullptr);
        more.menu()->popup(more.mapToGlobal(QPoint())); // showMenu() would wait for the reader
        QTRY_VERIFY(more.menu()->isVisible());
        QStringList offered;
        for (const QAction *action : more.menu()->actions())
            if (!action->isSeparator())
                offered << action->text();
        QVERIFY2(!offered.contains(QString()), qPrintable(offered.join(u'|')));
        QCOMPARE(offered.size(), hidden);
        keepPicture(*more.menu(), QStringLiteral("%1-small-more-%2").arg(language).arg(size.width()));
        more.menu()->close();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    base::StudyUid m_ct, m_dx;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_SmallScreens test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_SmallScreens.moc"
