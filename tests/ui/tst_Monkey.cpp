#include "pages/Pages.h"

#include "Backend.h"
#include "Phantom.h"

#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <cache/Cache.h>
#include <session/Settings.h>

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>

#include <algorithm>

using namespace negatoscope;
using test::ReadingPage;
using Content = session::ViewportState::Content;

namespace {

constexpr int kStudies = 5;
constexpr int kSlices = 48;
constexpr int kGestures = 2000;
constexpr int kLookEvery = 20;
constexpr int kLimitMs = 30'000;
constexpr std::size_t kBudget = std::size_t(64) << 20;
/// What a long session may keep beside the budget: texts drawn before, fonts, menus.
constexpr double kGrowthMiB = 96;

double residentMiB()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toDouble() * 4096 / (1 << 20);
}

/// How many of `samples` points of a viewport show what its state says, drawn afresh. Text and lines over the
/// picture hide some.
int pointsAsStated(ui::ViewportWidget &widget, const session::ViewportState &state, QRandomGenerator &random,
                   int samples)
{
    const QImage shown = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    QImage fresh(shown.size(), QImage::Format_RGB32);
    imaging::Renderer().draw(state.picture, state.transform, state.render,
                             reinterpret_cast<std::uint32_t *>(fresh.bits()),
                             static_cast<std::size_t>(fresh.bytesPerLine()) / 4);
    int equal = 0;
    for (int i = 0; i < samples; ++i) {
        const QPoint at(random.bounded(shown.width()), random.bounded(shown.height()));
        equal += shown.pixel(at) == fresh.pixel(at) ? 1 : 0;
    }
    return equal;
}

} // namespace

/// Two thousand random gestures over five open studies. The picture of every visible viewport carries the UID
/// of its own object in its pixels: text, state and pixels must agree at every look (docs/safety.md P1, P4).
class tst_Monkey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_seed = qEnvironmentVariableIsSet("NEGATOSCOPE_SEED")
                     ? qEnvironmentVariable("NEGATOSCOPE_SEED").toUInt()
                     : QRandomGenerator::global()->generate();
        qInfo("seed %u: NEGATOSCOPE_SEED repeats this run", m_seed);
        m_random.seed(m_seed);
        ui::initialiseResources();
        ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB")));
        QStringList folders;
        for (int i = 0; i < kStudies; ++i) {
            const QString folder = m_folder.filePath(QStringLiteral("phantom%1").arg(i));
            QVERIFY(test::makePhantom(folder, kSlices,
                                      {QStringLiteral("--patient"), QStringLiteral("MONKEY^%1").arg(i),
                                       QStringLiteral("--patient-id"), QStringLiteral("M%1").arg(i)}));
            folders << folder;
        }
        auto backend = app::Backend::start(
            {m_folder.filePath(QStringLiteral("cache")), kBudget, 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
        std::vector<std::string> paths;
        for (const QString &folder : folders)
            paths.push_back(folder.toStdString());
        const auto report = m_backend->cache().import(paths, {}, {});
        QVERIFY(report && report->imported == kStudies * kSlices);
    }

    void cleanupTestCase() { m_backend.reset(); }

    void staysTrueUnderRandomGestures()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        const auto studies = m_backend->cache().studies({});
        QCOMPARE(static_cast<int>(studies.size()), kStudies);
        for (const auto &study : studies) {
            auto &window = workstation.openStudy(study, true);
            window.resize(700, 560);
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QTRY_VERIFY_WITH_TIMEOUT(ReadingPage(window).isSettled(), kLimitMs);
        }
        double settled = 0;
        for (int i = 1; i <= kGestures; ++i) {
            const auto windows = workstation.readingWindows();
            QVERIFY(!windows.empty());
            gesture(*windows[static_cast<std::size_t>(m_random.bounded(static_cast<int>(windows.size())))]);
            oneTurnOfTheEventLoop();
            if (i % kLookEvery == 0)
                QVERIFY2(look(workstation), qPrintable(m_problem));
            if (i == kGestures / 2)
                settled = residentMiB();
        }
        const double growth = residentMiB() - settled;
        qInfo("%d viewports looked at, memory grew by %.0f MiB in the second half", m_looked, growth);
        QVERIFY(m_looked > kGestures / kLookEvery);
        QVERIFY2(growth < kGrowthMiB, qPrintable(QString::number(growth)));
    }

    /// The comparison is worth something only if it sees a picture of another frame.
    void theLookSeesAForeignPicture()
    {
        ui::Workstation workstation(m_backend->services(), *m_settings);
        ReadingPage page(workstation.openStudy(m_backend->cache().studies({}).front()));
        QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
        page.key(Qt::Key_Home);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.state().index == 0, kLimitMs);
        const session::ViewportState other = page.state();
        page.key(Qt::Key_End);
        QTRY_VERIFY_WITH_TIMEOUT(page.isSettled() && page.state().index == kSlices - 1, kLimitMs);
        QRandomGenerator random(1);
        constexpr int kSamples = 400;
        QVERIFY(pointsAsStated(page.viewport(), page.state(), random, kSamples) > kSamples * 8 / 10);
        session::ViewportState foreign = page.state();
        foreign.picture = other.picture;
        QVERIFY(pointsAsStated(page.viewport(), foreign, random, kSamples) < kSamples * 8 / 10);
    }

private:
    void gesture(ui::ReadingWindow &window)
    {
        ReadingPage page(window);
        const auto &viewports = window.viewports();
        auto &viewport = *viewports[static_cast<std::size_t>(m_random.bounded(int(viewports.size())))];
        if (viewport.isVisible())
            page.presenter().setActive(viewport.index());
        switch (m_random.bounded(8)) {
        case 0:
        case 1:
            page.wheel(m_random.bounded(-6, 7),
                       oneOf({Qt::NoModifier, Qt::NoModifier, Qt::ControlModifier, Qt::ShiftModifier}));
            break;
        case 2:
            page.drag(oneOf({Qt::LeftButton, Qt::MiddleButton, Qt::RightButton}),
                      {m_random.bounded(-120, 121), m_random.bounded(-120, 121)});
            break;
        case 3:
            page.doubleClick();
            break;
        case 4:
            page.clickSeries(0);
            break;
        default:
            pressSomeKey(page);
            break;
        }
        closeMenus();
    }

    void pressSomeKey(ReadingPage &page)
    {
        // Every key of a reading window that neither closes it nor leaves it.
        static const std::vector<QPair<Qt::Key, Qt::KeyboardModifiers>> kKeys = [] {
            std::vector<QPair<Qt::Key, Qt::KeyboardModifiers>> keys;
            for (const Qt::Key key : {Qt::Key_S,
                                      Qt::Key_W,
                                      Qt::Key_Z,
                                      Qt::Key_T,
                                      Qt::Key_F,
                                      Qt::Key_E,
                                      Qt::Key_H,
                                      Qt::Key_N,
                                      Qt::Key_V,
                                      Qt::Key_Q,
                                      Qt::Key_Y,
                                      Qt::Key_I,
                                      Qt::Key_O,
                                      Qt::Key_J,
                                      Qt::Key_L,
                                      Qt::Key_U,
                                      Qt::Key_C,
                                      Qt::Key_B,
                                      Qt::Key_Escape,
                                      Qt::Key_Up,
                                      Qt::Key_Down,
                                      Qt::Key_Left,
                                      Qt::Key_Right,
                                      Qt::Key_Home,
                                      Qt::Key_End,
                                      Qt::Key_PageUp,
                                      Qt::Key_PageDown,
                                      Qt::Key_Plus,
                                      Qt::Key_Minus,
                                      Qt::Key_BracketLeft,
                                      Qt::Key_BracketRight,
                                      Qt::Key_Return,
                                      Qt::Key_0,
                                      Qt::Key_1,
                                      Qt::Key_2,
                                      Qt::Key_3,
                                      Qt::Key_4,
                                      Qt::Key_5})
                keys.push_back({key, Qt::NoModifier});
            for (int digit = 0; digit < 9; ++digit)
                keys.push_back({static_cast<Qt::Key>(Qt::Key_1 + digit), Qt::ControlModifier});
            return keys;
        }();
        const auto &[key, modifiers] = kKeys[static_cast<std::size_t>(m_random.bounded(int(kKeys.size())))];
        page.key(key, modifiers);
    }

    void oneTurnOfTheEventLoop()
    {
        bool turned = false;
        QMetaObject::invokeMethod(
            this, [&turned] { turned = true; }, Qt::QueuedConnection);
        QVERIFY(QTest::qWaitFor([&turned] { return turned; }));
    }

    static void closeMenus()
    {
        while (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
    }

    bool look(ui::Workstation &workstation)
    {
        for (ui::ReadingWindow *window : workstation.readingWindows()) {
            ReadingPage page(*window);
            if (!QTest::qWaitFor([&] { return page.isSettled(); }, kLimitMs))
                return problem("does not settle", window->presenter().json());
            for (ui::ViewportWidget *viewport : window->viewports()) {
                const auto &state = viewport->presenter()->state();
                if (!viewport->isVisible() || state.content != Content::Picture)
                    continue;
                if (!agrees(*viewport, state))
                    return false;
                ++m_looked;
            }
        }
        return true;
    }

    bool agrees(ui::ViewportWidget &viewport, const session::ViewportState &state)
    {
        const QJsonObject json = viewport.presenter()->json();
        const std::string uid = json.value(QLatin1String("sopInstanceUid")).toString().toStdString();
        const auto signature = test::signatureOf(*state.picture);
        if (!signature || signature->uidDigest != test::digestOf(uid) || state.facts.instance.value() != uid)
            return problem("the pixels are of another object than the text", json);
        if (viewport.presenter()->indexOf(state.frame->key) != state.index ||
            json.value(QLatin1String("index")).toInt() != state.index + 1)
            return problem("the place is of another picture", json);
        constexpr int kSamples = 200;
        if (pointsAsStated(viewport, state, m_random, kSamples) < kSamples / 2)
            return problem("the screen does not show the picture of the state", json);
        return true;
    }

    bool problem(const char *what, const QJsonObject &json)
    {
        m_problem = QStringLiteral("%1 (seed %2): %3")
                        .arg(QLatin1String(what))
                        .arg(m_seed)
                        .arg(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
        return false;
    }

    template <typename T>
    T oneOf(std::initializer_list<T> values)
    {
        return *(values.begin() + m_random.bounded(static_cast<int>(values.size())));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    quint32 m_seed = 0;
    QRandomGenerator m_random;
    QString m_problem;
    int m_looked = 0;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::applyLook(application, {});
    tst_Monkey test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Monkey.moc"
