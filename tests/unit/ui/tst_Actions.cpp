#include "Actions.h"
#include "GestureReader.h"

#include <ui/IconSet.h>
#include <ui/Language.h>

#include <session/Bindings.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QWidget>

using namespace negatoscope;
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
        QCOMPARE(next, static_cast<int>(ActionId::Help) + 1);
    }

    void givesEveryKeyToOneActionOnly()
    {
        QSet<QString> keys;
        QWidget window, grid;
        const Actions actions(m_bindings, window, grid, &window);
        for (const ActionRow &row : actionTable()) {
            for (const QKeySequence &key : actions[row.id]->shortcuts()) {
                QVERIFY2(!key.isEmpty(), row.name);
                QVERIFY2(!keys.contains(key.toString()), row.name);
                keys.insert(key.toString());
            }
        }
        for (const char *reserved : {"D", "A", "R", "K"})
            QVERIFY2(!keys.contains(QLatin1String(reserved)), reserved); // IHE names them for what is to come
        for (const auto &[key, id] : {std::pair("J", ActionId::ToolCursor),
                                      {"O", ActionId::ReferenceLines},
                                      {"P", ActionId::Print},
                                      {"L", ActionId::Link},
                                      {"U", ActionId::Unlink}})
            QCOMPARE(actions[id]->shortcut(), QKeySequence(QLatin1String(key)));
    }

    void teachesTheKeyInTheTooltip()
    {
        QWidget window, grid;
        const Actions actions(m_bindings, window, grid, &window);
        for (const ActionRow &row : actionTable()) {
            QVERIFY2(actions[row.id]->toolTip().contains(
                         actions[row.id]->shortcut().toString(QKeySequence::NativeText)),
                     row.name);
            if (row.icon)
                QVERIFY2(!actions[row.id]->icon().isNull(), row.name);
        }
        QCOMPARE(actions[ActionId::Fit]->toolTip(), QStringLiteral("Ajuster à la vue (F)"));
    }

    void followsTheBindings()
    {
        QWidget window, grid;
        const Actions actions(m_bindings, window, grid, &window);
        m_bindings.setKeys(QStringLiteral("fit"), {QStringLiteral("Ctrl+Shift+F"), QStringLiteral("F9")});
        QCOMPARE(actions[ActionId::Fit]->shortcuts().size(), 2);
        QCOMPARE(actions[ActionId::Fit]->shortcut(), QKeySequence(QStringLiteral("Ctrl+Shift+F")));
        QVERIFY(actions[ActionId::Fit]->toolTip().endsWith(
            u'(' + actions[ActionId::Fit]->shortcut().toString(QKeySequence::NativeText) + u')'));
        m_bindings.setKeys(QStringLiteral("fit"), {});
        QVERIFY(actions[ActionId::Fit]->shortcuts().isEmpty());
        QCOMPARE(actions[ActionId::Fit]->toolTip(), QStringLiteral("Ajuster à la vue"));
        m_bindings.resetAll();
        QCOMPARE(actions[ActionId::Fit]->shortcut(), QKeySequence(Qt::Key_F));
    }

    void bindsNothingThatIsNotThere()
    {
        for (const auto &row : session::Bindings::defaultGestures()) {
            QVERIFY2(m_bindings.actsFor(row.first.kind).contains(row.second), qPrintable(row.first.text()));
        }
        QCOMPARE(m_bindings.conflicts().size(), std::size_t(0));
    }

    void offersProfilesThatReallyDiffer()
    {
        QSet<QByteArray> profiles{m_bindings.toJson()};
        const QDir folder(QStringLiteral(":/profiles"));
        const QStringList names = folder.entryList(QDir::Files);
        QVERIFY(names.size() >= 3);
        for (const QString &name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto used = m_bindings.fromJson(file.readAll());
            QVERIFY2(used, used ? "" : used.error().describe().c_str());
            for (const auto &conflict : m_bindings.conflicts())
                QFAIL(qPrintable(name + QStringLiteral(": ") + conflict.key + QStringLiteral(" ") +
                                 conflict.names.join(u' ')));
            QVERIFY2(!profiles.contains(m_bindings.toJson()), qPrintable(name));
            profiles.insert(m_bindings.toJson());
        }
        m_bindings.resetAll();
    }

    void dragsEveryTool()
    {
        QSet<int> tools;
        for (const ActionRow &row : actionTable()) {
            if (row.kind != ActionRow::Kind::Tool)
                continue;
            const auto tool = GestureReader::toolOfAction(QLatin1String(row.name));
            QVERIFY2(tool, row.name);
            QVERIFY2(!tools.contains(static_cast<int>(*tool)), row.name);
            tools.insert(static_cast<int>(*tool));
        }
    }

private:
    QTemporaryDir m_folder;
    session::Settings m_settings{m_folder.filePath(QStringLiteral("settings.ini"))};
    session::Bindings m_bindings{bindables(), m_settings};
};

QTEST_MAIN(tst_Actions)
#include "tst_Actions.moc"
