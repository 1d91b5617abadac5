#pragma once

#include <archive/Settings.h>
#include <base/Error.h>

#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::session {

/// Tries an archive out: whether it answers, answers a search, takes a tiny object and gives it back.
///
/// The object names no patient and is always the same one; it stays in the archive, as DICOM has no way to
/// take it out again.
/// Threads : the UI's; the archive is asked on others. A new test stops the one before.
class ArchiveTest final : public QObject
{
    Q_OBJECT
public:
    enum class Step { Verify, Find, Store, Retrieve };
    struct Outcome
    {
        Step step = Step::Verify;
        bool isOver = false;
        std::optional<base::Error> error; ///< Cancelled: the reader stopped it
        std::chrono::milliseconds time{};
        std::string implementation, protection; ///< of Verify: what it calls itself; empty: in clear
        int studies = 0;                        ///< of Find: of today
        bool moreStudies = false;               ///< of Find: it has more than were asked for
        bool altered = false; ///< of Store: kept, but not as sent; of Retrieve: not what was sent came back
    };

    explicit ArchiveTest(QObject *parent = nullptr);
    /// Stops and waits: at most about a second.
    ~ArchiveTest() override;
    Q_DISABLE_COPY_MOVE(ArchiveTest)

    /// One step after the other, until one fails.
    void start(const archive::Settings &settings, std::vector<Step> steps);
    void cancel();
    bool isRunning() const { return m_running; }
    /// Of the last test: those that are over, and the one that is under way.
    const std::vector<Outcome> &outcomes() const { return m_outcomes; }

Q_SIGNALS:
    void changed();

private:
    void take(quint64 generation, const Outcome &outcome);
    void finish(quint64 generation);

    QThreadPool m_pool;
    std::stop_source m_stop;
    std::vector<Outcome> m_outcomes;
    quint64 m_generation = 0;
    bool m_running = false;
};

} // namespace negatoscope::session
