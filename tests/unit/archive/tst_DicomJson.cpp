#include "DicomJson.h"
#include "QueryTags.h"

#include <QtCore/QRandomGenerator>
#include <QtTest>

using namespace negatoscope;
using base::ErrorCode;
namespace attribute = dicom::tags;

namespace {

const std::string kAnswer = R"([{
    "00080061": {"vr": "CS", "Value": ["MR", "PT"]},
    "00100010": {"vr": "PN", "Value": [{"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎"}]},
    "00100020": {"vr": "LO"},
    "0020000D": {"vr": "UI", "Value": ["1.2.3"]},
    "00201206": {"vr": "IS", "Value": [12]},
    "00081198": {"vr": "SQ", "Value": [{"00081197": {"vr": "US", "Value": [42752]},
                                        "00081155": {"vr": "UI", "Value": ["1.2.3.4"]}}]}
}, {"0020000D": {"vr": "UI", "Value": ["1.2.4"]}}])";

std::string nested(int depth)
{
    return std::string(std::size_t(depth), '[') + std::string(std::size_t(depth), ']');
}

} // namespace

class tst_DicomJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAnswersAreMadeOf()
    {
        const auto rows = archive::dataSetsOfJson(kAnswer);
        QVERIFY(rows.has_value());
        QCOMPARE(rows->size(), std::size_t(2));
        const auto &row = rows->front();
        QCOMPARE(row.texts(archive::tags::ModalitiesInStudy), (std::vector<std::string>{"MR", "PT"}));
        QCOMPARE(row.text(attribute::PatientName), std::string("Yamada^Tarou=山田^太郎"));
        QCOMPARE(row.text(attribute::PatientId), std::string());
        QCOMPARE(row.integer(archive::tags::NumberOfStudyRelatedSeries), std::optional<std::int64_t>(12));
        const auto *const failed = row.item(archive::tags::FailedSopSequence);
        QVERIFY(failed);
        QCOMPARE(failed->integer(archive::tags::FailureReason), std::optional<std::int64_t>(0xa700));
        QCOMPARE(failed->text(attribute::ReferencedSopInstanceUid), std::string("1.2.3.4"));
    }

    void nothingIsAnEmptyList()
    {
        for (const char *text : {"", " \r\n", "[]"})
            QCOMPARE(archive::dataSetsOfJson(text)->size(), std::size_t(0));
    }

    void limitsNesting()
    {
        // At the limit it is parsed (and is no list of data sets), beyond it it is not.
        QCOMPARE(archive::dataSetsOfJson(nested(64)).error().code(), ErrorCode::Malformed);
        QCOMPARE(archive::dataSetsOfJson(nested(65)).error().code(), ErrorCode::LimitExceeded);
        QCOMPARE(archive::dataSetsOfJson(nested(1'000'000)).error().code(), ErrorCode::LimitExceeded);
        const std::string inText =
            "[{\"00100020\": {\"vr\": \"LO\", \"Value\": [\"" + std::string(100, '[') + "\"]}}]";
        QVERIFY(archive::dataSetsOfJson(inText).has_value());
    }

    void refusesWhatIsNoJson()
    {
        for (const char *text : {"<html>", "{", "[1]", "[{}", "\"x\"", "[[]]"})
            QVERIFY2(!archive::dataSetsOfJson(text), text);
    }

    void mutationsDoNoHarm()
    {
        constexpr int kRounds = 20'000;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        int refused = 0;
        for (int i = 0; i < kRounds; ++i) {
            std::string text = kAnswer;
            for (int flips = random.bounded(1, 6); flips > 0; --flips)
                text[std::size_t(random.bounded(int(text.size())))] = char(random.bounded(256));
            refused += archive::dataSetsOfJson(text).has_value() ? 0 : 1;
        }
        QVERIFY2(refused > 0 && refused < kRounds, qPrintable(QString::number(seed)));
    }
};

QTEST_GUILESS_MAIN(tst_DicomJson)
#include "tst_DicomJson.moc"
