#include "TlsContext.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cctype>

#include <arpa/inet.h>
#include <sys/socket.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr const char *kSuites = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:!aNULL:!eNULL";
constexpr int kSecurityLevel = 2; ///< RSA from 2048 bits, no SHA-1

/// Sends without raising SIGPIPE, which OpenSSL's own socket BIO does.
int sendBytes(BIO *bio, const char *bytes, int count)
{
    const auto socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    BIO_clear_retry_flags(bio);
    const ssize_t sent = ::send(socket, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int receiveBytes(BIO *bio, char *bytes, int count)
{
    const auto socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    BIO_clear_retry_flags(bio);
    const ssize_t got = ::recv(socket, bytes, static_cast<std::size_t>(count), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        BIO_set_retry_read(bio);
    if (got == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(got);
}

long control(BIO *bio, int command, long, void *)
{
    if (command == BIO_CTRL_EOF)
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO *socketBio(int socket)
{
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
        BIO_meth_set_write(made, sendBytes);
        BIO_meth_set_read(made, receiveBytes);
        BIO_meth_set_ctrl(made, control);
        return made;
    }();
    BIO *bio = BIO_new(method);
    if (bio) {
        BIO_set_data(bio, reinterpret_cast<void *>(static_cast<std::intptr_t>(socket)));
        BIO_set_init(bio, 1);
    }
    return bio;
}

bool isIssuerProblem(int code)
{
    return code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
           code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
           code == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE ||
           code == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT || code == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
           code == X509_V_ERR_CERT_UNTRUSTED;
}

bool isAboutOurCertificate(int reason)
{
    switch (reason) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_NO_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
        return true;
    default:
        return false;
    }
}

/// Marks a connection whose server asked for a certificate: a handshake that fails then fails on ours.
int noteRequest(SSL *ssl, void *)
{
    SSL_set_app_data(ssl, ssl);
    return 1;
}

bool isNumericAddress(const std::string &host)
{
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

std::string hexadecimal(const unsigned char *bytes, unsigned count)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < count; ++i) {
        text += kDigits[bytes[i] >> 4U];
        text += kDigits[bytes[i] & 15U];
    }
    return text;
}

std::string bareHexadecimal(const std::string &text)
{
    std::string bare;
    for (const char c : text)
        if (std::isxdigit(static_cast<unsigned char>(c)))
            bare += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return bare;
}

} // namespace

int TlsContext::acceptUnknownIssuer(int accepted, x509_store_ctx_st *store)
{
    if (accepted == 0 && isIssuerProblem(X509_STORE_CTX_get_error(store))) {
        X509_STORE_CTX_set_error(store, X509_V_OK);
        return 1;
    }
    return accepted;
}

ErrorCode TlsContext::codeOfCertificate(long problem)
{
    switch (problem) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return ErrorCode::CertificateExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return ErrorCode::CertificateNotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return ErrorCode::CertificateOtherHost;
    case X509_V_ERR_CERT_REVOKED:
        return ErrorCode::CertificateRevoked;
    default:
        return isIssuerProblem(static_cast<int>(problem)) ? ErrorCode::CertificateUntrusted
                                                          : ErrorCode::CertificateUnfit;
    }
}

void SslFree::operator()(ssl_st *ssl) const
{
    SSL_free(ssl);
}

void SslFree::operator()(ssl_ctx_st *context) const
{
    SSL_CTX_free(context);
}

base::Result<std::unique_ptr<TlsContext>> TlsContext::create(const Tls &tls, Side side)
{
    std::unique_ptr<TlsContext> made(new TlsContext(tls, side));
    made->m_context.reset(SSL_CTX_new(side == Side::Client ? TLS_client_method() : TLS_server_method()));
    if (!made->m_context)
        return failure(ErrorCode::Internal, "TLS cannot be set up");
    TRY_DO(made->setUp(made->m_context.get()));
    return made;
}

base::Status TlsContext::setUp(ssl_ctx_st *context) const
{
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context, kSuites) != 1)
        return failure(ErrorCode::Internal, "TLS cannot be set up");
    SSL_CTX_set_security_level(context, kSecurityLevel);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_dh_auto(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    TRY_DO(loadTrust(context));
    TRY_DO(loadOwn(context));
    const bool pinned = m_side == Side::Client && !m_tls.pinnedSha256.empty();
    SSL_CTX_set_verify(context,
                       SSL_VERIFY_PEER | (m_side == Side::Server ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
                       pinned ? &TlsContext::acceptUnknownIssuer : nullptr);
    SSL_CTX_set_cert_cb(context, m_side == Side::Client ? noteRequest : nullptr, nullptr);
    return {};
}

base::Status TlsContext::loadTrust(ssl_ctx_st *context) const
{
    if (!m_tls.authorityFile.empty()) {
        if (SSL_CTX_load_verify_file(context, m_tls.authorityFile.c_str()) != 1) {
            ERR_clear_error();
            return failure(ErrorCode::CannotRead, "the file of the certificate authority");
        }
    } else if (SSL_CTX_set_default_verify_paths(context) != 1) {
        return failure(ErrorCode::Internal, "the authorities of the system");
    }
    if (m_tls.revocationFile.empty())
        return {};
    X509_STORE *const store = SSL_CTX_get_cert_store(context);
    if (X509_STORE_load_file(store, m_tls.revocationFile.c_str()) != 1) {
        ERR_clear_error();
        return failure(ErrorCode::CannotRead, "the file of the revocation list");
    }
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
    return {};
}

base::Status TlsContext::loadOwn(ssl_ctx_st *context) const
{
    if (m_tls.certificateFile.empty())
        return {};
    // A passphrase would be asked for on the terminal otherwise.
    SSL_CTX_set_default_passwd_cb(context, [](char *, int, int, void *) { return 0; });
    const bool certificate = SSL_CTX_use_certificate_chain_file(context, m_tls.certificateFile.c_str()) == 1;
    const std::string &key = m_tls.keyFile.empty() ? m_tls.certificateFile : m_tls.keyFile;
    const bool fits = certificate &&
                      SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) == 1 &&
                      SSL_CTX_check_private_key(context) == 1;
    ERR_clear_error();
    if (!certificate)
        return failure(ErrorCode::CannotRead, "the file of our own certificate");
    if (!fits)
        return failure(ErrorCode::CannotRead, "the file of the key of our own certificate");
    return {};
}

base::Result<std::unique_ptr<ssl_st, SslFree>> TlsContext::open(int socket, const std::string &host) const
{
    std::unique_ptr<ssl_st, SslFree> ssl(SSL_new(m_context.get()));
    BIO *const bio = ssl ? socketBio(socket) : nullptr;
    if (!bio)
        return failure(ErrorCode::Internal, "no TLS object");
    SSL_set_bio(ssl.get(), bio, bio);
    if (m_side == Side::Server)
        return ssl;
    if (!isNumericAddress(host))
        SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    if (!hasPin() && !expectHost(SSL_get0_param(ssl.get()), host))
        return failure(ErrorCode::Internal, "the host to be certified");
    return ssl;
}

bool TlsContext::expectHost(X509_VERIFY_PARAM_st *parameters, const std::string &host)
{
    if (isNumericAddress(host))
        return X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), 0) == 1;
}

base::Status TlsContext::checkPin(const ssl_st *ssl) const
{
    if (m_side == Side::Server || m_tls.pinnedSha256.empty())
        return {};
    if (!isPinned(SSL_get0_peer_certificate(ssl)))
        return failure(ErrorCode::CertificateNotPinned, "TLS: not the certificate that was agreed on");
    return {};
}

bool TlsContext::isPinned(const x509_st *certificate) const
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned count = 0;
    return certificate && X509_digest(certificate, EVP_sha256(), digest.data(), &count) == 1 &&
           hexadecimal(digest.data(), count) == bareHexadecimal(m_tls.pinnedSha256);
}

bool TlsContext::wasAskedForCertificate(const ssl_st *ssl)
{
    return SSL_get_app_data(ssl) != nullptr;
}

base::Error TlsContext::explain(const ssl_st *ssl, const char *step)
{
    const long problem = SSL_get_verify_result(ssl);
    const unsigned long error = ERR_peek_error();
    ERR_clear_error();
    const std::string where = std::string(step) + ": ";
    if (problem != X509_V_OK)
        return {codeOfCertificate(problem), where + X509_verify_cert_error_string(problem)};
    const int reason = ERR_GET_REASON(error);
    const char *const words = ERR_reason_error_string(error);
    const std::string text = where + (words ? words : "broken off");
    const bool asked = wasAskedForCertificate(ssl);
    const bool isTls = ERR_GET_LIB(error) == ERR_LIB_SSL;
    if (isTls && (isAboutOurCertificate(reason) || (asked && reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE)))
        return {ErrorCode::OwnCertificateRefused, text};
    return {ErrorCode::TlsFailed, text};
}

} // namespace negatoscope::archive
