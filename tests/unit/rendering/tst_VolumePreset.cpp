#include <rendering/VolumePreset.h>

#include <QtCore/QFile>
#include <QtTest/QTest>

#include <set>

using namespace negatoscope;
using namespace negatoscope::rendering;

/// Transfer functions as they are shipped, and as a hospital may write them wrongly.
class tst_VolumePreset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsShippedIsRead()
    {
        QFile file(QStringLiteral(NEGATOSCOPE_PRESETS));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto presets = volumePresetsFromJson(file.readAll().toStdString());
        QVERIFY2(presets.has_value(), presets ? "" : presets.error().describe().c_str());
        std::set<std::string> ids;
        for (const VolumePreset &preset : *presets)
            ids.insert(preset.id);
        QCOMPARE(ids.size(), presets->size());
        for (const char *id : {"bone", "vessels", "lung", "skin", "mip"})
            QVERIFY2(ids.contains(id), id);
        for (const char *modality : {"CT", "MR", "PT", "NM", "OT"})
            QVERIFY2(std::any_of(presets->begin(), presets->end(),
                                 [&](const auto &preset) { return preset.suits(modality); }),
                     modality);
    }

    void opacityIsMixedBetweenItsPoints()
    {
        VolumePreset preset;
        preset.opacity = {{100, 0}, {200, 0.5}, {300, 0.5}, {400, 0.1}};
        QCOMPARE(preset.opacityAt(50), 0.0);
        QCOMPARE(preset.opacityAt(150), 0.25);
        QCOMPARE(preset.opacityAt(250), 0.5);
        QCOMPARE(preset.opacityAt(350), 0.3);
        QCOMPARE(preset.opacityAt(1000), 0.1);
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("says");
        const auto json = [](QByteArray text) { return text.replace('\'', '"'); };
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("at byte");
        QTest::newRow("none") << QByteArray("[]") << QByteArray("there are none");
        QTest::newRow("no id") << json("[{'opacity':[[0,0],[1,1]]}]") << QByteArray("no id");
        QTest::newRow("blending") << json("[{'id':'a','blending':'sum'}]") << QByteArray("'a': blending");
        QTest::newRow("scale") << json("[{'id':'a','scale':'HU'}]") << QByteArray("scale");
        QTest::newRow("opacity") << json("[{'id':'a','opacity':[[0,0],[1,2]]}]") << QByteArray("opacities");
        QTest::newRow("colour") << json("[{'id':'a','opacity':[[0,0],[1,1]],'colours':[[0,'reddish']]}]")
                                << QByteArray("#rrggbb");
        QTest::newRow("order") << json("[{'id':'a','opacity':[[1,0],[0,1]],'colours':[[0,'#000000']]}]")
                               << QByteArray("increasing");
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, says);
        const auto presets = volumePresetsFromJson(json.toStdString());
        QVERIFY(!presets);
        QCOMPARE(presets.error().code(), base::ErrorCode::Malformed);
        QVERIFY2(presets.error().describe().find(says.toStdString()) != std::string::npos,
                 presets.error().describe().c_str());
    }
};

QTEST_APPLESS_MAIN(tst_VolumePreset)
#include "tst_VolumePreset.moc"
