#include <session/FirstHang.h>

#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::session;
using dicom::MammoView;
using Where = FirstImage::Where;

namespace {

/// A study under construction.
struct Study
{
    std::vector<HangSeries> series;

    HangSeries &add(const char *modality, int frames, const char *uid = nullptr)
    {
        HangSeries one;
        one.record.uid = base::SeriesUid(uid ? uid : "1." + std::to_string(series.size() + 1));
        one.record.modality = modality;
        one.record.frames = frames;
        one.record.displayable = 1;
        series.push_back(std::move(one));
        return series.back();
    }
    HangImage &image(const char *uid, const char *side, MammoView view, const char *modality = "MG")
    {
        HangSeries &one = add(modality, 1);
        one.images.push_back({base::InstanceUid(uid), std::string("/") + uid, {}, 1});
        one.images.back().view.laterality = side;
        one.images.back().view.mammo = view;
        return one.images.back();
    }
    FirstHang hang() const { return FirstHang::of(series); }
};

QString gridOf(const FirstHang &hang)
{
    return QStringLiteral("%1x%2").arg(hang.rows).arg(hang.columns);
}

QStringList seriesOf(const FirstHang &hang)
{
    QStringList uids;
    for (const auto &tile : hang.tiles)
        uids << QString::fromStdString(tile.series.value());
    return uids;
}

QStringList imagesOf(const FirstHang &hang)
{
    QStringList uids;
    for (const auto &tile : hang.tiles)
        uids << QString::fromStdString(tile.image.instance.value());
    return uids;
}

} // namespace

class tst_FirstHang : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneStackFillsTheWindow();
    void laysManySequencesSideBySide();
    void putsLocalizersLast();
    void beginsInTheMiddleWhereThatSaysMore();
    void hangsProjectionsInARow();
    void hangsAMammogramBackToBack();
    void fillsItsPlacesWithTheBestImages();
    void leavesThePlaceOfAMissingViewEmpty();
    void hangsBreastsWithoutSideAsTheyAre();
    void playsAngiogramsAtOnce();
    void showsTheCtBesideThePet();
    void knowsWhatSuitsAModality();
    void hangsNothingForNothing();
};

void tst_FirstHang::oneStackFillsTheWindow()
{
    for (const char *modality : {"CT", "MR", "PT", "US", "NM", "OT", "OP"}) {
        Study study;
        study.add(modality, 40);
        const FirstHang hang = study.hang();
        QCOMPARE(gridOf(hang), QStringLiteral("1x1"));
        QCOMPARE(seriesOf(hang), QStringList{QStringLiteral("1.1")});
        QVERIFY(hang.scrolls);
        QVERIFY(!hang.tiles.front().cine);
    }
    Study single;
    single.add("OP", 1);
    QVERIFY(!single.hang().scrolls);
}

void tst_FirstHang::laysManySequencesSideBySide()
{
    const QStringList grids{QStringLiteral("1x1"), QStringLiteral("1x2"), QStringLiteral("2x2"),
                            QStringLiteral("2x2"), QStringLiteral("2x3"), QStringLiteral("2x3"),
                            QStringLiteral("2x3")};
    Study study;
    for (const QString &grid : grids) {
        study.add("MR", 24);
        QCOMPARE(gridOf(study.hang()), grid);
    }
    QCOMPARE(study.hang().tiles.size(), std::size_t(6));
    Study ct;
    for (int i = 0; i < 6; ++i)
        ct.add("CT", 300);
    QCOMPARE(gridOf(ct.hang()), QStringLiteral("2x2"));
}

void tst_FirstHang::putsLocalizersLast()
{
    Study study;
    study.add("CT", 2, "1.1");   // scout
    study.add("CT", 600, "1.2"); // the stack
    study.add("SC", 1, "1.3");
    const FirstHang hang = study.hang();
    QCOMPARE(gridOf(hang), QStringLiteral("1x1"));
    QCOMPARE(seriesOf(hang), QStringList{QStringLiteral("1.2")});
    Study small; // no large series: nothing is a localizer
    small.add("CT", 1);
    small.add("CT", 2);
    QCOMPARE(gridOf(small.hang()), QStringLiteral("1x2"));
}

void tst_FirstHang::beginsInTheMiddleWhereThatSaysMore()
{
    for (const char *modality : {"MR", "PT"}) {
        Study study;
        study.add(modality, 20);
        QCOMPARE(int(study.hang().tiles.front().image.where), int(Where::Middle));
    }
    for (const char *modality : {"CT", "US", "NM", "XA"}) {
        Study study;
        study.add(modality, 20);
        QCOMPARE(int(study.hang().tiles.front().image.where), int(Where::First));
    }
}

void tst_FirstHang::hangsProjectionsInARow()
{
    Study study;
    auto &series = study.add("DX", 2);
    series.images.push_back({base::InstanceUid("2.1"), "/a", {}, 1});
    series.images.push_back({base::InstanceUid("2.2"), "/b", {}, 1});
    FirstHang hang = study.hang();
    QCOMPARE(gridOf(hang), QStringLiteral("1x2"));
    QCOMPARE(imagesOf(hang), (QStringList{QStringLiteral("2.1"), QStringLiteral("2.2")}));
    QCOMPARE(hang.tiles[1].image.path, std::string("/b"));
    QVERIFY(!hang.scrolls);
    study.image("2.3", "", MammoView::Unknown, "DX");
    QCOMPARE(gridOf(study.hang()), QStringLiteral("1x3"));
    // Raw data of the same exposure is not for reading.
    study.image("2.4", "", MammoView::Unknown, "DX").view.forProcessing = true;
    QCOMPARE(gridOf(study.hang()), QStringLiteral("1x3"));
    Study raw;
    raw.image("2.5", "", MammoView::Unknown, "CR").view.forProcessing = true;
    QCOMPARE(imagesOf(raw.hang()), QStringList{QStringLiteral("2.5")});
}

void tst_FirstHang::hangsAMammogramBackToBack()
{
    // In any order, in one series or many.
    QStringList order{QStringLiteral("RCC"), QStringLiteral("LCC"), QStringLiteral("RMLO"),
                      QStringLiteral("LMLO")};
    std::sort(order.begin(), order.end());
    do {
        Study study;
        for (const QString &name : order)
            study.image(qPrintable(name), name.startsWith(u'R') ? "R" : "L",
                        name.endsWith(QLatin1String("CC")) ? MammoView::Cc : MammoView::Mlo);
        const FirstHang hang = study.hang();
        QCOMPARE(gridOf(hang), QStringLiteral("2x2"));
        QCOMPARE(imagesOf(hang), (QStringList{QStringLiteral("RCC"), QStringLiteral("LCC"),
                                              QStringLiteral("RMLO"), QStringLiteral("LMLO")}));
    } while (std::next_permutation(order.begin(), order.end()));
}

void tst_FirstHang::fillsItsPlacesWithTheBestImages()
{
    Study study;
    study.image("raw", "R", MammoView::Cc).view.forProcessing = true;
    study.image("spot", "R", MammoView::Cc).view.modified = true;
    study.image("tomo", "R", MammoView::Cc).frames = 60;
    study.image("whole", "R", MammoView::Cc);
    study.image("ml", "R", MammoView::Ml);
    study.image("mlo", "R", MammoView::Mlo);
    study.image("ltomo", "L", MammoView::Cc).frames = 60;
    study.image("llm", "L", MammoView::Lm);
    const FirstHang hang = study.hang();
    QCOMPARE(imagesOf(hang), (QStringList{QStringLiteral("whole"), QStringLiteral("ltomo"),
                                          QStringLiteral("mlo"), QStringLiteral("llm")}));
}

void tst_FirstHang::leavesThePlaceOfAMissingViewEmpty()
{
    Study study;
    study.image("RCC", "R", MammoView::Cc);
    study.image("RMLO", "R", MammoView::Mlo);
    study.image("LMLO", "L", MammoView::Mlo);
    FirstHang hang = study.hang();
    QCOMPARE(gridOf(hang), QStringLiteral("2x2"));
    QCOMPARE(imagesOf(hang),
             (QStringList{QStringLiteral("RCC"), QString(), QStringLiteral("RMLO"), QStringLiteral("LMLO")}));
    Study one;
    one.image("LCC", "L", MammoView::Cc);
    one.image("LMLO", "L", MammoView::Mlo);
    hang = one.hang();
    QCOMPARE(gridOf(hang), QStringLiteral("2x1"));
    QCOMPARE(imagesOf(hang), (QStringList{QStringLiteral("LCC"), QStringLiteral("LMLO")}));
}

void tst_FirstHang::hangsBreastsWithoutSideAsTheyAre()
{
    Study study;
    study.image("a", "", MammoView::Cc);
    study.image("b", "R", MammoView::Unknown);
    const FirstHang hang = study.hang();
    QCOMPARE(gridOf(hang), QStringLiteral("1x2"));
    QCOMPARE(imagesOf(hang), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
}

void tst_FirstHang::playsAngiogramsAtOnce()
{
    Study study;
    study.add("XA", 96);
    QVERIFY(study.hang().tiles.front().cine);
    Study still;
    still.add("XA", 1);
    QVERIFY(!still.hang().tiles.front().cine);
}

void tst_FirstHang::showsTheCtBesideThePet()
{
    Study study;
    study.add("CT", 2, "1.1");
    study.add("CT", 300, "1.2");
    study.add("PT", 300, "1.3");
    const FirstHang hang = study.hang();
    QCOMPARE(gridOf(hang), QStringLiteral("1x2"));
    QCOMPARE(seriesOf(hang), (QStringList{QStringLiteral("1.3"), QStringLiteral("1.2")}));
}

void tst_FirstHang::knowsWhatSuitsAModality()
{
    const auto pet = ViewingDefaults::of("PT"), nm = ViewingDefaults::of("NM"),
               dx = ViewingDefaults::of("DX");
    QVERIFY(pet.inverted && pet.clampAtZero && pet.colourTables);
    QVERIFY(!nm.inverted && nm.clampAtZero && nm.colourTables);
    QVERIFY(dx.standsUpright && !dx.colourTables && !dx.clampAtZero && !dx.breast);
    QVERIFY(ViewingDefaults::of("MG").breast && ViewingDefaults::of("MG").standsUpright);
    QVERIFY(ViewingDefaults::of("XA").subtracts && !ViewingDefaults::of("XA").standsUpright);
    const auto ct = ViewingDefaults::of("CT");
    QVERIFY(!ct.inverted && !ct.clampAtZero && !ct.standsUpright && !ct.subtracts);
    QCOMPARE(int(ViewingDefaults::of("MR").window), int(imaging::FirstWindow::Robust));
}

void tst_FirstHang::hangsNothingForNothing()
{
    const FirstHang hang = FirstHang::of({});
    QCOMPARE(gridOf(hang), QStringLiteral("1x1"));
    QVERIFY(hang.tiles.empty());
}

QTEST_APPLESS_MAIN(tst_FirstHang)
#include "tst_FirstHang.moc"
