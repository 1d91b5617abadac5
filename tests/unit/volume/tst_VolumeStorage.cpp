#include "TestVolumes.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::test;
using namespace negatoscope::volume;

class TstVolumeStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prefersMemoryThenAFileThenACoarserCopy();
    void refusesWhatFitsNowhere();
    void theFileHasNoNameAndKeepsVoxels();
    void aFullDiskIsAnError();
    void slicesComeBackAsTheyWent_data();
    void slicesComeBackAsTheyWent();
    void knowsWhatHasArrived();
    void anAddressLimitIsCounted();
};

void TstVolumeStorage::prefersMemoryThenAFileThenACoarserCopy()
{
    const std::uint64_t whole = std::uint64_t(512) * 512 * 3000 * 2;
    const auto memory = StoragePlan::of(512, 512, 3000, 2, {whole, {}, 0});
    QVERIFY(memory);
    QCOMPARE(memory->kind, StoragePlan::Kind::Memory);
    QCOMPARE(memory->bytes, whole);
    const auto file = StoragePlan::of(512, 512, 3000, 2, {whole - 1, "/somewhere", whole});
    QVERIFY(file);
    QCOMPARE(file->kind, StoragePlan::Kind::MappedFile);
    QCOMPARE(file->reduction, 1);
    const auto coarse = StoragePlan::of(512, 512, 3000, 2, {whole - 1, "/somewhere", whole - 1});
    QVERIFY(coarse);
    QCOMPARE(coarse->kind, StoragePlan::Kind::Memory);
    QCOMPARE(coarse->reduction, 2);
    QCOMPARE(coarse->wholeBytes, whole);
    QVERIFY(coarse->bytes < whole / 7);
}

void TstVolumeStorage::refusesWhatFitsNowhere()
{
    const auto plan = StoragePlan::of(512, 512, 3000, 2, {1 << 20, {}, 0});
    QVERIFY(!plan);
    QCOMPARE(plan.error().code(), base::ErrorCode::LimitExceeded);
}

void TstVolumeStorage::theFileHasNoNameAndKeepsVoxels()
{
    const QTemporaryDir folder;
    const auto geometry = evenGeometry(100, 90, 30);
    const auto plan = StoragePlan::of(100, 90, 30, 2, {0, folder.path().toStdString(), 1 << 30});
    QVERIFY(plan);
    const auto made = Volume::create(geometry, VoxelType::Int16, {}, *plan);
    if (!made && made.error().code() == base::ErrorCode::CannotWrite)
        QSKIP("the file system has no nameless files");
    QVERIFY(made);
    for (int k = 0; k < 30; ++k)
        fillSlice<std::int16_t>(**made, k, [](int i, int j, int kk) { return i + j * 100 + kk; });
    QCOMPARE((*made)->valueAt({99, 89, 29}), std::optional(99 + 8900 + 29.0));
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TstVolumeStorage::aFullDiskIsAnError()
{
    const QTemporaryDir folder;
    StoragePlan plan;
    plan.kind = StoragePlan::Kind::MappedFile;
    plan.folder = folder.path().toStdString();
    plan.bytes = std::uint64_t(1) << 50;
    const auto block = VoxelBlock::create(plan);
    QVERIFY(!block);
    QVERIFY(block.error().code() == base::ErrorCode::DiskFull ||
            block.error().code() == base::ErrorCode::CannotWrite);
}

void TstVolumeStorage::slicesComeBackAsTheyWent_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("slices");
    QTest::newRow("whole bricks") << 64 << 48 << 16;
    QTest::newRow("parts of bricks") << 61 << 37 << 11;
    QTest::newRow("less than a brick") << 5 << 3 << 2;
}

void TstVolumeStorage::slicesComeBackAsTheyWent()
{
    QFETCH(int, columns);
    QFETCH(int, rows);
    QFETCH(int, slices);
    for (const auto type : {VoxelType::Int16, VoxelType::Float}) {
        const auto geometry = evenGeometry(columns, rows, slices);
        const auto value = [&](int i, int j, int k) { return (i * 7 + j * 131 + k * 1009) % 30000 - 15000; };
        const auto made = makeVolume(geometry, value, type);
        QVERIFY(made);
        for (int k = 0; k < slices; ++k) {
            std::vector<std::byte> bytes(made->sliceBytes());
            made->copySlice(k, bytes);
            for (int j = 0; j < rows; ++j)
                for (int i = 0; i < columns; ++i) {
                    const auto at = std::size_t(j) * std::size_t(columns) + std::size_t(i);
                    double read = 0;
                    if (type == VoxelType::Int16)
                        read = reinterpret_cast<const std::int16_t *>(bytes.data())[at];
                    else
                        read = double(reinterpret_cast<const float *>(bytes.data())[at]);
                    QCOMPARE(read, double(value(i, j, k)));
                    QCOMPARE(made->valueAt({i, j, k}), std::optional(double(value(i, j, k))));
                }
        }
    }
}

void TstVolumeStorage::knowsWhatHasArrived()
{
    const auto made = emptyVolume(evenGeometry(8, 8, 4));
    QVERIFY(!made->isSettled());
    QVERIFY(!made->valueAt({0, 0, 1}));
    fillSlice<std::int16_t>(*made, 1, [](int, int, int) { return 3; });
    QCOMPARE(made->valueAt({0, 0, 1}), std::optional(3.0));
    QVERIFY(!made->valueAt({0, 0, 4}) && !made->valueAt({-1, 0, 1}) && !made->valueAt({0, 8, 1}));
    made->setFailed(0);
    made->setFailed(0);
    QCOMPARE(made->failed(), 1);
    fillSlice<std::int16_t>(*made, 2, [](int, int, int) { return 3; });
    fillSlice<std::int16_t>(*made, 3, [](int, int, int) { return 3; });
    QVERIFY(made->isSettled() && !made->isWhole());
}

/// In a child, whose address space is limited as F18 asks: the budget stays within, and a volume that fits it
/// can be had.
void TstVolumeStorage::anAddressLimitIsCounted()
{
#ifdef NEGATOSCOPE_SANITIZED
    QSKIP("sanitizers reserve more address space than any limit leaves");
#endif
    const pid_t child = fork();
    if (child == 0) {
        constexpr std::uint64_t kLimit = 1536ULL << 20;
        const rlimit limit{kLimit, kLimit};
        setrlimit(RLIMIT_AS, &limit);
        const auto budget = StorageBudget::ofThisProcess({});
        if (budget.memoryBytes == 0 || budget.memoryBytes >= kLimit)
            _exit(1);
        const auto plan = StoragePlan::of(512, 512, 3000, 2, budget);
        if (!plan || plan->reduction < 2)
            _exit(2);
        _exit(VoxelBlock::create(*plan) ? 0 : 3);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

QTEST_APPLESS_MAIN(TstVolumeStorage)
#include "tst_VolumeStorage.moc"
