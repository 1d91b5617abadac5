#pragma once

#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace negatoscope::session {

/// Runs `work` on the global thread pool and `done` with its value in the thread of `context`, which calls
/// this. Not called once `context` is gone. Whatever `work` refers to must outlive the pool's work: app waits
/// for it before it ends.
template <typename Work, typename Done>
void inBackground(QObject *context, Work work, Done done)
{
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    // A child of the context. QFuture::then(context) of Qt 6.4 posts to a context that may be gone by then.
    auto *answer = new QFutureWatcher<Value>(context);
    QObject::connect(answer, &QFutureWatcherBase::finished, context,
                     [answer, done = std::move(done)]() mutable {
                         answer->deleteLater();
                         done(answer->future().takeResult());
                     });
    answer->setFuture(promise->future());
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
}

/// Emits a signal once per turn of the event loop, however often it is asked for.
/// `pending` belongs to the object and is true while a turn is outstanding.
template <typename Object, typename Signal>
void announceOnce(Object *object, bool &pending, Signal signal)
{
    if (std::exchange(pending, true))
        return;
    QMetaObject::invokeMethod(
        object,
        [object, &pending, signal] {
            pending = false;
            Q_EMIT(object->*signal)();
        },
        Qt::QueuedConnection);
}

} // namespace negatoscope::session
