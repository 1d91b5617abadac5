#include <dicom/CharacterSet.h>

#include <QtTest>

using namespace negatoscope;
using dicom::CharacterSet;

namespace {
constexpr dicom::Vr kName{{'P', 'N'}}, kLong{{'L', 'O'}}, kText{{'L', 'T'}}, kCode{{'C', 'S'}};
} // namespace

class tst_CharacterSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesNames_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *declared, QByteArray bytes, const char *expected) {
            QTest::newRow(name) << QByteArray(declared) << bytes << QString::fromUtf8(expected);
        };
        // PS3.5 annexes H, I, J, K and PS3.3 C.12.1.1.2
        row("latin 1", "ISO_IR 100", "Buc^J\xe9r\xf4me", "Buc^Jérôme");
        row("latin 2", "ISO_IR 101", "Wa\xb3\xeasa", "Wałęsa");
        row("latin 3", "ISO_IR 109", "\xa6", "Ĥ");
        row("latin 4", "ISO_IR 110", "\xa2", "ĸ");
        row("cyrillic", "ISO_IR 144",
            "\xbb\xee\xda"
            "ce\xdc\xd1yp\xd3",
            "Люкceмбypг");
        row("arabic", "ISO_IR 127", "\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1", "قباني^لنزار");
        row("greek", "ISO_IR 126", "\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2", "Διονυσιος");
        row("hebrew", "ISO_IR 138", "\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4", "שרון^דבורה");
        row("latin 5", "ISO_IR 148", "\xd0\xfd", "Ğı");
        row("latin 9", "ISO_IR 203", "\xa4", "€");
        row("thai", "ISO_IR 166", "\xca\xc1", "สม");
        row("katakana", "ISO_IR 13", "\xd4\xcf\xc0\xde^\xc0\xdb\xb3", "ﾔﾏﾀﾞ^ﾀﾛｳ");
        row("kanji", "\\ISO 2022 IR 87", "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B",
            "Yamada^Tarou=山田^太郎=やまだ");
        row("katakana and kanji", "ISO 2022 IR 13\\ISO 2022 IR 87",
            "\xd4\xcf=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J", "ﾔﾏ=山田^太郎");
        row("supplementary kanji", "\\ISO 2022 IR 159", "\x1b$(D0!\x1b(B", "丂");
        row("korean", "\\ISO 2022 IR 149", "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7",
            "Hong^Gildong=洪^吉洞");
        row("korean without escape", "\\ISO 2022 IR 149", "\xb1\xe8\xc8\xf1\xc1\xdf", "김희중");
        row("chinese", "\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab",
            "Zhang^XiaoDong=张^小东");
        row("utf-8", "ISO_IR 192", "Wang=\xe7\x8e\x8b^\xe5\xb0\x8f", "Wang=王^小");
        row("gb18030", "GB18030", "Wang=\xcd\xf5^\xd0\xa1\xb6\xab", "Wang=王^小东");
        row("gb18030 four bytes", "GB18030", "\x81\x30\x81\x30", "\xc2\x80");
        row("gbk", "GBK", "\xcd\xf5", "王");
        row("spelt otherwise", "ISO-IR-100", "\xe9", "é");
        row("undeclared utf-8", "", "J\xc3\xa9r", "Jér");
        row("undeclared latin 1", "", "J\xe9r", "Jér");
        row("unknown set", "ISO_IR 999", "J\xe9r", "Jér");
        row("several values", "ISO_IR 100", "\xe9\\\xe8", "é\\è");
    }
    void decodesNames()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const CharacterSet set(declared.toStdString());
        QCOMPARE(QString::fromStdString(set.decode(bytes.toStdString(), kName)), expected);
    }

    void showsWhatCannotBeDecoded_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *declared, QByteArray bytes, const char *expected) {
            QTest::newRow(name) << QByteArray(declared) << bytes << QString::fromUtf8(expected);
        };
        row("invalid utf-8", "ISO_IR 192",
            "a\xff"
            "b",
            "a⟨FF⟩b");
        row("cut utf-8", "ISO_IR 192", "a\xe7\x8e", "a⟨E7⟩⟨8E⟩");
        row("overlong utf-8", "ISO_IR 192", "\xc0\xaf", "⟨C0⟩⟨AF⟩");
        row("surrogate", "ISO_IR 192", "\xed\xa0\x80", "⟨ED⟩⟨A0⟩⟨80⟩");
        row("hole in arabic", "ISO_IR 127", "\xa1", "⟨A1⟩");
        row("control", "ISO_IR 100", "\x85", "⟨85⟩");
        row("unknown escape", "ISO 2022 IR 100", "a\x1b%Zb", "a⟨1B⟩%Zb");
        row("half a kanji", "\\ISO 2022 IR 87", "\x1b$B;", "⟨3B⟩");
        row("gbk lead alone", "GBK", "\xcd", "⟨CD⟩");
    }
    void showsWhatCannotBeDecoded() { decodesNames(); }

    void takesASecondByte5cForNoSeparator()
    {
        const CharacterSet set("GB18030");
        const std::string decoded = set.decode("\x81\x5c\\\x81\x5c", kLong);
        QCOMPARE(std::count(decoded.begin(), decoded.end(), '\\'), 1);
    }

    void startsAnewBehindASeparator()
    {
        const CharacterSet set("\\ISO 2022 IR 149");
        const std::string decoded = set.decode("\x1b$)C\xb1\xe8\\\x1b$)C\xc8\xf1", kLong);
        QCOMPARE(QString::fromStdString(decoded), QStringLiteral("김\\희"));
    }

    void leavesCodesToTheDefaultRepertoire()
    {
        QCOMPARE(CharacterSet("ISO_IR 144").decode("AXIAL", kCode), std::string("AXIAL"));
        QCOMPARE(CharacterSet("ISO_IR 144").decode("\xe9", kCode), std::string("é"));
        QVERIFY(CharacterSet::appliesTo(kText) && !CharacterSet::appliesTo(kCode));
    }

    void givesValidUtf8ForAnyBytes()
    {
        const char *const sets[] = {
            "",           "ISO_IR 100", "ISO_IR 13", "\\ISO 2022 IR 87", "\\ISO 2022 IR 149",
            "ISO_IR 192", "GB18030",    "GBK",       "ISO_IR 166"};
        unsigned state = 12345, checked = 0;
        for (const char *declared : sets)
            for (int round = 0; round < 400; ++round) {
                std::string bytes;
                for (int i = 0; i < 24; ++i) {
                    state = state * 1664525U + 1013904223U;
                    bytes += static_cast<char>(state >> 24U);
                    if (i % 7 == 0)
                        bytes += "\x1b$B";
                }
                const std::string decoded = CharacterSet(declared).decode(bytes, kName);
                QVERIFY(!QString::fromStdString(decoded).contains(QChar(0xfffd)));
                ++checked;
            }
        QVERIFY(checked > 0);
    }

    void choosesTheSetThatAQueryNeeds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("declared");
        QTest::newRow("ASCII") << QByteArray("SMITH^JOHN") << QByteArray();
        QTest::newRow("German") << QByteArray("M\u00fcller^J\u00f6rg") << QByteArray("ISO_IR 100");
        QTest::newRow("Polish") << QByteArray("Wa\u0142\u0119sa") << QByteArray("ISO_IR 101");
        QTest::newRow("Cyrillic") << QByteArray("\u041b\u044e\u043a") << QByteArray("ISO_IR 144");
        QTest::newRow("Greek") << QByteArray("\u0394\u03b9\u03bf\u03bd") << QByteArray("ISO_IR 126");
        QTest::newRow("Japanese") << QByteArray("\u5c71\u7530^\u592a\u90ce") << QByteArray("ISO_IR 192");
        QTest::newRow("two scripts") << QByteArray("M\u00fcller=\u5c71\u7530") << QByteArray("ISO_IR 192");
    }

    void choosesTheSetThatAQueryNeeds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, declared);
        QCOMPARE(QByteArray::fromStdString(CharacterSet::declarationFor(text.toStdString())), declared);
        const std::string coded = CharacterSet::encode(text.toStdString(), declared.toStdString());
        QCOMPARE(CharacterSet(declared.toStdString()).decode(coded, kName), text.toStdString());
    }
};

QTEST_APPLESS_MAIN(tst_CharacterSet)
#include "tst_CharacterSet.moc"
