#include "ArchiveFixture.h"
#include "OrthancServer.h"
#include "TlsFront.h"
#include "WrongCertificates.h"

#include <QtTest>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

namespace {

const QString kUser = QStringLiteral("reader"), kPassword = QStringLiteral("a secret: äé");

} // namespace

/// DICOMweb over HTTPS: what is right connects, what is wrong is refused, each with a code of its own
/// (docs/safety.md S1 to S6).
class tst_WebTls : public QObject
{
    Q_OBJECT

private:
    archive::Settings secure(quint16 port, const Certificates::Files &authority) const
    {
        auto settings = webSettingsFor(port);
        settings.url.replace(0, 4, "https");
        settings.allowCleartext = false;
        settings.tls.on = true;
        settings.tls.authorityFile = authority.certificate.toStdString();
        return settings;
    }
    base::Result<archive::Verification> verify(const archive::Settings &settings)
    {
        TRY(const auto archive, archive::connectTo(settings));
        return archive->verify({});
    }

    /// Behind TLS of ours: the HTTPS of Debian 12's Orthanc ends it at the first request.
    OrthancServer m_orthanc, m_locked;
    Certificates m_certificates;
    Certificates::Files m_authority, m_other, m_server;

private Q_SLOTS:
    void initTestCase()
    {
        m_orthanc.addWeb();
        QVERIFY2(m_orthanc.start(), m_orthanc.log().constData());
        m_locked.addWeb();
        m_locked.setUser(kUser, kPassword);
        QVERIFY2(m_locked.start(), m_locked.log().constData());
        m_authority = m_certificates.authority(QStringLiteral("authority"));
        m_other = m_certificates.authority(QStringLiteral("other"));
        m_server = m_certificates.issue(QStringLiteral("server"), m_authority);
    }

    void connectsOverHttps()
    {
        TlsFront front(m_locked.httpPort, m_server.certificate, m_server.key);
        auto settings = secure(front.port, m_authority);
        auto answer = verify(settings);
        QVERIFY(!answer);
        QVERIFY2(answer.error().text().find("login") != std::string::npos, answer.error().text().c_str());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("password"));
        const auto write = [&](const QString &password, QFile::Permissions permissions) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(password.toUtf8() + '\n');
            file.close();
            QVERIFY(file.setPermissions(permissions));
        };
        settings.login = archive::Login::Basic;
        settings.user = kUser.toStdString();
        settings.passwordFile = path.toStdString();
        write(kPassword, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
        QCOMPARE(archive::connectTo(settings).error().code(), ErrorCode::CannotRead);
        write(QStringLiteral("wrong"), QFile::ReadOwner | QFile::WriteOwner);
        answer = verify(settings);
        QVERIFY(!answer);
        QVERIFY(answer.error().describe().find("wrong") == std::string::npos);
        write(kPassword, QFile::ReadOwner | QFile::WriteOwner);
        answer = verify(settings);
        VERIFY_RESULT(answer);
        QVERIFY2(answer->protection == "TLSv1.2" || answer->protection == "TLSv1.3",
                 answer->protection.c_str());
        const auto archive = *archive::connectTo(settings);
        const std::vector files{outgoing(QStringLiteral(NEGATOSCOPE_TEST_DATA "/ts/ct/jls80.dcm"))};
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(archive->store(files, results, {}, {}));
        QVERIFY(!results.front().error);
        archive::Wanted wanted;
        VERIFY_RESULT(archive->findStudies(
            {}, [&](std::vector<archive::FoundStudy> rows) { wanted.study = rows.front().uid; }, {}));
        Staging staging;
        VERIFY_RESULT(archive->retrieve(wanted, staging.retrieval(), {}));
        QVERIFY(dataSetOf(staging.bytes.at(files.front().instance.value())) ==
                dataSetOf(contentOf(QString::fromStdString(files.front().path))));
    }

    void refusesWrongCertificates_data() { addWrongCertificateRows(); }
    void refusesWrongCertificates()
    {
        const auto wrong = issueWrongCertificate(m_certificates, m_authority, m_other);
        QFETCH(int, code);
        TlsFront front(m_orthanc.httpPort, wrong.certificate, wrong.key);
        const auto answer = verify(secure(front.port, m_authority));
        QVERIFY(!answer);
        QVERIFY2(answer.error().code() == ErrorCode(code), answer.error().describe().c_str());
    }

    void refusesAnotherNameThanItsOwn()
    {
        Certificates::Wish wish;
        wish.names = "DNS:archive.example";
        const auto named = m_certificates.issue(QStringLiteral("named"), m_authority, wish);
        TlsFront front(m_orthanc.httpPort, named.certificate, named.key);
        auto settings = secure(front.port, m_authority);
        settings.url.replace(settings.url.find("127.0.0.1"), 9, "localhost");
        QCOMPARE(verify(settings).error().code(), ErrorCode::CertificateOtherHost);
    }

    void onlyThePinnedCertificateCounts()
    {
        const auto own = m_certificates.selfSigned(QStringLiteral("pinned"));
        TlsFront front(m_orthanc.httpPort, own.certificate, own.key);
        auto settings = secure(front.port, m_authority);
        settings.tls.pinnedSha256 = own.sha256.toStdString();
        VERIFY_RESULT(verify(settings));
        settings.tls.pinnedSha256 = m_server.sha256.toStdString();
        QCOMPARE(verify(settings).error().code(), ErrorCode::CertificateNotPinned);
        // One of a trusted authority is no better.
        TlsFront other(m_orthanc.httpPort, m_server.certificate, m_server.key);
        auto trusted = secure(other.port, m_authority);
        trusted.tls.pinnedSha256 = own.sha256.toStdString();
        QCOMPARE(verify(trusted).error().code(), ErrorCode::CertificateNotPinned);
    }

    void showsItsOwnCertificateWhereOneIsWanted()
    {
        TlsFront front(m_orthanc.httpPort, m_server.certificate, m_server.key, m_authority.certificate);
        auto settings = secure(front.port, m_authority);
        QCOMPARE(verify(settings).error().code(), ErrorCode::OwnCertificateRefused);
        const auto own = m_certificates.issue(QStringLiteral("own"), m_authority);
        settings.tls.certificateFile = own.certificate.toStdString();
        settings.tls.keyFile = own.key.toStdString();
        VERIFY_RESULT(verify(settings));
        const auto foreign = m_certificates.issue(QStringLiteral("foreign"), m_other);
        settings.tls.certificateFile = foreign.certificate.toStdString();
        settings.tls.keyFile = foreign.key.toStdString();
        QCOMPARE(verify(settings).error().code(), ErrorCode::OwnCertificateRefused);
    }

    void saysThatTheOtherSideSpeaksNoTls()
    {
        QCOMPARE(verify(secure(m_orthanc.httpPort, m_authority)).error().code(), ErrorCode::TlsFailed);
    }

    void sendsNothingInClearUnasked()
    {
        auto settings = webSettingsFor(m_orthanc.httpPort);
        settings.allowCleartext = false;
        QCOMPARE(archive::connectTo(settings).error().code(), ErrorCode::CleartextForbidden);
        settings.allowCleartext = true;
        settings.login = archive::Login::Basic;
        settings.user = "u";
        settings.passwordFile = "/x";
        QCOMPARE(archive::connectTo(settings).error().code(), ErrorCode::BadArgument);
    }
};

QTEST_GUILESS_MAIN(tst_WebTls)
#include "tst_WebTls.moc"
