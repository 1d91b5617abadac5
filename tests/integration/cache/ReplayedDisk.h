#pragma once

#include "DiskLog.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

namespace negatoscope::test {

/// What a disk may hold after the power went off behind one of the recorded changes.
///
/// What was synced is there. The rest depends on the file system's mood, which is the mode: everything else
/// lost, or kept, or only names, or only contents, or any of it, writes torn at a sector.
class ReplayedDisk
{
public:
    enum class Mode { OnlySynced, Everything, NamesWithoutContent, ContentWithoutNames, AnyOfIt };

    ReplayedDisk(const std::vector<DiskChange> &log, std::size_t count, Mode mode, std::uint64_t seed,
                 bool believeSyncs = true)
        : m_mode(mode),
          m_random(seed)
    {
        const std::vector<Synced> synced = syncedBefore(log, count, believeSyncs);
        m_folders.insert("");
        for (std::size_t i = 0; i < count; ++i)
            apply(log[i], synced[i]);
    }

    /// Two disks with the same fingerprint hold the same.
    std::string fingerprint() const
    {
        std::string text;
        for (const std::string &folder : m_folders)
            text += folder + '\n';
        for (const auto &[name, file] : m_names) {
            const auto found = m_contents.find(file);
            text += name + '\n';
            if (found != m_contents.end())
                text += found->second.bytes + '\n' + std::to_string(found->second.modified) + '\n';
        }
        return text;
    }

    void writeTo(const std::filesystem::path &root) const
    {
        for (const std::string &folder : m_folders)
            if (isReached(folder))
                std::filesystem::create_directories(root.string() + folder);
        for (const auto &[name, file] : m_names) {
            if (!isReached(parentOf(name)))
                continue;
            const std::string path = root.string() + name;
            const auto found = m_contents.find(file);
            std::ofstream out(path, std::ios::binary);
            if (found == m_contents.end())
                continue;
            out << found->second.bytes;
            out.close();
            if (found->second.modified == 0)
                continue;
            const timespec time{static_cast<time_t>(found->second.modified / kSecond),
                                static_cast<long>(found->second.modified % kSecond)};
            const timespec times[] = {time, time};
            ::utimensat(AT_FDCWD, path.c_str(), times, 0);
        }
    }

private:
    using Kind = DiskChange::Kind;
    static constexpr std::uint64_t kSecond = 1'000'000'000;

    /// Whether a sync covers a change; a rename has two ends.
    struct Synced
    {
        bool here = false, there = false;
    };
    struct Content
    {
        std::string bytes;
        std::uint64_t modified = 0;
    };

    static std::string parentOf(const std::string &path) { return path.substr(0, path.find_last_of('/')); }

    static std::vector<Synced> syncedBefore(const std::vector<DiskChange> &log, std::size_t count,
                                            bool believe)
    {
        std::vector<Synced> synced(log.size());
        std::set<std::uint32_t> files;
        std::set<std::string> folders;
        bool all = false;
        for (std::size_t i = count; believe && i-- > 0;) {
            const DiskChange &change = log[i];
            if (change.kind == Kind::SyncAll)
                all = true;
            else if (change.kind == Kind::SyncFile)
                files.insert(change.file);
            else if (change.kind == Kind::SyncFolder)
                folders.insert(change.path == "/" ? "" : change.path);
            const bool isContent =
                change.kind == Kind::Write || change.kind == Kind::Truncate || change.kind == Kind::Stamp;
            synced[i].here =
                all || (isContent ? files.contains(change.file) : folders.contains(parentOf(change.path)));
            synced[i].there = all || folders.contains(parentOf(change.data));
        }
        return synced;
    }

    bool keeps(bool synced, bool isContent)
    {
        if (synced || m_mode == Mode::Everything)
            return true;
        if (m_mode == Mode::AnyOfIt)
            return m_random() % 2 == 0;
        return m_mode == (isContent ? Mode::ContentWithoutNames : Mode::NamesWithoutContent);
    }

    void apply(const DiskChange &change, const Synced &synced)
    {
        switch (change.kind) {
        case Kind::Create:
            if (keeps(synced.here, false))
                m_names[change.path] = change.file;
            break;
        case Kind::MakeFolder:
            if (keeps(synced.here, false))
                m_folders.insert(change.path);
            break;
        case Kind::Remove:
            if (keeps(synced.here, false))
                removeName(change.path, change.file);
            break;
        case Kind::Rename:
            if (keeps(synced.there, false))
                m_names[change.data] = change.file;
            if (keeps(synced.here, false))
                removeName(change.path, change.file);
            break;
        case Kind::Write:
            if (keeps(synced.here, true))
                write(change, synced.here);
            break;
        case Kind::Truncate:
            if (keeps(synced.here, true))
                m_contents[change.file].bytes.resize(change.number);
            break;
        case Kind::Stamp:
            if (keeps(synced.here, true))
                m_contents[change.file].modified = change.number;
            break;
        case Kind::SyncFile:
        case Kind::SyncFolder:
        case Kind::SyncAll:
        case Kind::Said:
            break;
        }
    }

    void write(const DiskChange &change, bool whole)
    {
        std::string data = change.data;
        constexpr std::size_t kSector = 512;
        if (!whole && m_mode == Mode::AnyOfIt && data.size() > kSector && m_random() % 2)
            data.resize(kSector * (1 + m_random() % (data.size() / kSector)));
        std::string &bytes = m_contents[change.file].bytes;
        if (bytes.size() < change.number + data.size())
            bytes.resize(change.number + data.size());
        bytes.replace(change.number, data.size(), data);
    }

    void removeName(const std::string &path, std::uint32_t file)
    {
        const auto found = m_names.find(path);
        if (found != m_names.end() && found->second == file)
            m_names.erase(found);
    }

    /// A folder whose own entry, or that of one above it, was lost is not there.
    bool isReached(const std::string &folder) const
    {
        for (std::string at = folder; !at.empty(); at = parentOf(at))
            if (!m_folders.contains(at))
                return false;
        return true;
    }

    Mode m_mode;
    std::mt19937_64 m_random;
    std::set<std::string> m_folders;
    std::map<std::string, std::uint32_t> m_names;
    std::map<std::uint32_t, Content> m_contents;
};

} // namespace negatoscope::test
