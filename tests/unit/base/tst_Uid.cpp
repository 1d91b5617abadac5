#include <base/Uid.h>

#include <QtTest/QTest>

#include <type_traits>
#include <unordered_set>

using namespace negatoscope::base;

static_assert(!std::is_convertible_v<StudyUid, SeriesUid> && !std::is_constructible_v<SeriesUid, StudyUid>,
              "kinds of UIDs must not mix");

class tst_Uid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validatesByPs35_data();
    void validatesByPs35();
    void comparesAndHashesByValue();
};

void tst_Uid::validatesByPs35_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("usual") << QByteArray("1.2.840.10008.1.2") << true;
    QTest::newRow("one component") << QByteArray("1") << true;
    QTest::newRow("64 characters") << QByteArray(64, '1') << true;
    QTest::newRow("65 characters") << QByteArray(65, '1') << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("leading dot") << QByteArray(".1") << false;
    QTest::newRow("trailing dot") << QByteArray("1.") << false;
    QTest::newRow("empty component") << QByteArray("1..2") << false;
    QTest::newRow("letter") << QByteArray("1.a") << false;
    QTest::newRow("path") << QByteArray("../1") << false;
    QTest::newRow("space") << QByteArray("1.2 ") << false;
    QTest::newRow("NUL") << QByteArray("1\0", 2) << false;
}

void tst_Uid::validatesByPs35()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(isValidUid(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))), valid);
}

void tst_Uid::comparesAndHashesByValue()
{
    QVERIFY(StudyUid("1.2") == StudyUid("1.2"));
    QVERIFY(StudyUid("1.2") < StudyUid("1.3"));
    QVERIFY(StudyUid().isEmpty());
    const std::unordered_set<StudyUid> set{StudyUid("1"), StudyUid("2"), StudyUid("1")};
    QCOMPARE(set.size(), std::size_t(2));
}

QTEST_APPLESS_MAIN(tst_Uid)
#include "tst_Uid.moc"
