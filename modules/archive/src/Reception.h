#pragma once

#include "Association.h"
#include "ReceivedDataSet.h"

#include <archive/Records.h>

#include <mutex>
#include <optional>

namespace negatoscope::archive {

/// Takes C-STORE requests (PS3.4 B), on the association of a C-GET or on those that a C-MOVE brings, into
/// files, and counts.
///
/// Threads : any; files are written in parallel, sink and progress are called one at a time.
class Reception
{
public:
    Reception(const Retrieval &retrieval, std::string sourceTitle)
        : m_retrieval(retrieval),
          m_sourceTitle(std::move(sourceTitle))
    {}

    /// Receives the data set of a request and answers it. Errors: those of the association; a disk that takes
    /// no more is answered first (0xA700).
    base::Status take(Association &association, const Message &request);

    /// What the archive counts, from its pending answers.
    void count(const CommandSet &reply);
    void noteFailed(std::vector<base::InstanceUid> failed);
    RetrieveReport report() const;
    /// Why a file could not be written, if one could not.
    std::optional<base::Error> broken() const;
    Clock::time_point lastTaken() const;

private:
    base::Result<ReceivedDataSet> open(const PresentationContext &context, const CommandSet &command) const;

    const Retrieval &m_retrieval;
    std::string m_sourceTitle;
    mutable std::mutex m_mutex;
    RetrieveProgress m_progress;
    RetrieveReport m_report;
    std::optional<base::Error> m_broken;
    Clock::time_point m_lastTaken{};
};

} // namespace negatoscope::archive
