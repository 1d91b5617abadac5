#include "DataSetBuilder.h"

#include <dicom/ProjectionView.h>

#include <QtTest/QTest>

#include <array>

using namespace negatoscope::dicom;

namespace {

ImageOrientation lettersOf(const std::string &row, const std::string &column)
{
    ImageOrientation orientation;
    orientation.rowLetters = row;
    orientation.columnLetters = column;
    return orientation;
}

/// The letters at the edges after a turn, by way of the geometry that the viewer draws letters with: an
/// unturned picture points right along columns and down along rows; each turn changes that as the pixels
/// move.
EdgeLetters edgesAfter(const ImageOrientation &orientation, UprightTurn turn)
{
    FrameGeometry geometry;
    geometry.orientation = orientation;
    // (dx, dy) on screen -> (column, row) in the image, by undoing the turns, then the flip.
    const auto inImage = [&](int x, int y) {
        for (int i = 0; i < turn.quarterTurns; ++i) {
            const int before = x;
            x = y;
            y = -before;
        }
        return std::array<double, 2>{turn.flipped ? -double(x) : double(x), double(y)};
    };
    const auto right = inImage(1, 0), down = inImage(0, 1);
    return edgeLetters(geometry, {right[0], right[1], down[0], down[1]});
}

char opposite(char letter)
{
    return oppositeLetters(std::string(1, letter)).front();
}

} // namespace

class tst_ProjectionView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsEveryFrontalImageUpright();
    void neverMirrorsALateralImage();
    void turnsNothingWithoutOrientation();
    void leavesHandsAndFeetAsTheyAre();
    void leavesAnimalsAsTheyAre();
    void hangsBreastsBackToBack();
    void hangsNoBreastWithoutItsSide();
    void readsViewsFromCodes();
    void readsLateralityWhereItStands();
    void keepsWhatStandsUpright();
};

void tst_ProjectionView::standsEveryFrontalImageUpright()
{
    int turned = 0;
    // All eight ways a frontal image can be stored, with and without a second letter.
    for (const char across : {'L', 'R'})
        for (const char along : {'H', 'F'})
            for (const bool rowAcross : {true, false})
                for (const std::string second : {"", "P"}) {
                    const std::string a = across + second, b(1, along);
                    const auto stored = rowAcross ? lettersOf(a, b) : lettersOf(b, a);
                    const UprightTurn turn = uprightTurn(stored, {}, false);
                    const EdgeLetters edges = edgesAfter(stored, turn);
                    QCOMPARE(edges.bottom.front(), 'F');
                    QCOMPARE(edges.right.front(), 'L');
                    QCOMPARE(edges.left.front(), 'R');
                    QCOMPARE(edges.top.front(), 'H');
                    turned += turn == UprightTurn() ? 0 : 1;
                }
    QCOMPARE(turned, 14);
    // Upside down is turned by 180 degrees, mirrored is mirrored: nothing more than is needed.
    QCOMPARE(uprightTurn(lettersOf("R", "H"), {}, false), (UprightTurn{2, false}));
    QCOMPARE(uprightTurn(lettersOf("R", "F"), {}, false), (UprightTurn{0, true}));
}

void tst_ProjectionView::neverMirrorsALateralImage()
{
    for (const char depth : {'A', 'P'})
        for (const char along : {'H', 'F'})
            for (const bool rowDeep : {true, false}) {
                const std::string a(1, depth), b(1, along);
                const auto stored = rowDeep ? lettersOf(a, b) : lettersOf(b, a);
                const UprightTurn turn = uprightTurn(stored, {}, false);
                QVERIFY(!turn.flipped);
                QCOMPARE(edgesAfter(stored, turn).bottom, std::string("F"));
            }
    QCOMPARE(uprightTurn(lettersOf("P", "F"), {}, false), UprightTurn());
    QCOMPARE(uprightTurn(lettersOf("A", "F"), {}, false), UprightTurn());
}

void tst_ProjectionView::turnsNothingWithoutOrientation()
{
    QCOMPARE(uprightTurn({}, {}, false), UprightTurn());
    QCOMPARE(uprightTurn(lettersOf("R", ""), {}, false), UprightTurn());
    QCOMPARE(uprightTurn(lettersOf("X", "H"), {}, false), UprightTurn());
    QCOMPARE(uprightTurn(lettersOf("R", "L"), {}, false), UprightTurn()); // no plane
    QCOMPARE(uprightTurn(lettersOf("R", "A"), {}, false), UprightTurn()); // axial: no upright
}

void tst_ProjectionView::leavesHandsAndFeetAsTheyAre()
{
    for (const char *part : {"HAND", "Foot", "FINGER"}) {
        ProjectionView view;
        view.bodyPart = part;
        QCOMPARE(uprightTurn(lettersOf("L", "H"), view, false), UprightTurn());
    }
    ProjectionView chest;
    chest.bodyPart = "CHEST";
    QCOMPARE(uprightTurn(lettersOf("L", "H"), chest, false), (UprightTurn{2, true}));
}

void tst_ProjectionView::leavesAnimalsAsTheyAre()
{
    ImageOrientation dog = lettersOf("CR", "V");
    dog.quadruped = true;
    QCOMPARE(uprightTurn(dog, {}, false), UprightTurn());
    QCOMPARE(uprightTurn(lettersOf("LE", "CD"), {}, false), UprightTurn());
    // "PR" of a person is behind and right, of an animal proximal.
    QCOMPARE(oppositeLetters("PR"), std::string("AL"));
    QCOMPARE(oppositeLetters("PR", true), std::string("DI"));
    QCOMPARE(oppositeLetters("PA"), std::string());
}

void tst_ProjectionView::hangsBreastsBackToBack()
{
    int checked = 0;
    for (const char side : {'R', 'L'})
        for (const char third : {'H', 'S'}) { // MLO has feet, CC has sides
            const bool oblique = third == 'H';
            for (const char wall : {'A', 'P'})
                for (const char other : {oblique ? 'H' : 'L', oblique ? 'F' : 'R'})
                    for (const bool rowDeep : {true, false}) {
                        const std::string a(1, wall), b(1, other);
                        const auto stored = rowDeep ? lettersOf(a, b) : lettersOf(b, a);
                        ProjectionView view;
                        view.laterality = std::string(1, side);
                        const EdgeLetters edges = edgesAfter(stored, uprightTurn(stored, view, true));
                        const std::string &middle = side == 'R' ? edges.right : edges.left;
                        QCOMPARE(middle, std::string("P"));
                        QCOMPARE(edges.bottom.front(), oblique ? 'F' : opposite(side)); // lateral side up
                        ++checked;
                    }
        }
    QCOMPARE(checked, 32);
}

void tst_ProjectionView::hangsNoBreastWithoutItsSide()
{
    for (const char *side : {"", "B", "U"}) {
        ProjectionView view;
        view.laterality = side;
        QCOMPARE(uprightTurn(lettersOf("A", "H"), view, true), UprightTurn());
    }
}

void tst_ProjectionView::readsViewsFromCodes()
{
    const auto viewOf = [](const char *position, const char *code, bool modified = false) {
        DataSet object;
        if (position)
            object.setText(tags::ViewPosition, "CS", position);
        if (code) {
            DataSet item;
            item.setText({0x0008, 0x0100}, "SH", code);
            if (modified)
                support::setItems(item, {0x0054, 0x0222}, {DataSet()});
            support::setItems(object, {0x0054, 0x0220}, {item});
        }
        return ProjectionView::of(object);
    };
    QCOMPARE(int(viewOf("CC", nullptr).mammo), int(MammoView::Cc));
    QCOMPARE(int(viewOf("MLO", "R-10226").mammo), int(MammoView::Mlo));
    QCOMPARE(int(viewOf(nullptr, "399162004").mammo), int(MammoView::Cc));
    QCOMPARE(int(viewOf(nullptr, "399368009").mammo), int(MammoView::Mlo));
    QCOMPARE(int(viewOf("CC", "12345").mammo), int(MammoView::Cc));
    QCOMPARE(int(viewOf(nullptr, "12345").mammo), int(MammoView::Other));
    QCOMPARE(int(viewOf(nullptr, nullptr).mammo), int(MammoView::Unknown));
    QVERIFY(viewOf("CC", "R-10242", true).modified);
    QVERIFY(!viewOf("CC", "R-10242").modified);
}

void tst_ProjectionView::readsLateralityWhereItStands()
{
    DataSet object;
    QVERIFY(ProjectionView::of(object).laterality.empty());
    object.setText(tags::Laterality, "CS", "L");
    QCOMPARE(ProjectionView::of(object).laterality, std::string("L"));
    DataSet anatomy, groups;
    anatomy.setText({0x0020, 0x9072}, "CS", "R");
    support::setItems(groups, {0x0020, 0x9071}, {anatomy});
    support::setItems(object, tags::SharedFunctionalGroupsSequence, {groups});
    QCOMPARE(ProjectionView::of(object).laterality, std::string("R")); // tomosynthesis
    object.setText(tags::ImageLaterality, "CS", "L");
    QCOMPARE(ProjectionView::of(object).laterality, std::string("L"));
}

void tst_ProjectionView::keepsWhatStandsUpright()
{
    QCOMPARE(uprightTurn(lettersOf("L", "F"), {}, false), UprightTurn());
    ProjectionView right;
    right.laterality = "R";
    QCOMPARE(uprightTurn(lettersOf("P", "L"), right, true), UprightTurn());
    QCOMPARE(uprightTurn(lettersOf("P", "FR"), right, true), UprightTurn());
}

QTEST_APPLESS_MAIN(tst_ProjectionView)
#include "tst_ProjectionView.moc"
