#include <session/PersonPairs.h>

#include <QtCore/QStringList>

namespace negatoscope::session {

namespace {

QString personOf(const cache::StudyRecord &study)
{
    const auto &patient = study.patient;
    if (patient.id.empty() || study.identityConflict)
        return QStringLiteral("study\n") + QString::fromStdString(study.uid.value());
    QStringList parts{QStringLiteral("person")};
    for (const std::string &part : {patient.issuer, patient.id, patient.name.display(), patient.birthDate})
        parts << QString::fromStdString(part);
    return parts.join(u'\n');
}

std::pair<QString, QString> pairOf(const cache::StudyRecord &one, const cache::StudyRecord &other)
{
    QString first = personOf(one), second = personOf(other);
    if (second < first)
        first.swap(second);
    return {first, second};
}

} // namespace

void PersonPairs::confirm(const cache::StudyRecord &one, const cache::StudyRecord &other)
{
    m_pairs.insert(pairOf(one, other));
}

bool PersonPairs::isConfirmed(const cache::StudyRecord &one, const cache::StudyRecord &other) const
{
    return m_pairs.contains(pairOf(one, other));
}

} // namespace negatoscope::session
