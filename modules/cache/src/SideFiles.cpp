#include "SideFiles.h"

#include "CrashPoint.h"
#include "Hash.h"
#include "ObjectStore.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

namespace {

constexpr const char *kPins = "/pins";
constexpr const char *kLists = "/lists";
constexpr const char *kTrash = "/trash";
constexpr std::string_view kListTitle = "negatoscope-list 1";

base::Status syncFolder(const std::string &folder)
{
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!open.isOpen() || ::fsync(open.get()) != 0)
        return failure(systemError(ErrorCode::CannotWrite, "sync folder", errno));
    return {};
}

base::Status writeFile(const std::string &folder, const std::string &name, const std::string &text)
{
    const std::string temporary = folder + '/' + name + ".new";
    ::unlink(temporary.c_str());
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return failure(systemError(ErrorCode::CannotWrite, "create a file", errno));
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t put = ::write(file.get(), text.data() + at, text.size() - at);
        if (put <= 0) {
            const int code = put < 0 ? errno : ENOSPC;
            ::unlink(temporary.c_str());
            return failure(systemError(ErrorCode::CannotWrite, "write", code));
        }
        at += static_cast<std::size_t>(put);
    }
    if (::fsync(file.get()) != 0) {
        const int code = errno;
        ::unlink(temporary.c_str());
        return failure(systemError(ErrorCode::CannotWrite, "sync", code));
    }
    crashPoint("side.written");
    if (::rename(temporary.c_str(), (folder + '/' + name).c_str()) != 0)
        return failure(systemError(ErrorCode::CannotWrite, "rename", errno));
    crashPoint("side.renamed");
    return syncFolder(folder);
}

base::Status removeFile(const std::string &folder, const std::string &name)
{
    if (::unlink((folder + '/' + name).c_str()) != 0) {
        if (errno == ENOENT)
            return {};
        return failure(systemError(ErrorCode::CannotWrite, "remove", errno));
    }
    return syncFolder(folder);
}

std::vector<std::filesystem::path> filesIn(const std::string &folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error))
        if (isHash(entry.path().filename().string()) &&
            entry.symlink_status(error).type() == std::filesystem::file_type::regular)
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> linesOf(const std::filesystem::path &path)
{
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

/// Title, study, series, modality, number, then one instance a line.
std::optional<AnnouncedSeries> readList(const std::filesystem::path &path)
{
    const auto lines = linesOf(path);
    if (lines.size() < 5 || lines[0] != kListTitle || !base::isValidUid(lines[1]) ||
        !base::isValidUid(lines[2]) || Hash::of(lines[2]) != path.filename().string())
        return std::nullopt;
    AnnouncedSeries series{base::StudyUid(lines[1]), base::SeriesUid(lines[2]), lines[3], {}, {}};
    std::int64_t number = 0;
    const char *const end = lines[4].data() + lines[4].size();
    if (std::from_chars(lines[4].data(), end, number).ec == std::errc())
        series.number = number;
    for (std::size_t i = 5; i < lines.size(); ++i)
        if (base::isValidUid(lines[i]))
            series.instances.emplace_back(lines[i]);
    return series;
}

} // namespace

base::Result<SideFiles> SideFiles::open(const std::string &folder)
{
    for (const char *const name : {kPins, kLists, kTrash})
        if (::mkdir((folder + name).c_str(), 0700) != 0 && errno != EEXIST)
            return failure(systemError(ErrorCode::CannotWrite, "create folder", errno));
    return SideFiles(folder);
}

base::Status SideFiles::setPinned(const base::StudyUid &study, bool pinned)
{
    const std::string name = Hash::of(study.value());
    return pinned ? writeFile(m_folder + kPins, name, study.value() + '\n')
                  : removeFile(m_folder + kPins, name);
}

std::vector<base::StudyUid> SideFiles::pinned() const
{
    std::vector<base::StudyUid> studies;
    for (const auto &path : filesIn(m_folder + kPins)) {
        const auto lines = linesOf(path);
        if (!lines.empty() && Hash::of(lines[0]) == path.filename().string())
            studies.emplace_back(lines[0]);
    }
    return studies;
}

base::Status SideFiles::setTrashed(const base::StudyUid &study, std::optional<std::int64_t> since)
{
    const std::string name = Hash::of(study.value());
    return since ? writeFile(m_folder + kTrash, name, study.value() + '\n' + std::to_string(*since) + '\n')
                 : removeFile(m_folder + kTrash, name);
}

std::vector<std::pair<base::StudyUid, std::int64_t>> SideFiles::trashed() const
{
    std::vector<std::pair<base::StudyUid, std::int64_t>> studies;
    for (const auto &path : filesIn(m_folder + kTrash)) {
        const auto lines = linesOf(path);
        std::int64_t since = 0;
        if (lines.size() < 2 || Hash::of(lines[0]) != path.filename().string() ||
            std::from_chars(lines[1].data(), lines[1].data() + lines[1].size(), since).ec != std::errc())
            continue;
        studies.emplace_back(base::StudyUid(lines[0]), since);
    }
    return studies;
}

base::Status SideFiles::announce(const AnnouncedSeries &series)
{
    const std::string name = Hash::of(series.series.value());
    const auto before = readList(m_folder + kLists + '/' + name);
    std::set<base::InstanceUid> instances(series.instances.begin(), series.instances.end());
    if (before)
        instances.insert(before->instances.begin(), before->instances.end());
    if (before && instances.size() == before->instances.size())
        return {};
    std::string modality = series.modality;
    std::erase_if(modality, [](char c) { return c == '\n' || c == '\r'; });
    std::string text(kListTitle);
    text += '\n' + series.study.value() + '\n' + series.series.value() + '\n' + modality + '\n' +
            (series.number ? std::to_string(*series.number) : std::string()) + '\n';
    for (const base::InstanceUid &instance : instances)
        text += instance.value() + '\n';
    return writeFile(m_folder + kLists, name, text);
}

std::vector<AnnouncedSeries> SideFiles::announced() const
{
    std::vector<AnnouncedSeries> lists;
    for (const auto &path : filesIn(m_folder + kLists))
        if (auto list = readList(path))
            lists.push_back(std::move(*list));
    return lists;
}

base::Status SideFiles::forget(const base::SeriesUid &series)
{
    return removeFile(m_folder + kLists, Hash::of(series.value()));
}

} // namespace negatoscope::cache
