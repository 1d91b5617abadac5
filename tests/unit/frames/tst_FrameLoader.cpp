#include <frames/FrameLoader.h>

#include <QtTest/QTest>

#include <atomic>
#include <mutex>

using namespace negatoscope;
using codec::Purpose;
using frames::FrameKey;

namespace {

const std::string kImage = NEGATOSCOPE_TEST_DATA "/ts/ct/j2k90.dcm";
const std::string kLoop = NEGATOSCOPE_TEST_DATA "/us/cine30.dcm";
constexpr std::uint32_t kLoopFrames = 30;

/// A store, a loader that fills it, and what the loader delivered, in order.
class Loading
{
public:
    Loading(codec::DecodeService &decoder, std::size_t budget, frames::FrameLoader::Check check = {},
            unsigned threads = 2)
        : store(budget),
          loader(
              decoder, store, [this](const auto &key, const auto &result) { take(key, result); },
              std::move(check), threads)
    {}
    ~Loading() { release(); }

    std::size_t count()
    {
        const std::lock_guard lock(m_mutex);
        return m_all.size();
    }
    bool has(const FrameKey &key)
    {
        const std::lock_guard lock(m_mutex);
        return std::any_of(m_all.begin(), m_all.end(), [&](const auto &entry) { return entry.first == key; });
    }
    std::pair<FrameKey, frames::FrameResult> delivery(std::size_t index)
    {
        const std::lock_guard lock(m_mutex);
        return m_all.at(index);
    }
    base::ErrorCode firstError()
    {
        const auto result = delivery(0).second;
        return result ? base::ErrorCode::Internal : result.error().code();
    }

    /// The loader's threads wait after each delivery until release(): nothing else is begun.
    void hold() { m_hold = true; }
    void release()
    {
        m_hold = false;
        m_hold.notify_all();
    }

private:
    void take(const FrameKey &key, const frames::FrameResult &result)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_all.emplace_back(key, result);
        }
        m_hold.wait(true);
    }

    std::mutex m_mutex;
    std::vector<std::pair<FrameKey, frames::FrameResult>> m_all;
    std::atomic<bool> m_hold = false;

public:
    frames::FrameStore store;
    frames::FrameLoader loader; ///< last: its threads end first
};

} // namespace

class TestFrameLoader final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<codec::DecodeService> m_decoder;

    base::InstanceUid uidOf(const std::string &path)
    {
        const auto file = m_decoder->readDataSet(path, Purpose::Interactive);
        return base::InstanceUid(file ? file->dataSet.text(dicom::tags::SopInstanceUid) : std::string());
    }

    static std::vector<frames::FrameRequest> allOf(const base::InstanceUid &loop, Purpose purpose)
    {
        std::vector<frames::FrameRequest> all;
        for (std::uint32_t i = 0; i < kLoopFrames; ++i)
            all.push_back({{loop, i}, kLoop, purpose});
        return all;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto started = codec::DecodeService::start({NEGATOSCOPE_WORKER, 2, {}});
        QVERIFY2(started, started ? "" : started.error().describe().c_str());
        m_decoder = *std::move(started);
    }

    void deliversAFrameWithTheObjectItIsFrom()
    {
        const FrameKey key{uidOf(kImage), 0};
        Loading loading(*m_decoder, 64 << 20);
        loading.loader.want(loading.loader.newClient(), {{key, kImage, Purpose::Interactive}});
        QTRY_COMPARE(loading.count(), std::size_t(1));
        const auto delivered = loading.delivery(0);
        QCOMPARE(delivered.first, key);
        const auto &result = delivered.second;
        QVERIFY2(result, result ? "" : result.error().describe().c_str());
        QCOMPARE((*result)->dataSet().text(dicom::tags::SopInstanceUid), key.instance.value());
        QCOMPARE((*result)->pixels.bytes().size(), std::size_t(512 * 512 * 2));
        QVERIFY(loading.store.contains(key));
    }

    void refusesAFileThatHoldsAnotherObject()
    {
        Loading loading(*m_decoder, 64 << 20);
        loading.loader.want(loading.loader.newClient(),
                            {{{base::InstanceUid("1.2.3.4"), 0}, kImage, Purpose::Interactive}});
        QTRY_COMPARE(loading.count(), std::size_t(1));
        QCOMPARE(loading.firstError(), base::ErrorCode::Conflict);
    }

    void aFileThatFailsItsCheckIsNotShown()
    {
        std::atomic<int> checks = 0;
        Loading loading(*m_decoder, 64 << 20,
                        [&](const base::InstanceUid &, std::stop_token) -> base::Status {
                            ++checks;
                            return base::failure(base::ErrorCode::HashMismatch, "test");
                        });
        loading.loader.want(loading.loader.newClient(), {{{uidOf(kImage), 0}, kImage, Purpose::Interactive}});
        QTRY_COMPARE(loading.count(), std::size_t(1));
        QCOMPARE(loading.firstError(), base::ErrorCode::HashMismatch);
        QCOMPARE(checks.load(), 1);
    }

    void namesAFrameBeyondTheLast()
    {
        Loading loading(*m_decoder, 64 << 20);
        loading.loader.want(loading.loader.newClient(), {{{uidOf(kImage), 7}, kImage, Purpose::Interactive}});
        QTRY_COMPARE(loading.count(), std::size_t(1));
        QCOMPARE(loading.firstError(), base::ErrorCode::NotFound);
    }

    void doesNotBeginWhatIsNoLongerWanted()
    {
        const base::InstanceUid uid = uidOf(kLoop);
        Loading loading(*m_decoder, 256 << 20, {}, 1);
        loading.hold();
        const auto client = loading.loader.newClient();
        loading.loader.want(client, allOf(uid, Purpose::Prefetch));
        QTRY_COMPARE(loading.count(), std::size_t(1));
        loading.loader.want(client, {{{uid, 29}, kLoop, Purpose::Interactive}});
        loading.release();
        QTRY_VERIFY(loading.has({uid, 29}));
        QCOMPARE(loading.count(), std::size_t(2));
        QCOMPARE(loading.loader.loaded(), std::uint64_t(2));
    }

    void servesTheMostUrgentWishOfAllClientsFirst()
    {
        const base::InstanceUid uid = uidOf(kLoop);
        Loading loading(*m_decoder, 256 << 20, {}, 1);
        loading.hold();
        frames::FrameLoader &loader = loading.loader;
        loader.want(loader.newClient(), {{{uid, 0}, kLoop, Purpose::Visible}});
        QTRY_COMPARE(loading.count(), std::size_t(1));
        loader.want(loader.newClient(), {{{uid, 1}, kLoop, Purpose::Thumbnail}});
        loader.want(loader.newClient(),
                    {{{uid, 2}, kLoop, Purpose::Prefetch}, {{uid, 3}, kLoop, Purpose::Prefetch}});
        loader.want(loader.newClient(), {{{uid, 4}, kLoop, Purpose::Interactive}});
        loading.release();
        QTRY_COMPARE(loading.count(), std::size_t(5));
        std::vector<std::uint32_t> order;
        for (std::size_t i = 0; i < 5; ++i)
            order.push_back(loading.delivery(i).first.frame);
        QCOMPARE(order, (std::vector<std::uint32_t>{0, 4, 2, 3, 1}));
    }

    void loadsAFrameThatTwoClientsWantOnce()
    {
        const base::InstanceUid uid = uidOf(kLoop);
        Loading loading(*m_decoder, 256 << 20);
        for (int client = 0; client < 2; ++client)
            loading.loader.want(loading.loader.newClient(), allOf(uid, Purpose::Visible));
        QTRY_COMPARE(loading.count(), std::size_t(kLoopFrames));
        QCOMPARE(loading.loader.loaded(), std::uint64_t(kLoopFrames));
    }
};

QTEST_GUILESS_MAIN(TestFrameLoader)
#include "tst_FrameLoader.moc"
