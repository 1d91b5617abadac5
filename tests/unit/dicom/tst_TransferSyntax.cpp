#include <dicom/TransferSyntax.h>

#include <QtTest/QTest>

using namespace negatoscope::dicom;

class tst_TransferSyntax : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void describesNativeSyntaxes();
    void saysWhatCanBeDecoded();
    void keepsAnUnknownUid();
};

void tst_TransferSyntax::describesNativeSyntaxes()
{
    QVERIFY(!TransferSyntax::of("1.2.840.10008.1.2").explicitVr);
    QVERIFY(TransferSyntax::of("1.2.840.10008.1.2.2").bigEndian);
    QVERIFY(TransferSyntax::of("1.2.840.10008.1.2.1.99").deflated);
    QVERIFY(!TransferSyntax::of("1.2.840.10008.1.2.1").encapsulated);
    QVERIFY(TransferSyntax::of("1.2.840.10008.1.2.5").encapsulated);
}

void tst_TransferSyntax::saysWhatCanBeDecoded()
{
    for (const char *uid : {"1.2.840.10008.1.2", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70",
                            "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5"})
        QVERIFY2(TransferSyntax::of(uid).isDecodable(), uid);
    for (const char *uid : {"1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.102", "1.2.3", ""})
        QVERIFY2(!TransferSyntax::of(uid).isDecodable(), uid);
    QVERIFY(TransferSyntax::of("1.2.840.10008.1.2.4.81").lossy);
    QVERIFY(!TransferSyntax::of("1.2.840.10008.1.2.4.80").lossy);
}

void tst_TransferSyntax::keepsAnUnknownUid()
{
    const auto syntax = TransferSyntax::of("1.2.3.4");
    QCOMPARE(syntax.uid, std::string("1.2.3.4"));
    QVERIFY(!syntax.known && syntax.name.empty());
}

QTEST_APPLESS_MAIN(tst_TransferSyntax)
#include "tst_TransferSyntax.moc"
