#pragma once

#include "ServerProcess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

namespace negatoscope::test {

/// DCMTK's archive on a free port of 127.0.0.1: C-FIND, C-GET, C-MOVE, C-STORE; no TLS.
class DcmqrscpServer
{
public:
    const QString title = QStringLiteral("QRSCP");
    const quint16 port = freePort();

    /// Before start(): an AE title that is known, and where C-MOVE sends to.
    void addPeer(const QString &name, quint16 peerPort) { m_peers << std::pair(name, peerPort); }

    /// `words`: further options, e.g. --disable-get.
    bool start(const QStringList &words = {})
    {
        QDir().mkpath(m_server.path(QStringLiteral("storage")));
        QString text = QStringLiteral("NetworkTCPPort = %1\nMaxPDUSize = 16384\nMaxAssociations = 16\n\n"
                                      "HostTable BEGIN\n")
                           .arg(port);
        QStringList names;
        for (const auto &[name, peerPort] : m_peers) {
            text +=
                QStringLiteral("peer%1 = (%2, 127.0.0.1, %3)\n").arg(names.size()).arg(name).arg(peerPort);
            names << QStringLiteral("peer%1").arg(names.size());
        }
        text +=
            QStringLiteral("%1HostTable END\n\nVendorTable BEGIN\nVendorTable END\n\n"
                           "AETable BEGIN\n%2 %3 RW (10000, 4096mb) %4\nAETable END\n")
                .arg(names.isEmpty() ? QString()
                                     : QStringLiteral("peers = %1\n").arg(names.join(QStringLiteral(", "))),
                     title, m_server.path(QStringLiteral("storage")), QStringLiteral("ANY"));
        QFile file(m_server.path(QStringLiteral("dcmqrscp.cfg")));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(text.toUtf8());
        file.close();
        return m_server.start(QStringLiteral("/usr/bin/dcmqrscp"),
                              QStringList{QStringLiteral("-c"), file.fileName()} + words, port);
    }
    void kill() { m_server.kill(); }
    QByteArray log() const { return m_server.log(); }

private:
    ServerProcess m_server;
    QList<std::pair<QString, quint16>> m_peers;
};

} // namespace negatoscope::test
