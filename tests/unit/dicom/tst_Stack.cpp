#include <dicom/Stack.h>

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace negatoscope;
using namespace negatoscope::dicom;
using Code = GeometryFinding::Code;

namespace {

/// An axial slice at z; its number tells slices apart.
StackFrame axial(double z, int number)
{
    StackFrame frame;
    frame.instance = base::InstanceUid("1." + std::to_string(number));
    frame.position = base::PatientPoint{-100, -100, z};
    frame.row = base::PatientVector{1, 0, 0};
    frame.column = base::PatientVector{0, 1, 0};
    frame.instanceNumber = number;
    frame.rows = frame.columns = 512;
    return frame;
}

std::vector<StackFrame> axials(std::initializer_list<double> places)
{
    std::vector<StackFrame> frames;
    for (const double z : places)
        frames.push_back(axial(z, static_cast<int>(frames.size()) + 1));
    return frames;
}

Stack shuffled(std::vector<StackFrame> frames, unsigned seed = 3)
{
    std::mt19937 random(seed);
    std::shuffle(frames.begin(), frames.end(), random);
    return Stack::of(std::move(frames));
}

std::vector<int> numbers(const Stack &stack)
{
    std::vector<int> result;
    for (const StackFrame &frame : stack.frames)
        result.push_back(static_cast<int>(frame.instanceNumber.value_or(-1)));
    return result;
}

const GeometryFinding *finding(const Stack &stack, Code code)
{
    const auto at = std::find_if(stack.findings.begin(), stack.findings.end(),
                                 [code](const GeometryFinding &f) { return f.code == code; });
    return at == stack.findings.end() ? nullptr : &*at;
}

} // namespace

class tst_Stack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAxialFromHeadToFeet();
    void ordersCoronalAndSagittal();
    void doesNotCareForNumbersOrInputOrder();
    void reportsMissingSlices();
    void reportsDuplicatePositions();
    void reportsUnevenSpacing();
    void toleratesRoundedPositions();
    void reportsGantryTilt();
    void separatesOrientations();
    void keepsContinuedAcquisitionsTogether();
    void separatesRepeatedAcquisitions();
    void separatesTimeEchoAndBValue();
    void tellsPhasesApart();
    void findsTheSamePlaceInAnotherPhase();
    void separatesDimensionsOfEnhancedObjects();
    void fallsBackToInstanceNumbers();
    void saysNothingAboutASingleSlice();
    void reportsMixedSizes();
    void survivesHostilePositions();
    void namesEveryFinding();
};

void tst_Stack::readsAxialFromHeadToFeet()
{
    const Stack stack = shuffled(axials({0, 5, 10, 15}));
    QCOMPARE(numbers(stack), (std::vector<int>{4, 3, 2, 1}));
    QVERIFY(stack.findings.empty());
    QCOMPARE(stack.spacingMm.value(), 5.0);
    QCOMPARE(numbers(shuffled(axials({15, 10, 5, 0}))), (std::vector<int>{1, 2, 3, 4})); // reversed
}

void tst_Stack::ordersCoronalAndSagittal()
{
    auto frames = axials({0, 0, 0});
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].column = base::PatientVector{0, 0, -1};
        frames[i].position = base::PatientPoint{0, 10.0 * static_cast<double>(i), 0};
    }
    QCOMPARE(numbers(shuffled(frames)), (std::vector<int>{1, 2, 3})); // front to back
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].row = base::PatientVector{0, 1, 0};
        frames[i].position = base::PatientPoint{-10.0 * static_cast<double>(i), 0, 0};
    }
    QCOMPARE(numbers(shuffled(frames)), (std::vector<int>{3, 2, 1})); // right to left
}

void tst_Stack::doesNotCareForNumbersOrInputOrder()
{
    auto frames = axials({3, 1, 4, 2, 0});
    for (auto &frame : frames)
        frame.instanceNumber.reset();
    const Stack stack = shuffled(frames, 1);
    for (unsigned seed = 2; seed < 20; ++seed) {
        const Stack again = shuffled(frames, seed);
        for (std::size_t i = 0; i < frames.size(); ++i)
            QCOMPARE(again.frames[i].instance, stack.frames[i].instance);
    }
    QCOMPARE(stack.frames.front().position->z, 4.0);
}

void tst_Stack::reportsMissingSlices()
{
    const Stack stack = shuffled(axials({0, 5, 10, 25, 30, 35}));
    const auto *missing = finding(stack, Code::MissingSlices);
    QVERIFY(missing);
    QCOMPARE(missing->count, 2);
    QCOMPARE(std::minmax(missing->fromMm, missing->toMm), std::minmax(25.0, 10.0));
    QVERIFY(!finding(stack, Code::UnevenSpacing));
    QVERIFY(!stack.spacingMm);
    // The numbers are the patient's, however the slices lie.
    auto turned = axials({0, 5, 10, 25, 30, 35});
    for (auto &frame : turned)
        frame.row = base::PatientVector{-1, 0, 0};
    QCOMPARE(finding(shuffled(turned), Code::MissingSlices)->fromMm, missing->fromMm);
}

void tst_Stack::reportsDuplicatePositions()
{
    const Stack stack = shuffled(axials({0, 5, 5, 10, 10, 10, 15}));
    QCOMPARE(finding(stack, Code::DuplicatePositions)->count, 3);
    QCOMPARE(stack.frames.size(), std::size_t(7));
    QVERIFY(!finding(stack, Code::MissingSlices));
}

void tst_Stack::reportsUnevenSpacing()
{
    const Stack stack = shuffled(axials({0, 5, 10, 15, 18, 23}));
    const auto *uneven = finding(stack, Code::UnevenSpacing);
    QVERIFY(uneven);
    QCOMPARE(uneven->fromMm, 3.0);
    QCOMPARE(uneven->toMm, 5.0);
    QVERIFY(!stack.spacingMm);
}

void tst_Stack::toleratesRoundedPositions()
{
    const Stack stack = shuffled(axials({0, 0.63, 1.25, 1.88, 2.5, 3.13, 3.75}));
    QVERIFY(stack.findings.empty());
    QVERIFY(std::abs(stack.spacingMm.value() - 0.625) < 0.01);
}

void tst_Stack::reportsGantryTilt()
{
    auto frames = axials({0, 5, 10, 15});
    // The table moves along z, the gantry leans 15 degrees: the slice plane does not.
    const double angle = 15 * 3.14159265358979323846 / 180;
    for (auto &frame : frames)
        frame.column = base::PatientVector{0, std::cos(angle), std::sin(angle)};
    const Stack stack = shuffled(frames);
    const auto *tilt = finding(stack, Code::GantryTilt);
    QVERIFY(tilt);
    QVERIFY(std::abs(tilt->fromMm - 15) < 0.01);
    QVERIFY(std::abs(stack.spacingMm.value() - 5 * std::cos(angle)) < 1e-6);
    // An oblique series that travels along its own normal is not tilted.
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto normal = cross(*frames[i].row, *frames[i].column);
        frames[i].position = base::PatientPoint{} + normal * (5.0 * static_cast<double>(i));
    }
    QVERIFY(!finding(shuffled(frames), Code::GantryTilt));
}

void tst_Stack::separatesOrientations()
{
    auto frames = axials({0, 5, 10});
    auto sagittal = axials({0, 0});
    for (std::size_t i = 0; i < sagittal.size(); ++i) {
        sagittal[i].row = base::PatientVector{0, 1, 0};
        sagittal[i].column = base::PatientVector{0, 0, -1};
        sagittal[i].position = base::PatientPoint{static_cast<double>(i) * 4, 0, 0};
        sagittal[i].instanceNumber = 10 + static_cast<int>(i);
        frames.push_back(sagittal[i]);
    }
    const Stack stack = shuffled(frames);
    QCOMPARE(finding(stack, Code::MixedOrientations)->count, 2);
    QCOMPARE(numbers(stack), (std::vector<int>{3, 2, 1, 10, 11}));
    QVERIFY(!stack.spacingMm);
}

void tst_Stack::keepsContinuedAcquisitionsTogether()
{
    auto frames = axials({0, 5, 10, 15});
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i].acquisitionNumber = i < 2 ? 1 : 2;
    const Stack stack = shuffled(frames);
    QVERIFY(stack.findings.empty());
    QCOMPARE(numbers(stack), (std::vector<int>{4, 3, 2, 1}));
}

void tst_Stack::separatesRepeatedAcquisitions()
{
    auto frames = axials({0, 5, 10, 0, 5, 10});
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i].acquisitionNumber = i < 3 ? 1 : 2;
    const Stack stack = shuffled(frames);
    QCOMPARE(numbers(stack), (std::vector<int>{3, 2, 1, 6, 5, 4}));
    QCOMPARE(finding(stack, Code::SeveralVolumes)->count, 2);
    QVERIFY(!finding(stack, Code::DuplicatePositions));
    QCOMPARE(stack.spacingMm.value(), 5.0);
}

void tst_Stack::separatesTimeEchoAndBValue()
{
    const auto ordered = [](auto assign) {
        auto frames = axials({0, 5, 0, 5, 0, 5});
        for (std::size_t i = 0; i < frames.size(); ++i)
            assign(frames[i], 3 - static_cast<int>(i) / 2); // the last pair comes first
        return shuffled(frames);
    };
    const std::vector<int> expected{6, 5, 4, 3, 2, 1};
    for (const Stack &stack : {ordered([](StackFrame &f, int step) { f.temporalPosition = step; }),
                               ordered([](StackFrame &f, int step) { f.echoTime = step * 10.5; }),
                               ordered([](StackFrame &f, int step) { f.bValue = step * 500; })}) {
        QCOMPARE(numbers(stack), expected);
        QCOMPARE(finding(stack, Code::SeveralVolumes)->count, 3);
    }
}

void tst_Stack::tellsPhasesApart()
{
    auto frames = axials({0, 5, 0, 5, 0, 5});
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i].bValue = 400.0 * static_cast<double>(i / 2);
    const Stack stack = shuffled(frames);
    QCOMPARE(stack.volumes, (std::vector<StackVolume>{{0, 2, 0}, {2, 2, 0}, {4, 2, 0}}));
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const StackPhase phase = phaseOf(stack, i);
        QCOMPARE(phase.index, static_cast<int>(i / 2));
        QCOMPARE(phase.count, 3);
        QCOMPARE(phase.bValue, std::optional(400.0 * static_cast<double>(i / 2)));
        QVERIFY(!phase.echoTime);
    }
    // One volume has no phases, whatever its values are.
    auto single = axials({0, 5, 10});
    for (StackFrame &frame : single)
        frame.echoTime = 90;
    QCOMPARE(phaseOf(shuffled(single), 1), (StackPhase{0, 1, {}, {}}));
    QCOMPARE(phaseOf(Stack(), 7), (StackPhase{0, 1, {}, {}}));
}

void tst_Stack::findsTheSamePlaceInAnotherPhase()
{
    auto frames = axials({0, 5, 10, 0, 5, 10, 20, 0, 10});
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i].temporalPosition = i < 3 ? 1 : i < 7 ? 2 : 3;
    const Stack stack = shuffled(frames); // 10 5 0 | 20 10 5 0 | 10 0
    const auto z = [&](std::size_t i) { return stack.frames[i].position->z; };
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(z(inOtherPhase(stack, i, 1).value()), z(i));
    QCOMPARE(z(inOtherPhase(stack, 3, 1).value()), 10.0); // nearest to 20
    QCOMPARE(z(inOtherPhase(stack, 0, 2).value()), 10.0);
    QCOMPARE(z(inOtherPhase(stack, 8, -2).value()), 0.0);
    QVERIFY(!inOtherPhase(stack, 0, -1));
    QVERIFY(!inOtherPhase(stack, 8, 1));
    QVERIFY(!inOtherPhase(stack, 99, 1));
}

void tst_Stack::separatesDimensionsOfEnhancedObjects()
{
    // Six frames of two heart phases; the second dimension numbers the slices.
    auto frames = axials({0, 5, 10, 0, 5, 10});
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].instance = base::InstanceUid("1.2");
        frames[i].frame = static_cast<std::uint32_t>(i);
        frames[i].instanceNumber = 1;
        frames[i].dimensions = {static_cast<std::int64_t>(i / 3) + 1};
    }
    const Stack stack = shuffled(frames);
    QCOMPARE(stack.volumes.size(), std::size_t(2));
    QCOMPARE(phaseOf(stack, 5).index, 1);
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(stack.frames[i].frame < 3);
    // A dimension that numbers every frame makes no volumes of its own: rounds of places do.
    for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i].dimensions = {static_cast<std::int64_t>(i)};
    QCOMPARE(shuffled(frames).volumes.size(), std::size_t(2));
}

void tst_Stack::fallsBackToInstanceNumbers()
{
    auto frames = axials({0, 5, 10});
    frames[1].position.reset();
    const Stack stack = shuffled(frames);
    QCOMPARE(numbers(stack), (std::vector<int>{1, 2, 3}));
    QVERIFY(finding(stack, Code::NoGeometry));
    QVERIFY(!stack.spacingMm);
    // A loop of one instance has an order of its own.
    std::vector<StackFrame> loop(4);
    for (std::size_t i = 0; i < loop.size(); ++i) {
        loop[i].instance = base::InstanceUid("1.2");
        loop[i].frame = static_cast<std::uint32_t>(3 - i);
    }
    const Stack cine = Stack::of(loop);
    QVERIFY(cine.findings.empty());
    for (std::uint32_t i = 0; i < 4; ++i)
        QCOMPARE(cine.frames[i].frame, i);
}

void tst_Stack::saysNothingAboutASingleSlice()
{
    QVERIFY(Stack::of({}).frames.empty());
    const Stack stack = Stack::of(axials({7}));
    QCOMPARE(stack.frames.size(), std::size_t(1));
    QVERIFY(stack.findings.empty() && !stack.spacingMm);
    QCOMPARE(Stack::of(axials({7, 9.5})).spacingMm.value(), 2.5);
}

void tst_Stack::reportsMixedSizes()
{
    auto frames = axials({0, 5, 10});
    frames[2].rows = 256;
    QCOMPARE(finding(Stack::of(frames), Code::MixedSizes)->count, 2);
}

void tst_Stack::survivesHostilePositions()
{
    const double nan = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();
    std::vector<StackFrame> frames;
    for (int i = 0; i < 100; ++i)
        frames.push_back(axial(i % 3 == 0 ? nan : i % 3 == 1 ? infinity : 1e308 * i, i));
    const Stack stack = shuffled(frames);
    QCOMPARE(stack.frames.size(), std::size_t(100));
    QVERIFY(finding(stack, Code::NoGeometry));
}

void tst_Stack::namesEveryFinding()
{
    QCOMPARE(nameOf(Code::MissingSlices), std::string_view("missingSlices"));
    QCOMPARE(nameOf(Code::SeveralVolumes), std::string_view("severalVolumes"));
}

QTEST_APPLESS_MAIN(tst_Stack)
#include "tst_Stack.moc"
