#include <base/ComputePool.h>

#include <algorithm>

namespace negatoscope::base {

namespace {
thread_local bool t_insideChunk = false;
} // namespace

ComputePool::ComputePool(unsigned threads)
{
    if (threads == 0)
        threads = std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 1; i < threads; ++i)
        m_threads.emplace_back([this](const std::stop_token &stop) { serve(stop); });
}

ComputePool::~ComputePool()
{
    for (auto &thread : m_threads)
        thread.request_stop();
    m_wake.notify_all();
}

ComputePool &ComputePool::shared()
{
    static ComputePool pool;
    return pool;
}

void ComputePool::parallelFor(std::size_t count, std::size_t grain, const Work &work)
{
    if (count == 0)
        return;
    grain = std::max<std::size_t>(1, grain);
    if (m_threads.empty() || count <= grain || t_insideChunk) {
        work(0, count);
        return;
    }
    const std::lock_guard caller(m_callers);
    {
        const std::lock_guard lock(m_mutex);
        m_work = &work;
        m_count = count;
        // Four chunks per thread even out rows of unequal cost.
        m_chunk = std::max(grain, (count + threads() * 4 - 1) / (threads() * 4));
        m_next = 0;
    }
    m_wake.notify_all();
    runChunks();
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return m_busy == 0; });
    m_work = nullptr;
}

void ComputePool::runChunks()
{
    std::unique_lock lock(m_mutex);
    while (m_work && m_next < m_count) {
        const Work *const work = m_work;
        const std::size_t begin = m_next;
        const std::size_t end = std::min(m_count, begin + m_chunk);
        m_next = end;
        ++m_busy;
        lock.unlock();
        t_insideChunk = true;
        (*work)(begin, end);
        t_insideChunk = false;
        lock.lock();
        --m_busy;
    }
    if (m_busy == 0)
        m_done.notify_all();
}

void ComputePool::serve(const std::stop_token &stop)
{
    while (true) {
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_work && m_next < m_count; }))
                return;
        }
        runChunks();
    }
}

} // namespace negatoscope::base
