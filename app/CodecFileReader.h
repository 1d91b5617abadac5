#pragma once

#include <cache/FileReader.h>
#include <codec/DecodeService.h>

namespace negatoscope::app {

/// Lets the cache read files through the decode workers.
class CodecFileReader final : public cache::FileReader {
public:
    explicit CodecFileReader(codec::DecodeService &decoder) : m_decoder(decoder) {}

    std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                             std::span<const dicom::Tag> wanted,
                                                             std::stop_token stop) override {
        return m_decoder.readHeaders(paths, wanted, codec::Purpose::Import, std::move(stop));
    }

    base::Result<dicom::ParsedFile> readDataSet(const std::string &path, std::stop_token stop) override {
        return m_decoder.readDataSet(path, codec::Purpose::Import, std::move(stop));
    }

    base::Result<std::vector<Entry>> listArchive(const std::string &path, std::stop_token stop) override {
        TRY(const auto listed, m_decoder.listArchive(path, std::move(stop)));
        std::vector<Entry> entries;
        entries.reserve(listed.size());
        for (const auto &entry : listed)
            entries.push_back({entry.index, entry.name, entry.size});
        return entries;
    }

    base::Status extractEntry(const std::string &path, std::uint64_t index, int descriptor,
                              std::stop_token stop) override {
        return m_decoder.extractEntry(path, index, descriptor, std::move(stop));
    }

private:
    codec::DecodeService &m_decoder;
};

} // namespace negatoscope::app
