#include <Backend.h>
#include <Phantom.h>
#include <session/ImportPresenter.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <cmath>

using namespace negatoscope;
using session::Guides;
using session::LinkedViewing;
using session::ReadingPresenter;
using session::ViewportPresenter;
using Content = session::ViewportState::Content;

namespace {

constexpr int kLimitMs = 30'000;
constexpr double kBall[3] = {25, -10, 35}; // of make_phantom.py head

/// The middle of the picture in millimetres along the patient's axes.
base::PatientPoint middleOf(const ViewportPresenter &viewport)
{
    const auto &state = viewport.state();
    const auto plane =
        dicom::ImagePlane::of(state.geometry, state.picture->size().width, state.picture->size().height);
    const auto size = state.transform.view();
    return plane->toPatient(state.transform.toImage({size.width / 2.0, size.height / 2.0}));
}

double pixelsPerMm(const ViewportPresenter &viewport)
{
    return viewport.state().transform.scaleColumn() / viewport.state().spacing.column;
}

double placeOf(const ViewportPresenter &viewport)
{
    return viewport.state().geometry.position->z;
}

} // namespace

/// Linked viewing over a head of five series (one frame of reference), the same head in another frame of
/// reference, and another person's.
class TestLinkedViewing final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::vector<cache::StudyRecord> m_studies;

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

    cache::StudyRecord studyOf(const std::string &patientId, const std::string &date = {}) const
    {
        for (const auto &study : m_studies)
            if (study.patient.id == patientId && (date.empty() || study.studyDate == date))
                return study;
        return {};
    }

    base::SeriesUid seriesOf(const cache::StudyRecord &study, const std::string &description) const
    {
        for (const auto &series : m_backend->cache().series(study.uid))
            if (series.description == description)
                return series.uid;
        return {};
    }

    /// Opens `study` with these series in a row of viewports of 400 x 400.
    void open(ReadingPresenter &reading, const cache::StudyRecord &study,
              const std::vector<std::string> &series)
    {
        reading.openStudy(study.uid, study.patient);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        reading.setLayout(series.size() > 3 ? session::Layout{2, 2} : session::Layout{1, int(series.size())});
        for (std::size_t i = 0; i < series.size(); ++i) {
            const auto uid = seriesOf(study, series[i]);
            QVERIFY2(!uid.isEmpty(), series[i].c_str());
            reading.showSeries(int(i), uid);
            reading.viewportAt(int(i))->setViewSize({400, 400});
        }
        reading.setActive(0);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        const auto head = [&](const QString &name, const QStringList &more) {
            return test::runGenerator(QStringList{QStringLiteral("head"), QStringLiteral("--out"),
                                                  m_folder.filePath(QStringLiteral("data/") + name)} +
                                      more);
        };
        QVERIFY(head(QStringLiteral("one"), {}));
        QVERIFY(
            head(QStringLiteral("elsewhere"),
                 {QStringLiteral("--frame"), QStringLiteral("moved"), QStringLiteral("--shift"),
                  QStringLiteral("15,0,120"), QStringLiteral("--only"), QStringLiteral("axial,sagittal")}));
        QVERIFY(head(QStringLiteral("other"),
                     {QStringLiteral("--patient-id"), QStringLiteral("OTHER"), QStringLiteral("--patient"),
                      QStringLiteral("Other^Person"), QStringLiteral("--only"), QStringLiteral("axial")}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({m_folder.filePath(QStringLiteral("data"))}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
        m_studies = m_backend->cache().studies({});
        QCOMPARE(m_studies.size(), std::size_t(2));
    }

    void scrollsParallelSeriesToTheSamePlace()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial-thin", "sagittal", "oblique"});
        auto &axial = *reading.viewportAt(0), &thin = *reading.viewportAt(1);
        auto &sagittal = *reading.viewportAt(2), &oblique = *reading.viewportAt(3);
        const int sagittalAt = sagittal.target(), obliqueAt = oblique.target();
        for (const int index : {3, 12, 20, 26, 15}) {
            axial.scrollTo(index);
            QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
            QVERIFY(std::abs(placeOf(axial) - placeOf(thin)) <= 1.5 + 1e-3); // half of its 3 mm
        }
        // And the other way round, by the finer one.
        thin.scrollTo(30);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QVERIFY(std::abs(placeOf(axial) - placeOf(thin)) <= 2.5 + 1e-3);
        QCOMPARE(sagittal.target(), sagittalAt); // crossing: never
        QCOMPARE(oblique.target(), obliqueAt);
        QCOMPARE(axial.state().guides.link, Guides::Link::ByPosition);
        QCOMPARE(thin.state().guides.link, Guides::Link::ByPosition);
        QCOMPARE(sagittal.state().guides.link, Guides::Link::None);
    }

    void staysAtItsEndAndSaysThatThePlaceIsOutside()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial-thin"});
        auto &axial = *reading.viewportAt(0), &thin = *reading.viewportAt(1);
        axial.scrollTo(10);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && !thin.state().guides.outside, kLimitMs);
        axial.scrollTo(0); // 72.5 mm; the thin series ends at 67.5
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && thin.state().guides.outside, kLimitMs);
        const int stays = thin.target();
        axial.scrollTo(1);
        axial.scrollTo(0);
        QVERIFY(thin.target() <= stays);
        QTRY_VERIFY_WITH_TIMEOUT(thin.json().value(QLatin1String("linkOutside")).toBool(), kLimitMs);
        QVERIFY(!axial.state().guides.outside);
        axial.scrollTo(8);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && !thin.state().guides.outside, kLimitMs);
    }

    void unlinksByOneCallAndComesTogetherAgain()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial-thin"});
        auto &axial = *reading.viewportAt(0), &thin = *reading.viewportAt(1);
        reading.links().unlink();
        const int before = thin.target();
        axial.scrollTo(14);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(thin.target(), before);
        QCOMPARE(thin.state().guides.link, Guides::Link::None);
        QCOMPARE(
            reading.json().value(QLatin1String("links")).toObject().value(QLatin1String("mode")).toString(),
            QStringLiteral("off"));
        reading.links().link();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QVERIFY(std::abs(placeOf(axial) - placeOf(thin)) <= 1.5 + 1e-3);
        // The wish outlives the study.
        reading.links().unlink();
        reading.openStudy(studyOf("OTHER").uid);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(reading.links().mode(), LinkedViewing::Mode::Off);
    }

    void linksZoomAndPanInMillimetres()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial-thin", "sagittal"});
        auto &axial = *reading.viewportAt(0), &thin = *reading.viewportAt(1),
             &sagittal = *reading.viewportAt(2);
        axial.scrollTo(12);
        thin.setViewSize({300, 500});
        thin.rotate(1);
        thin.flip();
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        const double sagittalScale = pixelsPerMm(sagittal);
        axial.zoomAt({120, 260}, 2.5);
        axial.panBy(31, -12);
        QVERIFY(std::abs(pixelsPerMm(axial) - pixelsPerMm(thin)) < 1e-9);
        const auto a = middleOf(axial), b = middleOf(thin);
        const double tolerance = 1.0 / pixelsPerMm(axial); // pictures lie on whole pixels
        QVERIFY2(std::abs(a.x - b.x) <= tolerance && std::abs(a.y - b.y) <= tolerance,
                 qPrintable(QStringLiteral("%1 %2 / %3 %4").arg(a.x).arg(a.y).arg(b.x).arg(b.y)));
        QCOMPARE(pixelsPerMm(sagittal), sagittalScale);
        QCOMPARE(thin.state().view.quarterTurns, 3); // turned as the reader turned it
        axial.fit();
        QCOMPARE(thin.state().view.zoom, 0.0);
    }

    void linksTheWindowOfOneModality()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial-thin", "sagittal"});
        auto &axial = *reading.viewportAt(0), &thin = *reading.viewportAt(1),
             &sagittal = *reading.viewportAt(2);
        const auto before = *sagittal.state().window;
        axial.dragWindow(40, 25);
        QVERIFY(axial.state().window->width > before.width);
        QVERIFY(*thin.state().window == *axial.state().window);
        QVERIFY(*sagittal.state().window == before); // not linked
        axial.setWindow({123, 456, imaging::VoiFunction::Linear});
        QVERIFY(*thin.state().window == *axial.state().window);
        axial.toggleInvert();
        QVERIFY(thin.state().render.inverted);
        reading.links().setWindowLinked(false);
        axial.setWindow({200, 300, imaging::VoiFunction::Linear});
        QCOMPARE(thin.state().window->center, 123.0);
    }

    void linksByOffsetOnWishOnly()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial moved", "sagittal moved"});
        auto &axial = *reading.viewportAt(0), &moved = *reading.viewportAt(1);
        QVERIFY(axial.state().frameOfReference != moved.state().frameOfReference);
        moved.scrollTo(4);
        axial.scrollTo(10);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(moved.target(), 4); // another frame of reference: not by itself
        QCOMPARE(moved.state().guides.link, Guides::Link::None);
        reading.links().linkByOffset();
        axial.scrollTo(15);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(moved.target(), 9);
        QCOMPARE(moved.json().value(QLatin1String("link")).toString(), QStringLiteral("offset"));
        QCOMPARE(axial.json().value(QLatin1String("link")).toString(), QStringLiteral("position"));
        QCOMPARE(reading.viewportAt(2)->state().guides.link, Guides::Link::None); // crossing
        axial.scrollTo(0);
        axial.scrollTo(15); // no drift
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QCOMPARE(moved.target(), 9);
        reading.links().unlink();
        axial.scrollTo(20);
        QCOMPARE(moved.target(), 9);
    }

    void aSeriesHungLaterJoinsTheOthers()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "sagittal"});
        reading.viewportAt(0)->scrollTo(20);
        reading.showSeries(1, seriesOf(studyOf("PHANTOM-1"), "axial-thin"));
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        QVERIFY(std::abs(placeOf(*reading.viewportAt(0)) - placeOf(*reading.viewportAt(1))) <= 1.5 + 1e-3);
    }

    void aLinkedScrollIsOneChangePerViewport()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "axial-thin", "sagittal", "coronal"});
        // All frames at hand, as while reading.
        for (int i = 0; i < 30; ++i) {
            reading.viewportAt(0)->scrollTo(i);
            QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        }
        std::vector<std::unique_ptr<QSignalSpy>> spies;
        for (const auto &viewport : reading.viewports())
            spies.push_back(std::make_unique<QSignalSpy>(viewport.get(), &ViewportPresenter::changed));
        QCoreApplication::sendPostedEvents();
        for (const auto &spy : spies)
            spy->clear();
        reading.viewportAt(0)->scrollTo(14);
        QVERIFY(!reading.viewportAt(1)->state().pending); // shown in the same turn
        QCoreApplication::sendPostedEvents();
        QCOMPARE(spies[0]->count(), 1);
        QCOMPARE(spies[1]->count(), 1);
        // The lines of the others come in the same turn.
        for (const int tile : {2, 3})
            QCOMPARE(reading.viewportAt(tile)->state().guides.lines.back().number, 15);
    }

    void referenceLinesLieWhereTheActiveSliceIs()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "sagittal", "coronal", "axial moved"});
        reading.viewportAt(0)->scrollTo(8); // 72.5 - ... the slice's own z
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && !reading.viewportAt(1)->state().guides.lines.empty(),
                                 kLimitMs);
        const double z = placeOf(*reading.viewportAt(0));
        for (const int tile : {1, 2}) {
            auto &viewport = *reading.viewportAt(tile);
            viewport.rotate(1);
            viewport.flip();
            QTRY_COMPARE(int(viewport.state().guides.lines.size()), 3); // first, last, this one
            const auto &state = viewport.state();
            const auto plane = dicom::ImagePlane::of(state.geometry, state.picture->size().width,
                                                     state.picture->size().height);
            const auto &current = state.guides.lines.back();
            QCOMPARE(current.kind, session::ReferenceLine::Kind::Current);
            QCOMPARE(current.number, 9);
            for (const auto end : {current.segment.from, current.segment.to})
                QVERIFY(std::abs(plane->toPatient(end).z - z) < 1e-6);
        }
        reading.viewportAt(0)->scrollTo(9);
        reading.links().update(); // asked for in the same turn
        QCOMPARE(reading.viewportAt(1)->state().guides.lines.back().number,
                 reading.viewportAt(0)->state().index + 1);
        QVERIFY(reading.viewportAt(0)->state().guides.lines.empty()); // none in the active viewport
        QVERIFY(reading.viewportAt(3)->state().guides.lines.empty()); // none across frames of reference
        reading.viewportAt(1)->scrollTo(10);
        reading.setActive(1);
        QTRY_COMPARE(int(reading.viewportAt(0)->state().guides.lines.size()), 3);
        QTRY_VERIFY(reading.viewportAt(1)->state().guides.lines.empty());
        reading.links().showReferenceLines(false);
        QVERIFY(reading.viewportAt(0)->state().guides.lines.empty());
    }

    void theCursorIsOnePointInEveryViewport()
    {
        ReadingPresenter reading(m_backend->services());
        open(reading, studyOf("PHANTOM-1"), {"axial", "sagittal", "coronal", "axial moved"});
        reading.setTool(session::Tool::Cursor);
        auto &axial = *reading.viewportAt(0);
        // To the slice through the ball, then a click on it.
        const auto slice = axial.places().nearest({kBall[0], kBall[1], kBall[2]}, axial.target());
        axial.scrollTo(slice->index);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading), kLimitMs);
        const auto plane = dicom::ImagePlane::of(axial.state().geometry, 256, 256);
        const int movedAt = reading.viewportAt(3)->target();
        reading.links().placeCursor(
            0, axial.state().transform.toView(plane->toImage({kBall[0], kBall[1], kBall[2]})));
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && reading.viewportAt(1)->state().guides.cursor &&
                                     reading.viewportAt(2)->state().guides.cursor,
                                 kLimitMs);
        for (const int tile : {0, 1, 2}) {
            const auto &state = reading.viewportAt(tile)->state();
            QVERIFY(!state.guides.cursor->offPlane);
            // The pixels under the cross are the ball's: it is the brightest thing there is.
            const auto at = state.guides.cursor->at;
            const auto value = state.picture->valueAt(int(std::lround(at.column)), int(std::lround(at.row)));
            QVERIFY2(value && *value > 900,
                     qPrintable(QStringLiteral("tile %1: %2").arg(tile).arg(value.value_or(-1))));
        }
        QCOMPARE(reading.viewportAt(3)->target(), movedAt); // another frame of reference
        QVERIFY(!reading.viewportAt(3)->state().guides.cursor);
        const auto json = reading.json()
                              .value(QLatin1String("links"))
                              .toObject()
                              .value(QLatin1String("cursorMm"))
                              .toArray();
        QVERIFY(std::abs(json.at(0).toDouble() - kBall[0]) < 0.5);
        // Scrolled away the mark stays and says how far it is.
        reading.viewportAt(2)->scrollBy(3);
        QTRY_VERIFY_WITH_TIMEOUT(settled(reading) && reading.viewportAt(2)->state().guides.cursor->offPlane,
                                 kLimitMs);
        QVERIFY(std::abs(reading.viewportAt(2)->state().guides.cursor->distanceMm - 18) < 4);
        reading.setTool(session::Tool::Window);
        QTRY_VERIFY(!reading.viewportAt(1)->state().guides.cursor);
        QVERIFY(!reading.links().cursor());
    }
};

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    TestLinkedViewing test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_LinkedViewing.moc"
