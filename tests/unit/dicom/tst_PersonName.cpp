#include <dicom/PersonName.h>

#include <QtTest/QTest>

using namespace negatoscope::dicom;

class tst_PersonName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsGroups();
    void showsNames_data();
    void showsNames();
    void neverShowsANameInALog();
    void makesTextVisible_data();
    void makesTextVisible();
    void cutsLongText();
};

void tst_PersonName::splitsGroups()
{
    const auto name = PersonName::parse("Yamada^Tarou=山田^太郎=やまだ^たろう ");
    QCOMPARE(name.alphabetic, std::string("Yamada^Tarou"));
    QCOMPARE(name.ideographic, std::string("山田^太郎"));
    QCOMPARE(name.phonetic, std::string("やまだ^たろう"));
    QVERIFY(PersonName::parse(" ").isEmpty());
    QCOMPARE(PersonName::parse("=a=b=c").phonetic, std::string("b"));
}

void tst_PersonName::showsNames_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("usual") << QByteArray("MARTIN^Claire") << QByteArray("MARTIN Claire");
    QTest::newRow("five components") << QByteArray("Adams^John Robert^Quincy^Rev.^B.A.")
                                     << QByteArray("Adams John Robert Quincy");
    QTest::newRow("empty components") << QByteArray("^Jane^^Dr") << QByteArray("Jane");
    QTest::newRow("groups") << QByteArray("Yamada^Tarou=山田^太郎=やまだ^たろう")
                            << QByteArray("Yamada Tarou (山田 太郎, やまだ たろう)");
    QTest::newRow("only ideographic") << QByteArray("=王^小东") << QByteArray("王 小东");
    QTest::newRow("the same twice") << QByteArray("Wang=Wang") << QByteArray("Wang");
    QTest::newRow("nothing") << QByteArray("^^^=^") << QByteArray("");
}

void tst_PersonName::showsNames()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(PersonName::parse(value.toStdString()).display()), shown);
}

void tst_PersonName::neverShowsANameInALog()
{
    QCOMPARE(PersonName::parse("MARTIN^Claire").redacted(), std::string("<name>"));
    QCOMPARE(PersonName().redacted(), std::string("<no name>"));
}

void tst_PersonName::makesTextVisible_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("visible");
    QTest::newRow("plain") << QByteArray("Thorax é 胸") << QByteArray("Thorax é 胸");
    QTest::newRow("line end") << QByteArray("a\r\nb") << QByteArray("a⟨0D⟩⟨0A⟩b");
    QTest::newRow("right-to-left override") << QByteArray("a\xe2\x80\xae"
                                                          "b")
                                            << QByteArray("a⟨202E⟩b");
    QTest::newRow("isolate") << QByteArray("\xe2\x81\xa6") << QByteArray("⟨2066⟩");
    QTest::newRow("zero width") << QByteArray("a\xe2\x80\x8b"
                                              "b\xef\xbb\xbf")
                                << QByteArray("a⟨200B⟩b⟨FEFF⟩");
    QTest::newRow("C1 control") << QByteArray("\xc2\x85") << QByteArray("⟨85⟩");
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("a⟨00⟩b");
    QTest::newRow("lone byte") << QByteArray("a\xff"
                                             "b")
                               << QByteArray("a\xef\xbf\xbd"
                                             "b");
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80")
                               << QByteArray("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80").left(4)
                                    << QByteArray("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("cut in the middle") << QByteArray("a\xe8\x83") << QByteArray("a\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("markup stays text") << QByteArray("<img src=x>") << QByteArray("<img src=x>");
    QTest::newRow("tag characters") << QByteArray("\xf3\xa0\x80\xa0") << QByteArray("⟨E0020⟩");
}

void tst_PersonName::makesTextVisible()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, visible);
    QCOMPARE(QByteArray::fromStdString(visibleText(text.toStdString())), visible);
}

void tst_PersonName::cutsLongText()
{
    QCOMPARE(visibleText("äöü", 3), std::string("äöü"));
    QCOMPARE(visibleText("äöüx", 3), std::string("äöü…"));
    QCOMPARE(visibleText("x", 0), std::string("…"));
    QCOMPARE(visibleText("", 0), std::string());
}

QTEST_APPLESS_MAIN(tst_PersonName)
#include "tst_PersonName.moc"
