#pragma once

#include <cache/Records.h>

#include <QtCore/QString>

#include <set>
#include <utility>

namespace negatoscope::session {

/// Which persons the reader has agreed to see on two windows at the same time: each pair is asked about once
/// as long as the program runs. A study of nobody known is its own person.
class PersonPairs
{
public:
    void confirm(const cache::StudyRecord &one, const cache::StudyRecord &other);
    bool isConfirmed(const cache::StudyRecord &one, const cache::StudyRecord &other) const;

private:
    std::set<std::pair<QString, QString>> m_pairs;
};

} // namespace negatoscope::session
