#include <base/Log.h>

#include <QtTest/QTest>

#include <QTemporaryFile>

#include <cstdio>
#include <unistd.h>

using namespace negatoscope::base;

namespace {

/// What `work` writes to standard error.
template <typename Work>
QByteArray errorOutputOf(Work &&work)
{
    QTemporaryFile file;
    if (!file.open())
        return "cannot capture";
    std::fflush(stderr);
    const int kept = dup(STDERR_FILENO);
    dup2(file.handle(), STDERR_FILENO);
    work();
    std::fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    file.seek(0);
    return file.readAll();
}

} // namespace

class tst_Log : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesOneLineWhateverTheText();
    void dropsLowerLevels();
    void hashesUidsTheSameUntilTheEnd();
};

void tst_Log::writesOneLineWhateverTheText()
{
    const QByteArray line = errorOutputOf([] { log(LogLevel::Warning, "codec", "a\nb\x1b[31m\x7f\tc"); });
    QVERIFY2(line.endsWith("Z warning codec: a\\x0ab\\x1b[31m\\x7f\\x09c\n"), line.constData());
    QCOMPARE(line.count('\n'), 1);
}

void tst_Log::dropsLowerLevels()
{
    QVERIFY(errorOutputOf([] { log(LogLevel::Debug, "a", "b"); }).isEmpty());
    setLogLevel(LogLevel::Error);
    QVERIFY(errorOutputOf([] { log(LogLevel::Warning, "a", "b"); }).isEmpty());
    setLogLevel(LogLevel::Info);
    QVERIFY(!errorOutputOf([] { log(LogLevel::Info, "a", "b"); }).isEmpty());
}

void tst_Log::hashesUidsTheSameUntilTheEnd()
{
    const std::string hash = keyed(StudyUid("1.2.840.113619"));
    QCOMPARE(hash, keyed(StudyUid("1.2.840.113619")));
    QVERIFY(hash != keyed(StudyUid("1.2.840.113618")));
    QVERIFY(hash.find("1.2.840") == std::string::npos);
    QCOMPARE(hash.size(), std::size_t(13));
}

QTEST_APPLESS_MAIN(tst_Log)
#include "tst_Log.moc"
