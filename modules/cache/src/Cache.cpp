#include <cache/Cache.h>

#include "Implementation.h"

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

namespace {

template <typename Record>
base::Result<Record> orNotFound(std::optional<Record> record)
{
    if (!record)
        return failure(ErrorCode::NotFound, "not in the cache");
    return std::move(*record);
}

} // namespace

base::ErrorCode codeOf(AsideReason reason)
{
    switch (reason) {
    case AsideReason::OtherPatient:
        return base::ErrorCode::OtherPatient;
    case AsideReason::OtherStudy:
        return base::ErrorCode::OtherStudy;
    case AsideReason::OtherVersion:
        break;
    }
    return base::ErrorCode::OtherVersion;
}

std::string_view nameOf(Completeness completeness)
{
    switch (completeness) {
    case Completeness::Complete:
        return "complete";
    case Completeness::Incomplete:
        return "incomplete";
    case Completeness::Unknown:
        return "unknown";
    }
    return "unknown";
}

Cache::Cache(std::unique_ptr<Implementation> implementation) : m_implementation(std::move(implementation))
{}
Cache::~Cache() = default;

base::Result<std::unique_ptr<Cache>> Cache::open(Options options, FileReader &reader,
                                                 std::optional<FolderClaim> claim)
{
    auto implementation = std::make_unique<Implementation>(std::move(options), reader);
    TRY_DO(implementation->open(std::move(claim)));
    return std::unique_ptr<Cache>(new Cache(std::move(implementation)));
}

base::Result<ImportReport> Cache::import(const std::vector<std::string> &paths,
                                         const std::function<void(const ImportProgress &)> &progress,
                                         std::stop_token stop)
{
    return m_implementation->import(paths, progress, std::move(stop));
}

const std::string &Cache::folder() const
{
    return m_implementation->folder();
}

std::string Cache::receivingFolder() const
{
    return m_implementation->receivingFolder();
}

base::Result<ImportReport> Cache::admit(const std::vector<std::string> &paths, std::stop_token stop)
{
    return m_implementation->admit(paths, std::move(stop));
}

base::Status Cache::announce(const std::vector<AnnouncedSeries> &series)
{
    return m_implementation->announce(series);
}

base::Result<ImportReport> Cache::openInPlace(const std::vector<std::string> &paths,
                                              const std::function<void(const ImportProgress &)> &progress,
                                              std::stop_token stop)
{
    return m_implementation->openInPlace(paths, progress, std::move(stop));
}

std::vector<StudyRecord> Cache::studies(const StudyQuery &query) const
{
    return m_implementation->studies(query);
}

StudyListing Cache::list(const StudyQuery &query) const
{
    return m_implementation->list(query);
}

std::vector<StudyRecord> Cache::studiesAt(std::span<const StudyNumber> numbers) const
{
    return m_implementation->studiesAt(numbers);
}

base::Result<StudyRecord> Cache::study(const base::StudyUid &study) const
{
    return orNotFound(m_implementation->study(study));
}

std::vector<SeriesRecord> Cache::series(const base::StudyUid &study) const
{
    return m_implementation->series(study);
}

std::vector<InstanceRecord> Cache::instances(const base::SeriesUid &series) const
{
    return m_implementation->instances(series);
}

base::Result<InstanceRecord> Cache::firstInstance(const base::SeriesUid &series) const
{
    return orNotFound(m_implementation->firstInstance(series));
}

base::Result<InstanceRecord> Cache::instance(const base::InstanceUid &instance) const
{
    return orNotFound(m_implementation->instance(instance));
}

std::vector<AsideRecord> Cache::setAside(const base::StudyUid &study) const
{
    return m_implementation->setAside(study);
}

std::vector<StudyRecord> Cache::otherStudiesOf(const base::StudyUid &study) const
{
    return m_implementation->otherStudiesOf(study);
}

base::Status Cache::setPinned(const base::StudyUid &study, bool pinned)
{
    return m_implementation->setPinned(study, pinned);
}

void Cache::setOpen(const base::StudyUid &study, bool open)
{
    m_implementation->setOpen(study, open);
}

base::Status Cache::remove(const base::StudyUid &study)
{
    return m_implementation->remove(study);
}

base::Status Cache::moveToTrash(const std::vector<base::StudyUid> &studies)
{
    return m_implementation->moveToTrash(studies);
}

base::Status Cache::restore(const std::vector<base::StudyUid> &studies)
{
    return m_implementation->restore(studies);
}

std::vector<TrashedStudy> Cache::trash() const
{
    return m_implementation->trash();
}

base::Result<std::vector<base::StudyUid>> Cache::enforceQuota()
{
    return m_implementation->enforceQuota();
}

base::Status Cache::check(const base::InstanceUid &instance, std::stop_token stop) const
{
    return m_implementation->check(instance, std::move(stop));
}

base::Result<VerifyReport> Cache::verify(const std::function<void(int, int)> &progress, std::stop_token stop)
{
    return m_implementation->verify(progress, std::move(stop));
}

base::Result<int> Cache::rebuild(const std::function<void(int, int)> &progress, std::stop_token stop)
{
    return m_implementation->rebuild(progress, std::move(stop));
}

void Cache::setChangedHandler(std::function<void()> handler)
{
    m_implementation->setChangedHandler(std::move(handler));
}

} // namespace negatoscope::cache
