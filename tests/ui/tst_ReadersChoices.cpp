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
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QDoubleSpinBox>
#include <QtWidgets/QLabel>

#include <algorithm>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;
using test::SettingsPage;

namespace {

constexpr int kLimitMs = 30000;
constexpr int kPresetsPage = 3, kCornersPage = 4;

} // namespace

/// Window presets, corner text and the keys of the study list as a reader chooses them, and what comes of it
/// in the windows that are open.
class tst_ReadersChoices : public QObject
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

    void changesWindowPresetsWhileAWindowIsOpen()
    {
        ReadingPage page(open());
        const auto presetText = [&page](int digit) {
            const auto *action = page.window().findChild<QAction *>(QStringLiteral("preset%1").arg(digit));
            return action->isVisible() ? action->text() : QString();
        };
        {
            SettingsPage settings(*m_workstation);
            settings.turnTo(kPresetsPage);
            settings.choosePresetsOf(QStringLiteral("CT"));
            auto &table = settings.get<QTableWidget>("presetsTable");
            QCOMPARE(table.rowCount(), 9);
            QVERIFY(!settings.get<QAbstractButton>("addPreset").isEnabled()); // a digit for each
            table.selectRow(0);
            settings.write("presetName", QStringLiteral("Pancreas"));
            settings.get<QDoubleSpinBox>("presetCentre").setValue(75);
            settings.get<QDoubleSpinBox>("presetWidth").setValue(250);
            settings.click("presetDown");
            QCOMPARE(table.currentRow(), 1);
            table.selectRow(8);
            settings.click("removePreset");
            QCOMPARE(table.rowCount(), 8);
            keepPicture(settings.window(), QStringLiteral("settings-presets"));
            settings.window().hide();
        }
        // At once, in the window that is open.
        QVERIFY(presetText(2).startsWith(QLatin1String("Pancreas")));
        QVERIFY(presetText(1).startsWith(QLatin1String("Lung")));
        QVERIFY(presetText(9).isEmpty());
        activate(page.window());
        page.key(Qt::Key_2);
        QTRY_VERIFY(page.state().window && page.state().window->width == 250.0);
        QCOMPARE(page.state().window->center, 75.0);
        QCOMPARE(page.state().windowName, QStringLiteral("Pancreas"));
        restart();
        ReadingPage again(open());
        again.key(Qt::Key_2);
        QTRY_VERIFY(again.state().window && again.state().window->width == 250.0);

        SettingsPage settings(*m_workstation);
        settings.turnTo(kPresetsPage);
        settings.click("resetPresets");
        QCOMPARE(settings.get<QTableWidget>("presetsTable").rowCount(), 9);
        settings.click("undoPresets");
        QCOMPARE(settings.get<QTableWidget>("presetsTable").rowCount(), 8);
        settings.click("resetPresets");
        activate(again.window());
        again.key(Qt::Key_2);
        QTRY_VERIFY(again.state().window && again.state().window->width == 1500.0);
    }

    void saysWhyAPresetIsNotKept()
    {
        SettingsPage settings(*m_workstation);
        settings.turnTo(kPresetsPage);
        settings.choosePresetsOf(QStringLiteral("MR"));
        auto &message = settings.get<QLabel>("presetMessage");
        const auto kept = [this] { return m_workstation->presets().inForce().of(QStringLiteral("MR")); };
        settings.click("addPreset");
        settings.click("addPreset");
        QCOMPARE(kept().size(), std::size_t(2));
        const auto before = kept();
        settings.write("presetName", QString());
        QVERIFY2(message.text().contains(QLatin1String("needs a name")), qPrintable(message.text()));
        settings.write("presetName", before.front().name);
        QVERIFY2(message.text().contains(QLatin1String("has this name")), qPrintable(message.text()));
        QVERIFY(kept() == before);
        settings.write("presetName", QStringLiteral("Narrow"));
        settings.get<QDoubleSpinBox>("presetWidth").setValue(0.5);
        QVERIFY2(message.text().contains(QLatin1String("at least 1")), qPrintable(message.text()));
        keepPicture(settings.window(), QStringLiteral("settings-presets-problem"));
        QCOMPARE(kept().back().name, QStringLiteral("Narrow"));
        QVERIFY(kept().back().window.width >= 1);
    }

    void changesTheCornerTextWhileAWindowIsOpen()
    {
        using session::CornerField;
        ReadingPage page(open());
        page.viewport().grab();
        SettingsPage settings(*m_workstation);
        settings.turnTo(kCornersPage);
        settings.choose("cornerModality", QStringLiteral("CT"));
        const auto select = [&](const char *list, CornerField field) {
            auto &widget = settings.get<QListWidget>(list);
            for (int row = 0; row < widget.count(); ++row)
                if (widget.item(row)->data(Qt::UserRole).toInt() == static_cast<int>(field))
                    widget.setCurrentRow(row);
        };
        const auto layout = [&](const char *modality) {
            return page.presenter().cornerLayouts().of(QLatin1String(modality));
        };
        // Who it is can be moved but not removed.
        select("cornerTopLeft", CornerField::PatientName);
        QVERIFY(!settings.get<QAbstractButton>("removeCornerLine").isEnabled());
        QVERIFY(settings.get<QLabel>("cornerMessage").text().contains(QLatin1String("not removed")));
        settings.click("cornerDown");
        QCOMPARE(layout("CT")[0][1], CornerField::PatientName);
        select("cornerTopRight", CornerField::Institution);
        settings.click("removeCornerLine");
        select("cornerBottomRight", CornerField::Window);
        settings.get<QComboBox>("cornerWhere").setCurrentIndex(1);
        Q_EMIT settings.get<QComboBox>("cornerWhere").activated(1);
        settings.choose("hiddenCornerLines", static_cast<int>(CornerField::Matrix));
        settings.click("addCornerLine");
        const auto &topRight = layout("CT")[1];
        QVERIFY(std::count(topRight.begin(), topRight.end(), CornerField::Institution) == 0);
        QVERIFY(std::count(topRight.begin(), topRight.end(), CornerField::Window) == 1);
        QVERIFY(std::count(topRight.begin(), topRight.end(), CornerField::Matrix) == 1);
        QVERIFY(layout("MR") == session::usualCorners()); // it has not been asked
        keepPicture(settings.window(), QStringLiteral("settings-corners"));
        settings.window().hide();
        keepPicture(page.window(), QStringLiteral("corner-text-of-the-reader"));
        const auto chosen = layout("CT");
        restart();
        ReadingPage again(open());
        QVERIFY(again.presenter().cornerLayouts().of(QStringLiteral("CT")) == chosen);
        SettingsPage once(*m_workstation);
        once.turnTo(kCornersPage);
        once.choose("cornerModality", QStringLiteral("CT"));
        once.click("resetCorners");
        QVERIFY(again.presenter().cornerLayouts().of(QStringLiteral("CT")) == session::usualCorners());
    }

    void changesKeysOfTheStudyListForGood()
    {
        {
            SettingsPage settings(*m_workstation);
            settings.turnTo(1);
            QVERIFY(settings.selectAction(QStringLiteral("Study list: Open the study")));
            settings.pressNewKey("setKey", Qt::Key_O, Qt::ControlModifier);
            QVERIFY(settings.selectAction(QStringLiteral("Study list: Search the studies")));
            settings.pressNewKey("setKey", Qt::Key_F7);
            keepPicture(settings.window(), QStringLiteral("settings-keys-of-the-list"));
            settings.window().hide();
        }
        QVERIFY(m_workstation->bindings().toJson().contains("openStudy")); // in profiles
        for (const bool again : {false, true}) {
            if (again)
                restart();
            m_workstation->showStudyList();
            auto &window = m_workstation->studyListWindow();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            auto *table = window.findChild<QWidget *>(QStringLiteral("studyTable"));
            QTRY_COMPARE(m_workstation->studies().rowCount() > 0, true);
            window.selectStudy(m_study);
            table->setFocus();
            QTest::keyClick(table, Qt::Key_Return); // no longer
            QVERIFY(m_workstation->readingWindows().empty());
            QTest::keyClick(table, Qt::Key_F7);
            QTRY_VERIFY(window.findChild<QWidget *>(QStringLiteral("searchField"))->hasFocus());
            table->setFocus();
            QTest::keyClick(table, Qt::Key_O, Qt::ControlModifier);
            QTRY_COMPARE(m_workstation->readingWindows().size(), std::size_t(1));
        }
    }

    void findsTheActsOfTheStudyListByTyping()
    {
        m_workstation->showStudyList();
        auto &window = m_workstation->studyListWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(m_workstation->studies().rowCount() > 0);
        window.selectStudy(m_study);
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(window.findChild<QWidget *>(QStringLiteral("commandPalette")) != nullptr);
        auto *field = window.findChild<QLineEdit *>(QStringLiteral("commandField"));
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("open the study in a new"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(m_workstation->readingWindows().size(), std::size_t(1));
    }

    void stateTellsThemeLanguageAndKeys()
    {
        const auto told = [this] {
            return m_workstation->json().value(QStringLiteral("settings")).toObject();
        };
        QCOMPARE(told(), (QJsonObject{{QStringLiteral("theme"), QStringLiteral("dark")},
                                      {QStringLiteral("language"), QStringLiteral("en_GB")},
                                      {QStringLiteral("keyProfile"), QStringLiteral("delivered")}}));
        QVERIFY(m_settings->set(session::Setting::Theme, QStringLiteral("bright")));
        ui::setLanguage(*qApp, QLocale(QStringLiteral("fr_FR")));
        m_workstation->bindings().setKeys(QStringLiteral("fit"), {QStringLiteral("Ctrl+Alt+J")});
        QCOMPARE(told(), (QJsonObject{{QStringLiteral("theme"), QStringLiteral("bright")},
                                      {QStringLiteral("language"), QStringLiteral("fr_FR")},
                                      {QStringLiteral("keyProfile"), QStringLiteral("own")}}));
    }

    void theLanguageIsChosenForTheNextStart()
    {
        SettingsPage settings(*m_workstation);
        settings.choose("language", QStringLiteral("fr_FR"));
        QCOMPARE(m_settings->text(session::Setting::Language), QStringLiteral("fr_FR"));
        QCOMPARE(QLocale().name(), QStringLiteral("en_GB")); // not now: half a window would be in each
        QVERIFY(settings.get<QWidget>("languageNote").isVisible());
    }

    void theWheelWithShiftScrollsWhereThereIsOnePhase()
    {
        ReadingPage page(open());
        const int place = page.presenter().active()->target();
        page.wheel(-2, Qt::ShiftModifier);
        QTRY_COMPARE(page.presenter().active()->target(), place + 2);
    }

private:
    static void activate(QWidget &window)
    {
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
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
    tst_ReadersChoices test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ReadersChoices.moc"
