#pragma once

#include <cache/FileReader.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include <unistd.h>

namespace negatoscope::test {

/// A DICOM file for the tests of whoever stores files: Part 10, Explicit VR Little Endian, top-level text and
/// US elements, optional pixel data; or a DICOMDIR with its records.
struct FakeDicomFile
{
    dicom::DataSet data;
    std::string pixels;
    std::vector<dicom::DataSet> directoryRecords;

    void set(dicom::Tag tag, const char (&vr)[3], std::string_view value) { data.setText(tag, vr, value); }

    std::string bytes() const
    {
        std::string result(128, '\0');
        result += "DICM";
        std::string meta;
        append(meta, {0x0002, 0x0010}, "UI", "1.2.840.10008.1.2.1");
        std::string length(4, '\0');
        const auto size = static_cast<std::uint32_t>(meta.size());
        std::memcpy(length.data(), &size, 4);
        append(result, {0x0002, 0x0000}, "UL", length);
        result += meta;
        for (const dicom::Element &element : data.elements())
            append(result, element.tag, std::string_view(element.vr.letters.data(), 2), element.value);
        if (!directoryRecords.empty())
            append(result, dicom::tags::DirectoryRecordSequence, "SQ", itemsOf(directoryRecords));
        if (!pixels.empty())
            append(result, dicom::tags::PixelData, "OW", pixels);
        return result;
    }

    /// The records of a DICOMDIR as the body of its sequence.
    static std::string itemsOf(const std::vector<dicom::DataSet> &records)
    {
        std::string items;
        for (const dicom::DataSet &record : records) {
            std::string item;
            for (const dicom::Element &element : record.elements())
                append(item, element.tag, std::string_view(element.vr.letters.data(), 2), element.value);
            appendTag(items, dicom::tags::Item);
            appendNumber<std::uint32_t>(items, item.size());
            items += item;
        }
        return items;
    }

    static void append(std::string &out, dicom::Tag tag, std::string_view vr, std::string_view value)
    {
        std::string padded(value);
        if (padded.size() % 2)
            padded += vr == "UI" || vr == "OW" ? '\0' : ' ';
        appendTag(out, tag);
        out += vr;
        const bool isLong = vr == "OW" || vr == "SQ" || vr == "UT" || vr == "UC" || vr == "UN";
        if (isLong) {
            out += std::string(2, '\0');
            appendNumber<std::uint32_t>(out, padded.size());
        } else {
            appendNumber<std::uint16_t>(out, padded.size());
        }
        out += padded;
    }

private:
    template <typename Number>
    static void appendNumber(std::string &out, std::size_t value)
    {
        const auto number = static_cast<Number>(value);
        char bytes[sizeof number];
        std::memcpy(bytes, &number, sizeof number);
        out.append(bytes, sizeof bytes);
    }
    static void appendTag(std::string &out, dicom::Tag tag)
    {
        appendNumber<std::uint16_t>(out, tag.group);
        appendNumber<std::uint16_t>(out, tag.element);
    }
};

/// Reads what FakeDicomFile writes, and archives of the form "PK\3\4" then (name, content) pairs with 4-byte
/// lengths. It knows well-formed files only: codec is what reads real ones.
class FakeFileReader : public cache::FileReader
{
public:
    std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                             std::span<const dicom::Tag> wanted,
                                                             std::stop_token) override
    {
        std::vector<base::Result<dicom::ParsedFile>> result;
        for (const std::string &path : paths) {
            ++headersRead;
            if (beforeRead)
                beforeRead(path);
            result.push_back(parse(path, wanted));
        }
        return result;
    }

    base::Result<dicom::ParsedFile> readDataSet(const std::string &path, std::stop_token) override
    {
        return parse(path, {});
    }

    base::Result<std::vector<Entry>> listArchive(const std::string &path, std::stop_token) override
    {
        std::vector<Entry> entries;
        const auto files = membersOf(path);
        for (std::size_t i = 0; i < files.size(); ++i)
            entries.push_back({i, files[i].first, files[i].second.size()});
        return entries;
    }

    base::Status extractEntry(const std::string &path, std::uint64_t index, int descriptor,
                              std::stop_token) override
    {
        const std::string content = membersOf(path).at(index).second;
        if (::write(descriptor, content.data(), content.size()) != static_cast<ssize_t>(content.size()))
            return base::failure(base::ErrorCode::DiskFull, "extract");
        return {};
    }

    static std::string archiveOf(const std::vector<std::pair<std::string, std::string>> &members)
    {
        std::string archive = "PK\x03\x04";
        for (const auto &[name, content] : members)
            for (const std::string *const part : {&name, &content}) {
                const auto size = static_cast<std::uint32_t>(part->size());
                archive.append(reinterpret_cast<const char *>(&size), 4);
                archive += *part;
            }
        return archive;
    }

    std::atomic<int> headersRead = 0;
    std::function<void(const std::string &)> beforeRead;

private:
    static std::string contentOf(const std::string &path, std::size_t limit)
    {
        std::ifstream file(path, std::ios::binary);
        file.seekg(0, std::ios::end);
        const auto size = static_cast<std::size_t>(std::max<std::streamoff>(0, file.tellg()));
        file.seekg(0);
        std::string content(std::min(size, limit), '\0');
        file.read(content.data(), static_cast<std::streamsize>(content.size()));
        content.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
        return content;
    }

    static std::vector<std::pair<std::string, std::string>> membersOf(const std::string &path)
    {
        const std::string content = contentOf(path, 64 << 20);
        std::vector<std::string> parts;
        for (std::size_t at = 4; at + 4 <= content.size();) {
            std::uint32_t size = 0;
            std::memcpy(&size, content.data() + at, 4);
            parts.push_back(content.substr(at + 4, size));
            at += 4 + size;
        }
        std::vector<std::pair<std::string, std::string>> members;
        for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
            members.emplace_back(parts[i], parts[i + 1]);
        return members;
    }

    static bool parseElements(std::string_view content, std::size_t at, std::span<const dicom::Tag> wanted,
                              dicom::ParsedFile &file)
    {
        while (at + 8 <= content.size()) {
            const auto number = [&](std::size_t offset, std::size_t size) {
                std::uint64_t value = 0;
                std::memcpy(&value, content.data() + offset, size);
                return value;
            };
            const dicom::Tag tag{static_cast<std::uint16_t>(number(at, 2)),
                                 static_cast<std::uint16_t>(number(at + 2, 2))};
            const std::string_view vr = content.substr(at + 4, 2);
            const bool isLong = vr == "OW" || vr == "SQ" || vr == "UT" || vr == "UC" || vr == "UN";
            if (isLong && at + 12 > content.size())
                return false;
            const std::size_t length = isLong ? number(at + 8, 4) : number(at + 6, 2);
            at += isLong ? 12 : 8;
            if (tag == dicom::tags::PixelData) {
                file.pixelData = {tag, false, false, at, length, length};
                return true;
            }
            if (at + length > content.size())
                return false;
            const bool isWanted =
                wanted.empty() || std::find(wanted.begin(), wanted.end(), tag) != wanted.end();
            if (isWanted && tag.group != 2) {
                dicom::Element element{tag, dicom::Vr{{vr[0], vr[1]}}, false, length, {}, {}};
                if (vr == "SQ")
                    parseItems(content.substr(at, length), element.items);
                else
                    element.value = std::string(content.substr(at, length));
                file.dataSet.insert(std::move(element));
            }
            at += length;
        }
        return at == content.size();
    }

    static void parseItems(std::string_view content, std::vector<dicom::DataSet> &items)
    {
        for (std::size_t at = 0; at + 8 <= content.size();) {
            std::uint32_t length = 0;
            std::memcpy(&length, content.data() + at + 4, 4);
            dicom::ParsedFile item;
            parseElements(content.substr(at + 8, length), 0, {}, item);
            items.push_back(std::move(item.dataSet));
            at += 8 + length;
        }
    }

    static base::Result<dicom::ParsedFile> parse(const std::string &path, std::span<const dicom::Tag> wanted)
    {
        if (::access(path.c_str(), R_OK) != 0)
            return base::failure(base::ErrorCode::CannotRead, "open");
        constexpr std::size_t kHeader = 4096, kWhole = std::size_t(64) << 20;
        auto parsed = parseContent(contentOf(path, wanted.empty() ? kWhole : kHeader), wanted);
        if (!parsed && parsed.error().code() == base::ErrorCode::Truncated && !wanted.empty())
            parsed = parseContent(contentOf(path, kWhole), wanted);
        return parsed;
    }

    static base::Result<dicom::ParsedFile> parseContent(const std::string &content,
                                                        std::span<const dicom::Tag> wanted)
    {
        if (content.size() < 132 || content.substr(128, 4) != "DICM")
            return base::failure(base::ErrorCode::NotDicom, "no DICM");
        dicom::ParsedFile file;
        file.transferSyntax = dicom::TransferSyntax::of("1.2.840.10008.1.2.1");
        if (!parseElements(content, 132, wanted, file))
            return base::failure(base::ErrorCode::Truncated, "ended inside a value");
        return file;
    }
};

} // namespace negatoscope::test
