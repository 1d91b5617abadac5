#include "LoadedBar.h"

#include <ui/Theme.h>

#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace negatoscope::ui {

using session::FrameMark;

namespace {

constexpr int kWidth = 10, kWidthNarrow = 7, kReach = 18, kNarrow = 200;
constexpr int kSeenWidth = 3, kLeastThumb = 12;

QColor colourOf(FrameMark mark)
{
    switch (mark) {
    case FrameMark::Away:
        break;
    case FrameMark::OnItsWay:
        return colours::kPictureLine;
    case FrameMark::Loaded:
        return colours::kPictureDisabled;
    case FrameMark::Failed:
        return colours::kError;
    case FrameMark::Missing:
        return Qt::black;
    }
    return colours::kPicturePanel;
}

/// What a pixel that stands for several images says: first of all what is wrong, last that all are there.
FrameMark together(FrameMark a, FrameMark b)
{
    const auto rank = [](FrameMark mark) {
        switch (mark) {
        case FrameMark::Failed:
            return 4;
        case FrameMark::Missing:
            return 3;
        case FrameMark::OnItsWay:
            return 2;
        case FrameMark::Away:
            return 1;
        case FrameMark::Loaded:
            break;
        }
        return 0;
    };
    return rank(a) >= rank(b) ? a : b;
}

struct Row
{
    FrameMark mark = FrameMark::Loaded;
    bool seen = true;
    bool operator==(const Row &) const = default;
};

/// What row `y` of a bar of so many rows tells of the images that it stands for.
Row rowAt(const session::SeriesMarks &marks, int y, int height)
{
    const std::int64_t count = marks.places();
    const std::int64_t from = y * count / height;
    const std::int64_t to = std::min(count, std::max(from + 1, (y + 1) * count / height));
    Row row;
    for (auto place = static_cast<int>(from); place < static_cast<int>(to); ++place) {
        row.mark = together(row.mark, marks.markAt(place));
        row.seen = row.seen && marks.isSeenAt(place);
    }
    return row;
}

} // namespace

QRect LoadedBar::rect(const QSize &viewport)
{
    const int width = viewport.width() < kNarrow ? kWidthNarrow : kWidth;
    return QRect(viewport.width() - width - 1, 2, width, viewport.height() - 4);
}

QRect LoadedBar::reach(const QSize &viewport)
{
    const int width = std::min(kReach, viewport.width() / 4);
    return QRect(viewport.width() - width, 0, width, viewport.height());
}

void LoadedBar::draw(QPainter &painter, const QSize &viewport, const Look &look,
                     const session::SeriesMarks &marks, const std::vector<int> &gaps)
{
    if (look.count < 2 && marks.places() < 2)
        return;
    const QRect bar = rect(viewport);
    if (bar.height() < kLeastThumb)
        return;
    painter.fillRect(bar, colours::kPicturePanel);
    const bool areKnown = static_cast<int>(marks.marks().size()) == look.count;
    const int count = areKnown ? marks.places() : look.count, height = bar.height();
    const auto top = [&](int index) {
        return bar.top() + static_cast<int>(static_cast<std::int64_t>(marks.placeOf(index)) * height / count);
    };
    const QRect seen(bar.right() + 1 - kSeenWidth, 0, kSeenWidth, 0);
    if (areKnown) {
        // Runs of pixels of one kind: one image may be many pixels, one pixel many images.
        const auto fill = [&](const Row &row, int from, int to) {
            painter.fillRect(bar.left(), bar.top() + from, bar.width() - kSeenWidth - 1, to - from,
                             colourOf(row.mark));
            if (row.seen)
                painter.fillRect(seen.left(), bar.top() + from, kSeenWidth, to - from,
                                 colours::kPictureSecondary);
        };
        Row run = rowAt(marks, 0, height);
        int begin = 0;
        for (int y = 1; y < height; ++y) {
            const Row row = rowAt(marks, y, height);
            if (row == run)
                continue;
            fill(run, begin, y);
            run = row;
            begin = y;
        }
        fill(run, begin, height);
    }
    for (const int gap : gaps)
        painter.fillRect(bar.left() - 2, top(gap + 1) - 1, bar.width() + 2, 2, colours::kPictureWarning);

    const int thumb = std::clamp(height / count, kLeastThumb, height);
    const int y = bar.top() + static_cast<int>(std::lround(static_cast<double>(height - thumb) *
                                                           marks.placeOf(look.index) / (count - 1)));
    const QColor line = look.dragged ? colours::kFocus : colours::kPictureText;
    painter.setPen(Qt::black);
    painter.drawRect(QRect(bar.left() - 1, y - 1, bar.width() + 1, thumb + 1));
    painter.setPen(line);
    painter.drawRect(QRect(bar.left(), y, bar.width() - 1, thumb - 1));
    painter.fillRect(QRect(bar.left() + 1, y + thumb / 2, bar.width() - 2, 1), line);
}

int LoadedBar::indexAt(const QSize &viewport, double y, int count, const session::SeriesMarks &marks)
{
    const bool areKnown = static_cast<int>(marks.marks().size()) == count;
    if (areKnown)
        count = marks.places();
    const QRect bar = rect(viewport);
    const int thumb =
        std::clamp(bar.height() / std::max(count, 1), kLeastThumb, std::max(bar.height(), kLeastThumb));
    const double travel = std::max(1, bar.height() - thumb);
    const double part = std::clamp((y - bar.top() - thumb / 2.0) / travel, 0.0, 1.0);
    const int place = static_cast<int>(std::lround(part * (count - 1)));
    return areKnown ? marks.frameAt(place) : place;
}

} // namespace negatoscope::ui
