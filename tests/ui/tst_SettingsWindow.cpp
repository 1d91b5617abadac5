#include "pages/Pages.h"
#include "pages/SettingsPage.h"

#include "Backend.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/Bindings.h>
#include <session/ImportPresenter.h>
#include <session/Settings.h>
#include <session/StudyListModel.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QTextBrowser>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;
using test::SettingsPage;
using test::topLevel;

namespace {

constexpr int kLimitMs = 30000;

} // namespace

/// Settings, commands and help, as a reader uses them.
class tst_SettingsWindow : public QObject
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
        start();
        QSignalSpy finished(&m_workstation->imports(), &session::ImportPresenter::finished);
        m_workstation->importPaths({QStringLiteral(NEGATOSCOPE_SAMPLES "/chest-ct")});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
        const auto &report = m_workstation->imports().lastReport();
        QVERIFY(report && *report && !(*report)->studies.empty());
        m_study = (*report)->studies.front();
    }

    void cleanupTestCase()
    {
        m_workstation.reset();
        m_backend.reset();
    }

    void init()
    {
        m_workstation.reset();
        QFile::remove(file());
        start();
    }

    void cleanup()
    {
        ui::applyLook(*qApp, {});
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
    }

    void changesKeysAndMouseForGood()
    {
        {
            SettingsPage settings(*m_workstation);
            settings.turnTo(1);
            QVERIFY(settings.selectAction(QStringLiteral("Invert greys")));
            settings.pressNewKey("setKey", Qt::Key_R);
            QCOMPARE(m_workstation->bindings().keysOf(QStringLiteral("invert")),
                     QStringList{QStringLiteral("R")});
            settings.turnTo(2);
            settings.choose("gestureKind", 0);
            settings.choose("gestureButton", static_cast<int>(Qt::RightButton));
            settings.choose("gestureAct", QStringLiteral("toolPan"));
            settings.click("setGesture");
        }
        for (const bool again : {false, true}) {
            if (again)
                restart();
            ReadingPage page(open());
            page.key(Qt::Key_N); // no longer
            QVERIFY(!page.state().render.inverted);
            page.key(Qt::Key_R);
            QTRY_VERIFY(page.state().render.inverted);
            QVERIFY(page.window()
                        .findChild<QAction *>(QStringLiteral("invert"))
                        ->toolTip()
                        .endsWith(QStringLiteral("(R)")));
            const auto window = page.state().window;
            const double pan = page.state().view.panX;
            page.drag(Qt::RightButton, {60, 0});
            QTRY_VERIFY(page.state().view.panX != pan);
            QVERIFY(page.state().window == window);
        }
    }

    void saysWhoElseHasAKeyAndTakesIt()
    {
        SettingsPage settings(*m_workstation);
        settings.turnTo(1);
        QVERIFY(settings.selectAction(QStringLiteral("Invert greys")));
        settings.pressNewKey("addKey", Qt::Key_H);
        auto &conflict = settings.get<QLabel>("keyConflict");
        QVERIFY(conflict.text().contains(QStringLiteral("Flip left and right")));
        keepPicture(settings.window(), QStringLiteral("settings-keys-conflict"));
        settings.click("takeKey");
        QVERIFY(conflict.text().isEmpty());
        QVERIFY(m_workstation->bindings().keysOf(QStringLiteral("flip")).isEmpty());
        QCOMPARE(m_workstation->bindings().conflicts().size(), std::size_t(0));
        settings.click("defaultKey");
        QCOMPARE(m_workstation->bindings().keysOf(QStringLiteral("invert")),
                 QStringList{QStringLiteral("N")});
    }

    void takesKeysThatWouldMoveTheFocusOrClose()
    {
        SettingsPage settings(*m_workstation);
        settings.turnTo(1);
        QVERIFY(settings.selectAction(QStringLiteral("Invert greys")));
        settings.pressNewKey("setKey", Qt::Key_Tab);
        QCOMPARE(m_workstation->bindings().keysOf(QStringLiteral("invert")),
                 QStringList{QStringLiteral("Tab")});
        settings.pressNewKey("setKey", Qt::Key_Escape, Qt::ControlModifier);
        QCOMPARE(m_workstation->bindings().keysOf(QStringLiteral("invert")),
                 QStringList{QStringLiteral("Ctrl+Esc")});
        QVERIFY(settings.window().isVisible());
    }

    void searchesActionsAndKeys()
    {
        SettingsPage settings(*m_workstation);
        settings.turnTo(1);
        auto &table = settings.get<QTableWidget>("keysTable");
        QTest::keyClicks(&settings.get<QLineEdit>("keysSearch"), QStringLiteral("F11"));
        QStringList shown;
        for (int row = 0; row < table.rowCount(); ++row)
            if (!table.isRowHidden(row))
                shown << table.item(row, 0)->text();
        QCOMPARE(shown, QStringList{QStringLiteral("Full screen")});
    }

    void exportsAndImportsAProfile()
    {
        const QString profile = m_folder.filePath(QStringLiteral("mine.json"));
        {
            SettingsPage settings(*m_workstation);
            settings.turnTo(1);
            m_workstation->bindings().setKeys(QStringLiteral("fit"), {QStringLiteral("Ctrl+G")});
            settings.click("keysExport");
            choose("exportProfileDialog", profile);
            QTRY_VERIFY(QFile::exists(profile));
            settings.click("keysUseProfile"); // as delivered
            QCOMPARE(m_workstation->bindings().keysOf(QStringLiteral("fit")),
                     QStringList{QStringLiteral("F")});
            settings.click("keysUndo");
            QCOMPARE(m_workstation->bindings().keysOf(QStringLiteral("fit")),
                     QStringList{QStringLiteral("Ctrl+G")});
        }
        m_workstation.reset(); // another station
        QFile::remove(file());
        start();
        SettingsPage settings(*m_workstation);
        settings.turnTo(2);
        settings.click("mouseImport");
        choose("importProfileDialog", profile);
        QTRY_COMPARE(m_workstation->bindings().keysOf(QStringLiteral("fit")),
                     QStringList{QStringLiteral("Ctrl+G")});
    }

    void findsCommandsByTyping()
    {
        ReadingPage page(open());
        const auto palette = [&page] {
            return page.window().findChild<QWidget *>(QStringLiteral("commandPalette"));
        };
        page.key(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette() != nullptr && palette()->isVisible());
        auto *field = palette()->findChild<QLineEdit *>(QStringLiteral("commandField"));
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("lung"));
        keepPicture(page.window(), QStringLiteral("commands"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(page.state().window && page.state().window->width == 1500.0);
        QTRY_VERIFY(palette() == nullptr);
        QVERIFY(page.viewport().hasFocus()); // back where it was

        page.key(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette() != nullptr);
        QTest::keyClick(palette()->findChild<QLineEdit *>(QStringLiteral("commandField")), Qt::Key_Escape);
        QTRY_VERIFY(palette() == nullptr);
    }

    void changesTheThemeWhileItRuns()
    {
        ReadingPage page(open());
        SettingsPage settings(*m_workstation);
        settings.choose("theme", QStringLiteral("bright"));
        QCOMPARE(ui::currentLook().theme, ui::Look::Theme::Bright);
        keepPicture(settings.window(), QStringLiteral("bright-settings"));
        settings.window().hide();
        keepPicture(page.window(), QStringLiteral("bright-reading"));
        keepPicture(m_workstation->studyListWindow(), QStringLiteral("bright-studies"));
        const QImage tile = page.viewport().grab().toImage();
        QCOMPARE(tile.pixelColor(2, tile.height() / 4), QColor(Qt::black)); // viewports stay black
        restart();
        QCOMPARE(ui::lookFrom(*m_settings).theme, ui::Look::Theme::Bright);
    }

    void looksRightInBothLanguages_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void looksRightInBothLanguages()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        restart();
        SettingsPage settings(*m_workstation);
        const int pages = settings.get<QListWidget>("settingsPages").count();
        for (int page = 0; page < pages; ++page) {
            settings.turnTo(page);
            keepPicture(settings.window(), QStringLiteral("%1-settings-%2").arg(language).arg(page));
        }
        settings.window().hide();
        m_workstation->showHelp();
        auto *help = topLevel("helpWindow");
        QVERIFY(help != nullptr);
        auto *list = help->findChild<QListWidget *>(QStringLiteral("helpPages"));
        auto *text = help->findChild<QTextBrowser *>(QStringLiteral("helpText"));
        for (int page = 0; page < list->count(); ++page) {
            list->setCurrentRow(page);
            QVERIFY2(text->toPlainText().size() > 200, qPrintable(list->item(page)->text()));
            QVERIFY(!text->toPlainText().contains(QLatin1String("@")));
            keepPicture(*help, QStringLiteral("%1-help-%2").arg(language).arg(page));
        }
    }

    void showsTheKeysOfNowInTheHelp()
    {
        m_workstation->bindings().setKeys(QStringLiteral("fit"), {QStringLiteral("Ctrl+Alt+J")});
        m_workstation->showHelp();
        auto *help = topLevel("helpWindow");
        help->findChild<QListWidget *>(QStringLiteral("helpPages"))->setCurrentRow(2);
        auto *text = help->findChild<QTextBrowser *>(QStringLiteral("helpText"));
        QVERIFY(text->toPlainText().contains(QStringLiteral("Ctrl+Alt+J")));
        m_workstation->bindings().resetAll();
        QVERIFY(!text->toPlainText().contains(QStringLiteral("Ctrl+Alt+J")));
    }

    void namesEverythingAndReachesItByTab()
    {
        ReadingPage page(open());
        m_workstation->showSettings();
        m_workstation->showHelp();
        int seen = 0;
        for (QWidget *window : {&page.window(), static_cast<QWidget *>(&m_workstation->studyListWindow()),
                                topLevel("settingsWindow"), topLevel("helpWindow")}) {
            for (QWidget *widget : window->findChildren<QWidget *>()) {
                if (!isInteractive(*widget))
                    continue;
                ++seen;
                const QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widget);
                const QString place = window->objectName() + u'/' + widget->objectName() + u'/' +
                                      QLatin1String(widget->metaObject()->className());
                QVERIFY2(told != nullptr && told->role() != QAccessible::NoRole, qPrintable(place));
                QVERIFY2(!told->text(QAccessible::Name).isEmpty(), qPrintable(place));
                QVERIFY2(!widget->objectName().isEmpty(), qPrintable(place));
                QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(place));
            }
        }
        QVERIFY2(seen > 60, qPrintable(QString::number(seen)));
    }

    void leavesTheWindowThatIsRead()
    {
        ReadingPage page(open());
        page.window().activateWindow();
        QTRY_VERIFY(page.window().isActiveWindow());
        page.viewport().setFocus();
        QSignalSpy finished(&m_workstation->imports(), &session::ImportPresenter::finished);
        m_workstation->importPaths({QStringLiteral(NEGATOSCOPE_SAMPLES "/elbow-dx")});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
        QTRY_VERIFY(m_workstation->studies().rowCount() > 1); // the list has taken it
        QVERIFY(page.window().isActiveWindow());
        QVERIFY(page.viewport().hasFocus());
    }

private:
    static bool isInteractive(const QWidget &widget)
    {
        const QWidget *parent = widget.parentWidget();
        const bool inside = widget.objectName().startsWith(QLatin1String("qt_")) ||
                            qobject_cast<const QLineEdit *>(parent) != nullptr ||
                            qobject_cast<const QAbstractSpinBox *>(parent) != nullptr ||
                            qobject_cast<const QAbstractItemView *>(parent) != nullptr ||
                            parent->inherits("QComboBoxPrivateContainer");
        return !inside && (qobject_cast<const QAbstractButton *>(&widget) != nullptr ||
                           qobject_cast<const QLineEdit *>(&widget) != nullptr ||
                           qobject_cast<const QComboBox *>(&widget) != nullptr ||
                           qobject_cast<const QAbstractSpinBox *>(&widget) != nullptr ||
                           (qobject_cast<const QAbstractItemView *>(&widget) != nullptr &&
                            qobject_cast<const QHeaderView *>(&widget) == nullptr) ||
                           qobject_cast<const QTextBrowser *>(&widget) != nullptr ||
                           qobject_cast<const ui::ViewportWidget *>(&widget) != nullptr);
    }

    QString file() const { return m_folder.filePath(QStringLiteral("settings.ini")); }

    void start()
    {
        m_settings = std::make_unique<session::Settings>(file());
        m_workstation = std::make_unique<ui::Workstation>(m_backend->services(), *m_settings);
    }

    void restart()
    {
        m_workstation.reset();
        start();
    }

    ui::ReadingWindow &open()
    {
        ui::ReadingWindow &window = m_workstation->openStudy(m_study);
        ReadingPage page(window);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs); }();
        return window;
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

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    std::unique_ptr<ui::Workstation> m_workstation;
    base::StudyUid m_study;
};

int main(int argc, char **argv)
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_SettingsWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_SettingsWindow.moc"
