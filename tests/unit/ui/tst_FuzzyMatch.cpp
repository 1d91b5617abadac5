#include "FuzzyMatch.h"

#include <QtTest/QTest>

using namespace negatoscope::ui;

class tst_FuzzyMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsLettersInOrder()
    {
        QVERIFY(fuzzyScore(QStringLiteral("wl"), QStringLiteral("Window and level")));
        QVERIFY(fuzzyScore(QStringLiteral("full scr"), QStringLiteral("Full screen")));
        QVERIFY(!fuzzyScore(QStringLiteral("lw"), QStringLiteral("Window and level")));
        QVERIFY(!fuzzyScore(QStringLiteral("levels"), QStringLiteral("Window and level")));
        QCOMPARE(fuzzyScore(QString(), QStringLiteral("anything")), std::optional(0));
        QVERIFY(!fuzzyScore(QStringLiteral("a"), QString()));
    }

    void knowsNoCaseAndNoAccents()
    {
        QVERIFY(fuzzyScore(QStringLiteral("FENETRE"), QStringLiteral("fenêtre")));
        QVERIFY(fuzzyScore(QStringLiteral("réinit"), QStringLiteral("Reinitialiser la vue")));
    }

    void putsTheBetterFirst_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("beginning of a word") << "lu"
                                             << "Lung"
                                             << "Fill up";
        QTest::newRow("side by side") << "bone"
                                      << "Bone"
                                      << "Both one";
        QTest::newRow("beginnings of words") << "ww"
                                             << "Window width"
                                             << "Show window of view";
        QTest::newRow("the shorter of equals") << "flip"
                                               << "Flip"
                                               << "Flip left and right";
    }
    void putsTheBetterFirst()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const auto high = fuzzyScore(typed, better), low = fuzzyScore(typed, worse);
        QVERIFY(high && low);
        QVERIFY2(*high > *low, qPrintable(QStringLiteral("%1 %2").arg(*high).arg(*low)));
    }
};

QTEST_GUILESS_MAIN(tst_FuzzyMatch)
#include "tst_FuzzyMatch.moc"
