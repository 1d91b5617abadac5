#include "PlaneWords.h"

#include <ui/VolumeWords.h>
#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace negatoscope::ui::words {

namespace {

class PlaneWords
{
    Q_DECLARE_TR_FUNCTIONS(PlaneWords)
};

} // namespace

QString planeText(const session::PlaneState &plane)
{
    if (plane.oblique)
        return PlaneWords::tr("MPR oblique");
    switch (plane.kind) {
    case session::PlaneKind::Axial:
        return PlaneWords::tr("MPR axial");
    case session::PlaneKind::Coronal:
        return PlaneWords::tr("MPR coronal");
    case session::PlaneKind::Sagittal:
        break;
    }
    return PlaneWords::tr("MPR sagittal");
}

QString projectionText(volume::Projection projection)
{
    switch (projection) {
    case volume::Projection::Maximum:
        return PlaneWords::tr("MIP", "slab: maximum intensity projection");
    case volume::Projection::Minimum:
        return PlaneWords::tr("MinIP", "slab: minimum intensity projection");
    case volume::Projection::Mean:
        break;
    }
    return PlaneWords::tr("Mean", "slab: mean of the values across it");
}

QString slabText(const session::PlaneSlab &slab)
{
    if (slab.thicknessMm <= 0)
        return {};
    return PlaneWords::tr("%1 %2 mm", "slab: projection, thickness")
        .arg(projectionText(slab.projection), numberText(slab.thicknessMm, 1));
}

QString resampledText(const session::PlaneState &plane)
{
    QString text;
    switch (plane.interpolation) {
    case volume::Interpolation::Nearest:
        text = PlaneWords::tr("nearest voxels");
        break;
    case volume::Interpolation::Linear:
        text = PlaneWords::tr("interpolated");
        break;
    case volume::Interpolation::Cubic:
        text = PlaneWords::tr("interpolated (cubic)");
        break;
    }
    return plane.coarser > 1 ? PlaneWords::tr("%1, coarser while it moves").arg(text) : text;
}

QStringList planeSentences(const session::PlaneState &plane)
{
    QStringList sentences;
    const QLocale locale;
    if (plane.isArriving())
        sentences << PlaneWords::tr("Slices are arriving: %1 of %2. What lies between them is interpolated.")
                         .arg(locale.toString(plane.arrived), locale.toString(plane.slices));
    if (plane.failed > 0)
        sentences << PlaneWords::tr("%n slice(s) cannot be read: hatched here.", nullptr, plane.failed);
    for (const volume::Finding &finding : plane.findings)
        if (finding.code != volume::Finding::Code::NonSquarePixels)
            sentences << findingSentence(finding);
    if (const QString storage = storageSentence(plane.storage); !storage.isEmpty())
        sentences << storage;
    return sentences;
}

} // namespace negatoscope::ui::words
