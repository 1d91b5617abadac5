#include "WorkerPool.h"

#include "Serialisation.h"

#include <base/Log.h>

#include <algorithm>
#include <functional>

#include <poll.h>
#include <sys/eventfd.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;

namespace {

constexpr unsigned kDeathsToQuarantine = 2;
constexpr unsigned kPatience = 4; // failed starts in a row before callers are told and tries become rare
constexpr std::chrono::milliseconds kRetryStart{1000};
constexpr std::size_t kReplyOverhead = 64 << 20;

void signalEvent(int event)
{
    const std::uint64_t one = 1;
    (void)!::write(event, &one, sizeof one);
}

} // namespace

WorkerPool::Lease::~Lease()
{
    if (m_worker)
        m_pool->giveBack(std::move(m_worker));
}

base::Result<std::string> WorkerPool::Lease::exchange(MessageKind kind, std::string_view payload,
                                                      std::span<const int> descriptors,
                                                      std::chrono::milliseconds limit, std::stop_token stop)
{
    const auto deadline = Channel::Clock::now() + limit;
    Descriptor cancelled;
    if (stop.stop_possible())
        cancelled = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback onStop(stop, [&cancelled] { signalEvent(cancelled.number()); });

    Channel &channel = m_worker->channel();
    Status status = channel.send(kind, payload, descriptors, deadline);
    if (status)
        status = channel.await(deadline, cancelled.number());
    if (!status && status.error().code() == ErrorCode::Cancelled) {
        m_pool->abandon(std::move(m_worker), deadline);
        return failure(status.error());
    }
    base::Result<Message> reply = failure(ErrorCode::Internal, {});
    if (status)
        reply = channel.receive(static_cast<std::size_t>(m_pool->m_limits.dataSetBytes) + kReplyOverhead,
                                deadline);
    if (!status || !reply) {
        const base::Error error = !status ? status.error() : reply.error();
        m_pool->replace(std::move(m_worker), error.code() == ErrorCode::WorkerTimedOut);
        return failure(error);
    }
    if (reply->kind == MessageKind::Done)
        return std::move(reply->payload);
    Reader reader(reply->payload);
    return failure(readError(reader));
}

WorkerPool::WorkerPool(const DecodeService::Options &options, unsigned size, Descriptor wake)
    : m_program(options.workerProgram),
      m_limits(options.limits),
      m_sandboxRequired(options.sandboxRequired),
      m_size(size),
      m_wake(std::move(wake))
{
    m_statistics.sandboxed = true;
    // Workers die with the thread that starts them, so one thread starts all of them.
    m_keeper = std::jthread([this](const std::stop_token &stop) { keep(stop); });
}

WorkerPool::~WorkerPool()
{
    m_keeper.request_stop();
    wakeKeeper();
    m_keeper.join();
}

base::Result<std::unique_ptr<WorkerPool>> WorkerPool::launch(const DecodeService::Options &options)
{
    const unsigned size =
        options.workers ? options.workers : std::max(1U, std::thread::hardware_concurrency());
    Descriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake.isOpen())
        return failure(ErrorCode::WorkerUnavailable, "no event descriptor");
    return std::unique_ptr<WorkerPool>(new WorkerPool(options, size, std::move(wake)));
}

Status WorkerPool::waitUntilReady()
{
    std::unique_lock lock(m_mutex);
    m_started.wait(lock, [&] { return m_alive > 0 || m_everStarted || m_startError; });
    if (m_startError)
        return failure(*m_startError);
    return {};
}

void WorkerPool::wakeKeeper()
{
    signalEvent(m_wake.number());
}

base::Result<WorkerPool::Lease> WorkerPool::acquire(Purpose purpose, const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "cancelled");
    removeDeadIdle();
    if (!m_idle.empty()) {
        auto worker = std::move(m_idle.back());
        m_idle.pop_back();
        return Lease(*this, std::move(worker));
    }
    Waiter waiter{purpose, nullptr, {}};
    m_waiters.push_back(&waiter);
    waiter.wake.wait(lock, stop, [&] { return waiter.worker || (m_alive == 0 && m_startError); });
    m_waiters.remove(&waiter);
    if (waiter.worker && stop.stop_requested())
        offer(std::move(waiter.worker));
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "cancelled");
    if (!waiter.worker)
        return failure(*m_startError);
    return Lease(*this, std::move(waiter.worker));
}

/// To the most urgent waiter, the first come of equals; else idle. The mutex is held.
void WorkerPool::offer(std::unique_ptr<WorkerProcess> worker)
{
    Waiter *best = nullptr;
    for (Waiter *waiter : m_waiters)
        if (!waiter->worker && (!best || waiter->purpose < best->purpose))
            best = waiter;
    if (!best) {
        m_idle.push_back(std::move(worker));
        wakeKeeper(); // it watches who is idle
        return;
    }
    best->worker = std::move(worker);
    best->wake.notify_one();
}

void WorkerPool::giveBack(std::unique_ptr<WorkerProcess> worker)
{
    const std::lock_guard lock(m_mutex);
    offer(std::move(worker));
}

void WorkerPool::replace(std::unique_ptr<WorkerProcess> worker, bool timedOut)
{
    {
        const std::lock_guard lock(m_mutex);
        --m_alive;
        ++(timedOut ? m_statistics.timeouts : m_statistics.deaths);
    }
    wakeKeeper();
    worker.reset(); // kills it if it still lives
}

void WorkerPool::abandon(std::unique_ptr<WorkerProcess> worker, Channel::Clock::time_point deadline)
{
    {
        const std::lock_guard lock(m_mutex);
        m_abandoned.push_back({std::move(worker), deadline});
    }
    wakeKeeper();
}

/// Idle workers have nothing to say: one whose socket stirs is dead. The mutex is held.
void WorkerPool::removeDeadIdle()
{
    const auto dead = std::partition(m_idle.begin(), m_idle.end(), [](const auto &worker) {
        pollfd watched{worker->channel().number(), POLLIN, 0};
        return ::poll(&watched, 1, 0) == 0;
    });
    if (dead == m_idle.end())
        return;
    const auto count = static_cast<unsigned>(m_idle.end() - dead);
    m_idle.erase(dead, m_idle.end());
    m_alive -= count;
    m_statistics.deaths += count;
    wakeKeeper();
}

void WorkerPool::keep(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        startMissing();
        watch();
        tendAbandoned();
        const std::lock_guard lock(m_mutex);
        removeDeadIdle();
    }
    // The workers end here, in the thread they belong to.
    const std::lock_guard lock(m_mutex);
    m_idle.clear();
    m_abandoned.clear();
}

void WorkerPool::startMissing()
{
    unsigned missing = 0;
    {
        const std::lock_guard lock(m_mutex);
        missing = m_size - m_alive;
        // At first one alone: it has the machine to itself, and so have the windows that come up meanwhile.
        if (!m_everStarted && m_alive == 0)
            missing = 1;
    }
    std::vector<base::Result<std::unique_ptr<WorkerProcess>>> started;
    for (unsigned i = 0; i < missing; ++i)
        started.push_back(WorkerProcess::start(m_program, m_limits));
    for (auto &worker : started) {
        Status ready = worker ? (*worker)->finishStart() : failure(worker.error());
        const bool sandboxed = ready && (*worker)->sandboxProblem().empty();
        if (ready && !sandboxed && m_sandboxRequired)
            ready = failure(ErrorCode::SandboxUnavailable, (*worker)->sandboxProblem());
        const std::lock_guard lock(m_mutex);
        if (!ready) {
            ++m_failedStarts;
            base::log(base::LogLevel::Error, "codec", ready.error().describe());
            if (m_failedStarts >= kPatience)
                m_startError = ready.error();
            continue;
        }
        m_failedStarts = 0;
        m_startError.reset();
        ++m_alive;
        m_statistics.respawns += m_everStarted ? 1 : 0;
        if (!sandboxed) {
            m_statistics.sandboxed = false;
            m_statistics.sandboxProblem = (*worker)->sandboxProblem();
        }
        offer(std::move(*worker));
    }
    const std::lock_guard lock(m_mutex);
    m_everStarted = m_everStarted || m_alive == m_size;
    m_started.notify_all();
    if (m_alive == 0 && m_startError)
        for (Waiter *waiter : m_waiters)
            waiter->wake.notify_one();
}

/// Sleeps until a worker needs care.
void WorkerPool::watch()
{
    std::vector<pollfd> watched{{m_wake.number(), POLLIN, 0}};
    auto deadline = Channel::Clock::time_point::max();
    {
        const std::lock_guard lock(m_mutex);
        if (m_alive < m_size)
            deadline = Channel::Clock::now() +
                       (m_failedStarts < kPatience ? std::chrono::milliseconds(0) : kRetryStart);
        for (const auto &worker : m_idle)
            watched.push_back({worker->channel().number(), 0, 0});
        for (const Abandoned &late : m_abandoned) {
            watched.push_back({late.worker->channel().number(), POLLIN, 0});
            deadline = std::min(deadline, late.deadline);
        }
    }
    int milliseconds = -1;
    if (deadline != Channel::Clock::time_point::max()) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - Channel::Clock::now()).count();
        milliseconds = static_cast<int>(std::clamp<long long>(left, 0, 1'000'000));
    }
    ::poll(watched.data(), watched.size(), milliseconds);
    std::uint64_t count;
    (void)!::read(m_wake.number(), &count, sizeof count);
}

/// Takes the late answers of cancelled requests; workers without one in time are replaced.
void WorkerPool::tendAbandoned()
{
    std::vector<Abandoned> late;
    {
        const std::lock_guard lock(m_mutex);
        late.swap(m_abandoned);
    }
    for (Abandoned &one : late) {
        pollfd watched{one.worker->channel().number(), POLLIN, 0};
        if (::poll(&watched, 1, 0) > 0) {
            const auto maximum = static_cast<std::size_t>(m_limits.dataSetBytes) + kReplyOverhead;
            if (one.worker->channel().receive(maximum, one.deadline))
                giveBack(std::move(one.worker));
            else
                replace(std::move(one.worker), false);
        } else if (Channel::Clock::now() >= one.deadline) {
            replace(std::move(one.worker), true);
        } else {
            const std::lock_guard lock(m_mutex);
            m_abandoned.push_back(std::move(one));
        }
    }
}

void WorkerPool::blame(const FileIdentity &file)
{
    const std::lock_guard lock(m_mutex);
    if (++m_deaths[file] == kDeathsToQuarantine)
        ++m_statistics.quarantined;
}

Status WorkerPool::checkQuarantine(const FileIdentity &file) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_deaths.find(file);
    if (found != m_deaths.end() && found->second >= kDeathsToQuarantine)
        return failure(ErrorCode::Quarantined,
                       "this file ended " + std::to_string(found->second) + " workers");
    return {};
}

void WorkerPool::countRequest()
{
    const std::lock_guard lock(m_mutex);
    ++m_statistics.requests;
}

DecodeService::Statistics WorkerPool::statistics() const
{
    const std::lock_guard lock(m_mutex);
    auto now = m_statistics;
    now.workers = m_alive;
    return now;
}

} // namespace negatoscope::codec
