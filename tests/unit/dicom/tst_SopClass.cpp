#include <dicom/SopClass.h>

#include <QtTest/QTest>

using namespace negatoscope::dicom;

class tst_SopClass : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsKinds_data();
    void knowsKinds();
    void leavesUnknownClassesWithoutName();
};

void tst_SopClass::knowsKinds_data()
{
    QTest::addColumn<QByteArray>("uid");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *uid, ObjectKind kind, const char *name) {
        QTest::newRow(name) << QByteArray(uid) << static_cast<int>(kind) << QByteArray(name);
    };
    using enum ObjectKind;
    row("1.2.840.10008.5.1.4.1.1.2", Image, "CT Image");
    row("1.2.840.10008.5.1.4.1.1.4.1", Image, "Enhanced MR Image");
    row("1.2.840.10008.5.1.4.1.1.481.2", Image, "RT Dose");
    row("1.2.840.10008.1.3.10", Directory, "Media Directory");
    row("1.2.840.10008.5.1.4.1.1.104.1", EncapsulatedDocument, "Encapsulated PDF");
    row("1.2.840.10008.5.1.4.1.1.11.1", PresentationState, "Grayscale Softcopy Presentation State");
    row("1.2.840.10008.5.1.4.1.1.88.59", KeyObjects, "Key Object Selection Document");
    row("1.2.840.10008.5.1.4.1.1.66.4", Segmentation, "Segmentation");
}

void tst_SopClass::knowsKinds()
{
    QFETCH(QByteArray, uid);
    QFETCH(int, kind);
    QFETCH(QByteArray, name);
    const SopClass sopClass = SopClass::of(uid.toStdString());
    QCOMPARE(static_cast<int>(sopClass.kind), kind);
    QCOMPARE(QByteArray(sopClass.name.data(), static_cast<qsizetype>(sopClass.name.size())), name);
}

void tst_SopClass::leavesUnknownClassesWithoutName()
{
    for (const char *uid : {"", "1.2.3", "1.2.840.10008.5.1.4.1.1.2.", "9", "1.2.840.10008.5.1.4.1.1"}) {
        QVERIFY(SopClass::of(uid).name.empty());
        QVERIFY(SopClass::of(uid).kind == ObjectKind::Other);
    }
}

QTEST_APPLESS_MAIN(tst_SopClass)
#include "tst_SopClass.moc"
