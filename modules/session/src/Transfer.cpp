#include <session/Transfer.h>

namespace negatoscope::session {

RequestedStudy RequestedStudy::of(std::string archive, const archive::FoundStudy &found)
{
    return {std::move(archive), found.uid,         found.patient,    found.studyDate, found.studyTime,
            found.accession,    found.description, found.modalities, found.instances};
}

std::string_view nameOf(Purpose purpose)
{
    switch (purpose) {
    case Purpose::OnScreen:
        return "onScreen";
    case Purpose::Asked:
        return "asked";
    case Purpose::Prior:
        return "prior";
    case Purpose::Prefetch:
        return "prefetch";
    }
    return {};
}

std::string_view nameOf(Transfer::State state)
{
    switch (state) {
    case Transfer::State::Waiting:
        return "waiting";
    case Transfer::State::Running:
        return "running";
    case Transfer::State::Paused:
        return "paused";
    case Transfer::State::Done:
        return "done";
    case Transfer::State::Incomplete:
        return "incomplete";
    case Transfer::State::Failed:
        return "failed";
    }
    return {};
}

} // namespace negatoscope::session
