// The part of ViewportPresenter that shows planes of a volume in the place of images.
#include "Background.h"
#include "PlaneDrawer.h"

#include <session/ViewportPresenter.h>

#include <QtCore/QJsonArray>

#include <algorithm>

namespace negatoscope::session {

namespace {

QJsonArray jsonOf(base::PatientVector v)
{
    return {v.x, v.y, v.z};
}

QString storageName(const volume::StoragePlan &storage)
{
    return storage.reduction > 1                                   ? QStringLiteral("coarser")
           : storage.kind == volume::StoragePlan::Kind::MappedFile ? QStringLiteral("file")
                                                                   : QStringLiteral("memory");
}

} // namespace

const char *nameOf(PlaneKind kind)
{
    return kind == PlaneKind::Axial ? "axial" : kind == PlaneKind::Coronal ? "coronal" : "sagittal";
}

const char *nameOf(volume::Projection projection)
{
    switch (projection) {
    case volume::Projection::Maximum:
        return "mip";
    case volume::Projection::Minimum:
        return "minip";
    case volume::Projection::Mean:
        break;
    }
    return "mean";
}

const char *nameOf(volume::Interpolation interpolation)
{
    switch (interpolation) {
    case volume::Interpolation::Nearest:
        return "nearest";
    case volume::Interpolation::Linear:
        return "linear";
    case volume::Interpolation::Cubic:
        break;
    }
    return "cubic";
}

void ViewportPresenter::showPlanes(const ViewportPresenter &source)
{
    clear();
    if (!source.m_study || !source.m_series)
        return;
    m_planes = true;
    m_study = source.m_study;
    m_series = source.m_series;
    m_defaults = source.m_defaults;
    m_autoWindow = source.m_autoWindow;
    const ViewportState &shown = source.m_state;
    m_state.study = shown.study;
    m_state.content = ViewportState::Content::Waiting;
    m_state.facts = shown.facts;
    m_state.completeness = shown.completeness;
    m_state.instances = shown.instances;
    m_state.expected = shown.expected;
    m_state.notDisplayable = shown.notDisplayable;
    m_state.identityConflict = shown.identityConflict;
    // Slices bring windows of their own: the planes go on with the one that was looked through.
    Viewing viewing = source.viewing();
    viewing.view = {};
    viewing.hungTurn = {};
    if (!viewing.window && shown.window && !shown.subtraction.shown) {
        viewing.window = shown.window;
        viewing.windowName = shown.windowName;
    }
    setViewing(viewing);
}

void ViewportPresenter::takePlane(const DrawnPlane &drawn)
{
    const PlaneWish &wish = drawn.wish;
    if (!m_planes)
        return;
    if (!drawn.picture) {
        m_state.content = ViewportState::Content::Failed;
        m_state.error = base::Error(base::ErrorCode::LimitExceeded, "the plane cannot be drawn");
        m_state.picture.reset();
        m_state.plane.reset();
        announce();
        return;
    }
    const dicom::ImagePlane &raster = wish.state.raster;
    m_attributes = wish.of->attributes;
    m_geometry = {};
    m_geometry.position = raster.origin;
    m_geometry.orientation.row = raster.row;
    m_geometry.orientation.column = raster.column;
    m_geometry.spacing = {raster.rowSpacing, raster.columnSpacing, dicom::SpacingSource::Patient};
    m_geometry.sliceThicknessMm = wish.facts.sliceThicknessMm;
    m_state.content = ViewportState::Content::Picture;
    m_state.error.reset();
    m_state.picture = drawn.picture;
    // Pixels may be of another size once a plane is turned: the scale stays.
    if (m_state.plane && m_state.view.zoom > 0)
        m_state.view.zoom *= wish.state.fullRaster.columnSpacing / m_state.plane->fullRaster.columnSpacing;
    m_state.plane = wish.state;
    m_state.facts = wish.facts;
    m_state.index = wish.index;
    m_state.count = wish.count;
    m_state.countFinal = true;
    m_target = std::clamp(m_target, 0, wish.count - 1);
    m_state.unit = QString::fromStdString(dicom::visibleText(m_attributes.unit));
    m_state.orientationKnown = true;
    m_state.spacing = m_geometry.spacing;
    m_state.geometry = m_geometry;
    m_state.frameOfReference = wish.of->frameOfReference;
    m_state.problems.clear();
    for (const std::string &problem : m_attributes.problems)
        m_state.problems.push_back(QString::fromStdString(dicom::visibleText(problem)));
    updateRender();
    updateTransform();
    announce();
}

void ViewportPresenter::setPlaneTarget(int index)
{
    m_target = index;
}

/// The settings as the picture that is there needs them: larger pixels are zoomed more, so that nothing moves
/// when finer ones come.
imaging::ViewSettings ViewportPresenter::drawnView() const
{
    imaging::ViewSettings view = m_state.view;
    if (!m_state.plane || m_state.plane->coarser == 1)
        return view;
    const dicom::ImagePlane &full = m_state.plane->fullRaster;
    if (view.zoom == 0)
        view.zoom = imaging::ViewTransform::fittingZoom(
            {full.columns, full.rows}, {full.rowSpacing, full.columnSpacing, dicom::SpacingSource::Patient},
            m_viewSize, view.quarterTurns);
    view.zoom *= m_state.plane->coarser;
    return view;
}

void ViewportPresenter::insertPlane(QJsonObject &json) const
{
    if (!m_state.plane)
        return;
    const PlaneState &plane = *m_state.plane;
    QJsonObject told{{QStringLiteral("name"), QLatin1String(nameOf(plane.kind))},
                     {QStringLiteral("oblique"), plane.oblique},
                     {QStringLiteral("centerMm"), jsonOf(plane.raster.centre() - base::PatientPoint{})},
                     {QStringLiteral("rowDirection"), jsonOf(plane.raster.row)},
                     {QStringLiteral("columnDirection"), jsonOf(plane.raster.column)},
                     {QStringLiteral("pixelMm"), plane.raster.columnSpacing},
                     {QStringLiteral("stepMm"), plane.stepMm},
                     {QStringLiteral("interpolation"), QLatin1String(nameOf(plane.interpolation))},
                     {QStringLiteral("coarser"), plane.coarser},
                     {QStringLiteral("slices"), plane.slices},
                     {QStringLiteral("arrived"), plane.arrived},
                     {QStringLiteral("failed"), plane.failed},
                     {QStringLiteral("storage"), storageName(plane.storage)},
                     {QStringLiteral("reduction"), plane.storage.reduction}};
    if (plane.slab.thicknessMm > 0)
        told.insert(QStringLiteral("slab"),
                    QJsonObject{{QStringLiteral("mode"), QLatin1String(nameOf(plane.slab.projection))},
                                {QStringLiteral("thicknessMm"), plane.slab.thicknessMm}});
    if (m_state.facts.slicePositionMm)
        told.insert(QStringLiteral("positionMm"), *m_state.facts.slicePositionMm);
    QJsonArray findings, lines;
    for (const auto &finding : plane.findings)
        findings.append(QString::fromLatin1(volume::nameOf(finding.code).data(),
                                            static_cast<qsizetype>(volume::nameOf(finding.code).size())));
    told.insert(QStringLiteral("findings"), findings);
    for (const PlaneLine &line : m_state.guides.planes) {
        const auto at = m_state.transform.toView(line.through);
        lines.append(
            QJsonObject{{QStringLiteral("plane"), QLatin1String(nameOf(static_cast<PlaneKind>(line.plane)))},
                        {QStringLiteral("through"), QJsonArray{at.x, at.y}}});
    }
    told.insert(QStringLiteral("lines"), lines);
    json.insert(QStringLiteral("plane"), told);
}

} // namespace negatoscope::session
