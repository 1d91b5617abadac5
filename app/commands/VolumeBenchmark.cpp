#include "VolumeBenchmark.h"

#include <ui/ErrorSentences.h>
#include <ui/VolumeWords.h>
#include <volume/Reslice.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>

#include <algorithm>

namespace negatoscope::app {

using base::PatientVector;

namespace {

constexpr int kPixels = 1000;
constexpr int kPlanes = 15;
constexpr double kSlabMm = 10;

/// The median of planes that lie beside each other, as under a hand that scrolls; the first one warms up.
double medianOf(const volume::Volume &made, PatientVector row, PatientVector column, double slabMm)
{
    const volume::VolumeGeometry &geometry = made.geometry();
    const double widthMm =
        std::max(geometry.columns * geometry.columnSpacing, geometry.rows * geometry.rowSpacing);
    dicom::ImagePlane plane;
    plane.row = row;
    plane.column = column;
    plane.columns = plane.rows = kPixels;
    plane.columnSpacing = plane.rowSpacing = widthMm / kPixels;
    const double half = (kPixels - 1) / 2.0 * plane.columnSpacing;
    const base::PatientPoint corner = geometry.centre() + row * -half + column * -half;
    volume::ResliceSettings settings;
    settings.slab = volume::Slab::ofThickness(volume::Projection::Maximum, slabMm, geometry, plane.normal());
    std::vector<float> values(std::size_t(kPixels) * kPixels);
    std::vector<double> times;
    for (int n = 0; n <= kPlanes; ++n) {
        plane.origin = corner + plane.normal() * ((n - kPlanes / 2) * 2.0);
        QElapsedTimer timer;
        timer.start();
        if (!volume::reslice(made, plane, settings, values))
            return 0;
        if (n > 0)
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + kPlanes / 2, times.end());
    return times[kPlanes / 2];
}

} // namespace

double peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = status.readAll().split('\n');
    for (const QByteArray &line : lines)
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    return 0;
}

VolumeFigures measureVolume(const Source &source, const CommandLine &line)
{
    VolumeFigures figures;
    const auto loaded = loadVolume(source.services(), source.series().uid,
                                   volume::StorageBudget::ofThisProcess(line.cacheFolder.toStdString()));
    if (!loaded) {
        figures.error = loaded.error();
        return figures;
    }
    figures.findings = loaded->findings;
    figures.refused = !loaded->volume;
    if (figures.refused)
        return figures;
    const volume::Volume &made = *loaded->volume;
    figures.slices = made.geometry().slices();
    figures.failed = loaded->failed;
    figures.planMs = loaded->planMs;
    figures.loadMs = loaded->loadMs;
    figures.storage = made.storage();
    figures.voxelsMiB = static_cast<double>(made.storage().bytes) / (1 << 20);
    figures.peakRssMiB = peakMemory();
    // The directions of the volume itself, and 45 degrees between all three.
    const volume::VolumeGeometry &geometry = made.geometry();
    const PatientVector row = geometry.row, column = geometry.column, normal = geometry.normal;
    const auto unit = [](PatientVector v) { return v * (1 / length(v)); };
    const PatientVector slanted = unit(row + column),
                        down = unit(cross(unit(row - column + normal), slanted));
    figures.coronalMs = medianOf(made, row, normal, 0);
    figures.sagittalMs = medianOf(made, column, normal, 0);
    figures.obliqueMs = medianOf(made, slanted, down, 0);
    figures.mipOrthogonalMs = medianOf(made, row, normal, kSlabMm);
    figures.mipObliqueMs = medianOf(made, slanted, down, kSlabMm);
    return figures;
}

void VolumeFigures::insertInto(QJsonObject &json) const
{
    if (!hasPlanes()) {
        json.insert(QStringLiteral("volume"),
                    error ? QJsonValue()
                          : QJsonValue(QJsonObject{{QStringLiteral("findings"), jsonOf(findings)}}));
        json.insert(QStringLiteral("reslice"), QJsonValue());
        return;
    }
    json.insert(QStringLiteral("volume"), QJsonObject{{QStringLiteral("slices"), slices},
                                                      {QStringLiteral("failed"), failed},
                                                      {QStringLiteral("planMs"), planMs},
                                                      {QStringLiteral("wallMs"), loadMs},
                                                      {QStringLiteral("voxelsMiB"), voxelsMiB},
                                                      {QStringLiteral("reduction"), storage.reduction},
                                                      {QStringLiteral("peakRssMiB"), peakRssMiB},
                                                      {QStringLiteral("findings"), jsonOf(findings)}});
    json.insert(QStringLiteral("reslice"), QJsonObject{{QStringLiteral("coronalMs"), coronalMs},
                                                       {QStringLiteral("sagittalMs"), sagittalMs},
                                                       {QStringLiteral("obliqueMs"), obliqueMs},
                                                       {QStringLiteral("mipOrthogonalMs"), mipOrthogonalMs},
                                                       {QStringLiteral("mipObliqueMs"), mipObliqueMs}});
}

void VolumeFigures::print(const Output &output) const
{
    for (const volume::Finding &finding : findings)
        output.line(QStringLiteral("volume        ") + ui::words::findingSentence(finding));
    if (error)
        output.line(QStringLiteral("volume        ") + (error->code() == base::ErrorCode::LimitExceeded
                                                            ? ui::words::noRoomSentence()
                                                            : ui::sentenceFor(*error)));
    if (!hasPlanes())
        return;
    output.line(
        QStringLiteral("volume        %1 slices in %2 ms, %3 failed, %4 MiB of voxels, peak memory %5 MiB")
            .arg(slices)
            .arg(loadMs, 0, 'f', 0)
            .arg(failed)
            .arg(voxelsMiB, 0, 'f', 0)
            .arg(peakRssMiB, 0, 'f', 0));
    if (const QString sentence = ui::words::storageSentence(storage); !sentence.isEmpty())
        output.line(QStringLiteral("              ") + sentence);
    output.line(
        QStringLiteral(
            "planes        coronal %1 ms, sagittal %2 ms, oblique %3 ms; 10 mm MIP %4 ms, oblique %5 ms")
            .arg(coronalMs, 0, 'f', 1)
            .arg(sagittalMs, 0, 'f', 1)
            .arg(obliqueMs, 0, 'f', 1)
            .arg(mipOrthogonalMs, 0, 'f', 1)
            .arg(mipObliqueMs, 0, 'f', 1));
}

} // namespace negatoscope::app
