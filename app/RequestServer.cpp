#include "RequestServer.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDataStream>
#include <QtCore/QPointer>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

#include <unistd.h>

namespace negatoscope::app {

namespace {

constexpr quint32 kMaximumRequest = 1 << 20;
constexpr int kConnectMs = 1'000;
/// An import of a big disc handed over may take long; a process that waits can be interrupted.
constexpr int kAnswerMs = 3'600'000;

/// A socket in the cache folder, which only this user can enter. A path too long for a socket address is replaced
/// by a hash of it in the user's runtime folder.
QString socketName(const QString &cacheFolder) {
    constexpr qsizetype kLongest = 100;   // sockaddr_un::sun_path holds 108 bytes
    const QString inCache = cacheFolder + QStringLiteral("/socket");
    if (inCache.toUtf8().size() <= kLongest)
        return inCache;
    const QByteArray digest = QCryptographicHash::hash(cacheFolder.toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("%1/negatoscope-%2-%3")
        .arg(qEnvironmentVariable("XDG_RUNTIME_DIR", QStringLiteral("/tmp")))
        .arg(getuid())
        .arg(QString::fromLatin1(digest.toHex().left(16)));
}

} // namespace

RequestServer::RequestServer(const QString &cacheFolder, QObject *parent)
    : QObject(parent), m_name(socketName(cacheFolder)), m_server(std::make_unique<QLocalServer>()) {
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &RequestServer::accept);
}

RequestServer::~RequestServer() = default;

base::Status RequestServer::listen(Handler handler) {
    m_handler = std::move(handler);
    // The cache's lock is ours by now: a socket that is still there was left by a process that died.
    QLocalServer::removeServer(m_name);
    if (!m_server->listen(m_name))
        return base::failure(base::ErrorCode::CannotWrite, "socket: " + m_server->errorString().toStdString());
    return {};
}

void RequestServer::accept() {
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        read(socket);
    }
}

void RequestServer::read(QLocalSocket *socket) {
    QDataStream stream(socket);
    stream.setVersion(QDataStream::Qt_6_4);
    stream.startTransaction();
    QStringList words;
    QString workingFolder;
    stream >> workingFolder >> words;
    if (!stream.commitTransaction()) {
        if (socket->bytesAvailable() > kMaximumRequest)
            socket->abort();
        return;
    }
    m_handler(words, workingFolder, [socket = QPointer<QLocalSocket>(socket)](const Answer &answer) {
        if (!socket)
            return;
        QDataStream reply(socket);
        reply.setVersion(QDataStream::Qt_6_4);
        reply << qint32(answer.exitCode) << answer.output << answer.complaints;
        socket->disconnectFromServer();
    });
}

base::Result<Answer> RequestServer::ask(const QString &cacheFolder, const QStringList &words, const QString &workingFolder) {
    QLocalSocket socket;
    socket.connectToServer(socketName(cacheFolder));
    if (!socket.waitForConnected(kConnectMs))
        return base::failure(base::ErrorCode::NotFound, "no workstation runs on this cache");
    QDataStream stream(&socket);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << workingFolder << words;
    Answer answer;
    while (true) {
        stream.startTransaction();
        qint32 exitCode = 0;
        stream >> exitCode >> answer.output >> answer.complaints;
        if (stream.commitTransaction()) {
            answer.exitCode = exitCode;
            return answer;
        }
        if (!socket.waitForReadyRead(kAnswerMs))
            return base::failure(base::ErrorCode::CannotRead, "the workstation did not answer");
    }
}

} // namespace negatoscope::app
