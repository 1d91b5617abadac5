#pragma once

#include <cache/Records.h>
#include <session/Services.h>

#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <deque>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::session {

/// Sends studies of the cache to archives, one order after the other, with progress and cancel.
///
/// Threads : the UI's; files are read and sent on another.
class StudySending final : public QObject
{
    Q_OBJECT
public:
    struct Progress
    {
        int done = 0, total = 0; ///< objects
    };
    struct Report
    {
        std::string archive;
        int sent = 0, total = 0;
        int altered = 0;                         ///< of those sent: kept, but not as they were sent
        std::optional<base::Error> firstRefusal; ///< of an object that was not taken
        std::optional<base::Error> error;        ///< what ended it early; Cancelled: the reader
    };

    explicit StudySending(Services services, QObject *parent = nullptr);
    /// Stops and waits: at most about a second.
    ~StudySending() override;
    Q_DISABLE_COPY_MOVE(StudySending)

    void send(const std::string &archive, std::vector<base::StudyUid> studies);
    /// What runs and what waits.
    void cancel();

    bool isRunning() const { return m_running; }
    const std::string &archive() const { return m_archive; } ///< where to, while it runs
    const Progress &progress() const { return m_progress; }
    int waiting() const { return static_cast<int>(m_orders.size()); }
    /// Of the last order that ended.
    const std::optional<Report> &lastReport() const { return m_report; }

Q_SIGNALS:
    void changed();

private:
    struct Order
    {
        std::string archive;
        std::vector<base::StudyUid> studies;
    };
    void startNext();
    void take(Report report);

    Services m_services;
    QThreadPool m_pool;
    std::stop_source m_stop;
    std::deque<Order> m_orders;
    std::string m_archive;
    Progress m_progress;
    std::optional<Report> m_report;
    bool m_running = false;
};

} // namespace negatoscope::session
