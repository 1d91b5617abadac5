#include "CacheFixture.h"
#include "SearchText.h"

#include <QtTest/QtTest>

using namespace negatoscope;
using namespace negatoscope::test;

/// Finding studies by words in any script, by date and modality.
class tst_CacheSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsByWord_data();
    void findsByWord();
    void patientFieldLooksAtNameAndIdOnly();
    void filtersByDateAndModality();
    void listsNewestFirstWithinTheLimit();
    void fillsWhatTheFirstObjectLeftOpen();

private:
    std::vector<std::string> find(const cache::StudyQuery &query)
    {
        std::vector<std::string> uids;
        for (const auto &study : m_fixture.cache->studies(query))
            uids.push_back(study.uid.value());
        return uids;
    }

    CacheFixture m_fixture;
};

void tst_CacheSearch::initTestCase()
{
    QVERIFY(m_fixture.open());
    struct Row
    {
        const char *name, *id, *accession, *description, *date, *modality;
    };
    const Row rows[] = {
        {"GARCÍA LÓPEZ^José", "AB-1001", "ACC77", "Scanner thoracique", "20240101", "CT"},
        {"Yamada^Tarou=山田^太郎=やまだ^たろう", "2002", "", "MR Brain", "20240102", "MR"},
        {"Παπαδόπουλος^Γιώργος", "3003", "", "Knee", "20240103", "MR"},
        {"Чайковский^Пётр", "4004", "", "Chest", "20240104", "CR"},
        {"Hong^Gildong=洪^吉洞=홍^길동", "5005", "", "US abdomen", "20240105", "US"},
        {"O'BRIEN^Sean", "6006", "", "PET/CT whole-body", "20240106", "PT"},
        {"Straße^Jürgen", "7007", "", "Łódź Røntgen", "20240107", "DX"},
        {"محمد^أحمد", "8008", "", "CT head", "20240108", "CT"},
        {"MARTIN^Jean-Paul", "9009", "100%_x", "abc", "", "CT"},
    };
    int number = 0;
    for (const Row &row : rows) {
        InstanceSpec spec;
        const std::string suffix = std::to_string(++number);
        spec.study = "1." + suffix;
        spec.series = "2." + suffix;
        spec.instance = "3." + suffix;
        spec.name = row.name;
        spec.id = row.id;
        spec.accession = row.accession;
        spec.description = row.description;
        spec.date = row.date;
        spec.modality = row.modality;
        writeInstance(m_fixture.source(suffix), spec);
    }
    QCOMPARE(m_fixture.import(m_fixture.source("")).imported, number);
}

void tst_CacheSearch::findsByWord_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("study");
    const auto row = [](const char *name, const char *text, const char *study) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(study);
    };
    row("without accents", "garcia lopez", "1.1");
    row("beginnings in any order", "jos gar", "1.1");
    row("middle of a word", "arcia", "");
    row("part of an id", "1001", "1.1");
    row("id with its hyphen", "ab-1001", "1.1");
    row("accession", "acc7", "1.1");
    row("words of several fields", "garcia thorac", "1.1");
    row("one word missing", "garcia knee", "");
    row("ideographic", "山田", "1.2");
    row("ideographic, inside", "太", "1.2");
    row("phonetic", "やまだ", "1.2");
    row("phonetic in katakana", "ヤマダ", "1.2");
    row("Greek without accents", "παπαδοπουλος", "1.3");
    row("Greek capitals", "ΓΙΩΡΓΟΣ", "1.3");
    row("Cyrillic, io as ie", "петр чайк", "1.4");
    row("hangul", "길동", "1.5");
    row("apostrophe left out", "obrien", "1.6");
    row("apostrophe", "o'brien", "1.6");
    row("hyphenated", "whole-b", "1.6");
    row("slash", "pet/ct", "1.6");
    row("sharp s", "strasse", "1.7");
    row("stroked letters", "lodz rontgen", "1.7");
    row("Arabic without hamza", "احمد", "1.8");
    row("second part of a double name", "paul", "1.9");
    row("like wildcards are no letters", "100%_x", "1.9");
    row("quotes", "\"martin\"", "1.9");
    row("operators are words", "martin OR garcia", "");
    row("column filter is text", "name:martin", "");
    row("signs alone", "*", "");
    row("a quote alone", "\"", "");
}

void tst_CacheSearch::findsByWord()
{
    QFETCH(const QString, text);
    QFETCH(const QString, study);
    cache::StudyQuery query;
    query.text = text.toStdString();
    const auto expected = study.isEmpty() ? std::vector<std::string>{} : std::vector{study.toStdString()};
    QCOMPARE(find(query), expected);
}

void tst_CacheSearch::patientFieldLooksAtNameAndIdOnly()
{
    cache::StudyQuery query;
    query.patient = "knee";
    QVERIFY(find(query).empty());
    query.patient = "3003";
    QCOMPARE(find(query), std::vector<std::string>{"1.3"});
    query.text = "knee";
    QCOMPARE(find(query), std::vector<std::string>{"1.3"});
}

void tst_CacheSearch::filtersByDateAndModality()
{
    cache::StudyQuery query;
    query.dateFrom = "20240102";
    query.dateTo = "20240104";
    QCOMPARE(find(query), (std::vector<std::string>{"1.4", "1.3", "1.2"}));
    query.modalities = {"MR"};
    QCOMPARE(find(query), (std::vector<std::string>{"1.3", "1.2"}));
    query.text = "knee";
    QCOMPARE(find(query), std::vector<std::string>{"1.3"});
    query.modalities = {"M"};
    QVERIFY(find(query).empty());
}

void tst_CacheSearch::listsNewestFirstWithinTheLimit()
{
    cache::StudyQuery query;
    query.limit = 3;
    QCOMPARE(find(query), (std::vector<std::string>{"1.8", "1.7", "1.6"}));
    query.limit = 100;
    QCOMPARE(find(query).size(), 9U);
    QCOMPARE(find(query).back(), "1.9");
}

void tst_CacheSearch::fillsWhatTheFirstObjectLeftOpen()
{
    InstanceSpec bare;
    bare.study = "1.50";
    bare.series = "2.50";
    bare.instance = "3.50.1";
    bare.description.clear();
    bare.modality = "KO";
    m_fixture.importOne(bare);
    InstanceSpec full = bare;
    full.series = "2.51";
    full.instance = "3.50.2";
    full.description = "Zygomatic arch";
    full.modality = "CT";
    m_fixture.importOne(full);
    cache::StudyQuery query;
    query.text = "zygo";
    const auto found = m_fixture.cache->studies(query);
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].modalities, std::vector<std::string>{"CT"});
    QVERIFY(m_fixture.cache->remove(base::StudyUid("1.50")));
    QVERIFY(find(query).empty());
}

QTEST_GUILESS_MAIN(tst_CacheSearch)
#include "tst_CacheSearch.moc"
