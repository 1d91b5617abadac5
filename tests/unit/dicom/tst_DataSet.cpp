#include "DataSetBuilder.h"

#include <dicom/DataSet.h>

#include <QtTest/QTest>

#include <limits>

using namespace negatoscope::dicom;
using support::setBytes;
using support::setItems;
using support::setNumbers;

class tst_DataSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsElementsInOrder();
    void readsTextValues();
    void readsIntegers_data();
    void readsIntegers();
    void readsDecimals_data();
    void readsDecimals();
    void readsBinaryNumbers();
    void readsListsWholeOrNotAtAll();
    void findsItems();
    void knowsValueRepresentations();
};

void tst_DataSet::keepsElementsInOrder()
{
    DataSet dataSet;
    dataSet.setText(tags::PatientName, "PN", "B");
    dataSet.setText(tags::Modality, "CS", "CT");
    dataSet.setText(tags::PatientName, "PN", "A");
    QCOMPARE(dataSet.elements().size(), std::size_t(2));
    QVERIFY(dataSet.elements()[0].tag == tags::Modality);
    QCOMPARE(dataSet.text(tags::PatientName), std::string("A"));
    QVERIFY(!dataSet.contains(tags::PatientId));
    QCOMPARE(toString(tags::PixelData), std::string("(7fe0,0010)"));
    QVERIFY(tagOf(tags::PixelData.key()) == tags::PixelData);
    QVERIFY((Tag{0x0029, 0x1010}).isPrivate() && !tags::Rows.isPrivate());
}

void tst_DataSet::readsTextValues()
{
    DataSet dataSet;
    dataSet.setText(tags::ImageType, "CS", "ORIGINAL\\ PRIMARY \\\\AXIAL ");
    QCOMPARE(dataSet.text(tags::ImageType), std::string("ORIGINAL"));
    QCOMPARE(dataSet.texts(tags::ImageType), (std::vector<std::string>{"ORIGINAL", "PRIMARY", "", "AXIAL"}));
    QCOMPARE(dataSet.bytes(tags::ImageType), std::string_view("ORIGINAL\\ PRIMARY \\\\AXIAL "));
    QVERIFY(dataSet.texts(tags::Modality).empty() && dataSet.text(tags::Modality).empty());
    setBytes(dataSet, tags::StudyInstanceUid, "UI", std::string("1.2\0", 4));
    QCOMPARE(dataSet.text(tags::StudyInstanceUid), std::string("1.2"));
    // Binary values are no text.
    dataSet.setUnsignedShort(tags::Rows, 0x4141);
    QVERIFY(dataSet.text(tags::Rows).empty());
}

void tst_DataSet::readsIntegers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("value");
    QTest::newRow("plain") << "42" << 0 << "42";
    QTest::newRow("padded, signed") << " +42 " << 0 << "42";
    QTest::newRow("negative") << "-7" << 0 << "-7";
    QTest::newRow("second") << "1\\2" << 1 << "2";
    QTest::newRow("beyond") << "1\\2" << 2 << "";
    QTest::newRow("whole decimal") << "3.0" << 0 << "3";
    QTest::newRow("exponent") << "1e3" << 0 << "1000";
    QTest::newRow("fraction") << "3.5" << 0 << "";
    QTest::newRow("trailing letters") << "3x" << 0 << "";
    QTest::newRow("only a sign") << "+" << 0 << "";
    QTest::newRow("two signs") << "+-3" << 0 << "";
    QTest::newRow("empty") << "" << 0 << "";
    QTest::newRow("too large") << "99999999999999999999" << 0 << "";
    QTest::newRow("infinite") << "inf" << 0 << "";
    QTest::newRow("not a number") << "nan" << 0 << "";
}

void tst_DataSet::readsIntegers()
{
    QFETCH(QString, text);
    QFETCH(int, index);
    QFETCH(QString, value);
    DataSet dataSet;
    dataSet.setText(tags::InstanceNumber, "IS", text.toStdString());
    const auto read = dataSet.integer(tags::InstanceNumber, static_cast<std::size_t>(index));
    QCOMPARE(read ? QString::number(*read) : QString(), value);
}

void tst_DataSet::readsDecimals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<double>("value");
    QTest::newRow("plain") << "0.488281" << true << 0.488281;
    QTest::newRow("exponent") << " -1.5E-03 " << true << -0.0015;
    QTest::newRow("plus") << "+.5" << true << 0.5;
    QTest::newRow("NaN") << "NaN" << false << 0.0;
    QTest::newRow("infinite") << "-inf" << false << 0.0;
    QTest::newRow("overflow") << "1e999" << false << 0.0;
    QTest::newRow("comma") << "0,5" << false << 0.0;
    QTest::newRow("hexadecimal") << "0x10" << false << 0.0;
}

void tst_DataSet::readsDecimals()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QFETCH(double, value);
    DataSet dataSet;
    dataSet.setText(tags::SliceThickness, "DS", text.toStdString());
    const auto read = dataSet.decimal(tags::SliceThickness);
    QCOMPARE(read.has_value(), valid);
    if (valid)
        QCOMPARE(*read, value);
}

void tst_DataSet::readsBinaryNumbers()
{
    DataSet dataSet;
    setNumbers<std::int16_t>(dataSet, tags::PixelPaddingValue, "SS", {-2000, 5});
    QCOMPARE(dataSet.integer(tags::PixelPaddingValue).value(), -2000);
    QCOMPARE(dataSet.integer(tags::PixelPaddingValue, 1).value(), 5);
    QVERIFY(!dataSet.integer(tags::PixelPaddingValue, 2));
    QVERIFY(!dataSet.integer(tags::PixelPaddingValue, std::numeric_limits<std::size_t>::max() / 2));
    setNumbers<double>(dataSet, tags::DiffusionBValue, "FD",
                       {1000.5, std::numeric_limits<double>::quiet_NaN()});
    QCOMPARE(dataSet.decimal(tags::DiffusionBValue).value(), 1000.5);
    QVERIFY(!dataSet.decimal(tags::DiffusionBValue, 1));
    setNumbers<std::uint32_t>(dataSet, tags::DimensionIndexValues, "UL", {4000000000U});
    QCOMPARE(dataSet.integer(tags::DimensionIndexValues).value(), 4000000000LL);
    QCOMPARE(dataSet.decimal(tags::DimensionIndexValues).value(), 4e9);
    setBytes(dataSet, tags::Rows, "US", "\x01"); // half a number
    QVERIFY(!dataSet.integer(tags::Rows));
    setBytes(dataSet, tags::Rows, "UN", std::string("\x01\x00", 2));
    QVERIFY(!dataSet.integer(tags::Rows));
}

void tst_DataSet::readsListsWholeOrNotAtAll()
{
    DataSet dataSet;
    dataSet.setText(tags::PixelSpacing, "DS", "0.5\\0.25");
    QCOMPARE(dataSet.decimals(tags::PixelSpacing), (std::vector<double>{0.5, 0.25}));
    dataSet.setText(tags::PixelSpacing, "DS", "0.5\\x");
    QVERIFY(dataSet.decimals(tags::PixelSpacing).empty());
    dataSet.setText(tags::PixelSpacing, "DS", "");
    QVERIFY(dataSet.decimals(tags::PixelSpacing).empty());
    setNumbers<float>(dataSet, tags::ImagePositionPatient, "FL", {1, 2, 3});
    QCOMPARE(dataSet.decimals(tags::ImagePositionPatient), (std::vector<double>{1, 2, 3}));
}

void tst_DataSet::findsItems()
{
    DataSet item, dataSet;
    item.setText(tags::Modality, "CS", "MR");
    setItems(dataSet, tags::PixelMeasuresSequence, {item, DataSet()});
    QCOMPARE(dataSet.items(tags::PixelMeasuresSequence).size(), std::size_t(2));
    QCOMPARE(dataSet.item(tags::PixelMeasuresSequence)->text(tags::Modality), std::string("MR"));
    QVERIFY(!dataSet.item(tags::PlanePositionSequence));
    QVERIFY(dataSet.items(tags::PlanePositionSequence).empty());
}

void tst_DataSet::knowsValueRepresentations()
{
    QVERIFY((Vr{{'P', 'N'}}).isText() && (Vr{{'U', 'T'}}).isText() && !(Vr{{'U', 'N'}}).isText());
    QVERIFY(!(Vr{{'S', 'Q'}}).isText() && !(Vr{{'O', 'B'}}).isText() && !(Vr{{'E', ' '}}).isText());
    QCOMPARE((Vr{{'S', 'S'}}).numberSize(), 2U);
    QCOMPARE((Vr{{'F', 'L'}}).numberSize(), 4U);
    QCOMPARE((Vr{{'S', 'V'}}).numberSize(), 8U);
    QCOMPARE((Vr{{'O', 'B'}}).numberSize(), 0U);
    QCOMPARE(trimmed(std::string_view(" \0a b \0", 7)), std::string_view("a b"));
}

QTEST_APPLESS_MAIN(tst_DataSet)
#include "tst_DataSet.moc"
