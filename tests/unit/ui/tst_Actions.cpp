#include "Actions.h"

#include <ui/IconSet.h>
#include <ui/Language.h>

#include <QtCore/QSet>
#include <QtTest/QTest>
#include <QtWidgets/QWidget>

using namespace negatoscope::ui;

class tst_Actions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setLanguage(*qApp, QLocale(QStringLiteral("fr_FR"))); }

    void listsEveryActionOnceInOrder()
    {
        int next = 0;
        for (const ActionRow &row : actionTable())
            QCOMPARE(static_cast<int>(row.id), next++);
        QCOMPARE(next, static_cast<int>(ActionId::ShowBars) + 1);
    }

    void givesEveryKeyToOneActionOnly()
    {
        QSet<QString> keys;
        QWidget window, grid;
        const Actions actions(window, grid, &window);
        for (const ActionRow &row : actionTable()) {
            for (const QKeySequence &key : actions[row.id]->shortcuts()) {
                QVERIFY2(!key.isEmpty(), row.name);
                QVERIFY2(!keys.contains(key.toString()), row.name);
                keys.insert(key.toString());
            }
        }
        for (const char *reserved : {"D", "A", "P", "R", "K", "F1"})
            QVERIFY2(!keys.contains(QLatin1String(reserved)), reserved); // IHE names them for what is to come
        for (const auto &[key, id] : {std::pair("J", ActionId::ToolCursor),
                                      {"O", ActionId::ReferenceLines},
                                      {"L", ActionId::Link},
                                      {"U", ActionId::Unlink}})
            QCOMPARE(actions[id]->shortcut(), QKeySequence(QLatin1String(key)));
    }

    void teachesTheKeyInTheTooltip()
    {
        QWidget window, grid;
        const Actions actions(window, grid, &window);
        for (const ActionRow &row : actionTable()) {
            QVERIFY2(actions[row.id]->toolTip().contains(
                         actions[row.id]->shortcut().toString(QKeySequence::NativeText)),
                     row.name);
            if (row.icon)
                QVERIFY2(!actions[row.id]->icon().isNull(), row.name);
        }
        QCOMPARE(actions[ActionId::Fit]->toolTip(), QStringLiteral("Ajuster à la vue (F)"));
    }
};

QTEST_MAIN(tst_Actions)
#include "tst_Actions.moc"
