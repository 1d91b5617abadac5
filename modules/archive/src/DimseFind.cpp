// C-FIND (PS3.4 C.4.1): study root, one association for each question.

#include "DimseArchive.h"
#include "FoundRows.h"
#include "Identifier.h"
#include "QueryKeys.h"
#include "QueryTags.h"

#include <unordered_set>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;
namespace attribute = dicom::tags;

namespace {

constexpr std::size_t kMostAnswer = 4U << 20U;

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
    DataSet keys = studyKeys(query, modality);
    keys.setText(tags::QueryRetrieveLevel, "CS", "STUDY");
    FindReport report;
    TRY_DO(find(*association, kStudyRootFind, keys, take, report));
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
    FoundRows<FoundStudy> batches(rows);
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
    DataSet keys = patientKeys(query);
    keys.setText(tags::QueryRetrieveLevel, "CS", "PATIENT");
    TRY(const auto association, associate(findContexts(kPatientRootFind), {}, stop));
    FindReport report;
    FoundRows<FoundPatient> batches(rows);
    TRY_DO(find(
        *association, kPatientRootFind, keys,
        [&](const DataSet &answer) {
            if (report.rows >= query.most)
                return false;
            ++report.rows;
            batches.add(patientRowOf(answer));
            return true;
        },
        report));
    association->release();
    return report;
}

base::Result<std::vector<FoundSeries>> DimseArchive::listSeriesOn(Association &association,
                                                                  const base::StudyUid &study) const
{
    DataSet keys = seriesKeys();
    keys.setText(tags::QueryRetrieveLevel, "CS", "SERIES");
    keys.setText(attribute::StudyInstanceUid, "UI", study.value());
    std::vector<FoundSeries> all;
    FindReport report;
    TRY_DO(find(
        association, kStudyRootFind, keys,
        [&](const DataSet &answer) {
            FoundSeries series = seriesOf(answer, study);
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
