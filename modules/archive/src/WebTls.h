#pragma once

#include "TlsContext.h"

#include <base/Error.h>

#include <optional>
#include <string>

struct ssl_st;
struct ssl_ctx_st;

namespace negatoscope::archive {

/// TLS of one stream of a web archive: makes the context that libcurl owns one of ours (TlsContext), has
/// OpenSSL check the host or the pinned certificate, and remembers what went wrong, which libcurl tells as
/// text only.
///
/// Threads : one at a time.
class WebTls
{
public:
    WebTls(const TlsContext &context, std::string host) : m_context(context), m_host(std::move(host)) {}
    WebTls(const WebTls &) = delete;
    WebTls &operator=(const WebTls &) = delete;

    bool setUp(ssl_ctx_st *context);
    /// "TLSv1.3" after a handshake.
    const std::string &protection() const { return m_protection; }
    /// Whether the archive wanted to see a certificate of ours.
    bool wasAskedForCertificate() const { return m_wasAsked; }
    /// What the last handshake failed of; nothing where it did not.
    std::optional<base::Error> problem() const;

    /// For OpenSSL only.
    int judge(int accepted, void *store);
    void noteState(const ssl_st *ssl, int where, int value);
    void noteRequest() { m_wasAsked = true; }

private:
    const TlsContext &m_context;
    std::string m_host, m_protection;
    long m_problem = 0;
    bool m_notPinned = false, m_wasAsked = false;
    int m_alert = -1; ///< that the archive sent
};

} // namespace negatoscope::archive
