#include "WorkerTasks.h"

#include "DataSetReader.h"
#include "Dictionary.h"
#include "FrameCodec.h"
#include "NativeFrame.h"
#include "ZipArchive.h"

#include <dicom/CharacterSet.h>

#include <algorithm>
#include <string>

#include <sys/mman.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;
using dicom::Tag;

namespace {

constexpr std::uint32_t kMaximumWanted = 4096;
constexpr const char *kLosslessJpeg2000 = "1.2.840.10008.1.2.4.90";

/// Wanted tags with their dictionary VRs, and Specific Character Set, which the texts need.
Result<std::vector<WantedElement>> readWanted(Reader &reader)
{
    const auto count = reader.number<std::uint32_t>();
    if (count > kMaximumWanted)
        return failure(ErrorCode::BadArgument, "too many elements are wanted");
    std::vector<WantedElement> wanted;
    wanted.reserve(count + 1);
    wanted.push_back({dicom::tags::SpecificCharacterSet, {{'C', 'S'}}});
    for (std::uint32_t i = 0; i < count; ++i) {
        const Tag tag = dicom::tagOf(reader.number<std::uint32_t>());
        wanted.push_back({tag, dictionaryVr(tag)});
    }
    std::sort(wanted.begin(), wanted.end(), [](const auto &a, const auto &b) { return a.tag < b.tag; });
    const auto same = [](const auto &a, const auto &b) { return a.tag == b.tag; };
    wanted.erase(std::unique(wanted.begin(), wanted.end(), same), wanted.end());
    return wanted;
}

void toLittleEndian(std::string &value, unsigned numberSize)
{
    if (numberSize < 2)
        return;
    for (std::size_t i = 0; i + numberSize <= value.size(); i += numberSize)
        std::reverse(value.begin() + static_cast<std::ptrdiff_t>(i),
                     value.begin() + static_cast<std::ptrdiff_t>(i + numberSize));
}

/// Scanned elements as the program wants them: UTF-8 text, little-endian numbers.
void writeScan(Writer &writer, Scan &scan)
{
    dicom::CharacterSet characterSet;
    for (const ScannedElement &element : scan.elements)
        if (element.tag == dicom::tags::SpecificCharacterSet)
            characterSet = dicom::CharacterSet(element.value);
    const std::size_t countAt = writeHead(writer, scan.transferSyntax, scan.pixelData, scan.truncated);
    for (ScannedElement &element : scan.elements) {
        if (element.vr.isText())
            element.value = characterSet.decode(element.value, element.vr);
        else if (scan.encoding.bigEndian && element.tag.group != 0x0002)
            toLittleEndian(element.value, element.vr.numberSize());
        write(writer,
              {element.tag, element.vr, element.omitted, element.length, std::move(element.value), {}});
    }
    const bool hasPixels = scan.pixelData.isPresent();
    if (hasPixels)
        write(writer, {scan.pixelData.tag, scan.pixelDataVr, true, scan.pixelData.announced, {}, {}});
    writer.replace(countAt, static_cast<std::uint32_t>(scan.elements.size() + (hasPixels ? 1 : 0)));
}

} // namespace

WorkerTasks::~WorkerTasks()
{
    if (!m_mapped.empty())
        munmap(m_mapped.data(), m_mapped.size());
}

Result<std::string> WorkerTasks::answer(Message &request)
{
    Reader reader(request.payload);
    const auto &files = request.descriptors;
    if (request.kind == MessageKind::Headers)
        return readHeaders(reader, files);
    if (files.empty() || (request.kind == MessageKind::ExtractEntry && files.size() < 2))
        return failure(ErrorCode::BadArgument, "the request came without its file");
    switch (request.kind) {
    case MessageKind::DataSet:
        return readWholeDataSet(reader, files[0].number());
    case MessageKind::Frame:
        return decodeFrame(reader, files[0].number());
    case MessageKind::ListArchive:
        return listMembers(reader, files[0].number());
    case MessageKind::ExtractEntry:
        return extractMember(reader, files[0].number(), files[1].number());
    default:
        return failure(ErrorCode::BadArgument, "unknown request");
    }
}

Result<std::string> WorkerTasks::readHeaders(Reader &reader, std::span<const Descriptor> files) const
{
    TRY(const auto wanted, readWanted(reader));
    Writer writer;
    for (const Descriptor &file : files) {
        const FileSource source(file.number(), reader.number<std::uint64_t>());
        auto scan = preScan(source, wanted, false, m_limits);
        writer.number(static_cast<std::uint8_t>(scan.has_value()));
        if (scan)
            writeScan(writer, *scan);
        else
            write(writer, scan.error());
    }
    return std::move(writer.bytes());
}

Result<std::string> WorkerTasks::readWholeDataSet(Reader &reader, int file) const
{
    const FileSource source(file, reader.number<std::uint64_t>());
    TRY(const Scan scan, preScan(source, {}, true, m_limits));
    const MemorySource inflated(scan.inflated ? std::span<const std::uint8_t>(*scan.inflated)
                                              : std::span<const std::uint8_t>());
    const ByteSource &bytes = scan.inflated ? static_cast<const ByteSource &>(inflated) : source;
    TRY(const auto parsed, readDataSet(bytes, scan, m_limits));
    Writer writer;
    write(writer, parsed);
    return std::move(writer.bytes());
}

Result<const Scan *> WorkerTasks::scanOf(const FileIdentity &identity, const ByteSource &source)
{
    if (m_scannedFile != identity) {
        m_scannedFile.reset();
        TRY(m_scan, preScan(source, {}, true, m_limits));
        m_scannedFile = identity;
    }
    return &m_scan;
}

Result<std::span<const std::uint8_t>> WorkerTasks::gatherCodestream(const ByteSource &source,
                                                                    const Scan &scan,
                                                                    const dicom::ImageFormat &format,
                                                                    std::uint32_t frame)
{
    TRY(const auto fragments,
        fragmentsOf(scan.fragments, frame, format.frames, scan.transferSyntax.coding, source));
    std::uint64_t total = 0;
    for (const Fragment &fragment : fragments)
        total += fragment.length;
    if (total > m_limits.frameBytes)
        return failure(ErrorCode::LimitExceeded, "the compressed frame is larger than the limit");
    if (m_codestream.size() < total)
        m_codestream.resize(static_cast<std::size_t>(total));
    std::size_t at = 0;
    for (const Fragment &fragment : fragments) {
        const auto length = static_cast<std::size_t>(fragment.length);
        if (source.read(fragment.offset, std::span(m_codestream).subspan(at, length)) != length)
            return failure(ErrorCode::CannotRead, "the file shrank while it was read");
        at += length;
    }
    return std::span<const std::uint8_t>(m_codestream).first(at);
}

Result<std::span<std::byte>> WorkerTasks::mapMemory(std::size_t bytes)
{
    if (bytes > m_mapped.size()) {
        if (!m_mapped.empty())
            munmap(m_mapped.data(), m_mapped.size());
        m_mapped = {};
        void *memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, m_memory, 0);
        if (memory == MAP_FAILED)
            return failure(ErrorCode::LimitExceeded, "the frame does not fit the worker's memory");
        m_mapped = {static_cast<std::byte *>(memory), bytes};
    }
    return m_mapped.first(bytes);
}

Result<std::string> WorkerTasks::decodeFrame(Reader &reader, int file)
{
    FileIdentity identity;
    identity.device = reader.number<std::uint64_t>();
    identity.inode = reader.number<std::uint64_t>();
    identity.size = reader.number<std::uint64_t>();
    identity.modifiedNs = reader.number<std::int64_t>();
    const dicom::ImageFormat format = readImageFormat(reader);
    const auto frame = reader.number<std::uint32_t>();
    const auto capacity = reader.number<std::uint64_t>();
    const FileSource source(file, identity.size);
    TRY(const Scan *const scan, scanOf(identity, source));
    TRY(const auto memory, mapMemory(static_cast<std::size_t>(capacity)));
    const auto pixels = memory.first(format.decodedFrameBytes());

    DecodedSamples decoded{photometricOfNative(format), false};
    if (scan->pixelData.encapsulated) {
        TRY(const auto codestream, gatherCodestream(source, *scan, format, frame));
        TRY(decoded,
            decodeFrameSamples(scan->transferSyntax,
                               {codestream, format, scan->transferSyntax.uid != kLosslessJpeg2000}, pixels));
    } else if (scan->inflated) {
        const MemorySource inflated(*scan->inflated);
        const NativeLayout layout{scan->pixelData.offset, scan->pixelData.length, scan->pixelData.announced,
                                  false, false};
        TRY_DO(readNativeFrame(inflated, layout, format, frame, pixels));
    } else {
        return failure(ErrorCode::CorruptPixelData,
                       "the transfer syntax is compressed but Pixel Data is not");
    }
    Writer writer;
    writer.number(static_cast<std::uint32_t>(decoded.photometric));
    writer.number(static_cast<std::uint8_t>(decoded.irreversible));
    return std::move(writer.bytes());
}

Result<std::string> WorkerTasks::listMembers(Reader &reader, int file) const
{
    TRY(const auto entries, listZip(file, reader.number<std::uint64_t>(), m_limits));
    Writer writer;
    writer.number(static_cast<std::uint32_t>(entries.size()));
    for (const ArchiveEntry &entry : entries) {
        writer.number(entry.index);
        writer.text(entry.name);
        writer.number(entry.size);
    }
    return std::move(writer.bytes());
}

Result<std::string> WorkerTasks::extractMember(Reader &reader, int file, int into) const
{
    const auto size = reader.number<std::uint64_t>();
    const auto index = reader.number<std::uint64_t>();
    TRY_DO(extractZip(file, size, index, into, m_limits));
    return std::string();
}

} // namespace negatoscope::codec
