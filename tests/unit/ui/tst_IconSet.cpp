#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtGui/QImage>
#include <QtTest/QTest>

using namespace negatoscope::ui;

class tst_IconSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { initialiseResources(); }

    void drawsEveryIcon_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : icons::names())
            QTest::newRow(qPrintable(name)) << name;
    }
    void drawsEveryIcon()
    {
        QFETCH(QString, name);
        const QImage image = icons::pixmap(name, colours::kText, 20, 2.0).toImage();
        QCOMPARE(image.size(), QSize(40, 40));
        int drawn = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                drawn += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
        QVERIFY2(drawn > 30, "almost nothing is drawn");
        for (int x = 0; x < image.width(); ++x)
            QVERIFY2(name == QLatin1String("negatoscope") || image.pixelColor(x, 0).alpha() < 255,
                     "cut at the edge");
    }

    void takesTheColourOfTheState()
    {
        const QIcon icon = icons::icon(QStringLiteral("window-level"));
        const auto brightest = [&](QIcon::Mode mode, QIcon::State state) {
            const QImage image = icon.pixmap(24, mode, state).toImage();
            QColor best(Qt::transparent);
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y).alpha() > best.alpha())
                        best = image.pixelColor(x, y);
            return best.rgb();
        };
        QCOMPARE(brightest(QIcon::Normal, QIcon::Off), colours::kText.rgb());
        QCOMPARE(brightest(QIcon::Disabled, QIcon::Off), colours::kDisabledText.rgb());
        QCOMPARE(brightest(QIcon::Normal, QIcon::On), colours::kFocus.rgb());
    }

    void hasNoIconForAnUnknownName() { QVERIFY(icons::icon(QStringLiteral("no-such-icon")).isNull()); }
};

QTEST_MAIN(tst_IconSet)
#include "tst_IconSet.moc"
