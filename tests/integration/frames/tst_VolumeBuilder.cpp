// Volumes from files, through the sandboxed workers: what stands in the files stands in the volume.
#include <Phantom.h>

#include <frames/VolumeBuilder.h>
#include <imaging/DisplayAttributes.h>
#include <volume/Reslice.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>

using namespace negatoscope;
using namespace negatoscope::frames;

namespace {

const volume::StorageBudget kPlenty{std::uint64_t(4) << 30, {}, 0};

std::optional<volume::ValueScale> scaleOf(const dicom::DataSet &dataSet, const dicom::ImageFormat &format,
                                          std::uint32_t frame)
{
    const auto attributes = imaging::DisplayAttributes::of(dataSet, format, frame);
    if (attributes.modalityLut)
        return std::nullopt;
    return volume::ValueScale{attributes.rescaleSlope, attributes.rescaleIntercept, attributes.unit};
}

/// Frames of all files below a folder, in the order of file names backwards: order must not matter.
std::vector<VolumeSlice> slicesIn(const QString &folder, codec::DecodeService &decoder)
{
    QStringList files;
    QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext())
        files << all.next();
    files.sort();
    std::reverse(files.begin(), files.end());
    std::vector<VolumeSlice> slices;
    for (const QString &path : files) {
        const auto file = decoder.readDataSet(path.toStdString(), codec::Purpose::Visible);
        if (!file)
            continue;
        const auto format = dicom::ImageFormat::of(file->dataSet);
        for (std::uint32_t frame = 0; format && frame < format->frames; ++frame) {
            const auto geometry = dicom::FrameGeometry::of(file->dataSet, frame);
            VolumeSlice slice;
            slice.path = path.toStdString();
            slice.frame.instance = base::InstanceUid(file->dataSet.text(dicom::tags::SopInstanceUid));
            slice.frame.frame = frame;
            slice.frame.position = geometry.position;
            slice.frame.row = geometry.orientation.row;
            slice.frame.column = geometry.orientation.column;
            slice.frame.rows = format->rows;
            slice.frame.columns = format->columns;
            slices.push_back(slice);
        }
    }
    return slices;
}

} // namespace

class TestVolumeBuilder final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<codec::DecodeService> m_decoder;
    QTemporaryDir m_folder;

    QString folder(const QString &name) const { return m_folder.filePath(name); }

    base::Result<VolumePlan> plan(const QString &name, const volume::StorageBudget &budget = kPlenty)
    {
        return planVolume(*m_decoder, slicesIn(folder(name), *m_decoder), budget, scaleOf,
                          codec::Purpose::Visible);
    }

    std::unique_ptr<VolumeBuilder> built(base::Result<VolumePlan> planned,
                                         VolumeBuilder::Options options = {})
    {
        if (!planned || planned->isRefused())
            return nullptr;
        auto builder = VolumeBuilder::start(*m_decoder, *std::move(planned), std::move(options));
        if (!builder)
            return nullptr;
        (*builder)->wait();
        return *std::move(builder);
    }

    /// Every voxel against the frame that is decoded by itself.
    void compareWithFrames(const VolumeBuilder &builder)
    {
        const volume::Volume &made = *builder.volume();
        for (int k = 0; k < made.geometry().slices(); k += 7) {
            const VolumePlan::Source &source = builder.plan().sources[std::size_t(k)];
            std::vector<std::byte> pixels(source.format.decodedFrameBytes());
            QVERIFY(m_decoder->decodeFrame(source.path, *source.file, source.format, source.key.frame, pixels,
                                           codec::Purpose::Visible));
            const auto *const stored = reinterpret_cast<const std::int16_t *>(pixels.data());
            for (int j = 0; j < made.geometry().rows; j += 5)
                for (int i = 0; i < made.geometry().columns; i += 3) {
                    const auto value = made.valueAt({i, j, k});
                    const double right =
                        source.scale.slope * stored[j * made.geometry().columns + i] + source.scale.intercept;
                    QCOMPARE(value, std::optional(right));
                }
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto decoder = codec::DecodeService::start({NEGATOSCOPE_WORKER, 2, {}, false});
        QVERIFY(decoder);
        m_decoder = *std::move(decoder);
        QVERIFY(test::makePhantom(folder(QStringLiteral("explicit")), 60));
        QVERIFY(test::makePhantom(folder(QStringLiteral("jpegls")), 40,
                                  {QStringLiteral("--syntax"), QStringLiteral("jpegls")}));
        QVERIFY(test::makePhantom(folder(QStringLiteral("missing")), 60,
                                  {QStringLiteral("--missing"), QStringLiteral("20,21,40")}));
        QVERIFY(test::runGenerator(
            {QStringLiteral("orientation"), QStringLiteral("--out"), folder(QStringLiteral("orientation"))}));
    }

    void voxelsAreThoseOfTheFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("uncompressed") << QStringLiteral("explicit");
        QTest::newRow("JPEG-LS") << QStringLiteral("jpegls");
    }

    void voxelsAreThoseOfTheFiles()
    {
        QFETCH(QString, name);
        const auto builder = built(plan(name));
        QVERIFY(builder);
        QVERIFY(builder->volume()->isWhole());
        QVERIFY(builder->failures().empty());
        QCOMPARE(builder->volume()->voxelType(), volume::VoxelType::Int16);
        QCOMPARE(QString::fromStdString(builder->volume()->scale().unit), QStringLiteral("HU"));
        QVERIFY(builder->volume()->geometry().spacing);
        compareWithFrames(*builder);
    }

    void missingSlicesAreNamed()
    {
        const auto planned = plan(QStringLiteral("missing"));
        QVERIFY(planned && !planned->isRefused());
        int missing = 0;
        for (const auto &finding : planned->findings)
            if (finding.code == volume::Finding::Code::MissingSlices)
                missing += finding.count;
        QCOMPARE(missing, 3);
        QCOMPARE(planned->geometry->slices(), 57);
    }

    void eachSliceIsToldOnce()
    {
        std::vector<std::atomic<int>> told(60);
        VolumeBuilder::Options options;
        options.arrived = [&](int slice) { ++told[std::size_t(slice)]; };
        const auto builder = built(plan(QStringLiteral("explicit")), options);
        QVERIFY(builder);
        for (const auto &count : told)
            QCOMPARE(count.load(), 1);
    }

    /// A series of which more has come: what was decoded is copied, what is new is decoded; all is as
    /// decoded.
    void takesKnownSlicesFromAnotherVolume()
    {
        const auto known = built(plan(QStringLiteral("explicit")));
        QVERIFY(known);
        VolumeBuilder::Options options;
        options.threads = 1;
        options.known = known->volume();
        for (const auto &source : known->plan().sources)
            options.knownFrames.push_back(source.key);
        std::vector<base::InstanceUid> decoded;
        options.check = [&](const base::InstanceUid &instance, const std::stop_token &) -> base::Status {
            decoded.push_back(instance);
            return {};
        };
        auto slices = slicesIn(folder(QStringLiteral("explicit")), *m_decoder);
        auto longer = planVolume(*m_decoder, slices, kPlenty, scaleOf, codec::Purpose::Visible);
        QVERIFY(longer);
        // As if the middle ones had not been there before.
        for (std::size_t i = 20; i < 30; ++i)
            options.knownFrames[i] = {base::InstanceUid("1.2.3"), 0};
        const auto builder = built(std::move(longer), options);
        QVERIFY(builder && builder->volume()->isWhole());
        QCOMPARE(decoded.size(), 10U);
        compareWithFrames(*builder);
    }

    void coarseSlicesComeFirst()
    {
        std::mutex mutex;
        std::vector<int> order;
        VolumeBuilder::Options options;
        options.threads = 1;
        options.arrived = [&](int slice) {
            const std::lock_guard lock(mutex);
            order.push_back(slice);
        };
        const auto builder = built(plan(QStringLiteral("explicit")), options);
        QVERIFY(builder);
        QCOMPARE(order.size(), std::size_t(60));
        for (std::size_t n = 0; n < 8; ++n)
            QCOMPARE(order[n] % 8, 0);
        QCOMPARE(order.front(), 24);
        for (std::size_t n = 8; n < 60; ++n)
            QVERIFY(order[n] % 8 != 0);
    }

    void aFileThatIsDamagedCostsItsSlice()
    {
        const QString name = QStringLiteral("damaged");
        QVERIFY(test::makePhantom(folder(name), 30, {QStringLiteral("--syntax"), QStringLiteral("jpegls")}));
        auto planned = plan(name);
        QVERIFY(planned && !planned->isRefused());
        const std::string path = planned->sources[11].path;
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() / 2));
        file.close();
        const auto builder = built(std::move(planned));
        QVERIFY(builder);
        QCOMPARE(builder->volume()->stateOf(11), volume::Volume::SliceState::Failed);
        QCOMPARE(builder->volume()->arrived(), 29);
        QVERIFY(builder->volume()->isSettled());
        QCOMPARE(builder->failures().size(), std::size_t(1));
        // Known before it is planned, it keeps its place and fails all the same.
        QVERIFY(file.resize(0));
        auto slices = slicesIn(folder(QStringLiteral("explicit")), *m_decoder);
        slices[5].path = path;
        const auto other = built(planVolume(*m_decoder, slices, kPlenty, scaleOf, codec::Purpose::Visible));
        QVERIFY(other);
        QCOMPARE(other->volume()->geometry().slices(), 60);
        QCOMPARE(other->volume()->failed(), 1);
    }

    void aFileThatIsNotWhatItWasIsRefused()
    {
        VolumeBuilder::Options options;
        std::atomic<int> asked{0};
        options.check = [&](const base::InstanceUid &, const std::stop_token &) -> base::Status {
            if (++asked == 3)
                return base::failure(base::ErrorCode::HashMismatch, "changed");
            return {};
        };
        const auto builder = built(plan(QStringLiteral("explicit")), options);
        QVERIFY(builder);
        QCOMPARE(asked.load(), 60);
        QCOMPARE(builder->volume()->failed(), 1);
        QCOMPARE(builder->failures().front().error.code(), base::ErrorCode::HashMismatch);
    }

    void cancellingLeavesTheRestWaiting()
    {
        auto planned = plan(QStringLiteral("jpegls"));
        QVERIFY(planned);
        std::atomic<VolumeBuilder *> builder{nullptr};
        VolumeBuilder::Options options;
        options.threads = 1;
        options.arrived = [&](int) {
            builder.wait(nullptr);
            builder.load()->cancel();
        };
        auto started = VolumeBuilder::start(*m_decoder, *std::move(planned), options);
        QVERIFY(started);
        builder = started->get();
        builder.notify_all();
        (*started)->wait();
        QCOMPARE((*started)->volume()->arrived(), 1);
        QCOMPARE((*started)->volume()->failed(), 0);
    }

    void aSmallBudgetMakesACoarserCopy()
    {
        const std::uint64_t whole = 128 * 128 * 64 * 2;
        const auto planned = plan(QStringLiteral("explicit"), {whole / 4, {}, 0});
        QVERIFY(planned);
        QCOMPARE(planned->storage.reduction, 2);
        const auto coarse = built(planned);
        const auto fine = built(plan(QStringLiteral("explicit")));
        QVERIFY(coarse && fine);
        QVERIFY(coarse->volume()->isWhole());
        const auto &geometry = coarse->volume()->geometry();
        QCOMPARE(geometry.columns, 64);
        QCOMPARE(geometry.slices(), 30);
        for (int n = 3; n < 30; n += 5) {
            double sum = 0;
            for (int voxel = 0; voxel < 8; ++voxel)
                sum += *fine->volume()->valueAt(
                    {n * 4 + (voxel & 1), n * 2 + (voxel >> 1 & 1), n * 2 + (voxel >> 2)});
            const auto mean = coarse->volume()->valueAt({n * 2, n, n});
            QVERIFY(mean && std::abs(*mean - sum / 8) <= 0.5);
        }
        const auto nothing = plan(QStringLiteral("explicit"), {1000, {}, 0});
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().code(), base::ErrorCode::LimitExceeded);
    }

    void aFileInTheFolderHoldsWhatMemoryDoesNot()
    {
        const auto planned =
            plan(QStringLiteral("explicit"), {1000, m_folder.path().toStdString(), std::uint64_t(1) << 30});
        QVERIFY(planned);
        QCOMPARE(planned->storage.kind, volume::StoragePlan::Kind::MappedFile);
        const auto builder = built(planned);
        if (!builder)
            QSKIP("the file system has no nameless files");
        compareWithFrames(*builder);
    }

    void colourIsRefused()
    {
        const auto slices = slicesIn(QStringLiteral(NEGATOSCOPE_TEST_DATA "/us"), *m_decoder);
        QVERIFY(!slices.empty());
        const auto planned =
            planVolume(*m_decoder, {slices.front()}, kPlenty, scaleOf, codec::Purpose::Visible);
        QVERIFY(planned && planned->isRefused());
    }

    /// Each voxel of the phantom says where it is: so does each pixel of a plane of each arrangement.
    void orientationsAreRight()
    {
        const auto arrangements =
            QDir(folder(QStringLiteral("orientation"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(arrangements.size(), 48);
        for (const QString &arrangement : arrangements) {
            const auto builder = built(plan(QStringLiteral("orientation/") + arrangement));
            QVERIFY2(builder, qPrintable(arrangement));
            dicom::ImagePlane plane;
            plane.row = {0, 1, 0};
            plane.column = {0, 0, -1};
            plane.columns = plane.rows = 16;
            plane.origin = {2.5, -7.5, 7.5};
            std::vector<std::int16_t> pixels(256);
            QVERIFY(volume::reslice(*builder->volume(), plane, {}, pixels));
            for (int row = 0; row < 16; ++row)
                for (int column = 0; column < 16; ++column)
                    QCOMPARE(int(pixels[std::size_t(row * 16 + column)]), 10 << 8 | column << 4 | (15 - row));
        }
    }
};

QTEST_GUILESS_MAIN(TestVolumeBuilder)
#include "tst_VolumeBuilder.moc"
