#pragma once

#include "WebClient.h"

#include <archive/Archive.h>
#include <dicom/DataSet.h>

namespace negatoscope::archive {

class WebArrival;

/// An archive that speaks DICOMweb (PS3.18): QIDO-RS, WADO-RS, STOW-RS (docs/decisions/0029).
///
/// Instances come in the transfer syntax that the archive has them in. DICOMweb has no storage commitment:
/// commit() looks whether the archive lists the instances.
class WebArchive final : public Archive
{
public:
    static base::Result<std::unique_ptr<Archive>> create(const Settings &settings);
    explicit WebArchive(std::unique_ptr<WebClient> client) : m_client(std::move(client)) {}

    base::Result<Verification> verify(std::stop_token stop) override;
    base::Result<FindReport> findPatients(const StudyQuery &query, const Rows<FoundPatient> &rows,
                                          std::stop_token stop) override;
    base::Result<FindReport> findStudies(const StudyQuery &query, const Rows<FoundStudy> &rows,
                                         std::stop_token stop) override;
    base::Result<std::vector<FoundSeries>> listSeries(const base::StudyUid &study,
                                                      std::stop_token stop) override;
    base::Result<std::vector<FoundInstance>>
    listInstances(const base::StudyUid &study, const base::SeriesUid &series, std::stop_token stop) override;
    bool answersSeriesAtOnce() const override { return true; }
    base::Result<RetrieveReport> retrieve(const Wanted &wanted, const Retrieval &retrieval,
                                          std::stop_token stop) override;
    base::Status retrieveOne(const FoundSeries &series, const Retrieval &retrieval,
                             std::stop_token stop) override;
    base::Status store(std::span<const Outgoing> files, std::vector<StoreResult> &results,
                       const std::function<void(int)> &progress, std::stop_token stop) override;
    base::Result<CommitReport> commit(std::span<const Reference> instances, std::stop_token stop) override;

private:
    using DataSets = std::vector<dicom::DataSet>;
    /// Takes one answer; false: enough.
    using Take = std::function<bool(const dicom::DataSet &)>;

    base::Result<DataSets> ask(const std::string &path, const std::stop_token &stop) const;
    /// Every answer of a search, page after page until none comes.
    base::Status search(const std::string &resource, const dicom::DataSet &keys, int firstPage,
                        const Take &take, FindReport &report, const std::stop_token &stop) const;
    base::Status searchStudies(const StudyQuery &query, const std::function<bool(FoundStudy)> &take,
                               FindReport &report, const std::stop_token &stop) const;
    /// A list that has to be whole.
    base::Status list(const std::string &resource, const dicom::DataSet &keys,
                      const std::function<bool(const dicom::DataSet &)> &take,
                      const std::stop_token &stop) const;
    base::Status retrieveOne(const std::string &path, const base::InstanceUid &only, WebArrival &arrival,
                             const std::stop_token &stop) const;
    base::Status storeTogether(std::span<const Outgoing> files, std::span<StoreResult> results,
                               const std::stop_token &stop) const;

    const std::unique_ptr<WebClient> m_client;
};

} // namespace negatoscope::archive
