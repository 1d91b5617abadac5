// The part of ViewportPresenter that other viewports need: its place, and what it shows of theirs.
#include "Background.h"

#include <session/StackLoader.h>
#include <session/ViewportPresenter.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

namespace {

/// A point as the picture is drawn now, in device pixels of the viewport.
QJsonArray inView(const imaging::ViewTransform &transform, base::ImagePoint point)
{
    const auto at = transform.toView(point);
    return {at.x, at.y};
}

} // namespace

const dicom::StackFrame *ViewportPresenter::targetFrame() const
{
    if (!m_stack || m_target >= static_cast<int>(m_stack->stack.frames.size()))
        return nullptr;
    return &m_stack->stack.frames[static_cast<std::size_t>(m_target)];
}

const dicom::StackPlaces &ViewportPresenter::places() const
{
    static const dicom::StackPlaces kNone;
    return m_stack ? m_stack->places : kNone;
}

void ViewportPresenter::showAt(base::ImagePoint middle, double pixelsPerMm)
{
    const auto &spacing = m_geometry.spacing;
    if (!m_state.picture || !spacing.inMillimetres() || !(pixelsPerMm > 0) || !std::isfinite(pixelsPerMm))
        return;
    // ViewSettings counts pixels along the finer axis.
    m_state.view.zoom = clampedZoom(pixelsPerMm * std::min(spacing.column, spacing.row) / pixelScale());
    m_state.view.panX = m_state.view.panY = 0;
    updateTransform();
    const auto at = m_state.transform.toView(middle);
    m_state.view.panX = m_viewSize.width / 2.0 - at.x;
    m_state.view.panY = m_viewSize.height / 2.0 - at.y;
    updateTransform();
    announce();
}

void ViewportPresenter::setGuides(Guides guides)
{
    if (m_state.guides == guides)
        return;
    m_state.guides = std::move(guides);
    announce();
}

void ViewportPresenter::setStudyMark(StudyMark mark)
{
    if (m_state.study == mark)
        return;
    m_state.study = mark;
    announce();
}

void ViewportPresenter::insertGuides(QJsonObject &json) const
{
    const Guides &guides = m_state.guides;
    json.insert(QStringLiteral("link"), guides.link == Guides::Link::None         ? QStringLiteral("none")
                                        : guides.link == Guides::Link::ByPosition ? QStringLiteral("position")
                                                                                  : QStringLiteral("offset"));
    if (guides.link != Guides::Link::None) {
        json.insert(QStringLiteral("linkGroup"), std::max(guides.group, 1));
        json.insert(QStringLiteral("linkOutside"), guides.outside);
    }
    json.insert(QStringLiteral("studyBand"), m_state.study.band);
    json.insert(QStringLiteral("otherPerson"), m_state.study.otherPerson);
    QJsonArray lines;
    for (const ReferenceLine &line : guides.lines)
        lines.append(QJsonObject{{QStringLiteral("slice"), line.number},
                                 {QStringLiteral("current"), line.kind == ReferenceLine::Kind::Current},
                                 {QStringLiteral("from"), inView(m_state.transform, line.segment.from)},
                                 {QStringLiteral("to"), inView(m_state.transform, line.segment.to)}});
    json.insert(QStringLiteral("referenceLines"), lines);
    if (guides.cursor)
        json.insert(QStringLiteral("cursor"),
                    QJsonObject{{QStringLiteral("at"), inView(m_state.transform, guides.cursor->at)},
                                {QStringLiteral("distanceMm"), guides.cursor->distanceMm},
                                {QStringLiteral("offPlane"), guides.cursor->offPlane}});
}

} // namespace negatoscope::session
