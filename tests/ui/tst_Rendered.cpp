#include "pages/Pages.h"

#include "Backend.h"

#include <Phantom.h>
#include <VolumeView.h>
#include <session/PlanesPresenter.h>
#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>

#include <QtCore/QJsonArray>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QMouseEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;

namespace {

constexpr int kLimitMs = 120'000;

/// How many pixels are brighter than this in a part of an image.
int litIn(const QImage &image, const QRect &part, int than = 24)
{
    int lit = 0;
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x)
            lit += qGray(image.pixel(x, y)) > than ? 1 : 0;
    return lit;
}

} // namespace

/// A series as a body beside its planes, under the reader's hands.
class tst_Rendered : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;

    cache::StudyRecord chest() const
    {
        for (const auto &study : m_backend->cache().studies({}))
            if (study.modalities.front() == "CT")
                return study;
        return {};
    }

    static ui::VolumeView *viewOf(ReadingPage &page)
    {
        return page.window().findChild<ui::VolumeView *>(QStringLiteral("volumeView"));
    }

    static void open(ReadingPage &page)
    {
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        page.key(Qt::Key_V, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(viewOf(page) != nullptr && viewOf(page)->isSettled(), kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().planes()->isSettled(), kLimitMs);
    }

    static void drag(QWidget &target, Qt::MouseButton button, QPoint from, QPoint to)
    {
        QTest::mousePress(&target, button, {}, from);
        for (int part = 1; part <= 8; ++part) {
            const QPointF at = QPointF(from) + QPointF(to - from) * part / 8;
            QMouseEvent move(QEvent::MouseMove, at, target.mapToGlobal(at), Qt::NoButton, button,
                             Qt::NoModifier);
            QCoreApplication::sendEvent(&target, &move);
        }
        QTest::mouseRelease(&target, button, {}, to);
    }

    static QStringList lettersOf(const ui::VolumeView &view)
    {
        QStringList letters;
        for (const auto &letter : view.json()[QLatin1String("letters")].toArray())
            letters << letter.toString();
        return letters;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QGuiApplication::platformName() == QLatin1String("xcb"),
                 "needs an X server: tests/run.sh starts one");
        ui::initialiseResources();
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({QStringLiteral(NEGATOSCOPE_SAMPLES)}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
    }

    void cleanupTestCase() { m_backend.reset(); }
    void cleanup() { m_settings->places().clear(); }

    void showsTheBodyBesideItsPlanesAndGoesBack_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void showsTheBodyBesideItsPlanesAndGoesBack()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(chest()));
        open(page);
        const auto &view = *viewOf(page);
        keepPicture(page.window(), language + QStringLiteral("-40-body"));
        QCOMPARE(lettersOf(view), (QStringList{QStringLiteral("R"), QStringLiteral("L"), QStringLiteral("H"),
                                               QStringLiteral("F")}));
        QVERIFY(litIn(view.picture()->image, view.picture()->image.rect()) > 2000);
        // `state` tells it.
        const auto window = workstation.json()[QLatin1String("windows")].toArray().first().toObject();
        QCOMPARE(window[QLatin1String("rendered")][QLatin1String("look")].toString(), QStringLiteral("bone"));
        // Its own place in the grid, which none of the planes has.
        for (int plane = 0; plane < session::kPlanes; ++plane)
            QVERIFY(!page.viewportAt(plane)->geometry().intersects(view.geometry()));
        page.key(Qt::Key_V, Qt::ShiftModifier);
        QTRY_VERIFY(!page.presenter().planes());
        QTRY_VERIFY(viewOf(page) == nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
    }

    void turnsCutsAndLooksFromEverySide()
    {
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(chest()));
        open(page);
        auto &view = *viewOf(page);
        const auto settled = [&] { return view.isSettled(); };
        const QPoint middle = view.rect().center();

        // A drag of 180 pixels to the right is a quarter: his right side comes to the front.
        drag(view, Qt::LeftButton, middle - QPoint(90, 0), middle + QPoint(90, 0));
        QTRY_VERIFY_WITH_TIMEOUT(settled(), kLimitMs);
        QCOMPARE(lettersOf(view), (QStringList{QStringLiteral("P"), QStringLiteral("A"), QStringLiteral("H"),
                                               QStringLiteral("F")}));
        keepPicture(page.window(), QStringLiteral("41-turned"));

        view.lookFrom(rendering::Side::Feet);
        QTRY_VERIFY_WITH_TIMEOUT(settled(), kLimitMs);
        QCOMPARE(lettersOf(view), (QStringList{QStringLiteral("R"), QStringLiteral("L"), QStringLiteral("A"),
                                               QStringLiteral("P")}));

        // The wheel makes it larger; Ctrl+Shift+V shows it as at first.
        const double before = view.scene().camera.heightMm;
        QWheelEvent wheel(middle, view.mapToGlobal(middle), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
        QVERIFY(view.scene().camera.heightMm < before * 0.8);
        page.key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(settled(), kLimitMs);
        QCOMPARE(lettersOf(view).first(), QStringLiteral("R"));

        // His left half is cut away by the handle in the middle of that side.
        view.setCutting(true);
        view.setLook(QStringLiteral("skin"));
        QTRY_VERIFY_WITH_TIMEOUT(settled(), kLimitMs);
        const QRect image = view.picture()->image.rect();
        const QRect leftHalf(image.center().x() + 6, image.top(), image.width() / 2 - 6, image.height());
        const int whole = litIn(view.picture()->image, leftHalf);
        QVERIFY(whole > 2000);
        keepPicture(page.window(), QStringLiteral("42-box"));
        const auto plane = view.scene().camera.plane(view.width(), view.height());
        const auto &geometry = page.presenter().planes()->planes().geometry();
        const auto handle = plane.toImage(rendering::pointAt({1, 0.5, 0.5}, geometry));
        const auto centre = plane.toImage(rendering::pointAt({0.5, 0.5, 0.5}, geometry));
        drag(view, Qt::LeftButton, QPoint(qRound(handle.column), qRound(handle.row)),
             QPoint(qRound(centre.column), qRound(centre.row)));
        QTRY_VERIFY_WITH_TIMEOUT(settled(), kLimitMs);
        QVERIFY(std::abs(view.scene().crop.to[0] - 0.5) < 0.03);
        QVERIFY(litIn(view.picture()->image, leftHalf) < whole / 20);
        keepPicture(page.window(), QStringLiteral("43-cut"));
        view.setCutting(false);
        QVERIFY(view.scene().crop.isWhole());
    }

    void aClickPutsTheCrossOnWhatIsSeen()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(chest()));
        open(page);
        auto &view = *viewOf(page);
        view.setLook(QStringLiteral("skin"));
        QTRY_VERIFY_WITH_TIMEOUT(view.isSettled(), kLimitMs);
        const auto before = page.presenter().planes()->planes().cross();
        const QPoint at = view.rect().center();
        QTest::mouseClick(&view, Qt::LeftButton, {}, at);
        const auto after = page.presenter().planes()->planes().cross();
        QVERIFY2(after.y < before.y - 20, "the skin lies before the middle");
        const auto seen = view.scene().camera.plane(view.width(), view.height()).toImage(after);
        QVERIFY(std::abs(seen.column - at.x()) < 3 && std::abs(seen.row - at.y()) < 3);
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().planes()->isSettled(), kLimitMs);
        keepPicture(page.window(), QStringLiteral("44-on-the-skin"));
    }

    void theMenuChangesTheLook()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(chest()));
        open(page);
        auto &view = *viewOf(page);
        QTest::mouseClick(&view, Qt::RightButton, {}, view.rect().center());
        auto *menu = page.window().findChild<QMenu *>(QStringLiteral("renderedMenu"));
        auto *looks = page.window().findChild<QMenu *>(QStringLiteral("renderedLookMenu"));
        QTRY_VERIFY(menu != nullptr && menu->isVisible());
        QVERIFY(looks->actions().size() >= 5);
        for (QAction *look : looks->actions())
            if (look->objectName() == QLatin1String("mip"))
                look->trigger();
        menu->close();
        QCOMPARE(view.look(), QStringLiteral("mip"));
        QTRY_VERIFY_WITH_TIMEOUT(view.isSettled(), kLimitMs);
        keepPicture(page.window(), QStringLiteral("45-mip"));
        // Its greys are those of the window of the planes.
        const int inLungWindow = litIn(view.picture()->image, view.picture()->image.rect(), 250);
        page.presenter().viewports().front()->setWindow({700, 1400, imaging::VoiFunction::Linear});
        QTRY_VERIFY_WITH_TIMEOUT(view.isSettled() && view.scene().windowHigh == 1400, kLimitMs);
        QVERIFY(litIn(view.picture()->image, view.picture()->image.rect(), 250) < inLungWindow / 2);
        // A double click gives it the whole grid.
        const QSize small = view.size();
        QTest::mouseDClick(&view, Qt::LeftButton, {}, view.rect().center());
        QTRY_VERIFY(view.width() > small.width() * 3 / 2);
        QTRY_VERIFY_WITH_TIMEOUT(view.isSettled(), kLimitMs);
        keepPicture(page.window(), QStringLiteral("46-alone"));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_Rendered test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Rendered.moc"
