#include <Backend.h>
#include <Phantom.h>
#include <dicom/DataSet.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>

using namespace negatoscope;
using session::FrameMark;
using session::ReadingPresenter;
using Content = session::ViewportState::Content;

namespace {

constexpr int kLimitMs = 20'000;
constexpr int kSlices = 40;

/// A file on its way.
struct Image
{
    std::string path;
    base::StudyUid study;
    base::SeriesUid series;
    base::InstanceUid uid;
    std::int64_t number = 0;
};

} // namespace

/// A study that is read while it arrives: what the reader looks at stays as it is (CU-5).
class TestReadingArrival final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::vector<Image> m_first, m_second; ///< two series of one study, by number

    cache::Cache &cache() { return m_backend->cache(); }
    base::StudyUid study() const { return m_first.front().study; }

    std::vector<Image> imagesIn(const QString &folder)
    {
        namespace tags = dicom::tags;
        std::vector<Image> images;
        for (const QString &name : QDir(folder).entryList(QDir::Files)) {
            const std::string path = (folder + u'/' + name).toStdString();
            const auto file = m_backend->decoder().readDataSet(path, codec::Purpose::Visible);
            if (!file)
                continue;
            images.push_back({path, base::StudyUid(file->dataSet.text(tags::StudyInstanceUid)),
                              base::SeriesUid(file->dataSet.text(tags::SeriesInstanceUid)),
                              base::InstanceUid(file->dataSet.text(tags::SopInstanceUid)),
                              file->dataSet.integer(tags::InstanceNumber).value_or(0)});
        }
        std::sort(images.begin(), images.end(),
                  [](const Image &a, const Image &b) { return a.number < b.number; });
        return images;
    }

    session::RequestedStudy requested() const
    {
        session::RequestedStudy requested;
        requested.archive = "PACS";
        requested.uid = study();
        requested.patient = {"PHANTOM", "PH", dicom::PersonName::parse("PHANTOM^A"), "19650302", "O"};
        requested.instances = 2 * kSlices;
        return requested;
    }

    void announce()
    {
        std::vector<cache::AnnouncedSeries> lists;
        for (const auto *images : {&m_first, &m_second}) {
            cache::AnnouncedSeries list{study(), images->front().series, "CT", {}, {}};
            for (const Image &image : *images)
                list.instances.push_back(image.uid);
            lists.push_back(std::move(list));
        }
        QVERIFY(cache().announce(lists));
    }
    /// Images by their numbers, from 1.
    void bring(const std::vector<Image> &images, int from, int to)
    {
        std::vector<std::string> paths;
        for (int number = from; number <= to; ++number)
            paths.push_back(images[std::size_t(number - 1)].path);
        const auto report = cache().import(paths, {}, {});
        QVERIFY(report && report->imported == to - from + 1);
    }

    static bool settled(const ReadingPresenter &reading)
    {
        return !reading.isOpening() && reading.study() &&
               std::all_of(reading.viewports().begin(), reading.viewports().end(), [](const auto &viewport) {
                   const auto &state = viewport->state();
                   return state.content != Content::Waiting && !state.pending &&
                          (state.content == Content::Empty || state.countFinal);
               });
    }
    static std::int64_t numberShown(const session::ViewportPresenter &viewport)
    {
        return viewport.targetFrame() ? viewport.targetFrame()->instanceNumber.value_or(0) : 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")), std::size_t(64 << 20),
                                            0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        for (const QString &series : {QStringLiteral("1"), QStringLiteral("2")})
            QVERIFY(test::makePhantom(m_folder.filePath(series), kSlices,
                                      {QStringLiteral("--patient"), QStringLiteral("PHANTOM^A"),
                                       QStringLiteral("--patient-id"), QStringLiteral("PH"),
                                       QStringLiteral("--series"), series}));
        m_first = imagesIn(m_folder.filePath(QStringLiteral("1")));
        m_second = imagesIn(m_folder.filePath(QStringLiteral("2")));
        QCOMPARE(m_first.size(), std::size_t(kSlices));
        QCOMPARE(m_second.size(), std::size_t(kSlices));
        QCOMPARE(m_first.front().study, m_second.front().study);
    }

    void cleanup() { (void)cache().remove(study()); }

    void waitsForTheFirstImageAndShowsIt()
    {
        ReadingPresenter reading(m_backend->services());
        QSignalSpy failed(&reading, &ReadingPresenter::openFailed);
        reading.openArriving(requested());
        QVERIFY(reading.arriving().has_value());
        QCOMPARE(reading.active()->state().content, Content::Waiting);
        QCOMPARE(reading.arrived(study()), std::optional(std::pair(0, 2 * kSlices)));
        reading.refresh();
        bring(m_first, 20, 20);
        reading.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QVERIFY(!reading.arriving());
        QCOMPARE(reading.active()->state().content, Content::Picture);
        QCOMPARE(numberShown(*reading.active()), 20);
        QCOMPARE(failed.count(), 0);
    }

    void whatComesForAnotherPatientIsNotShown()
    {
        ReadingPresenter reading(m_backend->services());
        QSignalSpy failed(&reading, &ReadingPresenter::openFailed);
        auto asked = requested();
        asked.patient.birthDate = "19700101";
        reading.openArriving(asked);
        bring(m_first, 1, 1);
        reading.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kLimitMs);
        QVERIFY(!reading.study() && !reading.arriving());
        QCOMPARE(reading.active()->state().content, Content::Empty);
    }

    void theImageUnderTheReaderStays()
    {
        bring(m_first, 18, 22);
        announce();
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        auto &viewport = *reading.active();
        viewport.setViewSize({400, 400});
        for (int i = 0; i < 5 && numberShown(viewport) != 21; ++i) {
            viewport.scrollBy(1);
            QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        }
        viewport.setWindow({50, 350, imaging::VoiFunction::Linear});
        viewport.zoomAt({200, 200}, 2);
        viewport.panBy(30, -12);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        const auto frame = viewport.state().frame;
        std::vector<frames::FrameKey> seen;
        for (int i = 0; i < viewport.state().count; ++i)
            if (viewport.marks().isSeen(std::size_t(i)))
                seen.push_back({viewport.stackFrame(i)->instance, viewport.stackFrame(i)->frame});
        QVERIFY(seen.size() >= 2);
        const auto viewing = viewport.viewing();
        const auto middle = viewport.state().transform.toImage({200, 200});
        QSignalSpy scrolled(&viewport, &session::ViewportPresenter::scrolled);
        QSignalSpy grown(&viewport, &session::ViewportPresenter::grown);

        int pictures = 0;
        connect(&viewport, &session::ViewportPresenter::changed, this, [&] {
            ++pictures;
            QCOMPARE(viewport.state().frame, frame);
            QCOMPARE(viewport.state().content, Content::Picture);
        });
        const std::pair<int, int> arrivals[] = {{10, 17}, {23, 30}, {31, 40}, {1, 9}};
        for (const auto &[from, to] : arrivals) {
            bring(m_first, from, to);
            reading.refresh();
            const int before = grown.count();
            QTRY_VERIFY_WITH_TIMEOUT(grown.count() > before, kLimitMs);
        }
        QTRY_COMPARE_WITH_TIMEOUT(viewport.state().count, kSlices, kLimitMs);
        QVERIFY(pictures > 0);
        QCOMPARE(numberShown(viewport), 21);
        QCOMPARE(viewport.stackFrame(viewport.state().index)->instance, frame->key.instance);
        QCOMPARE(viewport.target(), viewport.state().index);
        QVERIFY(viewport.viewing() == viewing);
        const auto middleNow = viewport.state().transform.toImage({200, 200});
        QCOMPARE(middleNow.column, middle.column);
        QCOMPARE(middleNow.row, middle.row);
        QCOMPARE(scrolled.count(), 0);
        QCOMPARE(reading.layout(), (session::Layout{1, 1}));
        // What was seen stays seen, each at its new place.
        QCOMPARE(viewport.marks().seen(), int(seen.size()));
        for (const frames::FrameKey &key : seen)
            QVERIFY(viewport.marks().isSeen(std::size_t(viewport.indexOf(key).value_or(-1))));
        // The next image is the neighbour, not what lay there before.
        viewport.scrollBy(1);
        QCOMPARE(std::abs(numberShown(viewport) - 21), 1);
    }

    void theBarKnowsWhatIsMissing()
    {
        bring(m_first, 11, 20);
        announce();
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        const auto &marks = reading.active()->marks();
        QCOMPARE(marks.places(), kSlices);
        QCOMPARE(reading.arrived(study()), std::optional(std::pair(10, 2 * kSlices)));
        int missing = 0;
        for (int place = 0; place < marks.places(); ++place)
            missing += marks.markAt(place) == FrameMark::Missing ? 1 : 0;
        QCOMPARE(missing, kSlices - 10);
        // Ten before it or twenty: as the stack runs.
        const int first = marks.placeOf(0);
        QVERIFY2(first == 10 || first == 20, qPrintable(QString::number(first)));
        QCOMPARE(marks.frameAt(first + 3), 3);
        QCOMPARE(marks.frameAt(0), 0);
        QCOMPARE(marks.frameAt(kSlices - 1), 9);
    }

    void newSeriesAppearInTheStripAndNothingElseMoves()
    {
        bring(m_second, 1, 5);
        ReadingPresenter reading(m_backend->services());
        const QAbstractItemModelTester tester(&reading.strip(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        reading.openStudy(study());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(reading.strip().rowCount(), 1);
        reading.active()->scrollBy(2); // the reader has begun
        const auto shown = numberShown(*reading.active());
        bring(m_first, 1, 40);
        reading.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(reading.strip().rowCount(), 2, kLimitMs);
        // In the order of the study, each with its own picture.
        QCOMPARE(reading.strip().seriesAt(0).uid, m_first.front().series);
        QTRY_VERIFY_WITH_TIMEOUT(reading.strip().thumbnailAt(0) && reading.strip().thumbnailAt(1), kLimitMs);
        QCOMPARE(reading.layout(), (session::Layout{1, 1}));
        QCOMPARE(reading.active()->series()->uid, m_second.front().series);
        QCOMPARE(numberShown(*reading.active()), shown);
    }

    void aStudyThatNobodyHasTouchedIsLaidOutAgain()
    {
        bring(m_first, 15, 25);
        announce();
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(reading.layout(), (session::Layout{1, 1}));
        const auto frame = reading.active()->state().frame;
        QVERIFY(frame != nullptr);
        bring(m_second, 1, 40);
        reading.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(reading.layout(), (session::Layout{1, 2}), kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        // What was on screen is where it was.
        QCOMPARE(reading.viewportAt(0)->state().frame, frame);
        QCOMPARE(reading.viewportAt(1)->series()->uid, m_second.front().series);
        QCOMPARE(reading.activeIndex(), 0);
    }

    void aFilmKeepsTheFramesItWasBegunWith()
    {
        bring(m_first, 11, 20);
        announce();
        ReadingPresenter reading(m_backend->services());
        reading.openStudy(study());
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        auto &viewport = *reading.active();
        QVERIFY(session::CineControl::canPlay(viewport));
        reading.cine().toggle(viewport);
        QVERIFY(viewport.state().cine.has_value());
        bring(m_first, 1, 10);
        reading.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(viewport.state().instances, 20, kLimitMs);
        QCOMPARE(viewport.state().count, 10);
        reading.cine().toggle(viewport);
        QTRY_COMPARE_WITH_TIMEOUT(viewport.state().count, 20, kLimitMs);
    }
};

QTEST_MAIN(TestReadingArrival)
#include "tst_ReadingArrival.moc"
