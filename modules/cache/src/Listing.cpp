// The study list of the cached index and of what is open in place, as one.

#include "Implementation.h"
#include "SearchText.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace negatoscope::cache {

namespace {

/// Whether `a` stands before `b`, as the index orders them.
bool isBefore(const StudyRecord &a, const StudyRecord &b, const StudyQuery &query)
{
    const auto compare = [&]() -> std::strong_ordering {
        switch (query.order) {
        case StudyOrder::Date:
            break;
        case StudyOrder::Patient:
            return searchWords(a.patient.name) <=> searchWords(b.patient.name);
        case StudyOrder::PatientId:
            return a.patient.id <=> b.patient.id;
        case StudyOrder::BirthDate:
            return a.patient.birthDate <=> b.patient.birthDate;
        case StudyOrder::Accession:
            return a.accession <=> b.accession;
        case StudyOrder::Description:
            return searchWords(a.description) <=> searchWords(b.description);
        case StudyOrder::Modalities:
            return a.modalities <=> b.modalities;
        case StudyOrder::Series:
            return a.series <=> b.series;
        case StudyOrder::Instances:
            return a.instances <=> b.instances;
        case StudyOrder::State:
            return a.completeness <=> b.completeness;
        case StudyOrder::Bytes:
            return a.bytes <=> b.bytes;
        }
        return std::strong_ordering::equal;
    };
    if (const auto own = compare(); own != 0)
        return query.ascending ? own < 0 : own > 0;
    const auto when = std::tie(a.studyDate, a.studyTime) <=> std::tie(b.studyDate, b.studyTime);
    return query.order == StudyOrder::Date && query.ascending ? when < 0 : when > 0;
}

} // namespace

StudyListing Cache::Implementation::list(const StudyQuery &query) const
{
    StudyListing listing = readCached([&](IndexReader &reader) { return reader.list(query); });
    insertInPlace(listing, query);
    return listing;
}

/// What is open in place takes its place among the cached; what is both keeps the cached one's.
void Cache::Implementation::insertInPlace(StudyListing &listing, const StudyQuery &query) const
{
    const auto inPlace = readInPlace([&](IndexReader &reader) { return reader.list(query); });
    StudyQuery everything;
    const auto allInPlace = readInPlace([&](IndexReader &reader) { return reader.list(everything); });
    if (allInPlace.numbers.empty())
        return;
    const auto recordOf = [this](StudyNumber number) { return studiesAt(std::span(&number, 1)).front(); };
    std::unordered_set<StudyNumber> matching(inPlace.numbers.begin(), inPlace.numbers.end());
    std::unordered_set<StudyNumber> listed(listing.numbers.begin(), listing.numbers.end());
    for (const StudyNumber number : allInPlace.numbers) {
        StudyRecord study = recordOf(-number);
        const auto cached = readCached([&](IndexReader &reader) { return reader.shownStudy(study.uid); });
        if (!cached)
            ++listing.all;
        if (!matching.contains(number) || (cached && listed.contains(cached->number)))
            continue;
        if (cached)
            study = recordOf(cached->number);
        const auto place = std::lower_bound(
            listing.numbers.begin(), listing.numbers.end(), study,
            [&](StudyNumber other, const StudyRecord &one) { return isBefore(recordOf(other), one, query); });
        listing.numbers.insert(place, cached ? cached->number : -number);
    }
}

std::vector<StudyRecord> Cache::Implementation::studiesAt(std::span<const StudyNumber> numbers) const
{
    const auto rowsOf = [&](IndexReader &reader, int sign) {
        std::vector<StudyRecord> records(numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i)
            if (const StudyNumber number = sign * numbers[i]; number > 0 && !reader.isTrashed(number))
                records[i] = reader.studyOfRow(number).value_or(StudyRecord());
        return records;
    };
    auto result = readCached([&](IndexReader &reader) { return rowsOf(reader, 1); });
    result.resize(numbers.size());
    auto inPlace = readInPlace([&](IndexReader &reader) { return rowsOf(reader, -1); });
    for (std::size_t i = 0; i < inPlace.size(); ++i) {
        if (numbers[i] < 0 && !inPlace[i].uid.value().empty()) {
            result[i] = std::move(inPlace[i]);
            result[i].inPlace = true;
            result[i].number = numbers[i];
        } else if (!result[i].uid.value().empty()) {
            const auto same =
                readInPlace([&](IndexReader &reader) { return reader.shownStudy(result[i].uid); });
            if (same)
                result[i] = merged(std::move(result[i]), *same);
        }
    }
    return result;
}

std::vector<StudyRecord> Cache::Implementation::studies(const StudyQuery &query) const
{
    auto listing = list(query);
    listing.numbers.resize(
        std::min(listing.numbers.size(), static_cast<std::size_t>(std::max(0, query.limit))));
    auto records = studiesAt(listing.numbers);
    std::erase_if(records, [](const StudyRecord &study) { return study.uid.value().empty(); });
    return records;
}

} // namespace negatoscope::cache
