#pragma once

#include "LoopbackListener.h"

#include <QtCore/QProcess>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

namespace negatoscope::test {

/// A port of 127.0.0.1 that nobody has at this moment.
inline quint16 freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    quint16 port = 0;
    if (::bind(socket, reinterpret_cast<sockaddr *>(&address), length) == 0 &&
        ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length) == 0)
        port = ntohs(address.sin_port);
    ::close(socket);
    return port;
}

/// Whether somebody accepts connections there.
inline bool isListening(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected =
        ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

/// A server of a test: its own folder, ended by its process id when this object goes.
class ServerProcess
{
public:
    ServerProcess() = default;
    ~ServerProcess() { stop(); }
    Q_DISABLE_COPY_MOVE(ServerProcess)

    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Starts and waits until the port is open. False also when the program is not installed: a missing
    /// server fails a test.
    bool start(const QString &program, const QStringList &words, quint16 port)
    {
        constexpr int kLimitMs = 30'000;
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        m_process->setStandardOutputFile(path(QStringLiteral("log")), QIODevice::Append);
        m_process->setWorkingDirectory(m_folder.path());
        m_process->start(program, words);
        if (!m_process->waitForStarted(kLimitMs))
            return false;
        return QTest::qWaitFor([&] { return isListening(port); }, kLimitMs);
    }

    /// As a machine fails: without a word.
    void kill()
    {
        if (m_process) {
            m_process->kill();
            m_process->waitForFinished();
        }
    }
    void stop()
    {
        if (!m_process || m_process->state() == QProcess::NotRunning)
            return;
        m_process->terminate();
        if (!m_process->waitForFinished(10'000))
            kill();
    }

    QByteArray log() const
    {
        QFile file(path(QStringLiteral("log")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
};

} // namespace negatoscope::test
