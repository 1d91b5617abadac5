#include "WebArchive.h"

#include "DicomJson.h"

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::size_t kMostAnswer = 64U << 20U;
constexpr int kNoContent = 204;

} // namespace

base::Result<std::unique_ptr<Archive>> WebArchive::create(const Settings &settings)
{
    TRY(auto client, WebClient::create(settings));
    return std::make_unique<WebArchive>(std::move(client));
}

base::Result<WebArchive::DataSets> WebArchive::ask(const std::string &path, const std::stop_token &stop) const
{
    WebRequest request;
    request.path = path;
    request.accept = "application/dicom+json";
    std::string body;
    TRY(const WebAnswer answer,
        m_client->perform(
            request,
            [&](const WebAnswer &, std::span<const std::uint8_t> bytes) -> base::Status {
                if (body.size() + bytes.size() > kMostAnswer)
                    return failure(ErrorCode::LimitExceeded, "find: an answer larger than any may be");
                body.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
                return {};
            },
            stop));
    if (answer.status == kNoContent)
        return DataSets();
    if (answer.status < 200 || answer.status >= 300)
        return failure(errorOfAnswer("find", answer));
    auto rows = dataSetsOfJson(body);
    if (!rows && rows.error().code() == ErrorCode::Malformed)
        return failure(
            base::Error(ErrorCode::ProtocolViolated, "find: an answer that is none", rows.error()));
    return rows;
}

base::Result<Verification> WebArchive::verify(std::stop_token stop)
{
    const auto start = std::chrono::steady_clock::now();
    WebRequest request;
    request.path = "/studies?limit=1";
    request.accept = "application/dicom+json";
    TRY(const WebAnswer answer, m_client->perform(request, {}, stop));
    if (answer.status < 200 || answer.status >= 300)
        return failure(errorOfAnswer("verify", answer));
    if (answer.status != kNoContent && answer.contentType.find("json") == std::string::npos)
        return failure(ErrorCode::ProtocolViolated, "verify: something answers, but no DICOMweb");
    Verification result;
    result.implementation = answer.server.empty() ? "DICOMweb" : answer.server;
    result.protection = m_client->protection();
    result.time =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    return result;
}

} // namespace negatoscope::archive
