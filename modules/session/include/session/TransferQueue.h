#pragma once

#include <archive/Archive.h>
#include <session/ArrivalOrder.h>
#include <session/Services.h>
#include <session/Transfer.h>

#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

class Archives;

/// What is to come from archives: one transfer for each study, the most urgent first, kept over restarts.
///
/// Archives: from each comes one study at a time, over as many associations as its settings allow; a more
///           urgent one takes its place, and what had come of it stays.
/// Failures: of the line are tried again by themselves, later and later; a refusal is not.
/// Ends    : the window that asked may close; what runs when the program ends goes on with the next start.
/// Threads : the UI thread; listing, receiving and files are on others.
class TransferQueue final : public QObject
{
    Q_OBJECT
public:
    /// How archives are reached.
    struct Reach
    {
        /// At once, as its settings allow; nothing: there is no such archive. On the UI thread.
        std::function<std::optional<int>(const std::string &archive)> associations;
        /// From other threads.
        std::function<base::Result<std::shared_ptr<archive::Archive>>(const std::string &archive)> connect;
    };
    /// How long after a failure of the line it is tried again: so long, then twice as long each time.
    struct Patience
    {
        std::chrono::milliseconds first{2'000}, most{300'000};
    };

    /// Reads what an earlier run left (transfers.json in the cache's folder) and goes on with it: later, with
    /// changed(). `archives` must outlive it.
    TransferQueue(Services services, const Archives &archives, QObject *parent = nullptr);
    TransferQueue(cache::Cache &cache, Reach reach, Patience patience, QObject *parent = nullptr);
    /// Stops receiving and waits for it: about a second.
    ~TransferQueue() override;
    Q_DISABLE_COPY_MOVE(TransferQueue)

    /// A study that is asked for twice is one transfer: it takes the more urgent purpose. One that had ended
    /// starts again.
    void request(const RequestedStudy &study, Purpose purpose);
    /// In the order in which they get their turn, ended ones last.
    const std::vector<Transfer> &transfers() const;
    const Transfer *of(const base::StudyUid &study) const; ///< null: none
    /// Whether anything runs or waits.
    bool isBusy() const;

    /// Which studies are on screen now: their transfers come before all others, and after those with their
    /// own purpose again.
    void setOnScreen(const std::vector<base::StudyUid> &studies);
    /// What the reader looks at in a study: what comes next of it follows.
    void setAttention(const base::StudyUid &study, const Attention &attention);

    void pause(TransferNumber transfer);
    void resume(TransferNumber transfer);
    /// Takes it out of the queue; what has come stays in the cache.
    void cancel(TransferNumber transfer);
    /// At once, whatever it waits for.
    void retry(TransferNumber transfer);
    void pauseAll();
    void resumeAll();
    void cancelAll();
    void retryAll();
    void clearFinished();

Q_SIGNALS:
    /// A transfer came, went or got on; at most once in a turn of the event loop.
    void changed();
    /// One is over: done, incomplete, failed. Not when cancelled.
    void finished(const negatoscope::base::StudyUid &study);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace negatoscope::session
