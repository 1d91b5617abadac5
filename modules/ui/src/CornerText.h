#pragma once

#include <session/CornerLayout.h>
#include <session/ReadingPresenter.h>
#include <session/ViewportState.h>

#include <QtCore/QHash>
#include <QtCore/QRect>
#include <QtCore/QString>
#include <QtGui/QFontMetrics>

#include <array>
#include <vector>

namespace negatoscope::ui {

enum class Tone { Normal, Secondary, Warning };

/// One line of text in a corner. The rank decides what goes first where room is short: 0 stays longest.
struct CornerLine
{
    QString text;
    int rank = 0;
    Tone tone = Tone::Normal;
    bool operator==(const CornerLine &) const = default;
};

using CornerLines = std::array<std::vector<CornerLine>, session::kCorners>;

/// A line with its place: elided so that no two of them overlap.
struct PlacedLine
{
    QRect rect;
    QString text;
    Tone tone = Tone::Normal;
    bool rightAligned = false;
    bool operator==(const PlacedLine &) const = default;
};

/// The words in the corners, each where `layout` has it. Identity and warnings stay in Minimal; what makes
/// the picture less than the original (lossy, incomplete, conflicting identity) stays even in None.
CornerLines cornerLines(const session::ViewportState &state, session::ReadingPresenter::CornerText mode,
                        const session::CornerLayout &layout = session::usualCorners());

/// Measures texts of one font and remembers their widths: most texts of a picture are those of the last one.
class TextMeasure
{
public:
    explicit TextMeasure(const QFont &font) : m_metrics(font) {}
    int height() const { return m_metrics.height(); }
    int width(const QString &text) const;
    QString elided(const QString &text, int width) const;

private:
    QFontMetrics m_metrics;
    mutable QHash<QString, int> m_widths;
};

/// Places the lines in `area`. The letters at the edge centres and a scale bar keep their room: `topCentre`
/// and `bottomCentre` are the widths kept free in the first row, and in the last `bottomRows` rows.
struct CentreRoom
{
    int topCentre = 0, bottomCentre = 0, bottomRows = 0;
};
std::vector<PlacedLine> placeLines(const CornerLines &lines, const QRect &area, const TextMeasure &measure,
                                   const CentreRoom &centre);

} // namespace negatoscope::ui
