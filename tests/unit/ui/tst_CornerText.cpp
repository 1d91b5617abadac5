#include "CornerFields.h"
#include "CornerText.h"
#include "ViewportPainter.h"

#include <ui/Language.h>

#include <QtCore/QSet>
#include <QtGui/QFont>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::ui;
using Mode = session::ReadingPresenter::CornerText;
using State = session::ViewportState;

namespace {

State picture()
{
    State state;
    state.content = State::Content::Picture;
    state.facts.patientName = QStringLiteral("MARTIN Claire Antoinette Marguerite");
    state.facts.patientId = QStringLiteral("8001234567");
    state.facts.issuer = QStringLiteral("CHU");
    state.facts.studyDate = QStringLiteral("20261122");
    state.facts.studyDescription = QStringLiteral("CT whole body, trauma");
    state.facts.institution = QStringLiteral("Centre hospitalier universitaire de Nowhere");
    state.facts.modality = QStringLiteral("CT");
    state.facts.technique = QStringLiteral("120 kV, 230 mA, B30f");
    state.facts.lossy = true;
    state.facts.lossyRatio = 12;
    state.facts.lossyMethod = QStringLiteral("ISO_15444_1");
    state.completeness = cache::Completeness::Incomplete;
    state.instances = 512;
    state.expected = 6012;
    state.index = 56;
    state.count = 512;
    state.countFinal = true;
    state.window = imaging::Window{40, 350};
    state.findings.push_back({dicom::GeometryFinding::Code::MissingSlices, 12, -310, -295});
    return state;
}

QString all(const CornerLines &lines)
{
    QString text;
    for (const auto &corner : lines)
        for (const auto &line : corner)
            text += line.text + u'\n';
    return text;
}

} // namespace

class tst_CornerText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setLanguage(*qApp, QLocale(QStringLiteral("en_GB"))); }

    void saysWhoWhichAndHowMuchInFull()
    {
        const QString text = all(cornerLines(picture(), Mode::Full));
        for (const char *part : {"MARTIN", "8001234567", "Image 57/512", "W 350  L 40", "lossy 12:1",
                                 "INCOMPLETE: 512 of 6,012", "12 slices are missing"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
    }

    void keepsIdentityAndWarningsInMinimal()
    {
        const QString text = all(cornerLines(picture(), Mode::Minimal));
        for (const char *part : {"MARTIN", "lossy", "INCOMPLETE", "missing"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!text.contains(QLatin1String("120 kV")));
    }

    void keepsWhatMakesThePictureLessInNone()
    {
        State state = picture();
        state.identityConflict = true;
        const QString text = all(cornerLines(state, Mode::None));
        for (const char *part : {"lossy", "INCOMPLETE", "disagree"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!text.contains(QLatin1String("MARTIN")));
    }

    void putsLinesWhereTheReaderWantsThem()
    {
        using session::CornerField;
        session::CornerLayout layout;
        layout[0] = {CornerField::Window, CornerField::Accession};
        layout[3] = {CornerField::PatientName};
        State state = picture();
        state.facts.accession = QStringLiteral("A-4711");
        const CornerLines lines = cornerLines(state, Mode::Full, layout);
        QCOMPARE(lines[0].size(), std::size_t(2));
        QVERIFY(lines[0][0].text.contains(QLatin1String("W 350")));
        QVERIFY(lines[0][1].text.contains(QLatin1String("A-4711")));
        QVERIFY(lines[1].empty() && lines[2].empty());
        QVERIFY(lines[3][0].text.contains(QLatin1String("MARTIN")));
        QVERIFY(!all(lines).contains(QLatin1String("120 kV")));
    }

    // P1, P6, P13
    void whateverIsChosenWarningsAndIdentityStay()
    {
        State state = picture();
        state.identityConflict = true;
        const auto bare = session::withRequired({});
        const QString full = all(cornerLines(state, Mode::Full, bare));
        for (const char *part :
             {"MARTIN", "8001234567", "lossy", "INCOMPLETE", "missing", "disagree", "Image 57/512"})
            QVERIFY2(full.contains(QLatin1String(part)), part);
        const QString none = all(cornerLines(state, Mode::None, bare));
        for (const char *part : {"lossy", "INCOMPLETE", "disagree"})
            QVERIFY2(none.contains(QLatin1String(part)), part);
    }

    void hasAWordForEveryField()
    {
        QSet<QString> texts;
        for (const auto &row : session::cornerFieldTable())
            texts << cornerFieldText(row.id);
        QVERIFY(!texts.contains(QString()));
        QCOMPARE(texts.size(), qsizetype(session::cornerFieldTable().size()));
    }

    void saysNothingWithoutAPicture() { QVERIFY(all(cornerLines(State(), Mode::Full)).isEmpty()); }

    void tellsWhatIsOnItsWay()
    {
        State state = picture();
        state.pending = 59;
        QVERIFY(all(cornerLines(state, Mode::Full)).contains(QStringLiteral("Image 57/512 → 60")));
    }

    void neverLetsLinesOverlap_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(1800, 1000), QSize(640, 480), QSize(320, 240), QSize(200, 160),
                                 QSize(120, 90), QSize(64, 64), QSize(8, 8)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }
    void neverLetsLinesOverlap()
    {
        QFETCH(QSize, size);
        QFont font;
        font.setPixelSize(12);
        const QRect area(QPoint(8, 8), size);
        const auto placed =
            placeLines(cornerLines(picture(), Mode::Full), area, TextMeasure(font), {32, 120, 2});
        for (std::size_t i = 0; i < placed.size(); ++i) {
            QVERIFY(area.contains(placed[i].rect));
            QVERIFY(QFontMetrics(font).horizontalAdvance(placed[i].text) <= placed[i].rect.width() + 1);
            for (std::size_t j = i + 1; j < placed.size(); ++j)
                QVERIFY2(!placed[i].rect.intersects(placed[j].rect),
                         qPrintable(placed[i].text + u'|' + placed[j].text));
        }
        if (size.height() >= 90)
            QVERIFY(!placed.empty());
    }

    void dropsTheLeastImportantLinesFirst()
    {
        QFont font;
        font.setPixelSize(12);
        const TextMeasure metrics(font);
        CornerLines lines;
        lines[0] = {{QStringLiteral("description"), 6, Tone::Normal},
                    {QStringLiteral("name"), 0, Tone::Normal},
                    {QStringLiteral("id"), 2, Tone::Normal}};
        const auto placed = placeLines(lines, QRect(0, 0, 400, metrics.height() * 6), metrics, {});
        QCOMPARE(placed.size(), std::size_t(2));
        QCOMPARE(placed[0].text, QStringLiteral("name"));
        QCOMPARE(placed[1].text, QStringLiteral("id"));
    }

    void choosesARoundScaleBar()
    {
        QCOMPARE(scaleBarMm(2.0, 160), 50.0);
        QCOMPARE(scaleBarMm(0.5, 160), 200.0);
        QCOMPARE(scaleBarMm(40, 160), 2.0);
        QCOMPARE(scaleBarMm(0, 160), 0.0);
        QCOMPARE(scaleBarMm(std::numeric_limits<double>::infinity(), 160), 0.0);
    }
};

QTEST_MAIN(tst_CornerText)
#include "tst_CornerText.moc"
