#pragma once

#include <base/Result.h>
#include <dicom/ParsedFile.h>

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::cache {

/// What the cache needs of whoever reads DICOM and ZIP files safely; app/ connects it to codec.
/// Threads : called from several threads at once. Calls block.
class FileReader
{
public:
    struct Entry
    {
        std::uint64_t index = 0;
        std::string name;
        std::uint64_t size = 0;
    };

    virtual ~FileReader() = default;

    /// Top-level `wanted` elements of each file, in order.
    virtual std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                                     std::span<const dicom::Tag> wanted,
                                                                     std::stop_token stop) = 0;
    /// The whole data set (DICOMDIR).
    virtual base::Result<dicom::ParsedFile> readDataSet(const std::string &path, std::stop_token stop) = 0;
    virtual base::Result<std::vector<Entry>> listArchive(const std::string &path, std::stop_token stop) = 0;
    virtual base::Status extractEntry(const std::string &path, std::uint64_t index, int descriptor,
                                      std::stop_token stop) = 0;
};

} // namespace negatoscope::cache
