#include <ui/Language.h>
#include <ui/Words.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::ui;
using Finding = dicom::GeometryFinding;

class tst_Words : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("en_GB"))); }

    void readsDatesAndTimes()
    {
        QCOMPARE(words::date(QStringLiteral("20261122")), QDate(2026, 11, 22));
        QCOMPARE(words::date(QStringLiteral("2026.11.22")), QDate(2026, 11, 22));
        QVERIFY(!words::date(QStringLiteral("20261322")).isValid());
        QVERIFY(!words::date(QString()).isValid());
        QCOMPARE(words::time(QStringLiteral("031205.123")), QTime(3, 12, 5));
        QCOMPARE(words::time(QStringLiteral("0312")), QTime(3, 12));
        QCOMPARE(words::time(QStringLiteral("03:12:05")), QTime(3, 12, 5));
        QVERIFY(!words::time(QStringLiteral("9912")).isValid());
    }

    void writesDatesByLocaleWithTheWholeYear()
    {
        QCOMPARE(words::dateText(QStringLiteral("19650302")), QStringLiteral("02/03/1965"));
        setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        QCOMPARE(words::dateText(QStringLiteral("19650302")), QStringLiteral("3/2/1965"));
        QCOMPARE(words::dateText(QStringLiteral("unknown")), QStringLiteral("unknown"));
        QCOMPARE(words::dateTimeText(QStringLiteral("20261122"), QStringLiteral("0312")),
                 QStringLiteral("11/22/2026 03:12"));
    }

    void tellsAges()
    {
        QCOMPARE(words::ageText(QStringLiteral("061Y")), QStringLiteral("61 y"));
        QCOMPARE(words::ageText(QStringLiteral("003M")), QStringLiteral("3 months"));
        QCOMPARE(words::ageText(QStringLiteral("001D")), QStringLiteral("1 day"));
        QCOMPARE(words::ageText(QDate(1965, 3, 2), QDate(2026, 3, 1)), QStringLiteral("60 y"));
        QCOMPARE(words::ageText(QDate(1965, 3, 2), QDate(2026, 3, 2)), QStringLiteral("61 y"));
        QCOMPARE(words::ageText(QDate(2026, 1, 1), QDate(2026, 7, 1)), QStringLiteral("6 months"));
        QCOMPARE(words::ageText(QDate(2026, 1, 1), QDate(2026, 1, 21)), QStringLiteral("20 days"));
        QVERIFY(words::ageText(QDate(2027, 1, 1), QDate(2026, 1, 1))
                    .isEmpty()); // born after the study: nothing is made up
        QVERIFY(words::ageText(QDate(), QDate(2026, 1, 1)).isEmpty());
    }

    void saysFindingsWithNumbers()
    {
        QCOMPARE(words::findingSentence({Finding::Code::MissingSlices, 12, -310, -295}),
                 QStringLiteral("12 slices are missing between -310 and -295 mm."));
        QCOMPARE(words::findingSentence({Finding::Code::MissingSlices, 1, -310, -307.5}),
                 QStringLiteral("1 slice is missing between -310 and -307.5 mm."));
        setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("fr_FR")));
        QCOMPARE(words::findingSentence({Finding::Code::MissingSlices, 12, 310, 312.5}),
                 QStringLiteral("Il manque 12 coupes entre 310 et 312,5 mm."));
        for (int code = 0; code <= static_cast<int>(Finding::Code::SeveralVolumes); ++code)
            QVERIFY(words::findingSentence({static_cast<Finding::Code>(code), 2, 1, 2}).endsWith(u'.'));
    }

    void marksLossyPictures()
    {
        session::PictureFacts facts;
        QVERIFY(words::lossyText(facts).isEmpty());
        facts.lossy = true;
        QCOMPARE(words::lossyText(facts), QStringLiteral("lossy, ratio unknown"));
        facts.lossyMethod = QStringLiteral("ISO_15444_1");
        QCOMPARE(words::lossyText(facts), QStringLiteral("lossy, JPEG 2000"));
        facts.lossyRatio = 12;
        QCOMPARE(words::lossyText(facts), QStringLiteral("lossy 12:1, JPEG 2000"));
    }

    void saysWhereMillimetresComeFrom()
    {
        using dicom::SpacingSource;
        QCOMPARE(words::lengthText(50, SpacingSource::Patient), QStringLiteral("5 cm"));
        QCOMPARE(words::lengthText(5, SpacingSource::Detector), QStringLiteral("5 mm at detector"));
        QCOMPARE(words::lengthText(20, SpacingSource::Calibrated), QStringLiteral("2 cm calibrated"));
    }

    void saysCompletenessInNumbers()
    {
        QCOMPARE(words::completenessText(cache::Completeness::Incomplete, 512, 6012),
                 QStringLiteral("INCOMPLETE: 512 of 6,012 images"));
        QVERIFY(!words::completenessText(cache::Completeness::Unknown, 512, {}).isEmpty());
    }

    void keepsThreeDigitsOfNarrowWindows()
    {
        QCOMPARE(words::windowText({40, 400}), QStringLiteral("W 400  L 40"));
        QCOMPARE(words::windowText({20.5, 41}), QStringLiteral("W 41  L 20.5"));
        QCOMPARE(words::windowText({0.5, 1}), QStringLiteral("W 1  L 0.5"));
        QCOMPARE(words::windowText({0.00053, 0.00106}), QStringLiteral("W 0.00106  L 0.00053"));
        QCOMPARE(words::windowText({0, 0}), QStringLiteral("W 0  L 0"));
    }

    void neverShowsControlCharacters() { QVERIFY(!words::text("A\x1b[31mB\nC").contains(QChar(0x1b))); }

    void translatesPresetNames()
    {
        setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("fr_FR")));
        QCOMPARE(words::presetName(QStringLiteral("Lung")), QStringLiteral("Poumon"));
        QCOMPARE(words::presetName(QStringLiteral("of the house")), QStringLiteral("of the house"));
    }
};

QTEST_GUILESS_MAIN(tst_Words)
#include "tst_Words.moc"
