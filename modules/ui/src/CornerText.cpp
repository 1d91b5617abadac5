#include "CornerText.h"

#include "ModalityText.h"

#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using Mode = session::ReadingPresenter::CornerText;
using session::ViewportState;

class Corners
{
    Q_DECLARE_TR_FUNCTIONS(Corners)
};

QString joined(const QStringList &parts, const QString &separator = QStringLiteral("  "))
{
    QStringList filled = parts;
    filled.removeAll(QString());
    return filled.join(separator);
}

void add(std::vector<CornerLine> &lines, const QString &text, int rank, Tone tone = Tone::Normal)
{
    if (!text.isEmpty())
        lines.push_back({text, rank, tone});
}

std::vector<CornerLine> identity(const ViewportState &state, Mode mode)
{
    const auto &facts = state.facts;
    std::vector<CornerLine> lines;
    if (state.identityConflict)
        add(lines, Corners::tr("The objects of this study disagree on the patient."), 0, Tone::Warning);
    if (mode == Mode::None)
        return lines;
    add(lines, facts.patientName.isEmpty() ? Corners::tr("no patient name") : facts.patientName, 0);
    if (mode == Mode::Full) {
        // As the banner reckons it; what the object says stands in where a date is missing.
        QString age = words::ageText(words::date(facts.birthDate), words::date(facts.studyDate));
        if (age.isEmpty())
            age = words::ageText(facts.age);
        add(lines, joined({words::sexText(facts.sex), age, words::dateText(facts.birthDate)}), 4);
        add(lines, words::patientIdText(facts.patientId, facts.issuer), 2);
        add(lines, facts.studyDescription, 6);
    }
    add(lines, words::dateTimeText(facts.studyDate, facts.studyTime), 1);
    return lines;
}

/// Laterality and view of a projection are always said: nothing else tells right from left there.
std::vector<CornerLine> acquisition(const ViewportState &state, Mode mode)
{
    const auto &facts = state.facts;
    std::vector<CornerLine> lines;
    if (mode == Mode::Full)
        add(lines, facts.institution, 7);
    if (mode != Mode::None) {
        const QString number =
            facts.seriesNumber.isEmpty() ? QString() : QStringLiteral("%1").arg(facts.seriesNumber);
        add(lines, joined({joined({facts.modality, number}, QStringLiteral(" ")), facts.seriesDescription}),
            3);
    }
    add(lines, joined({words::lateralityText(facts.laterality), facts.viewPosition}), 0);
    if (mode != Mode::None)
        add(lines, missingSideText(facts), 1, Tone::Warning);
    if (mode == Mode::Full) {
        add(lines, facts.bodyPart, 8);
        add(lines, facts.technique, 8);
        if (!facts.contentTime.isEmpty())
            add(lines, words::dateTimeText(facts.contentDate, facts.contentTime), 9);
    }
    return lines;
}

QString sliceText(const ViewportState &state)
{
    const QLocale locale;
    const QString total = locale.toString(state.count);
    QString text = Corners::tr("Image %1/%2")
                       .arg(locale.toString(state.index + 1), state.countFinal ? total : total + u'+');
    if (state.pending && *state.pending != state.index)
        text += QStringLiteral(" → %1").arg(locale.toString(*state.pending + 1));
    return text;
}

std::vector<CornerLine> place(const ViewportState &state, Mode mode)
{
    std::vector<CornerLine> lines;
    if (mode != Mode::None) {
        for (const auto &finding : state.findings) {
            const bool order = finding.code == dicom::GeometryFinding::Code::SeveralVolumes;
            add(lines, words::findingSentence(finding), order ? 5 : 1,
                order ? Tone::Secondary : Tone::Warning);
        }
        if (state.notDisplayable > 0)
            add(lines,
                Corners::tr("%n object(s) of this series without an image.", nullptr, state.notDisplayable),
                4, Tone::Secondary);
    }
    // What the speed is not is said whatever the mode: the eye takes a slow film for a slow heart.
    if (state.cine && state.cine->buffering)
        add(lines, Corners::tr("Cine is loading: %1/%2").arg(state.cine->ready).arg(state.cine->needed), 1,
            Tone::Warning);
    else if (state.cine && state.cine->isBelowTarget())
        add(lines,
            Corners::tr("Cine at %1 of %2 images/s")
                .arg(words::numberText(state.cine->achieved, 1), words::numberText(state.cine->rate, 1)),
            1, Tone::Warning);
    if (mode != Mode::None) {
        add(lines, phaseText(state), 1);
        add(lines, sliceText(state), 0);
    }
    if (mode != Mode::Full)
        return lines;
    QString position, thickness;
    if (state.facts.slicePositionMm)
        position = Corners::tr("Pos. %1 mm").arg(words::numberText(*state.facts.slicePositionMm, 1));
    if (state.facts.sliceThicknessMm)
        thickness = Corners::tr("Th. %1 mm").arg(words::numberText(*state.facts.sliceThicknessMm, 2));
    add(lines, joined({position, thickness}), 3);
    if (state.content == ViewportState::Content::Picture) {
        const QString zoom = words::numberText(state.transform.zoom() * 100, 0);
        add(lines,
            state.trueSize ? Corners::tr("Zoom %1 %, true size").arg(zoom)
                           : Corners::tr("Zoom %1 %").arg(zoom),
            7);
    }
    return lines;
}

/// Whether this viewport moves with others: said in every state, for it explains what the picture does.
QString linkText(const session::Guides &guides)
{
    using Link = session::Guides::Link;
    if (guides.link == Link::None)
        return {};
    QString text = guides.link == Link::ByOffset ? Corners::tr("linked by offset", "viewport")
                                                 : Corners::tr("linked", "viewport");
    if (guides.group > 0)
        text += QStringLiteral(" %1").arg(guides.group);
    return text;
}

std::vector<CornerLine> quality(const ViewportState &state, Mode mode)
{
    std::vector<CornerLine> lines;
    if (state.guides.outside)
        add(lines, Corners::tr("The position of the active viewport is outside this series."), 1,
            Tone::Warning);
    add(lines, linkText(state.guides), 2, Tone::Secondary);
    if (state.facts.truncated)
        add(lines, Corners::tr("The file of this image is cut short."), 0, Tone::Warning);
    add(lines, words::lossyText(state.facts), 0, Tone::Warning);
    const bool whole = state.completeness != cache::Completeness::Incomplete;
    if (!whole || mode == Mode::Full)
        add(lines, words::completenessText(state.completeness, state.instances, state.expected),
            whole ? 5 : 0, whole ? Tone::Secondary : Tone::Warning);
    if (mode == Mode::None || state.content != ViewportState::Content::Picture)
        return lines;
    const bool missed = state.subtraction.wanted && !state.subtraction.shown;
    add(lines, subtractionText(state), 1, missed ? Tone::Warning : Tone::Normal);
    if (state.render.colourTable != imaging::ColourTable::Grey)
        add(lines, colourTableName(state.render.colourTable), 2);
    if (state.render.inverted)
        add(lines, Corners::tr("inverted"), 2);
    if (state.window) {
        const QString name = mode == Mode::Full ? words::presetName(state.windowName) : QString();
        add(lines, joined({name, words::windowText(*state.window)}), 1);
    } else if (state.render.lut) {
        add(lines, state.windowName.isEmpty() ? Corners::tr("grey curve of the image") : state.windowName, 1);
    }
    return lines;
}

/// Cuts a warning at word ends so that it can be read whole in a narrow viewport.
QStringList wrapped(const QString &text, int width, const TextMeasure &measure)
{
    QStringList lines;
    QString line;
    for (const QString &word : text.split(u' ')) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        if (!line.isEmpty() && measure.width(longer) > width) {
            lines << line;
            line = word;
        } else {
            line = longer;
        }
    }
    lines << line;
    return lines;
}

/// Wraps the warnings, then drops the lines of the highest ranks until `rows` are left.
std::vector<CornerLine> fitted(const std::vector<CornerLine> &lines, int rows, int width,
                               const TextMeasure &measure)
{
    std::vector<CornerLine> result;
    for (const CornerLine &line : lines) {
        if (line.tone == Tone::Normal) {
            result.push_back(line);
            continue;
        }
        for (const QString &part : wrapped(line.text, width, measure))
            result.push_back({part, line.rank, line.tone});
    }
    while (static_cast<int>(result.size()) > std::max(rows, 0)) {
        const auto least = std::max_element(result.begin(), result.end(),
                                            [](const auto &a, const auto &b) { return a.rank < b.rank; });
        result.erase(least);
    }
    return result;
}

/// The advance is rounded; one more pixel keeps a text that fits from being elided.
int widthOf(const QString &text, const TextMeasure &measure)
{
    return measure.width(text) + 1;
}

/// One row across the picture: the left and the right line share what the centre leaves.
void placeRow(const CornerLine *left, const CornerLine *right, const QRect &row, int centre,
              const TextMeasure &measure, std::vector<PlacedLine> &out)
{
    constexpr int kGap = 8;
    const int leftWhole = left != nullptr ? widthOf(left->text, measure) : 0;
    const int rightWhole = right != nullptr ? widthOf(right->text, measure) : 0;
    int leftWidth = leftWhole, rightWidth = rightWhole;
    if (centre > 0) {
        const int half = std::max((row.width() - centre) / 2 - kGap, 0);
        leftWidth = std::min(leftWidth, half);
        rightWidth = std::min(rightWidth, half);
    } else if (const int room = row.width() - kGap; leftWidth + rightWidth > room) {
        const int half = std::max(room / 2, 0);
        if (leftWidth <= half)
            rightWidth = room - leftWidth;
        else if (rightWidth <= half)
            leftWidth = room - rightWidth;
        else
            leftWidth = rightWidth = half;
    }
    const auto put = [&](const CornerLine *line, int whole, int width, bool toTheRight) {
        if (line == nullptr || width <= 0)
            return;
        const int x = toTheRight ? row.right() + 1 - width : row.left();
        const QString text = width >= whole ? line->text : measure.elided(line->text, width);
        out.push_back({QRect(x, row.top(), width, row.height()), text, line->tone, toTheRight});
    };
    put(left, leftWhole, leftWidth, false);
    put(right, rightWhole, rightWidth, true);
}

} // namespace

int TextMeasure::width(const QString &text) const
{
    constexpr int kKept = 2000;
    if (const auto known = m_widths.constFind(text); known != m_widths.constEnd())
        return *known;
    if (m_widths.size() >= kKept)
        m_widths.clear();
    return *m_widths.insert(text, m_metrics.horizontalAdvance(text));
}

QString TextMeasure::elided(const QString &text, int width) const
{
    return m_metrics.elidedText(text, Qt::ElideRight, width);
}

CornerLines cornerLines(const ViewportState &state, Mode mode)
{
    CornerLines lines;
    const bool known =
        state.content == ViewportState::Content::Picture || state.content == ViewportState::Content::Failed;
    if (!known)
        return lines;
    lines[static_cast<std::size_t>(Corner::TopLeft)] = identity(state, mode);
    lines[static_cast<std::size_t>(Corner::TopRight)] = acquisition(state, mode);
    lines[static_cast<std::size_t>(Corner::BottomLeft)] = place(state, mode);
    lines[static_cast<std::size_t>(Corner::BottomRight)] = quality(state, mode);
    return lines;
}

std::vector<PlacedLine> placeLines(const CornerLines &lines, const QRect &area, const TextMeasure &measure,
                                   const CentreRoom &centre)
{
    const int height = measure.height();
    const int rows =
        (area.height() / 2 - height) / std::max(height, 1); // the middle row belongs to the letters
    const int wrapWidth = (area.width() - centre.bottomCentre) / 2 - 8;
    std::array<std::vector<CornerLine>, kCorners> kept;
    for (std::size_t i = 0; i < kCorners; ++i)
        kept[i] = fitted(lines[i], rows, wrapWidth, measure);

    std::vector<PlacedLine> out;
    const auto lineAt = [](const std::vector<CornerLine> &from, std::size_t i) {
        return i < from.size() ? &from[i] : nullptr;
    };
    const auto &topLeft = kept[0], &topRight = kept[1], &bottomLeft = kept[2], &bottomRight = kept[3];
    for (std::size_t i = 0; i < std::max(topLeft.size(), topRight.size()); ++i) {
        const QRect row(area.left(), area.top() + static_cast<int>(i) * height, area.width(), height);
        placeRow(lineAt(topLeft, i), lineAt(topRight, i), row, i == 0 ? centre.topCentre : 0, measure, out);
    }
    for (std::size_t i = 0; i < std::max(bottomLeft.size(), bottomRight.size()); ++i) { // from the bottom up
        const QRect row(area.left(), area.bottom() + 1 - (static_cast<int>(i) + 1) * height, area.width(),
                        height);
        const auto fromEnd = [&](const std::vector<CornerLine> &from) {
            return i < from.size() ? &from[from.size() - 1 - i] : nullptr;
        };
        placeRow(fromEnd(bottomLeft), fromEnd(bottomRight), row,
                 static_cast<int>(i) < centre.bottomRows ? centre.bottomCentre : 0, measure, out);
    }
    return out;
}

} // namespace negatoscope::ui
