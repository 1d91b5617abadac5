#include <session/SavedSearches.h>
#include <session/StudyQuestion.h>

#include <QtCore/QTemporaryDir>
#include <QtTest>

using namespace negatoscope;
using session::SavedSearch;
using session::SavedSearches;
using session::SearchPlace;
using session::StudyDates;
using session::StudyQuestion;

namespace {

const QDate kToday(2026, 11, 24);

StudyQuestion words(const QString &text)
{
    StudyQuestion question;
    question.words = text;
    return question;
}

SavedSearch tonight()
{
    SavedSearch search;
    search.name = QStringLiteral("Tonight");
    search.place = {SearchPlace::Kind::Archive, QStringLiteral("CHU")};
    search.question.modalities = {QStringLiteral("CT"), QStringLiteral("MR")};
    search.question.dates = StudyDates::Today;
    search.question.institution = QStringLiteral("Hôpital Nord");
    search.refreshMinutes = 2;
    return search;
}

} // namespace

class tst_StudyQuestion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersAreANameAndDigitsAnIdOrAnAccessionNumber()
    {
        const auto name = session::archiveQueries(words(QStringLiteral(" martin  claire ")), kToday);
        QCOMPARE(name.size(), std::size_t(1));
        QCOMPARE(name[0].patientName, std::string("martin claire"));
        QVERIFY(name[0].patientId.empty() && name[0].accession.empty());

        const auto number = session::archiveQueries(words(QStringLiteral("martin A-4711")), kToday);
        QCOMPARE(number.size(), std::size_t(2));
        QCOMPARE(number[0].patientName, std::string("martin"));
        QCOMPARE(number[0].patientId, std::string("A-4711*"));
        QCOMPARE(number[1].patientName, std::string("martin"));
        QCOMPARE(number[1].accession, std::string("A-4711*"));
        QVERIFY(number[0].accession.empty() && number[1].patientId.empty());
    }

    void aNumberIsNotAskedForTwiceInOneField()
    {
        auto question = words(QStringLiteral("99"));
        question.patientId = QStringLiteral("4711");
        const auto queries = session::archiveQueries(question, kToday);
        QCOMPARE(queries.size(), std::size_t(1));
        QCOMPARE(queries[0].patientId, std::string("4711*"));
        QCOMPARE(queries[0].accession, std::string("99*"));
    }

    void keepsWildcardsOfTheReader()
    {
        StudyQuestion question;
        question.accession = QStringLiteral("?11");
        QCOMPARE(session::archiveQueries(question, kToday)[0].accession, std::string("?11"));
    }

    void datesMoveWithTheDay()
    {
        StudyQuestion question;
        question.dates = StudyDates::Week;
        QCOMPARE(session::archiveQueries(question, kToday)[0].dateFrom, std::string("20261118"));
        QCOMPARE(session::cacheQuery(question, kToday.addDays(1)).dateFrom, std::string("20261119"));
        question.dates = StudyDates::Yesterday;
        QCOMPARE(question.span(kToday), std::pair(QDate(2026, 11, 23), QDate(2026, 11, 23)));
        question.dates = StudyDates::Range;
        question.from = kToday;
        question.to = kToday.addDays(-2);
        QCOMPARE(question.span(kToday), std::pair(kToday.addDays(-2), kToday));
    }

    void knowsWhatWouldAskForAWholeArchive()
    {
        const auto isNarrow = [](auto set) {
            StudyQuestion question;
            set(question);
            return session::isNarrow(question, kToday);
        };
        QVERIFY(!isNarrow([](StudyQuestion &) {}));
        QVERIFY(!isNarrow([](StudyQuestion &q) { q.words = QStringLiteral("m"); }));
        QVERIFY(!isNarrow([](StudyQuestion &q) { q.words = QStringLiteral("* * ?"); }));
        QVERIFY(!isNarrow([](StudyQuestion &q) { q.modalities = QStringList{QStringLiteral("CT")}; }));
        QVERIFY(!isNarrow([](StudyQuestion &q) { q.dates = StudyDates::Year; }));
        QVERIFY(!isNarrow([](StudyQuestion &q) { q.institution = QStringLiteral("CHU"); }));
        QVERIFY(isNarrow([](StudyQuestion &q) { q.words = QStringLiteral("ma"); }));
        QVERIFY(isNarrow([](StudyQuestion &q) { q.words = QStringLiteral("山"); }));
        QVERIFY(isNarrow([](StudyQuestion &q) { q.accession = QStringLiteral("12"); }));
        QVERIFY(isNarrow([](StudyQuestion &q) { q.referringPhysician = QStringLiteral("Durand"); }));
        QVERIFY(isNarrow([](StudyQuestion &q) { q.dates = StudyDates::Month; }));
        QVERIFY(!isNarrow([](StudyQuestion &q) {
            q.dates = StudyDates::Range;
            q.from = kToday.addYears(-2);
            q.to = kToday;
        }));
    }

    void comesBackFromJson()
    {
        StudyQuestion question;
        question.words = QStringLiteral("MÜLLER");
        question.patientId = QStringLiteral("1");
        question.issuer = QStringLiteral("CHU");
        question.accession = QStringLiteral("2");
        question.description = QStringLiteral("thorax");
        question.referringPhysician = QStringLiteral("Durand");
        question.institution = QStringLiteral("Nord");
        question.modalities = QStringList{QStringLiteral("CT")};
        question.dates = StudyDates::Range;
        question.from = kToday.addDays(-3);
        question.to = kToday;
        const auto again = StudyQuestion::fromJson(question.toJson());
        QVERIFY(again.has_value());
        QCOMPARE(*again, question);
        QVERIFY(!StudyQuestion::fromJson({{QStringLiteral("dates"), QStringLiteral("tomorrow")}}));
    }

    void savedSearchesStay()
    {
        QTemporaryDir folder;
        session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        {
            SavedSearches searches(settings);
            searches.save(tonight());
            SavedSearch other;
            other.name = QStringLiteral("Neuro");
            searches.save(other);
            auto changed = tonight();
            changed.refreshMinutes = 5;
            searches.save(changed);
            searches.save({}); // has no name
        }
        SavedSearches searches(settings);
        QCOMPARE(searches.all().size(), std::size_t(2));
        auto expected = tonight();
        expected.refreshMinutes = 5;
        QCOMPARE(searches.all().front(), expected);

        searches.remove(QStringLiteral("Tonight"));
        QVERIFY(searches.named(QStringLiteral("Tonight")) == nullptr);
        SavedSearch later;
        later.name = QStringLiteral("Later");
        searches.save(later);
        searches.undoRemove();
        QCOMPARE(searches.all().front(), expected);
        QCOMPARE(searches.all().size(), std::size_t(3));
        searches.undoRemove();
        QCOMPARE(searches.all().size(), std::size_t(3));
    }

    void aDamagedSavedSearchSpoilsNoOther()
    {
        QTemporaryDir folder;
        session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        settings.set(session::Setting::SavedSearches,
                     QStringLiteral("[{\"name\": \"odd\", \"place\": {\"kind\": \"moon\"}}, 7, "
                                    "{\"name\": \"good\", \"place\": {\"kind\": \"here\"}}]"));
        const SavedSearches searches(settings);
        QCOMPARE(searches.all().size(), std::size_t(1));
        QCOMPARE(searches.all().front().name, QStringLiteral("good"));
    }
};

QTEST_GUILESS_MAIN(tst_StudyQuestion)
#include "tst_StudyQuestion.moc"
