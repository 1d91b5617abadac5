#include <session/PersonCheck.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

void PersonCheck::setElsewhere(std::function<std::vector<StudyElsewhere>()> studies, PersonPairs *confirmed)
{
    m_elsewhere = std::move(studies);
    m_pairs = confirmed != nullptr ? confirmed : &m_own;
}

std::vector<StudyElsewhere> PersonCheck::othersElsewhere(const cache::StudyRecord &study) const
{
    auto studies = m_elsewhere ? m_elsewhere() : std::vector<StudyElsewhere>();
    std::erase_if(studies, [&](const StudyElsewhere &other) {
        return compareStudies(other.study, study) == cache::Person::Same;
    });
    return studies;
}

std::optional<PersonQuestion> PersonCheck::elsewhere(const cache::StudyRecord &asked) const
{
    const auto others = othersElsewhere(asked);
    const auto open = std::find_if(others.begin(), others.end(), [&](const StudyElsewhere &other) {
        return !m_pairs->isConfirmed(other.study, asked);
    });
    if (open == others.end())
        return std::nullopt;
    return PersonQuestion{open->study, asked, PersonQuestion::reasonFor(open->study, asked), open->window};
}

std::optional<PersonQuestion> PersonCheck::beside(const cache::StudyRecord &shown,
                                                  const cache::StudyRecord &asked, Half half)
{
    if (compareStudies(shown, asked) == cache::Person::Same)
        return std::nullopt;
    return PersonQuestion{shown, asked, PersonQuestion::reasonFor(shown, asked), 0, half};
}

void PersonCheck::confirm(const PersonQuestion &question)
{
    m_pairs->confirm(question.shown, question.asked);
}

} // namespace negatoscope::session
