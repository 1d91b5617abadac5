#pragma once

#include <base/Result.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::archive {

/// No wait is longer without progress.
struct Limits
{
    std::chrono::milliseconds connect{10'000};     ///< name and TCP; of the web also TLS
    std::chrono::milliseconds association{15'000}; ///< TLS and negotiation, to their end
    std::chrono::milliseconds idle{30'000};        ///< from one whole message to the next
    std::chrono::milliseconds commitment{60'000};  ///< for the answer about safe keeping

    bool operator==(const Limits &) const = default;
};

/// Files in PEM; without an authority those of the system count.
struct Tls
{
    bool on = false;
    std::string authorityFile, certificateFile, keyFile, revocationFile;
    std::string pinnedSha256; ///< of the archive's certificate, hexadecimal: this one and no other

    bool operator==(const Tls &) const = default;
};

enum class RetrieveBy { Automatic, Get, Move };

/// How a web archive knows us. Basic: only under TLS (RFC 7617).
enum class Login { None, Basic };

/// How to reach one archive: by DIMSE at host and port, or by DICOMweb at a URL. Without secrets; names no
/// patient.
struct Settings
{
    std::string name;
    std::string
        url; ///< of DICOMweb, "https://host:port/dicom-web"; host, titles and retrieveBy then mean nothing
    Login login = Login::None;
    std::string user, passwordFile; ///< of Basic; the file is its owner's only, the password its first line
    std::string host;
    std::uint16_t port = 104;
    std::string theirTitle, ourTitle = "NEGATOSCOPE";
    RetrieveBy retrieveBy = RetrieveBy::Automatic;
    std::string listenAddress;           ///< for C-MOVE; empty: the one that reaches the archive
    std::uint16_t listenPort = 0;        ///< where the archive sends to; 0: no C-MOVE
    std::vector<std::string> mayConnect; ///< addresses that may send, besides the archive's own
    Tls tls;
    bool allowCleartext = false; ///< an administrator's word; without it and without TLS nothing is sent
    int associations = 2;        ///< or streams, at once
    Limits limits;

    bool isWeb() const { return !url.empty(); }
    bool operator==(const Settings &) const = default;
};

/// What keeps settings from working, the first that is met.
enum class SettingsProblem {
    Name, ///< empty, too long or not printable
    Url,
    UrlAndHost,
    HttpsWithoutTls,
    HttpWithTls,
    PasswordInClear,
    User,
    PasswordFile,
    LoginWithoutNeed, ///< a password without a login, or a login of DIMSE
    Host,
    Port,
    TheirTitle,
    OurTitle,
    MoveWithoutPort,
    Associations,
    Limit,
    TlsFilesWithoutTls,
    KeyWithoutCertificate,
    Fingerprint,
    MoveWithoutCertificate,
};
std::optional<SettingsProblem> problemIn(const Settings &settings);
/// For developers and administrators; ui has the sentences for readers.
std::string_view describe(SettingsProblem problem);

std::string_view nameOf(RetrieveBy by);
std::string_view nameOf(Login login);

/// Every archive of a configuration folder (archives.json, 0600).
///
/// Reading is strict: an unknown word, a wrong type or a value out of range is an error that says where.
/// Errors  : CannotRead, CannotWrite, DiskFull, Malformed (with place and reason), Conflict (the name is
///           taken), NotFound.
class ArchiveList
{
public:
    static base::Result<ArchiveList> read(const std::string &configFolder);

    const std::vector<Settings> &archives() const { return m_archives; }
    base::Result<Settings> find(const std::string &name) const;
    /// These write the file before they return.
    base::Status add(Settings settings);
    /// Puts `settings` in the place of the archive called `name`, which may get another name by it.
    base::Status change(const std::string &name, Settings settings);
    base::Status remove(const std::string &name);
    base::Status replaceAll(std::vector<Settings> archives);

    static base::Result<std::vector<Settings>> parse(const std::string &json);
    static std::string write(const std::vector<Settings> &archives);
    /// Whether the settings can work at all. Errors: BadArgument with the reason.
    static base::Status check(const Settings &settings);

private:
    base::Status save() const;
    /// Keeps `archives` if they can be written.
    base::Status take(std::vector<Settings> archives);

    std::string m_folder;
    std::vector<Settings> m_archives;
};

} // namespace negatoscope::archive
