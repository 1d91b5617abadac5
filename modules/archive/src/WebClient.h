#pragma once

#include "StopSignal.h"
#include "WebAddress.h"
#include "WebTls.h"

#include <archive/Settings.h>
#include <base/Result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace negatoscope::archive {

/// What is sent. `read` fills at most so many bytes of the body, 0 at its end.
struct WebRequest
{
    std::string path; ///< behind that of the service, with its query; begins with '/'
    std::string accept;
    std::string contentType; ///< of a POST; empty: a GET
    std::uint64_t bytes = 0;
    std::function<base::Result<std::size_t>(std::span<char>)> read;
    std::function<void()> rewind; ///< the body is asked for once more, from its beginning
};

struct WebAnswer
{
    int status = 0;
    std::string contentType, server;
    std::optional<int> retryAfterSeconds;
};

/// Requests to one web archive over libcurl, with streams that are kept for the next request.
///
/// Origin  : nothing is ever sent elsewhere: redirects are errors, proxies of the environment are not asked.
/// Waits   : limits.connect to a connection under TLS, limits.idle from one byte to the next; a stop
/// interrupts
///           each at once. 429 and 503 are waited for (RFC 9110 10.2.3) up to three times.
/// Threads : any, several requests at once; a body is taken in the thread of its request.
/// Errors  : those of the name, the connection, the certificate; AnswerTimedOut, ProtocolViolated,
/// ArchiveBusy,
///           Cancelled, and what `take` returned. Any other status is for the caller.
class WebClient
{
public:
    /// Takes the body piece by piece, of the statuses 200 to 299 and 409 only.
    using Take = std::function<base::Status(const WebAnswer &, std::span<const std::uint8_t>)>;

    /// Errors: BadArgument, CannotRead (a TLS file or the password's).
    static base::Result<std::unique_ptr<WebClient>> create(const Settings &settings);
    ~WebClient();

    base::Result<WebAnswer> perform(const WebRequest &request, const Take &take, const std::stop_token &stop);
    /// "TLSv1.3", or empty in clear; of the last request.
    std::string protection() const;

private:
    class Stream;
    explicit WebClient(Settings settings);
    std::unique_ptr<Stream> borrow();
    void giveBack(std::unique_ptr<Stream> stream);

    const Settings m_settings;
    WebAddress m_address;
    std::string m_password;
    std::unique_ptr<TlsContext> m_tls;
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Stream>> m_idle;
    std::string m_protection;
};

/// The error of a status other than success: NotFound,
/// ArchiveBusy, ProtocolViolated for a redirect, RequestRefused.
base::Error errorOfAnswer(const char *step, const WebAnswer &answer);

} // namespace negatoscope::archive
