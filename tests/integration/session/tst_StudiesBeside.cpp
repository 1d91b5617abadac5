// P2 of docs/safety.md: two persons are never on screen together unless the reader has said so, and then
// under a permanent band and unlinked. Also what is opened beside is what was clicked (P1).
#include <Backend.h>
#include <Phantom.h>
#include <session/ImportPresenter.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace negatoscope;
using session::Guides;
using session::Layout;
using session::PersonQuestion;
using session::ReadingPresenter;
using session::ViewportPresenter;
using Answer = ReadingPresenter::Answer;
using Content = session::ViewportState::Content;

namespace {

constexpr int kLimitMs = 30'000;
const QString kMine = QStringLiteral("PHANTOM-1"), kOther = QStringLiteral("OTHER-7");

} // namespace

/// A head and its prior; another person's in the same frame of reference, who would be linked if she were the
/// same; the head again without a patient ID.
class TestStudiesBeside final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    cache::StudyRecord m_now, m_prior, m_other, m_nameless;

    static bool settled(const ReadingPresenter &reading)
    {
        if (reading.isOpening() || !reading.study())
            return false;
        for (const auto &viewport : reading.viewports()) {
            const auto &state = viewport->state();
            if (state.content == Content::Waiting || state.pending ||
                (state.content != Content::Empty && !state.countFinal))
                return false;
        }
        return true;
    }

    void open(ReadingPresenter &reading, const cache::StudyRecord &study)
    {
        reading.openStudy(study.uid, study.patient);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
    }

    void openBeside(ReadingPresenter &reading, const cache::StudyRecord &study)
    {
        const auto before = reading.besides().size();
        reading.openBeside(study.uid, study.patient);
        QTRY_VERIFY_WITH_TIMEOUT(reading.besides().size() > before || reading.question(), kLimitMs);
    }

    void openOtherBeside(ReadingPresenter &reading, const cache::StudyRecord &study)
    {
        openBeside(reading, study);
        QVERIFY(reading.question());
        reading.answer(Answer::Beside);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.besides().empty() && settled(reading), kLimitMs);
    }

    /// Viewports that show another person's study than the window's and do not say so, or the reverse.
    static int wrongMarks(const ReadingPresenter &reading)
    {
        int wrong = 0;
        for (const auto &viewport : reading.viewports()) {
            if (!viewport->study())
                continue;
            const bool other =
                session::compareStudies(*viewport->study(), *reading.study()) != cache::Person::Same;
            wrong += viewport->state().study.otherPerson != other;
        }
        return wrong;
    }

    static std::vector<base::StudyUid> shownStudies(const ReadingPresenter &reading)
    {
        std::vector<base::StudyUid> studies;
        for (const auto &viewport : reading.viewports())
            if (viewport->study() &&
                std::find(studies.begin(), studies.end(), viewport->study()->uid) == studies.end())
                studies.push_back(viewport->study()->uid);
        return studies;
    }

    base::SeriesUid seriesOf(const cache::StudyRecord &study, const std::string &description) const
    {
        for (const auto &series : m_backend->cache().series(study.uid))
            if (series.description == description)
                return series.uid;
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        const auto head = [&](const char *name, const QStringList &more) {
            return test::runGenerator(
                QStringList{QStringLiteral("head"), QStringLiteral("--out"),
                            m_folder.filePath(QStringLiteral("data/") + QLatin1String(name)),
                            QStringLiteral("--only"), QStringLiteral("axial,sagittal")} +
                more);
        };
        QVERIFY(head("now", {}));
        QVERIFY(head("prior", {QStringLiteral("--study"), QStringLiteral("prior"), QStringLiteral("--date"),
                               QStringLiteral("20260811")}));
        QVERIFY(head("other", {QStringLiteral("--patient-id"), kOther, QStringLiteral("--patient"),
                               QStringLiteral("Durand^Paul"), QStringLiteral("--frame-of"), kMine}));
        QVERIFY(head("nameless",
                     {QStringLiteral("--patient-id"), QString(), QStringLiteral("--study"),
                      QStringLiteral("nameless"), QStringLiteral("--date"), QStringLiteral("20250101")}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({m_folder.filePath(QStringLiteral("data"))}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
        for (const auto &study : m_backend->cache().studies({})) {
            if (study.patient.id.empty())
                m_nameless = study;
            else if (study.patient.id == kOther.toStdString())
                m_other = study;
            else if (study.studyDate == "20260811")
                m_prior = study;
            else
                m_now = study;
        }
        for (const auto *study : {&m_now, &m_prior, &m_other, &m_nameless})
            QVERIFY(!study->uid.isEmpty());
    }

    void aStudyOfThePatientHangsBesideAtOnce()
    {
        ReadingPresenter reading(m_backend->services());
        const QAbstractItemModelTester tester(&reading.strip(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        open(reading, m_now);
        reading.setLayout({1, 1});
        reading.showSeries(0, seriesOf(m_now, "sagittal"));
        openBeside(reading, m_prior);
        QVERIFY(!reading.question());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(reading.layout(), (Layout{1, 2}));
        QCOMPARE(reading.viewportAt(0)->study()->uid, m_now.uid);
        QCOMPARE(reading.viewportAt(1)->study()->uid, m_prior.uid);
        // Like beside like.
        QCOMPARE(reading.viewportAt(1)->series()->description, std::string("sagittal"));
        QCOMPARE(reading.viewportAt(0)->state().study, session::StudyMark());
        QCOMPARE(reading.viewportAt(1)->state().study, (session::StudyMark{1, false}));
        QCOMPARE(reading.activeIndex(), 0);
        // The strip has both, each under its own study.
        QCOMPARE(reading.strip().rowCount(), 4);
        QCOMPARE(reading.strip().studyAt(0).uid, m_now.uid);
        QCOMPARE(reading.strip().studyAt(3).uid, m_prior.uid);
        QCOMPARE(reading.strip().markAt(3), (session::StudyMark{1, false}));
        // Asked for again: nothing happens twice.
        reading.openBeside(m_prior.uid, m_prior.patient);
        QCOMPARE(reading.besides().size(), std::size_t(1));
        // A study that is open in any viewport is not deleted.
        QVERIFY(!m_backend->cache().moveToTrash({m_prior.uid}));
    }

    void takesTheHalfItIsDroppedOn()
    {
        using session::Half;
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        reading.setLayout({1, 1});
        reading.openBeside(m_prior.uid, m_prior.patient, Half::Left);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.besides().empty() && settled(reading), kLimitMs);
        QCOMPARE(reading.viewportAt(0)->study()->uid, m_prior.uid);
        QCOMPARE(reading.viewportAt(1)->study()->uid, m_now.uid);
        QCOMPARE(reading.activeIndex(), 1); // the hand stays with the window's own
    }

    // P2
    void anotherPersonIsAskedAboutBeforeAPixelIsShown()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        const auto layout = reading.layout();
        openBeside(reading, m_other);
        QVERIFY(reading.question());
        QCOMPARE(reading.question()->reason, PersonQuestion::Reason::OtherPatient);
        QCOMPARE(reading.question()->shown.uid, m_now.uid);
        QCOMPARE(reading.question()->asked.uid, m_other.uid);
        QCOMPARE(reading.question()->asked.patient, m_other.patient);
        QCOMPARE(shownStudies(reading), std::vector{m_now.uid});
        QCOMPARE(reading.strip().studyCount(), 1);
        const QJsonObject asked = reading.json().value(QLatin1String("question")).toObject();
        QCOMPARE(asked.value(QLatin1String("reason")).toString(), QStringLiteral("otherPatient"));

        reading.answer(Answer::No);
        QVERIFY(!reading.question());
        QVERIFY(reading.besides().empty());
        QCOMPARE(reading.layout(), layout);
        QCOMPARE(shownStudies(reading), std::vector{m_now.uid});
    }

    // P2
    void anotherPersonStandsUnderTheBandInEveryViewport()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        openOtherBeside(reading, m_other);
        QCOMPARE(wrongMarks(reading), 0);
        QCOMPARE(reading.besides().front().mark.otherPerson, true);
        // Wherever its series go: by the strip, over all tiles, in a larger grid, and back.
        reading.setLayout({2, 2});
        for (int i = 0; i < 4; ++i)
            reading.showSeries(i, seriesOf(i % 2 == 0 ? m_other : m_now, "axial"));
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(wrongMarks(reading), 0);
        reading.setActive(2);
        reading.toggleTiles();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(shownStudies(reading), std::vector{m_other.uid});
        QCOMPARE(wrongMarks(reading), 0);
        reading.toggleTiles();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(shownStudies(reading).size(), std::size_t(2));
        QCOMPARE(wrongMarks(reading), 0);
        int banded = 0;
        for (const auto &viewport : reading.viewports())
            banded += viewport->json().value(QLatin1String("otherPerson")).toBool();
        QVERIFY(banded > 0);
    }

    // P2
    void twoPersonsAreNeverLinked()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        openOtherBeside(reading, m_other);
        reading.setLayout({1, 3});
        reading.showSeries(0, seriesOf(m_now, "axial"));
        reading.showSeries(1, seriesOf(m_other, "axial"));
        reading.showSeries(2, seriesOf(m_other, "sagittal"));
        reading.setActive(0);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        auto &mine = *reading.viewportAt(0), &other = *reading.viewportAt(1);
        QCOMPARE(mine.state().frameOfReference, other.state().frameOfReference); // the trap
        other.scrollTo(3);
        for (const bool byOffset : {false, true}) {
            byOffset ? reading.links().linkByOffset() : reading.links().link();
            const int place = other.target();
            const auto window = *other.state().window;
            const auto view = other.state().view;
            mine.scrollTo(byOffset ? 5 : 12);
            mine.zoomAt({10, 10}, 2);
            mine.dragWindow(40, 20);
            QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
            QCOMPARE(other.target(), place);
            QVERIFY(*other.state().window == window);
            QCOMPARE(other.state().view.zoom, view.zoom);
            QCOMPARE(other.state().guides.link, Guides::Link::None);
            QCOMPARE(mine.state().guides.link, Guides::Link::None);
        }
        // Neither her lines in mine, nor the point of my cursor in hers.
        reading.links().showReferenceLines(true);
        reading.links().placeCursor(0, {100, 100});
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        for (const int i : {1, 2}) {
            QVERIFY(reading.viewportAt(i)->state().guides.lines.empty());
            QVERIFY(!reading.viewportAt(i)->state().guides.cursor);
        }
    }

    // P2
    void whoHasNoPatientIdCountsAsAnotherPerson()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        openBeside(reading, m_nameless);
        QVERIFY(reading.question());
        QCOMPARE(reading.question()->reason, PersonQuestion::Reason::AskedIdMissing);
        reading.answer(Answer::Beside);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.besides().empty() && settled(reading), kLimitMs);
        QCOMPARE(wrongMarks(reading), 0);
        QVERIFY(reading.besides().front().mark.otherPerson);

        open(reading, m_nameless);
        QVERIFY(reading.besides().empty());
        openBeside(reading, m_now);
        QVERIFY(reading.question());
        QCOMPARE(reading.question()->reason, PersonQuestion::Reason::ShownIdMissing);
    }

    void inItsPlaceMeansAlone()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        openBeside(reading, m_other);
        reading.answer(Answer::Instead);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(reading.study()->uid, m_other.uid);
        QCOMPARE(shownStudies(reading), std::vector{m_other.uid});
        QCOMPARE(wrongMarks(reading), 0);
    }

    // P1
    void whatIsNoLongerOfTheChosenPatientIsNotShownBeside()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        QSignalSpy failed(&reading, &ReadingPresenter::openFailed);
        auto expected = m_prior.patient;
        expected.name.alphabetic = "Another^Name";
        reading.openBeside(m_prior.uid, expected);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kLimitMs);
        QVERIFY(reading.besides().empty());
        QVERIFY(!reading.question());
        QCOMPARE(shownStudies(reading), std::vector{m_now.uid});
    }

    // P2
    void aKeyNeverLeadsToAnotherStudy()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        openOtherBeside(reading, m_other);
        reading.setActive(0);
        for (const int step : {1, 1, 1, 1, -1, -1, -1, -1, -1}) {
            reading.stepSeries(step);
            QCOMPARE(reading.active()->study()->uid, m_now.uid);
        }
    }

    void closingWhatIsBesideLeavesTheWindowsOwn()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, m_now);
        openOtherBeside(reading, m_other);
        openBeside(reading, m_prior);
        QTRY_VERIFY_WITH_TIMEOUT(reading.besides().size() == 2 && settled(reading), kLimitMs);
        QCOMPARE(reading.besides().back().mark, (session::StudyMark{2, false}));
        reading.closeBesides();
        QVERIFY(reading.besides().empty());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(shownStudies(reading), std::vector{m_now.uid});
        QCOMPARE(reading.strip().rowCount(), 2);
        QCOMPARE(wrongMarks(reading), 0);
        QVERIFY(m_backend->cache().moveToTrash({m_other.uid}));
        QVERIFY(m_backend->cache().restore({m_other.uid}));
    }

    // P2
    void anotherPersonInAnotherWindowIsAskedAbout()
    {
        ReadingPresenter first(m_backend->services()), second(m_backend->services());
        const auto elsewhere = [](const ReadingPresenter &other, int window) {
            return [&other, window] {
                std::vector<session::StudyElsewhere> studies;
                for (auto &study : other.studies())
                    studies.push_back({window, std::move(study)});
                return studies;
            };
        };
        session::PersonPairs pairs, otherPairs;
        first.setElsewhere(elsewhere(second, 2), &pairs);
        second.setElsewhere(elsewhere(first, 1), &pairs);
        QSignalSpy toClose(&second, &ReadingPresenter::othersToClose);
        open(first, m_now);
        open(second, m_prior); // the same person: nothing to ask
        QVERIFY(first.othersElsewhere(m_now).empty());

        second.openStudy(m_other.uid, m_other.patient);
        QTRY_VERIFY_WITH_TIMEOUT(second.question(), kLimitMs);
        QCOMPARE(second.question()->window, 1);
        QVERIFY(!second.study());
        QVERIFY(shownStudies(second).empty());
        second.answer(Answer::No); // what was there before comes back
        QTRY_VERIFY_WITH_TIMEOUT(settled(second), kLimitMs);
        QCOMPARE(second.study()->uid, m_prior.uid);
        QVERIFY(!second.question());

        second.openStudy(m_other.uid, m_other.patient);
        QTRY_VERIFY_WITH_TIMEOUT(second.question(), kLimitMs);
        second.answer(Answer::Beside);
        QTRY_VERIFY_WITH_TIMEOUT(settled(second), kLimitMs);
        QCOMPARE(second.study()->uid, m_other.uid);
        QCOMPARE(toClose.count(), 0);
        QCOMPARE(first.othersElsewhere(m_now).size(), std::size_t(1));
        QCOMPARE(first.json().value(QLatin1String("otherPersonInWindows")).toArray(), QJsonArray{2});

        // The pair has been answered: not asked again, in neither window, but still said.
        second.closeStudy();
        second.openStudy(m_other.uid, m_other.patient);
        QTRY_VERIFY_WITH_TIMEOUT(settled(second) && second.study(), kLimitMs);
        QVERIFY(!second.question());
        QCOMPARE(first.othersElsewhere(m_now).size(), std::size_t(1));
        first.closeStudy();
        open(first, m_now);
        QVERIFY(!first.question());

        second.setElsewhere(elsewhere(first, 1), &otherPairs); // nothing answered yet
        second.closeStudy();
        connect(&second, &ReadingPresenter::othersToClose, &first, &ReadingPresenter::closeStudy);
        second.openStudy(m_other.uid, m_other.patient);
        QTRY_VERIFY_WITH_TIMEOUT(second.question(), kLimitMs);
        second.answer(Answer::Instead);
        QTRY_VERIFY_WITH_TIMEOUT(settled(second), kLimitMs);
        QCOMPARE(toClose.count(), 1);
        QVERIFY(!first.study());
    }

    // P1, P2
    void rapidOpeningBesideNeverShowsAPersonWithoutHerBand()
    {
        ReadingPresenter reading(m_backend->services());
        QRandomGenerator random(7);
        const std::vector studies{m_now, m_prior, m_other, m_nameless};
        int banded = 0, checked = 0, wrong = 0, unasked = 0;
        bool saidYes = false;
        const auto check = [&] {
            if (!reading.study())
                return;
            for (const auto &viewport : reading.viewports()) {
                const auto &state = viewport->state();
                if (state.content != Content::Picture)
                    continue;
                ++checked;
                wrong += state.facts.study != viewport->study()->uid;
                banded += state.study.otherPerson;
            }
            wrong += wrongMarks(reading);
            const bool mixed = std::any_of(reading.besides().begin(), reading.besides().end(),
                                           [](const auto &open) { return open.mark.otherPerson; });
            unasked += mixed && !saidYes;
        };
        for (int turn = 0; turn < 300; ++turn) {
            const auto &study = studies[random.bounded(quint32(studies.size()))];
            switch (random.bounded(12)) {
            case 0:
                reading.openStudy(study.uid, study.patient);
                saidYes = false;
                break;
            case 1:
            case 2:
            case 3:
            case 4:
                reading.openBeside(study.uid, study.patient);
                break;
            case 5:
            case 6:
            case 7:
                if (reading.question()) {
                    const bool yes = random.bounded(2) == 0;
                    saidYes = saidYes || yes;
                    reading.answer(yes ? Answer::Beside : Answer::No);
                }
                break;
            case 8:
            case 9:
                if (reading.strip().rowCount() > 0)
                    reading.showSeries(int(random.bounded(quint32(reading.viewports().size()))),
                                       reading.strip()
                                           .seriesAt(int(random.bounded(quint32(reading.strip().rowCount()))))
                                           .uid);
                break;
            default:
                reading.setLayout({1 + int(random.bounded(2u)), 1 + int(random.bounded(3u))});
                break;
            }
            if (random.bounded(3) == 0)
                QTRY_VERIFY_WITH_TIMEOUT(settled(reading) || (!reading.isOpening() && !reading.study()),
                                         kLimitMs);
            check();
        }
        QVERIFY(checked > 100);
        QVERIFY(banded > 10);
        QCOMPARE(wrong, 0);
        QCOMPARE(unasked, 0);
    }
};

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    TestStudiesBeside test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_StudiesBeside.moc"
