#include <session/Bindings.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::session;

namespace {

using Area = Bindable::Area;

Gesture gesture(const char *text)
{
    return Gesture::fromText(QLatin1String(text)).value();
}

std::vector<Bindable> someBindables()
{
    const auto bindable = [](const char *name, const char *key, Area area, bool tool = false) {
        return Bindable{QLatin1String(name), {QLatin1String(key)}, area, tool};
    };
    return {bindable("toolPan", "T", Area::ReadingWindow, true),
            bindable("toolWindow", "W", Area::ReadingWindow, true),
            bindable("fit", "F", Area::ReadingWindow),
            bindable("maximise", "Return", Area::Viewport),
            bindable("nextSeries", "PgDown", Area::Viewport),
            bindable("previousSeries", "PgUp", Area::Viewport),
            bindable("listOpen", "Return", Area::StudyList)};
}

} // namespace

class tst_Bindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
    }

    void writesAndReadsGestures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        for (const char *text :
             {"drag left", "wheel", "wheel ctrl", "click right", "double middle", "click back",
              "drag left ctrl+shift", "drag left alt+meta key:Space", "wheel key:G"})
            QTest::addRow("%s", text) << QString::fromLatin1(text) << true;
        for (const char *text : {"", "drag", "drag wheel", "pull left", "wheel left", "drag left hyper",
                                 "drag left ctrl ctrl", "drag left key:A ctrl"})
            QTest::addRow("not '%s'", text) << QString::fromLatin1(text) << false;
    }
    void writesAndReadsGestures()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        const auto gesture = Gesture::fromText(text);
        QCOMPARE(gesture.has_value(), valid);
        if (gesture)
            QCOMPARE(gesture->text(), text);
    }

    void hasTheUsualMouse()
    {
        const Bindings bindings(someBindables(), *m_settings);
        QCOMPARE(bindings.actOf(gesture("wheel")), QStringLiteral("scroll"));
        QCOMPARE(bindings.actOf(gesture("wheel ctrl")), QStringLiteral("zoom"));
        QCOMPARE(bindings.actOf(gesture("drag left")), QStringLiteral("activeTool"));
        QCOMPARE(bindings.actOf(gesture("drag middle")), QStringLiteral("toolPan"));
        QCOMPARE(bindings.actOf(gesture("drag right")), QStringLiteral("toolWindow"));
        QCOMPARE(bindings.actOf(gesture("click right")), QStringLiteral("contextMenu"));
        QCOMPARE(bindings.actOf(gesture("double left")), QStringLiteral("maximise"));
        QCOMPARE(bindings.actOf(gesture("click left")), QString());
    }

    void takesModifiersThatNobodyBoundForNone()
    {
        Bindings bindings(someBindables(), *m_settings);
        QCOMPARE(bindings.actOf(gesture("drag right shift")), QStringLiteral("toolWindow"));
        QCOMPARE(bindings.actOf(gesture("wheel ctrl+alt")), QStringLiteral("scroll"));
        bindings.bind(gesture("drag left key:Space"), QStringLiteral("toolPan"));
        QVERIFY(bindings.isHeldKey(QStringLiteral("Space")));
        QCOMPARE(bindings.actOf(gesture("drag left key:Space")), QStringLiteral("toolPan"));
        QCOMPARE(bindings.actOf(gesture("drag left ctrl key:Space")), QStringLiteral("toolPan"));
        QCOMPARE(bindings.actOf(gesture("drag right key:Space")), QStringLiteral("toolWindow"));
        QCOMPARE(bindings.actOf(gesture("drag left")), QStringLiteral("activeTool"));
    }

    void keepsChangesOverARestart()
    {
        {
            Bindings bindings(someBindables(), *m_settings);
            QSignalSpy changed(&bindings, &Bindings::changed);
            bindings.setKeys(QStringLiteral("fit"), {QStringLiteral("G"), QStringLiteral("Ctrl+,")});
            bindings.bind(gesture("drag right"), QStringLiteral("toolPan"));
            bindings.bind(gesture("drag middle"), QString());
            QCOMPARE(changed.count(), 3);
        }
        Settings settings(m_folder->filePath(QStringLiteral("settings.ini")));
        Bindings bindings(someBindables(), settings);
        QCOMPARE(bindings.keysOf(QStringLiteral("fit")),
                 (QStringList{QStringLiteral("G"), QStringLiteral("Ctrl+,")}));
        QVERIFY(bindings.areKeysChanged(QStringLiteral("fit")));
        QCOMPARE(bindings.actOf(gesture("drag right")), QStringLiteral("toolPan"));
        QCOMPARE(bindings.actOf(gesture("drag middle")), QString());
        bindings.reset(QStringLiteral("fit"));
        QCOMPARE(bindings.keysOf(QStringLiteral("fit")), QStringList{QStringLiteral("F")});
        bindings.resetAll();
        QCOMPARE(bindings.gestures(), Bindings::defaultGestures());
    }

    void findsKeysThatMeanTwoThings()
    {
        Bindings bindings(someBindables(), *m_settings);
        QVERIFY(bindings.conflicts().empty()); // Return in the list and in a viewport are apart
        bindings.setKeys(QStringLiteral("nextSeries"), {QStringLiteral("F")});
        QCOMPARE(bindings.conflicts().size(), std::size_t(1));
        QCOMPARE(bindings.conflicts().front().key, QStringLiteral("F"));
        QCOMPARE(bindings.conflicts().front().names,
                 (QStringList{QStringLiteral("fit"), QStringLiteral("nextSeries")}));
        QCOMPARE(bindings.holdersOf(QStringLiteral("F"), QStringLiteral("toolPan")),
                 (QStringList{QStringLiteral("fit"), QStringLiteral("nextSeries")}));
        bindings.bind(gesture("drag left key:T"), QStringLiteral("toolWindow"));
        QCOMPARE(bindings.conflicts().size(), std::size_t(2)); // T can no longer call the tool
    }

    void carriesAProfile()
    {
        Bindings mine(someBindables(), *m_settings);
        mine.setKeys(QStringLiteral("fit"), {QStringLiteral("G")});
        mine.bind(gesture("wheel shift"), QStringLiteral("series"));
        mine.bind(gesture("double left"), QString());
        const QByteArray profile = mine.toJson();

        Settings otherSettings(m_folder->filePath(QStringLiteral("other.ini")));
        Bindings other(someBindables(), otherSettings);
        other.setKeys(QStringLiteral("toolPan"), {});
        QSignalSpy changed(&other, &Bindings::changed);
        QVERIFY(other.fromJson(profile));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(other.toJson(), profile);
        QCOMPARE(other.keysOf(QStringLiteral("toolPan")), QStringList{QStringLiteral("T")});
        QCOMPARE(other.actOf(gesture("double left")), QString());
    }

    void refusesAProfileThatSaysWhatIsNotThere_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("not JSON") << QByteArrayLiteral("{\"keys\":");
        QTest::newRow("another file") << QByteArrayLiteral("{\"CT\":[]}");
        const auto profile = [](const char *keys, const char *mouse) {
            return QByteArrayLiteral("{\"format\":\"negatoscope-bindings-1\",\"keys\":{") + keys +
                   "},\"mouse\":{" + mouse + "}}";
        };
        QTest::newRow("unknown action") << profile("\"brew\":[\"B\"]", "");
        QTest::newRow("key that is no list") << profile("\"fit\":\"G\"", "");
        QTest::newRow("unknown gesture") << profile("", "\"shake\":\"scroll\"");
        QTest::newRow("act of another gesture") << profile("", "\"wheel\":\"toolPan\"");
        QTest::newRow("drag of no tool") << profile("", "\"drag left\":\"fit\"");
    }
    void refusesAProfileThatSaysWhatIsNotThere()
    {
        QFETCH(QByteArray, json);
        Bindings bindings(someBindables(), *m_settings);
        bindings.setKeys(QStringLiteral("fit"), {QStringLiteral("G")});
        const auto refused = bindings.fromJson(json);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), base::ErrorCode::Malformed);
        QCOMPARE(bindings.keysOf(QStringLiteral("fit")), QStringList{QStringLiteral("G")}); // all as before
    }

    void survivesSettingsOfAnotherVersion()
    {
        m_settings->set(Setting::Keys, QStringLiteral("{\"brew\":[\"B\"],\"fit\":[\"G\"]}"));
        m_settings->set(Setting::Mouse, QStringLiteral("{\"wheel\":\"brew\",\"drag right\":\"toolPan\"}"));
        const Bindings bindings(someBindables(), *m_settings);
        QCOMPARE(bindings.keysOf(QStringLiteral("fit")), QStringList{QStringLiteral("G")});
        QCOMPARE(bindings.actOf(gesture("wheel")), QStringLiteral("scroll"));
        QCOMPARE(bindings.actOf(gesture("drag right")), QStringLiteral("toolPan"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
};

QTEST_GUILESS_MAIN(tst_Bindings)
#include "tst_Bindings.moc"
