#include <dicom/ProjectionView.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace negatoscope::dicom {

namespace {

constexpr Tag kViewCodeSequence{0x0054, 0x0220};
constexpr Tag kViewModifierCodeSequence{0x0054, 0x0222};
constexpr Tag kCodeValue{0x0008, 0x0100};
constexpr Tag kFrameAnatomySequence{0x0020, 0x9071};
constexpr Tag kFrameLaterality{0x0020, 0x9072};

struct ViewCode
{
    std::string_view code;
    MammoView view;
};

/// View Position terms, and codes of CID 4014 in SNOMED CT and in the older SRT.
constexpr std::array kViewCodes{
    ViewCode{"CC", MammoView::Cc},        ViewCode{"R-10242", MammoView::Cc},
    ViewCode{"399162004", MammoView::Cc}, ViewCode{"MLO", MammoView::Mlo},
    ViewCode{"R-10226", MammoView::Mlo},  ViewCode{"399368009", MammoView::Mlo},
    ViewCode{"ML", MammoView::Ml},        ViewCode{"R-10224", MammoView::Ml},
    ViewCode{"399260004", MammoView::Ml}, ViewCode{"LM", MammoView::Lm},
    ViewCode{"R-10228", MammoView::Lm},   ViewCode{"399352003", MammoView::Lm},
};

MammoView mammoViewOf(std::string_view code)
{
    if (code.empty())
        return MammoView::Unknown;
    const auto at = std::find_if(kViewCodes.begin(), kViewCodes.end(),
                                 [&](const ViewCode &row) { return row.code == code; });
    return at == kViewCodes.end() ? MammoView::Other : at->view;
}

/// The anatomical axis of a Patient Orientation value's main letter: 0 left-right, 1 front-back, 2 head-feet.
int axisOf(const std::string &letters)
{
    switch (letters.empty() ? '\0' : letters.front()) {
    case 'L':
    case 'R':
        return 0;
    case 'A':
    case 'P':
        return 1;
    case 'H':
    case 'F':
        return 2;
    default:
        return -1;
    }
}

struct Edges
{
    char right, bottom;
};

/// Where the main letters of an image's right and bottom edges lie after a turn.
Edges turned(const std::string &row, const std::string &column, UprightTurn turn)
{
    std::string right = turn.flipped ? oppositeLetters(row) : row, down = column;
    for (int i = 0; i < turn.quarterTurns; ++i) { // clockwise: what pointed up points right
        const std::string up = oppositeLetters(down);
        down = right;
        right = up;
    }
    return {right.front(), down.front()};
}

/// What must be at the right and at the bottom edge; '\0': anything.
std::optional<Edges> wishOf(int rowAxis, int columnAxis, const ProjectionView &view, bool breast)
{
    const bool acrossAndUp = (rowAxis == 0 && columnAxis == 2) || (rowAxis == 2 && columnAxis == 0);
    const bool deepAndUp = (rowAxis == 1 && columnAxis == 2) || (rowAxis == 2 && columnAxis == 1);
    const bool acrossAndDeep = (rowAxis == 0 && columnAxis == 1) || (rowAxis == 1 && columnAxis == 0);
    if (breast) {
        const bool right = view.laterality == "R";
        if (!right && view.laterality != "L")
            return std::nullopt;
        const char wall = right ? 'P' : 'A';
        if (acrossAndDeep)
            return Edges{wall, right ? 'L' : 'R'};
        if (deepAndUp)
            return Edges{wall, 'F'};
        return std::nullopt;
    }
    if (acrossAndUp)
        return Edges{'L', 'F'};
    if (deepAndUp)
        return Edges{'\0', 'F'};
    return std::nullopt;
}

bool pointsUpByCustom(std::string bodyPart)
{
    std::transform(bodyPart.begin(), bodyPart.end(), bodyPart.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    constexpr std::array<std::string_view, 8> kParts{"HAND", "FINGER", "THUMB", "WRIST",
                                                     "FOOT", "TOE",    "TOES",  "FOREFOOT"};
    return std::find(kParts.begin(), kParts.end(), bodyPart) != kParts.end();
}

} // namespace

ProjectionView ProjectionView::of(const DataSet &dataSet)
{
    ProjectionView view;
    view.laterality = dataSet.text(tags::ImageLaterality);
    if (view.laterality.empty())
        if (const DataSet *anatomy = FrameAttributes(dataSet, 0).group(kFrameAnatomySequence))
            view.laterality = anatomy->text(kFrameLaterality);
    if (view.laterality.empty())
        view.laterality = dataSet.text(tags::Laterality);
    view.bodyPart = dataSet.text(tags::BodyPartExamined);
    view.forProcessing = dataSet.text(tags::PresentationIntentType) == "FOR PROCESSING";
    view.mammo = mammoViewOf(dataSet.text(tags::ViewPosition));
    if (const DataSet *code = dataSet.item(kViewCodeSequence)) {
        const MammoView coded = mammoViewOf(code->text(kCodeValue));
        if (coded != MammoView::Unknown && (coded != MammoView::Other || view.mammo == MammoView::Unknown))
            view.mammo = coded;
        view.modified = !code->items(kViewModifierCodeSequence).empty();
    }
    return view;
}

UprightTurn uprightTurn(const ImageOrientation &orientation, const ProjectionView &view, bool breast)
{
    const std::string &row = orientation.rowLetters, &column = orientation.columnLetters;
    const int rowAxis = axisOf(row), columnAxis = axisOf(column);
    constexpr std::string_view kLetters = "LRAPHF";
    if ((row + column).find_first_not_of(kLetters) != std::string::npos || orientation.quadruped ||
        rowAxis < 0 || columnAxis < 0 || oppositeLetters(row).empty() || oppositeLetters(column).empty())
        return {};
    const auto wish = wishOf(rowAxis, columnAxis, view, breast);
    if (!wish || (!breast && pointsUpByCustom(view.bodyPart)))
        return {};
    // No turn before a turn, a turn before a mirror.
    for (const bool flipped : {false, true})
        for (int quarterTurns = 0; quarterTurns < 4; ++quarterTurns) {
            const Edges edges = turned(row, column, {quarterTurns, flipped});
            const bool mirrorAllowed = wish->right != '\0' || !flipped;
            if (mirrorAllowed && edges.bottom == wish->bottom &&
                (wish->right == '\0' || edges.right == wish->right))
                return {quarterTurns, flipped};
        }
    return {};
}

} // namespace negatoscope::dicom
