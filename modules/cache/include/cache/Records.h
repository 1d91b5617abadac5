#pragma once

#include <base/Error.h>
#include <base/Uid.h>
#include <dicom/PatientIdentity.h>
#include <dicom/Stack.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::cache {

/// Complete: the SOP Instance UIDs on disk equal those the archive listed. Without such a list it is unknown;
/// the import of a medium with a DICOMDIR takes that as the list (decision 6).
enum class Completeness { Complete, Incomplete, Unknown };

std::string_view nameOf(Completeness completeness);

using dicom::PatientIdentity;

/// Where a study stands in the index: for this run of the program only; below 0 for what was opened in place.
using StudyNumber = std::int64_t;

struct StudyRecord
{
    base::StudyUid uid;
    StudyNumber number = 0;
    PatientIdentity patient;
    std::string studyDate, studyTime; ///< DA, TM as in the file
    std::string accession, studyId, description, institution, referringPhysician;
    std::vector<std::string> modalities; ///< sorted, without PR, KO, SR where others exist
    int series = 0, instances = 0;
    int frames = 0; ///< pictures: frames of the displayable instances
    Completeness completeness = Completeness::Unknown;
    bool pinned = false;           ///< kept by the user: never evicted
    bool inPlace = false;          ///< opened where it lies; nothing is copied
    bool identityConflict = false; ///< its objects disagree on who the patient is (F10): shown with a warning
    std::uint64_t bytes = 0;
};

struct SeriesRecord
{
    base::SeriesUid uid;
    base::StudyUid study;
    std::string modality, description, bodyPart, protocol, laterality;
    std::string seriesDate, seriesTime;
    std::optional<std::int64_t> number;
    int instances = 0;
    int frames = 0;      ///< of displayable instances
    int displayable = 0; ///< instances with pixels
    std::uint32_t rows = 0, columns = 0;
    std::string transferSyntax;  ///< of the first instance
    std::optional<int> expected; ///< instances the source announced
    Completeness completeness = Completeness::Unknown;
    int conflicts = 0; ///< other versions of its instances kept aside (F9)
};

struct InstanceRecord
{
    base::InstanceUid uid;
    base::SeriesUid series;
    std::string path; ///< absolute; read-only
    std::string sopClass, transferSyntax;
    int frames = 0; ///< 0: no pixels to show
    std::string patientOrientation;
    dicom::StackFrame stack; ///< of its first frame
    bool truncated = false;
};

/// The list of instances of one series as a medium or an archive announced it: what complete means.
struct AnnouncedSeries
{
    base::StudyUid study;
    base::SeriesUid series;
    std::string modality;
    std::optional<std::int64_t> number;
    std::vector<base::InstanceUid> instances;
};

/// Why a file is kept in the cache but not shown. The numbers stand in the index.
enum class AsideReason {
    OtherVersion = 1, ///< another content of an instance that is shown (F9)
    OtherPatient = 2, ///< its patient is not its study's (F10)
    OtherStudy = 3,   ///< its series or instance belongs to another study
};

/// A file kept aside: nothing is lost, nothing is merged or overwritten.
struct AsideRecord
{
    base::InstanceUid uid;
    std::string path; ///< absolute; read-only
    AsideReason reason = AsideReason::OtherVersion;
    PatientIdentity patient; ///< as this file says
};

/// What the study list can be ordered by. Studies that are alike in it stand newest first.
enum class StudyOrder {
    Date,
    Patient, ///< as search compares names: without case and accents
    PatientId,
    BirthDate,
    Accession,
    Description,
    Modalities,
    Series,
    Instances,
    State, ///< complete, incomplete, unknown
    Bytes,
};

/// Narrows the study list. Texts match without regard to case and accents, in any script; every word must be
/// found, as the beginning of a word, in name (any component group), id, accession or description.
struct StudyQuery
{
    std::string text;                              ///< across name, id, accession, description
    std::string patient;                           ///< name or id only
    std::string patientId, accession, description; ///< each in its own place only
    std::string referringPhysician, institution;
    std::string issuer;                  ///< of the patient id; the whole of it
    std::vector<std::string> modalities; ///< any of
    std::string dateFrom, dateTo;        ///< DA, inclusive, empty: open
    StudyOrder order = StudyOrder::Date;
    bool ascending = false;
    int limit = 500; ///< of studies(); list() has none
};

/// Every study that matches a query, in its order; records come page by page.
struct StudyListing
{
    std::vector<StudyNumber> numbers;
    int all = 0; ///< studies there are, whatever matches
};

/// A study that was deleted and can be brought back.
struct TrashedStudy
{
    StudyRecord study;
    std::int64_t since = 0; ///< seconds since 1970; those of one act have the same
};

/// The code that an import reports for a file kept aside: OtherVersion, OtherPatient or OtherStudy.
base::ErrorCode codeOf(AsideReason reason);

/// A file that was not taken, or one that was kept aside (codeOf(AsideReason)), and why.
struct RefusedFile
{
    std::string path; ///< as the user gave it; "a.zip: member" inside archives
    base::Error error;
    bool ignored = false; ///< plainly no DICOM, and nobody named it: a text or picture beside the images
};

} // namespace negatoscope::cache
