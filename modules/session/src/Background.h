#pragma once

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace negatoscope::session {

/// Runs `work` on the global thread pool and `done` with its value in the thread of `context`, unless that is
/// gone by then. Whatever `work` refers to must outlive the pool's work: app waits for it before it ends.
template <typename Work, typename Done>
void inBackground(QObject *context, Work work, Done done) {
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    promise->future().then(context, [done = std::move(done)](Value value) mutable { done(std::move(value)); });
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
}

/// Emits a signal once per turn of the event loop, however often it is asked for.
/// `pending` belongs to the object and is true while a turn is outstanding.
template <typename Object, typename Signal>
void announceOnce(Object *object, bool &pending, Signal signal) {
    if (std::exchange(pending, true))
        return;
    QMetaObject::invokeMethod(
        object,
        [object, &pending, signal] {
            pending = false;
            Q_EMIT (object->*signal)();
        },
        Qt::QueuedConnection);
}

} // namespace negatoscope::session
