#pragma once

#include <archive/Records.h>
#include <base/Error.h>

#include <QtCore/QtGlobal>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace negatoscope::session {

/// Files that have arrived, on their way from the threads that receive to the one that admits.
class Arrivals
{
public:
    /// Watched: a reader waits for what comes, above all for the first.
    enum class Pace { Watched, Unwatched };

    explicit Arrivals(Pace pace) : m_pace(pace) {}
    Q_DISABLE_COPY_MOVE(Arrivals)

    void add(archive::ReceivedFile file)
    {
        const std::lock_guard lock(m_mutex);
        m_bytes += file.bytes;
        ++m_count;
        m_instances.emplace(file.path, file.instance);
        m_files.push_back(std::move(file.path));
        m_changed.notify_all();
    }
    void fail(base::Error error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error)
            m_error = std::move(error);
    }
    /// Nothing will come any more.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_changed.notify_all();
    }

    /// Until something has arrived, or those who were to bring it have ended.
    void waitForFirst(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [this] { return m_count > 0 || m_waitEnded; });
    }
    void endWaiting()
    {
        const std::lock_guard lock(m_mutex);
        m_waitEnded = true;
        m_changed.notify_all();
    }

    /// The next batch, perhaps empty; null when nothing will come any more.
    std::optional<std::vector<std::string>> next()
    {
        std::unique_lock lock(m_mutex);
        const bool isUrgent = m_pace == Pace::Watched && !m_hasGiven;
        const std::size_t enough = isUrgent ? 1 : kBatch;
        m_changed.wait_for(lock, m_pace == Pace::Watched ? kEveryWatched : kEvery,
                           [&] { return m_closed || m_files.size() >= enough; });
        if (m_files.empty() && m_closed)
            return std::nullopt;
        m_hasGiven = m_hasGiven || !m_files.empty();
        return std::exchange(m_files, {});
    }

    int count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }
    std::uint64_t bytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bytes;
    }
    void addNamesTo(std::unordered_set<base::InstanceUid> &names) const
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[path, instance] : m_instances)
            names.insert(instance);
    }
    base::InstanceUid instanceOf(const std::string &path) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_instances.find(path);
        return found == m_instances.end() ? base::InstanceUid() : found->second;
    }
    std::optional<base::Error> error() const
    {
        const std::lock_guard lock(m_mutex);
        return m_error;
    }

private:
    /// So many files, or what came in so long, are admitted together: they share their syncs.
    static constexpr std::size_t kBatch = 128;
    static constexpr std::chrono::milliseconds kEvery{250}, kEveryWatched{120};

    const Pace m_pace;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<std::string> m_files;
    std::unordered_map<std::string, base::InstanceUid> m_instances;
    bool m_closed = false, m_waitEnded = false, m_hasGiven = false;
    int m_count = 0;
    std::uint64_t m_bytes = 0;
    std::optional<base::Error> m_error;
};

} // namespace negatoscope::session
