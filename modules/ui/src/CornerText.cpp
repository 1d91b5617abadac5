#include "CornerText.h"

#include "CornerFields.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <iterator>

namespace negatoscope::ui {

namespace {

using Mode = session::ReadingPresenter::CornerText;
using session::ViewportState;

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

CornerLines cornerLines(const ViewportState &state, Mode mode, const session::CornerLayout &layout)
{
    CornerLines lines;
    const bool known =
        state.content == ViewportState::Content::Picture || state.content == ViewportState::Content::Failed;
    if (!known)
        return lines;
    for (std::size_t corner = 0; corner < session::kCorners; ++corner)
        for (const session::CornerField field : layout[corner])
            std::ranges::move(linesOf(field, state, mode), std::back_inserter(lines[corner]));
    return lines;
}

std::vector<PlacedLine> placeLines(const CornerLines &lines, const QRect &area, const TextMeasure &measure,
                                   const CentreRoom &centre)
{
    const int height = measure.height();
    const int rows =
        (area.height() / 2 - height) / std::max(height, 1); // the middle row belongs to the letters
    const int wrapWidth = (area.width() - centre.bottomCentre) / 2 - 8;
    std::array<std::vector<CornerLine>, session::kCorners> kept;
    for (std::size_t i = 0; i < session::kCorners; ++i)
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
