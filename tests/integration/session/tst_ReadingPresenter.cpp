#include <Backend.h>
#include <Phantom.h>
#include <session/ImportPresenter.h>
#include <session/ReadingPresenter.h>
#include <session/StudyListModel.h>

#include <QtCore/QJsonArray>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace negatoscope;
using session::Layout;
using session::ReadingPresenter;
using Content = session::ViewportState::Content;

namespace {

constexpr int kLimitMs = 20'000;
const std::string kData = NEGATOSCOPE_TEST_DATA;

} // namespace

class TestReadingPresenter final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::vector<cache::StudyRecord> m_studies;

    static session::StudyQuestion wordsAlone(const QString &words)
    {
        session::StudyQuestion question;
        question.words = words;
        return question;
    }

    static bool settled(const ReadingPresenter &reading)
    {
        if (reading.isOpening())
            return false;
        for (const auto &viewport : reading.viewports()) {
            const auto &state = viewport->state();
            if (state.content == Content::Waiting || state.pending ||
                (state.content != Content::Empty && !state.countFinal))
                return false;
        }
        return true;
    }

    cache::StudyRecord studyWithSeries(int least) const
    {
        for (const auto &study : m_studies)
            if (study.series >= least)
                return study;
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")), std::size_t(64 << 20),
                                            0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        for (int i = 0; i < 3; ++i)
            QVERIFY(test::makePhantom(m_folder.filePath(QStringLiteral("phantom%1").arg(i)), 12,
                                      {QStringLiteral("--patient"),
                                       QStringLiteral("PHANTOM^%1").arg(QChar(u'A' + i)),
                                       QStringLiteral("--patient-id"), QStringLiteral("PH%1").arg(i)}));

        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({m_folder.path(), QString::fromStdString(kData + "/dicomdir"),
                      QString::fromStdString(kData + "/rt"), QString::fromStdString(kData + "/us")},
                     session::ImportPresenter::Mode::Import);
        QVERIFY(import.isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kLimitMs);
        QVERIFY(import.lastReport() && *import.lastReport());
        QVERIFY((*import.lastReport())->imported > 36);
        m_studies = m_backend->cache().studies({});
        QVERIFY(m_studies.size() >= 5);
    }

    void theStudyListFindsAsOneTypes()
    {
        session::StudyListModel list(m_backend->services());
        const QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy refreshed(&list, &session::StudyListModel::refreshed);
        list.refresh();
        QTRY_COMPARE(refreshed.count(), 1);
        QCOMPARE(list.rowCount(), static_cast<int>(m_studies.size()));
        for (const QString &typed :
             {QStringLiteral("p"), QStringLiteral("ph"), QStringLiteral("phantom ph1")})
            list.setQuestion(wordsAlone(typed));
        QTRY_VERIFY(!list.isSearching());
        QCOMPARE(list.rowCount(), 1);
        QVERIFY(list.index(0, session::StudyListModel::Patient)
                    .data()
                    .toString()
                    .contains(QStringLiteral("PHANTOM")));
        list.setQuestion(wordsAlone(QStringLiteral("nobody of that name")));
        QTRY_VERIFY(!list.isSearching());
        QCOMPARE(list.rowCount(), 0);
        QVERIFY(!list.isUnfiltered());
    }

    void opensAStudyInTheActiveViewport()
    {
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(m_studies.front().uid, m_studies.front().patient);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && reading.study(), kLimitMs);
        QCOMPARE(reading.study()->uid, m_studies.front().uid);
        QVERIFY(reading.active()->state().active);
    }

    void aStudyThatIsNoLongerOfTheChosenPatientIsNotShown()
    {
        ReadingPresenter reading(m_backend->services());
        QSignalSpy failed(&reading, &ReadingPresenter::openFailed);
        auto expected = m_studies.front().patient;
        expected.id += "-other";
        reading.openStudy(m_studies.front().uid, expected);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kLimitMs);
        QVERIFY(!reading.study());
        QCOMPARE(reading.viewports().front()->state().content, Content::Empty);
    }

    void rapidSwitchingNeverMixesTwoStudies()
    {
        ReadingPresenter reading(m_backend->services());
        QRandomGenerator random(11);
        int checked = 0, wrong = 0;
        const auto check = [&] {
            for (const auto &viewport : reading.viewports()) {
                const auto &state = viewport->state();
                if (state.content != Content::Picture)
                    continue;
                ++checked;
                if (!reading.study() || state.facts.study != reading.study()->uid ||
                    state.frame->key.instance != state.facts.instance)
                    ++wrong;
            }
        };
        connect(&reading, &ReadingPresenter::changed, &reading, check);
        for (int i = 0; i < 600; ++i) {
            const auto &study = m_studies[random.bounded(quint32(m_studies.size()))];
            if (random.bounded(8) == 0)
                reading.closeStudy();
            else
                reading.openStudy(study.uid, study.patient);
            if (random.bounded(5) == 0)
                reading.setLayout({int(random.bounded(1, 4)), int(random.bounded(1, 4))});
            const int turns = random.bounded(4);
            for (int turn = 0; turn < turns; ++turn) {
                QCoreApplication::sendPostedEvents();
                check();
            }
            if (i % 5 == 0) {
                QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
                check();
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        check();
        QVERIFY2(checked > 100, qPrintable(QString::number(checked)));
        QCOMPARE(wrong, 0);
    }

    void aLargerGridFillsWithSeriesThatAreNotShownYet()
    {
        const auto study = studyWithSeries(3);
        QVERIFY(!study.uid.isEmpty());
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study.uid);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && reading.study(), kLimitMs);
        reading.setLayout({1, 1});
        QSignalSpy layouts(&reading, &ReadingPresenter::layoutChanged);
        reading.setLayout({2, 2});
        QCOMPARE(layouts.count(), 1);
        QCOMPARE(reading.viewports().size(), std::size_t(4));
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        std::set<base::SeriesUid> shown;
        int filled = 0;
        for (const auto &viewport : reading.viewports()) {
            if (!viewport->series())
                continue;
            ++filled;
            shown.insert(viewport->series()->uid);
        }
        QVERIFY(filled >= 3);
        QCOMPARE(static_cast<int>(shown.size()), filled);
    }

    void theActiveViewportStaysInSightWhenTheGridShrinks()
    {
        const auto study = studyWithSeries(3);
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study.uid);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && reading.study(), kLimitMs);
        reading.setLayout({2, 2});
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        reading.setActive(2);
        QVERIFY(reading.active()->series());
        const auto series = reading.active()->series()->uid;
        reading.setLayout({1, 1});
        QVERIFY(reading.active()->series());
        QCOMPARE(reading.active()->series()->uid, series);
    }

    void maximisingShowsOneViewportAndGoesBack()
    {
        ReadingPresenter reading(m_backend->services());
        reading.setLayout({2, 2});
        reading.toggleMaximised(3);
        QCOMPARE(reading.maximised(), std::optional(3));
        QCOMPARE(reading.activeIndex(), 3);
        reading.toggleMaximised(3);
        QVERIFY(!reading.maximised());
        QCOMPARE(reading.layout(), (Layout{2, 2}));
    }

    void theStripHasThumbnailsOfWhatCanBeShown()
    {
        const auto study = studyWithSeries(3);
        ReadingPresenter reading(m_backend->services());
        const QAbstractItemModelTester tester(&reading.strip(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        reading.openStudy(study.uid);
        QTRY_VERIFY_WITH_TIMEOUT(reading.strip().rowCount() == study.series, kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (int row = 0; row < reading.strip().rowCount(); ++row) {
                    const bool pixels = reading.strip().seriesAt(row).displayable > 0;
                    if (pixels && !reading.strip().thumbnailAt(row) && !reading.strip().errorAt(row))
                        return false;
                }
                return true;
            }(),
            kLimitMs);
    }

    void jsonTellsWhatIsOnScreen()
    {
        const auto study = studyWithSeries(1);
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study.uid);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && reading.study(), kLimitMs);
        const QJsonObject json = reading.json();
        QCOMPARE(json.value(QLatin1String("studyInstanceUid")).toString(),
                 QString::fromStdString(study.uid.value()));
        const QJsonObject tile = json.value(QLatin1String("viewports")).toArray().first().toObject();
        QCOMPARE(tile.value(QLatin1String("sopInstanceUid")).toString(),
                 QString::fromStdString(reading.viewports().front()->state().facts.instance.value()));
        QCOMPARE(tile.value(QLatin1String("index")).toInt(), reading.viewports().front()->state().index + 1);
    }
};

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    TestReadingPresenter test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ReadingPresenter.moc"
