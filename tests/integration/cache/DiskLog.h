#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::test {

/// One change of a folder as the disk was told of it. Files are numbered in the order they came up, so that a
/// renamed file stays itself.
struct DiskChange
{
    enum class Kind : std::uint8_t {
        Create,     ///< `file` at `path`
        Write,      ///< `data` at `number`
        Truncate,   ///< to `number` bytes
        Stamp,      ///< modification time, ns
        SyncFile,   ///< everything written to `file` before
        SyncFolder, ///< every entry of `path` changed before
        SyncAll,
        Rename, ///< from `path` to `data`
        Remove,
        MakeFolder,
        Said, ///< no change: what the program wrote to its standard output
    };

    Kind kind = Kind::Said;
    std::uint32_t file = 0;
    std::uint64_t number = 0;
    std::string path; ///< from the folder on, with a leading slash
    std::string data;

    std::string encoded() const
    {
        std::string bytes(1, static_cast<char>(kind));
        const auto append = [&](const auto &value) {
            bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
        };
        append(file);
        append(number);
        for (const std::string *const text : {&path, &data}) {
            append(static_cast<std::uint32_t>(text->size()));
            bytes += *text;
        }
        return bytes;
    }

    static std::vector<DiskChange> decode(std::string_view bytes)
    {
        std::vector<DiskChange> changes;
        const auto take = [&](auto &value) {
            std::memcpy(&value, bytes.data(), sizeof value);
            bytes.remove_prefix(sizeof value);
        };
        while (!bytes.empty()) {
            DiskChange change;
            take(change.kind);
            take(change.file);
            take(change.number);
            for (std::string *const text : {&change.path, &change.data}) {
                std::uint32_t size = 0;
                take(size);
                *text = bytes.substr(0, size);
                bytes.remove_prefix(size);
            }
            changes.push_back(std::move(change));
        }
        return changes;
    }
};

} // namespace negatoscope::test
