#pragma once

#include <session/OpenStudy.h>
#include <session/PersonPairs.h>

#include <functional>
#include <optional>
#include <vector>

namespace negatoscope::session {

/// What a reading window asks before two persons are on screen together (docs/safety.md P2): here, or on
/// another window, about which each pair of persons is asked once.
class PersonCheck
{
public:
    /// How to know what the other reading windows show now. `confirmed` holds the pairs that were answered;
    /// it must outlive this object. Null: this window's own.
    void setElsewhere(std::function<std::vector<StudyElsewhere>()> studies, PersonPairs *confirmed);
    /// What other windows show now that is not sure to be of the person of `study`.
    std::vector<StudyElsewhere> othersElsewhere(const cache::StudyRecord &study) const;

    /// The question whether `asked` may be shown while other windows show what they do; none if it may.
    std::optional<PersonQuestion> elsewhere(const cache::StudyRecord &asked) const;
    /// The question whether it may stand beside `shown`; none if it may.
    static std::optional<PersonQuestion> beside(const cache::StudyRecord &shown,
                                                const cache::StudyRecord &asked, Half half);
    /// The reader agreed: this pair is not asked about again.
    void confirm(const PersonQuestion &question);

private:
    std::function<std::vector<StudyElsewhere>()> m_elsewhere;
    PersonPairs m_own;
    PersonPairs *m_pairs = &m_own;
};

} // namespace negatoscope::session
