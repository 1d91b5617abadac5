#include <frames/FrameLoader.h>

#include <QtTest/QTest>

#include <atomic>
#include <mutex>

using namespace negatoscope;
using codec::Purpose;
using frames::FrameKey;

namespace {

const std::string kFolder = NEGATOSCOPE_TEST_DATA;

/// What the loader delivered, in order.
struct Deliveries
{
    std::mutex mutex;
    std::vector<std::pair<FrameKey, frames::FrameResult>> all;

    std::size_t count() {
        const std::lock_guard lock(mutex);
        return all.size();
    }
    bool has(const FrameKey &key) {
        const std::lock_guard lock(mutex);
        return std::any_of(all.begin(), all.end(), [&](const auto &entry) { return entry.first == key; });
    }
};

} // namespace

class TestFrameLoader final : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<codec::DecodeService> m_decoder;

    base::InstanceUid uidOf(const std::string &path) {
        const auto file = m_decoder->readDataSet(path, Purpose::Interactive);
        return base::InstanceUid(file ? file->dataSet.text(dicom::tags::SopInstanceUid) : std::string());
    }

private Q_SLOTS:
    void initTestCase() {
        auto started = codec::DecodeService::start({NEGATOSCOPE_WORKER, 2, {}});
        QVERIFY2(started, started ? "" : started.error().describe().c_str());
        m_decoder = *std::move(started);
    }

    void deliversAFrameWithTheObjectItIsFrom() {
        const std::string path = kFolder + "/ts/ct/j2k90.dcm";
        const FrameKey key{uidOf(path), 0};
        frames::FrameStore store(64 << 20);
        Deliveries deliveries;
        frames::FrameLoader loader(*m_decoder, store, [&](const FrameKey &k, const frames::FrameResult &result) {
            const std::lock_guard lock(deliveries.mutex);
            deliveries.all.emplace_back(k, result);
        });
        loader.want(loader.newClient(), {{key, path, Purpose::Interactive}});
        QTRY_COMPARE(deliveries.count(), std::size_t(1));
        const auto &[delivered, result] = deliveries.all.front();
        QCOMPARE(delivered, key);
        QVERIFY2(result, result ? "" : result.error().describe().c_str());
        QCOMPARE((*result)->dataSet().text(dicom::tags::SopInstanceUid), key.instance.value());
        QCOMPARE((*result)->pixels.bytes().size(), std::size_t(512 * 512 * 2));
        QVERIFY(store.contains(key));
    }

    void refusesAFileThatHoldsAnotherObject() {
        const std::string path = kFolder + "/ts/ct/j2k90.dcm";
        const FrameKey key{base::InstanceUid("1.2.3.4"), 0};
        frames::FrameStore store(64 << 20);
        Deliveries deliveries;
        frames::FrameLoader loader(*m_decoder, store, [&](const FrameKey &k, const frames::FrameResult &result) {
            const std::lock_guard lock(deliveries.mutex);
            deliveries.all.emplace_back(k, result);
        });
        loader.want(loader.newClient(), {{key, path, Purpose::Interactive}});
        QTRY_COMPARE(deliveries.count(), std::size_t(1));
        QVERIFY(!deliveries.all.front().second);
        QCOMPARE(deliveries.all.front().second.error().code(), base::ErrorCode::Conflict);
    }

    void aFileThatFailsItsCheckIsNotShown() {
        const std::string path = kFolder + "/ts/ct/j2k90.dcm";
        const FrameKey key{uidOf(path), 0};
        frames::FrameStore store(64 << 20);
        Deliveries deliveries;
        int checks = 0;
        frames::FrameLoader loader(
            *m_decoder, store,
            [&](const FrameKey &k, const frames::FrameResult &result) {
                const std::lock_guard lock(deliveries.mutex);
                deliveries.all.emplace_back(k, result);
            },
            [&](const base::InstanceUid &, std::stop_token) -> base::Status {
                ++checks;
                return base::failure(base::ErrorCode::HashMismatch, "test");
            });
        loader.want(loader.newClient(), {{key, path, Purpose::Interactive}});
        QTRY_COMPARE(deliveries.count(), std::size_t(1));
        QVERIFY(!deliveries.all.front().second);
        QCOMPARE(deliveries.all.front().second.error().code(), base::ErrorCode::HashMismatch);
        QCOMPARE(checks, 1);
    }

    void namesAFrameBeyondTheLast() {
        const std::string path = kFolder + "/ts/ct/j2k90.dcm";
        const FrameKey key{uidOf(path), 7};
        frames::FrameStore store(64 << 20);
        Deliveries deliveries;
        frames::FrameLoader loader(*m_decoder, store, [&](const FrameKey &k, const frames::FrameResult &result) {
            const std::lock_guard lock(deliveries.mutex);
            deliveries.all.emplace_back(k, result);
        });
        loader.want(loader.newClient(), {{key, path, Purpose::Interactive}});
        QTRY_COMPARE(deliveries.count(), std::size_t(1));
        QCOMPARE(deliveries.all.front().second.error().code(), base::ErrorCode::NotFound);
    }

    void doesNotBeginWhatIsNoLongerWanted() {
        const std::string path = kFolder + "/us/cine30.dcm";
        const base::InstanceUid uid = uidOf(path);
        frames::FrameStore store(256 << 20);
        Deliveries deliveries;
        std::atomic<bool> hold = true;
        // The handler runs on the loader's only thread: while it holds, nothing else is begun.
        frames::FrameLoader loader(
            *m_decoder, store,
            [&](const FrameKey &k, const frames::FrameResult &result) {
                {
                    const std::lock_guard lock(deliveries.mutex);
                    deliveries.all.emplace_back(k, result);
                }
                hold.wait(true);
            },
            {}, 1);
        const auto client = loader.newClient();
        std::vector<frames::FrameRequest> all;
        for (std::uint32_t i = 0; i < 30; ++i)
            all.push_back({{uid, i}, path, Purpose::Prefetch});
        loader.want(client, all);
        QTRY_COMPARE(deliveries.count(), std::size_t(1));
        loader.want(client, {{{uid, 29}, path, Purpose::Interactive}});
        hold = false;
        hold.notify_all();
        QTRY_VERIFY(deliveries.has({uid, 29}));
        QCOMPARE(deliveries.count(), std::size_t(2));
        QCOMPARE(loader.loaded(), std::uint64_t(2));
    }

    void servesTheMostUrgentWishOfAllClientsFirst() {
        const std::string path = kFolder + "/us/cine30.dcm";
        const base::InstanceUid uid = uidOf(path);
        frames::FrameStore store(256 << 20);
        Deliveries deliveries;
        std::atomic<bool> hold = true;
        frames::FrameLoader loader(
            *m_decoder, store,
            [&](const FrameKey &k, const frames::FrameResult &result) {
                {
                    const std::lock_guard lock(deliveries.mutex);
                    deliveries.all.emplace_back(k, result);
                }
                hold.wait(true);
            },
            {}, 1);
        loader.want(loader.newClient(), {{{uid, 0}, path, Purpose::Visible}});
        QTRY_COMPARE(deliveries.count(), std::size_t(1));
        loader.want(loader.newClient(), {{{uid, 1}, path, Purpose::Thumbnail}});
        loader.want(loader.newClient(), {{{uid, 2}, path, Purpose::Prefetch}, {{uid, 3}, path, Purpose::Prefetch}});
        loader.want(loader.newClient(), {{{uid, 4}, path, Purpose::Interactive}});
        hold = false;
        hold.notify_all();
        QTRY_COMPARE(deliveries.count(), std::size_t(5));
        std::vector<std::uint32_t> order;
        for (const auto &entry : deliveries.all)
            order.push_back(entry.first.frame);
        QCOMPARE(order, (std::vector<std::uint32_t>{0, 4, 2, 3, 1}));
    }

    void loadsAFrameThatTwoClientsWantOnce() {
        const std::string path = kFolder + "/us/cine30.dcm";
        const base::InstanceUid uid = uidOf(path);
        frames::FrameStore store(256 << 20);
        Deliveries deliveries;
        frames::FrameLoader loader(*m_decoder, store, [&](const FrameKey &k, const frames::FrameResult &result) {
            const std::lock_guard lock(deliveries.mutex);
            deliveries.all.emplace_back(k, result);
        });
        std::vector<frames::FrameRequest> all;
        for (std::uint32_t i = 0; i < 30; ++i)
            all.push_back({{uid, i}, path, Purpose::Visible});
        loader.want(loader.newClient(), all);
        loader.want(loader.newClient(), all);
        QTRY_COMPARE(deliveries.count(), std::size_t(30));
        QCOMPARE(loader.loaded(), std::uint64_t(30));
    }
};

QTEST_GUILESS_MAIN(TestFrameLoader)
#include "tst_FrameLoader.moc"
