#include "GuidePainter.h"

#include <ui/Theme.h>

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>

namespace negatoscope::ui {

namespace {

constexpr double kGap = 7;  // half of the hole in the cross
constexpr double kArm = 14; // of the cross, from the gap on

/// Device pixels of the transform to the painter's own.
QPointF placed(const session::ViewportState &state, base::ImagePoint point, qreal ratio)
{
    const auto at = state.transform.toView(point);
    return {at.x / ratio, at.y / ratio};
}

} // namespace

std::vector<GuideLabel> drawReferenceLines(QPainter &painter, const session::ViewportState &state,
                                           const QRect &area)
{
    std::vector<GuideLabel> labels;
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area);
    for (const auto &line : state.guides.lines) {
        const QPointF from = placed(state, line.segment.from, ratio),
                      to = placed(state, line.segment.to, ratio);
        if (line.kind == session::ReferenceLine::Kind::Current) {
            painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
            painter.drawLine(from, to);
            painter.setPen(QPen(colours::kPictureAccent.color(), 1.25));
        } else {
            QColor thin = colours::kPictureSecondary;
            thin.setAlpha(150);
            painter.setPen(QPen(thin, 0.75));
        }
        painter.drawLine(from, to);
        // The number stands at the end that is farther left, or lower where the line is upright.
        const bool upright = std::abs(to.x() - from.x()) < std::abs(to.y() - from.y());
        const bool first = upright ? from.y() > to.y() : from.x() < to.x();
        const QPointF end = first ? from : to;
        labels.push_back({{std::clamp(end.x(), double(area.left()), double(area.right())),
                           std::clamp(end.y(), double(area.top()), double(area.bottom()))},
                          line.number});
    }
    painter.restore();
    return labels;
}

void drawCursorMark(QPainter &painter, const session::ViewportState &state)
{
    if (!state.guides.cursor)
        return;
    const QPointF at = placed(state, state.guides.cursor->at, painter.device()->devicePixelRatioF());
    QPainterPath cross;
    for (const QPointF arm : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
        cross.moveTo(at + arm * kGap);
        cross.lineTo(at + arm * (kGap + kArm));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.strokePath(cross, QPen(Qt::black, 3.5));
    const QColor colour = state.guides.cursor->offPlane ? colours::kPictureWarning : colours::kPictureAccent;
    QPen pen(colour, 1.5);
    if (state.guides.cursor->offPlane)
        pen.setDashPattern({2, 2});
    painter.strokePath(cross, pen);
    painter.restore();
}

} // namespace negatoscope::ui
