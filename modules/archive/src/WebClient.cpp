#include "WebClient.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <random>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kMostHeaderBytes = 256U << 10U, kMostErrorBody = 1U << 20U, kMostPassword = 1024;
constexpr long kBufferBytes = 256L << 10U;
constexpr int kMostTries = 3, kMostRetrySeconds = 30, kMostIdleStreams = 16;
constexpr std::chrono::milliseconds kTick{500};

/// The first line of a file that is its owner's only.
base::Result<std::string> readPassword(const std::string &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return failure(ErrorCode::CannotRead, "the file of the password");
    struct stat status = {};
    std::string text(kMostPassword, '\0');
    const bool isOurs =
        ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    const ssize_t got = isOurs ? ::read(file, text.data(), text.size()) : -1;
    ::close(file);
    if (!isOurs)
        return failure(ErrorCode::CannotRead,
                       "the file of the password may be read by others than its owner");
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    text.resize(std::min(text.find_first_of("\r\n"), text.size()));
    if (text.empty())
        return failure(ErrorCode::CannotRead, "the file of the password is empty");
    return text;
}

void initialiseOnce()
{
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)done;
}

std::optional<int> secondsOf(std::string_view text)
{
    int seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    return error == std::errc() && end == text.data() + text.size() && seconds >= 0 ? std::optional(seconds)
                                                                                    : std::nullopt;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool isBusy(int status)
{
    return status == 429 || status == 503;
}

} // namespace

/// One easy handle in a multi handle of its own, with the connection that it keeps.
class WebClient::Stream
{
public:
    Stream(const Settings &settings, const WebAddress &address, const std::string &password,
           const TlsContext *context)
        : m_limits(settings.limits),
          m_address(address),
          m_curl(curl_easy_init()),
          m_multi(curl_multi_init())
    {
        if (context)
            m_tls.emplace(*context, address.host);
        if (isGood())
            setUp(settings, password);
    }
    ~Stream()
    {
        curl_multi_cleanup(m_multi);
        curl_easy_cleanup(m_curl);
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    bool isGood() const { return m_curl && m_multi; }
    std::string protection() const { return m_tls ? m_tls->protection() : std::string(); }

    base::Result<WebAnswer> perform(const WebRequest &request, const Take &take, const std::stop_token &stop);

private:
    void setUp(const Settings &settings, const std::string &password);
    void prepare(const WebRequest &request, curl_slist *headers);
    base::Result<CURLcode> drive(const std::stop_token &stop);
    base::Error errorOf(CURLcode code) const;

    std::size_t takeHeader(std::string_view line);
    std::size_t takeBody(std::span<const std::uint8_t> bytes);
    std::size_t giveBody(std::span<char> into);

    const Limits m_limits;
    const WebAddress m_address;
    std::optional<WebTls> m_tls;
    CURL *m_curl;
    CURLM *m_multi;

    const WebRequest *m_request = nullptr;
    const Take *m_take = nullptr;
    WebAnswer m_answer;
    std::optional<base::Error> m_error;
    std::size_t m_headerBytes = 0, m_errorBody = 0;
    Clock::time_point m_lastProgress;
};

void WebClient::Stream::setUp(const Settings &settings, const std::string &password)
{
    const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(m_curl, option, value); };
    set(CURLOPT_NOSIGNAL, 1L);

    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROTOCOLS_STR, m_address.secure ? "https" : "http");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_BUFFERSIZE, kBufferBytes);
    set(CURLOPT_UPLOAD_BUFFERSIZE, kBufferBytes);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.limits.connect.count()));
    set(CURLOPT_USERAGENT, "Negatoscope");
    set(
        CURLOPT_HEADERFUNCTION, +[](char *bytes, std::size_t, std::size_t count, void *self) {
            return static_cast<Stream *>(self)->takeHeader({bytes, count});
        });
    set(CURLOPT_HEADERDATA, this);
    set(
        CURLOPT_WRITEFUNCTION, +[](char *bytes, std::size_t, std::size_t count, void *self) {
            return static_cast<Stream *>(self)->takeBody(
                {reinterpret_cast<const std::uint8_t *>(bytes), count});
        });
    set(CURLOPT_WRITEDATA, this);
    set(
        CURLOPT_READFUNCTION, +[](char *bytes, std::size_t size, std::size_t count, void *self) {
            return static_cast<Stream *>(self)->giveBody({bytes, size * count});
        });
    set(CURLOPT_READDATA, this);
    set(
        CURLOPT_SEEKFUNCTION, +[](void *self, curl_off_t offset, int) -> int {
            const WebRequest *const request = static_cast<Stream *>(self)->m_request;
            if (offset != 0 || !request->rewind)
                return CURL_SEEKFUNC_FAIL;
            request->rewind();
            return CURL_SEEKFUNC_OK;
        });
    set(CURLOPT_SEEKDATA, this);
    if (settings.login == Login::Basic) {
        set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        set(CURLOPT_USERNAME, settings.user.c_str());
        set(CURLOPT_PASSWORD, password.c_str());
    }
    if (!m_tls)
        return;
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_CAINFO, static_cast<char *>(nullptr));
    set(CURLOPT_CAPATH, static_cast<char *>(nullptr));
    set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, settings.tls.pinnedSha256.empty() ? 2L : 0L);
    set(
        CURLOPT_SSL_CTX_FUNCTION, +[](CURL *, void *context, void *self) {
            const bool good = static_cast<WebTls *>(self)->setUp(static_cast<ssl_ctx_st *>(context));
            return good ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
        });
    set(CURLOPT_SSL_CTX_DATA, &*m_tls);
}

std::size_t WebClient::Stream::takeHeader(std::string_view line)
{
    m_lastProgress = Clock::now();
    m_headerBytes += line.size();
    if (m_headerBytes > kMostHeaderBytes) {
        m_error = base::Error(ErrorCode::LimitExceeded, "the answer has more headers than any may have");
        return 0;
    }
    if (line.starts_with("HTTP/"))
        m_answer = {};
    const auto colon = line.find(':');
    if (colon == line.npos)
        return line.size();
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-type")
        m_answer.contentType = value;
    else if (name == "server")
        m_answer.server = value;
    else if (name == "retry-after")
        m_answer.retryAfterSeconds = secondsOf(value);
    return line.size();
}

std::size_t WebClient::Stream::takeBody(std::span<const std::uint8_t> bytes)
{
    constexpr int kConflict = 409;
    m_lastProgress = Clock::now();
    if (m_answer.status == 0) {
        long status = 0;
        curl_easy_getinfo(m_curl, CURLINFO_RESPONSE_CODE, &status);
        m_answer.status = static_cast<int>(status);
    }
    const bool isWanted = (m_answer.status >= 200 && m_answer.status < 300) || m_answer.status == kConflict;
    if (!isWanted || !*m_take) {
        m_errorBody += bytes.size();
        if (m_errorBody <= kMostErrorBody)
            return bytes.size();
        m_error = base::Error(ErrorCode::LimitExceeded, "the answer is longer than any that says no");
        return 0;
    }
    if (const auto taken = (*m_take)(m_answer, bytes); !taken) {
        m_error = taken.error();
        return 0;
    }
    // Writing what came to a slow disk is no silence of the archive.
    m_lastProgress = Clock::now();
    return bytes.size();
}

std::size_t WebClient::Stream::giveBody(std::span<char> into)
{
    m_lastProgress = Clock::now();
    auto given = m_request->read(into);
    if (!given) {
        m_error = given.error();
        return CURL_READFUNC_ABORT;
    }
    return *given;
}

void WebClient::Stream::prepare(const WebRequest &request, curl_slist *headers)
{
    const std::string url = m_address.origin() + m_address.path + request.path;
    curl_easy_setopt(m_curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(m_curl, CURLOPT_HTTPHEADER, headers);
    if (request.contentType.empty()) {
        curl_easy_setopt(m_curl, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(m_curl, CURLOPT_POST, 1L);
        curl_easy_setopt(m_curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.bytes));
    }
    m_request = &request;
    m_answer = {};
    m_error.reset();
    m_headerBytes = m_errorBody = 0;
    m_lastProgress = Clock::now();
}

base::Result<CURLcode> WebClient::Stream::drive(const std::stop_token &stop)
{
    const StopSignal signal(stop);
    while (true) {
        int running = 0;
        if (curl_multi_perform(m_multi, &running) != CURLM_OK)
            return failure(ErrorCode::Internal, "libcurl");
        int left = 0;
        if (const CURLMsg *const message = curl_multi_info_read(m_multi, &left);
            message && message->msg == CURLMSG_DONE)
            return message->data.result;
        if (signal.isRequested())
            return failure(ErrorCode::Cancelled, "stopped");
        // Connecting has its own limit, of libcurl.
        const auto silence = Clock::now() - m_lastProgress;
        if (silence > std::max(m_limits.idle, m_limits.connect + kTick))
            return failure(ErrorCode::AnswerTimedOut, "no byte within the limit");
        curl_off_t connected = 0;
        curl_easy_getinfo(m_curl, CURLINFO_PRETRANSFER_TIME_T, &connected);
        if (connected > 0 && silence > m_limits.idle)
            return failure(ErrorCode::AnswerTimedOut, "no byte within the limit");
        curl_waitfd stopped{signal.descriptor(), CURL_WAIT_POLLIN, 0};
        curl_multi_poll(m_multi, &stopped, 1, static_cast<int>(kTick.count()), nullptr);
    }
}

base::Error WebClient::Stream::errorOf(CURLcode code) const
{
    if (m_error)
        return *m_error;
    const std::string text = std::string("HTTP: ") + curl_easy_strerror(code);
    if (m_tls)
        if (const auto problem = m_tls->problem())
            return *problem;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::HostUnknown, text};
    case CURLE_COULDNT_CONNECT:
        return {ErrorCode::ConnectionRefused, text};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorCode::ConnectTimedOut, text};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorCode::CertificateOtherHost, text};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
        return {ErrorCode::TlsFailed, text};
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        // The alert that says so may be lost with the connection.
        if (m_tls && m_tls->wasAskedForCertificate() && m_headerBytes == 0)
            return {ErrorCode::OwnCertificateRefused, text};
        return {ErrorCode::ConnectionLost, text};
    case CURLE_OUT_OF_MEMORY:
        return {ErrorCode::Internal, text};
    default:
        return {ErrorCode::ProtocolViolated, text};
    }
}

base::Result<WebAnswer> WebClient::Stream::perform(const WebRequest &request, const Take &take,
                                                   const std::stop_token &stop)
{
    curl_slist *headers = curl_slist_append(nullptr, ("Accept: " + request.accept).c_str());
    headers = curl_slist_append(headers, "Expect:");
    if (!request.contentType.empty())
        headers = curl_slist_append(headers, ("Content-Type: " + request.contentType).c_str());
    prepare(request, headers);
    m_take = &take;
    curl_multi_add_handle(m_multi, m_curl);
    const auto result = drive(stop);
    long status = 0;
    curl_easy_getinfo(m_curl, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(m_multi, m_curl);
    curl_easy_setopt(m_curl, CURLOPT_HTTPHEADER, nullptr);
    curl_slist_free_all(headers);
    if (!result)
        return failure(result.error());
    if (*result != CURLE_OK)
        return failure(errorOf(*result));
    m_answer.status = static_cast<int>(status);
    return m_answer;
}

base::Result<std::unique_ptr<WebClient>> WebClient::create(const Settings &settings)
{
    initialiseOnce();
    std::unique_ptr<WebClient> made(new WebClient(settings));
    TRY(made->m_address, WebAddress::parse(settings.url));
    if (settings.tls.on) {
        TRY(made->m_tls, TlsContext::create(settings.tls, TlsContext::Side::Client));
    }
    if (settings.login == Login::Basic) {
        TRY(made->m_password, readPassword(settings.passwordFile));
    }
    return made;
}

WebClient::WebClient(Settings settings) : m_settings(std::move(settings))
{}

WebClient::~WebClient() = default;

std::unique_ptr<WebClient::Stream> WebClient::borrow()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto stream = std::move(m_idle.back());
            m_idle.pop_back();
            return stream;
        }
    }
    return std::make_unique<Stream>(m_settings, m_address, m_password, m_tls.get());
}

void WebClient::giveBack(std::unique_ptr<Stream> stream)
{
    const std::lock_guard lock(m_mutex);
    m_protection = stream->protection();
    if (m_idle.size() < kMostIdleStreams)
        m_idle.push_back(std::move(stream));
}

base::Result<WebAnswer> WebClient::perform(const WebRequest &request, const Take &take,
                                           const std::stop_token &stop)
{
    for (int tries = 1;; ++tries) {
        auto stream = borrow();
        if (!stream->isGood())
            return failure(ErrorCode::Internal, "libcurl cannot be set up");
        TRY(const WebAnswer answer, stream->perform(request, take, stop));
        giveBack(std::move(stream));
        if (!isBusy(answer.status) || tries == kMostTries ||
            answer.retryAfterSeconds.value_or(0) > kMostRetrySeconds)
            return answer;
        // Not all at the same moment: up to a second more than was asked for.
        std::random_device chance;
        const int wait = answer.retryAfterSeconds.value_or(1) * 1000 + static_cast<int>(chance() % 1000);
        const StopSignal signal(stop);
        pollfd stopped{signal.descriptor(), POLLIN, 0};
        ::poll(&stopped, 1, wait);
        if (signal.isRequested())
            return failure(ErrorCode::Cancelled, "stopped");
        if (request.rewind)
            request.rewind();
    }
}

std::string WebClient::protection() const
{
    const std::lock_guard lock(m_mutex);
    return m_protection;
}

base::Error errorOfAnswer(const char *step, const WebAnswer &answer)
{
    const std::string text = std::string(step) + ": HTTP status " + std::to_string(answer.status);
    if (isBusy(answer.status))
        return {ErrorCode::ArchiveBusy, text};
    if (answer.status >= 300 && answer.status < 400)
        return {ErrorCode::ProtocolViolated, text + ", a redirect, which is not followed"};
    switch (answer.status) {
    case 401:
    case 403:
    case 407:
        return {ErrorCode::RequestRefused, text + ", the login is not taken"};
    case 404:
    case 410:
        return {ErrorCode::NotFound, text};
    case 507:
        return {ErrorCode::ArchiveBusy, text};
    default:
        return {ErrorCode::RequestRefused, text};
    }
}

} // namespace negatoscope::archive
