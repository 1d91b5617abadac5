#pragma once

#include "ServerProcess.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace negatoscope::test {

/// Debian's Orthanc on free ports of 127.0.0.1.
class OrthancServer
{
public:
    const QString title = QStringLiteral("ORTHANC");
    const quint16 port = freePort(), httpPort = freePort();

    /// Before start(): an AE title that is known, and where C-MOVE sends to.
    void addModality(const QString &name, quint16 modalityPort)
    {
        m_modalities.insert(name, QJsonArray{name, QStringLiteral("127.0.0.1"), modalityPort});
    }
    /// Before start(): further or other members of the configuration.
    void set(const QString &name, const QJsonValue &value) { m_more.insert(name, value); }
    /// Before start(): TLS with this certificate; with an authority, clients need a certificate of it.
    void setTls(const QString &certificate, const QString &key, const QString &authority, bool clientsToo)
    {
        set(QStringLiteral("DicomTlsEnabled"), true);
        set(QStringLiteral("DicomTlsCertificate"), certificate);
        set(QStringLiteral("DicomTlsPrivateKey"), key);
        set(QStringLiteral("DicomTlsTrustedCertificates"), authority);
        set(QStringLiteral("DicomTlsRemoteCertificateRequired"), clientsToo);
    }

    /// Before start(): DICOMweb at /dicom-web/.
    void addWeb()
    {
        set(QStringLiteral("Plugins"),
            QJsonArray{QStringLiteral("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")});
    }
    /// Before start(): who may ask over HTTP.
    void setUser(const QString &name, const QString &password)
    {
        set(QStringLiteral("AuthenticationEnabled"), true);
        set(QStringLiteral("RegisteredUsers"), QJsonObject{{name, password}});
    }

    bool start()
    {
        QJsonObject configuration{
            {QStringLiteral("Name"), title},
            {QStringLiteral("DicomAet"), title},
            {QStringLiteral("DicomPort"), port},
            {QStringLiteral("HttpPort"), httpPort},
            {QStringLiteral("RemoteAccessAllowed"), false},
            {QStringLiteral("AuthenticationEnabled"), false},
            {QStringLiteral("StorageDirectory"), m_server.path(QStringLiteral("storage"))},
            {QStringLiteral("IndexDirectory"), m_server.path(QStringLiteral("storage"))},
            {QStringLiteral("DicomCheckCalledAet"), true},
            {QStringLiteral("DicomAlwaysAllowEcho"), true},
            {QStringLiteral("DicomAlwaysAllowStore"), true},
            {QStringLiteral("DicomAlwaysAllowFind"), true},
            {QStringLiteral("DicomAlwaysAllowGet"), true},
            {QStringLiteral("DicomAlwaysAllowMove"), true},
            {QStringLiteral("TranscodeDicomProtocol"), true},
            {QStringLiteral("SaveJobs"), false},
            {QStringLiteral("StableAge"), 1},
            {QStringLiteral("DicomModalities"), m_modalities},
        };
        for (auto one = m_more.begin(); one != m_more.end(); ++one)
            configuration.insert(one.key(), one.value());
        QFile file(m_server.path(QStringLiteral("orthanc.json")));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(QJsonDocument(configuration).toJson());
        file.close();
        return m_server.start(QStringLiteral("/usr/sbin/Orthanc"), {file.fileName()}, port) &&
               QTest::qWaitFor([&] { return isListening(httpPort); }, 10'000);
    }
    void kill() { m_server.kill(); }
    QByteArray log() const { return m_server.log(); }

private:
    ServerProcess m_server;
    QJsonObject m_modalities, m_more;
};

} // namespace negatoscope::test
