#pragma once

#include <archive/Archive.h>
#include <archive/Records.h>
#include <archive/Settings.h>
#include <cache/Cache.h>
#include <session/BodyRegion.h>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace negatoscope::session {

/// An exam as the cache and the archives know it.
struct Exam
{
    base::StudyUid uid;
    dicom::PatientIdentity patient;
    bool identityConflict = false; ///< its sources or its objects disagree on who the patient is (F10)
    std::string date, time;        ///< DA, TM
    std::string accession, description;
    std::vector<std::string> modalities; ///< sorted
    BodyPart part;
    std::optional<int> series, instances;
    std::optional<cache::Completeness> local; ///< in the cache, and how complete; none: only remote
    std::vector<std::string> archives;        ///< that have it, by name

    static Exam of(const cache::StudyRecord &study, const std::vector<cache::SeriesRecord> &series);
    static Exam of(const archive::FoundStudy &study, const std::string &archive);
    /// The same study from another source: what is not known yet is taken over, sources add up. Sources that
    /// tell different patients are a conflict, and the first one's patient stays.
    void add(const Exam &other);
};

/// Why an exam of perhaps the same patient is only offered, and never fetched or hung by itself
/// (docs/safety.md P3, F10).
enum class IdentityDoubt {
    OtherId,         ///< name and date of birth agree, the patient ID is another one
    IssuerUntold,    ///< the same ID, but one side does not tell who issued it
    OtherName,       ///< the same ID under another name
    OtherBirthDate,  ///< the same ID with another date of birth
    TraitsMissing,   ///< the same ID; there is no name or no date of birth to check it against
    SourcesDisagree, ///< the objects or the sources of one exam tell different patients
};

enum class PriorReason { SameRegion, PartOfRegion, SameModality, LikeModality, SameSide, OtherSide, Recent };

/// Another exam of the patient, and why it is or is not worth a look.
struct Prior
{
    Exam exam;
    std::vector<IdentityDoubt> doubts; ///< empty: the same person
    int relevance = 0;                 ///< 0 to 100
    std::vector<PriorReason> reasons;
    bool later = false; ///< younger than the current exam

    bool isSamePerson() const { return doubts.empty(); }
};

/// The doubts whether two exams are of one person; none where their (issuer, id), names and dates of birth
/// agree. Nothing at all where they are plainly of two persons.
std::optional<std::vector<IdentityDoubt>> doubtsBetween(const Exam &one, const Exam &other);

/// How much a prior tells about `current`: the same part of the body, a like modality, the same side, lately.
/// Pure; what is plainly another person's is left out. Those of the same person come first, then the near
/// matches; each by relevance, and the younger before the older.
std::vector<Prior> rankPriors(const Exam &current, std::vector<Exam> exams);

/// Which priors come without being asked for.
struct PriorRule
{
    int most = 3;
    int leastRelevance = 50;
};

/// Those of `priors`, ranked as they are, that `rule` brings: of the same person, not younger than the
/// current exam, not yet here whole, and in some archive.
std::vector<Prior> priorsToFetch(const std::vector<Prior> &priors, const PriorRule &rule);

/// An archive, and how it is reached: from any thread.
struct AskedArchive
{
    std::string name;
    std::function<base::Result<std::shared_ptr<archive::Archive>>()> connect;

    static std::vector<AskedArchive> of(const std::vector<archive::Settings> &archives);
};

/// What archives told, and which could not be asked.
struct RemoteExams
{
    std::vector<Exam> exams;                                 ///< one for each study
    std::vector<std::pair<std::string, base::Error>> failed; ///< archives that did not answer
    std::vector<std::string> cutOff;                         ///< archives that have more than they told
};

/// Exams of the cache that may be of this patient. Threads: any that may wait.
std::vector<Exam> localExams(const cache::Cache &cache, const dicom::PatientIdentity &patient);
/// Exams of the archives, asked all at once by patient ID and by name with date of birth. Ends within the
/// limits of the slowest archive. Threads: any that may wait.
RemoteExams remoteExams(const std::vector<AskedArchive> &archives, const dicom::PatientIdentity &patient,
                        std::stop_token stop);
/// One exam for each study; the sources of `some` come first.
std::vector<Exam> merged(std::vector<Exam> some, const std::vector<Exam> &others);

/// What was found for one study.
struct PriorSearch
{
    std::optional<Exam> current; ///< none: neither the cache nor an archive that answered has the study
    std::vector<Prior> priors;
    std::vector<std::pair<std::string, base::Error>> failed;
    std::vector<std::string> cutOff;
};

/// All of it in one call: looks the study up, in the cache or else in the archives, then for its priors.
/// Threads: any that may wait.
PriorSearch findPriors(const cache::Cache &cache, const std::vector<AskedArchive> &archives,
                       const base::StudyUid &study, std::stop_token stop);

} // namespace negatoscope::session
