#pragma once

#include <base/Result.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <functional>
#include <memory>

class QLocalServer;
class QLocalSocket;

namespace negatoscope::app {

/// What one process answers to another that asked it to do something.
struct Answer
{
    int exitCode = 0;
    QByteArray output, complaints;
};

/// The door of the running workstation: a local socket of this user only, one per cache folder. A second start
/// hands its words over here instead of touching the cache.
class RequestServer final : public QObject {
    Q_OBJECT
public:
    /// Answers later through the callback, on the thread of this object.
    using Respond = std::function<void(const Answer &)>;
    using Handler = std::function<void(const QStringList &words, const QString &workingFolder, Respond respond)>;

    explicit RequestServer(const QString &cacheFolder, QObject *parent = nullptr);
    ~RequestServer() override;
    Q_DISABLE_COPY_MOVE(RequestServer)

    /// Errors: CannotWrite.
    base::Status listen(Handler handler);

    /// Asks the workstation that has this cache open. Errors: NotFound if none runs; CannotRead if it broke off.
    static base::Result<Answer> ask(const QString &cacheFolder, const QStringList &words, const QString &workingFolder);

private:
    void accept();
    void read(QLocalSocket *socket);

    const QString m_name;
    std::unique_ptr<QLocalServer> m_server;
    Handler m_handler;
};

} // namespace negatoscope::app
