#pragma once

#include "Certificates.h"

#include <base/Error.h>

#include <QtTest/QTest>

/// The rows of a data-driven test: certificates that no client may accept, and the error of each (`code`).
namespace negatoscope::test {

inline void addWrongCertificateRows()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<int>("fromSeconds");
    QTest::addColumn<int>("toSeconds");
    QTest::addColumn<QString>("signer");
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<int>("code");
    const QByteArray here = "IP:127.0.0.1,DNS:localhost", server = "serverAuth";
    const auto row = [&](const char *name, const QByteArray &names, int from, int to, const char *signer,
                         const QByteArray &usage, base::ErrorCode code) {
        QTest::newRow(name) << names << from << to << QString::fromLatin1(signer) << usage << int(code);
    };
    row("another address", "IP:127.0.0.2", -60, 3600, "authority", server,
        base::ErrorCode::CertificateOtherHost);
    row("a name only", "DNS:archive.example", -60, 3600, "authority", server,
        base::ErrorCode::CertificateOtherHost);
    row("expired", here, -7200, -3600, "authority", server, base::ErrorCode::CertificateExpired);
    row("not yet valid", here, 3600, 7200, "authority", server, base::ErrorCode::CertificateNotYetValid);
    row("another authority", here, -60, 3600, "other", server, base::ErrorCode::CertificateUntrusted);
    row("self-signed", here, -60, 3600, "", server, base::ErrorCode::CertificateUntrusted);
    row("for clients only", here, -60, 3600, "authority", "clientAuth", base::ErrorCode::CertificateUnfit);
}

/// The certificate of the present row, signed by whom it says.
inline Certificates::Files issueWrongCertificate(Certificates &certificates,
                                                 const Certificates::Files &authority,
                                                 const Certificates::Files &other)
{
    QFETCH(QByteArray, names);
    QFETCH(int, fromSeconds);
    QFETCH(int, toSeconds);
    QFETCH(QString, signer);
    QFETCH(QByteArray, usage);
    Certificates::Wish wish;
    wish.names = names;
    wish.fromSeconds = fromSeconds;
    wish.toSeconds = toSeconds;
    wish.usage = usage;
    return signer.isEmpty() ? certificates.selfSigned(QStringLiteral("wrong"))
                            : certificates.issue(QStringLiteral("wrong"),
                                                 signer == QLatin1String("other") ? other : authority, wish);
}

} // namespace negatoscope::test
