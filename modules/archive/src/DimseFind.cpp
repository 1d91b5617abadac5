// C-FIND (PS3.4 C.4.1): study root, one association for each question.

#include "DimseArchive.h"
#include "Identifier.h"
#include "QueryTags.h"

#include <algorithm>
#include <unordered_set>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;
namespace attribute = dicom::tags;

namespace {

constexpr std::size_t kMostAnswer = 4U << 20U;
constexpr std::size_t kBatch = 100;
constexpr std::chrono::milliseconds kBatchEvery{100};

bool hasWildcard(std::string_view text)
{
    return text.find_first_of("*?") != std::string_view::npos;
}

/// "claire martin" as the key "claire*martin*": words in this order, whatever separates them.
std::string wordsKey(const std::string &text, bool anywhere)
{
    if (text.empty() || hasWildcard(text))
        return text;
    std::string key = anywhere ? "*" : "";
    bool gap = false;
    for (const char c : text) {
        const bool isSpace = c == ' ' || c == ',' || c == '\t';
        if (!isSpace) {
            if (gap && key.size() > (anywhere ? 1U : 0U))
                key += '*';
            key += c;
        }
        gap = isSpace;
    }
    return key + '*';
}

std::string dateKey(const StudyQuery &query)
{
    if (query.dateFrom.empty() && query.dateTo.empty())
        return {};
    return query.dateFrom == query.dateTo ? query.dateFrom : query.dateFrom + '-' + query.dateTo;
}

void setPatientKeys(DataSet &keys, const StudyQuery &query)
{
    keys.setText(attribute::PatientName, "PN", wordsKey(query.patientName, false));
    keys.setText(attribute::PatientId, "LO", query.patientId);
    keys.setText(attribute::IssuerOfPatientId, "LO", query.issuer);
    keys.setText(attribute::PatientBirthDate, "DA", query.birthDate);
    keys.setText(attribute::PatientSex, "CS", "");
}

DataSet studyKeys(const StudyQuery &query, const std::string &modality)
{
    DataSet keys;
    setPatientKeys(keys, query);
    keys.setText(tags::QueryRetrieveLevel, "CS", "STUDY");
    keys.setText(attribute::StudyInstanceUid, "UI", query.study.value());
    keys.setText(attribute::StudyDate, "DA", dateKey(query));
    keys.setText(attribute::StudyTime, "TM", "");
    keys.setText(attribute::AccessionNumber, "SH", query.accession);
    keys.setText(attribute::StudyId, "SH", "");
    keys.setText(attribute::StudyDescription, "LO", wordsKey(query.description, true));
    keys.setText(attribute::ReferringPhysicianName, "PN", wordsKey(query.referringPhysician, false));
    keys.setText(attribute::InstitutionName, "LO", wordsKey(query.institution, true));
    keys.setText(tags::ModalitiesInStudy, "CS", modality);
    keys.setText(tags::NumberOfStudyRelatedSeries, "IS", "");
    keys.setText(tags::NumberOfStudyRelatedInstances, "IS", "");
    return keys;
}

dicom::PatientIdentity patientOf(const DataSet &answer)
{
    dicom::PatientIdentity patient;
    patient.name = dicom::PersonName::parse(answer.text(attribute::PatientName));
    patient.id = answer.text(attribute::PatientId);
    patient.issuer = answer.text(attribute::IssuerOfPatientId);
    patient.birthDate = answer.text(attribute::PatientBirthDate);
    patient.sex = answer.text(attribute::PatientSex);
    return patient;
}

std::optional<int> countOf(const DataSet &answer, dicom::Tag tag)
{
    const auto number = answer.integer(tag);
    return number && *number >= 0 && *number < 1'000'000'000 ? std::optional(static_cast<int>(*number))
                                                             : std::nullopt;
}

FoundStudy studyOf(const DataSet &answer)
{
    FoundStudy study;
    study.uid = base::StudyUid(answer.text(attribute::StudyInstanceUid));
    study.patient = patientOf(answer);
    study.studyDate = answer.text(attribute::StudyDate);
    study.studyTime = answer.text(attribute::StudyTime);
    study.accession = answer.text(attribute::AccessionNumber);
    study.studyId = answer.text(attribute::StudyId);
    study.description = answer.text(attribute::StudyDescription);
    study.institution = answer.text(attribute::InstitutionName);
    study.referringPhysician = answer.text(attribute::ReferringPhysicianName);
    study.modalities = answer.texts(tags::ModalitiesInStudy);
    std::sort(study.modalities.begin(), study.modalities.end());
    std::erase(study.modalities, std::string());
    study.series = countOf(answer, tags::NumberOfStudyRelatedSeries);
    study.instances = countOf(answer, tags::NumberOfStudyRelatedInstances);
    return study;
}

/// Archives ignore keys that they do not know; what plainly is not meant goes here.
bool mayBeMeant(const FoundStudy &study, const StudyQuery &query, const std::string &modality)
{
    const auto differs = [](const std::string &wanted, const std::string &found) {
        return !wanted.empty() && !hasWildcard(wanted) && !found.empty() && wanted != found;
    };
    if (!modality.empty() && !study.modalities.empty() &&
        std::find(study.modalities.begin(), study.modalities.end(), modality) == study.modalities.end())
        return false;
    return !differs(query.issuer, study.patient.issuer) &&
           !differs(query.birthDate, study.patient.birthDate) &&
           !differs(query.study.value(), study.uid.value());
}

/// Hands rows on at once at first, then a hundred or a tenth of a second at a time.
template <typename Row>
class Batches
{
public:
    explicit Batches(const Rows<Row> &rows) : m_rows(rows) {}
    ~Batches() { flush(); }
    Batches(const Batches &) = delete;
    Batches &operator=(const Batches &) = delete;

    void add(Row row)
    {
        m_batch.push_back(std::move(row));
        if (m_batch.size() >= kBatch || Clock::now() - m_last >= kBatchEvery)
            flush();
    }
    void flush()
    {
        if (m_batch.empty())
            return;
        m_last = Clock::now();
        if (m_rows)
            m_rows(std::exchange(m_batch, {}));
        m_batch.clear();
    }

private:
    const Rows<Row> &m_rows;
    std::vector<Row> m_batch;
    Clock::time_point m_last{};
};

std::vector<PresentationContext> findContexts(std::string_view model)
{
    std::vector<PresentationContext> contexts;
    addContext(contexts, model, {kExplicitLittle, kImplicitLittle});
    return contexts;
}

} // namespace

base::Status DimseArchive::find(Association &association, std::string_view model, const DataSet &identifier,
                                const Take &take, FindReport &report) const
{
    const PresentationContext *const context = association.find(model);
    if (!context)
        return failure(ErrorCode::ServiceNotOffered, "find: no presentation context accepted");
    const std::string &syntax = context->transferSyntaxes.front();
    const std::uint16_t id = association.nextMessageId();
    CommandSet request(Command::FindRequest, id);
    request.setText(command::AffectedSopClass, model);
    request.setNumber(command::Priority, 0);
    const std::string keys = Identifier::encode(identifier, syntax);
    const auto stopped = [&](base::Error error) {
        if (error.code() == ErrorCode::Cancelled)
            association.cancel(context->id, id);
        return failure(std::move(error));
    };
    TRY_DO(association.send(context->id, request, &keys));
    while (true) {
        const auto answer = association.receive();
        if (!answer)
            return stopped(answer.error());
        if (!*answer || (*answer)->command.field() != Command::FindReply)
            return failure(ErrorCode::ProtocolViolated, "find: an answer that is none");
        const std::uint16_t status = (*answer)->command.status();
        std::vector<std::uint8_t> bytes;
        if ((*answer)->command.hasData()) {
            auto received = association.receiveData(kMostAnswer);
            if (!received)
                return stopped(received.error());
            bytes = *std::move(received);
        }
        if (!isPending(status))
            return status == 0 || isWarning(status) ? base::Status() : failure(errorOfStatus("find", status));
        report.keysUnsupported = report.keysUnsupported || status == 0xff01;
        const auto row = Identifier::decode(bytes, syntax);
        if (!row) {
            ++report.unusable;
        } else if (!take(*row)) {
            report.cutOff = true;
            association.cancel(context->id, id);
            return {};
        }
    }
}

base::Result<FindReport> DimseArchive::findStudiesOf(const StudyQuery &query, const std::string &modality,
                                                     const Take &take, const std::stop_token &stop) const
{
    TRY(const auto association, associate(findContexts(kStudyRootFind), {}, stop));
    FindReport report;
    TRY_DO(find(*association, kStudyRootFind, studyKeys(query, modality), take, report));
    association->release();
    return report;
}

base::Result<FindReport> DimseArchive::findStudies(const StudyQuery &query, const Rows<FoundStudy> &rows,
                                                   std::stop_token stop)
{
    // One value at a time: a list of modalities is no key that archives agree on (PS3.4 C.2.2.2).
    auto modalities = query.modalities;
    if (modalities.empty())
        modalities.emplace_back();
    FindReport all;
    std::unordered_set<base::StudyUid> seen;
    Batches<FoundStudy> batches(rows);
    for (const std::string &modality : modalities) {
        TRY(const FindReport one, findStudiesOf(
                                      query, modality,
                                      [&](const DataSet &answer) {
                                          FoundStudy study = studyOf(answer);
                                          if (!base::isValidUid(study.uid.value())) {
                                              ++all.unusable;
                                              return true;
                                          }
                                          if (!mayBeMeant(study, query, modality) || seen.contains(study.uid))
                                              return true;
                                          if (all.rows >= query.most)
                                              return false;
                                          seen.insert(study.uid);
                                          ++all.rows;
                                          batches.add(std::move(study));
                                          return true;
                                      },
                                      stop));
        all.unusable += one.unusable;
        all.cutOff = all.cutOff || one.cutOff;
        all.keysUnsupported = all.keysUnsupported || one.keysUnsupported;
        if (all.cutOff)
            break;
    }
    return all;
}

base::Result<FindReport> DimseArchive::findPatients(const StudyQuery &query, const Rows<FoundPatient> &rows,
                                                    std::stop_token stop)
{
    DataSet keys;
    setPatientKeys(keys, query);
    keys.setText(tags::QueryRetrieveLevel, "CS", "PATIENT");
    keys.setText(tags::NumberOfPatientRelatedStudies, "IS", "");
    TRY(const auto association, associate(findContexts(kPatientRootFind), {}, stop));
    FindReport report;
    Batches<FoundPatient> batches(rows);
    TRY_DO(find(
        *association, kPatientRootFind, keys,
        [&](const DataSet &answer) {
            if (report.rows >= query.most)
                return false;
            ++report.rows;
            batches.add({patientOf(answer), countOf(answer, tags::NumberOfPatientRelatedStudies)});
            return true;
        },
        report));
    association->release();
    return report;
}

base::Result<std::vector<FoundSeries>> DimseArchive::listSeriesOn(Association &association,
                                                                  const base::StudyUid &study) const
{
    DataSet keys;
    keys.setText(tags::QueryRetrieveLevel, "CS", "SERIES");
    keys.setText(attribute::StudyInstanceUid, "UI", study.value());
    keys.setText(attribute::SeriesInstanceUid, "UI", "");
    keys.setText(attribute::Modality, "CS", "");
    keys.setText(attribute::SeriesNumber, "IS", "");
    keys.setText(attribute::SeriesDescription, "LO", "");
    keys.setText(attribute::BodyPartExamined, "CS", "");
    keys.setText(attribute::SeriesDate, "DA", "");
    keys.setText(attribute::SeriesTime, "TM", "");
    keys.setText(attribute::NumberOfSeriesRelatedInstances, "IS", "");
    std::vector<FoundSeries> all;
    FindReport report;
    TRY_DO(find(
        association, kStudyRootFind, keys,
        [&](const DataSet &answer) {
            FoundSeries series;
            series.study = study;
            series.uid = base::SeriesUid(answer.text(attribute::SeriesInstanceUid));
            series.modality = answer.text(attribute::Modality);
            series.description = answer.text(attribute::SeriesDescription);
            series.bodyPart = answer.text(attribute::BodyPartExamined);
            series.seriesDate = answer.text(attribute::SeriesDate);
            series.seriesTime = answer.text(attribute::SeriesTime);
            series.number = answer.integer(attribute::SeriesNumber);
            series.instances = countOf(answer, attribute::NumberOfSeriesRelatedInstances);
            if (base::isValidUid(series.uid.value()))
                all.push_back(std::move(series));
            else
                ++report.unusable;
            return true;
        },
        report));
    // A list that is not whole would make a study look complete (docs/decisions/0006).
    if (report.unusable > 0)
        return failure(ErrorCode::Malformed, "find: a series without a valid identifier");
    return all;
}

base::Result<std::vector<FoundSeries>> DimseArchive::listSeries(const base::StudyUid &study,
                                                                std::stop_token stop)
{
    TRY(const auto association, associate(findContexts(kStudyRootFind), {}, stop));
    auto series = listSeriesOn(*association, study);
    association->release();
    return series;
}

base::Result<std::vector<FoundInstance>>
DimseArchive::listInstances(const base::StudyUid &study, const base::SeriesUid &only, std::stop_token stop)
{
    TRY(const auto association, associate(findContexts(kStudyRootFind), {}, stop));
    TRY(const auto allSeries, listSeriesOn(*association, study));
    std::vector<FoundInstance> all;
    for (const FoundSeries &series : allSeries) {
        if (!only.isEmpty() && series.uid != only)
            continue;
        DataSet keys;
        keys.setText(tags::QueryRetrieveLevel, "CS", "IMAGE");
        keys.setText(attribute::StudyInstanceUid, "UI", study.value());
        keys.setText(attribute::SeriesInstanceUid, "UI", series.uid.value());
        keys.setText(attribute::SopInstanceUid, "UI", "");
        keys.setText(attribute::SopClassUid, "UI", "");
        keys.setText(attribute::InstanceNumber, "IS", "");
        FindReport report;
        TRY_DO(find(
            *association, kStudyRootFind, keys,
            [&](const DataSet &answer) {
                FoundInstance instance{series.uid,
                                       base::InstanceUid(answer.text(attribute::SopInstanceUid)),
                                       answer.text(attribute::SopClassUid),
                                       series.modality,
                                       series.number,
                                       answer.integer(attribute::InstanceNumber)};
                if (base::isValidUid(instance.uid.value()))
                    all.push_back(std::move(instance));
                else
                    ++report.unusable;
                return true;
            },
            report));
        if (report.unusable > 0)
            return failure(ErrorCode::Malformed, "find: an instance without a valid identifier");
    }
    association->release();
    return all;
}

} // namespace negatoscope::archive
