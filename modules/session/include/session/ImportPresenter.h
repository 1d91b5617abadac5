#pragma once

#include <cache/Cache.h>
#include <session/Services.h>

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <deque>
#include <optional>
#include <stop_token>

namespace negatoscope::session {

/// Imports and in-place openings, one after the other in the background, with progress and cancel.
class ImportPresenter final : public QObject {
    Q_OBJECT
public:
    enum class Mode { Import, OpenInPlace };

    explicit ImportPresenter(Services services, QObject *parent = nullptr);
    /// Cancels and waits for the running job: what is on disk stays, the rest is untouched.
    ~ImportPresenter() override;
    Q_DISABLE_COPY_MOVE(ImportPresenter)

    void start(const QStringList &paths, Mode mode);
    void cancel();

    bool isRunning() const { return m_running; }
    Mode mode() const { return m_mode; }
    int waiting() const { return static_cast<int>(m_queue.size()); }
    const cache::ImportProgress &progress() const { return m_progress; }
    /// Of the last finished job.
    const std::optional<base::Result<cache::ImportReport>> &lastReport() const { return m_lastReport; }

Q_SIGNALS:
    void changed();
    void finished();

private:
    struct Job
    {
        std::vector<std::string> paths;
        Mode mode;
    };
    void startNext();

    Services m_services;
    std::deque<Job> m_queue;
    bool m_running = false;
    Mode m_mode = Mode::Import;
    cache::ImportProgress m_progress;
    std::optional<base::Result<cache::ImportReport>> m_lastReport;
    std::stop_source m_stop;
    class Runner;
    std::unique_ptr<Runner> m_runner;
};

} // namespace negatoscope::session
