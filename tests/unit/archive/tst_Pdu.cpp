#include "Association.h"
#include "CommandSet.h"
#include "Pdu.h"

#include <base/Uid.h>

#include <QtCore/QRandomGenerator>
#include <QtTest>

using namespace negatoscope;
using namespace negatoscope::archive;
using base::ErrorCode;

namespace {

std::vector<std::uint8_t> body(const std::string &pdu)
{
    return {pdu.begin() + kPduHeader, pdu.end()};
}

AssociatePdu proposal()
{
    AssociatePdu pdu;
    pdu.calledTitle = "PACS";
    pdu.callingTitle = "NEGATOSCOPE";
    pdu.contexts = {{1, "1.2.840.10008.1.1", {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2"}, 0},
                    {3, "1.2.840.10008.5.1.4.1.1.2", {"1.2.840.10008.1.2.4.70"}, 0}};
    pdu.roles = {{"1.2.840.10008.5.1.4.1.1.2", false, true}};
    pdu.largestPdu = 16384;
    pdu.implementationClass = kImplementationClass;
    pdu.implementationVersion = kImplementationVersion;
    return pdu;
}

} // namespace

class tst_Pdu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites()
    {
        const auto read = decodeAssociate(PduType::AssociateRequest, body(encode(proposal())));
        QVERIFY2(read.has_value(), read ? "" : read.error().describe().c_str());
        QVERIFY(*read == proposal());
        QVERIFY(base::isValidUid(kImplementationClass));
        QVERIFY(std::string_view(kImplementationVersion).size() <= 16);
    }

    void readsFragments()
    {
        const std::string two = encodeFragmentHeader(5, true, true, 3) + "abc";
        auto bytes = body(two);
        const auto more = body(encodeFragmentHeader(7, false, false, 1) + "d");
        bytes.insert(bytes.end(), more.begin(), more.end());
        std::span<const std::uint8_t> rest(bytes);
        const auto first = takeFragment(rest);
        QVERIFY(first && first->context == 5 && first->isCommand && first->isLast &&
                first->bytes.size() == 3);
        const auto second = takeFragment(rest);
        QVERIFY(second && second->context == 7 && !second->isCommand && !second->isLast && rest.empty());
    }

    void refusesLengthsBeyondWhatIsThere()
    {
        for (const std::uint32_t length : {0U, 1U, 5U, 0x7fffffffU, 0xffffffffU}) {
            std::vector<std::uint8_t> bytes{std::uint8_t(length >> 24U),
                                            std::uint8_t(length >> 16U),
                                            std::uint8_t(length >> 8U),
                                            std::uint8_t(length),
                                            1,
                                            3};
            std::span<const std::uint8_t> rest(bytes);
            QCOMPARE(takeFragment(rest).error().code(), ErrorCode::ProtocolViolated);
        }
    }

    void tellsRejectionsApart_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<int>("source");
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("code");
        QTest::newRow("calling title") << 1 << 1 << 3 << int(ErrorCode::CallingTitleUnknown);
        QTest::newRow("called title") << 1 << 1 << 7 << int(ErrorCode::CalledTitleUnknown);
        QTest::newRow("no reason") << 1 << 1 << 1 << int(ErrorCode::AssociationRefused);
        QTest::newRow("congestion") << 2 << 3 << 1 << int(ErrorCode::ArchiveBusy);
        QTest::newRow("limit exceeded") << 2 << 3 << 2 << int(ErrorCode::ArchiveBusy);
    }
    void tellsRejectionsApart()
    {
        QFETCH(int, result);
        QFETCH(int, source);
        QFETCH(int, reason);
        QFETCH(int, code);
        const RejectPdu pdu{std::uint8_t(result), std::uint8_t(source), std::uint8_t(reason)};
        const auto read = decodeReject(body(encode(pdu)));
        QVERIFY(read);
        QCOMPARE(int(errorOf(*read).code()), code);
    }

    void readsCommandsItWrites()
    {
        CommandSet command(Command::StoreRequest, 7);
        command.setText(command::AffectedSopClass, "1.2.3");
        command.setText(command::Destination, "ODD");
        command.setHasData(true);
        const std::string bytes = command.encode();
        const auto read =
            CommandSet::decode({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()});
        QVERIFY(read);
        QVERIFY(read->field() == Command::StoreRequest && read->hasData());
        QCOMPARE(read->number(command::MessageId).value_or(0), 7);
        QCOMPARE(read->text(command::AffectedSopClass), std::string("1.2.3"));
        QCOMPARE(read->text(command::Destination), std::string("ODD"));
        QVERIFY(read->status() != 0);
    }

    void survivesMutatedUnits()
    {
        constexpr int kRounds = 60'000;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        CommandSet command(Command::FindReply, 1);
        command.setText(command::AffectedSopClass, "1.2.3");
        const std::string commandBytes = command.encode();
        const std::vector<std::uint8_t> seeds[] = {body(encode(proposal())),
                                                   {commandBytes.begin(), commandBytes.end()},
                                                   body(encodeFragmentHeader(1, true, true, 4) + "abcd")};
        int refused = 0;
        for (int i = 0; i < kRounds; ++i) {
            auto bytes = seeds[random.bounded(3)];
            for (int n = random.bounded(1, 6); n > 0; --n)
                bytes[std::size_t(random.bounded(int(bytes.size())))] = std::uint8_t(random.bounded(256));
            bytes.resize(std::size_t(random.bounded(1, int(bytes.size()) + 1)));
            std::span<const std::uint8_t> rest(bytes);
            refused += decodeAssociate(PduType::AssociateAccept, bytes) ? 0 : 1;
            refused += CommandSet::decode(bytes) ? 0 : 1;
            while (!rest.empty() && takeFragment(rest))
                continue;
            refused += rest.empty() ? 0 : 1;
        }
        QVERIFY2(refused > kRounds / 2, qPrintable(QString::number(seed)));
    }
};

QTEST_APPLESS_MAIN(tst_Pdu)
#include "tst_Pdu.moc"
