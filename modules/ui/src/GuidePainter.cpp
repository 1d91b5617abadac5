#include "GuidePainter.h"

#include <session/PlaneCross.h>
#include <ui/Theme.h>

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>

namespace negatoscope::ui {

namespace {

constexpr double kGap = 7;  // half of the hole in the cross
constexpr double kArm = 14; // of the cross, from the gap on
constexpr int kPlaneMark = 3;

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

QColor planeColour(int plane)
{
    switch (static_cast<session::PlaneKind>(plane)) {
    case session::PlaneKind::Axial:
        return colours::kAxialPlane;
    case session::PlaneKind::Coronal:
        return colours::kCoronalPlane;
    case session::PlaneKind::Sagittal:
        break;
    }
    return colours::kSagittalPlane;
}

void drawPlaneLines(QPainter &painter, const session::ViewportState &state, const QRect &area)
{
    if (!state.plane)
        return;
    painter.fillRect(QRect(area.left(), area.top(), area.width(), kPlaneMark),
                     planeColour(static_cast<int>(state.plane->kind)));
    const qreal ratio = painter.device()->devicePixelRatioF();
    const auto point = [ratio](base::ViewPoint at) { return QPointF(at.x / ratio, at.y / ratio); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area);
    for (const session::CrossLine &line : session::crossLinesOf(state, ratio)) {
        const double gap = session::kCrossGap * ratio;
        QPainterPath path, slab;
        for (const auto &[begin, end] : {std::pair(-gap, line.from), std::pair(gap, line.to)}) {
            if (std::abs(end) <= gap)
                continue;
            path.moveTo(point(line.at(begin)));
            path.lineTo(point(line.at(end)));
        }
        if (line.halfSlab > 0)
            for (const double aside : {-line.halfSlab, line.halfSlab}) {
                slab.moveTo(point(line.at(line.from, aside)));
                slab.lineTo(point(line.at(line.to, aside)));
            }
        const QColor colour = planeColour(line.plane);
        painter.strokePath(path, QPen(QColor(0, 0, 0, 160), 3));
        painter.strokePath(path, QPen(colour, 1.25));
        QPen dashed(colour, 1);
        dashed.setDashPattern({4, 4});
        painter.strokePath(slab, dashed);
        painter.setPen(QPen(Qt::black, 0.75));
        painter.setBrush(colour);
        for (const base::ViewPoint &end : line.ends)
            painter.drawEllipse(point(end), 3.5, 3.5);
        for (const base::ViewPoint &handle : line.handles)
            painter.drawRect(QRectF(point(handle) - QPointF(3, 3), QSizeF(6, 6)));
    }
    painter.restore();
}

void drawMissing(QPainter &painter, const session::ViewportState &state, const QRect &area)
{
    if (!state.plane || !state.plane->states)
        return;
    const auto &raster = state.plane->raster;
    QImage mask(raster.columns, raster.rows, QImage::Format_ARGB32_Premultiplied);
    if (mask.isNull() || state.plane->states->size() < std::size_t(raster.columns) * std::size_t(raster.rows))
        return;
    const volume::PixelState *of = state.plane->states->data();
    bool any = false;
    for (int y = 0; y < raster.rows; ++y) {
        auto *row = reinterpret_cast<QRgb *>(mask.scanLine(y));
        for (int x = 0; x < raster.columns; ++x, ++of) {
            const bool isMissing = *of == volume::PixelState::Missing;
            row[x] = isMissing ? 0xffffffff : 0;
            any = any || isMissing;
        }
    }
    if (!any)
        return;
    // The mask by the map that drew the picture; the hatching in pixels of the screen.
    const qreal ratio = painter.device()->devicePixelRatioF();
    QImage layer(area.size() * ratio, QImage::Format_ARGB32_Premultiplied);
    layer.fill(Qt::transparent);
    QPainter onLayer(&layer);
    const auto origin = state.transform.toView({-0.5, -0.5});
    const auto right = state.transform.toView({0.5, -0.5}), down = state.transform.toView({-0.5, 0.5});
    onLayer.setTransform(QTransform(right.x - origin.x, right.y - origin.y, down.x - origin.x,
                                    down.y - origin.y, origin.x, origin.y));
    onLayer.drawImage(0, 0, mask);
    onLayer.resetTransform();
    onLayer.setCompositionMode(QPainter::CompositionMode_SourceIn);
    onLayer.fillRect(layer.rect(), colours::kPicturePanel);
    onLayer.setCompositionMode(QPainter::CompositionMode_SourceAtop);
    onLayer.setPen(QPen(colours::kPictureLine.color(), ratio));
    for (int x = -layer.height(); x < layer.width(); x += qRound(12 * ratio))
        onLayer.drawLine(x, layer.height(), x + layer.height(), 0);
    onLayer.end();
    layer.setDevicePixelRatio(ratio);
    painter.drawImage(area.topLeft(), layer);
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
