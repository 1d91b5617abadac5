// QIDO-RS (PS3.18 10.6): the questions and answers of C-FIND, page after page.

#include "DicomJson.h"
#include "FoundRows.h"
#include "QueryKeys.h"
#include "WebArchive.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;
namespace attribute = dicom::tags;

namespace {

/// The first rows are to come at once.
constexpr int kFirstPage = 50, kPage = 500, kPageOfList = 1000;
constexpr int kMostRows = 2'000'000;

std::string nameOf(dicom::Tag tag)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    const std::uint32_t number = (std::uint32_t(tag.group) << 16U) | tag.element;
    std::string name;
    for (int shift = 28; shift >= 0; shift -= 4)
        name += kDigits[(number >> static_cast<unsigned>(shift)) & 15U];
    return name;
}

bool isFreeText(dicom::Tag tag)
{
    return tag == attribute::PatientName || tag == attribute::ReferringPhysicianName ||
           tag == attribute::StudyDescription || tag == attribute::InstitutionName;
}

/// With '*' for every character that would have to be encoded: some archives index names without accents.
std::string withPlaceholders(const std::string &text)
{
    std::string plain;
    for (const char c : text) {
        const bool continues = (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; // a byte inside of UTF-8
        if (!continues)
            plain += percentEncoded(std::string_view(&c, 1)).size() == 1 ? c : '*';
    }
    return plain;
}

/// Keys with a value match, the others are to be told.
std::string queryOf(const DataSet &keys, bool placeholders)
{
    std::string query;
    for (const dicom::Element &key : keys.elements()) {
        const std::string value = keys.text(key.tag);
        query += query.empty() ? '?' : '&';
        if (value.empty())
            query += "includefield=" + nameOf(key.tag);
        else
            query += nameOf(key.tag) + '=' +
                     percentEncoded(placeholders && isFreeText(key.tag) ? withPlaceholders(value) : value);
    }
    return query;
}

std::string resourceOf(const base::StudyUid &study, const base::SeriesUid &series, const char *level)
{
    std::string resource = "/studies/" + study.value();
    if (!series.isEmpty())
        resource += "/series/" + series.value();
    return resource + level;
}

base::Status checkUids(const base::StudyUid &study, const base::SeriesUid &series)
{
    if (!base::isValidUid(study.value()) || (!series.isEmpty() && !base::isValidUid(series.value())))
        return failure(ErrorCode::InvalidIdentifier, "find: what is asked for has no valid identifier");
    return {};
}

/// What tells one page from the one before.
std::string fingerprintOf(const std::vector<DataSet> &page)
{
    std::string text;
    for (const DataSet *const row : {&page.front(), &page.back()})
        for (const auto tag :
             {attribute::StudyInstanceUid, attribute::SeriesInstanceUid, attribute::SopInstanceUid})
            text += row->text(tag) + '/';
    return text;
}

DataSet instanceKeys()
{
    DataSet keys;
    keys.setText(attribute::SopClassUid, "UI", "");
    keys.setText(attribute::SopInstanceUid, "UI", "");
    keys.setText(attribute::Modality, "CS", "");
    keys.setText(attribute::SeriesInstanceUid, "UI", "");
    keys.setText(attribute::SeriesNumber, "IS", "");
    keys.setText(attribute::InstanceNumber, "IS", "");
    return keys;
}

FoundInstance instanceOf(const DataSet &row)
{
    return {base::SeriesUid(row.text(attribute::SeriesInstanceUid)),
            base::InstanceUid(row.text(attribute::SopInstanceUid)),
            row.text(attribute::SopClassUid),
            row.text(attribute::Modality),
            row.integer(attribute::SeriesNumber),
            row.integer(attribute::InstanceNumber)};
}

} // namespace

base::Status WebArchive::search(const std::string &resource, const DataSet &keys, int firstPage,
                                const Take &take, FindReport &report, const std::stop_token &stop) const
{
    std::string query = queryOf(keys, false);
    const std::string loose = queryOf(keys, true);
    std::string before;
    bool wasFull = false;
    int size = firstPage;
    for (int offset = 0; offset < kMostRows; size = std::max(firstPage, kPage)) {
        TRY(const DataSets page,
            ask(resource + query + "&limit=" + std::to_string(size) + "&offset=" + std::to_string(offset),
                stop));
        // Orthanc's DICOMweb 1.7 does not decode values: what it cannot match is asked for with wildcards.
        if (page.empty() && offset == 0 && query != loose) {
            query = loose;
            continue;
        }
        // Fewer than asked for is no end: archives have limits of their own.
        if (page.empty())
            return {};
        std::string fingerprint = fingerprintOf(page);
        if (fingerprint == before) {
            // It does not know pages: more than the first is not to be had.
            report.cutOff = report.cutOff || wasFull;
            return {};
        }
        wasFull = static_cast<int>(page.size()) >= size;
        before = std::move(fingerprint);
        for (const DataSet &row : page)
            if (!take(row)) {
                report.cutOff = true;
                return {};
            }
        if (static_cast<int>(page.size()) > size)
            return {}; // it knows no limit: this was all
        offset += static_cast<int>(page.size());
    }
    report.cutOff = true;
    return {};
}

base::Status WebArchive::searchStudies(const StudyQuery &query, const std::function<bool(FoundStudy)> &take,
                                       FindReport &report, const std::stop_token &stop) const
{
    auto modalities = query.modalities;
    if (modalities.empty())
        modalities.emplace_back();
    std::unordered_set<base::StudyUid> seen;
    for (const std::string &modality : modalities) {
        TRY_DO(search(
            "/studies", studyKeys(query, modality), kFirstPage,
            [&](const DataSet &row) {
                FoundStudy study = studyOf(row);
                if (!base::isValidUid(study.uid.value())) {
                    ++report.unusable;
                    return true;
                }
                if (!mayBeMeant(study, query, modality) || !seen.insert(study.uid).second)
                    return true;
                return take(std::move(study));
            },
            report, stop));
        if (report.cutOff)
            break;
    }
    return {};
}

base::Result<FindReport> WebArchive::findStudies(const StudyQuery &query, const Rows<FoundStudy> &rows,
                                                 std::stop_token stop)
{
    FindReport report;
    FoundRows<FoundStudy> found(rows);
    TRY_DO(searchStudies(
        query,
        [&](FoundStudy study) {
            if (report.rows >= query.most)
                return false;
            ++report.rows;
            found.add(std::move(study));
            return true;
        },
        report, stop));
    return report;
}

/// There is no such resource (PS3.18 10.6.1): the patients of the studies, each once.
base::Result<FindReport> WebArchive::findPatients(const StudyQuery &query, const Rows<FoundPatient> &rows,
                                                  std::stop_token stop)
{
    FindReport report;
    FoundRows<FoundPatient> found(rows);
    std::unordered_set<std::string> seen;
    TRY_DO(searchStudies(
        query,
        [&](const FoundStudy &study) {
            const dicom::PatientIdentity &patient = study.patient;
            if (!seen.insert(patient.issuer + '\\' + patient.id + '\\' + patient.name.display() + '\\' +
                             patient.birthDate)
                     .second)
                return true;
            if (report.rows >= query.most)
                return false;
            ++report.rows;
            found.add({patient, std::nullopt});
            return true;
        },
        report, stop));
    return report;
}

base::Status WebArchive::list(const std::string &resource, const DataSet &keys,
                              const std::function<bool(const DataSet &)> &take,
                              const std::stop_token &stop) const
{
    // A list that is not whole would make a study look complete (docs/decisions/0006).
    FindReport report;
    bool isValid = true;
    TRY_DO(search(
        resource, keys, kPageOfList, [&](const DataSet &row) { return isValid = take(row); }, report, stop));
    if (!isValid)
        return failure(ErrorCode::Malformed, "find: a row of a list without a valid identifier");
    if (report.cutOff)
        return failure(ErrorCode::LimitExceeded, "find: the archive gives the beginning of a list only");
    return {};
}

base::Result<std::vector<FoundSeries>> WebArchive::listSeries(const base::StudyUid &study,
                                                              std::stop_token stop)
{
    TRY_DO(checkUids(study, {}));
    std::vector<FoundSeries> all;
    const auto listed = list(
        resourceOf(study, {}, "/series"), seriesKeys(),
        [&](const DataSet &row) {
            all.push_back(seriesOf(row, study));
            return base::isValidUid(all.back().uid.value());
        },
        stop);
    // An unknown study is an empty list to DIMSE, and to some archives of this kind a missing page.
    if (!listed && listed.error().code() != ErrorCode::NotFound)
        return failure(listed.error());
    return all;
}

base::Result<std::vector<FoundInstance>>
WebArchive::listInstances(const base::StudyUid &study, const base::SeriesUid &only, std::stop_token stop)
{
    TRY_DO(checkUids(study, only));
    std::vector<FoundInstance> all;
    bool isSeriesTold = true;
    const auto listed = list(
        resourceOf(study, only, "/instances"), instanceKeys(),
        [&](const DataSet &row) {
            FoundInstance instance = instanceOf(row);
            if (instance.series.isEmpty())
                instance.series = only;
            isSeriesTold = isSeriesTold && !instance.modality.empty();
            all.push_back(std::move(instance));
            return base::isValidUid(all.back().uid.value()) && base::isValidUid(all.back().series.value());
        },
        stop);
    if (!listed && listed.error().code() != ErrorCode::NotFound)
        return failure(listed.error());
    if (isSeriesTold)
        return all;
    TRY(const auto allSeries, listSeries(study, stop));
    std::map<base::SeriesUid, const FoundSeries *> known;
    for (const FoundSeries &series : allSeries)
        known.emplace(series.uid, &series);
    for (FoundInstance &instance : all)
        if (const auto series = known.find(instance.series); series != known.end()) {
            instance.modality = series->second->modality;
            instance.seriesNumber = series->second->number;
        }
    return all;
}

base::Status WebArchive::retrieveOne(const FoundSeries &series, const Retrieval &retrieval,
                                     std::stop_token stop)
{
    TRY_DO(checkUids(series.study, series.uid));
    std::optional<FoundInstance> one;
    FindReport report;
    TRY_DO(search(
        resourceOf(series.study, series.uid, "/instances"), instanceKeys(), 1,
        [&](const DataSet &row) {
            one = instanceOf(row);
            return false;
        },
        report, stop));
    if (!one || !base::isValidUid(one->uid.value()))
        return failure(ErrorCode::NotFound, "find: the series has no instance");
    TRY_DO(retrieve({series.study, {{series.uid, {{one->uid, one->sopClass}}}}, {}}, retrieval, stop));
    return {};
}

/// DICOMweb has no storage commitment: what the archive lists, it has.
base::Result<CommitReport> WebArchive::commit(std::span<const Reference> instances, std::stop_token stop)
{
    constexpr int kNoSuchInstance = 0x0112; // PS3.3 C.14.1.1
    CommitReport report;
    for (const Reference &reference : instances) {
        if (!base::isValidUid(reference.instance.value()))
            return failure(ErrorCode::InvalidIdentifier, "commit: an instance without a valid identifier");
        TRY(const DataSets rows, ask("/instances?" + nameOf(attribute::SopInstanceUid) + '=' +
                                         reference.instance.value() + "&limit=1",
                                     stop));
        const bool isListed =
            !rows.empty() && rows.front().text(attribute::SopInstanceUid) == reference.instance.value();
        if (isListed)
            report.committed.push_back(reference.instance);
        else
            report.failed.push_back({reference.instance, kNoSuchInstance});
    }
    return report;
}

} // namespace negatoscope::archive
