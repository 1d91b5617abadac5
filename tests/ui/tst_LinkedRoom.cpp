#include "pages/Pages.h"

#include "Backend.h"

#include <Phantom.h>
#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>

#include <QtCore/QJsonArray>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <cmath>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;

namespace {
constexpr int kLimitMs = 30000;
}

/// Several series and several patients on screen, as a reader sees them.
class tst_LinkedRoom : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;

    cache::StudyRecord studyOf(const std::string &patientId, const std::string &date) const
    {
        for (const auto &study : m_backend->cache().studies({}))
            if (study.patient.id == patientId && study.studyDate == date)
                return study;
        return {};
    }

    void hang(ReadingPage &page, const std::vector<std::string> &descriptions) const
    {
        page.presenter().setLayout({2, 2});
        for (std::size_t i = 0; i < descriptions.size(); ++i)
            for (const auto &series : m_backend->cache().series(page.presenter().study()->uid))
                if (series.description == descriptions[i])
                    page.presenter().showSeries(static_cast<int>(i), series.uid);
        page.presenter().setActive(0);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
    }

    static QJsonObject tile(const ReadingPage &page, int index)
    {
        return page.presenter().json().value(QLatin1String("viewports")).toArray().at(index).toObject();
    }

    /// At how many of 19 places between its ends a tile shows a line.
    static int hits(ui::ViewportWidget &viewport, const QJsonObject &line)
    {
        const QImage image = viewport.grab().toImage();
        const auto from = line.value(QLatin1String("from")).toArray(),
                   to = line.value(QLatin1String("to")).toArray();
        int found = 0;
        for (int i = 1; i < 20; ++i) {
            const double x = from[0].toDouble() + (to[0].toDouble() - from[0].toDouble()) * i / 20;
            const double y = from[1].toDouble() + (to[1].toDouble() - from[1].toDouble()) * i / 20;
            bool near = false;
            for (int dx = -1; dx <= 1; ++dx)
                for (int dy = -1; dy <= 1; ++dy) {
                    const QPoint at(int(std::lround(x)) + dx, int(std::lround(y)) + dy);
                    if (!image.rect().contains(at))
                        continue;
                    // The picture and its text are grey: what is bluer than red is the line.
                    const QRgb seen = image.pixel(at);
                    near = near || qBlue(seen) - qRed(seen) > 40;
                }
            found += near;
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QGuiApplication::platformName() == QLatin1String("xcb") ||
                     qEnvironmentVariableIsSet("NEGATOSCOPE_ANY_PLATFORM"),
                 "needs an X server: tests/run.sh starts one");
        ui::initialiseResources();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        const auto head = [&](const char *name, const QStringList &more) {
            return test::runGenerator(
                QStringList{QStringLiteral("head"), QStringLiteral("--out"),
                            m_folder.filePath(QStringLiteral("data/") + QLatin1String(name))} +
                more);
        };
        const QString only = QStringLiteral("--only");
        QVERIFY(head("now", {}));
        QVERIFY(head("prior", {QStringLiteral("--study"), QStringLiteral("prior"), QStringLiteral("--date"),
                               QStringLiteral("20260811"), QStringLiteral("--frame"), QStringLiteral("prior"),
                               QStringLiteral("--shift"), QStringLiteral("0,0,120"), only,
                               QStringLiteral("axial,sagittal")}));
        QVERIFY(head("other",
                     {QStringLiteral("--patient-id"), QStringLiteral("OTHER-7"), QStringLiteral("--patient"),
                      QStringLiteral("Durand^Paul"), only, QStringLiteral("axial,coronal")}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({m_folder.filePath(QStringLiteral("data"))}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
    }

    void cleanupTestCase() { m_backend.reset(); }
    void cleanup() { m_settings->places().clear(); }

    void showsLinesAndCursor_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void showsLinesAndCursor()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(studyOf("PHANTOM-1", "20261122")));
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        hang(page, {"axial", "sagittal", "coronal", "axial-thin"});
        page.wheel(-8);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && tile(page, 0).value(QLatin1String("index")).toInt() == 9,
                                 kLimitMs);
        QCOMPARE(tile(page, 3).value(QLatin1String("link")).toString(), QStringLiteral("position"));
        keepPicture(page.window(), language + QStringLiteral("-20-reference-lines"));
        for (const int other : {1, 2}) {
            const auto lines = tile(page, other).value(QLatin1String("referenceLines")).toArray();
            QCOMPARE(lines.size(), 3);
            const auto current = lines.at(2).toObject();
            QVERIFY(current.value(QLatin1String("current")).toBool());
            QVERIFY(hits(*page.viewportAt(other), current) > 12);
        }
        page.key(Qt::Key_O);
        QTRY_VERIFY(tile(page, 1).value(QLatin1String("referenceLines")).toArray().isEmpty());
        page.key(Qt::Key_O);

        page.key(Qt::Key_J);
        QTRY_VERIFY(page.presenter().tool() == session::Tool::Cursor);
        page.drag(Qt::LeftButton, {40, -30});
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && tile(page, 2).contains(QLatin1String("cursor")),
                                 kLimitMs);
        for (int i = 0; i < 4; ++i)
            QTRY_VERIFY_WITH_TIMEOUT(!tile(page, i)
                                          .value(QLatin1String("cursor"))
                                          .toObject()
                                          .value(QLatin1String("offPlane"))
                                          .toBool(),
                                     kLimitMs);
        keepPicture(page.window(), language + QStringLiteral("-21-cursor"));
        page.presenter().viewportAt(1)->scrollBy(4);
        QTRY_VERIFY_WITH_TIMEOUT(
            tile(page, 1).value(QLatin1String("cursor")).toObject().value(QLatin1String("offPlane")).toBool(),
            kLimitMs);
        keepPicture(page.window(), language + QStringLiteral("-22-cursor-off-slice"));
        page.key(Qt::Key_W);
        QTRY_VERIFY(!tile(page, 1).contains(QLatin1String("cursor")));

        page.key(Qt::Key_U);
        QTRY_COMPARE(tile(page, 3).value(QLatin1String("link")).toString(), QStringLiteral("none"));
        page.key(Qt::Key_L);
        QTRY_COMPARE(tile(page, 3).value(QLatin1String("link")).toString(), QStringLiteral("position"));
    }

    void remembersThatTheReaderUnlinked()
    {
        {
            ui::Workstation workstation(m_backend->services(), *m_settings);
            ReadingPage page(workstation.openStudy(studyOf("PHANTOM-1", "20261122")));
            QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
            page.key(Qt::Key_U);
            page.key(Qt::Key_O);
            QTRY_VERIFY(!page.presenter().links().showsReferenceLines());
            QTRY_VERIFY(m_settings->places().value(QStringLiteral("reading/linked")) == QVariant(false));
        }
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(studyOf("PHANTOM-1", "20261122")));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        QCOMPARE(page.presenter().links().mode(), session::LinkedViewing::Mode::Off);
        QVERIFY(!page.presenter().links().showsReferenceLines());
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_LinkedRoom test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_LinkedRoom.moc"
