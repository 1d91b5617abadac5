#pragma once

#include "ServerProcess.h"

#include <QtCore/QDir>

namespace negatoscope::test {

/// DCMTK's receiver on a free port of 127.0.0.1: takes what is sent, bit for bit.
class StorescpServer
{
public:
    const QString title = QStringLiteral("STORESCP");
    const quint16 port = freePort();

    /// `words`: further options, e.g. +xi for implicit little endian only.
    bool start(const QStringList &words = {QStringLiteral("+xa")})
    {
        QDir().mkpath(folder());
        return m_server.start(QStringLiteral("/usr/bin/storescp"),
                              words + QStringList{QStringLiteral("-aet"), title, QStringLiteral("+B"),
                                                  QStringLiteral("-od"), folder(), QString::number(port)},
                              port);
    }
    QString folder() const { return m_server.path(QStringLiteral("received")); }
    QByteArray log() const { return m_server.log(); }

private:
    ServerProcess m_server;
};

} // namespace negatoscope::test
