#pragma once

#include <base/Error.h>
#include <base/Uid.h>
#include <dicom/PatientIdentity.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::archive {

struct Verification
{
    std::chrono::milliseconds time{};
    std::string implementation; ///< what the archive calls itself
    std::string protection;     ///< "TLSv1.3" or empty: in clear
};

/// What to look for; what is empty does not narrow. Text is UTF-8 and finds beginnings: the words of a name
/// and of a description in this order, whatever lies between them; '*' and '?' are wildcards.
struct StudyQuery
{
    std::string patientName;
    std::string patientId; ///< exact, but for wildcards
    std::string issuer, birthDate;
    std::string accession;
    std::string dateFrom, dateTo;        ///< DA, inclusive
    std::vector<std::string> modalities; ///< any of
    std::string description, referringPhysician, institution;
    base::StudyUid study;
    int most = 5000; ///< rows
};

struct FoundPatient
{
    dicom::PatientIdentity patient;
    std::optional<int> studies;
};

struct FoundStudy
{
    base::StudyUid uid;
    dicom::PatientIdentity patient;
    std::string studyDate, studyTime; ///< DA, TM as the archive says
    std::string accession, studyId, description, institution, referringPhysician;
    std::vector<std::string> modalities; ///< sorted
    std::optional<int> series, instances;
};

struct FoundSeries
{
    base::StudyUid study;
    base::SeriesUid uid;
    std::string modality, description, bodyPart, seriesDate, seriesTime;
    std::optional<std::int64_t> number;
    std::optional<int> instances;
};

struct FoundInstance
{
    base::SeriesUid series;
    base::InstanceUid uid;
    std::string sopClass; ///< empty where the archive does not say
    std::string modality; ///< of its series
    std::optional<std::int64_t> seriesNumber, number;
};

template <typename Row>
using Rows = std::function<void(std::vector<Row>)>;

struct FindReport
{
    int rows = 0;
    bool cutOff = false;          ///< the archive has more than was asked for
    bool keysUnsupported = false; ///< it did not match by all that was given
    int unusable = 0;             ///< answers without a valid identifier
};

struct WantedInstance
{
    base::InstanceUid uid;
    std::string sopClass; ///< empty if not known
};

/// Instances of one series, or all of it.
struct WantedSeries
{
    base::SeriesUid series;
    std::vector<WantedInstance> instances; ///< empty: all
};

/// A study, or what is wanted of it.
struct Wanted
{
    base::StudyUid study;
    std::vector<WantedSeries> series;    ///< empty: all
    std::vector<std::string> sopClasses; ///< of all that may come, where known
};

/// A whole file in the staging folder; its data set is what came, bit for bit.
struct ReceivedFile
{
    std::string path;
    std::string sopClass;
    base::InstanceUid instance;
    std::string transferSyntax;
    std::uint64_t bytes = 0; ///< of the data set
};

struct RetrieveProgress
{
    int received = 0;
    std::uint64_t bytes = 0;
    std::optional<int> remaining, failed; ///< as the archive counts
};

struct Retrieval
{
    std::string stagingFolder; ///< on the disk of the cache; the files in it are the caller's
    std::function<void(ReceivedFile)> sink;
    std::function<void(const RetrieveProgress &)> progress;
    /// Asked when what was wanted has come: what to ask for next on the same association; nothing: it is
    /// enough. May not be asked at all: then the caller retrieves again. Wanted::sopClasses of the first
    /// covers all that follows.
    std::function<std::optional<Wanted>()> more;
};

struct RetrieveReport
{
    int received = 0;
    int failed = 0, warnings = 0; ///< as the archive counts
    std::uint64_t bytes = 0;
    std::vector<base::InstanceUid> failedInstances; ///< where the archive names them
    std::optional<base::Error> error;               ///< why it says that not all was sent
    bool byMove = false;                            ///< the archive sent to our own listener
};

struct Outgoing
{
    std::string path;
    std::string sopClass;
    base::InstanceUid instance;
    std::string transferSyntax;
};

struct StoreResult
{
    std::optional<base::Error> error;
    bool warning = false; ///< kept, but not as it was sent (coerced, elements discarded)
};

struct Reference
{
    std::string sopClass;
    base::InstanceUid instance;
};

struct CommitReport
{
    std::vector<base::InstanceUid> committed;
    struct Failed
    {
        base::InstanceUid instance;
        int reason = 0; ///< PS3.3 C.14.1.1
    };
    std::vector<Failed> failed;
};

} // namespace negatoscope::archive
