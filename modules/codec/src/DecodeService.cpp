#include <codec/DecodeService.h>

#include "NativeFrame.h"
#include "Serialisation.h"
#include "StoredBits.h"
#include "WorkerPool.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Status;
using dicom::ImageFormat;
using dicom::ParsedFile;
using dicom::Tag;

namespace {

constexpr std::size_t kBatch = Channel::kMaximumDescriptors; // files per message of readHeaders
constexpr std::uint64_t kSlowestBytesPerMs = 20'000;         // extraction may take as long as a slow disk

struct OpenFile
{
    Descriptor descriptor;
    FileIdentity identity;
};

Result<OpenFile> openFile(const std::string &path)
{
    // Not blocking: a pipe in a folder must not hold us.
    OpenFile file{Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)), {}};
    if (!file.descriptor.isOpen())
        return failure(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::CannotRead, std::strerror(errno));
    struct stat status;
    if (::fstat(file.descriptor.number(), &status) != 0)
        return failure(ErrorCode::CannotRead, std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        return failure(ErrorCode::CannotRead, "not a regular file");
    file.identity = {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                     status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
    return file;
}

bool isFatal(ErrorCode code)
{
    return code == ErrorCode::WorkerDied || code == ErrorCode::WorkerTimedOut;
}

} // namespace

/// The pool and the life of one request: open, quarantine, borrow a worker, exchange, blame.
class DecodeService::Implementation
{
public:
    Implementation(std::unique_ptr<WorkerPool> pool, const Limits &limits)
        : m_pool(std::move(pool)),
          m_limits(limits)
    {}

    WorkerPool &pool() { return *m_pool; }
    const Limits &limits() const { return m_limits; }

    /// One request about one file; `more` are further descriptors for the worker.
    Result<std::string> ask(MessageKind kind, const OpenFile &file, std::string_view payload, int more,
                            Purpose purpose, std::chrono::milliseconds limit, const std::stop_token &stop);
    Result<DecodedFrame> decodeByWorker(const OpenFile &file, const ImageFormat &format, std::uint32_t frame,
                                        std::span<std::byte> pixels, Purpose purpose,
                                        const std::stop_token &stop);

    using HeaderResults = std::vector<Result<ParsedFile>>;
    void readHeaderBatches(std::span<const std::string> paths, std::string_view wanted, Purpose purpose,
                           const std::stop_token &stop, HeaderResults &results);

private:
    struct Batch
    {
        std::vector<std::size_t> at; ///< index of each file among the results
        std::vector<OpenFile> files;
    };
    Batch openBatch(std::span<const std::string> paths, std::size_t begin, HeaderResults &results);
    void readBatch(const Batch &batch, std::string_view wanted, Purpose purpose, const std::stop_token &stop,
                   HeaderResults &results);
    Status exchangeBatch(const Batch &batch, std::size_t first, std::size_t count, std::string_view wanted,
                         Purpose purpose, const std::stop_token &stop, HeaderResults &results);

    std::unique_ptr<WorkerPool> m_pool;
    Limits m_limits;
};

Result<std::string> DecodeService::Implementation::ask(MessageKind kind, const OpenFile &file,
                                                       std::string_view payload, int more, Purpose purpose,
                                                       std::chrono::milliseconds limit,
                                                       const std::stop_token &stop)
{
    m_pool->countRequest();
    TRY_DO(m_pool->checkQuarantine(file.identity));
    TRY(WorkerPool::Lease lease, m_pool->acquire(purpose, stop));
    const std::array descriptors{file.descriptor.number(), more};
    auto reply = lease.exchange(kind, payload, std::span(descriptors).first(more >= 0 ? 2 : 1), limit, stop);
    if (!reply && isFatal(reply.error().code()))
        m_pool->blame(file.identity);
    return reply;
}

Result<DecodedFrame>
DecodeService::Implementation::decodeByWorker(const OpenFile &file, const ImageFormat &format,
                                              std::uint32_t frame, std::span<std::byte> pixels,
                                              Purpose purpose, const std::stop_token &stop)
{
    m_pool->countRequest();
    TRY_DO(m_pool->checkQuarantine(file.identity));
    TRY(WorkerPool::Lease lease, m_pool->acquire(purpose, stop));
    TRY(const auto memory, lease.worker().memory(pixels.size()));
    Writer writer;
    writer.number(file.identity.device);
    writer.number(file.identity.inode);
    writer.number(file.identity.size);
    writer.number(file.identity.modifiedNs);
    write(writer, format);
    writer.number(frame);
    writer.number(std::uint64_t(memory.size()));
    const std::array descriptors{file.descriptor.number()};
    auto reply = lease.exchange(MessageKind::Frame, writer.bytes(), descriptors, m_limits.frameTime, stop);
    if (!reply) {
        if (isFatal(reply.error().code()))
            m_pool->blame(file.identity);
        return failure(reply.error());
    }
    Reader reader(*reply);
    DecodedFrame decoded;
    const auto photometric = reader.number<std::uint32_t>();
    decoded.irreversible = reader.number<std::uint8_t>() != 0;
    if (reader.hasFailed() || photometric >= static_cast<std::uint32_t>(dicom::Photometric::Unknown))
        return failure(ErrorCode::WorkerDied, "the worker's answer does not read as a frame");
    decoded.photometric = static_cast<dicom::Photometric>(photometric);
    std::memcpy(pixels.data(), memory.data(), pixels.size());
    lease.worker().trimMemory();
    return decoded;
}

DecodeService::Implementation::Batch
DecodeService::Implementation::openBatch(std::span<const std::string> paths, std::size_t begin,
                                         HeaderResults &results)
{
    Batch batch;
    for (std::size_t i = begin; i < std::min(paths.size(), begin + kBatch); ++i) {
        auto file = openFile(paths[i]);
        if (!file) {
            results[i] = failure(file.error());
        } else if (auto free = m_pool->checkQuarantine(file->identity); !free) {
            results[i] = failure(free.error());
        } else {
            batch.at.push_back(i);
            batch.files.push_back(std::move(*file));
        }
    }
    return batch;
}

/// Files [first, first + count) of a batch in one exchange.
Status DecodeService::Implementation::exchangeBatch(const Batch &batch, std::size_t first, std::size_t count,
                                                    std::string_view wanted, Purpose purpose,
                                                    const std::stop_token &stop, HeaderResults &results)
{
    Writer writer;
    writer.bytes() = wanted;
    std::vector<int> descriptors;
    for (std::size_t i = first; i < first + count; ++i) {
        writer.number(batch.files[i].identity.size);
        descriptors.push_back(batch.files[i].descriptor.number());
    }
    m_pool->countRequest();
    TRY(WorkerPool::Lease lease, m_pool->acquire(purpose, stop));
    TRY(const std::string reply,
        lease.exchange(MessageKind::Headers, writer.bytes(), descriptors, m_limits.frameTime, stop));
    Reader reader(reply);
    for (std::size_t i = first; i < first + count; ++i) {
        const bool read = reader.number<std::uint8_t>() != 0;
        results[batch.at[i]] = read ? readParsedFile(reader, m_limits) : failure(readError(reader));
    }
    if (reader.hasFailed())
        return failure(ErrorCode::WorkerDied, "the worker's answer does not read as headers");
    return {};
}

void DecodeService::Implementation::readBatch(const Batch &batch, std::string_view wanted, Purpose purpose,
                                              const std::stop_token &stop, HeaderResults &results)
{
    const std::size_t count = batch.files.size();
    if (count == 0)
        return;
    auto status = exchangeBatch(batch, 0, count, wanted, purpose, stop, results);
    if (status)
        return;
    // One of them ended the worker: one by one the others are read and the guilty one is found.
    const bool retry = count > 1 && isFatal(status.error().code());
    for (std::size_t i = 0; i < count; ++i) {
        if (retry)
            status = exchangeBatch(batch, i, 1, wanted, purpose, stop, results);
        if (status)
            continue;
        results[batch.at[i]] = failure(status.error());
        if (isFatal(status.error().code()))
            m_pool->blame(batch.files[i].identity);
    }
}

void DecodeService::Implementation::readHeaderBatches(std::span<const std::string> paths,
                                                      std::string_view wanted, Purpose purpose,
                                                      const std::stop_token &stop, HeaderResults &results)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        while (!stop.stop_requested()) {
            const std::size_t begin = next.fetch_add(kBatch);
            if (begin >= paths.size())
                return;
            readBatch(openBatch(paths, begin, results), wanted, purpose, stop, results);
        }
    };
    // One thread more than workers opens files while the others wait for theirs.
    const std::size_t batches = (paths.size() + kBatch - 1) / kBatch;
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(batches, m_pool->size() + 1); ++i)
        threads.emplace_back(work);
    work();
}

DecodeService::DecodeService(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

DecodeService::~DecodeService() = default;

Result<std::unique_ptr<DecodeService>> DecodeService::launch(Options options)
{
    TRY(auto pool, WorkerPool::launch(options));
    return std::unique_ptr<DecodeService>(
        new DecodeService(std::make_unique<Implementation>(std::move(pool), options.limits)));
}

Result<std::unique_ptr<DecodeService>> DecodeService::start(Options options)
{
    TRY(auto service, launch(std::move(options)));
    TRY_DO(service->waitUntilReady());
    return service;
}

Status DecodeService::waitUntilReady()
{
    return m_implementation->pool().waitUntilReady();
}

Result<ParsedFile> DecodeService::readDataSet(const std::string &path, Purpose purpose, std::stop_token stop)
{
    TRY(const OpenFile file, openFile(path));
    Writer writer;
    writer.number(file.identity.size);
    TRY(const std::string reply, m_implementation->ask(MessageKind::DataSet, file, writer.bytes(), -1,
                                                       purpose, limits().frameTime, stop));
    Reader reader(reply);
    return readParsedFile(reader, limits());
}

std::vector<Result<ParsedFile>> DecodeService::readHeaders(std::span<const std::string> paths,
                                                           std::span<const Tag> wanted, Purpose purpose,
                                                           std::stop_token stop)
{
    Writer writer;
    writer.number(static_cast<std::uint32_t>(wanted.size()));
    for (const Tag tag : wanted)
        writer.number(tag.key());
    std::vector<Result<ParsedFile>> results(paths.size(), failure(ErrorCode::Cancelled, "cancelled"));
    m_implementation->readHeaderBatches(paths, writer.bytes(), purpose, stop, results);
    return results;
}

Result<DecodedFrame> DecodeService::decodeFrame(const std::string &path, const ParsedFile &file,
                                                const ImageFormat &format, std::uint32_t frame,
                                                std::span<std::byte> pixels, Purpose purpose,
                                                std::stop_token stop)
{
    if (frame >= format.frames || pixels.size() != format.decodedFrameBytes())
        return failure(ErrorCode::BadArgument, "the frame number or the size of its memory is wrong");
    if (pixels.size() > limits().frameBytes)
        return failure(ErrorCode::LimitExceeded, "the frame is larger than the limit");
    const auto &location = file.pixelData;
    if (!location.isPresent())
        return failure(ErrorCode::NoPixelData, "the file holds no pixel data");
    const bool native = file.transferSyntax.coding == dicom::PixelCoding::Native;
    if (!file.transferSyntax.isDecodable())
        return failure(ErrorCode::UnsupportedTransferSyntax, "transfer syntax " + file.transferSyntax.uid);
    if (native && location.encapsulated)
        return failure(ErrorCode::CorruptPixelData,
                       "Pixel Data is encapsulated but the transfer syntax is not");
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "cancelled");
    TRY(const OpenFile open, openFile(path));

    DecodedFrame decoded;
    if (native && !location.inDeflated) {
        const FileSource source(open.descriptor.number(), open.identity.size);
        const dicom::Element *element = file.dataSet.find(location.tag);
        const NativeLayout layout{location.offset, location.length, location.announced,
                                  file.transferSyntax.bigEndian, element && element->vr.is("OW")};
        TRY_DO(readNativeFrame(source, layout, format, frame, pixels));
        decoded.photometric = photometricOfNative(format);
    } else {
        TRY(decoded, m_implementation->decodeByWorker(open, format, frame, pixels, purpose, stop));
    }
    decoded.embeddedOverlays = takeOverlays(overlayBitsOf(file.dataSet, format), format, pixels);
    finishSamples(format, pixels);
    return decoded;
}

Result<std::vector<ArchiveEntry>> DecodeService::listArchive(const std::string &path, std::stop_token stop)
{
    TRY(const OpenFile file, openFile(path));
    Writer writer;
    writer.number(file.identity.size);
    TRY(const std::string reply, m_implementation->ask(MessageKind::ListArchive, file, writer.bytes(), -1,
                                                       Purpose::Import, limits().frameTime, stop));
    Reader reader(reply);
    const auto count = reader.number<std::uint32_t>();
    std::vector<ArchiveEntry> entries;
    for (std::uint32_t i = 0; i < count && !reader.hasFailed(); ++i) {
        ArchiveEntry entry;
        entry.index = reader.number<std::uint64_t>();
        entry.name = reader.text();
        entry.size = reader.number<std::uint64_t>();
        entries.push_back(std::move(entry));
    }
    if (reader.hasFailed())
        return failure(ErrorCode::WorkerDied, "the worker's answer does not read as a list");
    return entries;
}

Status DecodeService::extractEntry(const std::string &path, std::uint64_t index, int descriptor,
                                   std::stop_token stop)
{
    TRY(const OpenFile file, openFile(path));
    Writer writer;
    writer.number(file.identity.size);
    writer.number(index);
    const auto limit =
        limits().frameTime + std::chrono::milliseconds(limits().inflatedBytes / kSlowestBytesPerMs);
    TRY_DO(m_implementation->ask(MessageKind::ExtractEntry, file, writer.bytes(), descriptor, Purpose::Import,
                                 limit, stop));
    return {};
}

DecodeService::Statistics DecodeService::statistics() const
{
    return m_implementation->pool().statistics();
}

const Limits &DecodeService::limits() const
{
    return m_implementation->limits();
}

} // namespace negatoscope::codec
