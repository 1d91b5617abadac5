#pragma once

#include <archive/Settings.h>
#include <base/Result.h>

#include <memory>
#include <string>

struct ssl_st;
struct ssl_ctx_st;
struct x509_st;
struct x509_store_ctx_st;
struct X509_VERIFY_PARAM_st;

namespace negatoscope::archive {

struct SslFree
{
    void operator()(ssl_st *ssl) const;
    void operator()(ssl_ctx_st *context) const;
};

/// What every TLS connection of one archive has in common: TLS 1.2 or 1.3 with forward secrecy and AEAD
/// suites only (DICOM PS3.15 B.12, BCP 195), the trusted authorities, our own certificate.
///
/// Threads : open() from any.
/// Errors  : CannotRead with the file's role: authority, certificate, key, revocation list.
class TlsContext
{
public:
    enum class Side { Client, Server };

    static base::Result<std::unique_ptr<TlsContext>> create(const Tls &tls, Side side);

    /// Makes a context that a library owns such a one.
    base::Status setUp(ssl_ctx_st *context) const;
    /// A TLS object on this socket. As a client it accepts certificates for `host` (a name or an address)
    /// only, or the pinned one; as a server only clients with a certificate of the authority.
    base::Result<std::unique_ptr<ssl_st, SslFree>> open(int socket, const std::string &host) const;
    /// After the handshake: whether the certificate is the pinned one, where one is.
    base::Status checkPin(const ssl_st *ssl) const;
    bool hasPin() const { return !m_tls.pinnedSha256.empty(); }
    bool isPinned(const x509_st *certificate) const;
    /// Has certificates for this name or address only accepted.
    static bool expectHost(X509_VERIFY_PARAM_st *parameters, const std::string &host);
    /// A verify callback: a pin takes the place of the authority; dates and strength still count.
    static int acceptUnknownIssuer(int accepted, x509_store_ctx_st *store);
    /// Of a problem of X509_verify_cert.
    static base::ErrorCode codeOfCertificate(long problem);
    /// Whether the server wanted to see a certificate of ours.
    static bool wasAskedForCertificate(const ssl_st *ssl);
    /// What went wrong in a handshake or afterwards; empties OpenSSL's error queue of this thread.
    static base::Error explain(const ssl_st *ssl, const char *step);

private:
    TlsContext(const Tls &tls, Side side) : m_tls(tls), m_side(side) {}
    base::Status loadTrust(ssl_ctx_st *context) const;
    base::Status loadOwn(ssl_ctx_st *context) const;

    Tls m_tls;
    Side m_side;
    std::unique_ptr<ssl_ctx_st, SslFree> m_context;
};

} // namespace negatoscope::archive
