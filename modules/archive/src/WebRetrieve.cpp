// WADO-RS (PS3.18 10.4): parts of a multipart body, each into a file as it comes.

#include "WebArchive.h"
#include "WebArrival.h"

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

base::Status WebArchive::retrieveOne(const std::string &path, const base::InstanceUid &only,
                                     WebArrival &arrival, const std::stop_token &stop) const
{
    WebRequest request;
    request.path = path;
    request.accept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    arrival.expect(only);
    const auto answer = m_client->perform(
        request,
        [&](const WebAnswer &now, std::span<const std::uint8_t> bytes) { return arrival.take(now, bytes); },
        stop);
    if (!answer)
        return failure(answer.error());
    const bool isGone = answer->status == 404 || answer->status == 410;
    if (isGone && !only.isEmpty()) {
        arrival.noteMissing(only, errorOfAnswer("retrieve", *answer));
        return {};
    }
    if (answer->status < 200 || answer->status >= 300)
        return failure(errorOfAnswer("retrieve", *answer));
    return arrival.finish();
}

base::Result<RetrieveReport> WebArchive::retrieve(const Wanted &wanted, const Retrieval &retrieval,
                                                  std::stop_token stop)
{
    const auto unfit = [] {
        return failure(ErrorCode::InvalidIdentifier, "retrieve: what is wanted has no valid identifier");
    };
    if (!base::isValidUid(wanted.study.value()))
        return unfit();
    const std::string study = "/studies/" + wanted.study.value();
    WebArrival arrival(retrieval);
    if (wanted.series.empty())
        TRY_DO(retrieveOne(study, {}, arrival, stop));
    for (const WantedSeries &one : wanted.series) {
        if (!base::isValidUid(one.series.value()))
            return unfit();
        const std::string series = study + "/series/" + one.series.value();
        if (one.instances.empty())
            TRY_DO(retrieveOne(series, {}, arrival, stop));
        for (const WantedInstance &instance : one.instances) {
            if (!base::isValidUid(instance.uid.value()))
                return unfit();
            TRY_DO(retrieveOne(series + "/instances/" + instance.uid.value(), instance.uid, arrival, stop));
        }
    }
    return arrival.report();
}

} // namespace negatoscope::archive
