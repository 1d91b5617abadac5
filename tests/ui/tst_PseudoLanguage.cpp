#include "pages/Pages.h"
#include "pages/Texts.h"

#include "Backend.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <cache/Cache.h>
#include <session/Settings.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTabBar>

#include <algorithm>

using namespace negatoscope;
using test::keepPicture;
using test::PseudoLanguage;
using test::ReadingPage;

namespace {

constexpr int kLimitMs = 30'000;

QWidget *shownWindow(const char *name)
{
    for (QWidget *window : QApplication::topLevelWidgets())
        if (window->isVisible() && window->objectName() == QLatin1String(name))
            return window;
    return nullptr;
}

} // namespace

/// Every window in a language that nobody speaks, a third longer than English: a sentence without its
/// brackets was never given to translators, and a text that has no room will have none in the next language
/// either.
class tst_PseudoLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ui::initialiseResources();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        QVERIFY(QCoreApplication::installTranslator(&m_language));
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256) << 20, 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        QVERIFY(m_backend->cache().import({NEGATOSCOPE_SAMPLES}, {}, {}));
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        collectData();
        m_workstation = std::make_unique<ui::Workstation>(m_backend->services(), *m_settings);
    }

    void cleanupTestCase()
    {
        m_workstation.reset();
        QCoreApplication::removeTranslator(&m_language);
        m_backend.reset();
    }

    void studyList()
    {
        m_workstation->showStudyList();
        auto &window = m_workstation->studyListWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(m_workstation->studies().rowCount() > 0, kLimitMs);
        QVERIFY(window.selectStudy(m_workstation->studies().studyAt(0).uid));
        QTRY_VERIFY_WITH_TIMEOUT(m_workstation->preview().study().has_value(), kLimitMs);
        check(window, QStringLiteral("list"));
    }

    void readingWindow()
    {
        auto &window = m_workstation->openStudy(m_workstation->studies().studyAt(0));
        ReadingPage page(window);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        page.key(Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.presenter().viewports().size() == 4, kLimitMs);
        check(window, QStringLiteral("reading"));
    }

    void settingsPages()
    {
        m_workstation->showSettings();
        QTRY_VERIFY(shownWindow("settingsWindow") != nullptr);
        QWidget &window = *shownWindow("settingsWindow");
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *pages = window.findChild<QListWidget *>();
        auto *tabs = window.findChild<QTabBar *>();
        QVERIFY(pages != nullptr || tabs != nullptr);
        const int count = pages != nullptr ? pages->count() : tabs->count();
        QVERIFY(count > 1);
        for (int i = 0; i < count; ++i) {
            if (pages != nullptr)
                pages->setCurrentRow(i);
            else
                tabs->setCurrentIndex(i);
            check(window, QStringLiteral("settings-%1").arg(i + 1));
        }
        window.close();
    }

    void help()
    {
        m_workstation->showHelp();
        QTRY_VERIFY(shownWindow("helpWindow") != nullptr);
        QWidget &window = *shownWindow("helpWindow");
        check(window, QStringLiteral("help"));
        window.close();
    }

private:
    /// What comes from the files: names, descriptions, identifiers.
    void collectData()
    {
        const auto add = [&](const std::string &text) {
            if (text.size() > 1)
                m_data.insert(QString::fromStdString(dicom::visibleText(text)).trimmed());
        };
        for (const auto &study : m_backend->cache().studies({})) {
            add(study.patient.name.display());
            add(study.patient.id);
            add(study.patient.issuer);
            add(study.description);
            add(study.accession);
            for (const auto &modality : study.modalities)
                add(modality);
            for (const auto &series : m_backend->cache().series(study.uid)) {
                add(series.description);
                add(series.modality);
                add(series.bodyPart);
            }
        }
    }

    /// Whether words are left once the data, names of things and numbers are taken away.
    bool hasOwnWords(QString text) const
    {
        QStringList data(m_data.cbegin(), m_data.cend());
        std::sort(data.begin(), data.end(), [](const auto &a, const auto &b) { return a.size() > b.size(); });
        for (const QString &known : data)
            text.remove(known, Qt::CaseInsensitive);
        static const QRegularExpression kNames(
            QStringLiteral("Negatoscope|DICOM|JPEG|English|Français|\\bQt\\b|[A-Z]{2,}|\\d+x\\d+"));
        static const QRegularExpression kWord(QStringLiteral("[A-Za-z]{3,}"));
        return text.remove(kNames).contains(kWord);
    }

    void check(QWidget &window, const QString &name)
    {
        keepPicture(window, QStringLiteral("pseudo-") + name);
        QStringList untranslated;
        for (const QString &text : test::programTexts(window))
            if (!text.contains(PseudoLanguage::kOpen) && hasOwnWords(text))
                untranslated << text;
        QVERIFY2(untranslated.isEmpty(),
                 qPrintable(name + QStringLiteral(": not translated: ") + untranslated.join(u'|')));
        const QStringList clipped = test::clippedTexts(window);
        QVERIFY2(clipped.isEmpty(), qPrintable(name + QStringLiteral(": clipped: ") + clipped.join(u'|')));
    }

    QTemporaryDir m_folder;
    PseudoLanguage m_language;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    std::unique_ptr<ui::Workstation> m_workstation;
    QSet<QString> m_data;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_PseudoLanguage test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_PseudoLanguage.moc"
