#pragma once

#include "TransferPace.h"
#include "TransferRun.h"

#include <session/StudyRetrieval.h>
#include <session/TransferQueue.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

/// What a queue knows of its transfers: whose turn it is, what became of an attempt, when to try again. It
/// runs nothing.
class TransferList
{
public:
    using Clock = std::chrono::steady_clock;
    using State = Transfer::State;

    struct Entry
    {
        Transfer transfer;
        Purpose asked = Purpose::Prefetch;
        bool onScreen = false;
        qint64 turn = 0; ///< the smaller the earlier among those of one purpose
        std::optional<Clock::time_point> retryAt;
        std::shared_ptr<SharedAttention> attention = std::make_shared<SharedAttention>();
        TransferPace pace;
        std::uint64_t bytesBefore = 0; ///< of the attempts before this one

        TransferNumber number() const { return transfer.number; }
    };

    explicit TransferList(TransferQueue::Patience patience) : m_patience(patience) {}

    Entry *find(const base::StudyUid &study);
    Entry *find(TransferNumber number);
    std::vector<Entry> &entries() { return m_entries; }

    void request(const RequestedStudy &study, Purpose purpose);
    /// What an earlier run of the program left.
    void takeKept(std::vector<Transfer> kept);
    /// False: nothing is different.
    bool setOnScreen(const std::vector<base::StudyUid> &studies);
    static void pause(Entry &entry);
    static void resume(Entry &entry);
    static void retry(Entry &entry);
    template <typename Goes>
    void remove(Goes goes)
    {
        std::erase_if(m_entries, goes);
    }

    static bool isMoreUrgent(const Entry &a, const Entry &b)
    {
        return std::pair(a.transfer.purpose, a.turn) < std::pair(b.transfer.purpose, b.turn);
    }
    /// For each archive the most urgent of those that wait for nothing but their turn.
    std::map<std::string, Entry *> next(Clock::time_point now);
    static void begin(Entry &entry);
    /// Its place was taken: it waits for its turn again.
    static void giveWay(Entry &entry);
    static void takeProgress(Entry &entry, const RetrievalProgress &progress);
    /// What an attempt came to; one that was stopped keeps the state that it was given.
    void judge(Entry &entry, const base::Result<RetrievalReport> &report, bool wasStopped) const;
    static void fail(Entry &entry, base::Error error);

    /// When the next one may be tried again.
    std::optional<Clock::time_point> nextRetry(Clock::time_point now) const;
    /// Whether what is shown changes with time alone.
    bool isMoving() const;
    void forgetRetries();
    std::vector<Transfer> shown(Clock::time_point now) const;

private:
    qint64 nextTurn(Purpose purpose);
    void join(Entry &entry, const RequestedStudy &study, Purpose purpose);
    static void setPurpose(Entry &entry);
    static void setState(Entry &entry, State state);
    void waitAndRetry(Entry &entry, const base::Error &error, bool hasComeOn) const;

    const TransferQueue::Patience m_patience;
    std::vector<Entry> m_entries;
    TransferNumber m_lastNumber = 0;
    qint64 m_turns = 0;
};

} // namespace negatoscope::session
