#include <Backend.h>
#include <FakeFileReader.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>

using namespace negatoscope;
using session::ReadingPresenter;
using session::ViewportPresenter;
using Content = session::ViewportState::Content;
namespace tags = dicom::tags;

namespace {

constexpr int kLimitMs = 20'000;
constexpr int kSide = 32;

/// A small grey object of a study of its own, 16 bits, with `frames` frames of one value each.
test::FakeDicomFile objectOf(const char *study, const char *instance, const char *modality,
                             const std::vector<std::uint16_t> &frameValues)
{
    test::FakeDicomFile file;
    const std::string uid = std::string("1.2.826.0.1.3680043.10.1471.") + study;
    file.set(tags::SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.7.3"); // multi-frame grey word
    file.set(tags::SopInstanceUid, "UI", uid + "." + instance);
    file.set(tags::StudyInstanceUid, "UI", uid);
    file.set(tags::SeriesInstanceUid, "UI", uid + ".9");
    file.set(tags::Modality, "CS", modality);
    file.set(tags::PatientName, "PN", std::string("Test^") + modality);
    file.set(tags::PatientId, "LO", std::string("M") + study);
    file.set(tags::InstanceNumber, "IS", instance);
    file.set(tags::NumberOfFrames, "IS", std::to_string(frameValues.size()));
    file.set(tags::PhotometricInterpretation, "CS", "MONOCHROME2");
    file.data.setUnsignedShort(tags::SamplesPerPixel, 1);
    file.data.setUnsignedShort(tags::Rows, kSide);
    file.data.setUnsignedShort(tags::Columns, kSide);
    file.data.setUnsignedShort(tags::BitsAllocated, 16);
    file.data.setUnsignedShort(tags::BitsStored, 12);
    file.data.setUnsignedShort(tags::HighBit, 11);
    file.data.setUnsignedShort(tags::PixelRepresentation, 0);
    // A ramp on top of the value of the frame: a picture is never flat.
    for (const std::uint16_t value : frameValues)
        for (int i = 0; i < kSide * kSide; ++i) {
            const auto pixel = static_cast<std::uint16_t>(value + i % kSide);
            file.pixels += static_cast<char>(pixel & 0xff);
            file.pixels += static_cast<char>(pixel >> 8);
        }
    return file;
}

} // namespace

/// What is particular to a modality, by whole files through the whole program below the windows.
class TestModalities final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;

    void write(const QString &name, const test::FakeDicomFile &file)
    {
        QFile out(m_folder.filePath(QStringLiteral("in/") + name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(QByteArray::fromStdString(file.bytes()));
    }

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

    std::unique_ptr<ReadingPresenter> opened(const char *study)
    {
        auto reading = std::make_unique<ReadingPresenter>(m_backend->services());
        reading->openStudy(base::StudyUid(std::string("1.2.826.0.1.3680043.10.1471.") + study));
        const bool ready = QTest::qWaitFor([&] { return settled(*reading); }, kLimitMs);
        if (!ready)
            return nullptr;
        for (const auto &viewport : reading->viewports())
            viewport->setViewSize({400, 300});
        return reading;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("in")));

        auto chest = objectOf("1", "1", "DX", {500});
        chest.set(tags::PatientOrientation, "CS", "R\\H"); // upside down
        write(QStringLiteral("chest"), chest);
        write(QStringLiteral("unknown"), objectOf("2", "1", "DX", {500}));

        int number = 0;
        for (const char *side : {"L", "R"})
            for (const char *view : {"MLO", "CC"}) {
                auto breast = objectOf("3", qPrintable(QString::number(++number)), "MG", {500});
                breast.set(tags::ImageLaterality, "CS", side);
                breast.set(tags::ViewPosition, "CS", view);
                // Each stored with the chest wall on the left and upright.
                const bool oblique = *view == 'M';
                breast.set(tags::PatientOrientation, "CS",
                           std::string("A\\") + (oblique        ? "F"
                                                 : *side == 'R' ? "L"
                                                                : "R"));
                write(QStringLiteral("breast%1").arg(number), breast);
            }

        auto pet = objectOf("4", "1", "PT", {100});
        pet.set(tags::WindowCenter, "DS", "150");
        pet.set(tags::WindowWidth, "DS", "200");
        write(QStringLiteral("pet"), pet);

        // Frame k has the value 100 k: a difference says which mask was taken.
        auto run = objectOf("5", "1", "XA", {100, 200, 300, 400, 500});
        dicom::DataSet item;
        item.setText({0x0028, 0x6101}, "CS", "AVG_SUB");
        item.setUnsignedShort({0x0028, 0x6110}, 2);
        run.set({0x0028, 0x6100}, "SQ", test::FakeDicomFile::itemsOf({item}));
        write(QStringLiteral("run"), run);

        for (int phase = 0; phase < 3; ++phase)
            for (int slice = 0; slice < 4; ++slice) {
                const int n = phase * 4 + slice + 1;
                auto mr =
                    objectOf("6", qPrintable(QString::number(n)), "MR", {static_cast<std::uint16_t>(n)});
                mr.set(tags::ImageOrientationPatient, "DS", "1\\0\\0\\0\\1\\0");
                mr.set(tags::ImagePositionPatient, "DS", "0\\0\\" + std::to_string(5 * slice));
                mr.set(tags::TemporalPositionIdentifier, "IS", std::to_string(phase + 1));
                write(QStringLiteral("mr%1").arg(n), mr);
            }

        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")), std::size_t(64 << 20),
                                            0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        const auto report =
            m_backend->cache().import({m_folder.filePath(QStringLiteral("in")).toStdString()}, {}, {});
        QVERIFY(report);
        QCOMPARE(report->imported, 20);
    }

    void turnsAChestThatWasStoredUpsideDown()
    {
        const auto reading = opened("1");
        QVERIFY(reading);
        ViewportPresenter &viewport = *reading->active();
        const auto &state = viewport.state();
        QCOMPARE(state.view.quarterTurns, 2);
        QCOMPARE(QString::fromStdString(state.letters.bottom), QStringLiteral("F"));
        QCOMPARE(QString::fromStdString(state.letters.right), QStringLiteral("L"));
        QCOMPARE(viewport.json().value(QStringLiteral("hungRotation")).toInt(), 180);
        // The pixels turned with the letters: what is stored at the left is now at the right.
        const auto left = state.transform.toView({0, kSide / 2.0});
        QVERIFY(left.x > 200);
        viewport.rotate(1);
        viewport.flip();
        viewport.reset();
        QCOMPARE(state.view.quarterTurns, 2);
        QVERIFY(!state.view.flipped);
    }

    void turnsNothingThatDoesNotSayHowItLies()
    {
        const auto reading = opened("2");
        QVERIFY(reading);
        const auto &state = reading->active()->state();
        QCOMPARE(state.view, imaging::ViewSettings());
        QVERIFY(!state.orientationKnown);
        QVERIFY(state.letters.left.empty() && state.letters.bottom.empty());
    }

    void hangsFourBreastsBackToBack()
    {
        const auto reading = opened("3");
        QVERIFY(reading);
        QCOMPARE(reading->layout(), (session::Layout{2, 2}));
        const QStringList sides{QStringLiteral("R"), QStringLiteral("L"), QStringLiteral("R"),
                                QStringLiteral("L")};
        const QStringList views{QStringLiteral("CC"), QStringLiteral("CC"), QStringLiteral("MLO"),
                                QStringLiteral("MLO")};
        for (int i = 0; i < 4; ++i) {
            const auto &state = reading->viewportAt(i)->state();
            QCOMPARE(state.facts.laterality, sides[i]);
            QCOMPARE(state.facts.viewPosition, views[i]);
            const bool right = sides[i] == QLatin1String("R");
            QCOMPARE(QString::fromStdString(right ? state.letters.right : state.letters.left),
                     QStringLiteral("P"));
            // The chest wall lies on the edge towards the middle: the outermost pixel ends there.
            const double one = state.transform.toView({-0.5, 0}).x;
            const double other = state.transform.toView({kSide - 0.5, 0}).x;
            QCOMPARE(right ? std::max(one, other) : std::min(one, other), right ? 400.0 : 0.0);
        }
        // Moved by hand it goes on from where it is.
        ViewportPresenter &first = *reading->viewportAt(0);
        const auto before = first.state().transform.toView({3, 4});
        first.panBy(-10, 5);
        const auto after = first.state().transform.toView({3, 4});
        QCOMPARE(after.x - before.x, -10.0);
        QCOMPARE(after.y - before.y, 5.0);
        first.fit();
        QCOMPARE(first.state().transform.toView({3, 4}).x, before.x);
    }

    void windowsPetFromZero()
    {
        const auto reading = opened("4");
        QVERIFY(reading);
        ViewportPresenter &viewport = *reading->active();
        const auto &state = viewport.state();
        QVERIFY(state.render.inverted && state.clampAtZero);
        const auto low = [&] { return state.window->center - state.window->width / 2; };
        const auto high = [&] { return state.window->center + state.window->width / 2; };
        QCOMPARE(low(), 0.0);
        QCOMPARE(high(), 249.0); // the upper end of 150/200
        viewport.dragWindow(60, -20);
        QCOMPARE(low(), 0.0);
        QVERIFY(high() > 280);
        viewport.setColourTable(imaging::ColourTable::HotIron);
        QVERIFY(!state.render.inverted); // much is bright in colours
        QCOMPARE(viewport.json().value(QStringLiteral("colourTable")).toString(), QStringLiteral("HOT_IRON"));
        viewport.toggleClampAtZero();
        QCOMPARE(low(), 50.0);
        viewport.reset();
        QVERIFY(state.render.inverted && state.clampAtZero);
        QCOMPARE(int(state.render.colourTable), int(imaging::ColourTable::Grey));
    }

    void subtractsMasksExactly()
    {
        const auto reading = opened("5");
        QVERIFY(reading);
        QVERIFY(reading->firstHang().tiles.front().cine);
        ViewportPresenter &viewport = *reading->active();
        const auto &state = viewport.state();
        const auto valueIs = [&](double value) {
            return QTest::qWaitFor(
                [&] {
                    return !state.pending && state.picture &&
                           state.picture->valueAt(10, 10) == std::optional(value);
                },
                kLimitMs);
        };
        QTRY_VERIFY_WITH_TIMEOUT(reading->cine().isPlaying(&viewport), kLimitMs);
        reading->cine().stop(&viewport);
        viewport.scrollTo(0);
        viewport.scrollTo(3);
        QVERIFY(valueIs(410));
        QVERIFY(!state.subtraction.shown);
        QVERIFY(!viewport.dragMask(10, 0)); // there is no mask
        const auto native = *state.window;
        viewport.toggleSubtraction(); // the object names frame 2
        QVERIFY(valueIs(200));
        QVERIFY(state.subtraction.shown);
        QCOMPARE(state.subtraction.masks, std::vector<int>{2});
        QCOMPARE(state.facts.frame, 3U);
        viewport.scrollTo(4);
        QVERIFY(valueIs(300));
        viewport.scrollTo(0);
        QVERIFY(valueIs(-100));
        viewport.useAsMask();
        QVERIFY(valueIs(0));
        viewport.scrollTo(4);
        QVERIFY(valueIs(400));
        QVERIFY(state.subtraction.ownMask);
        // The ramp rises by one per column: a mask moved right by half a pixel is half a value lower.
        viewport.shiftMask(0, 0.5);
        QVERIFY(valueIs(400.5));
        QVERIFY(!state.picture->valueAt(0, 10)); // no mask there
        const auto shift = viewport.json().value(QStringLiteral("subtraction")).toObject();
        QCOMPARE(shift.value(QStringLiteral("shift")).toArray().at(1).toDouble(), 0.5);
        // By hand, with the pointer: in steps of half a pixel of the image, however small the moves are.
        const double pixel = state.transform.scaleColumn();
        QVERIFY(viewport.dragMask(0.3 * pixel, 0));
        QVERIFY(viewport.dragMask(0.3 * pixel, 0));
        QVERIFY(valueIs(401));
        QVERIFY(viewport.dragMask(-1.1 * pixel, 0));
        QVERIFY(valueIs(400));
        viewport.toggleSubtraction();
        QVERIFY(valueIs(510));
        QCOMPARE(*state.window, native); // the windows of the two do not mix
    }

    void stepsThroughPhasesAtOnePlace()
    {
        const auto reading = opened("6");
        QVERIFY(reading);
        ViewportPresenter &viewport = *reading->active();
        const auto &state = viewport.state();
        QCOMPARE(state.index, 2); // the middle of the first phase
        QCOMPARE(state.phase.count, 3);
        const auto place = state.facts.slicePositionMm;
        for (int phase = 1; phase < 3; ++phase) {
            viewport.stepPhase(1);
            QTRY_COMPARE_WITH_TIMEOUT(state.phase.index, phase, kLimitMs);
            QCOMPARE(state.facts.slicePositionMm, place);
            QCOMPARE(state.index, 2 + 4 * phase);
        }
        viewport.stepPhase(1); // there is no further one
        QCOMPARE(viewport.state().pending, std::nullopt);
        QCOMPARE(
            viewport.json().value(QStringLiteral("phase")).toObject().value(QStringLiteral("index")).toInt(),
            3);
    }
};

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    TestModalities test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Modalities.moc"
