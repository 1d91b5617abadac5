#include <Backend.h>
#include <Phantom.h>
#include <session/ViewportPresenter.h>

#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>

using namespace negatoscope;
using session::ViewportPresenter;
using Content = session::ViewportState::Content;

namespace {

constexpr int kSlices = 120;
constexpr int kScrolls = 4000;
constexpr int kLimitMs = 20'000;

/// Every state the presenter announces, checked: pixels, text and place are of one frame.
class IdentityWatch
{
public:
    explicit IdentityWatch(ViewportPresenter &presenter) : m_presenter(presenter)
    {
        QObject::connect(&presenter, &ViewportPresenter::changed, &presenter, [this] { check(); });
    }
    int checked = 0, wrong = 0;

private:
    void check()
    {
        const auto &state = m_presenter.state();
        if (state.content != Content::Picture)
            return;
        ++checked;
        const auto signature = test::signatureOf(*state.picture);
        const bool right = signature &&
                           signature->uidDigest == test::digestOf(state.facts.instance.value()) &&
                           state.frame->key.instance == state.facts.instance &&
                           (!state.countFinal || m_presenter.indexOf(state.frame->key) == state.index);
        wrong += right ? 0 : 1;
    }
    ViewportPresenter &m_presenter;
};

} // namespace

class TestViewportPresenter final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    cache::StudyRecord m_study;
    cache::SeriesRecord m_series;

    std::unique_ptr<ViewportPresenter> shown()
    {
        auto presenter = std::make_unique<ViewportPresenter>(m_backend->services());
        presenter->setViewSize({400, 300});
        presenter->setActive(true);
        presenter->showSeries(m_study, m_series);
        return presenter;
    }
    static bool settled(const ViewportPresenter &presenter)
    {
        const auto &state = presenter.state();
        return state.countFinal && !state.pending && state.content == Content::Picture;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const QString phantom = m_folder.filePath(QStringLiteral("phantom"));
        QVERIFY(test::makePhantom(phantom, kSlices, {QStringLiteral("--syntax"), QStringLiteral("rle")}));
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")), std::size_t(2 << 20),
                                            0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        const auto report = m_backend->cache().import({phantom.toStdString()}, {}, {});
        QVERIFY(report);
        QCOMPARE(report->imported, kSlices);
        m_study = m_backend->cache().studies({}).at(0);
        m_series = m_backend->cache().series(m_study.uid).at(0);
    }

    void showsTheFirstPictureAndThenKnowsTheWholeSeries()
    {
        const auto presenter = shown();
        QCOMPARE(presenter->state().content, Content::Waiting);
        QTRY_COMPARE_WITH_TIMEOUT(presenter->state().content, Content::Picture, kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        QCOMPARE(presenter->state().count, kSlices);
        QCOMPARE(presenter->state().index, 0);
        QVERIFY(presenter->state().findings.empty());
        QVERIFY(presenter->state().orientationKnown);
    }

    void textAndPixelsAreOfOneFrameHoweverFastTheReaderScrolls()
    {
        const auto presenter = shown();
        IdentityWatch watch(*presenter);
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int i = 0; i < kScrolls; ++i) {
            // The store holds a fraction of the series: most places must be decoded again.
            if (random.bounded(10) == 0)
                presenter->scrollTo(random.bounded(kSlices));
            else
                presenter->scrollBy(random.bounded(-5, 6));
            if (random.bounded(3) == 0)
                QCoreApplication::sendPostedEvents();
        }
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        QVERIFY2(watch.checked > 500, qPrintable(QString::number(watch.checked)));
        QCOMPARE(watch.wrong, 0);
    }

    void theDetectorSeesAForeignPicture()
    {
        const auto presenter = shown();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        const auto signature = test::signatureOf(*presenter->state().picture);
        QVERIFY(signature);
        presenter->scrollTo(5);
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        QVERIFY(signature->uidDigest != test::digestOf(presenter->state().facts.instance.value()));
    }

    void windowDragWidensToTheRightAndBrightensDown()
    {
        const auto presenter = shown();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        presenter->setWindow({40, 400});
        presenter->dragWindow(30, 0);
        QVERIFY(presenter->state().window->width > 400);
        QCOMPARE(presenter->state().window->center, 40.0);
        presenter->dragWindow(0, 30);
        QVERIFY(presenter->state().window->center < 40);
        for (int i = 0; i < 2000; ++i)
            presenter->dragWindow(-10, 0);
        QCOMPARE(presenter->state().window->width, 1.0);
        presenter->dragWindow(1, 0);
        QCOMPARE(presenter->state().window->width, 2.0);
    }

    void zoomKeepsThePointUnderThePointer()
    {
        const auto presenter = shown();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        const base::ViewPoint pointer{123, 77};
        const auto before = presenter->state().transform.toImage(pointer);
        for (int i = 0; i < 7; ++i)
            presenter->zoomAt(pointer, 1.3);
        const auto after = presenter->state().transform.toImage(pointer);
        // The picture's corner lies on whole device pixels, so that the point stays to within one of them.
        const double pixel = 1 / presenter->state().transform.zoom();
        QVERIFY(qAbs(before.column - after.column) < pixel);
        QVERIFY(qAbs(before.row - after.row) < pixel);
    }

    void flipMirrorsWhatIsSeenAlsoWhenRotated()
    {
        const auto presenter = shown();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        for (int turns = 0; turns < 4; ++turns) {
            const auto before = presenter->state().letters;
            presenter->flip();
            const auto after = presenter->state().letters;
            QCOMPARE(after.left, before.right);
            QCOMPARE(after.right, before.left);
            QCOMPARE(after.top, before.top);
            QCOMPARE(after.bottom, before.bottom);
            presenter->flip();
            QCOMPARE(presenter->state().letters, before);
            presenter->rotate(1);
        }
    }

    void resetKeepsThePlaceInTheStack()
    {
        const auto presenter = shown();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        const auto first = presenter->state().render;
        presenter->scrollTo(33);
        presenter->setWindow({0, 10});
        presenter->rotate(1);
        presenter->zoomAt({10, 10}, 3);
        presenter->toggleInvert();
        presenter->reset();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        QCOMPARE(presenter->state().index, 33);
        QVERIFY(presenter->state().render == first);
        QVERIFY(presenter->state().view == imaging::ViewSettings());
    }

    void anotherSeriesDropsLateAnswersToTheOldOne()
    {
        const auto presenter = shown();
        presenter->clear();
        presenter->showSeries(m_study, m_series);
        presenter->clear();
        QCOMPARE(presenter->state().content, Content::Empty);
        QSignalSpy changes(presenter.get(), &ViewportPresenter::changed);
        // All of the old answers arrive before the answer to a later question.
        const auto other = shown();
        QTRY_VERIFY_WITH_TIMEOUT(settled(*other), kLimitMs);
        QCOMPARE(presenter->state().content, Content::Empty);
    }

    /// The last one: a file that two workers died over is set aside, rightly, and fails from then on.
    void neverShowsAnotherFrameWhileWorkersDie()
    {
        const auto presenter = shown();
        IdentityWatch watch(*presenter);
        QTRY_VERIFY_WITH_TIMEOUT(settled(*presenter), kLimitMs);
        const auto before = m_backend->decoder().statistics();
        QRandomGenerator random(7);
        int kills = 0;
        for (int i = 0; i < 40; ++i) {
            presenter->scrollTo(random.bounded(kSlices));
            // Workers are our children; the program's name tells them from the phantom's generator.
            int pid = 0; // of the oldest that lives: one that is just starting is not at work yet
            const auto isWorkerThere = [&pid] {
                QProcess pgrep;
                pgrep.start(QStringLiteral("pgrep"),
                            {QStringLiteral("-o"), QStringLiteral("-r"), QStringLiteral("R,S,D"),
                             QStringLiteral("-P"), QString::number(QCoreApplication::applicationPid()),
                             QStringLiteral("negatoscope-dec")});
                pid = pgrep.waitForFinished() ? pgrep.readAll().split('\n').at(0).toInt() : 0;
                return pid > 0;
            };
            QTRY_VERIFY_WITH_TIMEOUT(isWorkerThere(), kLimitMs);
            if (::kill(pid, SIGKILL) == 0)
                ++kills;
            QTRY_VERIFY_WITH_TIMEOUT(!presenter->state().pending, kLimitMs);
            presenter->retryFailed();
            QTRY_VERIFY_WITH_TIMEOUT(!presenter->state().pending, kLimitMs);
        }
        QVERIFY(kills > 20);
        QTRY_VERIFY(m_backend->decoder().statistics().deaths > before.deaths);
        QVERIFY(watch.checked > 0);
        QCOMPARE(watch.wrong, 0);
    }
};

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    TestViewportPresenter test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ViewportPresenter.moc"
