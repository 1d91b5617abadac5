#pragma once

#include <archive/Records.h>
#include <base/Result.h>

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::archive {

/// A hospital's archive, whatever it speaks (docs/decisions/0010).
///
/// Waits   : every call blocks, never longer than the limits of the archive's settings without progress, and
///           returns Cancelled within a second of a stop.
/// Threads : every function may be called from any thread but the UI's, several at once; each call has
///           associations or streams of its own. Sinks and progress are called from one thread at a time.
/// Bytes   : what arrives is hostile: nothing from the wire becomes a path, and only identifiers are read
///           here.
/// Errors  : those of the connection, the certificate, the association and the request (base/Error.h), with
///           a text that says the step; ui has the sentences.
class Archive
{
public:
    virtual ~Archive() = default;

    /// Whether the archive answers and knows us.
    virtual base::Result<Verification> verify(std::stop_token stop) = 0;

    /// Rows come in batches as they arrive. `most` rows and no more: what is beyond is cut off and said.
    virtual base::Result<FindReport> findPatients(const StudyQuery &query, const Rows<FoundPatient> &rows,
                                                  std::stop_token stop) = 0;
    virtual base::Result<FindReport> findStudies(const StudyQuery &query, const Rows<FoundStudy> &rows,
                                                 std::stop_token stop) = 0;
    virtual base::Result<std::vector<FoundSeries>> listSeries(const base::StudyUid &study,
                                                              std::stop_token stop) = 0;
    /// What a complete study (or series of it) is: every instance that the archive lists.
    virtual base::Result<std::vector<FoundInstance>>
    listInstances(const base::StudyUid &study, const base::SeriesUid &series, std::stop_token stop) = 0;

    /// Whether a series asked for as a whole comes in one answer, where its instances one by one would cost a
    /// round trip each.
    virtual bool answersSeriesAtOnce() const = 0;

    /// Brings instances into files of the staging folder and hands each on as soon as it is whole. Success
    /// says that the archive said so: whether everything came is for the caller to compare.
    virtual base::Result<RetrieveReport> retrieve(const Wanted &wanted, const Retrieval &retrieval,
                                                  std::stop_token stop) = 0;

    /// Brings one instance of a series, whichever the archive has at hand, perhaps a few more: quick however
    /// many there are. Errors: NotFound (none came).
    virtual base::Status retrieveOne(const FoundSeries &series, const Retrieval &retrieval,
                                     std::stop_token stop) = 0;

    /// Sends files as they are; one result for each, in order. An error of the whole is one of the
    /// connection; what was sent before it stands in `results`.
    virtual base::Status store(std::span<const Outgoing> files, std::vector<StoreResult> &results,
                               const std::function<void(int done)> &progress, std::stop_token stop) = 0;

    /// Asks the archive to answer for the safe keeping of what it has received.
    virtual base::Result<CommitReport> commit(std::span<const Reference> instances, std::stop_token stop) = 0;
};

} // namespace negatoscope::archive
