#include "WebArrival.h"

#include "ByteOrder.h"
#include "SopClasses.h"

#include <dicom/DataSet.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::size_t kPreamble = 132, kMostMeta = 1U << 20U;

struct Meta
{
    ReceivedDataSet::Origin origin;
    std::size_t end = 0; ///< 0: more of it has to come
};

/// File Meta Information (PS3.10 7.1), explicit little endian.
base::Result<Meta> readMeta(const std::string &head)
{
    const auto *const bytes = reinterpret_cast<const std::uint8_t *>(head.data());
    Meta meta;
    if (head.size() >= kPreamble && head.compare(kPreamble - 4, 4, "DICM") != 0)
        return failure(ErrorCode::NotDicom, "retrieve: a part that is no DICOM file");
    std::size_t at = kPreamble;
    while (at + 12 <= head.size()) {
        if (read16Little(bytes + at) != 0x0002) {
            meta.end = at;
            return meta;
        }
        const std::string_view vr(&head[at + 4], 2);
        const bool isLong = vr == "OB" || vr == "OW" || vr == "SQ" || vr == "UN" || vr == "UT";
        const std::uint64_t length = isLong ? read32Little(bytes + at + 8) : read16Little(bytes + at + 6);
        const std::size_t value = at + (isLong ? 12 : 8);
        if (length > kMostMeta || value + length > kMostMeta)
            return failure(ErrorCode::LimitExceeded, "retrieve: a File Meta Information that does not end");
        if (value + length > head.size())
            return Meta();
        std::string text(dicom::trimmed(std::string_view(head).substr(value, length)));
        switch (read16Little(bytes + at + 2)) {
        case 0x0002:
            meta.origin.sopClass = std::move(text);
            break;
        case 0x0003:
            meta.origin.instance = base::InstanceUid(std::move(text));
            break;
        case 0x0010:
            meta.origin.transferSyntax = std::move(text);
            break;
        default:
            break;
        }
        at = value + length;
    }
    return Meta();
}

} // namespace

void WebArrival::expect(const base::InstanceUid &only)
{
    m_only = only;
    m_reader.reset();
    m_file.reset();
    m_head.clear();
}

base::Status WebArrival::take(const WebAnswer &answer, std::span<const std::uint8_t> bytes)
{
    if (answer.status < 200 || answer.status >= 300)
        return {};
    if (!m_reader) {
        const auto boundary = MultipartReader::boundaryOf(answer.contentType);
        if (!boundary)
            return failure(ErrorCode::ProtocolViolated, "retrieve: the answer is not multipart/related");
        m_reader.emplace(*boundary, MultipartReader::Functions{
                                        [this](std::string_view type) { return begin(type); },
                                        [this](std::span<const std::uint8_t> some) { return data(some); },
                                        [this] { return end(); }});
    }
    return m_reader->feed(bytes);
}

base::Status WebArrival::finish()
{
    if (!m_reader)
        return {}; // nothing to be had: 204, or an empty body
    if (!m_reader->isFinished())
        return failure(ErrorCode::ConnectionLost, "retrieve: the answer ends before its last part");
    return {};
}

void WebArrival::noteMissing(const base::InstanceUid &instance, base::Error why)
{
    m_report.failedInstances.push_back(instance);
    ++m_report.failed;
    if (!m_report.error)
        m_report.error = std::move(why);
}

void WebArrival::passOver(base::Error why)
{
    m_passedOver = true;
    m_head.clear();
    ++m_report.failed;
    if (!m_report.error)
        m_report.error = std::move(why);
}

base::Status WebArrival::begin(std::string_view contentType)
{
    m_passedOver = false;
    m_head.clear();
    m_file.reset();
    if (!contentType.empty() && !contentType.starts_with("application/dicom"))
        passOver({ErrorCode::ProtocolViolated, "retrieve: a part that is no DICOM file"});
    return {};
}

base::Status WebArrival::data(std::span<const std::uint8_t> bytes)
{
    if (m_passedOver)
        return {};
    if (m_file)
        return m_file->write(bytes);
    m_head.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    return openFile();
}

base::Status WebArrival::openFile()
{
    auto meta = readMeta(m_head);
    if (!meta) {
        passOver(meta.error());
        return {};
    }
    if (meta->end == 0)
        return {};
    const bool isInstance = base::isValidUid(meta->origin.instance.value()) &&
                            base::isValidUid(meta->origin.transferSyntax) &&
                            isStorageClass(meta->origin.sopClass);
    if (!isInstance) {
        passOver({ErrorCode::InvalidIdentifier, "retrieve: a part without valid identifiers"});
        return {};
    }
    if (!m_only.isEmpty() && meta->origin.instance != m_only) {
        passOver({ErrorCode::ProtocolViolated, "retrieve: another instance than the one that was asked for"});
        return {};
    }
    TRY(auto file, ReceivedDataSet::create(m_retrieval.stagingFolder, std::move(meta->origin)));
    m_file.emplace(std::move(file));
    const auto *const rest = reinterpret_cast<const std::uint8_t *>(m_head.data()) + meta->end;
    const auto written = m_file->write({rest, m_head.size() - meta->end});
    m_head.clear();
    return written;
}

base::Status WebArrival::end()
{
    if (m_passedOver)
        return {};
    if (!m_file) {
        passOver({ErrorCode::Truncated, "retrieve: a part that ends before its data set"});
        return {};
    }
    TRY(ReceivedFile finished, m_file->finish());
    m_file.reset();
    ++m_report.received;
    m_report.bytes += finished.bytes;
    if (m_retrieval.sink)
        m_retrieval.sink(std::move(finished));
    if (m_retrieval.progress)
        m_retrieval.progress({m_report.received, m_report.bytes, std::nullopt, m_report.failed});
    return {};
}

} // namespace negatoscope::archive
