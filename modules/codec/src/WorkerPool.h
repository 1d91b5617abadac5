#pragma once

#include "FileIdentity.h"
#include "WorkerProcess.h"

#include <codec/DecodeService.h>

#include <condition_variable>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace negatoscope::codec {

/// One worker per core, lent to one request at a time, most urgent purpose first.
///
/// A keeper thread starts the workers, replaces those that died or overstayed, and waits for the late answers
/// of requests that were cancelled. Threads : any.
class WorkerPool
{
public:
    /// A worker on loan.
    class Lease
    {
    public:
        Lease(WorkerPool &pool, std::unique_ptr<WorkerProcess> worker)
            : m_pool(&pool),
              m_worker(std::move(worker))
        {}
        Lease(Lease &&) = default;
        ~Lease();

        /// Sends a request and waits for its reply. After any error but one that the worker itself reported
        /// the lease is void. Errors: the worker's, WorkerDied, WorkerTimedOut, Cancelled.
        base::Result<std::string> exchange(MessageKind kind, std::string_view payload,
                                           std::span<const int> descriptors, std::chrono::milliseconds limit,
                                           std::stop_token stop);
        WorkerProcess &worker() { return *m_worker; }

    private:
        WorkerPool *m_pool;
        std::unique_ptr<WorkerProcess> m_worker;
    };

    /// Error: WorkerUnavailable.
    static base::Result<std::unique_ptr<WorkerPool>> launch(const DecodeService::Options &options);
    base::Status waitUntilReady();
    ~WorkerPool();

    /// Errors: Cancelled, WorkerUnavailable.
    base::Result<Lease> acquire(Purpose purpose, const std::stop_token &stop);

    unsigned size() const { return m_size; }
    /// Counts a death or time-out against a file; the second one quarantines it.
    void blame(const FileIdentity &file);
    base::Status checkQuarantine(const FileIdentity &file) const;
    void countRequest();
    DecodeService::Statistics statistics() const;

private:
    struct Waiter
    {
        Purpose purpose;
        std::unique_ptr<WorkerProcess> worker;
        std::condition_variable_any wake;
    };
    struct Abandoned
    {
        std::unique_ptr<WorkerProcess> worker;
        Channel::Clock::time_point deadline;
    };

    WorkerPool(const DecodeService::Options &options, unsigned size, Descriptor wake);
    void giveBack(std::unique_ptr<WorkerProcess> worker);
    void replace(std::unique_ptr<WorkerProcess> worker, bool timedOut);
    void abandon(std::unique_ptr<WorkerProcess> worker, Channel::Clock::time_point deadline);
    void offer(std::unique_ptr<WorkerProcess> worker);

    void keep(const std::stop_token &stop);
    void startMissing();
    void watch();
    void tendAbandoned();
    void removeDeadIdle();
    void wakeKeeper();

    const std::string m_program;
    const Limits m_limits;
    const bool m_sandboxRequired;
    const unsigned m_size;
    const Descriptor m_wake; ///< eventfd: the keeper has something to do

    mutable std::mutex m_mutex;
    std::condition_variable m_started;
    std::vector<std::unique_ptr<WorkerProcess>> m_idle;
    std::list<Waiter *> m_waiters; ///< in order of arrival
    std::vector<Abandoned> m_abandoned;
    unsigned m_alive = 0; ///< idle, lent or abandoned
    bool m_everStarted = false;
    unsigned m_failedStarts = 0;             ///< in a row
    std::optional<base::Error> m_startError; ///< of the last attempt, if no worker is alive
    DecodeService::Statistics m_statistics;
    std::map<FileIdentity, unsigned> m_deaths;

    std::jthread m_keeper;
};

} // namespace negatoscope::codec
