#include <archive/Settings.h>

#include "SettingsJson.h"
#include "WebAddress.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr const char *kFile = "/archives.json";
constexpr off_t kMostBytes = 4 << 20;
constexpr std::size_t kMostTitle = 16, kMostName = 64, kPinDigits = 64;

/// PS3.5 6.2, AE: up to 16 characters of the default repertoire without backslash and control characters, not
/// only spaces.
bool isTitle(const std::string &text)
{
    const bool printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
    return printable && !text.empty() && text.size() <= kMostTitle && text.front() != ' ' &&
           text.back() != ' ';
}

base::Error systemError(const char *what, int code)
{
    const bool full = code == ENOSPC || code == EDQUOT;
    return {full ? ErrorCode::DiskFull : ErrorCode::CannotWrite,
            std::string(what) + " archives.json: " + std::strerror(code)};
}

base::Result<std::string> readFile(const std::string &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0) {
        if (errno == ENOENT)
            return std::string();
        return failure(ErrorCode::CannotRead, std::string("archives.json: ") + std::strerror(errno));
    }
    struct stat status = {};
    std::string text;
    bool good = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= kMostBytes;
    if (good) {
        text.resize(static_cast<std::size_t>(status.st_size));
        good = ::pread(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    }
    ::close(file);
    if (!good)
        return failure(ErrorCode::CannotRead, "archives.json: not a file of a few kilobytes");
    return text;
}

base::Status writeAndSync(int file, const std::string &text)
{
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t put = ::write(file, text.data() + at, text.size() - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return failure(systemError("write", put < 0 ? errno : ENOSPC));
        at += static_cast<std::size_t>(put);
    }
    if (::fsync(file) != 0)
        return failure(systemError("sync", errno));
    return {};
}

using Problem = std::optional<SettingsProblem>;

Problem problemInTls(const Settings &settings)
{
    const Tls &tls = settings.tls;
    if (!tls.on)
        return tls != Tls() ? Problem(SettingsProblem::TlsFilesWithoutTls) : std::nullopt;
    if (!tls.keyFile.empty() && tls.certificateFile.empty())
        return SettingsProblem::KeyWithoutCertificate;
    const auto digits = std::count_if(tls.pinnedSha256.begin(), tls.pinnedSha256.end(),
                                      [](unsigned char c) { return std::isxdigit(c) != 0; });
    const bool onlyDigits = std::all_of(tls.pinnedSha256.begin(), tls.pinnedSha256.end(),
                                        [](unsigned char c) { return std::isxdigit(c) != 0 || c == ':'; });
    if (!tls.pinnedSha256.empty() && (digits != static_cast<std::ptrdiff_t>(kPinDigits) || !onlyDigits))
        return SettingsProblem::Fingerprint;
    if (!settings.isWeb() && settings.retrieveBy == RetrieveBy::Move && tls.certificateFile.empty())
        return SettingsProblem::MoveWithoutCertificate;
    return std::nullopt;
}

Problem problemInDimse(const Settings &settings)
{
    if (settings.login != Login::None || !settings.user.empty() || !settings.passwordFile.empty())
        return SettingsProblem::LoginWithoutNeed;
    if (settings.host.empty() || settings.host.find_first_of(" /\\@") != std::string::npos)
        return SettingsProblem::Host;
    if (settings.port == 0)
        return SettingsProblem::Port;
    if (!isTitle(settings.theirTitle))
        return SettingsProblem::TheirTitle;
    if (!isTitle(settings.ourTitle))
        return SettingsProblem::OurTitle;
    if (settings.retrieveBy == RetrieveBy::Move && settings.listenPort == 0)
        return SettingsProblem::MoveWithoutPort;
    return std::nullopt;
}

Problem problemInWeb(const Settings &settings)
{
    const auto address = WebAddress::parse(settings.url);
    if (!address)
        return SettingsProblem::Url;
    if (!settings.host.empty() || !settings.theirTitle.empty())
        return SettingsProblem::UrlAndHost;
    if (address->secure != settings.tls.on)
        return address->secure ? SettingsProblem::HttpsWithoutTls : SettingsProblem::HttpWithTls;
    const bool isBasic = settings.login == Login::Basic;
    if (isBasic && !address->secure)
        return SettingsProblem::PasswordInClear;
    if (isBasic && (settings.user.empty() || settings.user.find_first_of(":\r\n") != std::string::npos))
        return SettingsProblem::User;
    if (isBasic == settings.passwordFile.empty())
        return isBasic ? SettingsProblem::PasswordFile : SettingsProblem::LoginWithoutNeed;
    return std::nullopt;
}

} // namespace

std::string_view nameOf(Login login)
{
    return login == Login::Basic ? "basic" : "none";
}

std::string_view nameOf(RetrieveBy by)
{
    switch (by) {
    case RetrieveBy::Get:
        return "get";
    case RetrieveBy::Move:
        return "move";
    case RetrieveBy::Automatic:
        break;
    }
    return "automatic";
}

std::optional<SettingsProblem> problemIn(const Settings &settings)
{
    const bool plainName = std::all_of(settings.name.begin(), settings.name.end(),
                                       [](unsigned char c) { return c >= ' ' && c != 0x7f; });
    if (settings.name.empty() || settings.name.size() > kMostName || !plainName)
        return SettingsProblem::Name;
    if (const Problem problem = settings.isWeb() ? problemInWeb(settings) : problemInDimse(settings))
        return problem;
    if (settings.associations < 1 || settings.associations > 16)
        return SettingsProblem::Associations;
    const Limits &limits = settings.limits;
    for (const auto limit : {limits.connect, limits.association, limits.idle, limits.commitment})
        if (limit < std::chrono::milliseconds(1) || limit > std::chrono::hours(1))
            return SettingsProblem::Limit;
    return problemInTls(settings);
}

std::string_view describe(SettingsProblem problem)
{
    using enum SettingsProblem;
    switch (problem) {
    case Name:
        return "the name of the archive is empty, longer than 64 characters or not printable";
    case Url:
        return "the URL is none of DICOMweb";
    case UrlAndHost:
        return "both a URL and a host or an AE title are given";
    case HttpsWithoutTls:
        return "https needs TLS";
    case HttpWithTls:
        return "http knows no TLS";
    case PasswordInClear:
        return "a password is sent under https only";
    case User:
        return "the login needs a user without colon";
    case PasswordFile:
        return "the login needs the file of its password";
    case LoginWithoutNeed:
        return "a login or a password is given that would not be used";
    case Host:
        return "the host is neither a name nor an address";
    case Port:
        return "the port is not between 1 and 65535";
    case TheirTitle:
    case OurTitle:
        return "an AE title has 1 to 16 printable characters without backslash";
    case MoveWithoutPort:
        return "C-MOVE needs a port to receive on";
    case Associations:
        return "the number of associations is not between 1 and 16";
    case Limit:
        return "a limit is not between 1 ms and an hour";
    case TlsFilesWithoutTls:
        return "TLS files are given, but TLS is not on";
    case KeyWithoutCertificate:
        return "a key is given without its certificate";
    case Fingerprint:
        return "the fingerprint is not made of 64 hexadecimal digits";
    case MoveWithoutCertificate:
        return "C-MOVE under TLS needs a certificate of our own: the archive connects to us";
    }
    return {};
}

base::Status ArchiveList::check(const Settings &settings)
{
    const auto problem = problemIn(settings);
    if (!problem)
        return {};
    if (*problem == SettingsProblem::Url) // which knows more
        return failure(WebAddress::parse(settings.url).error());
    return failure(ErrorCode::BadArgument, std::string(describe(*problem)));
}

base::Result<ArchiveList> ArchiveList::read(const std::string &configFolder)
{
    ArchiveList list;
    list.m_folder = configFolder;
    TRY(const std::string text, readFile(configFolder + kFile));
    if (!text.empty()) {
        TRY(list.m_archives, parse(text));
    }
    return list;
}

base::Result<Settings> ArchiveList::find(const std::string &name) const
{
    for (const Settings &settings : m_archives)
        if (settings.name == name)
            return settings;
    return failure(ErrorCode::NotFound, "no archive of this name");
}

base::Status ArchiveList::add(Settings settings)
{
    auto archives = m_archives;
    archives.push_back(std::move(settings));
    return replaceAll(std::move(archives));
}

base::Status ArchiveList::change(const std::string &name, Settings settings)
{
    auto archives = m_archives;
    const auto place =
        std::find_if(archives.begin(), archives.end(), [&](const Settings &one) { return one.name == name; });
    if (place == archives.end())
        return failure(ErrorCode::NotFound, "no archive of this name");
    *place = std::move(settings);
    return replaceAll(std::move(archives));
}

base::Status ArchiveList::remove(const std::string &name)
{
    auto archives = m_archives;
    if (std::erase_if(archives, [&](const Settings &one) { return one.name == name; }) == 0)
        return failure(ErrorCode::NotFound, "no archive of this name");
    return take(std::move(archives));
}

base::Status ArchiveList::replaceAll(std::vector<Settings> archives)
{
    std::set<std::string> names;
    for (const Settings &one : archives) {
        TRY_DO(check(one));
        if (!names.insert(one.name).second)
            return failure(ErrorCode::Conflict, "there is an archive of this name");
    }
    return take(std::move(archives));
}

base::Status ArchiveList::take(std::vector<Settings> archives)
{
    std::swap(m_archives, archives);
    auto saved = save();
    if (!saved)
        m_archives = std::move(archives);
    return saved;
}

/// Whole or not at all: a new file takes the place of the old one.
base::Status ArchiveList::save() const
{
    const std::string path = m_folder + kFile, fresh = path + ".new";
    for (std::size_t at = 1; at != std::string::npos;) {
        at = m_folder.find('/', at + 1);
        ::mkdir(m_folder.substr(0, at).c_str(), 0700);
    }
    ::unlink(fresh.c_str());
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return failure(systemError("create", errno));
    auto written = writeAndSync(file, write(m_archives));
    ::close(file);
    if (written && ::rename(fresh.c_str(), path.c_str()) != 0)
        written = failure(systemError("rename", errno));
    if (!written)
        ::unlink(fresh.c_str());
    return written;
}

base::Result<std::vector<Settings>> ArchiveList::parse(const std::string &json)
{
    TRY(auto archives, settingsOfJson(json));
    for (std::size_t i = 0; i < archives.size(); ++i) {
        const std::string where = "archives.json: archive " + std::to_string(i + 1) + ": ";
        if (const auto checked = check(archives[i]); !checked)
            return failure(ErrorCode::Malformed, where + checked.error().text());
        for (std::size_t before = 0; before < i; ++before)
            if (archives[before].name == archives[i].name)
                return failure(ErrorCode::Malformed, where + "its name stands there twice");
    }
    return archives;
}

std::string ArchiveList::write(const std::vector<Settings> &archives)
{
    return jsonOfSettings(archives);
}

} // namespace negatoscope::archive
