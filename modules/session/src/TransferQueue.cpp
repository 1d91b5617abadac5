#include <session/TransferQueue.h>

#include "Background.h"
#include "TransferKeeper.h"
#include "TransferList.h"
#include "TransferRun.h"

#include <cache/Cache.h>
#include <session/Archives.h>

#include <QtCore/QTimer>

#include <algorithm>

namespace negatoscope::session {

using base::ErrorCode;
using Entry = TransferList::Entry;
using State = Transfer::State;

namespace {

/// Speeds fall and waits get shorter without anything arriving.
constexpr int kTickMs = 500;

TransferQueue::Reach reachOf(const Archives &archives)
{
    return {[&archives](const std::string &name) {
                const auto settings = archives.named(name);
                return settings ? std::optional(settings->associations) : std::nullopt;
            },
            [&archives](const std::string &name) { return archives.connectTo(name); }};
}

} // namespace

class TransferQueue::Implementation final : public QObject
{
public:
    Implementation(TransferQueue &queue, cache::Cache &cache, Reach reach, Patience patience)
        : m_queue(queue),
          m_cache(cache),
          m_reach(std::move(reach)),
          m_list(patience),
          m_keeper(cache.folder() + "/transfers.json")
    {
        m_retry.setSingleShot(true);
        connect(&m_retry, &QTimer::timeout, this, [this] { takeChange(Keep::No); });
        m_tick.setInterval(kTickMs);
        connect(&m_tick, &QTimer::timeout, this, &Implementation::tell);
        inBackground(
            this, [path = m_keeper.path()] { return transferFile::read(path); },
            [this](base::Result<std::vector<Transfer>> kept) {
                m_isRead = true;
                if (kept)
                    m_list.takeKept(*std::move(kept));
                else
                    base::log(base::LogLevel::Warning, "session", kept.error().describe());
                takeChange(m_list.entries().empty() ? Keep::No : Keep::Yes);
            });
    }

    ~Implementation() override
    {
        for (const auto &run : m_runs)
            run->stop();
        m_runs.clear();
    }

    TransferList &list() { return m_list; }

    enum class Keep { No, Yes };
    /// Gives turns, and tells; `keep`: what is in the file is different, too.
    void takeChange(Keep keep)
    {
        giveTurns();
        armTimers();
        tell();
        if (keep == Keep::Yes && m_isRead)
            m_keeper.keep(transfers());
    }

    /// To one, or to all.
    void act(std::optional<TransferNumber> number, void (*doTo)(Entry &))
    {
        for (Entry &entry : m_list.entries())
            if (!number || entry.number() == *number)
                doTo(entry);
        stopUnwanted();
        takeChange(Keep::Yes);
    }

    template <typename Goes>
    void remove(Goes goes)
    {
        m_list.remove(goes);
        stopUnwanted();
        takeChange(Keep::Yes);
    }

    const std::vector<Transfer> &transfers()
    {
        if (std::exchange(m_isStale, false))
            m_shown = m_list.shown(TransferList::Clock::now());
        return m_shown;
    }

private:
    void tell()
    {
        m_isStale = true;
        announceOnce(&m_queue, m_announcing, &TransferQueue::changed);
    }

    void armTimers()
    {
        const auto now = TransferList::Clock::now();
        if (const auto next = m_list.nextRetry(now))
            m_retry.start(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
        else
            m_retry.stop();
        if (!m_list.isMoving())
            m_tick.stop();
        else if (!m_tick.isActive())
            m_tick.start();
    }

    // --- Turns ---

    void giveTurns()
    {
        if (!m_isRead)
            return;
        for (const auto &[archive, entry] : m_list.next(TransferList::Clock::now()))
            giveTurn(archive, *entry);
        for (const auto &run : m_runs)
            watchIfWanted(*run);
    }

    void giveTurn(const std::string &archive, Entry &entry)
    {
        const auto run = std::find_if(m_runs.begin(), m_runs.end(), [&](const auto &one) {
            return one->order().archive == archive && !one->isLineFree();
        });
        if (run == m_runs.end()) {
            // The attempt before may still be putting away what came.
            const bool isRunning = std::any_of(m_runs.begin(), m_runs.end(), [&](const auto &one) {
                return one->order().study == entry.transfer.study.uid;
            });
            if (!isRunning)
                start(entry);
            return;
        }
        Entry *const running = m_list.find((*run)->order().number);
        if (running == nullptr || (*run)->isStopped() || !TransferList::isMoreUrgent(entry, *running))
            return; // the place is free soon, or it is not for this one
        (*run)->stop();
        TransferList::giveWay(*running);
    }

    /// A run that was begun for later brings large portions in any order: begun again it follows the reader.
    void watchIfWanted(TransferRun &run)
    {
        Entry *const entry = m_list.find(run.order().number);
        if (entry == nullptr || run.isStopped() || run.order().attention ||
            entry->transfer.purpose != Purpose::OnScreen)
            return;
        run.stop();
        TransferList::giveWay(*entry);
    }

    void start(Entry &entry)
    {
        const std::string archive = entry.transfer.study.archive;
        const auto associations = m_reach.associations(archive);
        if (!associations) {
            TransferList::fail(entry, base::Error(ErrorCode::BadArgument, "no archive of this name"));
            tellEnd(entry);
            return;
        }
        TransferList::begin(entry);
        TransferRun::Order order{entry.number(), entry.transfer.study.uid, archive, *associations, {}};
        if (entry.transfer.purpose == Purpose::OnScreen)
            order.attention = entry.attention;
        const quint64 run = ++m_lastRun;
        TransferRun::Events events;
        events.progress = [this, number = entry.number()](const RetrievalProgress &progress) {
            QMetaObject::invokeMethod(this, [this, number, progress] { takeProgress(number, progress); });
        };
        events.lineFree = [this, run] {
            QMetaObject::invokeMethod(this, [this, run] {
                for (const auto &one : m_runs)
                    if (one->number() == run)
                        one->setLineFree();
                takeChange(Keep::No);
            });
        };
        events.ended = [this, run](base::Result<RetrievalReport> report) {
            QMetaObject::invokeMethod(this,
                                      [this, run, report = std::move(report)] { takeEnd(run, report); });
        };
        m_runs.push_back(
            std::make_unique<TransferRun>(run, std::move(order), m_cache, m_reach, std::move(events)));
    }

    void stopUnwanted()
    {
        for (const auto &run : m_runs) {
            const Entry *const entry = m_list.find(run->order().number);
            if (entry == nullptr || entry->transfer.state != State::Running)
                run->stop();
        }
    }

    void takeProgress(TransferNumber number, const RetrievalProgress &progress)
    {
        Entry *const entry = m_list.find(number);
        if (entry == nullptr || entry->transfer.state != State::Running)
            return;
        TransferList::takeProgress(*entry, progress);
        tell();
    }

    void takeEnd(quint64 number, const base::Result<RetrievalReport> &report)
    {
        const auto run = std::find_if(m_runs.begin(), m_runs.end(),
                                      [&](const auto &one) { return one->number() == number; });
        const std::unique_ptr<TransferRun> over = std::move(*run);
        m_runs.erase(run);
        if (Entry *const entry = m_list.find(over->order().number)) {
            m_list.judge(*entry, report, over->isStopped());
            if (entry->transfer.isOver())
                tellEnd(*entry);
        }
        takeChange(Keep::Yes);
    }

    void tellEnd(const Entry &entry)
    {
        // Later: who hears it may ask for more.
        QMetaObject::invokeMethod(
            &m_queue, [queue = &m_queue, study = entry.transfer.study.uid] { Q_EMIT queue->finished(study); },
            Qt::QueuedConnection);
    }

    TransferQueue &m_queue;
    cache::Cache &m_cache;
    const Reach m_reach;
    TransferList m_list;
    TransferKeeper m_keeper;
    std::vector<Transfer> m_shown; ///< made when it is asked for
    QTimer m_retry, m_tick;
    quint64 m_lastRun = 0;
    bool m_isRead = false, m_isStale = true, m_announcing = false;
    std::vector<std::unique_ptr<TransferRun>> m_runs;
};

TransferQueue::TransferQueue(Services services, const Archives &archives, QObject *parent)
    : TransferQueue(services.cache, reachOf(archives), Patience(), parent)
{
    // Nothing waits longer for an archive whose settings have just been changed.
    connect(&archives, &Archives::changed, this, [this] {
        m_implementation->list().forgetRetries();
        m_implementation->takeChange(Implementation::Keep::No);
    });
}

TransferQueue::TransferQueue(cache::Cache &cache, Reach reach, Patience patience, QObject *parent)
    : QObject(parent),
      m_implementation(std::make_unique<Implementation>(*this, cache, std::move(reach), patience))
{}

TransferQueue::~TransferQueue() = default;

void TransferQueue::request(const RequestedStudy &study, Purpose purpose)
{
    m_implementation->list().request(study, purpose);
    m_implementation->takeChange(Implementation::Keep::Yes);
}

const std::vector<Transfer> &TransferQueue::transfers() const
{
    return m_implementation->transfers();
}

const Transfer *TransferQueue::of(const base::StudyUid &study) const
{
    const auto &all = transfers();
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const Transfer &one) { return one.study.uid == study; });
    return at == all.end() ? nullptr : &*at;
}

bool TransferQueue::isBusy() const
{
    return std::any_of(transfers().begin(), transfers().end(), [](const Transfer &transfer) {
        return transfer.state == State::Running || transfer.state == State::Waiting;
    });
}

void TransferQueue::setOnScreen(const std::vector<base::StudyUid> &studies)
{
    if (m_implementation->list().setOnScreen(studies))
        m_implementation->takeChange(Implementation::Keep::Yes);
}

void TransferQueue::setAttention(const base::StudyUid &study, const Attention &attention)
{
    if (const Entry *const entry = m_implementation->list().find(study))
        entry->attention->set(attention);
}

void TransferQueue::pause(TransferNumber transfer)
{
    m_implementation->act(transfer, &TransferList::pause);
}

void TransferQueue::resume(TransferNumber transfer)
{
    m_implementation->act(transfer, &TransferList::resume);
}

void TransferQueue::cancel(TransferNumber transfer)
{
    m_implementation->remove([&](const Entry &entry) { return entry.number() == transfer; });
}

void TransferQueue::retry(TransferNumber transfer)
{
    m_implementation->act(transfer, &TransferList::retry);
}

void TransferQueue::pauseAll()
{
    m_implementation->act({}, &TransferList::pause);
}

void TransferQueue::resumeAll()
{
    m_implementation->act({}, &TransferList::resume);
}

void TransferQueue::cancelAll()
{
    m_implementation->remove([](const Entry &entry) { return !entry.transfer.isOver(); });
}

void TransferQueue::retryAll()
{
    m_implementation->act({}, &TransferList::retry);
}

void TransferQueue::clearFinished()
{
    m_implementation->remove([](const Entry &entry) { return entry.transfer.isOver(); });
}

} // namespace negatoscope::session
