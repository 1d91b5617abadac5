#include "MultipartReader.h"

#include <QtCore/QRandomGenerator>
#include <QtTest>

using namespace negatoscope;
using archive::MultipartReader;
using base::ErrorCode;

namespace {

struct Part
{
    std::string type, content;
    bool ended = false;
    bool operator==(const Part &) const = default;
};

struct Outcome
{
    std::vector<Part> parts;
    bool finished = false;
    std::optional<ErrorCode> error;
    bool operator==(const Outcome &) const = default;
};

/// Reads the body in pieces of random sizes up to `most`; checks the order of the calls.
Outcome read(const std::string &boundary, const std::string &body, int most, QRandomGenerator &random)
{
    Outcome outcome;
    bool inPart = false, orderly = true;
    MultipartReader reader(boundary, {[&](std::string_view type) -> base::Status {
                                          orderly = orderly && !inPart;
                                          inPart = true;
                                          outcome.parts.push_back({std::string(type), {}, false});
                                          return {};
                                      },
                                      [&](std::span<const std::uint8_t> bytes) -> base::Status {
                                          orderly = orderly && inPart && !bytes.empty();
                                          outcome.parts.back().content.append(
                                              reinterpret_cast<const char *>(bytes.data()), bytes.size());
                                          return {};
                                      },
                                      [&]() -> base::Status {
                                          orderly = orderly && inPart;
                                          inPart = false;
                                          outcome.parts.back().ended = true;
                                          return {};
                                      }});
    for (std::size_t at = 0; at < body.size() && !outcome.error;) {
        const auto count = std::min(body.size() - at, std::size_t(random.bounded(1, most + 1)));
        const auto fed = reader.feed({reinterpret_cast<const std::uint8_t *>(body.data()) + at, count});
        if (!fed)
            outcome.error = fed.error().code();
        at += count;
    }
    outcome.finished = reader.isFinished();
    if (!orderly)
        outcome.error = ErrorCode::Internal;
    return outcome;
}

std::string bodyOf(const std::string &boundary, const std::vector<Part> &parts)
{
    std::string body = "a preamble\r\n";
    for (const Part &part : parts)
        body +=
            "--" + boundary + "\r\nX: y\r\nCONTENT-type: " + part.type + "\r\n\r\n" + part.content + "\r\n";
    return body + "--" + boundary + "--\r\nan epilogue";
}

} // namespace

class tst_MultipartReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheBoundary()
    {
        const auto boundary = [](const char *type) { return MultipartReader::boundaryOf(type).value_or(""); };
        QCOMPARE(boundary("multipart/related; boundary=abc"), std::string("abc"));
        QCOMPARE(boundary("Multipart/Related;type=\"application/dicom\";BOUNDARY=\"a b;c\""),
                 std::string("a b;c"));
        QCOMPARE(boundary("multipart/related; type=\"a; boundary=no\"; boundary=yes ; x=y"),
                 std::string("yes"));
        const std::string longest(200, 'x');
        QCOMPARE(boundary(("multipart/related; boundary=" + longest).c_str()), longest);
    }
    void refusesEvilBoundaries_data()
    {
        QTest::addColumn<QByteArray>("type");
        for (const char *type : {"", "text/html", "multipart/related", "multipart/related; boundary=",
                                 "multipart/related; boundary", "multipart/related; boundary=\"",
                                 "multipart/related; boundary=\"a", "multipart/related; boundary=\"\"",
                                 "multipart/related; boundary=\"a \"", "multipart/related; boundary=\"a\tb\"",
                                 "multipart/related; boundary=\"a\r\nb\"", "multipart/relatedx; boundary=a",
                                 ";;;=;=\"", "=;boundary=a"})
            QTest::newRow(type) << QByteArray(type);
        QTest::newRow("too long") << "multipart/related; boundary=" + QByteArray(201, 'x');
    }
    void refusesEvilBoundaries()
    {
        QFETCH(QByteArray, type);
        QVERIFY(!MultipartReader::boundaryOf(type.toStdString()));
    }

    void takesPartsApartWhereverTheyAreCut()
    {
        const std::string boundary = "b--b";
        const std::vector<Part> parts{{"application/dicom", "one", true},
                                      {"application/dicom", "", true},
                                      {"text/plain", "\r\n--b-\r\n--b--\r\r\n\r\n--", true},
                                      {"", std::string(1000, '\r') + "\r\n--b--", true}};
        const std::string body = bodyOf(boundary, parts);
        QRandomGenerator random(1);
        for (const int most : {1, 2, 3, 7, 50, 10'000}) {
            const Outcome outcome = read(boundary, body, most, random);
            QVERIFY(!outcome.error);
            QVERIFY(outcome.finished);
            QCOMPARE(outcome.parts.size(), parts.size());
            for (std::size_t i = 0; i < parts.size(); ++i)
                QVERIFY2(outcome.parts[i] == parts[i],
                         qPrintable(QStringLiteral("part %1 in %2").arg(i).arg(most)));
        }
    }

    void theFirstBoundaryMayBeTheFirstThing()
    {
        QRandomGenerator random(1);
        const Outcome outcome = read("x", "--x\r\n\r\nbody\r\n--x--", 3, random);
        QVERIFY(!outcome.error && outcome.finished);
        QCOMPARE(outcome.parts.front().content, std::string("body"));
    }

    void aBodyThatIsCutIsNotFinished()
    {
        const std::string body = bodyOf("xyz", {{"a", "one", true}, {"b", "two", true}});
        QRandomGenerator random(1);
        const auto end = body.find("--xyz--") + 7;
        for (std::size_t length = 0; length < end; ++length)
            QVERIFY(!read("xyz", body.substr(0, length), 5, random).finished);
        QVERIFY(read("xyz", body.substr(0, end), 5, random).finished);
    }

    void limitsHeaders()
    {
        QRandomGenerator random(1);
        const auto of = [&](std::size_t bytes) {
            return read("x", "--x\r\nX: " + std::string(bytes, 'y') + "\r\n\r\nbody\r\n--x--", 4096, random);
        };
        QVERIFY(!of((16 << 10) - 10).error);
        QCOMPARE(of((16 << 10) + 10).error, std::optional(ErrorCode::LimitExceeded));
        QCOMPARE(read("x", "--x\r\nX: " + std::string(1 << 20, 'y'), 4096, random).error,
                 std::optional(ErrorCode::LimitExceeded));
        QCOMPARE(read("x", "--x" + std::string(1 << 20, ' '), 4096, random).error,
                 std::optional(ErrorCode::Malformed));
    }

    void refusesABoundaryInsideALine()
    {
        QRandomGenerator random(1);
        QCOMPARE(read("x", "--xyz\r\n\r\nbody\r\n--x--", 4096, random).error,
                 std::optional(ErrorCode::Malformed));
    }

    void anErrorOfTheCallerEndsIt()
    {
        MultipartReader reader(
            "x", {[](std::string_view) { return base::failure(ErrorCode::DiskFull, "full"); }, {}, {}});
        const std::string body = "--x\r\n\r\nbody";
        const auto fed = reader.feed({reinterpret_cast<const std::uint8_t *>(body.data()), body.size()});
        QVERIFY(!fed && fed.error().code() == ErrorCode::DiskFull);
    }

    /// Whatever comes, it ends, in order, and the same however it is cut.
    void mutationsDoNoHarm()
    {
        constexpr int kRounds = 5000;
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        const std::string body = bodyOf("bound", {{"application/dicom", "some content", true},
                                                  {"application/dicom", std::string(300, '-'), true}});
        int refused = 0, unlike = 0;
        const Outcome right = read("bound", body, 1000, random);
        for (int i = 0; i < kRounds; ++i) {
            std::string changed = body;
            for (int changes = random.bounded(1, 5); changes > 0; --changes) {
                const auto at = std::size_t(random.bounded(int(changed.size())));
                switch (random.bounded(4)) {
                case 0:
                    changed.erase(at, std::size_t(random.bounded(1, 9)));
                    break;
                case 1:
                    changed.insert(at, random.bounded(2) == 0 ? "\r\n--bound" : "\r\n\r\n");
                    break;
                default:
                    changed[at] = "\r\n-bound: x\0"[random.bounded(12)];
                }
            }
            const Outcome coarse = read("bound", changed, 4096, random),
                          fine = read("bound", changed, 3, random);
            QVERIFY2(coarse.error != std::optional(ErrorCode::Internal), qPrintable(QString::number(seed)));
            QVERIFY2(coarse.error == fine.error && coarse.finished == fine.finished &&
                         (coarse.error || coarse.parts == fine.parts),
                     qPrintable(QString::number(seed)));
            refused += coarse.error ? 1 : 0;
            unlike += coarse == right ? 0 : 1;
        }
        QVERIFY(refused > 0 && unlike > kRounds / 2);
    }
};

QTEST_GUILESS_MAIN(tst_MultipartReader)
#include "tst_MultipartReader.moc"
