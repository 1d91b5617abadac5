#pragma once

#include <archive/Records.h>
#include <base/Error.h>
#include <base/Uid.h>
#include <dicom/PatientIdentity.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::session {

/// Why a study is to come from an archive, the most urgent first.
enum class Purpose {
    OnScreen, ///< a reader waits for it
    Asked,    ///< by a reader, who does not wait for it, or no longer
    Prior,    ///< an earlier study of a patient whose study is open
    Prefetch, ///< may be wanted later
};

/// A study as it was found in an archive.
struct RequestedStudy
{
    std::string archive; ///< its name in Archives
    base::StudyUid uid;
    dicom::PatientIdentity patient;
    std::string studyDate, studyTime; ///< DA, TM as the archive says
    std::string accession, description;
    std::vector<std::string> modalities;
    std::optional<int> instances; ///< as the archive told when it was found

    static RequestedStudy of(std::string archive, const archive::FoundStudy &found);
    bool operator==(const RequestedStudy &) const = default;
};

using TransferNumber = std::int64_t;

/// One study that comes from an archive, and how far it is.
struct Transfer
{
    enum class State {
        Waiting, ///< for its turn, for a more urgent one, or until `secondsToRetry` have passed
        Running,
        Paused,     ///< by the reader, until resumed
        Done,       ///< what is here is what the archive lists
        Incomplete, ///< ended, and instances that it lists are not here
        Failed,     ///< ended with nothing more to do by itself
    };

    TransferNumber number = 0; ///< never given twice while the program runs
    RequestedStudy study;
    Purpose purpose = Purpose::Prefetch;
    State state = State::Waiting;
    int expected = 0;                  ///< instances as the archive lists them; 0: not listed yet
    int here = 0;                      ///< of these, in the cache
    std::uint64_t bytes = 0;           ///< that came, over all attempts of this run of the program
    double bytesPerSecond = 0;         ///< lately; 0 while it does not run
    std::optional<int> secondsLeft;    ///< an estimate, while it runs
    std::optional<int> secondsToRetry; ///< while it waits to be tried again
    int attempts = 0;                  ///< that failed since anything came
    std::optional<base::Error> error;  ///< of the last attempt, until one succeeds

    bool isOver() const { return state >= State::Done; }
};

/// Stable lower-camel names, for `state` and the file of the queue.
std::string_view nameOf(Purpose purpose);
std::string_view nameOf(Transfer::State state);

} // namespace negatoscope::session
