// Which studies match, in what order: conditions become sets of numbers, an index of the order is walked.

#include "IndexReader.h"
#include "SearchText.h"

#include <dicom/DataSet.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace negatoscope::cache {

namespace {

/// Up to so many matches are looked up one by one and sorted; more are found by walking the order.
constexpr std::size_t kFew = 2000;
/// Sorts after every text.
const std::string kAfterAll = "\xf4\x8f\xbf\xbf";

using Numbers = std::vector<StudyNumber>;

/// The statements of an order: down and up its index with the key, and the key of one study.
struct OrderStatements
{
    const char *descending, *ascending, *one;
    bool isNumber = false;
};

#define NEGATOSCOPE_ORDER(key)                                                                               \
    "SELECT id, " key " FROM study ORDER BY " key " DESC, date, time",                                       \
        "SELECT id, " key " FROM study ORDER BY " key ", date DESC, time DESC",                              \
        "SELECT date, time, " key " FROM study WHERE id = ?"

constexpr std::array kOrders{
    OrderStatements{
        "SELECT id FROM study WHERE date >= ? AND date <= ? ORDER BY date DESC, time DESC, id DESC",
        "SELECT id FROM study WHERE date >= ? AND date <= ? ORDER BY date, time, id",
        "SELECT date, time, '' FROM study WHERE id = ?"},
    OrderStatements{NEGATOSCOPE_ORDER("find_name")},
    OrderStatements{NEGATOSCOPE_ORDER("patient_id")},
    OrderStatements{NEGATOSCOPE_ORDER("birth_date")},
    OrderStatements{NEGATOSCOPE_ORDER("accession")},
    OrderStatements{NEGATOSCOPE_ORDER("find_description")},
    OrderStatements{NEGATOSCOPE_ORDER("modalities")},
    OrderStatements{NEGATOSCOPE_ORDER("series"), true},
    OrderStatements{NEGATOSCOPE_ORDER("frames"), true},
    OrderStatements{NEGATOSCOPE_ORDER("completeness"), true},
    OrderStatements{NEGATOSCOPE_ORDER("bytes"), true},
};

#undef NEGATOSCOPE_ORDER

Numbers all(Query &query)
{
    Numbers numbers;
    while (query.next())
        numbers.push_back(query.integer(0));
    return numbers;
}

std::string expressionOf(const StudyQuery &query)
{
    std::string expression;
    for (const auto &[text, columns] :
         {std::pair(&query.text, ""), std::pair(&query.patient, "{name id} : "),
          std::pair(&query.patientId, "{id} : "), std::pair(&query.accession, "{accession} : "),
          std::pair(&query.description, "{description} : ")}) {
        const std::string part = matchExpression(searchPhrases(*text), columns);
        expression += (expression.empty() || part.empty() ? "" : " AND ") + part;
    }
    return expression;
}

bool isNarrowedByRows(const StudyQuery &query)
{
    return !query.referringPhysician.empty() || !query.institution.empty() || !query.issuer.empty();
}

/// What has no index: every row is looked at.
Numbers withRows(Connection &connection, const StudyQuery &query)
{
    const auto has = [](const std::vector<std::string> &phrases, std::string_view text) {
        const std::string words = phrases.empty() ? std::string() : searchWords(text);
        return std::all_of(phrases.begin(), phrases.end(), [&](const std::string &phrase) {
            return words.find(' ' + phrase) != std::string::npos;
        });
    };
    const auto referring = searchPhrases(query.referringPhysician),
               institution = searchPhrases(query.institution);
    Query rows(connection, "SELECT id, referring, institution, issuer FROM study");
    Numbers numbers;
    while (rows.next())
        if (has(referring, rows.view(1)) && has(institution, rows.view(2)) &&
            (query.issuer.empty() || rows.view(3) == query.issuer))
            numbers.push_back(rows.integer(0));
    return numbers;
}

/// Signs alone are no word that could be found.
bool asksForNothing(const StudyQuery &query)
{
    const auto signsAlone = [](const std::string &text) {
        return searchPhrases(text).empty() && !dicom::trimmed(text).empty();
    };
    return signsAlone(query.text) || signsAlone(query.patient) || signsAlone(query.patientId) ||
           signsAlone(query.accession) || signsAlone(query.description) ||
           signsAlone(query.referringPhysician) || signsAlone(query.institution);
}

Numbers withModalities(Connection &connection, const std::vector<std::string> &wanted)
{
    // There are few combinations: each is asked for once, along its index.
    std::vector<std::string> lists;
    std::string last;
    while (true) {
        Query next(connection,
                   "SELECT modalities FROM study WHERE modalities > ? ORDER BY modalities LIMIT 1");
        if (!next.bind(1, last).next())
            break;
        last = next.text(0);
        if (std::any_of(wanted.begin(), wanted.end(), [&](const std::string &modality) {
                return last.find(' ' + modality + ' ') != std::string::npos;
            }))
            lists.push_back(last);
    }
    Numbers numbers;
    for (const std::string &list : lists) {
        Query query(connection, "SELECT id FROM study WHERE modalities = ?");
        query.bind(1, list);
        while (query.next())
            numbers.push_back(query.integer(0));
    }
    return numbers;
}

/// One study as the order compares it.
struct Key
{
    std::string date, time, text;
    std::int64_t number = 0;
    StudyNumber id = 0;
};

/// The few that were found, looked up and sorted as a walk would have met them.
Numbers sorted(Connection &connection, const Numbers &found, const StudyQuery &query)
{
    const OrderStatements &order = kOrders.at(static_cast<std::size_t>(query.order));
    std::vector<Key> keys;
    for (const StudyNumber id : found) {
        Query row(connection, order.one);
        if (row.bind(1, id).next())
            keys.push_back({row.text(0), row.text(1), order.isNumber ? std::string() : row.text(2),
                            order.isNumber ? row.integer(2) : 0, id});
    }
    const bool byDate = query.order == StudyOrder::Date;
    std::sort(keys.begin(), keys.end(), [&](const Key &a, const Key &b) {
        const auto own = std::tie(a.text, a.number) <=> std::tie(b.text, b.number);
        if (own != 0)
            return query.ascending ? own < 0 : own > 0;
        const auto when = std::tie(a.date, a.time) <=> std::tie(b.date, b.time);
        if (when != 0)
            return byDate && query.ascending ? when < 0 : when > 0;
        return byDate && !query.ascending ? a.id > b.id : a.id < b.id;
    });
    Numbers numbers;
    for (const Key &key : keys)
        numbers.push_back(key.id);
    return numbers;
}

/// Walks the whole order and takes what `takes` takes.
template <typename Takes>
Numbers walk(Connection &connection, const StudyQuery &query, Takes takes)
{
    const OrderStatements &order = kOrders.at(static_cast<std::size_t>(query.order));
    Query rows(connection, query.ascending ? order.ascending : order.descending);
    Numbers numbers;
    if (query.order == StudyOrder::Date) {
        rows.bind(1, query.dateFrom).bind(2, query.dateTo.empty() ? kAfterAll : query.dateTo);
        while (rows.next())
            if (const StudyNumber id = rows.integer(0); takes(id))
                numbers.push_back(id);
        return numbers;
    }
    // Down an index those that are alike come oldest first: each run of them is turned round.
    std::string key;
    std::size_t run = 0;
    const auto turn = [&] {
        std::reverse(numbers.begin() + static_cast<std::ptrdiff_t>(run), numbers.end());
        run = numbers.size();
    };
    while (rows.next()) {
        if (!query.ascending && rows.view(1) != key) {
            turn();
            key = rows.text(1);
        }
        if (const StudyNumber id = rows.integer(0); takes(id))
            numbers.push_back(id);
    }
    if (!query.ascending)
        turn();
    return numbers;
}

} // namespace

StudyListing IndexReader::list(const StudyQuery &query)
{
    StudyListing listing;
    std::unordered_set<StudyNumber> trashed;
    {
        Query trash(m_connection, "SELECT study FROM trash");
        while (trash.next())
            trashed.insert(trash.integer(0));
        Query count(m_connection, "SELECT count(*) FROM study");
        count.next();
        listing.all = static_cast<int>(count.integer(0)) - static_cast<int>(trashed.size());
    }
    if (asksForNothing(query))
        return listing;

    std::vector<Numbers> conditions;
    if (const std::string expression = expressionOf(query); !expression.empty()) {
        Query text(m_connection, "SELECT rowid FROM study_text WHERE study_text MATCH ?");
        conditions.push_back(all(text.bind(1, expression)));
    }
    if (!query.modalities.empty())
        conditions.push_back(withModalities(m_connection, query.modalities));
    if (isNarrowedByRows(query))
        conditions.push_back(withRows(m_connection, query));
    const bool hasDates = !query.dateFrom.empty() || !query.dateTo.empty();
    // A walk along the dates keeps to them by itself.
    if (hasDates && (query.order != StudyOrder::Date || !conditions.empty())) {
        Query dates(m_connection, "SELECT id FROM study WHERE date >= ? AND date <= ?");
        dates.bind(1, query.dateFrom).bind(2, query.dateTo.empty() ? kAfterAll : query.dateTo);
        conditions.push_back(all(dates));
    }
    if (conditions.empty()) {
        listing.numbers = walk(m_connection, query, [&](StudyNumber id) { return !trashed.contains(id); });
        return listing;
    }

    // How many conditions each study meets.
    Query last(m_connection, "SELECT max(id) FROM study");
    last.next();
    std::vector<std::uint8_t> met(static_cast<std::size_t>(last.integer(0)) + 1);
    for (const Numbers &condition : conditions)
        for (const StudyNumber id : condition)
            if (id >= 0 && static_cast<std::size_t>(id) < met.size())
                ++met[static_cast<std::size_t>(id)];
    const auto takes = [&](StudyNumber id) {
        return met[static_cast<std::size_t>(id)] == conditions.size() && !trashed.contains(id);
    };
    const Numbers &fewest =
        *std::min_element(conditions.begin(), conditions.end(),
                          [](const Numbers &a, const Numbers &b) { return a.size() < b.size(); });
    Numbers few;
    for (const StudyNumber id : fewest) {
        if (takes(id))
            few.push_back(id);
        if (few.size() > kFew)
            break;
    }
    listing.numbers = few.size() > kFew ? walk(m_connection, query, takes) : sorted(m_connection, few, query);
    return listing;
}

} // namespace negatoscope::cache
