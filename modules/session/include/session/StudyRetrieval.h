#pragma once

#include <archive/Archive.h>
#include <cache/Cache.h>
#include <session/ArrivalOrder.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace negatoscope::session {

/// What is to come: a study, or one series of it.
struct RetrievalRequest
{
    base::StudyUid study;
    base::SeriesUid series; ///< empty: all
    int associations = 1;   ///< at once
    /// Where a reader waits: what he looks at, asked again and again. One image comes before the study is
    /// even listed, the others in arrivalOrder(). Called from several threads.
    std::function<Attention()> attention = {};
    /// Nothing more is asked of the archive; what came is still on its way into the cache. From any thread.
    std::function<void()> lineFree = {};
};

struct RetrievalProgress
{
    int expected = 0; ///< as the archive lists; 0: not yet
    int here = 0;     ///< of these, in the cache
    std::uint64_t bytes = 0;
};

struct RetrievalReport
{
    int expected = 0, here = 0;
    int arrived = 0; ///< by this call
    std::uint64_t bytes = 0;
    struct Missing
    {
        base::InstanceUid instance;
        std::optional<base::Error> reason; ///< where it arrived and was not taken
    };
    std::vector<Missing> missing; ///< listed, and not here
    cache::Completeness completeness = cache::Completeness::Unknown;
    std::optional<base::Error> error; ///< what ended it early
    double wallMs = 0;
};

/// Brings what is missing of a study from an archive into the cache (docs/decisions/0006): lists it, keeps
/// the list, asks for what is not here on several associations, and admits files while others arrive. Calling
/// it again after a cut or a kill goes on where it was.
///
/// Threads : any that may wait; progress is called from one thread at a time, a few times a second.
/// Errors  : those of listing; what comes later stands in the report, together with what was achieved.
base::Result<RetrievalReport> retrieveStudy(cache::Cache &cache, archive::Archive &archive,
                                            const RetrievalRequest &request,
                                            const std::function<void(const RetrievalProgress &)> &progress,
                                            std::stop_token stop);

} // namespace negatoscope::session
