#include "Identifier.h"
#include "QueryTags.h"

#include <QtCore/QRandomGenerator>
#include <QtTest>

using namespace negatoscope;
using archive::Identifier;
using base::ErrorCode;
using dicom::DataSet;

namespace {

std::vector<std::uint8_t> bytesOf(const std::string &text)
{
    return {text.begin(), text.end()};
}

DataSet answer()
{
    DataSet dataSet;
    dataSet.setText(dicom::tags::PatientName, "PN", "Müller^Jörg");
    dataSet.setText(dicom::tags::StudyInstanceUid, "UI", "1.2.3");
    dataSet.setText(archive::tags::ModalitiesInStudy, "CS", "CT\\SR");
    DataSet item;
    item.setText(dicom::tags::ReferencedSopInstanceUid, "UI", "1.2.3.4");
    item.setUnsignedShort(archive::tags::FailureReason, 0x0112);
    dicom::Element list{archive::tags::FailedSopSequence, dicom::Vr{{'S', 'Q'}}, false, 0, {}, {item, item}};
    dataSet.insert(std::move(list));
    return dataSet;
}

} // namespace

class tst_Identifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites_data()
    {
        QTest::addColumn<QByteArray>("syntax");
        QTest::newRow("implicit") << QByteArray(archive::kImplicitLittle);
        QTest::newRow("explicit") << QByteArray(archive::kExplicitLittle);
    }
    void readsWhatItWrites()
    {
        QFETCH(QByteArray, syntax);
        const auto bytes = bytesOf(Identifier::encode(answer(), syntax.toStdString()));
        const auto read = Identifier::decode(bytes, syntax.toStdString());
        QVERIFY2(read.has_value(), read ? "" : read.error().describe().c_str());
        QCOMPARE(read->text(dicom::tags::SpecificCharacterSet), std::string("ISO_IR 100"));
        QCOMPARE(read->text(dicom::tags::PatientName), std::string("Müller^Jörg"));
        QCOMPARE(read->texts(archive::tags::ModalitiesInStudy).size(), std::size_t(2));
        const auto items = read->items(archive::tags::FailedSopSequence);
        QCOMPARE(items.size(), std::size_t(2));
        QCOMPARE(items[1].text(dicom::tags::ReferencedSopInstanceUid), std::string("1.2.3.4"));
        QCOMPARE(items[1].integer(archive::tags::FailureReason).value_or(0), std::int64_t(0x0112));
    }

    void honoursTheCharacterSetOfTheAnswer()
    {
        // Explicit: (0008,0005) ISO_IR 144, then a name in it.
        const std::string bytes = std::string("\x08\x00\x05\x00"
                                              "CS"
                                              "\x0a\x00"
                                              "ISO_IR 144",
                                              18) +
                                  std::string("\x10\x00\x10\x00"
                                              "PN"
                                              "\x04\x00"
                                              "\xbb\xee\xda\xe1",
                                              12);
        const auto read = Identifier::decode(bytesOf(bytes), archive::kExplicitLittle);
        QVERIFY(read);
        QCOMPARE(read->text(dicom::tags::PatientName), std::string("Люкс"));
    }

    void refusesDeepNesting()
    {
        std::string bytes;
        for (int i = 0; i < 10'000; ++i)
            bytes += std::string("\x08\x00\x99\x11\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff", 16);
        QCOMPARE(Identifier::decode(bytesOf(bytes), archive::kImplicitLittle).error().code(),
                 ErrorCode::LimitExceeded);
    }

    void refusesLengthsBeyondWhatIsThere()
    {
        const std::string bytes("\x10\x00\x20\x00\xf0\xff\xff\x7f"
                                "abcd",
                                12);
        QCOMPARE(Identifier::decode(bytesOf(bytes), archive::kImplicitLittle).error().code(),
                 ErrorCode::Malformed);
    }

    void survivesMutatedAnswers()
    {
        constexpr int kRounds = 40'000;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        int refused = 0;
        for (int i = 0; i < kRounds; ++i) {
            const char *const syntax = i % 2 == 0 ? archive::kImplicitLittle : archive::kExplicitLittle;
            auto bytes = bytesOf(Identifier::encode(answer(), syntax));
            for (int n = random.bounded(1, 8); n > 0; --n)
                bytes[std::size_t(random.bounded(int(bytes.size())))] = std::uint8_t(random.bounded(256));
            refused += Identifier::decode(bytes, syntax) ? 0 : 1;
        }
        QVERIFY2(refused > kRounds / 10, qPrintable(QString::number(seed)));
    }
};

QTEST_APPLESS_MAIN(tst_Identifier)
#include "tst_Identifier.moc"
