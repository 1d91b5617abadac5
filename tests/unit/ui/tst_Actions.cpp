#include "Actions.h"
#include "GestureReader.h"
#include "Profiles.h"

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
        const Actions actions(m_bindings, Actions::Of::ReadingWindow, window, grid, &window);
        QSet<QString> listKeys;
        QWidget list, table;
        const Actions listActions(m_bindings, Actions::Of::StudyList, list, table, &list);
        for (const auto &[of, seen] : {std::pair(&actions, &keys), std::pair(&listActions, &listKeys)}) {
            for (const ActionRow &row : actionTable()) {
                if ((*of)[row.id] == nullptr)
                    continue;
                for (const QKeySequence &key : (*of)[row.id]->shortcuts()) {
                    QVERIFY2(!key.isEmpty(), row.name);
                    QVERIFY2(!seen->contains(key.toString()), row.name);
                    seen->insert(key.toString());
                }
            }
        }
        QCOMPARE(listActions[ActionId::OpenStudy]->shortcuts().size(), 2);
        QVERIFY(listActions[ActionId::Fit] == nullptr && actions[ActionId::OpenStudy] == nullptr);
        QVERIFY(listActions[ActionId::Help] != nullptr && actions[ActionId::Help] != nullptr);
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
        const Actions actions(m_bindings, Actions::Of::ReadingWindow, window, grid, &window);
        for (const ActionRow &row : actionTable()) {
            if (actions[row.id] == nullptr)
                continue;
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
        const Actions actions(m_bindings, Actions::Of::ReadingWindow, window, grid, &window);
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
            QCOMPARE(profileInUse(m_bindings) + QStringLiteral(".json"), name); // what `state` tells
            profiles.insert(m_bindings.toJson());
        }
        m_bindings.setKeys(QStringLiteral("fit"), {QStringLiteral("Ctrl+Alt+J")});
        QCOMPARE(profileInUse(m_bindings), QStringLiteral("own"));
        m_bindings.resetAll();
        QCOMPARE(profileInUse(m_bindings), QStringLiteral("delivered"));
    }

    void theWheelWithShiftStepsThroughPhases()
    {
        const GestureReader gestures(m_bindings, nullptr);
        QCOMPARE(gestures.wheelActFor(Qt::ShiftModifier), WheelAct::Phase);
        QCOMPARE(gestures.wheelActFor(Qt::NoModifier), WheelAct::Scroll);
        QCOMPARE(gestures.wheelActFor(Qt::ControlModifier), WheelAct::Zoom);
        QVERIFY(m_bindings.actsFor(session::Gesture::Kind::Wheel).contains(QStringLiteral("phase")));
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
