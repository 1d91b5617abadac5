#pragma once

#include "Association.h"
#include "SopClasses.h"

#include <archive/Archive.h>
#include <archive/Settings.h>
#include <dicom/DataSet.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace negatoscope::archive {

class Reception;

/// An archive that speaks DIMSE (PS3.4, PS3.7, PS3.8): one association for each call.
class DimseArchive final : public Archive
{
public:
    using More = std::function<std::optional<Wanted>()>; ///< Retrieval::more

    static base::Result<std::unique_ptr<Archive>> create(const Settings &settings);
    DimseArchive(Settings settings, std::unique_ptr<TlsContext> client, std::unique_ptr<TlsContext> server)
        : m_settings(std::move(settings)),
          m_client(std::move(client)),
          m_server(std::move(server))
    {}

    base::Result<Verification> verify(std::stop_token stop) override;

    base::Result<FindReport> findPatients(const StudyQuery &query, const Rows<FoundPatient> &rows,
                                          std::stop_token stop) override;
    base::Result<FindReport> findStudies(const StudyQuery &query, const Rows<FoundStudy> &rows,
                                         std::stop_token stop) override;
    base::Result<std::vector<FoundSeries>> listSeries(const base::StudyUid &study,
                                                      std::stop_token stop) override;
    base::Result<std::vector<FoundInstance>>
    listInstances(const base::StudyUid &study, const base::SeriesUid &series, std::stop_token stop) override;
    bool answersSeriesAtOnce() const override { return false; }
    base::Result<RetrieveReport> retrieve(const Wanted &wanted, const Retrieval &retrieval,
                                          std::stop_token stop) override;
    base::Status retrieveOne(const FoundSeries &series, const Retrieval &retrieval,
                             std::stop_token stop) override;
    base::Status store(std::span<const Outgoing> files, std::vector<StoreResult> &results,
                       const std::function<void(int)> &progress, std::stop_token stop) override;
    base::Result<CommitReport> commit(std::span<const Reference> instances, std::stop_token stop) override;

private:
    using Opened = base::Result<std::unique_ptr<Association>>;
    /// Takes one answer; false: enough.
    using Take = std::function<bool(const dicom::DataSet &)>;

    Opened associate(std::vector<PresentationContext> contexts, std::vector<RoleSelection> roles,
                     const std::stop_token &stop) const;
    /// One C-FIND on an open association.
    base::Status find(Association &association, std::string_view model, const dicom::DataSet &identifier,
                      const Take &take, FindReport &report) const;
    base::Result<FindReport> findStudiesOf(const StudyQuery &query, const std::string &modality,
                                           const Take &take, const std::stop_token &stop) const;
    base::Result<std::vector<FoundSeries>> listSeriesOn(Association &association,
                                                        const base::StudyUid &study) const;

    base::Result<RetrieveReport> retrieveByGet(const Wanted &wanted, const Retrieval &retrieval,
                                               const std::stop_token &stop);
    base::Status getOn(const StorageProposal &proposal, std::vector<dicom::DataSet> identifiers,
                       const More &more, Reception &reception, std::optional<base::Error> &incomplete,
                       const std::stop_token &stop) const;
    base::Result<RetrieveReport> retrieveByMove(const Wanted &wanted, const Retrieval &retrieval,
                                                const std::stop_token &stop) const;
    base::Status storeGroup(std::span<const Outgoing> files, std::span<StoreResult> results,
                            std::span<const std::size_t> group, const std::function<void()> &done,
                            const std::stop_token &stop) const;
    /// There is one port to receive on: who needs it waits for the one before.
    base::Result<std::unique_lock<std::timed_mutex>> lockDoor(const std::stop_token &stop) const;
    base::Result<std::set<std::string>> peerAddresses(const std::stop_token &stop) const;

    const Settings m_settings;
    const std::unique_ptr<TlsContext> m_client, m_server;
    mutable std::timed_mutex m_door;
    std::atomic<bool> m_getDoesNotWork = false; ///< learnt: the archive wants to be moved from
};

} // namespace negatoscope::archive
