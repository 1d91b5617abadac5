#include "IndexReader.h"
#include "SearchText.h"

#include <dicom/DataSet.h>

#include <algorithm>
#include <tuple>

namespace negatoscope::cache {

namespace {

/// So many hits of the text index are looked up and sorted by date. A broader query finds a page of results
/// sooner by walking the studies from the newest.
constexpr std::int64_t kMostHits = 3000;

struct Criteria
{
    std::vector<std::string> anywhere, patient;
    std::vector<std::string> modalities; ///< each with a space around it
    std::string dateFrom, dateTo;

    bool hasText() const { return !anywhere.empty() || !patient.empty(); }

    bool takesModalities(std::string_view list) const
    {
        return modalities.empty() ||
               std::any_of(modalities.begin(), modalities.end(),
                           [&](const std::string &m) { return list.find(m) != std::string_view::npos; });
    }
    bool takesDate(std::string_view date) const
    {
        return (dateFrom.empty() || date >= dateFrom) && (dateTo.empty() || date <= dateTo);
    }
    /// `texts`: words of name, id, accession, description.
    bool takesTexts(const std::string_view (&texts)[4]) const
    {
        const auto found = [&](const std::string &phrase, int columns) {
            return std::any_of(texts, texts + columns,
                               [&](std::string_view text) { return contains(text, phrase); });
        };
        return std::all_of(patient.begin(), patient.end(),
                           [&](const std::string &p) { return found(p, 2); }) &&
               std::all_of(anywhere.begin(), anywhere.end(),
                           [&](const std::string &p) { return found(p, 4); });
    }
    std::string expression() const
    {
        const std::string both[] = {matchExpression(anywhere, {}), matchExpression(patient, "{name id} : ")};
        return both[0] + (both[0].empty() || both[1].empty() ? "" : " AND ") + both[1];
    }
};

/// The studies that the text index finds, or nothing if they are too many to be sorted.
std::optional<std::vector<std::int64_t>> lookUp(Connection &connection, const Criteria &criteria)
{
    std::vector<std::int64_t> ids;
    Query query(connection, "SELECT rowid FROM study_text WHERE study_text MATCH ? LIMIT ?");
    query.bind(1, criteria.expression()).bind(2, kMostHits + 1);
    while (query.next())
        ids.push_back(query.integer(0));
    if (static_cast<std::int64_t>(ids.size()) > kMostHits)
        return std::nullopt;
    return ids;
}

std::vector<IndexReader::Hit> sortHits(Connection &connection, const Criteria &criteria,
                                       const std::vector<std::int64_t> &ids, std::size_t limit)
{
    std::vector<IndexReader::Hit> hits;
    for (const std::int64_t id : ids) {
        Query row(connection, "SELECT date, time, modalities FROM study WHERE id = ?");
        if (row.bind(1, id).next() && criteria.takesDate(row.view(0)) &&
            criteria.takesModalities(row.view(2)))
            hits.push_back({row.text(0), row.text(1), id});
    }
    std::sort(hits.begin(), hits.end(), [](const IndexReader::Hit &a, const IndexReader::Hit &b) {
        return std::tie(b.date, b.time, b.id) < std::tie(a.date, a.time, a.id);
    });
    if (hits.size() > limit)
        hits.resize(limit);
    return hits;
}

/// Newest first along study_by_date, which holds all that is compared.
std::vector<IndexReader::Hit> walk(Connection &connection, const Criteria &criteria, std::size_t limit)
{
    std::vector<IndexReader::Hit> hits;
    Query query(connection,
                "SELECT date, time, id, modalities, find_name, find_id, find_accession, find_description"
                " FROM study INDEXED BY study_by_date WHERE date >= ?1 AND date <= ?2"
                " AND (?3 = '' OR instr(modalities, ?3) > 0)"
                " ORDER BY date DESC, time DESC, id DESC");
    query.bind(1, criteria.dateFrom).bind(2, criteria.dateTo.empty() ? std::string("\xff") : criteria.dateTo);
    // One modality, the usual case, is compared without leaving SQLite.
    query.bind(3, criteria.modalities.size() == 1 ? criteria.modalities.front() : std::string());
    while (hits.size() < limit && query.next()) {
        const std::string_view texts[] = {query.view(4), query.view(5), query.view(6), query.view(7)};
        if (criteria.takesModalities(query.view(3)) && (!criteria.hasText() || criteria.takesTexts(texts)))
            hits.push_back({query.text(0), query.text(1), query.integer(2)});
    }
    return hits;
}

} // namespace

std::vector<StudyRecord> IndexReader::studies(const StudyQuery &query)
{
    Criteria criteria{
        searchPhrases(query.text), searchPhrases(query.patient), {}, query.dateFrom, query.dateTo};
    for (const std::string &modality : query.modalities)
        criteria.modalities.push_back(' ' + modality + ' ');
    const auto limit = static_cast<std::size_t>(std::max(0, query.limit));
    // Signs alone are no word that could be found.
    if (criteria.anywhere.empty() && !dicom::trimmed(query.text).empty())
        return {};
    if (criteria.patient.empty() && !dicom::trimmed(query.patient).empty())
        return {};

    std::vector<Hit> hits;
    const auto ids = criteria.hasText() ? lookUp(m_connection, criteria) : std::nullopt;
    if (ids)
        hits = sortHits(m_connection, criteria, *ids, limit);
    else
        hits = walk(m_connection, criteria, limit);

    std::vector<StudyRecord> result;
    result.reserve(hits.size());
    for (const Hit &hit : hits)
        if (auto study = studyOfRow(hit.id))
            result.push_back(std::move(*study));
    return result;
}

} // namespace negatoscope::cache
