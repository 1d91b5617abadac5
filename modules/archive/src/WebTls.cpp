#include "WebTls.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace negatoscope::archive {

using base::ErrorCode;

namespace {

int watchIndex()
{
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

WebTls *watchOf(const SSL *ssl)
{
    return static_cast<WebTls *>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), watchIndex()));
}

int judgeCertificate(int accepted, X509_STORE_CTX *store)
{
    const auto *const ssl =
        static_cast<SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    return watchOf(ssl)->judge(accepted, store);
}

void noteInfo(const SSL *ssl, int where, int value)
{
    watchOf(ssl)->noteState(ssl, where, value);
}

int noteCertificateRequest(SSL *ssl, void *)
{
    watchOf(ssl)->noteRequest();
    return 1;
}

bool isAboutOurCertificate(int alert)
{
    switch (alert) {
    case SSL3_AD_NO_CERTIFICATE:
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case SSL_AD_CERTIFICATE_REQUIRED:
        return true;
    default:
        return false;
    }
}

} // namespace

bool WebTls::setUp(ssl_ctx_st *context)
{
    m_problem = 0;
    m_notPinned = m_wasAsked = false;
    m_alert = -1;
    // What libcurl has loaded of the system's authorities goes: only those of the settings count.
    X509_STORE *const store = X509_STORE_new();
    if (!store)
        return false;
    SSL_CTX_set_cert_store(context, store);
    if (!m_context.setUp(context) || SSL_CTX_set_ex_data(context, watchIndex(), this) != 1)
        return false;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, judgeCertificate);
    SSL_CTX_set_cert_cb(context, noteCertificateRequest, nullptr);
    SSL_CTX_set_info_callback(context, noteInfo);
    return m_context.hasPin() || TlsContext::expectHost(SSL_CTX_get0_param(context), m_host);
}

int WebTls::judge(int accepted, void *voidStore)
{
    auto *const store = static_cast<X509_STORE_CTX *>(voidStore);
    if (m_context.hasPin()) {
        accepted = TlsContext::acceptUnknownIssuer(accepted, store);
        if (X509_STORE_CTX_get_error_depth(store) == 0 &&
            !m_context.isPinned(X509_STORE_CTX_get0_cert(store))) {
            m_notPinned = true;
            X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
            return 0;
        }
    }
    if (accepted == 0)
        m_problem = X509_STORE_CTX_get_error(store);
    return accepted;
}

void WebTls::noteState(const ssl_st *ssl, int where, int value)
{
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT)
        m_alert = value & 0xff;
    else if ((where & SSL_CB_HANDSHAKE_DONE) != 0)
        m_protection = SSL_get_version(ssl);
}

std::optional<base::Error> WebTls::problem() const
{
    if (m_notPinned)
        return base::Error(ErrorCode::CertificateNotPinned, "TLS: not the certificate that was agreed on");
    if (m_problem != 0)
        return base::Error(TlsContext::codeOfCertificate(m_problem),
                           std::string("TLS: ") + X509_verify_cert_error_string(m_problem));
    if (m_alert >= 0 &&
        (isAboutOurCertificate(m_alert) || (m_wasAsked && m_alert == SSL_AD_HANDSHAKE_FAILURE)))
        return base::Error(ErrorCode::OwnCertificateRefused,
                           std::string("TLS: ") + SSL_alert_desc_string_long(m_alert));
    return std::nullopt;
}

} // namespace negatoscope::archive
