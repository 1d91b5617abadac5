#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <type_traits>

namespace negatoscope::cache {

/// The one thread that writes: jobs run in the order they were posted. Jobs must not throw and must not wait
/// for other jobs. The destructor finishes what is queued.
class WriterThread
{
public:
    WriterThread() : m_thread([this](const std::stop_token &stop) { serve(stop); }) {}
    ~WriterThread() { m_thread.request_stop(); }
    WriterThread(const WriterThread &) = delete;
    WriterThread &operator=(const WriterThread &) = delete;

    template <typename Job>
    auto post(Job job) -> std::future<std::invoke_result_t<Job>>
    {
        auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Job>()>>(std::move(job));
        auto future = task->get_future();
        {
            const std::lock_guard lock(m_mutex);
            m_jobs.emplace_back([task] { (*task)(); });
        }
        m_wake.notify_one();
        return future;
    }

    /// Posts and waits.
    template <typename Job>
    auto run(Job job) -> std::invoke_result_t<Job>
    {
        return post(std::move(job)).get();
    }

private:
    void serve(const std::stop_token &stop)
    {
        while (true) {
            std::function<void()> job;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, stop, [this] { return !m_jobs.empty(); });
                if (m_jobs.empty())
                    return;
                job = std::move(m_jobs.front());
                m_jobs.pop_front();
            }
            job();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::function<void()>> m_jobs;
    std::jthread m_thread;
};

} // namespace negatoscope::cache
