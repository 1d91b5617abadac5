#include <Background.h>

#include <QtCore/QSemaphore>
#include <QtTest/QTest>

#include <optional>

using namespace negatoscope::session;

class TestBackground final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersInTheThreadOfItsContext()
    {
        QObject context;
        std::optional<int> answer;
        QThread *where = nullptr;
        inBackground(
            &context, [] { return 42; },
            [&](int value) {
                answer = value;
                where = QThread::currentThread();
            });
        QTRY_COMPARE(answer, std::optional(42));
        QCOMPARE(where, QThread::currentThread());
    }

    /// QFuture::then(context) of Qt 6.4 crashed here, when a viewport closed while its series was being
    /// listed.
    void forgetsTheAnswerOfAContextThatIsGone()
    {
        for (int i = 0; i < 100; ++i) {
            QSemaphore go;
            bool answered = false;
            auto context = std::make_unique<QObject>();
            inBackground(
                context.get(),
                [&go] {
                    go.acquire();
                    return 42;
                },
                [&](int) { answered = true; });
            if (i % 2 == 0) { // gone before the work ends, or while it does
                context.reset();
                go.release();
            } else {
                go.release();
                context.reset();
            }
            QThreadPool::globalInstance()->waitForDone();
            QCoreApplication::sendPostedEvents();
            QVERIFY(!answered);
        }
    }

    void anAnswerMayDestroyItsContext()
    {
        auto *context = new QObject;
        bool answered = false;
        inBackground(
            context, [] { return 42; },
            [&](int) {
                answered = true;
                delete context;
            });
        QTRY_VERIFY(answered);
        QCoreApplication::sendPostedEvents();
    }
};

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_Background.moc"
