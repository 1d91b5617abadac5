#include "HandOver.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

namespace negatoscope::app {

base::Result<Start> startOrHandOver(const Backend::Options &options, const QStringList &words,
                                    const QString &workingFolder)
{
    constexpr qint64 kLimitMs = 15'000;
    constexpr unsigned long kPauseMs = 100;
    const QDeadlineTimer limit(kLimitMs);
    while (true) {
        auto answer = RequestServer::ask(options.cacheFolder, words, workingFolder);
        if (answer)
            return Start{nullptr, *std::move(answer)};
        if (answer.error().code() != base::ErrorCode::NotFound)
            return base::failure(answer.error());
        auto backend = Backend::start(options);
        if (backend)
            return Start{*std::move(backend), {}};
        if (backend.error().code() != base::ErrorCode::Busy || limit.hasExpired())
            return base::failure(backend.error());
        // lint-allow(sleep): another process does not tell when it unlocks or listens
        QThread::msleep(kPauseMs); // lint-allow(sleep): see above
    }
}

} // namespace negatoscope::app
