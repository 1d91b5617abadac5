#pragma once

#include "TransferFile.h"

#include <base/Log.h>

#include <QtCore/QtGlobal>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace negatoscope::session {

/// Writes the list of transfers on a thread of its own: of what is handed in quickly only the latest, and
/// that in any case, also at the end.
class TransferKeeper
{
public:
    explicit TransferKeeper(std::string path)
        : m_path(std::move(path)),
          m_thread([this](const std::stop_token &stop) { run(stop); })
    {}
    Q_DISABLE_COPY_MOVE(TransferKeeper)

    const std::string &path() const { return m_path; }
    void keep(std::vector<Transfer> transfers)
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(transfers);
        m_changed.notify_one();
    }

private:
    void run(const std::stop_token &stop)
    {
        while (true) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return m_next.has_value(); });
            if (!m_next)
                return;
            const std::vector<Transfer> transfers = *std::exchange(m_next, std::nullopt);
            lock.unlock();
            if (const auto written = transferFile::write(m_path, transfers); !written)
                base::log(base::LogLevel::Warning, "session", written.error().describe());
        }
    }

    const std::string m_path;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<std::vector<Transfer>> m_next;
    std::jthread m_thread; ///< last: it ends before what it uses
};

} // namespace negatoscope::session
