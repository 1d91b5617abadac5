// STOW-RS (PS3.18 10.5): files as they are, several in one body, read from the disk as they are sent.

#include "ByteOrder.h"
#include "CommandSet.h"
#include "DicomJson.h"
#include "OutgoingFile.h"
#include "QueryTags.h"
#include "ReceivedDataSet.h"
#include "WebArchive.h"

#include <algorithm>
#include <random>
#include <unordered_map>

#include <sys/stat.h>
#include <unistd.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;

namespace {

/// In one request: an answer must come before the idle limit.
constexpr std::uint64_t kMostTogether = 32U << 20U;
constexpr std::size_t kMostFilesTogether = 100;
constexpr std::size_t kMostAnswer = 16U << 20U;

/// Text, then the rest of a file; the body is a row of them.
struct Piece
{
    std::string text;
    int file = -1;
    std::uint64_t from = 0, bytes = 0;
};

class Body
{
public:
    explicit Body(std::span<const Outgoing> files, std::span<StoreResult> results)
    {
        std::random_device chance;
        m_boundary = "negatoscope-" + std::to_string(chance()) + '-' + std::to_string(chance());
        m_files.reserve(files.size());
        for (std::size_t i = 0; i < files.size(); ++i)
            if (const auto added = add(files[i]); !added)
                results[i] = {added.error(), false};
        m_pieces.push_back({"--" + m_boundary + "--\r\n"});
        for (const Piece &piece : m_pieces)
            m_bytes += piece.text.size() + piece.bytes;
    }

    std::uint64_t bytes() const { return m_bytes; }
    bool isEmpty() const { return m_files.empty(); }
    std::string contentType() const
    {
        return "multipart/related; type=\"application/dicom\"; boundary=" + m_boundary;
    }
    void rewind() { m_piece = m_done = 0; }
    base::Result<std::size_t> read(std::span<char> into)
    {
        while (m_piece < m_pieces.size()) {
            const Piece &piece = m_pieces[m_piece];
            if (m_done < piece.text.size()) {
                const auto count = std::min<std::uint64_t>(into.size(), piece.text.size() - m_done);
                std::copy_n(piece.text.begin() + static_cast<std::ptrdiff_t>(m_done), count, into.begin());
                m_done += count;
                return count;
            }
            const std::uint64_t at = m_done - piece.text.size();
            if (at < piece.bytes) {
                const auto count = std::min<std::uint64_t>(into.size(), piece.bytes - at);
                const ssize_t got =
                    ::pread(piece.file, into.data(), count, static_cast<off_t>(piece.from + at));
                if (got <= 0)
                    return failure(ErrorCode::CannotRead, "store: a file that is sent has become shorter");
                m_done += static_cast<std::uint64_t>(got);
                return static_cast<std::size_t>(got);
            }
            ++m_piece;
            m_done = 0;
        }
        return 0;
    }

private:
    base::Status add(const Outgoing &file)
    {
        TRY(auto open, OutgoingFile::open(file.path));
        struct stat status = {};
        if (::fstat(open.descriptor(), &status) != 0 || !S_ISREG(status.st_mode))
            return failure(ErrorCode::CannotRead, "the file that is sent");
        std::string head = "--" + m_boundary + "\r\nContent-Type: application/dicom\r\n\r\n";
        if (open.dataSetAt() == 0)
            head += ReceivedDataSet::metaInformation({file.sopClass, file.instance, file.transferSyntax, {}});
        m_pieces.push_back(
            {std::move(head), open.descriptor(), 0, static_cast<std::uint64_t>(status.st_size)});
        m_pieces.push_back({"\r\n"});
        m_files.push_back(std::move(open));
        return {};
    }

    std::string m_boundary;
    std::vector<OutgoingFile> m_files;
    std::vector<Piece> m_pieces;
    std::uint64_t m_bytes = 0;
    std::size_t m_piece = 0;
    std::uint64_t m_done = 0; ///< of the piece
};

/// What the answer says of each instance (PS3.18 10.5.3).
std::unordered_map<std::string, StoreResult> resultsOf(const DataSet &answer)
{
    std::unordered_map<std::string, StoreResult> results;
    for (const DataSet &item : answer.items(tags::ReferencedSopSequence))
        results[item.text(dicom::tags::ReferencedSopInstanceUid)] = {
            std::nullopt, item.integer(tags::WarningReason).value_or(0) != 0};
    for (const DataSet &item : answer.items(tags::FailedSopSequence)) {
        const auto reason = static_cast<std::uint16_t>(item.integer(tags::FailureReason).value_or(0x0110));
        results[item.text(dicom::tags::ReferencedSopInstanceUid)] = {errorOfStatus("store", reason), false};
    }
    return results;
}

std::uint64_t sizeOf(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

} // namespace

base::Status WebArchive::store(std::span<const Outgoing> files, std::vector<StoreResult> &results,
                               const std::function<void(int)> &progress, std::stop_token stop)
{
    results.assign(files.size(), {base::Error(ErrorCode::Cancelled, "store: not sent"), false});
    for (std::size_t first = 0; first < files.size();) {
        std::size_t count = 0;
        std::uint64_t bytes = 0;
        while (first + count < files.size() && count < kMostFilesTogether &&
               (count == 0 || bytes < kMostTogether))
            bytes += sizeOf(files[first + count++].path);
        TRY_DO(storeTogether(files.subspan(first, count), std::span(results).subspan(first, count), stop));
        first += count;
        if (progress)
            progress(static_cast<int>(first));
    }
    return {};
}

base::Status WebArchive::storeTogether(std::span<const Outgoing> files, std::span<StoreResult> results,
                                       const std::stop_token &stop) const
{
    constexpr int kOk = 200, kAccepted = 202, kBad = 400, kConflict = 409;
    Body body(files, results);
    if (body.isEmpty())
        return {};
    WebRequest request;
    request.path = "/studies";
    request.accept = "application/dicom+json";
    request.contentType = body.contentType();
    request.bytes = body.bytes();
    request.read = [&](std::span<char> into) { return body.read(into); };
    request.rewind = [&] { body.rewind(); };
    std::string text;
    TRY(const WebAnswer answer,
        m_client->perform(
            request,
            [&](const WebAnswer &, std::span<const std::uint8_t> bytes) -> base::Status {
                if (text.size() + bytes.size() > kMostAnswer)
                    return failure(ErrorCode::LimitExceeded, "store: an answer larger than any may be");
                text.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
                return {};
            },
            stop));
    if (answer.status == kBad && files.size() > 1) {
        // One file that is none spoils the request for the others: each by itself.
        for (std::size_t i = 0; i < files.size(); ++i)
            TRY_DO(storeTogether(files.subspan(i, 1), results.subspan(i, 1), stop));
        return {};
    }
    if (answer.status == kBad) {
        results.front().error = errorOfAnswer("store", answer);
        return {};
    }
    if (answer.status != kOk && answer.status != kAccepted && answer.status != kConflict)
        return failure(errorOfAnswer("store", answer));
    const auto told = dataSetsOfJson(text);
    const auto known = told && !told->empty() ? resultsOf(told->front()) : decltype(resultsOf({}))();
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (results[i].error && results[i].error->code() != ErrorCode::Cancelled)
            continue; // could not be read, was not sent
        if (const auto one = known.find(files[i].instance.value()); one != known.end())
            results[i] = one->second;
        else if (answer.status == kOk)
            results[i] = {}; // all of them (PS3.18 table 10.5.3-1)
        else
            results[i].error =
                base::Error(ErrorCode::RequestRefused, "store: not named among what was stored");
    }
    return {};
}

} // namespace negatoscope::archive
