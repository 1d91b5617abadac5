#include "ArchiveFixture.h"
#include "FaultProxy.h"
#include "OrthancServer.h"
#include "WrongCertificates.h"

#include <QtTest>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;

/// DIMSE under TLS: what is right connects, what is wrong is refused, each with a code of its own
/// (docs/safety.md S1 to S4).
class tst_Tls : public QObject
{
    Q_OBJECT

private:
    struct Peer
    {
        OrthancServer server;
        bool start(const Certificates::Files &certificate, const Certificates::Files &authority,
                   bool clientsToo)
        {
            server.setTls(certificate.certificate, certificate.key, authority.certificate, clientsToo);
            return server.start();
        }
    };

    archive::Settings trusting(const OrthancServer &server, const Certificates::Files &authority) const
    {
        auto settings = settingsFor(server.title, server.port);
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

    Certificates m_certificates;
    Certificates::Files m_authority, m_other, m_server;
    Peer m_peer;

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = m_certificates.authority(QStringLiteral("authority"));
        m_other = m_certificates.authority(QStringLiteral("other"));
        m_server = m_certificates.issue(QStringLiteral("server"), m_authority);
        QVERIFY2(m_peer.start(m_server, m_authority, false), m_peer.server.log().constData());
    }

    void connectsUnderTls()
    {
        const auto verified = verify(trusting(m_peer.server, m_authority));
        VERIFY_RESULT(verified);
        QVERIFY2(verified->protection == "TLSv1.2" || verified->protection == "TLSv1.3",
                 verified->protection.c_str());
        auto byName = trusting(m_peer.server, m_authority);
        byName.host = "localhost";
        VERIFY_RESULT(verify(byName));
    }

    void storesAndRetrievesUnderTls()
    {
        const auto archive = *archive::connectTo(trusting(m_peer.server, m_authority));
        const std::vector files{outgoing(QStringLiteral(NEGATOSCOPE_TEST_DATA "/ts/ct/jls80.dcm"))};
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(archive->store(files, results, {}, {}));
        std::vector<archive::FoundStudy> studies;
        VERIFY_RESULT(archive->findStudies(
            {}, [&](std::vector<archive::FoundStudy> rows) { studies = std::move(rows); }, {}));
        QCOMPARE(studies.size(), std::size_t(1));
        archive::Wanted wanted;
        wanted.study = studies.front().uid;
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
        Peer peer;
        QVERIFY2(peer.start(wrong, m_authority, false), peer.server.log().constData());
        FaultProxy proxy(peer.server.port);
        auto settings = trusting(peer.server, m_authority);
        settings.port = proxy.port;
        const auto verified = verify(settings);
        QVERIFY(!verified);
        QVERIFY2(verified.error().code() == ErrorCode(code), verified.error().describe().c_str());
        QCOMPARE(proxy.connections.load(), 1);
    }

    void refusesAnotherNameThanItsOwn()
    {
        Certificates::Wish wish;
        wish.names = "DNS:archive.example";
        Peer peer;
        QVERIFY(
            peer.start(m_certificates.issue(QStringLiteral("named"), m_authority, wish), m_authority, false));
        auto settings = trusting(peer.server, m_authority);
        settings.host = "localhost";
        const auto verified = verify(settings);
        QVERIFY(!verified);
        QCOMPARE(verified.error().code(), ErrorCode::CertificateOtherHost);
    }

    void aPinTakesThePlaceOfTheAuthority()
    {
        const auto own = m_certificates.selfSigned(QStringLiteral("pinned"));
        Peer peer;
        QVERIFY(peer.start(own, m_authority, false));
        auto settings = trusting(peer.server, m_authority);
        QCOMPARE(verify(settings).error().code(), ErrorCode::CertificateUntrusted);
        settings.tls.pinnedSha256 = own.sha256.toStdString();
        VERIFY_RESULT(verify(settings));
        settings.tls.pinnedSha256 = m_server.sha256.toStdString();
        const auto refused = verify(settings);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::CertificateNotPinned);
    }

    void showsItsCertificateWhereOneIsWanted()
    {
        Peer peer;
        QVERIFY(peer.start(m_server, m_authority, true));
        auto settings = trusting(peer.server, m_authority);
        const auto without = verify(settings);
        QVERIFY(!without);
        QVERIFY2(without.error().code() == ErrorCode::OwnCertificateRefused,
                 without.error().describe().c_str());

        const auto client = m_certificates.issue(QStringLiteral("client"), m_authority);
        settings.tls.certificateFile = client.certificate.toStdString();
        settings.tls.keyFile = client.key.toStdString();
        VERIFY_RESULT(verify(settings));

        const auto stranger = m_certificates.issue(QStringLiteral("stranger"), m_other);
        settings.tls.certificateFile = stranger.certificate.toStdString();
        settings.tls.keyFile = stranger.key.toStdString();
        const auto refused = verify(settings);
        QVERIFY(!refused);
        QVERIFY2(refused.error().code() == ErrorCode::OwnCertificateRefused,
                 refused.error().describe().c_str());
    }

    void receivesUnderTlsByMove()
    {
        const quint16 port = freePort();
        OrthancServer server;
        server.setTls(m_server.certificate, m_server.key, m_authority.certificate, true);
        server.set(QStringLiteral("DicomModalities"),
                   QJsonObject{{QStringLiteral("us"),
                                QJsonObject{{QStringLiteral("AET"), QStringLiteral("NEGATOSCOPE")},
                                            {QStringLiteral("Host"), QStringLiteral("127.0.0.1")},
                                            {QStringLiteral("Port"), port},
                                            {QStringLiteral("UseDicomTls"), true}}}});
        QVERIFY2(server.start(), server.log().constData());
        const auto client = m_certificates.issue(QStringLiteral("receiver"), m_authority);
        auto settings = trusting(server, m_authority);
        settings.tls.certificateFile = client.certificate.toStdString();
        settings.tls.keyFile = client.key.toStdString();
        settings.retrieveBy = archive::RetrieveBy::Move;
        settings.listenPort = port;
        const auto archive = *archive::connectTo(settings);
        const std::vector files{outgoing(QStringLiteral(NEGATOSCOPE_TEST_DATA "/charset/chrGerm.dcm"))};
        std::vector<archive::StoreResult> results;
        VERIFY_RESULT(archive->store(files, results, {}, {}));
        archive::Wanted wanted;
        VERIFY_RESULT(archive->findStudies(
            {}, [&](std::vector<archive::FoundStudy> rows) { wanted.study = rows.front().uid; }, {}));
        Staging staging;
        const auto report = archive->retrieve(wanted, staging.retrieval(), {});
        VERIFY_RESULT(report);
        QVERIFY2(!report->error, server.log().constData());
        QCOMPARE(report->received, 1);
    }

    void refusesWeakOffers_data()
    {
        QTest::addColumn<QStringList>("words");
        const QStringList tls12{QStringLiteral("-tls1_2"), QStringLiteral("-cipher")};
        QTest::newRow("TLS 1.0") << QStringList{QStringLiteral("-tls1"), QStringLiteral("-cipher"),
                                                QStringLiteral("ALL:@SECLEVEL=0")};
        QTest::newRow("TLS 1.1") << QStringList{QStringLiteral("-tls1_1"), QStringLiteral("-cipher"),
                                                QStringLiteral("ALL:@SECLEVEL=0")};
        QTest::newRow("CBC") << tls12 + QStringList{QStringLiteral("ECDHE-RSA-AES256-SHA384:@SECLEVEL=0")};
        QTest::newRow("no forward secrecy")
            << tls12 + QStringList{QStringLiteral("AES256-GCM-SHA384:@SECLEVEL=0")};
        QTest::newRow("NULL") << tls12 + QStringList{QStringLiteral("NULL-SHA256:@SECLEVEL=0")};
    }
    /// OpenSSL's own server offers what no archive should.
    void refusesWeakOffers()
    {
        QFETCH(QStringList, words);
        const quint16 port = freePort();
        ServerProcess server;
        QVERIFY2(server.start(QStringLiteral("/usr/bin/openssl"),
                              QStringList{QStringLiteral("s_server"), QStringLiteral("-quiet"),
                                          QStringLiteral("-accept"), QStringLiteral("127.0.0.1:%1").arg(port),
                                          QStringLiteral("-cert"), m_server.certificate,
                                          QStringLiteral("-key"), m_server.key} +
                                  words,
                              port),
                 server.log().constData());
        auto settings = trusting(m_peer.server, m_authority);
        settings.port = port;
        const auto verified = verify(settings);
        QVERIFY(!verified);
        QVERIFY2(verified.error().code() == ErrorCode::TlsFailed, verified.error().describe().c_str());
    }

    void refusesWeakCertificates_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("sha1");
        QTest::newRow("1024 bits") << 1024 << false;
        QTest::newRow("SHA-1") << 2048 << true;
    }
    void refusesWeakCertificates()
    {
        QFETCH(int, bits);
        QFETCH(bool, sha1);
        Certificates::Wish wish;
        wish.bits = unsigned(bits);
        wish.digest = sha1 ? EVP_sha1() : EVP_sha256();
        const auto weak = m_certificates.issue(QStringLiteral("weak"), m_authority, wish);
        const quint16 port = freePort();
        ServerProcess server;
        QVERIFY2(server.start(QStringLiteral("/usr/bin/openssl"),
                              {QStringLiteral("s_server"), QStringLiteral("-quiet"),
                               QStringLiteral("-accept"), QStringLiteral("127.0.0.1:%1").arg(port),
                               QStringLiteral("-cert"), weak.certificate, QStringLiteral("-key"), weak.key,
                               QStringLiteral("-cipher"), QStringLiteral("DEFAULT:@SECLEVEL=0")},
                              port),
                 server.log().constData());
        auto settings = trusting(m_peer.server, m_authority);
        settings.port = port;
        const auto verified = verify(settings);
        QVERIFY(!verified);
        QVERIFY2(verified.error().code() == ErrorCode::CertificateUnfit, verified.error().describe().c_str());
    }

    void sendsNothingInClearToWhoeverAnswersInClear()
    {
        OrthancServer clear;
        QVERIFY(clear.start());
        const auto verified = verify(trusting(clear, m_authority));
        QVERIFY(!verified);
        QVERIFY2(verified.error().code() == ErrorCode::TlsFailed ||
                     verified.error().code() == ErrorCode::ConnectionLost ||
                     verified.error().code() == ErrorCode::AssociationTimedOut,
                 verified.error().describe().c_str());
    }
};

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_Tls.moc"
