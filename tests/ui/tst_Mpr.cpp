#include "pages/Pages.h"

#include "Backend.h"

#include <GuidePainter.h>
#include <Phantom.h>
#include <session/PlanesPresenter.h>
#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>

#include <QtCore/QJsonArray>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAction>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

#include <cmath>

using namespace negatoscope;
using session::CrossHold;
using test::keepPicture;
using test::ReadingPage;

namespace {

constexpr int kLimitMs = 60000;
constexpr int kAxial = 0, kCoronal = 1, kSagittal = 2;

/// Points of the widget, from device pixels.
QPoint inWidget(const ui::ViewportWidget &viewport, base::ViewPoint at)
{
    const qreal ratio = viewport.devicePixelRatioF();
    return QPoint(qRound(at.x / ratio), qRound(at.y / ratio));
}

/// The picture and its text are grey: what has the line's hue is the line, however thin it was drawn.
bool isTinted(const QColor &seen, const QColor &colour)
{
    constexpr int kLeast = 25;
    const int chroma =
        std::max({seen.red(), seen.green(), seen.blue()}) - std::min({seen.red(), seen.green(), seen.blue()});
    const int apart = std::abs(seen.hue() - colour.hue());
    return chroma > kLeast && std::min(apart, 360 - apart) < 20;
}

} // namespace

/// Three planes of a series under the reader's hands.
class tst_Mpr : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;

    cache::StudyRecord studyOf(const std::string &modality, const std::string &description = {}) const
    {
        for (const auto &study : m_backend->cache().studies({}))
            if (study.modalities.front() == modality &&
                (description.empty() || study.description == description))
                return study;
        return {};
    }

    static void waitForPlanes(const ReadingPage &page)
    {
        QTRY_VERIFY_WITH_TIMEOUT(page.presenter().planes() && page.presenter().planes()->isSettled(),
                                 kLimitMs);
        for (const auto &viewport : page.presenter().viewports())
            QVERIFY(viewport->state().plane);
        QCoreApplication::sendPostedEvents(); // views take what the presenters have
    }

    static void hang(const ReadingPage &page, const std::string &description)
    {
        page.presenter().setLayout({1, 1});
        auto &strip = page.presenter().strip();
        for (int row = 0; row < strip.rowCount(); ++row)
            if (strip.seriesAt(row).description == description)
                page.presenter().showSeries(0, strip.seriesAt(row).uid);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
    }

    static void drag(ui::ViewportWidget &target, QPoint from, QPoint to)
    {
        QTest::mousePress(&target, Qt::LeftButton, {}, from);
        for (int part = 1; part <= 8; ++part) {
            const QPointF at = QPointF(from) + QPointF(to - from) * part / 8;
            QMouseEvent move(QEvent::MouseMove, at, target.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QCoreApplication::sendEvent(&target, &move);
        }
        QTest::mouseRelease(&target, Qt::LeftButton, {}, to);
    }

    static session::CrossLine lineOf(const ui::ViewportWidget &viewport, int plane)
    {
        for (const auto &line :
             session::crossLinesOf(viewport.presenter()->state(), viewport.devicePixelRatioF()))
            if (line.plane == plane)
                return line;
        return {};
    }

    /// At how many of 19 places of a line its colour is on screen.
    static int hits(ui::ViewportWidget &viewport, const session::CrossLine &line)
    {
        const QImage image = viewport.grab().toImage();
        const QColor colour = ui::planeColour(line.plane);
        int found = 0;
        for (int i = 1; i < 20; ++i) {
            const double along = line.from + (line.to - line.from) * i / 20;
            const QPoint at = inWidget(viewport, line.at(along));
            bool near = false;
            for (int dx = -1; dx <= 1; ++dx)
                for (int dy = -1; dy <= 1; ++dy) {
                    if (!image.rect().contains(at + QPoint(dx, dy)))
                        continue;
                    const QColor seen = image.pixelColor(at + QPoint(dx, dy));
                    near = near || isTinted(seen, colour);
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
        const QString data = m_folder.filePath(QStringLiteral("data"));
        QVERIFY(test::runGenerator(
            {QStringLiteral("head"), QStringLiteral("--out"), data + QStringLiteral("/head")}));
        QVERIFY(test::makePhantom(data + QStringLiteral("/body"), 120,
                                  {QStringLiteral("--size"), QStringLiteral("256"),
                                   QStringLiteral("--spacing-z"), QStringLiteral("3"),
                                   QStringLiteral("--missing"), QStringLiteral("80,81,82,83")}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({data, QStringLiteral(NEGATOSCOPE_SAMPLES)}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
    }

    void cleanupTestCase() { m_backend.reset(); }
    void cleanup() { m_settings->places().clear(); }

    void showsThreePlanesAndGoesBack_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void showsThreePlanesAndGoesBack()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(studyOf("MR", "Phantom head")));
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        hang(page, "axial-thin");
        page.wheel(-6);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        const auto *image = page.presenter().active();
        const int index = page.state().index;

        page.key(Qt::Key_M, Qt::ShiftModifier);
        waitForPlanes(page);
        keepPicture(page.window(), language + QStringLiteral("-30-planes"));
        // Axial large, the others above each other beside it.
        const QRect axial = page.viewportAt(kAxial)->geometry(),
                    coronal = page.viewportAt(kCoronal)->geometry(),
                    sagittal = page.viewportAt(kSagittal)->geometry();
        QVERIFY(axial.height() > coronal.height() + sagittal.height());
        QVERIFY(coronal.left() > axial.right() && coronal.left() == sagittal.left());
        const QStringList letters{QStringLiteral("RLAP"), QStringLiteral("RLHF"), QStringLiteral("APHF")};
        for (int plane = 0; plane < session::kPlanes; ++plane) {
            const auto &seen = page.viewportAt(plane)->presenter()->state().letters;
            QCOMPARE(QString::fromStdString(seen.left + seen.right + seen.top + seen.bottom), letters[plane]);
            for (int other = 0; other < session::kPlanes; ++other)
                if (other != plane)
                    QVERIFY(hits(*page.viewportAt(plane), lineOf(*page.viewportAt(plane), other)) > 12);
        }
        QCOMPARE(page.state().index, index);

        // Maximised and back, lines off and on, by the same keys as for images.
        page.key(Qt::Key_Return);
        QTRY_VERIFY(page.presenter().maximised());
        QVERIFY(!page.viewportAt(kCoronal)->isVisible());
        page.key(Qt::Key_Return);
        page.key(Qt::Key_O);
        QTRY_VERIFY(page.state().guides.planes.empty());
        page.key(Qt::Key_O);
        QTRY_VERIFY(!page.state().guides.planes.empty());

        page.key(Qt::Key_M, Qt::ShiftModifier);
        QTRY_VERIFY(!page.presenter().planes());
        QCOMPARE(page.presenter().active(), image);
        QCOMPARE(page.state().index, index);
        keepPicture(page.window(), language + QStringLiteral("-31-back"));
    }

    void linesAreDragged()
    {
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(studyOf("MR", "Phantom head")));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        hang(page, "axial-thin");
        page.key(Qt::Key_M, Qt::ShiftModifier);
        waitForPlanes(page);
        auto &planes = *page.presenter().planes();
        ui::ViewportWidget &axial = *page.viewportAt(kAxial);

        // The coronal plane's line, between its centre and its handle, towards the front.
        auto line = lineOf(axial, kCoronal);
        const auto before = planes.planes().cross();
        const QPoint held = inWidget(axial, line.at(line.to * 0.25));
        drag(axial, held, held - QPoint(0, 60));
        waitForPlanes(page);
        QVERIFY(planes.planes().cross().y < before.y - 5);
        QVERIFY(std::abs(planes.planes().cross().x - before.x) < 0.01);

        // Turned at its end: two letters in the coronal plane.
        line = lineOf(axial, kCoronal);
        const QPoint end = inWidget(axial, line.ends[1]);
        drag(axial, end, end + QPoint(-20, 160));
        waitForPlanes(page);
        QVERIFY(planes.planes().isOblique(kCoronal) && planes.planes().isOblique(kSagittal));
        QVERIFY(!planes.planes().isOblique(kAxial));
        QVERIFY(page.viewportAt(kCoronal)->presenter()->state().letters.right.size() == 2);
        keepPicture(page.window(), QStringLiteral("32-turned"));

        // The slab by its handle, by the wheel, by keys; its projection in the menu.
        line = lineOf(axial, kSagittal);
        const QPoint handle = inWidget(axial, line.handles[0]);
        drag(axial, handle, handle + QPoint(40, 0));
        waitForPlanes(page);
        QVERIFY(planes.slab(kSagittal).thicknessMm > 10);
        page.presenter().setActive(kAxial);
        page.wheel(5, Qt::ShiftModifier);
        waitForPlanes(page);
        QVERIFY(planes.slab(kAxial).thicknessMm > 5);
        const double thick = planes.slab(kAxial).thicknessMm;
        page.key(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(planes.slab(kAxial).thicknessMm < thick);
        waitForPlanes(page);
        keepPicture(page.window(), QStringLiteral("33-slabs"));

        QTest::mouseClick(&axial, Qt::RightButton, {}, axial.rect().center() + QPoint(90, 70));
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = page.window().findChild<QMenu *>(QStringLiteral("viewportMenu"))) != nullptr);
        QTRY_VERIFY(menu->isVisible());
        keepPicture(*menu, QStringLiteral("34-menu"));
        menu->close();
        auto *mean = page.window().findChild<QAction *>(QStringLiteral("slabMean"));
        mean->trigger();
        QTRY_VERIFY(mean->isChecked());
        waitForPlanes(page);
        QCOMPARE(page.state().plane->slab.projection, volume::Projection::Mean);
        auto *step = page.window().findChild<QAction *>(QStringLiteral("planeStep5"));
        step->trigger();
        waitForPlanes(page);
        const auto place = planes.planes().cross();
        page.presenter().setActive(kAxial);
        page.wheel(-2);
        waitForPlanes(page);
        QVERIFY(std::abs(length(planes.planes().cross() - place) - 10) < 2.6);

        page.key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        waitForPlanes(page);
        QVERIFY(!planes.planes().isOblique(kCoronal));
        QCOMPARE(planes.slab(kAxial).thicknessMm, 0.0);
    }

    void clickOfTheCursorMovesTheCross()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(studyOf("MR", "Phantom head")));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        hang(page, "axial-thin");
        page.key(Qt::Key_M, Qt::ShiftModifier);
        waitForPlanes(page);
        page.key(Qt::Key_J);
        const auto before = page.presenter().planes()->planes().cross();
        ui::ViewportWidget &axial = *page.viewportAt(kAxial);
        QTest::mouseClick(&axial, Qt::LeftButton, {}, axial.rect().center() + QPoint(70, 50));
        waitForPlanes(page);
        const auto after = page.presenter().planes()->planes().cross();
        QVERIFY(after.x > before.x + 3 && after.y > before.y + 3 && after.z == before.z);
    }

    /// A real chest: few slices of one body; and what makes no volume is told where it was asked for.
    void readsTheSamples()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(studyOf("CT", "Phantom body")));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        page.key(Qt::Key_M, Qt::ShiftModifier);
        waitForPlanes(page);
        QVERIFY(!page.state().plane->findings.empty());
        keepPicture(page.window(), QStringLiteral("35-missing"));
        for (const auto &study : m_backend->cache().studies({})) {
            if (study.modalities.front() != "CT" || study.description == "Phantom body")
                continue;
            ReadingPage chest(workstation.openStudy(study));
            QTRY_VERIFY_WITH_TIMEOUT(chest.isSettled(), kLimitMs);
            chest.key(Qt::Key_M, Qt::ShiftModifier);
            waitForPlanes(chest);
            keepPicture(chest.window(), QStringLiteral("36-chest"));
            break;
        }
        ReadingPage film(workstation.openStudy(studyOf("DX")));
        QTRY_VERIFY_WITH_TIMEOUT(film.isSettled(), kLimitMs);
        film.key(Qt::Key_M, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!film.presenter().planes(), kLimitMs);
        QTRY_VERIFY(film.isSettled());
        keepPicture(film.window(), QStringLiteral("37-refused"));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_Mpr test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Mpr.moc"
