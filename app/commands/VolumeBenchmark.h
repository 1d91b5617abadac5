#pragma once

#include "Output.h"
#include "VolumeSource.h"

namespace negatoscope::app {

/// How fast the series becomes a volume here, and planes of it are drawn: medians, 1000 x 1000 pixels.
struct VolumeFigures
{
    std::optional<base::Error> error;
    std::vector<volume::Finding> findings;
    bool refused = false;
    int slices = 0, failed = 0;
    double planMs = 0, loadMs = 0, voxelsMiB = 0, peakRssMiB = 0;
    volume::StoragePlan storage;
    double coronalMs = 0, sagittalMs = 0, obliqueMs = 0, mipOrthogonalMs = 0, mipObliqueMs = 0;

    bool hasPlanes() const { return !error && !refused; }
    void insertInto(QJsonObject &json) const;
    void print(const Output &output) const;
};

VolumeFigures measureVolume(const Source &source, const CommandLine &line);

/// VmHWM of this process, in MiB.
double peakMemory();

} // namespace negatoscope::app
