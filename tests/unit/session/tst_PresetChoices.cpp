#include <session/PresetChoices.h>

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::session;

namespace {

WindowPreset preset(const char *name, double center, double width)
{
    return {QLatin1String(name), {center, width, imaging::VoiFunction::Linear}};
}

WindowPresets shipped()
{
    WindowPresets presets;
    presets.set(QStringLiteral("CT"), {preset("Lung", -600, 1500), preset("Bone", 400, 1800)});
    return presets;
}

const QString kCt = QStringLiteral("CT"), kMr = QStringLiteral("MR");

} // namespace

class tst_PresetChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("user.ini"));
    }

    void givesWhatShipsUntilTheReaderChangesIt()
    {
        Settings settings(m_file);
        const PresetChoices choices(shipped(), settings);
        QVERIFY(choices.inForce().of(kCt) == shipped().of(kCt));
        QVERIFY(choices.inForce().of(kMr).empty());
        QVERIFY(!choices.isChanged(kCt));
    }

    void keepsChangesOverARestartAndTellsOnce()
    {
        const WindowPresets::List own{preset("Bone", 450, 2000.5), preset("Ear, inner", 700, 4000)};
        {
            Settings settings(m_file);
            PresetChoices choices(shipped(), settings);
            QSignalSpy changed(&choices, &PresetChoices::changed);
            QVERIFY(!choices.set(kCt, own));
            QVERIFY(!choices.set(kMr, {preset("Wide", 500, 1000)}));
            QVERIFY(!choices.set(kMr, {preset("Wide", 500, 1000)})); // as it is
            QCOMPARE(changed.count(), 2);
            QVERIFY(choices.isChanged(kCt));
        }
        Settings settings(m_file);
        const PresetChoices choices(shipped(), settings);
        QVERIFY(choices.inForce().of(kCt) == own);
        QCOMPARE(choices.inForce().of(kMr).size(), std::size_t(1));
        QVERIFY(choices.isChanged(kCt) && choices.isChanged(kMr));
    }

    void anEmptyListStaysEmpty()
    {
        {
            Settings settings(m_file);
            QVERIFY(!PresetChoices(shipped(), settings).set(kCt, {}));
        }
        Settings settings(m_file);
        QVERIFY(PresetChoices(shipped(), settings).inForce().of(kCt).empty());
    }

    void resetsOneModalityAndLeavesTheOthers()
    {
        Settings settings(m_file);
        PresetChoices choices(shipped(), settings);
        QVERIFY(!choices.set(kCt, {preset("Mine", 1, 2)}));
        QVERIFY(!choices.set(kMr, {preset("Wide", 500, 1000)}));
        choices.reset(kCt);
        QVERIFY(choices.inForce().of(kCt) == shipped().of(kCt));
        QVERIFY(!choices.isChanged(kCt));
        QVERIFY(choices.isChanged(kMr));
        choices.reset(kMr);
        QVERIFY(choices.inForce().of(kMr).empty());
        QCOMPARE(settings.text(Setting::WindowPresets), QString());
    }

    void refusesWhatCannotStandOnADigit_data()
    {
        QTest::addColumn<WindowPresets::List>("list");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("position");
        using Kind = PresetProblem::Kind;
        const auto row = [](const char *name, const WindowPresets::List &list, Kind kind, int position) {
            QTest::newRow(name) << list << static_cast<int>(kind) << position;
        };
        row("no name", {preset("Lung", 0, 10), preset("  ", 0, 10)}, Kind::NoName, 1);
        row("same name", {preset("Lung", 0, 10), preset("lung ", 5, 10)}, Kind::SameName, 1);
        row("width below 1", {preset("Lung", 0, 0.9)}, Kind::Narrow, 0);
        row("width is no number", {preset("Lung", 0, qQNaN())}, Kind::Narrow, 0);
        WindowPresets::List ten;
        for (int i = 0; i < 10; ++i)
            ten.push_back(preset(qPrintable(QString::number(i)), 0, 10));
        row("more than digits", ten, Kind::TooMany, 9);
    }
    void refusesWhatCannotStandOnADigit()
    {
        QFETCH(WindowPresets::List, list);
        QFETCH(int, kind);
        QFETCH(int, position);
        Settings settings(m_file);
        PresetChoices choices(shipped(), settings);
        QSignalSpy changed(&choices, &PresetChoices::changed);
        const auto problem = choices.set(kCt, list);
        QVERIFY(problem);
        QCOMPARE(static_cast<int>(problem->kind), kind);
        QCOMPARE(problem->position, position);
        QVERIFY(choices.inForce().of(kCt) == shipped().of(kCt));
        QCOMPARE(changed.count(), 0);
        // Nor does a file bring it in.
        WindowPresets wrong;
        wrong.set(kCt, list);
        QVERIFY(!WindowPresets::fromJson(wrong.toJson()));
    }

    void whatIsNotUnderstoodLeavesWhatShips()
    {
        QSettings(m_file, QSettings::IniFormat)
            .setValue(QStringLiteral("reading/windowPresets"), QStringLiteral("{\"CT\":[{\"name\":\"\"}]}"));
        Settings settings(m_file);
        QVERIFY(PresetChoices(shipped(), settings).inForce().of(kCt) == shipped().of(kCt));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(tst_PresetChoices)
#include "tst_PresetChoices.moc"
