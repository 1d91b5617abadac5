#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QFile>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>

namespace negatoscope::test {

/// Certificates made on the spot, right and wrong ones, as PEM files in a folder of their own.
class Certificates
{
public:
    struct Wish
    {
        QByteArray names = "IP:127.0.0.1,DNS:localhost"; ///< Subject Alternative Name
        long fromSeconds = -3600, toSeconds = 86'400;    ///< from now
        unsigned bits = 2048;
        QByteArray usage = "serverAuth,clientAuth";
        const EVP_MD *digest = EVP_sha256();
    };
    struct Files
    {
        QString certificate, key;
        QByteArray sha256; ///< of the certificate, hexadecimal
    };

    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// An authority by itself.
    Files authority(const QString &name)
    {
        Wish wish;
        wish.names.clear();
        wish.usage.clear();
        return make(name, wish, nullptr, true);
    }
    /// A certificate of that authority.
    Files issue(const QString &name, const Files &by, const Wish &wish)
    {
        return make(name, wish, &by, false);
    }
    Files issue(const QString &name, const Files &by) { return issue(name, by, Wish()); }
    Files selfSigned(const QString &name) { return make(name, Wish(), nullptr, false); }

private:
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
    using File = std::unique_ptr<FILE, int (*)(FILE *)>;

    static File open(const QString &path, const char *mode)
    {
        return {std::fopen(path.toLocal8Bit().constData(), mode), &std::fclose};
    }

    static void addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
    {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
        if (X509_EXTENSION *const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value)) {
            X509_add_ext(certificate, extension, -1);
            X509_EXTENSION_free(extension);
        }
    }

    Files make(const QString &name, const Wish &wish, const Files *by, bool isAuthority)
    {
        const Files files{path(name + QStringLiteral(".crt")), path(name + QStringLiteral(".key")), {}};
        const Key key(EVP_RSA_gen(wish.bits), &EVP_PKEY_free);
        const Certificate certificate(X509_new(), &X509_free);
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++m_serial);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.fromSeconds);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.toSeconds);
        X509_set_pubkey(certificate.get(), key.get());
        const QByteArray common = name.toUtf8();
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(common.constData()), -1, -1, 0);
        Certificate issuer(nullptr, &X509_free);
        Key issuerKey(nullptr, &EVP_PKEY_free);
        if (by) {
            issuer.reset(PEM_read_X509(open(by->certificate, "r").get(), nullptr, nullptr, nullptr));
            issuerKey.reset(PEM_read_PrivateKey(open(by->key, "r").get(), nullptr, nullptr, nullptr));
        }
        X509 *const signer = by ? issuer.get() : certificate.get();
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
        addExtension(certificate.get(), signer, NID_basic_constraints,
                     isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
        addExtension(certificate.get(), signer, NID_subject_key_identifier, "hash");
        if (!wish.names.isEmpty())
            addExtension(certificate.get(), signer, NID_subject_alt_name, wish.names.constData());
        if (!wish.usage.isEmpty())
            addExtension(certificate.get(), signer, NID_ext_key_usage, wish.usage.constData());
        X509_sign(certificate.get(), by ? issuerKey.get() : key.get(), wish.digest);
        PEM_write_X509(open(files.certificate, "w").get(), certificate.get());
        PEM_write_PrivateKey(open(files.key, "w").get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        Files result = files;
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned count = 0;
        X509_digest(certificate.get(), EVP_sha256(), digest, &count);
        result.sha256 = QByteArray(reinterpret_cast<const char *>(digest), int(count)).toHex();
        return result;
    }

    QTemporaryDir m_folder;
    long m_serial = 0;
};

} // namespace negatoscope::test
