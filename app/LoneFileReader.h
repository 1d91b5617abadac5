#pragma once

#include "CodecFileReader.h"

namespace negatoscope::app {

/// For one file that a command shows by itself: a Study or Series Instance UID that is missing or no UID is
/// replaced by a stand-in, since nothing is filed and the file can be mixed up with no other. The stand-ins
/// stay in the index of this one command; what is printed comes from the file. Without a SOP Instance UID
/// there is nothing to know a frame by, and such a file stays refused.
class LoneFileReader final : public cache::FileReader
{
public:
    explicit LoneFileReader(codec::DecodeService &decoder) : m_reader(decoder) {}

    std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                             std::span<const dicom::Tag> wanted,
                                                             std::stop_token stop) override
    {
        auto files = m_reader.readHeaders(paths, wanted, std::move(stop));
        for (auto &file : files) {
            if (!file)
                continue;
            for (const auto &[tag, standIn] : {std::pair(dicom::tags::StudyInstanceUid, "2.25.1"),
                                               std::pair(dicom::tags::SeriesInstanceUid, "2.25.2")})
                if (!base::isValidUid(file->dataSet.text(tag)))
                    file->dataSet.setText(tag, "UI", standIn);
        }
        return files;
    }

    base::Result<dicom::ParsedFile> readDataSet(const std::string &path, std::stop_token stop) override
    {
        return m_reader.readDataSet(path, std::move(stop));
    }
    base::Result<std::vector<Entry>> listArchive(const std::string &path, std::stop_token stop) override
    {
        return m_reader.listArchive(path, std::move(stop));
    }
    base::Status extractEntry(const std::string &path, std::uint64_t index, int descriptor,
                              std::stop_token stop) override
    {
        return m_reader.extractEntry(path, index, descriptor, std::move(stop));
    }

private:
    CodecFileReader m_reader;
};

} // namespace negatoscope::app
