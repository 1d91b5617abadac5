#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace negatoscope::base {

/// A fixed set of threads that share the rows of one picture, slab or table.
///
/// parallelFor() splits [0, count) into chunks of at least `grain`, runs them on the pool and on the calling
/// thread, and returns when all are done. Calls from different threads are serialised; a call from inside a
/// chunk runs in place.
/// Threads : parallelFor may be called from any thread.
/// Errors  : the work must not throw.
class ComputePool
{
public:
    using Work = std::function<void(std::size_t begin, std::size_t end)>;

    /// Uses `threads` threads in all, the calling one included; 0 means one per core.
    explicit ComputePool(unsigned threads = 0);
    ~ComputePool();
    ComputePool(const ComputePool &) = delete;
    ComputePool &operator=(const ComputePool &) = delete;

    unsigned threads() const { return static_cast<unsigned>(m_threads.size()) + 1; }
    void parallelFor(std::size_t count, std::size_t grain, const Work &work);

    /// The pool of this process, one thread per core.
    static ComputePool &shared();

private:
    void serve(const std::stop_token &stop);
    void runChunks();

    std::mutex m_callers;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::condition_variable m_done;
    const Work *m_work = nullptr;
    std::size_t m_count = 0, m_chunk = 0, m_next = 0, m_busy = 0;
    std::vector<std::jthread> m_threads;
};

} // namespace negatoscope::base
