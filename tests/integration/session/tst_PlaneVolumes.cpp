#include "PlanesFixture.h"

#include <QtGui/QGuiApplication>

#include <algorithm>

using namespace negatoscope;
using session::ReadingPresenter;
using test::kAxial;
using test::kCoronal;
using test::kLimitMs;
using test::withoutMarks;

/// Volumes behind the planes: what is missing, what is refused, what memory they take.
class TestPlaneVolumes final : public test::PlanesFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { fill(); }
    void cleanupTestCase() { m_backend.reset(); }

    void marksWhereSlicesAreMissing()
    {
        ReadingPresenter reading(m_backend->services());
        const auto studies = m_backend->cache().studies({});
        const auto gap = std::find_if(studies.begin(), studies.end(),
                                      [](const auto &study) { return study.patient.id == "GAP"; });
        QVERIFY(gap != studies.end());
        reading.openStudy(gap->uid, gap->patient);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        reading.setLayout({1, 1});
        resize(reading);
        beginPlanes(reading);
        const auto &state = reading.viewportAt(kCoronal)->state();
        QVERIFY(std::any_of(state.plane->findings.begin(), state.plane->findings.end(), [](const auto &one) {
            return one.code == volume::Finding::Code::MissingSlices && one.count == 4;
        }));
        QVERIFY(state.plane->states);
        const auto missing =
            std::count(state.plane->states->begin(), state.plane->states->end(), volume::PixelState::Missing);
        QVERIFY(missing > 0);
        const auto at =
            std::find(state.plane->states->begin(), state.plane->states->end(), volume::PixelState::Missing) -
            state.plane->states->begin();
        const int columns = state.plane->raster.columns;
        QVERIFY(!state.picture->valueAt(int(at) % columns, int(at) / columns));
    }

    void refusesWhatMakesNoVolume()
    {
        ReadingPresenter reading(m_backend->services());
        const auto studies = m_backend->cache().studies({});
        const auto film = std::find_if(studies.begin(), studies.end(), [](const auto &study) {
            return std::find(study.modalities.begin(), study.modalities.end(), "DX") !=
                   study.modalities.end();
        });
        QVERIFY(film != studies.end());
        reading.openStudy(film->uid, film->patient);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        resize(reading);
        const QJsonObject before = withoutMarks(reading.json());
        QSignalSpy refused(&reading, &ReadingPresenter::planesRefused);
        reading.togglePlanes();
        QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, kLimitMs);
        const auto findings = refused.front().front().value<std::vector<volume::Finding>>();
        QVERIFY(std::any_of(findings.begin(), findings.end(), [](const volume::Finding &finding) {
            return finding.effect == volume::Finding::Effect::Refused;
        }));
        QVERIFY(!reading.planes());
        QCOMPARE(withoutMarks(reading.json()), before);
    }

    void keepsWhatWasReadLatelyWithinItsMemory()
    {
        session::VolumeShelf &shelf = m_backend->volumes();
        shelf.clear();
        ReadingPresenter reading(m_backend->services());
        open(reading, "Phantom body");
        beginPlanes(reading);
        const std::weak_ptr<const volume::Volume> volume = reading.planes()->volume().volume()->volume;
        reading.togglePlanes();
        QVERIFY(shelf.keptBytes() > 0);
        QVERIFY(!volume.expired());
        reading.togglePlanes();
        // There at once, whole.
        QCOMPARE(reading.planes()->volume().stage(), session::VolumePresenter::Stage::Settled);
        QCOMPARE(reading.planes()->volume().volume()->volume, volume.lock());
        reading.togglePlanes();
        shelf.setKeptBytes(1);
        QCOMPARE(shelf.keptBytes(), 0U);
        QTRY_VERIFY_WITH_TIMEOUT(volume.expired(), kLimitMs);
        shelf.setKeptBytes(std::uint64_t(256) << 20);
    }

    void tellsACoarserCopyAndRefusesWithoutRoom()
    {
        std::uint64_t memory = 400'000; // of 60 slices of 128 x 128 x 2 bytes
        session::VolumeShelf::Options options;
        options.budget = [&memory] { return volume::StorageBudget{memory, {}, 0}; };
        session::VolumeShelf shelf(m_backend->decoder(), m_backend->cache(), std::move(options));
        const session::Services services{m_backend->cache(),    m_backend->decoder(),
                                         m_backend->frames(),   m_backend->services().presets,
                                         m_backend->archives(), shelf};
        ReadingPresenter reading(services);
        open(reading, "Phantom body");
        beginPlanes(reading);
        QCOMPARE(reading.viewportAt(kAxial)->state().plane->storage.reduction, 2);
        QCOMPARE(reading.viewportAt(kAxial)
                     ->json()
                     .value(QLatin1String("plane"))
                     .toObject()
                     .value(QLatin1String("storage")),
                 QJsonValue(QStringLiteral("coarser")));
        reading.togglePlanes();

        memory = 100;
        QSignalSpy refused(&reading, &ReadingPresenter::planesRefused);
        reading.togglePlanes();
        QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, kLimitMs);
        const auto error = refused.front().at(1).value<std::optional<base::Error>>();
        QVERIFY(error && error->code() == base::ErrorCode::LimitExceeded);
        QVERIFY(!reading.planes());
    }
};

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    TestPlaneVolumes test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_PlaneVolumes.moc"
