#include <session/CineTiming.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace std::chrono_literals;
using session::CineTiming;
using Source = CineTiming::Source;

namespace {

constexpr dicom::Tag kSequencing{0x0018, 0x1244}, kStart{0x0008, 0x2142}, kStop{0x0008, 0x2143};

dicom::DataSet object(const char *modality)
{
    dicom::DataSet data;
    data.setText(dicom::tags::Modality, "CS", modality);
    return data;
}

} // namespace

class TestCineTiming final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anObjectThatSaysNothingPlaysAtTheUsualRate_data()
    {
        QTest::addColumn<QByteArray>("modality");
        QTest::addColumn<double>("rate");
        QTest::newRow("US") << QByteArray("US") << 30.0;
        QTest::newRow("XA") << QByteArray("XA") << 15.0;
        QTest::newRow("NM") << QByteArray("NM") << 8.0;
        QTest::newRow("CT") << QByteArray("CT") << 10.0;
    }
    void anObjectThatSaysNothingPlaysAtTheUsualRate()
    {
        QFETCH(QByteArray, modality);
        QFETCH(double, rate);
        const auto timing = CineTiming::of(object(modality.constData()), 12);
        QVERIFY(qAbs(timing.rate() - rate) < 1e-3);
        QCOMPARE(timing.source, Source::Modality);
        QCOMPARE(timing.durations.size(), std::size_t(12));
        QCOMPARE(timing.first, 0);
        QCOMPARE(timing.last, 11);
        QVERIFY(!timing.sweep);
    }

    void frameTimeIsTheTimeOfEachFrame()
    {
        auto data = object("US");
        data.setText(dicom::tags::FrameTime, "DS", "40");
        data.setText(dicom::tags::CineRate, "IS", "30");
        const auto timing = CineTiming::of(data, 3);
        QCOMPARE(timing.source, Source::FrameTime);
        QVERIFY(timing.durations == std::vector<std::chrono::nanoseconds>(3, 40ms));
    }

    void theVectorGivesEachFrameItsOwnTime()
    {
        auto data = object("XA");
        data.setText(dicom::tags::FrameTimeVector, "DS", "0\\100\\300\\200");
        const auto timing = CineTiming::of(data, 4);
        QCOMPARE(timing.source, Source::FrameTimeVector);
        QVERIFY(timing.durations == (std::vector<std::chrono::nanoseconds>{100ms, 300ms, 200ms, 200ms}));
    }

    void theRecommendedRateSetsTheMeanAndTheVectorTheShares()
    {
        auto data = object("XA");
        data.setText(dicom::tags::FrameTimeVector, "DS", "0\\100\\300\\200");
        data.setText(dicom::tags::RecommendedDisplayFrameRate, "IS", "10");
        const auto timing = CineTiming::of(data, 4);
        QVERIFY(timing.durations == (std::vector<std::chrono::nanoseconds>{50ms, 150ms, 100ms, 100ms}));
        QVERIFY(qAbs(timing.rate() - 10) < 1e-9);
    }

    void unusableValuesCountAsAbsent()
    {
        auto data = object("XA");
        data.setText(dicom::tags::FrameTime, "DS", "0");
        data.setText(dicom::tags::FrameTimeVector, "DS", "0\\100\\-3\\200"); // runs backwards
        data.setText(dicom::tags::RecommendedDisplayFrameRate, "IS", "0");
        data.setText(dicom::tags::CineRate, "IS", "25");
        auto timing = CineTiming::of(data, 4);
        QCOMPARE(timing.source, Source::CineRate);
        QVERIFY(qAbs(timing.rate() - 25) < 1e-6);
        data.setText(dicom::tags::FrameTimeVector, "DS", "0\\100"); // of another number of frames
        QCOMPARE(CineTiming::of(data, 4).source, Source::CineRate);
    }

    void functionalGroupsCountOnlyForMomentsOfOnePlace()
    {
        const auto enhanced = [](bool volume) {
            dicom::DataSet data = object("XA");
            dicom::Element frames{
                dicom::tags::PerFrameFunctionalGroupsSequence, dicom::Vr{{'S', 'Q'}}, false, 0, {}, {}};
            for (int i = 0; i < 3; ++i) {
                dicom::DataSet content, position, groups;
                content.setText({0x0018, 0x9220}, "DS", std::to_string(20 + 10 * i));
                position.setText(dicom::tags::ImagePositionPatient, "DS",
                                 volume ? "0\\0\\" + std::to_string(i) : "0\\0\\0");
                groups.insert(
                    {dicom::tags::FrameContentSequence, dicom::Vr{{'S', 'Q'}}, false, 0, {}, {content}});
                groups.insert(
                    {dicom::tags::PlanePositionSequence, dicom::Vr{{'S', 'Q'}}, false, 0, {}, {position}});
                frames.items.push_back(groups);
            }
            data.insert(frames);
            return data;
        };
        const auto film = CineTiming::of(enhanced(false), 3);
        QCOMPARE(film.source, Source::FrameDurations);
        QVERIFY(film.durations == (std::vector<std::chrono::nanoseconds>{20ms, 30ms, 40ms}));
        QCOMPARE(CineTiming::of(enhanced(true), 3).source, Source::Modality);
    }

    void trimsAndSweepsAsTheObjectAsks()
    {
        auto data = object("US");
        data.setText(kStart, "IS", "3");
        data.setText(kStop, "IS", "8");
        data.setUnsignedShort(kSequencing, 1);
        auto timing = CineTiming::of(data, 10);
        QCOMPARE(timing.first, 2);
        QCOMPARE(timing.last, 7);
        QVERIFY(timing.sweep);
        data.setText(kStop, "IS", "11"); // there is no such frame
        timing = CineTiming::of(data, 10);
        QCOMPARE(timing.first, 0);
        QCOMPARE(timing.last, 9);
    }
};

QTEST_APPLESS_MAIN(TestCineTiming)
#include "tst_CineTiming.moc"
