#include <session/StudyQuestion.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <array>

namespace negatoscope::session {

namespace {

constexpr int kCloseDays = 31;
constexpr qsizetype kLeastLetters = 2;

constexpr std::array kDates{std::pair(StudyDates::All, "all"),
                            std::pair(StudyDates::Today, "today"),
                            std::pair(StudyDates::Yesterday, "yesterday"),
                            std::pair(StudyDates::Week, "week"),
                            std::pair(StudyDates::Month, "month"),
                            std::pair(StudyDates::Year, "year"),
                            std::pair(StudyDates::Range, "range")};

constexpr std::array kPlaces{"here", "everywhere", "archive"};

struct NamedText
{
    const char *name;
    QString StudyQuestion::*text;
};
constexpr std::array kTexts{NamedText{"words", &StudyQuestion::words},
                            NamedText{"patientId", &StudyQuestion::patientId},
                            NamedText{"issuer", &StudyQuestion::issuer},
                            NamedText{"accession", &StudyQuestion::accession},
                            NamedText{"description", &StudyQuestion::description},
                            NamedText{"referringPhysician", &StudyQuestion::referringPhysician},
                            NamedText{"institution", &StudyQuestion::institution}};

std::string da(const QDate &date)
{
    return date.toString(QStringLiteral("yyyyMMdd")).toStdString();
}

/// The words without digits, a name, and those with, a number.
std::pair<QString, QString> nameAndNumber(const QString &words)
{
    QStringList name, number;
    for (const QString &word : words.simplified().split(u' ', Qt::SkipEmptyParts)) {
        const bool hasDigit =
            std::any_of(word.begin(), word.end(), [](QChar letter) { return letter.isDigit(); });
        (hasDigit ? number : name) << word;
    }
    return {name.join(u' '), number.join(u' ')};
}

/// What begins with this, where the reader set no wildcard of her own.
std::string beginning(const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool open = trimmed.isEmpty() || trimmed.contains(u'*') || trimmed.contains(u'?');
    return (open ? trimmed : trimmed + u'*').toStdString();
}

/// Letters and digits; one of a script that writes words with few signs is as good as two.
bool saysEnough(const QString &text)
{
    const auto said =
        std::count_if(text.begin(), text.end(), [](QChar letter) { return letter.isLetterOrNumber(); });
    const bool isDense = std::any_of(text.begin(), text.end(), [](QChar letter) {
        return letter.script() == QChar::Script_Han || letter.script() == QChar::Script_Hangul ||
               letter.script() == QChar::Script_Hiragana || letter.script() == QChar::Script_Katakana;
    });
    return said >= (isDense ? 1 : kLeastLetters);
}

} // namespace

std::pair<QDate, QDate> StudyQuestion::span(const QDate &today) const
{
    switch (dates) {
    case StudyDates::Today:
        return {today, today};
    case StudyDates::Yesterday:
        return {today.addDays(-1), today.addDays(-1)};
    case StudyDates::Week:
        return {today.addDays(-6), {}};
    case StudyDates::Month:
        return {today.addDays(-29), {}};
    case StudyDates::Year:
        return {QDate(today.year(), 1, 1), {}};
    case StudyDates::Range:
        return from.isValid() && to.isValid() && to < from ? std::pair(to, from) : std::pair(from, to);
    case StudyDates::All:
        break;
    }
    return {};
}

bool StudyQuestion::isEmpty() const
{
    const bool anyText = std::any_of(kTexts.begin(), kTexts.end(), [this](const NamedText &one) {
        return !(this->*one.text).trimmed().isEmpty();
    });
    return !anyText && modalities.isEmpty() && dates == StudyDates::All;
}

QJsonObject StudyQuestion::toJson() const
{
    QJsonObject json;
    for (const NamedText &one : kTexts)
        if (!(this->*one.text).isEmpty())
            json.insert(QLatin1String(one.name), this->*one.text);
    if (!modalities.isEmpty())
        json.insert(QStringLiteral("modalities"), QJsonArray::fromStringList(modalities));
    if (dates != StudyDates::All)
        json.insert(QStringLiteral("dates"), QLatin1String(kDates.at(std::size_t(dates)).second));
    if (dates == StudyDates::Range) {
        json.insert(QStringLiteral("from"), from.toString(Qt::ISODate));
        json.insert(QStringLiteral("to"), to.toString(Qt::ISODate));
    }
    return json;
}

base::Result<StudyQuestion> StudyQuestion::fromJson(const QJsonObject &json)
{
    StudyQuestion question;
    for (const NamedText &one : kTexts)
        question.*one.text = json.value(QLatin1String(one.name)).toString();
    for (const QJsonValue &modality : json.value(QLatin1String("modalities")).toArray())
        question.modalities << modality.toString();
    const QString dates = json.value(QLatin1String("dates")).toString(QStringLiteral("all"));
    const auto known = std::find_if(kDates.begin(), kDates.end(),
                                    [&](const auto &one) { return dates == QLatin1String(one.second); });
    if (known == kDates.end())
        return base::failure(base::ErrorCode::Malformed, "question: unknown dates");
    question.dates = known->first;
    question.from = QDate::fromString(json.value(QLatin1String("from")).toString(), Qt::ISODate);
    question.to = QDate::fromString(json.value(QLatin1String("to")).toString(), Qt::ISODate);
    return question;
}

QJsonObject SearchPlace::toJson() const
{
    QJsonObject json{{QStringLiteral("kind"), QLatin1String(kPlaces.at(std::size_t(kind)))}};
    if (kind == Kind::Archive)
        json.insert(QStringLiteral("archive"), archive);
    return json;
}

base::Result<SearchPlace> SearchPlace::fromJson(const QJsonObject &json)
{
    const QString kind = json.value(QLatin1String("kind")).toString();
    for (std::size_t i = 0; i < kPlaces.size(); ++i)
        if (kind == QLatin1String(kPlaces.at(i)))
            return SearchPlace{static_cast<Kind>(i), json.value(QLatin1String("archive")).toString()};
    return base::failure(base::ErrorCode::Malformed, "place: unknown kind");
}

bool isNarrow(const StudyQuestion &question, const QDate &today)
{
    for (const QString *text :
         {&question.words, &question.patientId, &question.accession, &question.referringPhysician})
        if (saysEnough(*text))
            return true;
    const auto [from, to] = question.span(today);
    const QDate last = to.isValid() ? to : today;
    return from.isValid() && from.daysTo(last) < kCloseDays;
}

cache::StudyQuery cacheQuery(const StudyQuestion &question, const QDate &today)
{
    cache::StudyQuery query;
    query.text = question.words.toStdString();
    query.patientId = question.patientId.toStdString();
    query.issuer = question.issuer.trimmed().toStdString();
    query.accession = question.accession.toStdString();
    query.description = question.description.toStdString();
    query.referringPhysician = question.referringPhysician.toStdString();
    query.institution = question.institution.toStdString();
    for (const QString &modality : question.modalities)
        query.modalities.push_back(modality.toStdString());
    const auto [from, to] = question.span(today);
    query.dateFrom = da(from);
    query.dateTo = da(to);
    return query;
}

std::vector<archive::StudyQuery> archiveQueries(const StudyQuestion &question, const QDate &today)
{
    archive::StudyQuery query;
    const auto [name, number] = nameAndNumber(question.words);
    query.patientName = name.toStdString();
    query.patientId = beginning(question.patientId);
    query.issuer = question.issuer.trimmed().toStdString();
    query.accession = beginning(question.accession);
    query.description = question.description.trimmed().toStdString();
    query.referringPhysician = question.referringPhysician.trimmed().toStdString();
    query.institution = question.institution.trimmed().toStdString();
    for (const QString &modality : question.modalities)
        query.modalities.push_back(modality.toStdString());
    const auto [from, to] = question.span(today);
    query.dateFrom = da(from);
    query.dateTo = da(to);
    if (number.isEmpty())
        return {query};
    // A number is one or the other, unless the field for it says something else already.
    std::vector<archive::StudyQuery> queries;
    for (const auto key : {&archive::StudyQuery::patientId, &archive::StudyQuery::accession}) {
        if (!(query.*key).empty())
            continue;
        queries.push_back(query);
        queries.back().*key = beginning(number);
    }
    return queries.empty() ? std::vector{query} : queries;
}

} // namespace negatoscope::session
