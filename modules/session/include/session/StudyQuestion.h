#pragma once

#include <archive/Records.h>
#include <base/Result.h>
#include <cache/Records.h>

#include <QtCore/QDate>
#include <QtCore/QJsonObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <utility>
#include <vector>

namespace negatoscope::session {

/// Study dates as a reader chooses them; they move with the day.
enum class StudyDates { All, Today, Yesterday, Week, Month, Year, Range };

/// What a reader looks for, asked of this workstation and of archives alike. What is empty does not narrow.
/// Words and numbers find what begins with them; '*' and '?' are wildcards for archives.
struct StudyQuestion
{
    QString words; ///< a name; where there are digits, a patient ID or an accession number
    QString patientId, issuer, accession, description, referringPhysician, institution;
    QStringList modalities; ///< any of
    StudyDates dates = StudyDates::All;
    QDate from, to; ///< of Range, both included, in either order

    /// The first and last day on `today`; invalid: open.
    std::pair<QDate, QDate> span(const QDate &today) const;
    bool isEmpty() const;
    bool operator==(const StudyQuestion &) const = default;

    /// Stable; for saved searches. Errors: Malformed.
    QJsonObject toJson() const;
    static base::Result<StudyQuestion> fromJson(const QJsonObject &json);
};

/// Where a question is asked.
struct SearchPlace
{
    enum class Kind { Here, Everywhere, Archive };
    Kind kind = Kind::Here;
    QString archive; ///< of Archive: its name

    bool operator==(const SearchPlace &) const = default;
    QJsonObject toJson() const;
    static base::Result<SearchPlace> fromJson(const QJsonObject &json);
};

/// Whether an archive can be asked without sending half of what it has: a name of two letters, a number, a
/// physician, or days that lie close together.
bool isNarrow(const StudyQuestion &question, const QDate &today);

/// The question as the cache understands it.
cache::StudyQuery cacheQuery(const StudyQuestion &question, const QDate &today);

/// The question as archives understand it, whose keys cannot be alternatives: what is found by any of these
/// is an answer.
std::vector<archive::StudyQuery> archiveQueries(const StudyQuestion &question, const QDate &today);

} // namespace negatoscope::session
