#pragma once

#include "Channel.h"
#include "FileIdentity.h"
#include "PreScan.h"
#include "Serialisation.h"

#include <optional>

namespace negatoscope::codec {

/// What a worker does for each kind of request; keeps the pre-scan of the last file for its next frame.
class WorkerTasks
{
public:
    WorkerTasks(const Limits &limits, int memory) : m_limits(limits), m_memory(memory) {}
    ~WorkerTasks();
    WorkerTasks(const WorkerTasks &) = delete;
    WorkerTasks &operator=(const WorkerTasks &) = delete;

    /// The reply's payload. Errors go back as the reply.
    base::Result<std::string> answer(Message &request);

private:
    base::Result<std::string> readHeaders(Reader &reader, std::span<const Descriptor> files) const;
    base::Result<std::string> readWholeDataSet(Reader &reader, int file) const;
    base::Result<std::string> decodeFrame(Reader &reader, int file);
    base::Result<std::string> listMembers(Reader &reader, int file) const;
    base::Result<std::string> extractMember(Reader &reader, int file, int into) const;

    base::Result<const Scan *> scanOf(const FileIdentity &identity, const ByteSource &source);
    base::Result<std::span<const std::uint8_t>> gatherCodestream(const ByteSource &source, const Scan &scan,
                                                                 const dicom::ImageFormat &format,
                                                                 std::uint32_t frame);
    base::Result<std::span<std::byte>> mapMemory(std::size_t bytes);

    Limits m_limits;
    int m_memory;
    std::span<std::byte> m_mapped;
    std::optional<FileIdentity> m_scannedFile;
    Scan m_scan;
    std::vector<std::uint8_t> m_codestream;
};

} // namespace negatoscope::codec
