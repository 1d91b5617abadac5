#include "CacheFixture.h"

#include <QtTest/QtTest>

#include <random>

using namespace negatoscope;
using namespace negatoscope::test;
using cache::StudyOrder;

Q_DECLARE_METATYPE(negatoscope::cache::StudyOrder)

/// Every order over all that match, both ways, with few matches and with many, cached and in place.
class tst_CacheListing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ordersAllThatMatch_data();
    void ordersAllThatMatch();
    void combinesConditions();
    void countsWhatThereIs();
    void deliversRecordsByNumber();
    void placesWhatIsInPlaceAmongTheCached();

private:
    /// The key of a record by itself, told without the index.
    static std::string keyOf(const cache::StudyRecord &study, StudyOrder order)
    {
        const auto padded = [](std::uint64_t value) {
            std::string text = std::to_string(value);
            return std::string(20 - text.size(), '0') + text;
        };
        switch (order) {
        case StudyOrder::Date:
            return {};
        case StudyOrder::Patient:
            // Capitals without accents here, so that the folded order is the plain one.
            return study.patient.name.alphabetic;
        case StudyOrder::PatientId:
            return study.patient.id;
        case StudyOrder::BirthDate:
            return study.patient.birthDate;
        case StudyOrder::Accession:
            return study.accession;
        case StudyOrder::Description:
            return study.description;
        case StudyOrder::Modalities:
            return study.modalities.empty() ? std::string() : study.modalities.front();
        case StudyOrder::Series:
            return padded(static_cast<std::uint64_t>(study.series));
        case StudyOrder::Instances:
            return padded(static_cast<std::uint64_t>(study.instances));
        case StudyOrder::State:
            return padded(static_cast<std::uint64_t>(study.completeness));
        case StudyOrder::Bytes:
            return padded(study.bytes);
        }
        return {};
    }
    static std::string whenOf(const cache::StudyRecord &study) { return study.studyDate + study.studyTime; }

    static constexpr int kStudies = 2600; // more than are looked up one by one
    CacheFixture m_fixture;
};

void tst_CacheListing::initTestCase()
{
    QVERIFY(m_fixture.open());
    std::mt19937 random(11);
    const auto pick = [&](std::initializer_list<const char *> from) {
        return std::string(*(from.begin() + random() % from.size()));
    };
    for (int i = 0; i < kStudies; ++i) {
        InstanceSpec spec;
        const std::string number = std::to_string(i);
        spec.study = "1.5." + number;
        spec.series = "1.6." + number;
        spec.instance = "1.7." + number;
        spec.name = pick({"ADAM^A", "BERG^B", "CORTE^C", "DURAND^D", "MARTIN^M"});
        spec.id = std::to_string(1000 + random() % 900);
        spec.birthDate = std::to_string(19400101 + random() % 40 * 10000);
        spec.date = std::to_string(20200101 + random() % 28);
        spec.time = std::to_string(100000 + random() % 100000);
        spec.accession = std::to_string(100 + random() % 800);
        spec.description = pick({"brain", "chest", "knee"});
        spec.modality = pick({"CT", "MR", "US"});
        spec.pixelBytes = 64 + 2 * (random() % 50);
        writeInstance(m_fixture.source("all/" + number), spec);
    }
    QCOMPARE(m_fixture.import(m_fixture.source("all")).imported, kStudies);
}

void tst_CacheListing::ordersAllThatMatch_data()
{
    QTest::addColumn<StudyOrder>("order");
    QTest::addColumn<bool>("ascending");
    QTest::addColumn<QString>("text");
    const std::pair<const char *, StudyOrder> orders[] = {
        {"date", StudyOrder::Date},           {"patient", StudyOrder::Patient},
        {"id", StudyOrder::PatientId},        {"birth", StudyOrder::BirthDate},
        {"accession", StudyOrder::Accession}, {"description", StudyOrder::Description},
        {"modality", StudyOrder::Modalities}, {"series", StudyOrder::Series},
        {"images", StudyOrder::Instances},    {"state", StudyOrder::State},
        {"bytes", StudyOrder::Bytes}};
    for (const auto &order : orders)
        for (const bool ascending : {false, true})
            for (const char *text : {"", "martin"}) // walked; looked up
                QTest::addRow("%s %s %s", order.first, ascending ? "up" : "down", text)
                    << order.second << ascending << QString::fromLatin1(text);
}

void tst_CacheListing::ordersAllThatMatch()
{
    QFETCH(const StudyOrder, order);
    QFETCH(const bool, ascending);
    QFETCH(const QString, text);
    cache::StudyQuery query;
    query.order = order;
    query.ascending = ascending;
    query.text = text.toStdString();
    const auto listing = m_fixture.cache->list(query);
    const auto records = m_fixture.cache->studiesAt(listing.numbers);
    if (text.isEmpty())
        QCOMPARE(static_cast<int>(records.size()), kStudies);
    else
        QVERIFY(records.size() > 100 && records.size() < 2000);
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto &before = records[i - 1], &now = records[i];
        const auto own = keyOf(before, order).compare(keyOf(now, order));
        QVERIFY(ascending ? own <= 0 : own >= 0);
        if (own != 0)
            continue;
        const auto when = whenOf(before).compare(whenOf(now));
        QVERIFY(order == StudyOrder::Date && ascending ? when <= 0 : when >= 0);
    }
}

void tst_CacheListing::combinesConditions()
{
    cache::StudyQuery query;
    query.text = "martin ches";
    query.modalities = {"CT", "US"};
    query.dateFrom = "20200105";
    query.dateTo = "20200110";
    for (const StudyOrder order : {StudyOrder::Date, StudyOrder::Accession}) {
        query.order = order;
        const auto found = m_fixture.cache->studiesAt(m_fixture.cache->list(query).numbers);
        std::size_t expected = 0;
        cache::StudyQuery everything;
        everything.limit = kStudies;
        for (const auto &study : m_fixture.cache->studies(everything))
            expected += study.patient.name.alphabetic == "MARTIN^M" && study.description == "chest" &&
                                study.modalities != std::vector<std::string>{"MR"} &&
                                study.studyDate >= "20200105" && study.studyDate <= "20200110"
                            ? 1
                            : 0;
        QVERIFY(expected > 0);
        QCOMPARE(found.size(), expected);
    }
    query.dateTo.clear();
    query.text.clear();
    query.modalities.clear();
    query.order = StudyOrder::Date;
    const auto later = m_fixture.cache->studiesAt(m_fixture.cache->list(query).numbers);
    QVERIFY(!later.empty() && later.back().studyDate == "20200105");
}

void tst_CacheListing::countsWhatThereIs()
{
    cache::StudyQuery query;
    query.text = "martin";
    const auto listing = m_fixture.cache->list(query);
    QCOMPARE(listing.all, kStudies);
    QVERIFY(listing.numbers.size() < std::size_t(kStudies));
    query.text = "nobody";
    QVERIFY(m_fixture.cache->list(query).numbers.empty());
    QCOMPARE(m_fixture.cache->list(query).all, kStudies);
}

void tst_CacheListing::deliversRecordsByNumber()
{
    const auto listing = m_fixture.cache->list({});
    const cache::StudyNumber asked[] = {listing.numbers[7], 1'000'000, listing.numbers[3]};
    const auto records = m_fixture.cache->studiesAt(asked);
    QCOMPARE(records.size(), 3U);
    QCOMPARE(records[0].number, listing.numbers[7]);
    QVERIFY(records[1].uid.value().empty());
    QCOMPARE(records[2].number, listing.numbers[3]);
}

void tst_CacheListing::placesWhatIsInPlaceAmongTheCached()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec spec;
    for (int i = 1; i <= 5; ++i) {
        spec.study = "1.5." + std::to_string(i);
        spec.series = "1.6." + std::to_string(i);
        spec.instance = "1.7." + std::to_string(i);
        spec.name = std::string(1, static_cast<char>('A' + 2 * i)) + "^X"; // C E G I K
        spec.date = "2024010" + std::to_string(i);
        fixture.importOne(spec);
    }
    writeInstance(fixture.source("place/also"), spec); // cached too
    spec.study = "1.5.9";
    spec.series = "1.6.9";
    spec.instance = "1.7.9";
    spec.name = "F^X";
    spec.date = "20230101";
    writeInstance(fixture.source("place/only"), spec);
    QVERIFY(fixture.cache->openInPlace({fixture.source("place").string()}, {}, {}));

    cache::StudyQuery query;
    query.order = StudyOrder::Patient;
    query.ascending = true;
    const auto listing = fixture.cache->list(query);
    QCOMPARE(listing.all, 6);
    QStringList names;
    for (const auto &study : fixture.cache->studiesAt(listing.numbers)) {
        names << QString::fromStdString(study.patient.name.alphabetic);
        QCOMPARE(study.inPlace, study.uid.value() == "1.5.9");
    }
    QCOMPARE(names.join(u' '), QStringLiteral("C^X E^X F^X G^X I^X K^X"));
    QCOMPARE(fixture.cache->studies({}).back().uid.value(), std::string("1.5.9"));
}

QTEST_GUILESS_MAIN(tst_CacheListing)
#include "tst_CacheListing.moc"
