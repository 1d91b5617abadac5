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

#include <QtCore/QJsonDocument>
#include <QtCore/QMap>
#include <QtCore/QSet>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>

#include <algorithm>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;
using test::StudyListPage;

namespace {

constexpr int kLimitMs = 30'000;
/// Distinct greys or colours that a picture with a sane window has at the least, corner text left out.
constexpr int kLeastTones = 12;

QString fromEnvironment(const char *name, const QString &otherwise)
{
    const QString value = qEnvironmentVariable(name);
    return value.isEmpty() ? otherwise : value;
}

/// The tones of a viewport but for its margins, where the corner text is.
int tonesOf(ui::ViewportWidget &viewport)
{
    const QImage shown = viewport.grab().toImage();
    QSet<QRgb> tones;
    for (int y = shown.height() / 4; y < shown.height() * 3 / 4; y += 2)
        for (int x = shown.width() / 4; x < shown.width() * 3 / 4; x += 2)
            tones.insert(shown.pixel(x, y));
    return static_cast<int>(tones.size());
}

} // namespace

/// One study of each modality found, opened and read by keyboard alone, in English on dark and in French on
/// bright; a picture of each is kept.
///
/// NEGATOSCOPE_WALK_DATA names other folders to walk through, separated by colons.
class tst_ModalityWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ui::initialiseResources();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(512) << 20, 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        std::vector<std::string> folders;
        for (const QString &folder :
             fromEnvironment("NEGATOSCOPE_WALK_DATA",
                             QStringLiteral(NEGATOSCOPE_TEST_DATA ":" NEGATOSCOPE_SAMPLES))
                 .split(u':'))
            folders.push_back(folder.toStdString());
        QVERIFY(m_backend->cache().openInPlace(folders, {}, {}));
        chooseStudies();
        QVERIFY(m_studies.size() > 5);
    }

    void cleanupTestCase() { m_backend.reset(); }

    void readsByKeyboard_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("bright");
        QTest::newRow("English, dark") << QStringLiteral("en_GB") << false;
        QTest::newRow("French, bright") << QStringLiteral("fr_FR") << true;
    }
    void readsByKeyboard()
    {
        QFETCH(QString, language);
        QFETCH(bool, bright);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Look look;
        look.theme = bright ? ui::Look::Theme::Bright : ui::Look::Theme::Dark;
        ui::applyLook(*qApp, look);
        m_settings->places().clear();
        ui::Workstation workstation(m_backend->services(), *m_settings);
        for (auto study = m_studies.cbegin(); study != m_studies.cend(); ++study) {
            readOne(workstation, *study, QStringLiteral("walk-%1-%2").arg(language, study.key()));
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(study.key()));
        }
        QVERIFY2(m_clipped.isEmpty(), qPrintable(m_clipped.values().join(u'\n')));
    }

private:
    /// Per modality the study that shows most.
    void chooseStudies()
    {
        const auto shown = [](const cache::StudyRecord &s) { return s.series * 1000 + s.instances; };
        for (const auto &study : m_backend->cache().studies({})) {
            for (const auto &name : study.modalities) {
                auto &best = m_studies[QString::fromStdString(name)];
                if (best.uid.isEmpty() || shown(study) > shown(best))
                    best = study;
            }
        }
        m_studies.remove(QString());
    }

    void readOne(ui::Workstation &workstation, const cache::StudyRecord &study, const QString &name)
    {
        find(workstation, study);
        if (QTest::currentTestFailed())
            return;
        collectClipped(workstation.studyListWindow());
        press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!workstation.readingWindows().empty(), kLimitMs);
        ReadingPage page(*workstation.readingWindows().front());
        QVERIFY(QTest::qWaitForWindowActive(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.presenter().study()->uid == study.uid, kLimitMs);
        for (const auto &viewport : page.presenter().viewports())
            page.presenter().cine().stop(viewport.get());
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        // Whose study it is stands there even where it has no images.
        const auto *banner = page.window().findChild<QWidget *>(QStringLiteral("patientBanner"));
        const QString id = QString::fromStdString(dicom::visibleText(study.patient.id));
        QTRY_VERIFY_WITH_TIMEOUT(banner->accessibleName().contains(id), kLimitMs);
        keepPicture(page.window(), name + QStringLiteral("-open"));
        checkTiles(page);
        collectClipped(page.window());

        const int count = page.state().count;
        press(Qt::Key_End);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.state().index == std::max(count - 1, 0), kLimitMs);
        press(Qt::Key_Home);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.state().index == 0, kLimitMs);
        press(Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.state().index == (count > 1 ? 1 : 0), kLimitMs);
        press(Qt::Key_BracketRight);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        keepPicture(page.window(), name + QStringLiteral("-turned"));
        press(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(QTest::qWaitForWindowActive(&workstation.studyListWindow()));
    }

    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QVERIFY2(focus != nullptr, "nothing has the keyboard");
        QTest::keyClick(focus, key, modifiers);
    }

    /// Chooses the study by typing its patient's id and going down.
    static void find(ui::Workstation &workstation, const cache::StudyRecord &study)
    {
        auto &window = workstation.studyListWindow();
        workstation.showStudyList();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        press(Qt::Key_F, Qt::ControlModifier);
        press(Qt::Key_A, Qt::ControlModifier);
        press(Qt::Key_Delete);
        QTest::keyClicks(QApplication::focusWidget(), QString::fromStdString(study.patient.id));
        auto &studies = workstation.studies();
        QTRY_VERIFY_WITH_TIMEOUT(!studies.isSearching() && studies.rowOf(study.uid) >= 0, kLimitMs);
        const auto *table = window.findChild<QAbstractItemView *>(QStringLiteral("studyTable"));
        const auto isChosen = [&] {
            const int row = table->currentIndex().row();
            return row >= 0 && studies.studyAt(row).uid == study.uid;
        };
        press(Qt::Key_Down); // into the table, and to its first row
        press(Qt::Key_Home, Qt::ControlModifier);
        for (int row = 0; row < studies.rowCount() && !isChosen(); ++row)
            press(Qt::Key_Down);
        QVERIFY2(isChosen(), study.uid.value().c_str());
        const auto isPreviewed = [&] {
            const auto &shown = workstation.preview().study();
            return shown && shown->uid == study.uid;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isPreviewed(), kLimitMs);
    }

    void collectClipped(QWidget &window)
    {
        for (const QString &text : test::clippedTexts(window))
            m_clipped.insert(text);
    }

    static void checkTiles(ReadingPage &page)
    {
        for (auto *viewport : static_cast<ui::ReadingWindow &>(page.window()).viewports()) {
            const QJsonObject tile = viewport->presenter()->json();
            const QByteArray text = QJsonDocument(tile).toJson(QJsonDocument::Compact);
            const auto &state = viewport->presenter()->state();
            using Content = session::ViewportState::Content;
            if (state.content == Content::Empty || !viewport->isVisible())
                continue;
            if (state.content == Content::Failed) {
                QVERIFY2(!tile.value(QLatin1String("error")).toString().isEmpty(), text.constData());
                continue;
            }
            QVERIFY2(state.picture != nullptr, text.constData());
            // Masks and tiny test pictures have few tones of their own.
            const auto range = state.picture->valueRange();
            const bool fewTones = !state.picture->isColour() && range.high - range.low < kLeastTones;
            const auto size = state.picture->size();
            if (!fewTones && std::min(size.width, size.height) >= 64)
                QVERIFY2(tonesOf(*viewport) >= kLeastTones, text.constData());
        }
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    QMap<QString, cache::StudyRecord> m_studies;
    QSet<QString> m_clipped;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_ModalityWalk test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ModalityWalk.moc"
